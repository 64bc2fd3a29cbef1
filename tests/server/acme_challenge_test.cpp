// What an ACME client of the operator lays down for certificate authorities (RFC 8555 §8.3).
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "server/published.h"

namespace mailconf::testing {
namespace {

const std::string place = "/.well-known/acme-challenge/";
const std::string token = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";
const std::string authorization = token + ".9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI";

Wishes with_webroot(const std::string& server = "") {
  Wishes wishes;
  wishes.server = server;
  wishes.more = "[tls]\ncertificates = \"certs\"\nacme-challenges = \"webroot\"\n";
  return wishes;
}

struct WithWebroot : Published {
  explicit WithWebroot(const std::string& more = "") : Published({definition({"example.com"})}, with_webroot(more)) {}
  void lay_down(const std::string& name, const std::string& text) const {
    folder.write("webroot" + place + name, text);
  }
  [[nodiscard]] std::filesystem::path challenges() const { return folder.path() / ("webroot" + place); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(acme_challenge, WithWebroot)

BOOST_AUTO_TEST_CASE(a_challenge_is_answered_with_the_octets_of_its_file) {
  lay_down(token, authorization);
  const auto reply = get(place + token, "anything.example.com");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.body == authorization);
  BOOST_TEST(reply.header("content-type") == "application/octet-stream");
  BOOST_TEST(reply.header("cache-control") == "no-store");
}

BOOST_AUTO_TEST_CASE(the_letter_case_of_a_token_counts) {
  lay_down("aB", "mixed");
  BOOST_TEST(get(place + "aB", "example.com").body == "mixed");
  BOOST_TEST(get(place + "ab", "example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(a_challenge_is_answered_in_clear_where_everything_else_goes_to_https) {
  const WithWebroot redirecting("plain-http = \"redirect\"");
  redirecting.lay_down(token, authorization);
  BOOST_TEST(redirecting.get("/mail/config-v1.1.xml", "autoconfig.example.com").status == 308);
  BOOST_TEST(redirecting.get(place + token, "autoconfig.example.com").body == authorization);
}

BOOST_AUTO_TEST_CASE(what_is_no_token_names_no_file) {
  lay_down("a.b", "dotted");
  folder.write("webroot/secret", "secret");
  folder.write("webroot/.well-known/secret", "secret");
  const std::string names[] = {"a.b", "..",    "../secret", "..%2fsecret",        "%2e%2e/secret", "..%2f..%2fsecret",
                               "",    "a%00b", "a%20b",     std::string(129, 'a')};
  for (const auto& name : names) {
    const auto reply = get(place + name, "example.com");
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST((reply.status == 404 || reply.status == 400));
      BOOST_TEST(reply.body.find("secret") == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_link_is_not_followed_wherever_it_stands) {
  const auto secret = folder.write("outside/" + token, "secret");
  lay_down("real", "real");
  std::filesystem::create_symlink(secret, challenges() / token);
  BOOST_TEST(get(place + token, "example.com").status == 404);
  std::filesystem::remove_all(challenges());
  std::filesystem::create_directory_symlink(secret.parent_path(), folder.path() / "webroot/.well-known/acme-challenge");
  BOOST_TEST(get(place + token, "example.com").status == 404);
  std::filesystem::remove_all(folder.path() / "webroot/.well-known");
  folder.write("elsewhere/acme-challenge/" + token, "secret");
  std::filesystem::create_directory_symlink(folder.path() / "elsewhere", folder.path() / "webroot/.well-known");
  BOOST_TEST(get(place + token, "example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(what_is_too_long_or_empty_or_a_folder_is_no_challenge) {
  lay_down("longest", std::string(256, 'a'));
  lay_down("longer", std::string(257, 'a'));
  lay_down("empty", "");
  std::filesystem::create_directory(challenges() / "folder");
  BOOST_TEST(get(place + "longest", "example.com").body.size() == 256U);
  for (const auto* name : {"longer", "empty", "folder"}) BOOST_TEST(get(place + name, "example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(a_webroot_that_is_not_there_yet_is_no_fault) {
  BOOST_TEST(get(place + token, "example.com").status == 404);
  BOOST_TEST(channel->lines_with("an answer failed").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(acme_challenge_not_configured)

BOOST_AUTO_TEST_CASE(without_the_key_there_is_no_challenge) {
  const Published published({definition({"example.com"})});
  published.folder.write(".well-known/acme-challenge/" + token, authorization);
  BOOST_TEST(published.get(place + token, "example.com").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
