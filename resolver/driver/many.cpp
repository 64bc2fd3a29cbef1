#include "driver/many.h"

#include <algorithm>
#include <utility>

#include "driver/crowd.h"

namespace mailconf {
namespace {

// With nothing under way, only a new subject or a stop request is waited for, and both wake.
constexpr Duration idle = std::chrono::hours(1);

struct Searching {
  AddressOrDomain about;
  Prepared prepared;

  [[nodiscard]] Orders begin(Instant now) const { return prepared.resolution->begin(now); }
  [[nodiscard]] Orders on_answer(std::uint32_t number, const Answer& answer, Instant now) const {
    return prepared.resolution->on_answer(number, answer, now);
  }
  [[nodiscard]] Orders on_time(Instant now) const { return prepared.resolution->on_time(now); }
};

class Searches {
 public:
  Searches(TurnNetwork& network, std::uint32_t& next_owner, const Batch& batch, const Preparation& prepare,
           const std::stop_token& stop)
      : network_(network),
        batch_(batch),
        prepare_(prepare),
        stop_(stop),
        crowd_(network, next_owner,
               [&batch](const Searching& done) { batch.done(done.about, done.prepared.resolution->report()); }) {}

  // What a stop request cuts off has no result.
  void run() {
    while (!stop_.stop_requested()) {
      take_in();
      if (crowd_.size() == 0 && ended_) return;
      crowd_.wait(has_room_ ? network_.now() : network_.now() + idle);
    }
    crowd_.abandon([](const Searching& each, Instant now) { return each.prepared.resolution->abort(now); });
  }

 private:
  void take_in();
  void begin(AddressOrDomain about);

  TurnNetwork& network_;
  const Batch& batch_;
  const Preparation& prepare_;
  const std::stop_token& stop_;
  Crowd<Searching> crowd_;
  bool ended_ = false;
  bool has_room_ = false;  // and there may be a subject for it at once
};

// A list whose subjects are done without asking anybody must not hold up those that wait for answers: only so many are
// taken in before the network has its turn.
void Searches::take_in() {
  const std::size_t most = std::max<std::size_t>(batch_.concurrency, 1);
  for (std::size_t taken = 0; taken < most && crowd_.size() < most && !ended_; ++taken) {
    auto next = batch_.next();
    if (const auto* pause = std::get_if<Batch::Pause>(&next)) {
      ended_ = *pause == Batch::Pause::ended;
      has_room_ = false;
      return;
    }
    begin(std::move(std::get<AddressOrDomain>(next)));
  }
  has_room_ = crowd_.size() < most && !ended_;
}

void Searches::begin(AddressOrDomain about) {
  auto prepared = prepare_(about);
  if (const auto* known = std::get_if<Report>(&prepared)) return batch_.done(about, *known);
  crowd_.begin({std::move(about), std::move(std::get<Prepared>(prepared))});
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
  Searches(network, next_owner, batch, prepare, stop).run();
}

}  // namespace mailconf
