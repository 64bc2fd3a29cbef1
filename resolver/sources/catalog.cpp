#include "sources/catalog.h"

#include "sources/sources.h"

namespace mailconf {

std::vector<CatalogEntry> standard_catalog() {
  return {
      {"policy", "the administrator's file for the domain", make_policy_source},
      {"pacc", "the domain's own file, with its digest in the DNS (PACC)", make_pacc_source},
      {"autoconfig", "the domain's own file at autoconfig.<domain>", make_autoconfig_source},
      {"well-known", "the domain's own file below its web site", make_well_known_source},
      {"autoconfig-http", "the same two over plain HTTP, where that is allowed", make_autoconfig_http_source},
      {"ispdb", "a database of providers on the web; it learns the domain only", make_ispdb_source},
      {"builtin", "provider facts shipped with the program", make_builtin_source},
      {"mx-autoconfig", "the file of the provider that the domain's mail goes to", make_mx_autoconfig_source},
      {"mx-ispdb", "that provider's entry in the database on the web", make_mx_ispdb_source},
      {"mx-builtin", "that provider's entry among the shipped facts", make_mx_builtin_source},
      {"srv", "service records of the domain (RFC 6186, RFC 8314)", make_srv_source},
      {"txt", "the file that a TXT record of the domain points to", make_txt_source},
      {"autodiscover", "Autodiscover services of the domain, asked without credentials", make_autodiscover_source},
      {"parent", "the file of the domain that a sub-domain belongs to", make_parent_source},
      {"guess", "usual host names and ports, tried out", make_guess_source},
  };
}

}  // namespace mailconf
