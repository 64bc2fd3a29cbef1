#include "server/domains.h"

#include <algorithm>

namespace mailconf::server {
namespace {

// Names of no public DNS (RFC 6761 §6.3 and §6.4, RFC 6762 §3, RFC 7686 §2): asking would tell strangers what is meant
// to stay at home.
constexpr std::string_view never_public[] = {".invalid", ".local", ".localhost", ".onion"};

// Nobody has an address at a public suffix such as "co.uk".
bool can_be_looked_up(const DomainName& domain) {
  const auto ends = [&](std::string_view suffix) { return domain.ascii().ends_with(suffix); };
  return registrable_domain(domain) && std::ranges::none_of(never_public, ends);
}

tl::unexpected<Answer> cannot_tell(const char* sentence) {
  auto answer = explain(503, sentence);
  // By then a look-up that failed is forgotten.
  answer.headers.emplace_back("Retry-After", std::to_string(MxLimits().unknown_for.count()));
  return tl::unexpected(std::move(answer));
}

}  // namespace

DomainOrRefusal Domains::find(const DomainName& domain) const {
  auto defined = snapshot_.find(domain, patience_);
  if (defined.outcome == Outcome::unknown) {
    known_ = DomainKnown::not_asked;
    return cannot_tell("The settings of this domain cannot be read at this moment: ask again soon.");
  }
  if (auto found = remembered(std::move(defined))) return found;
  const bool wanted = exchangers_ != nullptr && snapshot_.claims_mail() && can_be_looked_up(domain);
  known_ = DomainKnown::no;
  if (!wanted) return unknown_domain();
  return find_by_mx(domain);
}

DomainOrRefusal Domains::find_by_mx(const DomainName& domain) const {
  const auto exchanger = exchangers_->of(domain, patience_);
  if (exchanger.outcome == Outcome::unknown) {
    known_ = DomainKnown::not_asked;
    return cannot_tell("It could not be found out where the mail of this domain goes: ask again in a moment.");
  }
  if (!exchanger.host) return unknown_domain();
  auto published = snapshot_.publish_by_mx(domain, *exchanger.host);
  if (!published) return unknown_domain();
  known_ = DomainKnown::yes;
  return published;
}

std::shared_ptr<const PublishedDomain> Domains::defined(const DomainName& domain) const {
  return remembered(snapshot_.find(domain, patience_));
}

std::shared_ptr<const PublishedDomain> Domains::sole() const { return remembered(snapshot_.sole(patience_)); }

const Document* Domains::issuer(const std::string& url) const { return snapshot_.find_issuer(url); }

Logins::Login Domains::login_of(const PublishedDomain& domain, const EmailAddress& address) const {
  if (logins_ == nullptr || domain.logins.empty()) return std::nullopt;
  must_wait(patience_);
  return logins_->of(domain.logins, address);
}

std::shared_ptr<const PublishedDomain> Domains::remembered(FoundDomain found) const {
  if (found.domain != nullptr) known_ = DomainKnown::yes;
  return std::move(found.domain);
}

tl::unexpected<Answer> unknown_domain() {
  return tl::unexpected(explain(404, "No settings are published here for this domain."));
}

}  // namespace mailconf::server
