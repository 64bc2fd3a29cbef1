// A domain with its answers, rendered once: a request only splices its address in.
#pragma once

#include <optional>
#include <string>

#include "mailconf/address.h"
#include "mailconf/formats.h"
#include "server/document.h"
#include "server/store/store.h"

namespace mailconf::server {

// Rendered for anybody, and with placeholders for one address.
struct TwofoldDocument {
  Document for_anybody;
  DocumentTemplate by_address;
};

struct PublishedDomain {
  DomainName domain;
  Settings settings;  // as they hold for this domain alone
  TwofoldDocument autoconfig;
  std::optional<TwofoldDocument> autodiscover;  // nothing when there is no server that it can name
  std::optional<DocumentTemplate> mobilesync;
  std::optional<Document> pacc;
  std::optional<Document> mta_sts;
  std::string caldav;  // where the service is; empty when it is not known, or different for every user
  std::string carddav;
  std::string jmap;
  std::optional<AutodiscoverElsewhere> elsewhere;
  std::string logins;  // where user names are looked up; empty: nowhere
  Operator run_by;
};

PublishedDomain publish(const Definition& definition, const DomainName& domain);

}  // namespace mailconf::server
