// Whose settings are served: the address first, then the host, never another domain's.
#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto config = "/mail/config-v1.1.xml";
constexpr auto well_known = "/.well-known/autoconfig/mail/config-v1.1.xml";

std::string asking_for(const std::string& address) { return std::string(config) + "?emailaddress=" + address; }

std::string domain_of(const Reply& reply) {
  const auto domains = domains_of(reply);
  return domains.size() == 1 ? domains.front() : std::to_string(domains.size()) + " domains";
}

struct ManyDomains : Published {
  ManyDomains()
      : Published({definition({"example.com"}), definition({"example.net"}), definition({"example.co.uk"}),
                   definition({"bücher.example"}), definition({"mail.example.org"})}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(which_domain, ManyDomains)

BOOST_AUTO_TEST_CASE(row_4_only_the_label_of_the_service_is_cut_from_the_host) {
  BOOST_TEST(domain_of(get(well_known, "example.com")) == "example.com");
  BOOST_TEST(domain_of(get(config, "autoconfig.example.co.uk")) == "example.co.uk");
  for (const std::string label : {"autoconfig", "autodiscover", "mail", "www", "ua-auto-config"})
    BOOST_TEST(domain_of(get(config, label + ".example.com")) == "example.com");
}

BOOST_AUTO_TEST_CASE(row_4_a_mail_domain_whose_name_begins_like_a_service_is_found) {
  BOOST_TEST(domain_of(get(config, "mail.example.org")) == "mail.example.org");
  BOOST_TEST(domain_of(get(config, "autoconfig.mail.example.org")) == "mail.example.org");
}

BOOST_AUTO_TEST_CASE(row_4_other_labels_are_not_cut) {
  BOOST_TEST(get(config, "imap.example.com").status == 404);
  BOOST_TEST(get(config, "www.autoconfig.example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(row_6_a_host_that_is_no_domain_does_not_choose_among_several) {
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]:8080", ""}) {
    const auto reply = get(config, host);
    BOOST_TEST(reply.status == 404);
    BOOST_TEST(!reply.body.empty());
  }
}

BOOST_AUTO_TEST_CASE(row_7_the_address_counts_more_than_the_host) {
  BOOST_TEST(domain_of(get(asking_for("a@example.net"), "autoconfig.example.com")) == "example.net");
}

BOOST_AUTO_TEST_CASE(row_8_an_unknown_domain_gets_nobody_elses_settings) {
  const auto reply = get(asking_for("a@elsewhere.example"), "autoconfig.example.com");
  BOOST_TEST(reply.status == 404);
  BOOST_TEST(reply.header("content-type").starts_with("text/plain"));
  BOOST_TEST(get(asking_for("a@sub.example.com"), "autoconfig.example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(row_11_a_domain_may_be_written_in_unicode_or_in_a_labels) {
  const auto ascii = get(asking_for("a@xn--bcher-kva.example"), "autoconfig.example.com");
  const auto unicode = get(asking_for("a@b\xc3\xbc"
                                      "cher.example"),
                           "autoconfig.example.com");
  const auto encoded = get(asking_for("a%40b%C3%BCcher.example"), "autoconfig.example.com");
  BOOST_TEST(domain_of(ascii) == "xn--bcher-kva.example");
  BOOST_TEST(document_of(ascii).provider.id == "xn--bcher-kva.example");
  BOOST_TEST(document_of(ascii).incoming.front().hostname == "imap.xn--bcher-kva.example");
  BOOST_TEST(unicode.body == ascii.body);
  BOOST_TEST(encoded.body == ascii.body);
  BOOST_TEST(domain_of(get(config, "autoconfig.xn--bcher-kva.example")) == "xn--bcher-kva.example");
  BOOST_TEST(domain_of(get(config,
                           "autoconfig.b\xc3\xbc"
                           "cher.example")) == "xn--bcher-kva.example");
}

BOOST_AUTO_TEST_CASE(row_31_the_port_of_the_host_is_dropped) {
  BOOST_TEST(domain_of(get(config, "autoconfig.example.com:8443")) == "example.com");
}

BOOST_AUTO_TEST_CASE(row_32_letter_case_and_the_trailing_dot_of_the_host_do_not_count) {
  BOOST_TEST(domain_of(get(config, "AutoConfig.Example.COM.")) == "example.com");
  BOOST_TEST(domain_of(get(config, "AutoConfig.Example.COM.:8080")) == "example.com");
}

BOOST_AUTO_TEST_CASE(the_host_of_the_absolute_form_counts_more_than_the_field) {
  BOOST_TEST(domain_of(get("http://autoconfig.example.net/mail/config-v1.1.xml", "autoconfig.example.com")) ==
             "example.net");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(only_one_domain)

BOOST_AUTO_TEST_CASE(row_6_a_host_that_is_no_domain_stands_for_the_only_definition) {
  const Published published({definition({"example.com", "example.net"})});
  for (const std::string host : {"127.0.0.1:8080", "localhost", "[::1]", ""})
    BOOST_TEST(domain_of(published.get(config, host)) == "example.com");
  BOOST_TEST(published.get(config, "autoconfig.elsewhere.example").status == 404);
}

BOOST_AUTO_TEST_CASE(row_29_http_1_0_without_host_gets_the_only_definition_and_the_connection_ends) {
  const Published published({definition({"example.com"})});
  Client client(published.http());
  client.send("GET /mail/config-v1.1.xml HTTP/1.0\r\n\r\n");
  const auto reply = client.read();
  BOOST_TEST(domain_of(reply) == "example.com");
  BOOST_TEST(reply.header("connection") == "Close");
  BOOST_TEST(client.is_closed_by_the_server());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
