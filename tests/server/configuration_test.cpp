// The configuration file, and what is said about a bad one.
#include "server/configuration.h"

#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

const std::string minimal = "[server]\nhttp = [\"127.0.0.1:8080\"]\n[store]\nurl = \"directory:domains\"\n";

struct File {
  TemporaryFolder folder;
  server::ReadConfiguration read(const std::string& text) const {
    return server::read_configuration(folder.write("mailconfd.toml", text));
  }
  // The problems, each without the folder in front.
  std::vector<std::string> problems_of(const std::string& text) const {
    std::vector<std::string> texts;
    for (const auto& problem : read(text).problems)
      texts.push_back(problem.text().substr(folder.path().string().size() + 1));
    return texts;
  }
  std::string problem_of(const std::string& text) const {
    const auto problems = problems_of(text);
    return problems.size() == 1 ? problems.front() : std::to_string(problems.size()) + " problems";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(configuration, File)

BOOST_AUTO_TEST_CASE(every_field_is_read) {
  const auto result = read(R"(
[server]
http  = ["127.0.0.1:8080", "[::1]:0"]
https = ["0.0.0.0:8443"]
trusted-proxies = ["127.0.0.1/32", "2001:db8::/32"]
plain-http = "redirect"
serve-by-mx = true
dns = ["192.0.2.53:53", "[2001:db8::53]:5353"]
[tls]
certificates = "certs"
acme-challenges = "/var/lib/acme"
[store]
url = "directory:domains"
[profiles]
certificate = "signer.crt"
key = "/etc/signer.key"
[admin]
listen = "127.0.0.1:9090"
[log]
access = true
)");
  BOOST_TEST(result.problems.empty());
  const auto& read = result.configuration;
  BOOST_TEST_REQUIRE(read.http.size() == 2U);
  BOOST_TEST(read.http[0].toString() == "127.0.0.1:8080");
  BOOST_TEST(read.http[1].toString() == "[::1]:0");
  BOOST_TEST(read.https.front().toString() == "0.0.0.0:8443");
  BOOST_TEST(read.trusted_proxies.size() == 2U);
  BOOST_TEST((read.plain_http == server::PlainHttp::redirect));
  BOOST_TEST(read.serve_by_mx);
  BOOST_TEST_REQUIRE(read.dns.size() == 2U);
  BOOST_TEST(read.dns[0].toString() == "192.0.2.53:53");
  BOOST_TEST(read.dns[1].toString() == "[2001:db8::53]:5353");
  BOOST_TEST(read.certificates == folder.path() / "certs");
  BOOST_TEST(read.acme_challenges == "/var/lib/acme");
  BOOST_TEST(read.profile_certificate == folder.path() / "signer.crt");
  BOOST_TEST(read.profile_key == "/etc/signer.key");
  BOOST_TEST(read.base == folder.path());
  BOOST_TEST(read.store_url == "directory:domains");
  BOOST_TEST(read.admin->toString() == "127.0.0.1:9090");
  BOOST_TEST(read.access_log);
}

BOOST_AUTO_TEST_CASE(all_addresses_of_both_families_may_be_listened_at) {
  const auto result = read("[server]\nhttp = [\"0.0.0.0:80\", \"[::]:80\"]\n[store]\nurl = \"directory:domains\"\n");
  BOOST_TEST(result.problems.empty());
  BOOST_TEST_REQUIRE(result.configuration.http.size() == 2U);
  BOOST_TEST(result.configuration.http[0].toString() == "0.0.0.0:80");
  BOOST_TEST(result.configuration.http[1].toString() == "[::]:80");
}

BOOST_AUTO_TEST_CASE(what_is_left_out_has_a_safe_value) {
  const auto result = read(minimal);
  BOOST_TEST(result.problems.empty());
  BOOST_TEST(!result.configuration.access_log);
  BOOST_TEST(!result.configuration.serve_by_mx);
  BOOST_TEST(result.configuration.dns.empty());
  BOOST_TEST(result.configuration.acme_challenges.empty());
  BOOST_TEST(!result.configuration.admin.has_value());
  BOOST_TEST(result.configuration.trusted_proxies.empty());
  BOOST_TEST(result.configuration.profile_certificate.empty());
  BOOST_TEST((result.configuration.plain_http == server::PlainHttp::serve));
}

BOOST_AUTO_TEST_CASE(where_https_is_known_what_clients_post_is_not_served_in_clear) {
  for (const std::string line : {"https = [\"127.0.0.1:0\"]\n", "trusted-proxies = [\"127.0.0.1\"]\n"}) {
    auto text = minimal + "[tls]\ncertificates = \"certs\"\n";
    text.insert(text.find("[store]"), line);
    BOOST_TEST((read(text).configuration.plain_http == server::PlainHttp::serve_documents));
  }
}

BOOST_AUTO_TEST_CASE(a_signer_needs_a_certificate_and_its_key) {
  BOOST_TEST(problem_of(minimal + "[profiles]\ncertificate = \"a.crt\"\n") ==
             "mailconfd.toml:5: profiles.key: is missing");
}

BOOST_AUTO_TEST_CASE(an_unknown_key_is_named_with_its_line) {
  BOOST_TEST(problem_of(minimal + "[admin]\nlisten = \"127.0.0.1:1\"\nport = 3\n") ==
             "mailconfd.toml:7: admin.port: is no known field");
  BOOST_TEST(problem_of(minimal + "[metrics]\n") == "mailconfd.toml:5: metrics: is no known field");
}

BOOST_AUTO_TEST_CASE(all_problems_are_told_at_once) {
  const auto problems =
      problems_of("[server]\nhttp = \"127.0.0.1:80\"\nhttps = [\"localhost:1\"]\n[log]\naccess = 1\n");
  const std::vector<std::string> expected = {
      "mailconfd.toml:2: server.http: must be a list of texts",
      "mailconfd.toml:3: server.https: \"localhost:1\" is no address with a port, such as \"127.0.0.1:8080\" or "
      "\"[::1]:8080\"",
      "mailconfd.toml: store: is missing",
      "mailconfd.toml:5: log.access: must be true or false",
  };
  BOOST_TEST(problems == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(listen_addresses_are_addresses_with_ports) {
  for (const std::string bad :
       {"127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:80", "[127.0.0.1]:80", ":80"}) {
    BOOST_TEST_CONTEXT(bad) { BOOST_TEST(!problems_of(minimal + "[admin]\nlisten = \"" + bad + "\"\n").empty()); }
  }
}

BOOST_AUTO_TEST_CASE(name_servers_are_addresses_with_ports) {
  for (const std::string bad : {"192.0.2.53", "dns.example:53", "192.0.2.53:0"}) {
    auto text = minimal;
    text.insert(text.find("[store]"), "dns = [\"" + bad + "\"]\n");
    BOOST_TEST_CONTEXT(bad) { BOOST_TEST(problem_of(text).starts_with("mailconfd.toml:3: server.dns: ")); }
  }
}

BOOST_AUTO_TEST_CASE(a_cache_of_no_domains_or_of_too_many_is_refused) {
  for (const std::string bad : {"0", "-1", "10000001"}) {
    BOOST_TEST(problem_of(minimal + "cache = " + bad + "\n") ==
               "mailconfd.toml:5: store.cache: must be between 1 and 10000000");
  }
  BOOST_TEST(read(minimal + "cache = 10000000\n").configuration.cache == 10'000'000U);
}

BOOST_AUTO_TEST_CASE(pages_are_at_the_root_unless_told_otherwise) {
  const auto pages = [&](const std::string& lines) { return read(minimal + lines).configuration.pages; };
  BOOST_TEST(pages("").served);
  BOOST_TEST(pages("").base.empty());
  BOOST_TEST(pages("[pages]\npath = \"/\"\n").base.empty());
  BOOST_TEST(pages("[pages]\npath = \"/setup/mail\"\n").base == "/setup/mail");
  BOOST_TEST(!pages("[pages]\npath = \"\"\n").served);
  BOOST_TEST(pages("").self_test);
  BOOST_TEST(!pages("").allow_private);
  for (const std::string bad : {"setup", "/setup/", "/Setup", "//", "/a//b", "/a b", "/a?b"})
    BOOST_TEST(problem_of(minimal + "[pages]\npath = \"" + bad + "\"\n") ==
               "mailconfd.toml:6: pages.path: must be \"/\", \"\" or such as \"/setup\", in small letters");
}

BOOST_AUTO_TEST_CASE(audits_are_off_unless_the_section_is_there) {
  const std::string admin = "[admin]\nlisten = \"127.0.0.1:0\"\n";
  BOOST_TEST(!read(minimal + admin).configuration.audit.has_value());
  const auto usual = *read(minimal + admin + "[audit]\n").configuration.audit;
  BOOST_TEST((usual == server::AuditSettings()));
  BOOST_TEST(usual.every.count() == 0);
  auto text = minimal + admin +
              "[audit]\nevery = \"1d\"\ndomains = [\"b.example\", \"A.example\"]\nconcurrency = 4\nkeep = \"90s\"\n"
              "ca-file = \"ca.pem\"\nallow-private = true\n";
  text.insert(text.find("[store]"), "dns = [\"192.0.2.53:53\"]\n");
  const auto result = read(text);
  BOOST_TEST(result.problems.empty());
  const auto& audit = *result.configuration.audit;
  BOOST_TEST(audit.every.count() == 86'400);
  BOOST_TEST_REQUIRE(audit.domains.size() == 2U);
  BOOST_TEST(audit.domains.front().ascii() == "a.example");
  BOOST_TEST(audit.concurrency == 4U);
  BOOST_TEST(audit.keep.count() == 90);
  BOOST_TEST(audit.dns.front() == "192.0.2.53:53");
  BOOST_TEST(audit.ca_file == folder.path() / "ca.pem");
  BOOST_TEST(audit.allow_private);
  BOOST_TEST(read(text + "dns = [\"192.0.2.99:53\"]\n").configuration.audit->dns.front() == "192.0.2.99:53");
}

BOOST_AUTO_TEST_CASE(nonsense_about_audits_is_named) {
  const auto problem = [&](const std::string& lines) {
    return problem_of(minimal + "[admin]\nlisten = \"127.0.0.1:0\"\n[audit]\n" + lines);
  };
  for (const std::string bad : {"1", "d", "1w", "9m", "32d", "-1d", "1.5h", "1 d", "99999999999d"}) {
    BOOST_TEST(problem("every = \"" + bad + "\"\n") ==
               "mailconfd.toml:8: audit.every: must be between 10m and 31d, such as \"12h\"");
  }
  BOOST_TEST(problem("keep = \"59s\"\n") == "mailconfd.toml:8: audit.keep: must be between 1m and 7d, such as \"12h\"");
  for (const std::string bad : {"0", "17", "-1"}) {
    BOOST_TEST(problem("every = \"1d\"\nconcurrency = " + bad + "\n") ==
               "mailconfd.toml:9: audit.concurrency: must be between 1 and 16");
  }
  BOOST_TEST(problem("every = \"1d\"\ndomains = []\n") ==
             "mailconfd.toml:9: audit.domains: names no domain; leave it out for all");
  BOOST_TEST(problem("domains = [\"a.example\"]\n") ==
             "mailconfd.toml:7: audit.every: is missing, and nothing is audited in the background without it");
  BOOST_TEST(problem("every = \"1d\"\ndomains = [\"localhost\", \"a.example\"]\n").starts_with("mailconfd.toml:9: "));
  BOOST_TEST(problem_of(minimal + "[audit]\n") ==
             "mailconfd.toml:5: audit: nobody is told what is found: there is no [admin] (warning)");
}

BOOST_AUTO_TEST_CASE(networks_are_in_cidr_notation) {
  for (const std::string bad : {"127.0.0.1/33", "127.0.0.1/x", "proxy.example", "127.0.0.1/", "::1/129"}) {
    auto text = minimal;
    text.insert(text.find("[store]"), "trusted-proxies = [\"" + bad + "\"]\n");
    BOOST_TEST_CONTEXT(bad) { BOOST_TEST(problems_of(text).size() == 1U); }
  }
}

BOOST_AUTO_TEST_CASE(https_needs_certificates) {
  BOOST_TEST(problem_of("[server]\nhttps = [\"127.0.0.1:0\"]\n[store]\nurl = \"directory:domains\"\n") ==
             "mailconfd.toml: tls: is missing, and https needs certificates");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_toml_or_not_there_is_refused) {
  BOOST_TEST(problem_of("[server\n").starts_with("mailconfd.toml:1: "));
  const auto missing = server::read_configuration(folder.path() / "missing.toml");
  BOOST_TEST_REQUIRE(missing.problems.size() == 1U);
  BOOST_TEST(missing.problems.front().text().ends_with("missing.toml: cannot be read"));
  BOOST_TEST(server::read_configuration(folder.path()).problems.front().text().ends_with(": cannot be read"));
}

BOOST_AUTO_TEST_CASE(a_range_holds_its_addresses) {
  const auto range = server::AddressRange::parse("192.0.2.77/24");
  BOOST_TEST(range->contains(Poco::Net::IPAddress("192.0.2.1")));
  BOOST_TEST(range->contains(Poco::Net::IPAddress("::ffff:192.0.2.1")));
  BOOST_TEST(!range->contains(Poco::Net::IPAddress("192.0.3.1")));
  BOOST_TEST(!range->contains(Poco::Net::IPAddress("2001:db8::1")));
  BOOST_TEST(server::AddressRange::parse("2001:db8::/32")->contains(Poco::Net::IPAddress("2001:db8:1::1")));
  BOOST_TEST(server::AddressRange::parse("0.0.0.0/0")->contains(Poco::Net::IPAddress("203.0.113.9")));
  BOOST_TEST(!server::AddressRange::parse("0.0.0.0/0")->contains(Poco::Net::IPAddress("2001:db8::1")));
}

BOOST_AUTO_TEST_CASE(the_range_of_all_addresses_of_a_family_holds_them) {
  for (const auto* all : {"::/0", "0::0/0"}) {
    const auto range = server::AddressRange::parse(all);
    BOOST_TEST_REQUIRE(range.has_value());
    BOOST_TEST(range->contains(Poco::Net::IPAddress("2001:db8::1")));
    BOOST_TEST(range->contains(Poco::Net::IPAddress("::1")));
    BOOST_TEST(!range->contains(Poco::Net::IPAddress("203.0.113.9")));
  }
  BOOST_TEST(server::AddressRange::parse("::")->prefix_length == 128U);
  BOOST_TEST(read("[server]\nhttp = [\"[::]:0\", \"0.0.0.0:0\"]\ntrusted-proxies = [\"0.0.0.0/0\", "
                  "\"::/0\"]\n[store]\nurl = \"directory:domains\"\n")
                 .problems.empty());
  for (const auto* none : {"", "/0", "::/129", "0.0.0.0/33", "::/", "a::b::c/8", "1.2.3/8"})
    BOOST_TEST(!server::AddressRange::parse(none), none);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
