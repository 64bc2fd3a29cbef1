#include "clients/requests.h"

#include <algorithm>
#include <fmt/core.h>
#include <utility>

#include "engine/redirects.h"
#include "model/host.h"
#include "sources/source.h"

namespace mailconf::clients {
namespace {

const Failure plain_http{FailureKind::not_asked, "not asked: plain HTTP"};

std::string host_of(const Question& question) {
  if (const auto* document = std::get_if<HttpQuestion>(&question)) return document->url.host;
  if (const auto* port = std::get_if<ProbeQuestion>(&question)) return port->host;
  return {};
}

bool is_plain_http(const Question& question) {
  const auto* document = std::get_if<HttpQuestion>(&question);
  return document && !document->url.https;
}

}  // namespace

std::string answer_text(const Answer& answer) {
  const auto verdict = judge(answer);
  if (!verdict.reason.empty()) return verdict.reason;
  if (const auto* http = std::get_if<HttpAnswer>(&answer)) return fmt::format("HTTP {}", http->status);
  return std::holds_alternative<ProbeAnswer>(answer) ? "answers" : "found";
}

Requests::Id Requests::ask(const Way& way, Question question, Instant now) {
  const Id id = requests_.size();
  auto& request = requests_.emplace_back();
  request.row = {way.name, request_text(question), Outcome::skipped, "", now, {}};
  request.question = std::move(question);
  request.patience = way.patience;
  if (is_plain_http(request.question) && !about_.allow_http) {
    ++not_asked_;
    finish(request, plain_http, now);
  } else if (const auto host = host_of(request.question);
             facts_.keeps_names || host.empty() || is_address_literal(host)) {
    send(request, request.question, now + request.patience);
  } else {
    look_up_host(request, now);
  }
  return id;
}

// A client that forgets names waits for them again; the name server is not asked again for that.
void Requests::look_up_host(Request& request, Instant now) {
  const auto host = host_of(request.question);
  if (const auto known = look_ups_.find(host); known != look_ups_.end()) {
    request.state = State::waiting;
    request.due = now + known->second;
    return;
  }
  send(request, DnsQuestion{RecordType::addresses, host}, now + request.patience);
  request.state = State::looking_up;
}

void Requests::send(Request& request, const Question& question, Instant deadline) {
  request.state = State::out;
  request.deadline = deadline;
  request.number = ++last_number_;
  by_number_[request.number] = static_cast<Id>(&request - requests_.data());
  orders_.start.push_back({request.number, question, deadline});
}

void Requests::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  const auto place = by_number_.extract(number);
  if (place.empty()) return;
  auto& request = requests_[place.mapped()];
  if (request.state == State::looking_up) {
    look_ups_[host_of(request.question)] = now - request.row.started;
    send(request, request.question, now + request.patience);
  } else if (!follow_on(request, answer)) {
    finish(request, answer, now);
  }
}

// What our own rules forbid is refused in the client's place.
bool Requests::follow_on(Request& request, const Answer& answer) {
  const auto* http = std::get_if<HttpAnswer>(&answer);
  const auto* asked = std::get_if<HttpQuestion>(&request.question);
  if (!http || !asked || !asked->follow_redirects || !is_redirect(*http)) return false;
  if (request.redirects.size() >= facts_.redirects) return false;
  const auto next = follow(*asked, request.redirects, *http);
  if (!std::holds_alternative<Url>(next)) return false;
  request.redirects.push_back(std::get<Url>(next));
  HttpQuestion hop = *asked;
  hop.url = request.redirects.back();
  request.row.request += " → " + hop.url.text_without_query();
  send(request, hop, request.deadline);
  return true;
}

void Requests::on_time(Instant now) {
  for (auto& request : requests_) {
    if (request.state == State::waiting && request.due <= now) send(request, request.question, now + request.patience);
  }
}

void Requests::finish(Request& request, const Answer& answer, Instant now) {
  request.state = State::ended;
  request.row.elapsed = now - request.row.started;
  const auto* failure = std::get_if<Failure>(&answer);
  const bool asked = !failure || failure->kind != FailureKind::not_asked;
  request.row.outcome = asked ? judge(answer).outcome : Outcome::skipped;
  request.row.answer = answer_text(answer);
  finished_.push_back({static_cast<Id>(&request - requests_.data()), request.question, answer});
}

void Requests::drop(Id id, Instant now) {
  auto& request = requests_[id];
  if (request.state == State::ended) return;
  if (by_number_.erase(request.number) > 0) {
    // What has not gone out need not be called back.
    const auto begun = std::erase_if(orders_.start, [&](const auto& each) { return each.number == request.number; });
    if (begun == 0) orders_.cancel.push_back(request.number);
  }
  request.state = State::ended;
  request.row.elapsed = now - request.row.started;
  request.row.outcome = Outcome::skipped;
  request.row.answer = "not waited for";
}

void Requests::remark(Id id, Outcome outcome, std::string answer) {
  requests_[id].row.outcome = outcome;
  if (!answer.empty()) requests_[id].row.answer = std::move(answer);
}

std::vector<Requests::Finished> Requests::take_finished() { return std::exchange(finished_, {}); }

Orders Requests::take_orders() { return std::exchange(orders_, {}); }

Instant Requests::wake() const {
  Instant next = never;
  for (const auto& request : requests_) {
    if (request.state == State::waiting) next = std::min(next, request.due);
  }
  return next;
}

std::vector<SimulatedRequest> Requests::rows(Instant began) const {
  std::vector<SimulatedRequest> rows;
  for (const auto& request : requests_) {
    rows.push_back(request.row);
    rows.back().started -= began;
  }
  return rows;
}

}  // namespace mailconf::clients
