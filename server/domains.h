// The domains that a request may ask about: those that a definition names, then, where that is wanted, those whose mail
// goes to a host that a definition claims. And what their users sign in with, where that is looked up.
#pragma once

#include <memory>

#include "server/answer.h"
#include "server/logins/logins.h"
#include "server/mx/mail_exchangers.h"
#include "server/operation/metrics.h"
#include "server/patience.h"
#include "server/snapshot.h"

namespace mailconf::server {

using DomainOrRefusal = tl::expected<std::shared_ptr<const PublishedDomain>, Answer>;

class Domains {
 public:
  // They outlive the object and what it finds. Without `exchangers` or `logins` nothing is looked up there.
  // Without patience, what is not in memory throws MustWait.
  Domains(const Snapshot& snapshot, MailExchangers* exchangers, Logins* logins, Patience patience = Patience::waits)
      : snapshot_(snapshot), exchangers_(exchangers), logins_(logins), patience_(patience) {}

  // What a definition names; null when none does, or when that cannot be told.
  [[nodiscard]] std::shared_ptr<const PublishedDomain> defined(const DomainName& domain) const;
  // The first domain of the only definition; null when there are several, or none.
  [[nodiscard]] std::shared_ptr<const PublishedDomain> sole() const;
  // The metadata of an authorization server; null when no definition has that issuer.
  [[nodiscard]] const Document* issuer(const std::string& url) const;
  // 404 for a domain that is not served; 503 when that could not be found out, for then it may be.
  [[nodiscard]] DomainOrRefusal find(const DomainName& domain) const;

  // The name that somebody of the domain signs in with; nothing where what it publishes for everybody holds.
  [[nodiscard]] Logins::Login login_of(const PublishedDomain& domain, const EmailAddress& address) const;

  // What came of it all, for the metrics.
  [[nodiscard]] DomainKnown known() const { return known_; }

 private:
  std::shared_ptr<const PublishedDomain> remembered(FoundDomain found) const;
  [[nodiscard]] DomainOrRefusal find_by_mx(const DomainName& domain) const;

  const Snapshot& snapshot_;
  MailExchangers* exchangers_;
  Logins* logins_;
  Patience patience_;
  mutable DomainKnown known_ = DomainKnown::not_asked;
};

tl::unexpected<Answer> unknown_domain();

}  // namespace mailconf::server
