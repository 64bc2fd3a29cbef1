#include "engine/table.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace mailconf::testing {
namespace {

class Scripted : public Source {
 public:
  Scripted(std::optional<Question> question, std::optional<Settings> settings)
      : question_(std::move(question)), settings_(std::move(settings)) {}
  Step begin() override {
    Step step;
    if (question_) {
      step.ask = {*question_};
    } else {
      step.found = settings_;
      step.verdict.outcome = settings_ ? Outcome::found : Outcome::absent;
    }
    return step;
  }
  Step on_answer(const Question&, const Answer& answer) override {
    Step step;
    step.verdict = judge(answer);
    const auto* http = std::get_if<HttpAnswer>(&answer);
    const auto* probe = std::get_if<ProbeAnswer>(&answer);
    if ((http && http->status == 200) || probe) {
      step.verdict = {Outcome::found, ""};
      step.found = settings_;
    }
    return step;
  }

 private:
  std::optional<Question> question_;
  std::optional<Settings> settings_;
};

}  // namespace

Server server(ServerType type, const std::string& host, std::uint16_t port, SocketType socket_type) {
  Server made;
  made.type = type;
  made.hostname = host;
  made.port = port;
  made.socket_type = socket_type;
  made.authentication = {Authentication::password_cleartext};
  made.username = "%EMAILADDRESS%";
  return made;
}

Settings settings_at(const std::string& host, Half half) {
  Settings settings;
  settings.provider.id = host;
  if (half != Half::sending) settings.incoming.push_back(server(ServerType::imap, "imap." + host, 993));
  if (half != Half::reading) settings.outgoing.push_back(server(ServerType::smtp, "smtp." + host, 465));
  return settings;
}

CatalogEntry source(std::string_view id, std::optional<Question> question, std::optional<Settings> settings) {
  return {id, "", [=](const Subject&) { return std::make_unique<Scripted>(question, settings); }};
}

Question page(const std::string& host) { return HttpQuestion{*Url::parse("https://" + host + "/")}; }
Question port(const std::string& host) { return ProbeQuestion{ServerType::imap, host, 993, SocketType::ssl}; }

std::vector<CatalogEntry> own_and_database() {
  return {source("autoconfig", page("autoconfig.example.org"), settings_at("own.example.org")),
          source("ispdb", page("db.example.com"), settings_at("hoster.example"))};
}

HttpAnswer status(int code) {
  HttpAnswer answer;
  answer.status = code;
  return answer;
}

ProbeAnswer good(CertificateVerdict verdict) {
  ProbeAnswer answer;
  answer.verdict = ProbeVerdict::speaks;
  answer.tls = TlsFacts{"TLSv1.3", "x", verdict, {}, "", ""};
  answer.mechanisms = {"PLAIN"};
  return answer;
}

Failure timeout() { return {FailureKind::timed_out, "no answer"}; }
Failure refused() { return {FailureKind::refused, "connection refused"}; }

Table::Table(std::vector<CatalogEntry> catalog, ResolutionOptions options, Observer observer)
    : subject{*DomainName::parse("example.org"),
              *EmailAddress::parse("alice@example.org"),
              SendAddress::retry,
              std::nullopt,
              std::nullopt,
              "",
              nullptr,
              false},
      resolution(subject, std::move(catalog), options, std::move(observer)) {
  follow(resolution.begin(Instant(0)));
}

void Table::answer(const std::string& asked, const Answer& answer, Instant at) {
  for (const auto& [number, question] : out) {
    if (target(question).find(asked) == std::string::npos) continue;
    const auto found = number;
    out.erase(found);
    return follow(resolution.on_answer(found, answer, at));
  }
  BOOST_FAIL("not asked: " + asked);
}

void Table::prove(const std::string& host, Instant at) {
  answer("imap." + host, good(), at);
  answer("smtp." + host, good(), at);
}

bool Table::is_out(const std::string& asked) const {
  return std::any_of(out.begin(), out.end(),
                     [&](const auto& entry) { return target(entry.second).find(asked) != std::string::npos; });
}

std::string Table::outcome(const std::string& source) const {
  for (const auto& row : report().sources) {
    if (row.source == source) return std::string(to_string(row.outcome));
  }
  return "no row";
}

void Table::follow(const Orders& orders) {
  for (const auto number : orders.cancel) BOOST_TEST(out.erase(number) == 1U);
  for (const auto& start : orders.start) out.emplace(start.number, start.question);
  wake = orders.wake;
  finished = orders.finished;
  if (finished) BOOST_TEST(out.empty());
}

}  // namespace mailconf::testing
