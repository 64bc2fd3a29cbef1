#include "audit/gathered.h"

#include <fmt/format.h>

#include "model/text.h"

namespace mailconf::audit {
namespace {

constexpr std::size_t few = 4;

std::string joined_few(const std::vector<std::string>& texts) {
  const auto shown = std::min(few, texts.size());
  const auto end = texts.begin() + static_cast<std::ptrdiff_t>(shown);
  return fmt::format("{}{}", fmt::join(texts.begin(), end, ", "), shown < texts.size() ? ", …" : "");
}

std::string described(const DnsAnswer& answer) {
  if (!answer.exists) return "does not exist";
  std::vector<std::string> records = answer.addresses;
  for (const auto& mx : answer.mx) records.push_back(fmt::format("{} {}.", mx.preference, mx.exchange));
  for (const auto& srv : answer.srv)
    records.push_back(fmt::format("{} {} {} {}.", srv.priority, srv.weight, srv.port, srv.target));
  for (const auto& txt : answer.txt) records.push_back(fmt::format("\"{}\"", printable(txt, 120)));
  return records.empty() ? "no such record" : joined_few(records);
}

std::string described(const HttpAnswer& answer) {
  if (!answer.location.empty()) return fmt::format("{} to {}", answer.status, printable(answer.location, 160));
  const auto type = answer.content_type.empty() ? "no type" : printable(answer.content_type, 60);
  return fmt::format("{} {}, {} octets", answer.status, type, answer.body.size());
}

constexpr std::array<std::string_view, 7> verdict_words{"speaks the protocol",
                                                        "speaks something else",
                                                        "turns connections away",
                                                        "claims to be signed in",
                                                        "does not offer STARTTLS",
                                                        "offers STARTTLS, refuses it",
                                                        "sends data in clear behind STARTTLS"};

std::string described(const ProbeAnswer& answer) {
  std::string text(verdict_words.at(static_cast<std::size_t>(answer.verdict)));
  if (answer.tls)
    text += fmt::format("; {}, certificate {}, until {}", answer.tls->version, to_string(answer.tls->certificate),
                        answer.tls->not_after.substr(0, 10));
  if (!answer.mechanisms.empty()) text += "; " + joined_few(answer.mechanisms);
  return text;
}

std::string described(const LoginAnswer&) { return "no answer to an audit"; }

std::string described(const Failure& failure) {
  return failure.detail.empty() ? std::string(to_string(failure.kind))
                                : fmt::format("{}: {}", to_string(failure.kind), printable(failure.detail));
}

std::string asked_words(const Question& question) {
  const auto* http = std::get_if<HttpQuestion>(&question);
  return http && !http->body.empty() ? "POST " + target(question) : target(question);
}

}  // namespace

void Gathered::add(const Question& question, Answer answer) {
  order_.push_back(question);
  answers_.insert_or_assign(question, std::move(answer));
}

const Answer* Gathered::answer(const Question& question) const {
  const auto found = answers_.find(question);
  return found == answers_.end() ? nullptr : &found->second;
}

Evidence evidence_of(const Question& question, const Answer& answer) {
  return {asked_words(question), std::visit([](const auto& given) { return described(given); }, answer)};
}

Evidence evidence(const Gathered& gathered, const Question& question) {
  const auto* answer = gathered.answer(question);
  return answer ? evidence_of(question, *answer) : Evidence{asked_words(question), "not asked"};
}

}  // namespace mailconf::audit
