// The pages for people, as mailconfd serves them.
#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto host = "autoconfig.example.com";
constexpr auto operator_table =
    "\n[operator]\nname = \"Hosting <b>&\"\ncolor = \"#ffcc00\"\nlogo = \"https://www.example.com/logo.png\"\n"
    "supportMail = \"help@example.com\"\n";

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

using Probed = std::vector<std::vector<Server>>;

Wishes with_prober(const std::string& more, Probed& probed) {
  Wishes wishes;
  wishes.more = more;
  wishes.surroundings.prober = [&probed](const std::vector<Server>& servers, const std::stop_token&) {
    probed.push_back(servers);
    std::vector<ProbedPort> ports;
    for (const auto& each : servers) {
      ProbedPort port;
      port.server = each;
      port.proof.outcome = ProofOutcome::proven;
      ports.push_back(port);
    }
    return Result<std::vector<ProbedPort>>(ports);
  };
  return wishes;
}

struct Tried {
  Probed probed;
};

struct Paged : Tried, Published {
  explicit Paged(const std::string& more = "[log]\naccess = true\n")
      : Published({definition({"example.com"}) + operator_table, definition({"two.example"})},
                  with_prober(more, probed)) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pages, Paged)

BOOST_AUTO_TEST_CASE(the_page_of_a_domain_has_its_settings_and_who_runs_it) {
  const auto reply = get("/", host);
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "text/html; charset=utf-8");
  BOOST_TEST(reply.header("cache-control") == "private, no-cache");
  BOOST_TEST(reply.header("vary") == "Accept-Encoding, Accept-Language");
  for (const char* part : {"imap.example.com", "smtp.example.com", "Hosting &lt;b&gt;&amp;", "help@example.com"})
    BOOST_TEST(holds(reply.body, part), part);
}

BOOST_AUTO_TEST_CASE(who_comes_with_an_address_sees_its_settings) {
  const auto reply = get("/?emailaddress=alice%2Btag@example.com", host);
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(holds(reply.body, "<code class=\"copy\">alice+tag@example.com</code>"));
  BOOST_TEST(holds(reply.body, "/email.mobileconfig?emailaddress=alice%2Btag%40example.com"));
  BOOST_TEST(holds(get("/?emailaddress=bob@two.example", host).body, "imap.two.example"));
}

BOOST_AUTO_TEST_CASE(who_mistypes_an_address_is_told_so_on_the_page) {
  const auto reply = get("/?emailaddress=alice", host);
  BOOST_TEST(reply.status == 400);
  BOOST_TEST(holds(reply.body, "That is no e-mail address."));
  const auto elsewhere = get("/?emailaddress=alice@elsewhere.example", host);
  BOOST_TEST(elsewhere.status == 404);
  BOOST_TEST(holds(elsewhere.body, "not published here"));
  BOOST_TEST(!holds(elsewhere.body, "elsewhere.example"));
}

BOOST_AUTO_TEST_CASE(a_host_of_no_domain_has_no_page) {
  BOOST_TEST(get("/", "autoconfig.elsewhere.example").status == 404);
  BOOST_TEST(get("/guide/outlook", "autoconfig.elsewhere.example").status == 404);
}

BOOST_AUTO_TEST_CASE(every_link_of_the_page_leads_to_a_page) {
  const auto body = get("/?emailaddress=alice@example.com", host).body;
  int links = 0;
  for (auto at = body.find("href=\"/"); at != body.npos; at = body.find("href=\"/", at + 1)) {
    auto link = body.substr(at + 6, body.find('"', at + 6) - at - 6);
    for (auto entity = link.find("&amp;"); entity != link.npos; entity = link.find("&amp;"))
      link.replace(entity, 5, "&");
    // What stands behind the # is the browser's.
    BOOST_TEST(get(link.substr(0, link.find('#')), host).status == 200, link);
    ++links;
  }
  BOOST_TEST(links > 27);
}

BOOST_AUTO_TEST_CASE(a_page_loads_nothing_but_what_is_served_beside_it_and_the_logo) {
  const auto policy = get("/", host).header("content-security-policy");
  BOOST_TEST(policy ==
             "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' "
             "https://www.example.com; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  BOOST_TEST(!holds(get("/", "autoconfig.two.example").header("content-security-policy"), "https:"));
}

BOOST_AUTO_TEST_CASE(the_stylesheet_has_the_colour_of_the_domain) {
  const auto reply = get("/style.css", host);
  BOOST_TEST(reply.header("content-type") == "text/css; charset=utf-8");
  BOOST_TEST(holds(reply.body, "--accent: #ffcc00"));
  BOOST_TEST(!holds(get("/style.css", "autoconfig.two.example").body, "#ffcc00"));
  BOOST_TEST(get("/page.js", host).header("content-type") == "text/javascript; charset=utf-8");
}

BOOST_AUTO_TEST_CASE(a_guide_that_is_not_there_is_not_found) {
  BOOST_TEST(get("/guide/pine", host).status == 404);
  BOOST_TEST(get("/guide/outlook?protocol=pop3", host).status == 404);
  BOOST_TEST(get("/help/pine", host).status == 404);
  BOOST_TEST(get("/help/encryption", host).status == 200);
}

BOOST_AUTO_TEST_CASE(the_language_is_the_one_that_is_named_or_the_reader_s) {
  for (const auto* language : {"en", "en-GB", "tlh"})
    BOOST_TEST(holds(get("/", host, std::string("Accept-Language: ") + language + "\r\n").body, "<html lang=\"en\">"));
  BOOST_TEST(holds(get("/?lang=en", host, "Accept-Language: tlh\r\n").body, "<html lang=\"en\">"));
}

BOOST_AUTO_TEST_CASE(a_self_test_tries_the_servers_of_the_domain_and_no_others) {
  const auto reply = post("/self-test", host, "domain=example.com&lang=en&server=evil.example");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(holds(reply.body, "<li class=\"works\"><code>imap.example.com:993</code>"));
  BOOST_TEST_REQUIRE(probed.size() == 1U);
  BOOST_TEST_REQUIRE(probed.front().size() == 2U);
  BOOST_TEST(probed.front().front().hostname == "imap.example.com");
  BOOST_TEST(probed.front().back().hostname == "smtp.example.com");
  BOOST_TEST(get("/self-test", host).status == 200);
  BOOST_TEST(probed.size() == 1U);
  BOOST_TEST(post("/self-test", host, "domain=evil.example").status == 404);
  BOOST_TEST(post("/self-test", host, "domain=%zz").status == 400);
  BOOST_TEST(probed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_address_is_in_no_log) {
  get("/?emailaddress=alice@example.com", host);
  BOOST_TEST(channel->waits_for("{pages}"));
  BOOST_TEST(channel->lines_with("alice").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(pages_elsewhere)

BOOST_AUTO_TEST_CASE(they_are_where_the_operator_wants_them) {
  const Paged published("[pages]\npath = \"/setup\"\nself-test = false\n");
  BOOST_TEST(published.get("/", host).status == 404);
  const auto reply = published.get("/setup/", host);
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(holds(reply.body, "href=\"/setup/style.css\""));
  BOOST_TEST(!holds(reply.body, "self-test"));
  BOOST_TEST(published.get("/setup/help/phishing", host).status == 200);
  BOOST_TEST(published.get("/setup/self-test", host).status == 404);
  BOOST_TEST(published.get("/setupx", host).status == 404);
}

BOOST_AUTO_TEST_CASE(they_can_be_left_out) {
  const Paged published("[pages]\npath = \"\"\n");
  for (const char* path : {"/", "/style.css", "/guide/outlook", "/self-test"})
    BOOST_TEST(published.get(path, host).status == 404, path);
  BOOST_TEST(published.get("/mail/config-v1.1.xml", host).status == 200);
}

BOOST_AUTO_TEST_CASE(who_comes_without_encryption_is_sent_to_https_where_there_is_any) {
  const Published published({definition({"example.com"})}, {.server = "trusted-proxies = [\"192.0.2.1\"]"});
  const auto reply = published.get("/?lang=en", host);
  BOOST_TEST(reply.status == 308);
  BOOST_TEST(reply.header("location") == "https://autoconfig.example.com/?lang=en");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
