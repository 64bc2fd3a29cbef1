// The document: its form, its values, how it is cached and what strict clients ask of it.
#include <Poco/InflatingStream.h>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto config = "/mail/config-v1.1.xml";

const std::string alice = "?emailaddress=alice@example.com";

std::string asking_for(const std::string& address) { return std::string(config) + "?emailaddress=" + address; }

std::string inflate(const std::string& bytes) {
  std::istringstream zipped(bytes);
  Poco::InflatingInputStream stream(zipped, Poco::InflatingStreamBuf::STREAM_GZIP);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(autoconfig, OneDomain)

BOOST_AUTO_TEST_CASE(row_1_an_address_gets_the_settings_of_its_domain) {
  const auto reply = get(config + alice, "autoconfig.example.com");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type").starts_with("text/xml"));
  BOOST_TEST(reply.body.starts_with("<?xml version=\"1.0\""));
  BOOST_TEST(reply.header("content-length") == std::to_string(reply.body.size()));
  const auto settings = document_of(reply);
  BOOST_TEST(settings.provider.id == "example.com");
  BOOST_TEST(domains_of(reply) == std::vector<std::string>{"example.com"}, boost::test_tools::per_element());
  BOOST_TEST(settings.incoming.front().hostname == "imap.example.com");
  BOOST_TEST(settings.incoming.front().username == "alice@example.com");
  BOOST_TEST(settings.outgoing.front().hostname == "smtp.example.com");
}

BOOST_AUTO_TEST_CASE(row_2_the_address_may_be_percent_encoded) {
  const auto plain = get(config + alice, "autoconfig.example.com");
  for (const std::string encoded : {"alice%40example.com", "alice%40example%2Ecom", "%61lice%40example%2ecom"}) {
    const auto reply = get(asking_for(encoded), "autoconfig.example.com");
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(reply.body == plain.body);
  }
}

BOOST_AUTO_TEST_CASE(row_3_without_an_address_the_client_gets_placeholders) {
  const auto settings = document_of(get(config, "autoconfig.example.com"));
  BOOST_TEST(settings.provider.id == "example.com");
  BOOST_TEST(settings.incoming.front().username == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(row_5_an_empty_address_is_none) {
  BOOST_TEST(get(asking_for(""), "autoconfig.example.com").body == get(config, "autoconfig.example.com").body);
  BOOST_TEST(get(std::string(config) + "?emailaddress", "autoconfig.example.com").status == 200);
}

BOOST_AUTO_TEST_CASE(row_10_the_domain_has_no_letter_case_and_the_local_part_keeps_its_own) {
  const auto settings = document_of(get(asking_for("Alice@EXAMPLE.COM"), "autoconfig.example.com"));
  BOOST_TEST(settings.incoming.front().username == "Alice@example.com");
}

BOOST_AUTO_TEST_CASE(row_12_a_malformed_address_is_refused) {
  for (const std::string bad :
       {"alice", "@example.com", "a@", "a@b@example.com", "a%20b@example.com", "a@example..com"}) {
    const auto reply = get(asking_for(bad), "autoconfig.example.com");
    BOOST_TEST_CONTEXT(bad) {
      BOOST_TEST(reply.status == 400);
      BOOST_TEST(reply.header("content-type").starts_with("text/plain"));
      BOOST_TEST(!reply.body.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(row_13_a_quoted_local_part_may_hold_an_at_sign) {
  for (const std::string quoted : {"%22a%40b%22%40example.com", "%22a@b%22@example.com", "\"a@b\"@example.com"}) {
    const auto settings = document_of(get(asking_for(quoted), "autoconfig.example.com"));
    BOOST_TEST(settings.incoming.front().username == "\"a@b\"@example.com");
  }
}

BOOST_AUTO_TEST_CASE(row_14_a_plus_sign_in_an_address_stays_one) {
  for (const std::string tagged : {"a+tag@example.com", "a%2Btag@example.com"}) {
    const auto settings = document_of(get(asking_for(tagged), "autoconfig.example.com"));
    BOOST_TEST(settings.incoming.front().username == "a+tag@example.com");
  }
}

BOOST_AUTO_TEST_CASE(row_15_an_address_cannot_break_out_of_the_document) {
  const auto odd = get(asking_for("%22%3E%3Cx%3E%26@example.com"), "autoconfig.example.com");
  BOOST_TEST(document_of(odd).incoming.front().username == "%EMAILADDRESS%");
  const auto reply = get(asking_for("%22%3E%3Cx%3E%26%22@example.com"), "autoconfig.example.com");
  BOOST_TEST(reply.body.find("<x>") == reply.body.npos);
  BOOST_TEST(document_of(reply).incoming.front().username == "\"><x>&\"@example.com");
}

BOOST_AUTO_TEST_CASE(row_16_long_and_binary_addresses_are_refused) {
  const std::string bad[] = {std::string(2000, 'a') + "@example.com",
                             "a%00b@example.com",
                             "a%0D%0Ab@example.com",
                             "a%FFb@example.com",
                             "a\xfe@example.com",
                             "a%4@example.com"};
  for (const auto& address : bad) {
    BOOST_TEST_CONTEXT(address.substr(0, 20)) {
      BOOST_TEST(get(asking_for(address), "autoconfig.example.com").status == 400);
    }
  }
}

BOOST_AUTO_TEST_CASE(row_17_the_made_up_address_of_evolution_is_answered) {
  const auto target = asking_for("EVOLUTIONUSER%40example.com") + "&emailmd5=c160f8cc69a4f0bf2b0362752353d060";
  const auto settings = document_of(get(target, "autoconfig.example.com"));
  BOOST_TEST(settings.incoming.front().username == "EVOLUTIONUSER@example.com");
}

BOOST_AUTO_TEST_CASE(row_18_unknown_parameters_are_passed_over) {
  const auto plain = get(config + alice, "autoconfig.example.com");
  BOOST_TEST(get(std::string(config) + "?_=1234&emailaddress=alice@example.com&x", "autoconfig.example.com").body ==
             plain.body);
  BOOST_TEST(get(std::string(config) + "?EmailAddress=alice@example.com&&=", "autoconfig.example.com").body ==
             plain.body);
}

BOOST_AUTO_TEST_CASE(row_27_a_document_that_the_client_has_is_not_sent_again) {
  for (const auto& target : {std::string(config), config + alice}) {
    const auto first = get(target, "autoconfig.example.com");
    const auto tag = first.header("etag");
    BOOST_TEST(tag.starts_with('"'));
    for (const auto& known : {tag, "\"other\", W/" + tag, std::string("*")}) {
      const auto reply = get(target, "autoconfig.example.com", "If-None-Match: " + known + "\r\n");
      BOOST_TEST(reply.status == 304);
      BOOST_TEST(reply.header("etag") == tag);
      BOOST_TEST(reply.header("content-length").empty());
    }
    BOOST_TEST(get(target, "autoconfig.example.com", "If-None-Match: \"other\"\r\n").status == 200);
  }
}

BOOST_AUTO_TEST_CASE(row_28_the_document_is_zipped_for_those_who_can_read_it) {
  const auto plain = get(config, "autoconfig.example.com");
  BOOST_TEST(plain.header("vary") == "Accept-Encoding");
  BOOST_TEST(plain.header("content-encoding").empty());
  for (const std::string accepted : {"gzip", "br, GZIP;q=0.5", "deflate, *;q=0.1"}) {
    const auto reply = get(config, "autoconfig.example.com", "Accept-Encoding: " + accepted + "\r\n");
    BOOST_TEST(reply.header("content-encoding") == "gzip");
    BOOST_TEST(reply.header("vary") == "Accept-Encoding");
    BOOST_TEST(reply.header("etag") != plain.header("etag"));
    BOOST_TEST(inflate(reply.body) == plain.body);
  }
  for (const std::string refused : {"gzip;q=0", "br", "identity", "gzip; q=0.0, *"}) {
    const auto reply = get(config, "autoconfig.example.com", "Accept-Encoding: " + refused + "\r\n");
    BOOST_TEST(reply.body == plain.body);
  }
}

BOOST_AUTO_TEST_CASE(row_28_the_zipped_document_has_an_entity_tag_of_its_own) {
  const std::string accept = "Accept-Encoding: gzip\r\n";
  const auto zipped = get(config, "autoconfig.example.com", accept);
  const auto condition = "If-None-Match: " + zipped.header("etag") + "\r\n";
  BOOST_TEST(get(config, "autoconfig.example.com", accept + condition).status == 304);
  BOOST_TEST(get(config, "autoconfig.example.com", condition).status == 200);
}

BOOST_AUTO_TEST_CASE(what_holds_an_address_is_kept_out_of_shared_caches) {
  BOOST_TEST(get(config, "autoconfig.example.com").header("cache-control") == "public, max-age=3600");
  BOOST_TEST(get(config + alice, "autoconfig.example.com").header("cache-control") == "private, no-cache");
}

BOOST_AUTO_TEST_CASE(answers_are_no_pages_for_browsers) {
  const auto reply = get(config, "autoconfig.example.com");
  BOOST_TEST(reply.header("x-content-type-options") == "nosniff");
  BOOST_TEST(reply.header("content-security-policy") == "default-src 'none'; frame-ancestors 'none'");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(autoconfig_values)

BOOST_AUTO_TEST_CASE(row_34_the_document_passes_the_rules_of_thunderbird_and_k9) {
  const Published published({definition({"example.com"})});
  const auto settings = document_of(published.get(config, "autoconfig.example.com"));
  BOOST_TEST(settings.provider.id == "example.com");
  BOOST_TEST(lint(settings).empty());
  for (const auto* servers : {&settings.incoming, &settings.outgoing}) {
    BOOST_TEST_REQUIRE(servers->size() == 1U);
    const auto& server = servers->front();
    BOOST_TEST(!server.hostname.empty());
    BOOST_TEST(server.port != 0);
    BOOST_TEST((server.socket_type == SocketType::ssl));
    BOOST_TEST(!server.username.empty());
    BOOST_TEST((server.authentication == std::vector{Authentication::password_cleartext}));
  }
}

BOOST_AUTO_TEST_CASE(row_34_the_domain_stands_in_the_document_and_not_its_placeholder) {
  auto text = definition({"example.com", "example.net"});
  text.replace(text.find("imap.example.com"), 16, "imap.%EMAILDOMAIN%");
  const Published published({text});
  const auto reply = published.get(config, "autoconfig.example.net");
  BOOST_TEST(document_of(reply).incoming.front().hostname == "imap.example.net");
  BOOST_TEST(domains_of(reply) == std::vector<std::string>{"example.net"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(row_36_the_old_name_of_a_mechanism_is_published_by_its_new_one) {
  auto text = definition({"example.com"});
  text.replace(text.find("password-cleartext"), 18, "plain");
  const Published published({text});
  const auto reply = published.get(config, "autoconfig.example.com");
  BOOST_TEST(reply.body.find("<authentication>password-cleartext</authentication>") != reply.body.npos);
  BOOST_TEST(reply.body.find("<authentication>plain</authentication>") == reply.body.npos);
  BOOST_TEST(published.channel->lines_with("\"plain\" is published as \"password-cleartext\"").size() == 1U);
}

BOOST_AUTO_TEST_CASE(row_37_servers_stand_in_the_order_of_the_definition) {
  const auto more = R"(
[[incoming]]
type = "imap"
hostname = "imap.example.com"
port = 143
socketType = "STARTTLS"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[incoming]]
type = "pop3"
hostname = "pop.example.com"
port = 995
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"
)";
  const Published published({definition({"example.com"}) + more});
  const auto servers = document_of(published.get(config, "autoconfig.example.com")).incoming;
  BOOST_TEST_REQUIRE(servers.size() == 3U);
  BOOST_TEST(servers[0].port == 993);
  BOOST_TEST(servers[1].port == 143);
  BOOST_TEST(servers[2].port == 995);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
