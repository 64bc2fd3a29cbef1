// Domains that no definition names, and whose mail goes to us.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <list>

#include "server/fake_mx.h"
#include "server/published.h"
#include "server/snapshot.h"
#include "server/store/definition_toml.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using Names = std::vector<std::string>;

constexpr auto config = "/mail/config-v1.1.xml";
const std::string of_alice = std::string(config) + "?emailaddress=alice%40customer.example";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

Names definitions() {
  return {definition({"example.com", "example.net"}, "mxDomains = [\"mx.example.com\", \"tenant-mx.example\"]"),
          definition({"example.org"}, "mxDomains = [\"eu.mx.example.com\"]"), definition({"example.co.uk"})};
}

Wishes by_mx(const std::shared_ptr<FakeMx>& mx) {
  Wishes wishes;
  wishes.server = "serve-by-mx = true\n";
  wishes.surroundings.mx = mx;
  return wishes;
}

struct Hoster {
  explicit Hoster(const Names& served = definitions()) : published(served, by_mx(mx)) {}

  [[nodiscard]] std::string imap_host(const std::string& target, const std::string& host = "nobody.example") const {
    return document_of(published.get(target, host)).incoming.front().hostname;
  }
  [[nodiscard]] int status_when_mail_goes_to(const std::string& host) const {
    mx->mail_goes_to("customer.example", {host});
    return published.get(of_alice, "autoconfig.example.com").status;
  }

  std::shared_ptr<FakeMx> mx = std::make_shared<FakeMx>();
  Published published;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(serve_by_mx, Hoster)

BOOST_AUTO_TEST_CASE(row_9_an_address_of_a_domain_whose_mx_is_ours_gets_the_settings_with_that_domain_alone) {
  mx->mail_goes_to("customer.example", {"mx1.mx.example.com"});
  const auto reply = published.get(of_alice, "autoconfig.example.com");
  BOOST_TEST(domains_of(reply) == Names{"customer.example"}, per_element());
  BOOST_TEST(document_of(reply).incoming.front().hostname == "imap.example.com");
  BOOST_TEST(document_of(reply).incoming.front().username == "alice@customer.example");
  BOOST_TEST(reply.header("cache-control") == "private, no-cache");
}

BOOST_AUTO_TEST_CASE(row_9_the_domain_may_be_named_by_host_or_path_alone) {
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  for (const std::string host : {"autoconfig.customer.example", "customer.example", "www.customer.example:8080"}) {
    const auto reply = published.get(config, host);
    BOOST_TEST(domains_of(reply) == Names{"customer.example"}, per_element());
    BOOST_TEST(document_of(reply).incoming.front().username == "%EMAILADDRESS%");
  }
  BOOST_TEST(domains_of(published.get("/.well-known/autoconfig/mail/config-v1.1.xml", "customer.example")) ==
                 Names{"customer.example"},
             per_element());
  BOOST_TEST(domains_of(published.get("/v1.1/customer.example", "ispdb.example.com")) == Names{"customer.example"},
             per_element());
  BOOST_TEST(mx->questions() == Names{"customer.example"}, per_element());
}

BOOST_AUTO_TEST_CASE(row_9_no_other_domain_of_the_definition_is_told) {
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  const auto body = published.get(config, "autoconfig.customer.example").body;
  for (const auto* other : {"example.net", "tenant-mx.example", "mx.example.com", "purpose"})
    BOOST_TEST(body.find(other) == std::string::npos, other);
}

BOOST_AUTO_TEST_CASE(row_9_it_is_cached_and_compared_like_a_defined_domain) {
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  const auto reply = published.get(config, "autoconfig.customer.example");
  const auto defined = published.get(config, "autoconfig.example.com");
  for (const auto* field : {"cache-control", "vary", "content-type", "access-control-allow-origin"})
    BOOST_TEST(reply.header(field) == defined.header(field));
  const auto again =
      published.get(config, "autoconfig.customer.example", "If-None-Match: " + reply.header("etag") + "\r\n");
  BOOST_TEST(again.status == 304);
}

BOOST_AUTO_TEST_CASE(row_9_every_format_serves_it) {
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  const auto answered = [&](const Reply& reply) {
    BOOST_TEST(reply.status == 200);
    return reply.body.find("imap.example.com") != std::string::npos;
  };
  BOOST_TEST(answered(published.post("/autodiscover/autodiscover.xml", "autodiscover.customer.example",
                                     "<Autodiscover><Request><EMailAddress>alice@customer.example</EMailAddress>"
                                     "</Request></Autodiscover>")));
  BOOST_TEST(answered(published.get("/email.mobileconfig?email=alice@customer.example", "example.com")));
  BOOST_TEST(answered(published.get("/.well-known/user-agent-configuration.json", "ua-auto-config.customer.example")));
}

BOOST_AUTO_TEST_CASE(row_9_defined_domains_are_not_looked_up) {
  BOOST_TEST(published.get(config, "autoconfig.example.com").status == 200);
  BOOST_TEST(published.get("/v1.1/example.co.uk", "localhost").status == 200);
  BOOST_TEST(published.get(std::string(config) + "?emailaddress=a%40example.org", "x.example").status == 200);
  BOOST_TEST(mx->questions().empty());
}

BOOST_AUTO_TEST_CASE(row_9_a_domain_whose_mail_goes_elsewhere_or_nowhere_is_not_found) {
  mx->mail_goes_to("elsewhere.example", {"mx.foreign.example"});
  for (const std::string domain : {"elsewhere.example", "nomail.example"}) {
    const auto reply = published.get("/v1.1/" + domain, "localhost");
    BOOST_TEST(reply.status == 404);
    BOOST_TEST(reply.header("retry-after").empty());
  }
}

BOOST_AUTO_TEST_CASE(row_9_when_the_dns_cannot_be_asked_the_answer_is_503_and_not_404) {
  mx->cannot_be_asked("customer.example");
  const auto reply = published.get(of_alice, "autoconfig.example.com");
  BOOST_TEST(reply.status == 503);
  BOOST_TEST(reply.header("retry-after") == "5");
  BOOST_TEST(reply.header("cache-control") == "no-store");
  BOOST_TEST(reply.header("content-type").starts_with("text/plain"));
  BOOST_TEST(!reply.body.empty());
  const auto posted = published.post("/autodiscover/autodiscover.xml", "autodiscover.customer.example",
                                     "<Autodiscover><Request><EMailAddress>alice@customer.example</EMailAddress>"
                                     "</Request></Autodiscover>");
  BOOST_TEST(posted.status == 503);
}

BOOST_AUTO_TEST_CASE(row_9_only_the_most_preferred_host_counts) {
  mx->mail_goes_to("customer.example", {"filter.foreign.example", "mx.example.com"});
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(row_9_the_longest_claim_wins) {
  mx->mail_goes_to("a.example", {"1.eu.mx.example.com"});
  mx->mail_goes_to("b.example", {"eu-1.mx.example.com"});
  BOOST_TEST(imap_host("/v1.1/a.example") == "imap.example.org");
  BOOST_TEST(imap_host("/v1.1/b.example") == "imap.example.com");
}

BOOST_AUTO_TEST_CASE(row_9_the_domain_of_the_request_replaces_the_placeholder) {
  published.folder.write("domains/0.toml", replaced(definitions()[0], "imap.example.com", "imap.%EMAILDOMAIN%"));
  published.server->reload();
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  BOOST_TEST(imap_host(config, "autoconfig.customer.example") == "imap.customer.example");
  BOOST_TEST(imap_host(of_alice) == "imap.customer.example");
}

BOOST_AUTO_TEST_CASE(row_9_names_that_are_no_public_mail_domain_are_not_looked_up) {
  for (const std::string host : {"co.uk", "autoconfig.co.uk", "printer.local", "a.onion", "x.localhost", "x.invalid",
                                 "localhost", "127.0.0.1", "[::1]"})
    BOOST_TEST(published.get(config, host).status == 404, host);
  BOOST_TEST(mx->questions().empty());
}

BOOST_AUTO_TEST_CASE(row_9_what_is_no_question_is_not_looked_up) {
  BOOST_TEST(published.request("OPTIONS", config, "autoconfig.customer.example").status == 204);
  BOOST_TEST(published.request("POST", config, "autoconfig.customer.example", "Content-Length: 0\r\n").status == 405);
  BOOST_TEST(published.get("/elsewhere", "autoconfig.customer.example").status == 404);
  BOOST_TEST(mx->questions().empty());
}

BOOST_AUTO_TEST_CASE(row_9_a_reload_changes_the_answer_at_once_although_the_host_is_remembered) {
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  BOOST_TEST(imap_host(of_alice) == "imap.example.com");
  published.folder.write("domains/0.toml", replaced(definitions()[0], "imap.example.com", "mail.example.com"));
  published.server->reload();
  BOOST_TEST(imap_host(of_alice) == "mail.example.com");
  published.folder.write("domains/0.toml", definition({"example.com"}));
  published.server->reload();
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 404);
  published.folder.write("domains/3.toml", definition({"customer.example"}));
  published.server->reload();
  BOOST_TEST(imap_host(of_alice) == "imap.customer.example");
  BOOST_TEST(mx->questions() == Names{"customer.example"}, per_element());
}

BOOST_AUTO_TEST_CASE(row_9_the_log_holds_no_address) {
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 200);
  BOOST_TEST(published.channel->lines_with("alice").empty());
  BOOST_TEST(published.channel->lines_with("customer").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(serve_by_mx_claims, Hoster)

BOOST_AUTO_TEST_CASE(row_9_a_host_at_or_below_the_claim_is_ours) {
  BOOST_TEST(status_when_mail_goes_to("a.b.mx.example.com") == 200);
}

BOOST_AUTO_TEST_CASE(row_9_a_host_above_or_beside_the_claim_is_not) {
  BOOST_TEST(status_when_mail_goes_to("example.com") == 404);
}

BOOST_AUTO_TEST_CASE(row_9_a_host_that_only_ends_like_the_claim_is_not) {
  BOOST_TEST(status_when_mail_goes_to("evilmx.example.com") == 404);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(serve_by_mx_remembered)

BOOST_AUTO_TEST_CASE(a_domain_is_rendered_once_a_definition) {
  const auto written = definition({"example.com"}, "mxDomains = [\"mx.example.com\", \"mx.example.net\"]");
  const auto other = definition({"example.org"}, "mxDomains = [\"eu.mx.example.com\"]");
  const server::Snapshot snapshot(
      {*server::read_definition("a.toml", written).definition, *server::read_definition("b.toml", other).definition});
  const auto published = [&](const std::string& domain, const std::string& host) {
    return snapshot.publish_by_mx(*DomainName::parse(domain), *DomainName::parse(host));
  };
  const auto first = published("customer.example", "1.mx.example.com");
  BOOST_TEST_REQUIRE(first != nullptr);
  BOOST_TEST(first->domain.ascii() == "customer.example");
  BOOST_TEST(published("customer.example", "2.mx.example.net") == first);
  BOOST_TEST(published("other.example", "1.mx.example.com") != first);
  BOOST_TEST(published("customer.example", "1.eu.mx.example.com")->settings.incoming.front().hostname ==
             "imap.example.org");
  BOOST_TEST(published("customer.example", "mx.elsewhere.example") == nullptr);
}

BOOST_AUTO_TEST_CASE(no_more_domains_are_kept_than_the_limit_says) {
  const auto written = definition({"example.com"}, "mxDomains = [\"mx.example.com\"]");
  const server::Snapshot snapshot({*server::read_definition("a.toml", written).definition});
  const auto host = *DomainName::parse("mx.example.com");
  const std::weak_ptr first = snapshot.publish_by_mx(*DomainName::parse("first.example"), host);
  BOOST_TEST(!first.expired());
  for (long i = 0; i < server::Snapshot::most_by_mx; ++i)
    BOOST_TEST_REQUIRE(snapshot.publish_by_mx(*DomainName::parse("d" + std::to_string(i) + ".example"), host) !=
                       nullptr);
  BOOST_TEST(first.expired());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(serve_by_mx_at_work)

BOOST_AUTO_TEST_CASE(row_9_without_the_switch_nothing_is_looked_up) {
  const auto mx = std::make_shared<FakeMx>();
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  auto wishes = by_mx(mx);
  wishes.server.clear();
  const Published published(definitions(), wishes);
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 404);
  BOOST_TEST(mx->questions().empty());
}

BOOST_AUTO_TEST_CASE(row_9_without_claims_nothing_is_looked_up_and_the_log_says_so) {
  const auto mx = std::make_shared<FakeMx>();
  const Published published({definition({"example.com"})}, by_mx(mx));
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 404);
  BOOST_TEST(mx->questions().empty());
  BOOST_TEST(published.channel->lines_with("no definition has mxDomains").size() == 1U);
}

BOOST_AUTO_TEST_CASE(row_9_defined_domains_are_served_while_every_look_up_hangs) {
  const auto mx = std::make_shared<HeldMx>();
  auto wishes = by_mx(mx);
  wishes.limits.mx.waiting = 0;
  const Published published(definitions(), wishes);
  std::list<Client> slow;
  for (std::size_t i = 0; i < wishes.limits.mx.at_once; ++i) {
    const auto domain = "slow" + std::to_string(i) + ".example";
    mx->mail_goes_to(domain, {"mx.example.com"});
    slow.emplace_back(published.http()).send("GET /v1.1/" + domain + " HTTP/1.1\r\nHost: x.example\r\n\r\n");
  }
  mx->wait_for(wishes.limits.mx.at_once);
  BOOST_TEST(published.get(config, "autoconfig.example.com").status == 200);
  const auto refused = published.get("/v1.1/late.example", "x.example");
  BOOST_TEST(refused.status == 503);
  BOOST_TEST(!refused.header("retry-after").empty());
  mx->release_all();
  for (auto& client : slow) BOOST_TEST(client.read().status == 200);
}

BOOST_AUTO_TEST_CASE(row_9_the_end_of_the_server_ends_a_look_up_with_an_answer) {
  const auto mx = std::make_shared<HeldMx>();
  Published published(definitions(), by_mx(mx));
  Client client(published.http());
  client.send("GET /v1.1/slow.example HTTP/1.1\r\nHost: x.example\r\n\r\n");
  mx->wait_for(1);
  published.server->stop();
  BOOST_TEST(client.read().status == 503);
  BOOST_TEST(client.is_closed_by_the_server());
}

BOOST_AUTO_TEST_CASE(row_9_what_is_remembered_is_asked_again_by_the_clock_of_the_server) {
  const auto mx = std::make_shared<FakeMx>();
  auto wishes = by_mx(mx);
  const auto now = std::make_shared<std::atomic<server::MailExchangers::Instant>>();
  wishes.surroundings.now = [now] { return now->load(); };
  const Published published(definitions(), wishes);
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 404);
  mx->mail_goes_to("customer.example", {"mx.example.com"});
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 404);
  *now = now->load() + 1min;
  BOOST_TEST(published.get(of_alice, "autoconfig.example.com").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
