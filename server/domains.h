// The domains that a request may ask about: those that a definition names, then, where that is wanted, those whose mail
// goes to a host that a definition claims.
#pragma once

#include <memory>

#include "server/answer.h"
#include "server/mx/mail_exchangers.h"
#include "server/snapshot.h"

namespace mailconf::server {

using DomainOrRefusal = tl::expected<std::shared_ptr<const PublishedDomain>, Answer>;

class Domains {
 public:
  // Both outlive the object and what it finds. Without `exchangers` nothing is looked up.
  Domains(const Snapshot& snapshot, MailExchangers* exchangers) : snapshot_(snapshot), exchangers_(exchangers) {}

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  // 404 for a domain that is not served; 503 when that could not be found out, for then it may be.
  [[nodiscard]] DomainOrRefusal find(const DomainName& domain) const;

 private:
  [[nodiscard]] DomainOrRefusal find_by_mx(const DomainName& domain) const;

  const Snapshot& snapshot_;
  MailExchangers* exchangers_;
};

// What is in the snapshot, as long as that lives; null stays null.
std::shared_ptr<const PublishedDomain> borrowed(const PublishedDomain* domain);

tl::unexpected<Answer> unknown_domain();

}  // namespace mailconf::server
