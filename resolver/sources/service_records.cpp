#include "sources/service_records.h"

#include <algorithm>
#include <tuple>

#include "model/text.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

DnsQuestion path_question(const ServiceKind& kind, const DomainName& domain) {
  return {RecordType::txt, service_question(kind, domain).name};
}

// As with the mail: weights order by size, so that the same records give the same answer.
std::optional<SrvRecord> best_of(const std::vector<SrvRecord>& records) {
  std::optional<SrvRecord> best;
  const auto key = [](const SrvRecord& record) {
    return std::make_tuple(record.priority, -int{record.weight}, record.target, record.port);
  };
  for (auto record : records) {
    const auto host = DomainName::parse(record.target);
    if (!host || record.port == 0) continue;
    record.target = host->ascii();
    if (!best || key(record) < key(*best)) best = record;
  }
  return best;
}

// Nothing for a path that would lead to another host, or is none.
std::optional<Url> url_at(const SrvRecord& record, std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  auto url = Url::parse("https://" + record.target + ":" + std::to_string(record.port) + std::string(path));
  if (!url || url->host != record.target) return std::nullopt;
  return *url;
}

// RFC 6764 §4, in the form of RFC 6763 §6. Empty when there is none.
std::string_view path_in(const DnsAnswer& answer) {
  constexpr std::string_view key = "path=";
  for (const std::string_view text : answer.txt) {
    if (equal_ignoring_case(text.substr(0, key.size()), key)) return text.substr(key.size());
  }
  return {};
}

}  // namespace

std::vector<Question> ServiceRecords::questions() const {
  std::vector<Question> questions;
  for (const auto& kind : service_kinds) questions.emplace_back(service_question(kind, domain_));
  return questions;
}

std::optional<Step> ServiceRecords::take(const Question& asked, const Answer& answer) {
  for (const auto& kind : service_kinds) {
    if (asked == Question{service_question(kind, domain_)}) return on_record(kind, answer);
    if (asked == Question{path_question(kind, domain_)}) return on_path(kind, answer);
  }
  return std::nullopt;
}

Step ServiceRecords::on_record(const ServiceKind& kind, const Answer& answer) {
  Step step = ended(judge(answer));
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  if (!dns || step.verdict.outcome != Outcome::found) return step;
  const auto record = best_of(dns->srv);
  if (!record) return ended(Outcome::unknown, "no record names a usable host and port");
  records_[kind.type] = *record;
  if (kind.has_path_record) {
    step.ask_beside.emplace_back(path_question(kind, domain_));
  } else if (kind.type == ServiceType::managesieve) {
    step.services.push_back({kind.type,
                             "",
                             record->target,
                             record->port,
                             SocketType::starttls,
                             {Authentication::password_cleartext},
                             "%EMAILADDRESS%"});
  } else if (const auto url = url_at(*record, kind.path)) {
    step.services.push_back(web_service(kind, url->text()));
  }
  return step;
}

Step ServiceRecords::on_path(const ServiceKind& kind, const Answer& answer) const {
  Step step = ended(judge(answer));
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  const auto& record = records_.at(kind.type);
  auto url = dns ? url_at(record, path_in(*dns)) : std::nullopt;
  if (!url) url = url_at(record, kind.path);
  if (url) step.services.push_back(web_service(kind, url->text()));
  return step;
}

}  // namespace mailconf
