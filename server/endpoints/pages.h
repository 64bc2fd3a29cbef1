// The pages for people: settings, guides, help, and a test of the mail servers.
#pragma once

#include "server/answer.h"
#include "server/configuration.h"
#include "server/domains.h"
#include "server/operation/self_tests.h"
#include "server/request.h"

namespace mailconf::server {

struct PageSite {
  const Pages& configuration;
  SelfTests& self_tests;
};

Answer setup_page(const Request& request, const Domains& domains, const PageSite& site);
Answer guide_page(const Request& request, const Domains& domains, const PageSite& site);
Answer article_page(const Request& request, const Domains& domains, const PageSite& site);
Answer self_test_page(const Request& request, const Domains& domains, const PageSite& site);
Answer page_style_file(const Request& request, const Domains& domains, const PageSite& site);
Answer page_script_file(const Request& request, const Domains& domains, const PageSite& site);

}  // namespace mailconf::server
