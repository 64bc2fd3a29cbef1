#include "driver/audits.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "driver/crowd.h"

namespace mailconf {
namespace {

// With nothing under way, only a new domain or a stop request is waited for, and both wake. With something under way,
// an answer comes by its deadline.
constexpr Duration idle_audits = std::chrono::hours(1);

// An audit, with orders as the engine gives them. It has no need to be told the time.
struct Audited {
  audit::Auditing auditing;

  Orders begin(Instant now) { return orders(auditing.begin(now), now); }
  Orders on_answer(std::uint32_t number, const Answer& answer, Instant now) {
    return orders(auditing.on_answer(number, answer, now), now);
  }
  [[nodiscard]] static Orders on_time(Instant now) { return orders({}, now); }
  Orders abort(Instant now) {
    Orders result;
    result.cancel = auditing.abort(now);
    return result;
  }

 private:
  static Orders orders(audit::AuditOrders given, Instant now) {
    Orders result;
    for (auto& start : given.start) result.start.push_back({start.number, std::move(start.question), start.deadline});
    result.wake = now + idle_audits;
    result.finished = given.finished;
    return result;
  }
};

}  // namespace

void run_audits(TurnNetwork& network, std::uint32_t& next_owner, const AuditBatch& batch, const AuditTerms& terms,
                const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  const std::size_t most = std::max<std::size_t>(batch.concurrency, 1);
  Crowd<Audited> crowd(network, next_owner, [&](const Audited& done) { batch.done(done.auditing.audit()); });
  bool ended = false;
  const auto take_in = [&] {
    while (crowd.size() < most && !ended) {
      auto next = batch.next();
      if (const auto* pause = std::get_if<Batch::Pause>(&next)) {
        ended = *pause == Batch::Pause::ended;
        return;
      }
      crowd.begin({{std::move(std::get<DomainName>(next)), terms.today, terms.deadline, terms.observer}});
    }
  };
  while (!stop.stop_requested()) {
    take_in();
    if (crowd.size() == 0 && ended) return;
    crowd.wait(network.now() + idle_audits);
  }
  crowd.abandon([&](Audited& each, Instant now) {
    auto orders = each.abort(now);
    batch.done(each.auditing.audit());
    return orders;
  });
}

AuditBatch batch_of(const DomainName& domain, Audit& result) {
  AuditBatch batch;
  batch.next = [next = std::optional(domain)]() mutable -> std::variant<DomainName, Batch::Pause> {
    if (!next) return Batch::Pause::ended;
    return *std::exchange(next, std::nullopt);
  };
  batch.done = [&result](const Audit& done) { result = done; };
  return batch;
}

}  // namespace mailconf
