#include "driver/many.h"

#include <algorithm>
#include <map>
#include <utility>

namespace mailconf {
namespace {

// With nothing under way, only a new subject or a stop request is waited for, and both wake.
constexpr Duration idle = std::chrono::hours(1);

class Crowd {
 public:
  Crowd(TurnNetwork& network, std::uint32_t& next_owner, const Batch& batch, const Preparation& prepare,
        const std::stop_token& stop)
      : network_(network), next_owner_(next_owner), batch_(batch), prepare_(prepare), stop_(stop) {}

  void run() {
    while (!stop_.stop_requested()) {
      take_in();
      if (running_.empty() && ended_) return;
      for (const auto& completion : network_.wait_until(next_wake())) on_answer(completion);
      on_time();
    }
    abandon();
  }

 private:
  struct Running {
    AddressOrDomain about;
    Prepared prepared;
    Instant wake{};
  };
  using Place = std::map<std::uint32_t, Running>::iterator;

  void take_in();
  void begin(AddressOrDomain about);
  void on_answer(const Completion& completion);
  void on_time();
  void carry_out(Place place, const Orders& orders);
  void abandon();
  [[nodiscard]] Instant next_wake() const;
  // The time of one resolution: it stands still while that waits for its turn.
  [[nodiscard]] Instant now_of(std::uint32_t owner) const { return network_.now() - network_.waited(owner); }

  TurnNetwork& network_;
  std::uint32_t& next_owner_;
  const Batch& batch_;
  const Preparation& prepare_;
  const std::stop_token& stop_;
  std::map<std::uint32_t, Running> running_;
  bool ended_ = false;
  bool has_room_ = false;  // and there may be a subject for it at once
};

// A list whose subjects are done without asking anybody must not hold up those that wait for answers: only so many are
// taken in before the network has its turn.
void Crowd::take_in() {
  const std::size_t most = std::max<std::size_t>(batch_.concurrency, 1);
  for (std::size_t taken = 0; taken < most && running_.size() < most && !ended_; ++taken) {
    auto next = batch_.next();
    if (const auto* pause = std::get_if<Batch::Pause>(&next)) {
      ended_ = *pause == Batch::Pause::ended;
      has_room_ = false;
      return;
    }
    begin(std::move(std::get<AddressOrDomain>(next)));
  }
  has_room_ = running_.size() < most && !ended_;
}

void Crowd::begin(AddressOrDomain about) {
  auto prepared = prepare_(about);
  if (const auto* known = std::get_if<Report>(&prepared)) return batch_.done(about, *known);
  const std::uint32_t owner = next_owner_++;
  const auto place =
      running_.emplace(owner, Running{std::move(about), std::move(std::get<Prepared>(prepared)), {}}).first;
  carry_out(place, place->second.prepared.resolution->begin(now_of(owner)));
}

void Crowd::on_answer(const Completion& completion) {
  const auto& [owner, number] = completion.ticket;
  const auto place = running_.find(owner);
  if (place == running_.end()) return;
  carry_out(place, place->second.prepared.resolution->on_answer(number, completion.answer, now_of(owner)));
}

void Crowd::on_time() {
  for (auto next = running_.begin(); next != running_.end();) {
    const auto place = next++;
    const Instant now = now_of(place->first);
    if (place->second.wake <= now) carry_out(place, place->second.prepared.resolution->on_time(now));
  }
}

void Crowd::carry_out(Place place, const Orders& orders) {
  const std::uint32_t owner = place->first;
  for (const auto number : orders.cancel) network_.cancel({owner, number});
  for (const auto& start : orders.start)
    network_.start({owner, start.number}, start.question, start.deadline + network_.waited(owner));
  place->second.wake = orders.wake;
  if (!orders.finished) return;
  const auto finished = running_.extract(place);
  network_.forget(owner);
  batch_.done(finished.mapped().about, finished.mapped().prepared.resolution->report());
}

// What a stop request cuts off has no result.
void Crowd::abandon() {
  for (auto& [owner, running] : running_) {
    for (const auto number : running.prepared.resolution->abort(now_of(owner)).cancel) network_.cancel({owner, number});
  }
  running_.clear();
}

Instant Crowd::next_wake() const {
  if (has_room_) return network_.now();
  Instant next = network_.now() + idle;
  for (const auto& [owner, running] : running_) {
    if (!network_.is_waiting(owner)) next = std::min(next, running.wake + network_.waited(owner));
  }
  return next;
}

}  // namespace

SharedNetwork::Manners manners_of(const Batch& batch, const ResolverOptions& options) {
  const auto at_least_one = [](std::size_t number) { return std::max<std::size_t>(number, 1); };
  SharedNetwork::Manners manners;
  manners.at_one_host = at_least_one(batch.connections_per_host);
  manners.at_one_address = at_least_one(batch.connections_per_address);
  manners.at_name_server = at_least_one(batch.dns_questions);
  manners.by_address = options.proxy.empty();
  manners.connect_to = options.connect_to;
  return manners;
}

void run_many(TurnNetwork& network, std::uint32_t& next_owner, const Batch& batch, const Preparation& prepare,
              const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  Crowd(network, next_owner, batch, prepare, stop).run();
}

}  // namespace mailconf
