#include "driver/audits.h"

#include <algorithm>
#include <map>

namespace mailconf {
namespace {

// With nothing under way, only a new domain or a stop request is waited for, and both wake. With something under way,
// an answer comes by its deadline.
constexpr Duration idle_audits = std::chrono::hours(1);

class AuditCrowd {
 public:
  AuditCrowd(TurnNetwork& network, std::uint32_t& next_owner, const AuditBatch& batch, const AuditTerms& terms,
             const std::stop_token& stop)
      : network_(network), next_owner_(next_owner), batch_(batch), terms_(terms), stop_(stop) {}

  void run() {
    while (!stop_.stop_requested()) {
      take_in();
      if (running_.empty() && ended_) return;
      for (const auto& completion : network_.wait_until(network_.now() + idle_audits)) on_answer(completion);
    }
    abandon();
  }

 private:
  using Place = std::map<std::uint32_t, audit::Auditing>::iterator;

  void take_in() {
    const std::size_t most = std::max<std::size_t>(batch_.concurrency, 1);
    while (running_.size() < most && !ended_) {
      auto next = batch_.next();
      if (const auto* pause = std::get_if<Batch::Pause>(&next)) {
        ended_ = *pause == Batch::Pause::ended;
        return;
      }
      const std::uint32_t owner = next_owner_++;
      auto& domain = std::get<DomainName>(next);
      const auto place =
          running_.try_emplace(owner, std::move(domain), terms_.today, terms_.deadline, terms_.observer).first;
      carry_out(place, place->second.begin(now_of(owner)));
    }
  }

  void on_answer(const Completion& completion) {
    const auto& [owner, number] = completion.ticket;
    const auto place = running_.find(owner);
    if (place != running_.end()) carry_out(place, place->second.on_answer(number, completion.answer, now_of(owner)));
  }

  void carry_out(Place place, const audit::AuditOrders& orders) {
    const std::uint32_t owner = place->first;
    for (const auto& start : orders.start)
      network_.start({owner, start.number}, start.question, start.deadline + network_.waited(owner));
    if (!orders.finished) return;
    const auto finished = running_.extract(place);
    network_.forget(owner);
    batch_.done(finished.mapped().audit());
  }

  void abandon() {
    for (auto& [owner, auditing] : running_) {
      for (const auto number : auditing.abort(now_of(owner))) network_.cancel({owner, number});
      network_.forget(owner);
      batch_.done(auditing.audit());
    }
    running_.clear();
  }

  // The time of one audit: it stands still while that waits for its turn.
  [[nodiscard]] Instant now_of(std::uint32_t owner) const { return network_.now() - network_.waited(owner); }

  TurnNetwork& network_;
  std::uint32_t& next_owner_;
  const AuditBatch& batch_;
  const AuditTerms& terms_;
  const std::stop_token& stop_;
  std::map<std::uint32_t, audit::Auditing> running_;
  bool ended_ = false;
};

}  // namespace

void run_audits(TurnNetwork& network, std::uint32_t& next_owner, const AuditBatch& batch, const AuditTerms& terms,
                const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  AuditCrowd(network, next_owner, batch, terms, stop).run();
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
