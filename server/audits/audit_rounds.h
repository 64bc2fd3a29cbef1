// Which domain is audited next in the background, and when: all of them at once after the start, for nothing is known
// of them; from then on one after the other, spread evenly over the period, page by page as the store tells their
// names.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/result.h"

namespace mailconf::server {

struct AuditTurn {
  std::optional<DomainName> domain;  // nothing: there is none; ask again at that time
  std::chrono::steady_clock::time_point at;
  bool first = false;  // of a round
};

// The domains that a round comes by; called by the thread that asks for a turn.
struct AuditedNames {
  // In an order of the store's own: those behind `after`, or the first ones; none behind the last.
  std::function<Result<std::vector<DomainName>>(const std::optional<DomainName>& after, std::size_t most)> page;
  std::function<std::size_t()> count;  // about
};

class AuditRounds {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  static constexpr std::size_t page_size = 500;
  // When the store is away, or holds no domain.
  static constexpr std::chrono::seconds again{60};

  // No round comes by more than `most` domains.
  AuditRounds(AuditedNames names, std::chrono::seconds every, std::size_t most)
      : names_(std::move(names)), every_(every), most_(most) {}

  AuditTurn next(Instant now);

 private:
  void begin_round(Instant now);
  // False when the store is away.
  bool turn_page();
  [[nodiscard]] Instant slot(Instant now) const;

  AuditedNames names_;
  std::chrono::milliseconds every_;
  std::size_t most_;
  std::optional<Instant> began_;  // nothing before the first round
  bool spread_ = false;
  std::size_t count_ = 0;  // of domains, when the round began
  std::size_t taken_ = 0;
  std::deque<DomainName> page_;
  std::optional<DomainName> last_;
};

}  // namespace mailconf::server
