// Hosts and servers that are connected to: certificates, TLS, protocols, ways to sign in.
#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"
#include "audit/wanted.h"
#include "model/text.h"
#include "protocol/probe_dialogue.h"

namespace mailconf::audit {
namespace {

// Certificates of public authorities are renewed a month before their end; a week before it, nobody has noticed.
constexpr int days_to_warn = 30;
constexpr int days_to_fail = 7;

std::string place_of(const std::string& host, std::uint16_t port) { return fmt::format("{}:{}", host, port); }

std::string place_of(const Question& question) {
  if (const auto* http = std::get_if<HttpQuestion>(&question)) return place_of(http->url.host, http->url.port);
  if (const auto* probe = std::get_if<ProbeQuestion>(&question)) return place_of(probe->host, probe->port);
  return {};
}

const TlsFacts* tls_of(const Answer& answer) {
  const auto facts = [](const std::optional<TlsFacts>& tls) { return tls ? &*tls : nullptr; };
  if (const auto* http = std::get_if<HttpAnswer>(&answer)) return facts(http->tls);
  if (const auto* probe = std::get_if<ProbeAnswer>(&answer)) return facts(probe->tls);
  if (const auto* failure = std::get_if<Failure>(&answer)) return facts(failure->tls);
  return nullptr;
}

std::optional<Day> day_of(std::string_view iso8601) {
  if (iso8601.size() < 10) return std::nullopt;
  const auto year = parse_integer<int>(iso8601.substr(0, 4));
  const auto month = parse_integer<unsigned>(iso8601.substr(5, 2));
  const auto day = parse_integer<unsigned>(iso8601.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month), std::chrono::day(*day)};
  return date.ok() ? std::optional<Day>(date) : std::nullopt;
}

std::string names_of(const TlsFacts& tls) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(tls.names.size(), 3); ++i)
    text += (i == 0 ? "" : ", ") + printable(tls.names[i], 80);
  return text.empty() ? "no name" : text;
}

// What tells a certificate from others, as far as we are told of it.
std::string key_of(const TlsFacts& tls) {
  return fmt::format("{}\n{}\n{}", fmt::join(tls.names, " "), tls.issuer, tls.not_after);
}

struct Complaint {
  std::string_view code;
  std::string message;
};

std::optional<Complaint> complaint_about_end(const TlsFacts& tls, const Gathered& gathered) {
  const auto end = day_of(tls.not_after);
  if (!end) return std::nullopt;
  const auto days = (*end - gathered.today()).count();
  if (days > days_to_warn || days < 0) return std::nullopt;
  return Complaint{days <= days_to_fail ? "certificate-ends-in-days" : "certificate-ends-soon",
                   fmt::format("it ends on {}, in {} days", tls.not_after.substr(0, 10), days)};
}

std::optional<Complaint> complaint_about(const TlsFacts& tls, const Gathered& gathered) {
  switch (tls.certificate) {
    case CertificateVerdict::valid:
      return complaint_about_end(tls, gathered);
    case CertificateVerdict::wrong_name:
      return Complaint{"certificate-name", "it is for " + names_of(tls)};
    case CertificateVerdict::expired:
    case CertificateVerdict::not_yet_valid:
      return Complaint{"certificate-expired",
                       fmt::format("it is {}; it ends on {}", to_string(tls.certificate), tls.not_after.substr(0, 10))};
    case CertificateVerdict::self_signed:
    case CertificateVerdict::unknown_issuer:
    case CertificateVerdict::invalid:
      return Complaint{"certificate-chain", fmt::format("it is {}, issued by \"{}\"", to_string(tls.certificate),
                                                        printable(tls.issuer, 80))};
  }
  return std::nullopt;
}

void judge_web_host(const Gathered& gathered, const HttpQuestion& question, Findings& findings) {
  const auto* failure = gathered.failure(Question{question});
  if (!failure) return;
  const auto place = place_of(Question{question});
  const auto add = [&](std::string_view code) {
    findings.add(code, place, failure->detail, {evidence(gathered, Question{question})});
  };
  switch (failure->kind) {
    case FailureKind::refused:
    case FailureKind::unreachable:
    case FailureKind::timed_out:
    case FailureKind::closed:
      return add("web-host-unreachable");
    case FailureKind::tls_failed:
      return add("tls-failed");
    case FailureKind::address_not_public:
      return add("address-private");
    default:
      return;
  }
}

// What a server says before encryption, one capability a line or word, allows to sign in.
bool signs_in_before_tls(const ProbeQuestion& asked, const ProbeAnswer& answer) {
  if (asked.socket_type != SocketType::starttls || answer.before_tls.empty()) return false;
  const auto has = [&](std::string_view word) {
    return std::ranges::any_of(answer.before_tls,
                               [&](const std::string& each) { return begins_with_word(each, word); });
  };
  if (asked.type == ServerType::imap) return !has("LOGINDISABLED");
  return asked.type == ServerType::smtp ? has("AUTH") : has("USER") || has("SASL");
}

class ServerJudge {
 public:
  ServerJudge(const Gathered& gathered, Findings& findings)
      : gathered_(gathered), findings_(findings), publications_(publications(gathered)) {}

  void run() {
    for (const auto& asked : servers_to_look_at(publications_)) {
      const Question question = asked;
      const auto* answer = gathered_.answer(question);
      if (!answer) continue;
      if (const auto* failure = std::get_if<Failure>(answer)) judge_failure(asked, *failure);
      if (const auto* shown = std::get_if<ProbeAnswer>(answer)) judge_shown(asked, *shown);
    }
  }

 private:
  void add(std::string_view code, const ProbeQuestion& asked, std::string message) {
    findings_.add(code, place_of(asked.host, asked.port), std::move(message), {evidence(gathered_, Question{asked})});
  }

  void judge_failure(const ProbeQuestion& asked, const Failure& failure) {
    switch (failure.kind) {
      case FailureKind::no_such_name:
        return findings_.add("server-host-missing", asked.host, "named for " + std::string(to_string(asked.type)),
                             {evidence(gathered_, Question{asked})});
      case FailureKind::address_not_public:
        return findings_.add("address-private", asked.host, failure.detail, {evidence(gathered_, Question{asked})});
      case FailureKind::tls_failed:
        return add("tls-failed", asked, failure.detail);
      case FailureKind::refused:
      case FailureKind::unreachable:
      case FailureKind::timed_out:
      case FailureKind::closed:
        return add("server-unreachable", asked, failure.detail);
      case FailureKind::nonsense:
        return add("server-other-protocol", asked, failure.detail);
      default:
        return;
    }
  }

  void judge_shown(const ProbeQuestion& asked, const ProbeAnswer& shown) {
    switch (shown.verdict) {
      case ProbeVerdict::speaks:
        break;
      case ProbeVerdict::other_protocol:
        return add("server-other-protocol", asked, "it says \"" + printable(shown.greeting, 80) + "\"");
      case ProbeVerdict::turned_away:
        return add("server-unreachable", asked, "it turns connections away: " + printable(shown.greeting, 80));
      case ProbeVerdict::starttls_missing:
      case ProbeVerdict::starttls_refused:
        return add("server-no-starttls", asked, "a client that insists cannot use it");
      case ProbeVerdict::preauthenticated:
      case ProbeVerdict::plaintext_injection:
        return add("server-starttls-injection", asked, "so does an attacker who sits in between");
    }
    if (signs_in_before_tls(asked, shown))
      add("server-login-in-clear", asked, "a client without TLS is not stopped from sending its password");
    judge_sign_in(asked, shown);
  }

  void judge_sign_in(const ProbeQuestion& asked, const ProbeAnswer& shown) {
    const auto offered = authentication_of(shown.mechanisms);
    for (const auto& each : publications_) {
      // The others say nothing of it.
      if (each.mechanism != "autoconfig" && each.mechanism != "autodiscover") continue;
      for (const auto* servers : {&each.settings.incoming, &each.settings.outgoing}) {
        for (const auto& server : *servers) {
          if (ProbeQuestion{server.type, server.hostname, server.port, server.socket_type} != asked) continue;
          const auto fits = [&](Authentication value) {
            return !is_login(value) || std::ranges::find(offered, value) != offered.end();
          };
          if (!server.authentication.empty() && std::ranges::none_of(server.authentication, fits))
            add("server-sign-in-mismatch", asked,
                fmt::format("{} says {}", each.mechanism, to_string(server.authentication.front())));
        }
      }
    }
  }

  const Gathered& gathered_;
  Findings& findings_;
  std::vector<Publication> publications_;
};

}  // namespace

void judge_certificates(const Gathered& gathered, Findings& findings) {
  for (const auto& question : gathered.in_order()) {
    const auto* answer = gathered.answer(question);
    const auto* tls = answer ? tls_of(*answer) : nullptr;
    auto complaint = tls ? complaint_about(*tls, gathered) : std::nullopt;
    if (complaint)
      findings.add_of_certificate(complaint->code, key_of(*tls), place_of(question), std::move(complaint->message),
                                  {evidence(gathered, question)});
  }
}

void judge_hosts(const Gathered& gathered, Findings& findings) {
  const auto& domain = gathered.domain();
  for (const auto& question :
       {autoconfig_place(domain, true), autodiscover_places(domain).front(), pacc_place(domain), mta_sts_place(domain)})
    judge_web_host(gathered, question, findings);
}

void judge_servers(const Gathered& gathered, Findings& findings) { ServerJudge(gathered, findings).run(); }

}  // namespace mailconf::audit
