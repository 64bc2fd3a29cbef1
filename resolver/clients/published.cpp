// A way that asks for what is published, or that assumes without asking.
#include <algorithm>
#include <fmt/core.h>

#include "clients/profile.h"
#include "clients/run.h"
#include "sources/autodiscover_ways.h"
#include "sources/srv_offers.h"
#include "sources/srv_services.h"

namespace mailconf::clients {
namespace {

constexpr std::size_t most_autodiscover_hops = 10;

// A server that is told whom it is asked for may answer with that name in place of a template.
std::string template_of(const std::string& username, const Desk& desk) {
  for (const auto& local : {std::string(stand_in), desk.facts.stand_in}) {
    if (local.empty()) continue;
    if (username == local) return "%EMAILLOCALPART%";
    if (username == local + "@" + desk.about.domain.ascii()) return "%EMAILADDRESS%";
    if (username.starts_with(local + "@")) return "%EMAILLOCALPART%" + username.substr(local.size());
  }
  return username;
}

class PublishedRun final : public Run {
 public:
  PublishedRun(const Way& way, const Desk& desk, const std::vector<std::string>& names) : Run(way, desk) {
    for (const auto& name : names) {
      for (const auto& text : way.ask) {
        if (auto question = question_for(way, text, desk.about, name)) questions_.push_back(std::move(*question));
      }
    }
  }

  void begin(Instant now) override {
    if (!way_.assumed.empty()) return assume();
    go_on(now);
  }

 private:
  void assume();
  void go_on(Instant now);
  void on_finished(const Requests::Finished& finished, Instant now) override;
  void on_document(const Requests::Finished& finished, Step step);
  void on_autodiscover(const Requests::Finished& finished, Instant now);
  void on_service(const Requests::Finished& finished);
  void take_settings(Settings settings, Requests::Id id, std::string told_by);
  void end_services();

  std::vector<Question> questions_;
  std::size_t next_ = 0;
  std::size_t hops_ = 0;
  std::vector<std::string> redirect_questions_;
  std::vector<SrvOffer> incoming_;
  std::vector<SrvOffer> outgoing_;
};

void PublishedRun::assume() {
  Settings settings;
  for (const auto& each : way_.assumed) {
    auto server = server_for(each, desk_.about.domain, "");
    (server.type == ServerType::smtp ? settings.outgoing : settings.incoming).push_back(std::move(server));
  }
  found_ = Found{std::move(settings), "", {}};
  ended_ = true;
}

// The next question, or all that are left; the end when there is none and nothing is open.
void PublishedRun::go_on(Instant now) {
  while (next_ < questions_.size() && (way_.at_once || open_.empty())) ask(questions_[next_++], now);
  if (!open_.empty()) return;
  if (way_.reads == Reads::services) end_services();
  ended_ = true;
}

void PublishedRun::on_finished(const Requests::Finished& finished, Instant now) {
  switch (way_.reads) {
    case Reads::autoconfig:
      on_document(finished, read_autoconfig_answer(finished.answer, desk_.about.domain, DomainCheck::lenient));
      break;
    case Reads::autodiscover:
      on_autodiscover(finished, now);
      break;
    case Reads::profile:
      on_document(finished, read_profile_answer(finished.answer));
      break;
    case Reads::services:
      on_service(finished);
      break;
    case Reads::hosts:
      for (auto& name : names_in(finished.answer, way_.takes, desk_.about)) names_.push_back(std::move(name));
      break;
  }
  if (found_) return drop(now);
  if (!ended_) go_on(now);
}

void PublishedRun::on_document(const Requests::Finished& finished, Step step) {
  if (step.found) return take_settings(std::move(*step.found), finished.id, request_text(finished.question));
  if (!std::holds_alternative<Failure>(finished.answer))
    desk_.requests.remark(finished.id, step.verdict.outcome, step.verdict.reason);
}

void PublishedRun::take_settings(Settings settings, Requests::Id id, std::string told_by) {
  for (auto* servers : {&settings.incoming, &settings.outgoing}) {
    for (auto& server : *servers) server.username = template_of(server.username, desk_);
  }
  auto taken = taken_by(desk_.facts, std::move(settings));
  if (!taken.settings) return desk_.requests.remark(id, Outcome::found, "settings, not taken: " + taken.refusal);
  desk_.requests.remark(id, Outcome::found, "settings");
  found_ = Found{std::move(*taken.settings), std::move(told_by), redirect_questions_};
  if (!way_.asks.empty()) found_->asks.push_back(way_.asks);
}

// Where the answer leads is asked next; that it is elsewhere is for the user to approve.
void PublishedRun::on_autodiscover(const Requests::Finished& finished, Instant now) {
  const auto* http = std::get_if<HttpAnswer>(&finished.answer);
  HttpQuestion asked = std::get<HttpQuestion>(finished.question);
  // A document is read the same way however it was asked for.
  if (http && http->status == 200 && asked.body.empty()) asked.body = "GET";
  auto turn = take_autodiscover(asked, finished.answer, desk_.about.domain);
  if (turn.step.verdict.wants_credentials)
    asks_.push_back(fmt::format("the password, because {} answers nobody without", request_text(finished.question)));
  // Our own question in the other letter case is not the client's.
  if (http && http->status == 404) return;
  const bool leads_on = turn.next && ++hops_ <= most_autodiscover_hops;
  if (!leads_on) return on_document(finished, std::move(turn.step));
  desk_.requests.remark(finished.id, Outcome::found, turn.step.verdict.reason);
  const auto host = DomainName::parse(std::get<HttpQuestion>(*turn.next).url.host);
  if (!host || !same_registrable_domain(*host, desk_.about.domain))
    redirect_questions_.push_back("that " + std::get<HttpQuestion>(*turn.next).url.host + " may tell the settings");
  ask(std::move(*turn.next), now);
}

void PublishedRun::on_service(const Requests::Finished& finished) {
  const auto* dns = std::get_if<DnsAnswer>(&finished.answer);
  const auto& name = std::get<DnsQuestion>(finished.question).name;
  const auto service = std::ranges::find_if(
      srv_services, [&](const SrvService& each) { return name.starts_with(std::string(each.label) + "."); });
  if (!dns || service == srv_services.end()) return;
  for (const auto& record : dns->srv) {
    if (record.target.empty() || record.port == 0) continue;
    const auto socket_type = record.port == service->tls_port ? SocketType::ssl : service->socket_type;
    (service->is_incoming() ? incoming_ : outgoing_).push_back({service->type, record, socket_type});
  }
}

void PublishedRun::end_services() {
  Settings settings;
  settings.incoming = servers_of(incoming_);
  settings.outgoing = servers_of(outgoing_);
  auto taken = taken_by(desk_.facts, std::move(settings));
  if (taken.settings) found_ = Found{std::move(*taken.settings), "SRV records", {}};
  if (found_ && !way_.asks.empty()) found_->asks.push_back(way_.asks);
}

}  // namespace

std::unique_ptr<Run> make_published_run(const Way& way, const Desk& desk, const std::vector<std::string>& names) {
  return std::make_unique<PublishedRun>(way, desk, names);
}

}  // namespace mailconf::clients
