// How those wait who share a network, and who is next.
#include <algorithm>
#include <fmt/core.h>
#include <utility>

#include "driver/shared_network.h"

namespace mailconf {

void SharedNetwork::send_those_whose_turn_it_is() {
  while (!for_names_.empty() && places_.take(wanted(inquiries_.at(for_names_.front()))))
    call(for_names_, for_names_.begin());
  if (!std::exchange(host_is_free_, false)) return;
  for (auto place = for_hosts_.begin(); place != for_hosts_.end();)
    place = places_.take(wanted(inquiries_.at(*place))) ? call(for_hosts_, place) : std::next(place);
}

SharedNetwork::Line::iterator SharedNetwork::call(Line& line, Line::iterator place) {
  const Number number = *place;
  auto& inquiry = inquiries_.at(number);
  inquiry.since += now() - inquiry.waits_since;
  for (auto& asker : inquiry.askers) {
    const Duration waited = now() - std::max(asker.since, inquiry.waits_since);
    asker.deadline += waited;
    asker.since += waited;
    end_wait(asker.ticket.owner);
  }
  const auto next = line.erase(place);
  send(number);
  return next;
}

void SharedNetwork::give_back(const Places::Guest& guest) {
  places_.give_back(guest);
  host_is_free_ = host_is_free_ || !guest.host.empty();
}

const SharedNetwork::Inquiry* SharedNetwork::first_in_line() const {
  const Inquiry* first = nullptr;
  for (const auto* line : {&for_names_, &for_hosts_}) {
    const auto* inquiry = line->empty() ? nullptr : &inquiries_.at(line->front());
    if (inquiry && (!first || inquiry->waits_since < first->waits_since)) first = inquiry;
  }
  return first;
}

void SharedNetwork::give_up_waiting() {
  for (auto* first = first_in_line(); first && first->waits_since + patience_ <= now(); first = first_in_line()) {
    const auto askers = first->askers;
    const auto busy = wanted(*first).host;
    const Failure failure{FailureKind::not_asked, fmt::format("not asked: too much was being asked of {} by others",
                                                              busy.empty() ? "the name server" : busy)};
    erase(*first->place);
    for (const auto& asker : askers) answer(asker, now(), failure);
  }
}

void SharedNetwork::begin_wait(std::uint32_t owner) {
  auto& wait = waits_[owner];
  if (wait.questions++ == 0) wait.since = now();
}

void SharedNetwork::end_wait(std::uint32_t owner) {
  const auto wait = waits_.find(owner);
  if (wait != waits_.end() && --wait->second.questions == 0) wait->second.before += now() - wait->second.since;
}

Duration SharedNetwork::waited(std::uint32_t owner) const {
  const auto wait = waits_.find(owner);
  if (wait == waits_.end()) return {};
  return wait->second.before + (wait->second.questions > 0 ? now() - wait->second.since : Duration{});
}

bool SharedNetwork::is_waiting(std::uint32_t owner) const {
  const auto wait = waits_.find(owner);
  return wait != waits_.end() && wait->second.questions > 0;
}

}  // namespace mailconf
