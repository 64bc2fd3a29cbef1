#include "server/mx/resolver_pool.h"

namespace mailconf::server {
namespace {

// A Resolver remembers answers for a while and reads the system's name servers once: a new one now and then bounds the
// memory and notices another network.
constexpr int look_ups_of_a_resolver = 1000;

}  // namespace

Result<std::shared_ptr<ResolverPool>> ResolverPool::create(std::vector<std::string> dns,
                                                           std::chrono::milliseconds deadline) {
  ResolverOptions options;
  options.dns = std::move(dns);
  options.deadline = deadline;
  const std::shared_ptr<ResolverPool> pool(new ResolverPool(std::move(options)));
  auto first = pool->take();
  if (!first) return tl::unexpected(first.error());
  pool->put_back(*std::move(first));
  return pool;
}

MailHosts ResolverPool::look_up(const DomainName& domain, const std::stop_token& stop) {
  auto member = take();
  if (!member) return {Outcome::unknown, member.error().text(), {}};
  auto mail = member->resolver.mail_hosts(domain, stop);
  ++member->look_ups;
  if (member->look_ups < look_ups_of_a_resolver) put_back(*std::move(member));
  return mail;
}

Result<ResolverPool::Member> ResolverPool::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto member = std::move(idle_.back());
      idle_.pop_back();
      return member;
    }
  }
  auto resolver = Resolver::create(options_);
  if (!resolver) return tl::unexpected(resolver.error());
  return Member{*std::move(resolver)};
}

void ResolverPool::put_back(Member member) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(member));
}

}  // namespace mailconf::server
