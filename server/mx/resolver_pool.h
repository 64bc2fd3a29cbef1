// The look-up by libmailconf. A Resolver serves one thread at a time; there are as many as look-ups at the same time.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/mx/mx_lookup.h"

namespace mailconf::server {

class ResolverPool : public MxLookup {
 public:
  // `dns` as ResolverOptions has it. Fails when no Resolver can be made, so that a bad option shows at the start.
  static Result<std::shared_ptr<ResolverPool>> create(std::vector<std::string> dns, std::chrono::milliseconds deadline);

  MailHosts look_up(const DomainName& domain, const std::stop_token& stop) override;

 private:
  struct Member {
    Resolver resolver;
    int look_ups = 0;
  };

  explicit ResolverPool(ResolverOptions options) : options_(std::move(options)) {}
  Result<Member> take();
  void put_back(Member member);

  const ResolverOptions options_;
  std::mutex mutex_;
  std::vector<Member> idle_;
};

}  // namespace mailconf::server
