#include "sources/autodiscover_ways.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <tuple>

#include "mailconf/formats.h"
#include "model/text.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

constexpr const char* path = "/autodiscover/autodiscover.xml";
// As some of Microsoft's documents write it; servers elsewhere than on Windows know only one of the two.
constexpr const char* path_in_other_case = "/Autodiscover/Autodiscover.xml";

// Errors are told in a document with status 200.
constexpr int no_provider = 601;

EmailAddress stand_in(const DomainName& domain) { return EmailAddress::parse("postmaster@" + domain.ascii()).value(); }

Question post(Url url, const DomainName& domain) {
  return HttpQuestion{std::move(url), write_autodiscover_request(stand_in(domain))};
}

// A login name that was made for the stand-in, as a template for anybody; empty for one that was not, which says
// nothing about other users.
std::string template_of(const std::string& login) {
  const std::string local = "postmaster";
  if (login.find('%') != login.npos) return login;
  if (equal_ignoring_case(login, local)) return "%EMAILLOCALPART%";
  const auto at = login.find('@');
  if (at == login.npos || !equal_ignoring_case(login.substr(0, at), local)) return "";
  return "%EMAILLOCALPART%" + login.substr(at);
}

void make_templates(Settings& settings, const DomainName& domain) {
  const auto replace = [&](std::string& login) {
    login = template_of(login);
    if (equal_ignoring_case(login, "%EMAILLOCALPART%@" + domain.ascii())) login = "%EMAILADDRESS%";
  };
  for (auto* servers : {&settings.incoming, &settings.outgoing}) {
    for (auto& server : *servers) replace(server.username);
  }
  for (auto& service : settings.services) replace(service.username);
}

AutodiscoverTurn leads_to(Question next, const std::string& where) {
  return {ended(Outcome::found, "leads to " + where), std::move(next)};
}

AutodiscoverTurn nowhere(Outcome outcome, std::string reason) { return {ended(outcome, std::move(reason)), {}}; }

// Only the domain of the new address is of interest: its user is the stand-in's.
AutodiscoverTurn to_address(const std::string& text) {
  const auto address = EmailAddress::parse(text);
  if (!address || !registrable_domain(address->domain()))
    return nowhere(Outcome::unknown, "redirected to something that is no address");
  const auto& domain = address->domain();
  return leads_to(autodiscover_question("autodiscover." + domain.ascii(), domain), domain.ascii());
}

AutodiscoverTurn to_url(const std::string& text, const DomainName& domain) {
  auto url = Url::parse(text);
  if (!url || !url->https) return nowhere(Outcome::unknown, "redirected to something that is no https address");
  const std::string where = url->text_without_query();
  return leads_to(post(std::move(*url), domain), where);
}

// MS-OXDSCLI §3.1.5: no other status is that of an endpoint. 401 asks for a password, which is not ours to give.
Verdict judge_status(const HttpAnswer& answer) {
  static constexpr std::array absences{405, 411, 415, 501};
  if (answer.status == 401) return {Outcome::unknown, "HTTP 401: tells only a user who signs in", true};
  if (std::find(absences.begin(), absences.end(), answer.status) != absences.end())
    return {Outcome::absent, fmt::format("HTTP {}: no such service", answer.status)};
  return judge(answer);
}

AutodiscoverTurn in_other_case(HttpQuestion question) {
  question.url.path = path_in_other_case;
  AutodiscoverTurn turn = nowhere(Outcome::absent, "HTTP 404; asked once more in the other letter case");
  turn.next = std::move(question);
  return turn;
}

AutodiscoverTurn on_document(const HttpAnswer& http, const DomainName& domain) {
  auto answer = read_autodiscover_xml(http.body, domain);
  if (!answer) {
    if (is_web_page(http)) return nowhere(Outcome::absent, "answered with an HTML page");
    return nowhere(Outcome::unknown, answer.error().text());
  }
  if (answer->error != 0) {
    return nowhere(answer->error == no_provider ? Outcome::absent : Outcome::unknown,
                   fmt::format("answered with error {}", answer->error));
  }
  if (!answer->redirect_url.empty()) return to_url(answer->redirect_url, domain);
  if (!answer->document) return to_address(answer->redirect_address);
  make_templates(answer->document->settings, domain);
  return {accept_document(std::move(*answer->document), DomainCheck::lenient), {}};
}

AutodiscoverTurn on_record(const Answer& answer, const DomainName& domain) {
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  const Verdict verdict = judge(answer);
  if (!dns || verdict.outcome != Outcome::found) return {ended(verdict), {}};
  const auto key = [](const SrvRecord& record) {
    return std::make_tuple(record.target.empty(), record.priority, -int{record.weight}, record.target, record.port);
  };
  const auto best = std::min_element(dns->srv.begin(), dns->srv.end(),
                                     [&](const SrvRecord& a, const SrvRecord& b) { return key(a) < key(b); });
  if (best == dns->srv.end()) return {ended(verdict), {}};
  const auto host = DomainName::parse(best->target);
  if (!host || best->port == 0) return nowhere(Outcome::unknown, "the record names no usable host and port");
  Url url;
  url.host = host->ascii();
  url.port = best->port;
  url.path = path;
  return leads_to(post(std::move(url), domain), host->ascii());
}

AutodiscoverTurn on_plain_redirect(const Answer& answer, const HttpQuestion& asked, const DomainName& domain) {
  const auto* http = std::get_if<HttpAnswer>(&answer);
  if (!http || http->status / 100 != 3) return {ended(judge(answer)), {}};
  const auto target = asked.url.resolve(http->location);
  return to_url(target ? target->text() : "", domain);
}

}  // namespace

Question autodiscover_question(const std::string& host, const DomainName& domain) {
  Url url;
  url.host = host;
  url.port = 443;
  url.path = path;
  return post(std::move(url), domain);
}

Question autodiscover_redirect_question(const DomainName& domain) {
  Url url;
  url.https = false;
  url.host = "autodiscover." + domain.ascii();
  url.port = 80;
  url.path = path;
  return HttpQuestion{.url = std::move(url), .follow_redirects = false};
}

Question autodiscover_record_question(const DomainName& domain) {
  return DnsQuestion{RecordType::srv, "_autodiscover._tcp." + domain.ascii()};
}

AutodiscoverTurn take_autodiscover(const Question& asked, const Answer& answer, const DomainName& domain) {
  if (std::holds_alternative<DnsQuestion>(asked)) return on_record(answer, domain);
  const auto& question = std::get<HttpQuestion>(asked);
  if (question.body.empty()) return on_plain_redirect(answer, question, domain);
  const auto* http = std::get_if<HttpAnswer>(&answer);
  if (http && http->status == 200) return on_document(*http, domain);
  if (http && http->status == 404 && question.url.path == path) return in_other_case(question);
  return {ended(http ? judge_status(*http) : judge(answer)), {}};
}

}  // namespace mailconf
