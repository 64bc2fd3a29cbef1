// Which certificate answers for which name.
#include <boost/test/unit_test.hpp>
#include <openssl/x509.h>

#include "server/published.h"
#include "server/tls/certificate_set.h"
#include "support/test_ca.h"

namespace mailconf::testing {
namespace {

struct Folder {
  TestCa authority;
  TemporaryFolder folder;
  server::Problems problems;

  void add(const std::string& name, const CertificateWish& wish) const {
    const auto identity = authority.issue(wish);
    folder.write(name + ".crt", identity.certificate);
    folder.write(name + ".key", identity.key);
  }
  server::CertificateSet load() { return server::CertificateSet::load(folder.path(), {}, problems); }
  static std::string common_name(const server::CertificatePair* pair) {
    char name[64] = "";
    if (pair != nullptr)
      X509_NAME_get_text_by_NID(X509_get_subject_name(pair->certificate()), NID_commonName, name, sizeof name);
    return name;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(certificates, Folder)

BOOST_AUTO_TEST_CASE(row_93_a_certificate_answers_for_its_dns_names) {
  add("a", {.names = {"autoconfig.example.org", "example.org"}, .common_name = "org"});
  add("b", {.names = {"autoconfig.example.net"}, .common_name = "net"});
  const auto set = load();
  BOOST_TEST(problems.empty());
  BOOST_TEST(common_name(set.choose("autoconfig.example.net")) == "net");
  BOOST_TEST(common_name(set.choose("AUTOCONFIG.Example.ORG")) == "org");
  BOOST_TEST(common_name(set.choose("example.org")) == "org");
}

BOOST_AUTO_TEST_CASE(row_93_an_unknown_name_and_none_get_the_default) {
  add("a", {.names = {"a.example"}, .common_name = "first"});
  add("b", {.names = {"b.example"}, .common_name = "second"});
  BOOST_TEST(common_name(load().choose("elsewhere.example")) == "first");
  BOOST_TEST(common_name(load().choose("")) == "first");
  add("default", {.names = {"c.example"}, .common_name = "chosen"});
  BOOST_TEST(common_name(load().choose("elsewhere.example")) == "chosen");
}

BOOST_AUTO_TEST_CASE(a_wildcard_stands_for_one_label_and_gives_way_to_the_name_itself) {
  add("a", {.names = {"other.example"}, .common_name = "default"});
  add("b", {.names = {"*.example.org"}, .common_name = "wild"});
  add("c", {.names = {"mail.example.org"}, .common_name = "exact"});
  const auto set = load();
  BOOST_TEST(common_name(set.choose("autoconfig.example.org")) == "wild");
  BOOST_TEST(common_name(set.choose("mail.example.org")) == "exact");
  BOOST_TEST(common_name(set.choose("a.b.example.org")) == "default");
  BOOST_TEST(common_name(set.choose("example.org")) == "default");
}

BOOST_AUTO_TEST_CASE(a_certificate_without_names_answers_for_the_name_of_its_file) {
  add("a", {.names = {"other.example"}, .common_name = "default"});
  add("autoconfig.example.org", {.names = {}, .common_name = "by file"});
  BOOST_TEST(common_name(load().choose("autoconfig.example.org")) == "by file");
}

BOOST_AUTO_TEST_CASE(row_94_a_broken_pair_is_named_and_hurts_no_other) {
  add("good", {.names = {"good.example"}, .common_name = "good"});
  add("mismatch", {.names = {"mismatch.example"}});
  folder.write("mismatch.key", authority.issue({.names = {"x.example"}}).key);
  folder.write("nonsense.crt", "nonsense");
  add("without-key", {.names = {"lonely.example"}});
  folder.remove("without-key.key");
  const auto set = load();
  BOOST_TEST(common_name(set.choose("good.example")) == "good");
  BOOST_TEST(common_name(set.choose("mismatch.example")) == "good");
  BOOST_TEST_REQUIRE(problems.size() == 3U);
  BOOST_TEST(problems[0].file == (folder.path() / "mismatch.key").string());
  BOOST_TEST(problems[1].file == (folder.path() / "nonsense.crt").string());
  BOOST_TEST(problems[2].file == (folder.path() / "without-key.key").string());
}

BOOST_AUTO_TEST_CASE(a_pair_that_has_become_bad_stays_as_it_was_and_one_that_is_gone_goes) {
  add("a", {.names = {"a.example"}, .common_name = "a"});
  add("b", {.names = {"b.example"}, .common_name = "b"});
  add("c", {.names = {"c.example"}, .common_name = "c"});
  const auto before = load();
  folder.write("b.crt", "");
  folder.remove("c.crt");
  const auto after = server::CertificateSet::load(folder.path(), before, problems);
  BOOST_TEST(common_name(after.choose("b.example")) == "b");
  BOOST_TEST(common_name(after.choose("c.example")) == "a");
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().file == (folder.path() / "b.crt").string());
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_warned_of) {
  add("old", {.names = {"old.example"}, .not_before = "20000101000000Z", .not_after = "20010101000000Z"});
  BOOST_TEST(!load().empty());
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() == (folder.path() / "old.crt").string() + ": has expired (warning)");
}

BOOST_AUTO_TEST_CASE(row_94_of_three_hundred_pairs_one_renewal_is_read_and_two_bad_ones_hurt_nobody) {
  const auto name = [](int i) { return "d" + std::to_string(i) + ".example"; };
  for (int i = 0; i < 300; ++i) add(name(i), {.names = {name(i)}, .common_name = name(i)});
  const auto first = load();
  for (int i = 0; i < 300; ++i) BOOST_TEST(common_name(first.choose(name(i))) == name(i));
  BOOST_TEST(problems.empty());
  add(name(7), {.names = {name(7)}, .common_name = "renewed"});
  folder.write(name(8) + ".crt", "nonsense");
  folder.write(name(9) + ".key", "");
  const auto second = server::CertificateSet::load(folder.path(), first, problems);
  BOOST_TEST(problems.size() == 2U);
  for (int i = 0; i < 300; ++i) BOOST_TEST(common_name(second.choose(name(i))) == (i == 7 ? "renewed" : name(i)));
}

BOOST_AUTO_TEST_CASE(a_key_may_stand_behind_its_parameters_and_may_not_have_a_passphrase) {
  add("a", {.names = {"a.example"}, .common_name = "a"});
  const auto identity = authority.issue({.names = {"c.example"}, .common_name = "c"});
  // The curve P-256, as `openssl ecparam -genkey` writes it in front.
  const std::string parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
  folder.write("c.crt", identity.certificate);
  folder.write("c.key", parameters + identity.key);
  BOOST_TEST(common_name(load().choose("c.example")) == "c");
  BOOST_TEST(problems.empty());
  folder.write("c.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
  BOOST_TEST(common_name(load().choose("c.example")) == "a");
  BOOST_TEST(problems.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_chain_that_breaks_off_is_no_certificate) {
  const auto identity = authority.issue({.names = {"a.example"}});
  folder.write("a.crt", identity.certificate + "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
  folder.write("a.key", identity.key);
  BOOST_TEST(load().empty());
  BOOST_TEST_REQUIRE(!problems.empty());
  BOOST_TEST(problems.front().file == (folder.path() / "a.crt").string());
}

BOOST_AUTO_TEST_CASE(a_folder_without_certificates_serves_no_name) {
  BOOST_TEST(load().choose("example.org") == nullptr);
  BOOST_TEST(problems.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
