#include "sources/guess_names.h"

#include <algorithm>
#include <array>

#include "sources/mx_domains.h"
#include "sources/srv_services.h"

namespace mailconf {
namespace {

constexpr std::array<std::string_view, 6> usual_labels{"imap", "smtp", "mail", "", "pop3", "pop"};
// Nobody names a host so: if it exists, every name does. The same each time, so that equal worlds give equal answers.
constexpr std::string_view made_up_label = "mailconf-4t9x2k7w";

DnsQuestion addresses_of(std::string host) { return {RecordType::addresses, std::move(host)}; }

bool is_for_pop3(const DnsQuestion& question, const DomainName& domain) {
  const std::string labels = question.name.substr(0, question.name.size() - domain.ascii().size());
  return labels.starts_with("pop") || labels.starts_with("_pop");
}

}  // namespace

GuessNames::GuessNames(const Subject& subject) : subject_(subject), domain_(subject.domain) {
  for (const auto label : usual_labels) open_.insert(addresses_of(host(label)));
  open_.insert(addresses_of(wildcard_host()));
  for (const auto& service : srv_services) open_.insert(srv_question(service, domain_));
  open_.insert(mx_question(domain_));
}

std::vector<Question> GuessNames::questions() const { return {open_.begin(), open_.end()}; }

void GuessNames::take(const DnsQuestion& asked, const Answer& answer) {
  if (open_.erase(asked) == 0) return;
  if (asked.type == RecordType::addresses) take_addresses(asked, answer);
  const bool is_absent = judge(answer).outcome == Outcome::absent;
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  if (asked.type == RecordType::srv && dns && !dns->srv.empty() && is_absent) denied_.insert(asked);
  const auto mx = asked.type == RecordType::mx ? best_mx_host(answer, subject_) : std::nullopt;
  if (mx) mx_host_ = mx->ascii();
}

void GuessNames::take_certificate(const std::string& host, const std::vector<std::string>& names) {
  certificates_.note(names, addresses(host));
}

std::vector<Question> GuessNames::follow_up() {
  auto hosts = certificates_.hosts(domain_, mx_host_);
  if (!mx_host_.empty()) hosts.push_back(mx_host_);
  std::vector<Question> questions;
  for (const auto& host : hosts) {
    const auto question = addresses_of(host);
    if (addresses_.contains(host) || !open_.insert(question).second) continue;
    followed_up_.insert(question);
    questions.emplace_back(question);
  }
  return questions;
}

void GuessNames::take_addresses(const DnsQuestion& asked, const Answer& answer) {
  auto& addresses = addresses_[asked.name];
  if (const auto* dns = std::get_if<DnsAnswer>(&answer)) addresses = dns->addresses;
  std::sort(addresses.begin(), addresses.end());
}

bool GuessNames::usual_names_known() const {
  return std::all_of(open_.begin(), open_.end(), [this](const DnsQuestion& question) {
    return question.type == RecordType::mx || followed_up_.contains(question) || is_for_pop3(question, domain_);
  });
}

std::string GuessNames::host(std::string_view label) const {
  if (label.empty()) return domain_.ascii();
  return std::string(label) + '.' + domain_.ascii();
}

std::vector<std::string> GuessNames::certified_hosts() const {
  auto hosts = certificates_.hosts(domain_, mx_host_);
  std::erase_if(hosts, [this](const std::string& host) { return !certificates_.shown_at(addresses(host)); });
  return hosts;
}

std::string GuessNames::wildcard_host() const { return host(made_up_label); }

const std::vector<std::string>& GuessNames::addresses(const std::string& host) const {
  static const std::vector<std::string> none;
  const auto place = addresses_.find(host);
  return place == addresses_.end() ? none : place->second;
}

bool GuessNames::is_wildcard_only(const std::string& host) const {
  const auto& everywhere = addresses(wildcard_host());
  const auto& here = addresses(host);
  // The domain itself is not covered by its wildcard.
  return host != domain_.ascii() && !everywhere.empty() &&
         std::includes(everywhere.begin(), everywhere.end(), here.begin(), here.end());
}

bool GuessNames::is_denied(std::string_view service_label) const {
  return denied_.contains({RecordType::srv, std::string(service_label) + "._tcp." + domain_.ascii()});
}

}  // namespace mailconf
