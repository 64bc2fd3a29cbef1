// Apple's configuration profiles: for one address each, the same every time, signed where there is a key.
#include <boost/test/unit_test.hpp>
#include <memory>
#include <openssl/cms.h>
#include <openssl/pem.h>

#include "server/check.h"
#include "server/published.h"
#include "support/test_ca.h"

namespace mailconf::testing {
namespace {

constexpr auto host = "autoconfig.example.com";
const std::string alice = "/email.mobileconfig?emailaddress=alice@example.com";

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

// The value of a key of the property list, as it is written.
std::string value_of(const std::string& profile, const std::string& key, bool last = false) {
  const auto marked = "<key>" + key + "</key>";
  const auto at = last ? profile.rfind(marked) : profile.find(marked);
  if (at == profile.npos) return "";
  const auto begin = profile.find('<', at + marked.size());
  const auto end = profile.find('\n', begin);
  return profile.substr(begin, end - begin);
}

// What the message holds when its signature is good and its certificate comes from the authority; else nothing.
std::string verified(const std::string& message, const TestCa& authority) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> source(
      BIO_new_mem_buf(message.data(), static_cast<int>(message.size())), BIO_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> target(BIO_new(BIO_s_mem()), BIO_free);
  const std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)> cms(d2i_CMS_bio(source.get(), nullptr),
                                                                              CMS_ContentInfo_free);
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> trusted(X509_STORE_new(), X509_STORE_free);
  X509_STORE_load_file(trusted.get(), authority.file().c_str());
  X509_STORE_set_purpose(trusted.get(), X509_PURPOSE_ANY);
  if (!cms || CMS_verify(cms.get(), nullptr, trusted.get(), nullptr, target.get(), CMS_BINARY) != 1) return "";
  char* octets = nullptr;
  const auto length = BIO_get_mem_data(target.get(), &octets);
  return {octets, static_cast<std::size_t>(length)};
}

Wishes with_signer() {
  return {.server = "", .more = "[profiles]\ncertificate = \"signer.crt\"\nkey = \"signer.key\"\n", .limits = {}};
}

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}) {}
};

struct Signing : Published {
  TestCa authority;
  const std::string plain = Published({definition({"example.com"})}).get(alice, host).body;

  Signing() : Published({definition({"example.com"})}, with_signer()) {}
  void use(const CertificateWish& wish) const {
    const auto identity = authority.issue(wish);
    folder.write("signer.key", identity.key);
    folder.write("signer.crt", identity.certificate);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(profiles, OneDomain)

BOOST_AUTO_TEST_CASE(row_83_an_address_gets_its_profile) {
  const auto reply = get(alice, host);
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "application/x-apple-aspen-config");
  BOOST_TEST(reply.header("content-disposition") == "attachment; filename=\"example.com.mobileconfig\"");
  BOOST_TEST(reply.header("cache-control") == "no-store");
  BOOST_TEST(value_of(reply.body, "EmailAddress") == "<string>alice@example.com</string>");
  BOOST_TEST(value_of(reply.body, "IncomingMailServerHostName") == "<string>imap.example.com</string>");
  BOOST_TEST(value_of(reply.body, "IncomingMailServerUsername") == "<string>alice@example.com</string>");
}

BOOST_AUTO_TEST_CASE(row_83_links_of_other_servers_lead_to_the_same_profile) {
  const auto expected = get(alice, host).body;
  for (const std::string target :
       {"/email.mobileconfig?email=alice@example.com", "/mobileconfig/?emailaddress=alice@example.com&name=Alice",
        "/profile.mobileconfig?addresses=alice@example.com", "/mail/ios.mobileconfig?emailaddress=alice%40example.com",
        "/Email.MobileConfig?EmailAddress=alice@example.com"})
    BOOST_TEST(get(target, "elsewhere.example").body == expected);
}

BOOST_AUTO_TEST_CASE(row_84_the_same_address_gets_the_same_octets_and_another_one_other_identifiers) {
  const auto first = get(alice, host).body;
  BOOST_TEST(get(alice, host).body == first);
  const auto other = get("/email.mobileconfig?email=bob@example.com", host).body;
  for (const std::string key : {"PayloadUUID", "PayloadIdentifier"}) {
    BOOST_TEST(value_of(first, key) != value_of(other, key));
    BOOST_TEST(value_of(first, key) != value_of(first, key, true));
  }
}

BOOST_AUTO_TEST_CASE(row_85_without_an_address_a_sentence_says_what_is_missing) {
  for (const std::string target : {"/email.mobileconfig", "/mobileconfig?email="}) {
    const auto reply = get(target, host);
    BOOST_TEST(reply.status == 400);
    BOOST_TEST(holds(reply.body, "?emailaddress="));
  }
}

BOOST_AUTO_TEST_CASE(row_86_markup_in_an_address_does_no_harm) {
  BOOST_TEST(get("/email.mobileconfig?email=%22%3E%3Cx%3E&@example.com", host).status == 400);
  const auto quoted = get("/email.mobileconfig?email=%22%3Cx%3E%26%22@example.com", host);
  BOOST_TEST(quoted.status == 200);
  BOOST_TEST(value_of(quoted.body, "EmailAddress") == "<string>\"&lt;x&gt;&amp;\"@example.com</string>");
}

BOOST_AUTO_TEST_CASE(row_87_tls_from_the_first_octet_is_preferred_and_starttls_is_encrypted_as_well) {
  const auto reading = [](const std::string& port, const std::string& socket) {
    return "\n[[incoming]]\ntype = \"imap\"\nhostname = \"imap.example.com\"\nport = " + port + "\nsocketType = \"" +
           socket + "\"\nauthentication = [\"password-cleartext\"]\nusername = \"%EMAILADDRESS%\"\n";
  };
  const auto sending = definition({"example.com"}).substr(definition({"example.com"}).find("\n[[outgoing]]"));
  const std::string start = "domains = [\"example.com\"]\ndisplayName = \"Mail\"\n";
  const Published both({start + reading("143", "STARTTLS") + reading("993", "SSL") + sending});
  BOOST_TEST(value_of(both.get(alice, host).body, "IncomingMailServerPortNumber") == "<integer>993</integer>");
  const Published upgraded({start + reading("143", "STARTTLS") + sending});
  BOOST_TEST(value_of(upgraded.get(alice, host).body, "IncomingMailServerPortNumber") == "<integer>143</integer>");
  BOOST_TEST(value_of(upgraded.get(alice, host).body, "IncomingMailServerUseSSL") == "<true />");
  const Published in_clear({start + reading("143", "plain") + sending});
  BOOST_TEST(in_clear.get(alice, host).status == 404);
}

BOOST_AUTO_TEST_CASE(row_92_a_password_in_the_query_is_dropped) {
  const auto reply = get(alice + "&password=secret&app_password=secret", host);
  BOOST_TEST(reply.body == get(alice, host).body);
}

BOOST_AUTO_TEST_CASE(row_8_there_is_no_profile_for_an_unknown_domain) {
  BOOST_TEST(get("/email.mobileconfig?email=a@elsewhere.example", host).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(signed_profiles, Signing)

BOOST_AUTO_TEST_CASE(row_88_a_profile_is_signed_and_holds_the_unsigned_octets) {
  use({.names = {"example.com"}});
  server->reload();
  const auto reply = get(alice, host);
  BOOST_TEST(reply.header("content-type") == "application/x-apple-aspen-config");
  BOOST_TEST(verified(reply.body, authority) == plain);
  BOOST_TEST(verified(reply.body, TestCa("Another Authority")).empty());
}

BOOST_AUTO_TEST_CASE(row_89_a_certificate_that_is_renewed_on_disk_signs_the_next_profile) {
  use({.names = {"example.com"}});
  const auto reply = get(alice, host);
  BOOST_TEST(verified(reply.body, authority) == plain);
  folder.write("signer.crt", "broken in the middle of a renewal");
  BOOST_TEST(verified(get(alice, host).body, authority) == plain);
}

BOOST_AUTO_TEST_CASE(row_90_a_certificate_that_signs_itself_is_worse_than_none) {
  use({.names = {"example.com"}, .self_signed = true});
  server->reload();
  BOOST_TEST(get(alice, host).body == plain);
  BOOST_TEST(channel->lines_with("signer.crt: signs itself: profiles are not signed with it (warning)").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_valid_now_is_not_used) {
  use({.names = {"example.com"}, .not_after = "20010101000000Z"});
  server->reload();
  BOOST_TEST(get(alice, host).body == plain);
  BOOST_TEST(channel->lines_with("signer.crt: is not valid now").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_the_certificates_is_told) {
  use({.names = {"example.com"}});
  folder.write("signer.key", authority.issue({.names = {"other.example"}}).key);
  server->reload();
  BOOST_TEST(get(alice, host).body == plain);
  BOOST_TEST(channel->lines_with("signer.key: is no private key in PEM").size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
