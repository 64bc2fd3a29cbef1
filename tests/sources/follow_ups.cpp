// What is asked because settings were found: the policy that vouches for the mail exchanger, and the issuer of tokens.
#include "sources/follow_ups.h"

#include <boost/test/unit_test.hpp>

#include "sources/questions.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

const std::string enforced = "version: STSv1\nmode: enforce\nmx: *.example.net\nmax_age: 86400\n";

// What follows from the policy, whose record is there.
Step policy(const Answer& answer, const char* mx_host = "mx.example.net") {
  const auto source = make_mta_sts_source(name("example.org"), name(mx_host));
  const Step record = source->on_answer(source->begin().ask.at(0), texts({"v=STSv1; id=1"}));
  return source->on_answer(record.ask.at(0), answer);
}

std::string metadata(const std::string& issuer, const std::string& more = "") {
  return R"({"issuer":")" + issuer + R"(","authorization_endpoint":"https://a.example/auth",)" + more +
         R"("token_endpoint":"https://a.example/token"})";
}

HttpAnswer json(std::string body) { return page(std::move(body), "application/json"); }

std::string resource_metadata(const std::string& resource, const std::string& servers) {
  return R"({"resource":")" + resource + R"(","authorization_servers":)" + servers + "}";
}

// The first answer of a resource.
Step resource(const char* url, const Answer& answer) {
  const auto source = make_resource_source(url);
  return source->on_answer(source->begin().ask.at(0), answer);
}

// The first answer of an issuer.
Step issuer(const char* issuer, const Answer& answer) {
  const auto source = make_issuer_source(issuer);
  return source->on_answer(source->begin().ask.at(0), answer);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mta_sts_policies)

BOOST_AUTO_TEST_CASE(Z3_the_record_is_asked_for_before_the_policy) {
  const auto source = make_mta_sts_source(name("example.org"), name("mx.example.net"));
  const Step first = source->begin();
  BOOST_TEST(asked(first) == Texts{"TXT _mta-sts.example.org"}, per_element());
  const Step step = source->on_answer(first.ask.at(0), texts({"v=STSv1; id=1"}));
  BOOST_TEST(asked(step) == Texts{"https://mta-sts.example.org/.well-known/mta-sts.txt"}, per_element());
  BOOST_TEST(!std::get<HttpQuestion>(step.ask.at(0)).follow_redirects);
}

BOOST_AUTO_TEST_CASE(Z3_without_a_record_there_is_no_policy) {
  for (const Answer& answer : {Answer(no_such_name()), Answer(no_records()), Answer(texts({"v=spf1 -all"})),
                               Answer(failed(FailureKind::dns_failure))}) {
    const auto source = make_mta_sts_source(name("example.org"), name("mx.example.net"));
    BOOST_TEST(asked(source->on_answer(source->begin().ask.at(0), answer)).empty());
  }
}

BOOST_AUTO_TEST_CASE(Z3_an_enforced_policy_that_names_the_host_vouches_for_it) {
  BOOST_TEST((policy(page(enforced, "text/plain; charset=utf-8")).verdict ==
              Verdict{Outcome::found, "vouches for mx.example.net"}));
}

BOOST_AUTO_TEST_CASE(Z3_a_policy_that_does_not_name_the_host_is_told) {
  const Step step = policy(page(enforced, "text/plain"), "mx.evil.example");
  BOOST_TEST((step.verdict.outcome == Outcome::absent));
  BOOST_TEST(codes(step) == Texts{"mta-sts-mismatch"}, per_element());
}

BOOST_AUTO_TEST_CASE(Z3_nothing_else_vouches) {
  std::string tested = enforced;
  tested.replace(tested.find("enforce"), 7, "testing");
  for (const Answer& answer :
       {Answer(page(tested, "text/plain")), Answer(page(enforced, "text/html")), Answer(page("<html>", "text/plain")),
        Answer(status(404)), Answer(status(301)), Answer(failed(FailureKind::certificate_bad))}) {
    BOOST_TEST((policy(answer).verdict.outcome != Outcome::found));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(issuers)

BOOST_AUTO_TEST_CASE(the_well_known_place_is_put_between_host_and_path) {
  const std::pair<const char*, const char*> rows[] = {
      {"login.example.org", "https://login.example.org/.well-known/oauth-authorization-server"},
      {"https://login.example.org/", "https://login.example.org/.well-known/oauth-authorization-server"},
      {"https://login.example.org/t/a", "https://login.example.org/.well-known/oauth-authorization-server/t/a"},
      {"https://login.example.org/t/", "https://login.example.org/.well-known/oauth-authorization-server/t"}};
  for (const auto& [name, place] : rows) {
    const Step step = make_issuer_source(name)->begin();
    BOOST_TEST(asked(step) == Texts{place}, per_element());
    BOOST_TEST(!std::get<HttpQuestion>(step.ask.at(0)).follow_redirects);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_issuer_is_not_asked) {
  for (const char* name : {"http://login.example.org", "https://login.example.org/?a", "https://login.example.org/#a",
                           "https://user@login.example.org/", "ftp://login.example.org", ""}) {
    BOOST_TEST(asked(make_issuer_source(name)->begin()).empty(), name);
  }
}

BOOST_AUTO_TEST_CASE(where_the_first_place_has_nothing_that_of_openid_connect_is_tried) {
  for (const Answer& answer :
       {Answer(status(404)), Answer(status(302)), Answer(page("<!doctype html>", "text/html")), Answer(json("{}"))}) {
    BOOST_TEST(asked(issuer("https://login.example.org/t", answer)) ==
                   Texts{"https://login.example.org/t/.well-known/openid-configuration"},
               per_element());
  }
  BOOST_TEST(asked(issuer("login.example.org", failed(FailureKind::timed_out))).empty());
}

BOOST_AUTO_TEST_CASE(an_issuer_tells_its_endpoints_and_what_it_can_be_asked_for) {
  const Step step = issuer(
      "login.example.org",
      json(metadata(
          "https://login.example.org",
          R"("registration_endpoint":"https://a.example/new","device_authorization_endpoint":"http://a.example",)"
          R"("scopes_supported":["openid","urn:ietf:params:oauth:scope:mail","a b",7],)")));
  BOOST_REQUIRE((step.found && step.found->oauth2));
  const auto& told = *step.found->oauth2;
  BOOST_TEST(told.auth_url == "https://a.example/auth");
  BOOST_TEST(told.token_url == "https://a.example/token");
  BOOST_TEST(told.registration_url == "https://a.example/new");
  BOOST_TEST(told.device_url == "");
  BOOST_TEST(told.scope == "urn:ietf:params:oauth:scope:mail");
  const Texts scopes{"openid", "urn:ietf:params:oauth:scope:mail"};
  BOOST_TEST(told.scopes_supported == scopes, per_element());
}

BOOST_AUTO_TEST_CASE(an_issuer_that_names_itself_otherwise_is_not_believed_nor_asked_again) {
  const std::pair<const char*, const char*> rows[] = {{"https://login.example.org/t", "https://login.example.org"},
                                                      {"https://login.example.org/t", "https://login.example.org/t/"},
                                                      {"https://login.example.org", "https://LOGIN.example.org"},
                                                      {"https://login.example.org", " https://login.example.org"},
                                                      {"login.example.org", "https://login.example.net"},
                                                      {"login.example.org", "login.example.org"}};
  for (const auto& [name, says] : rows) {
    const Step step = issuer(name, json(metadata(says)));
    BOOST_TEST((step.verdict == Verdict{Outcome::unknown, "the issuer names itself otherwise"}), says);
    BOOST_TEST(!step.found);
    BOOST_TEST(asked(step).empty());
    BOOST_TEST(codes(step) == Texts{"issuer-mismatch"}, per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_host_name_leaves_the_last_stroke_open) {
  BOOST_TEST(issuer("login.example.org", json(metadata("https://login.example.org/"))).found.has_value());
}

BOOST_AUTO_TEST_CASE(metadata_without_both_endpoints_over_https_are_of_no_use) {
  for (const char* part : {"https://a.example/auth", "https://a.example/token"}) {
    std::string text = metadata("https://login.example.org");
    text.replace(text.find(part), 5, "http");
    BOOST_TEST(!issuer("login.example.org", json(text)).found.has_value(), part);
  }
}

BOOST_AUTO_TEST_CASE(two_spellings_of_an_issuer_are_one) {
  BOOST_TEST(is_same_issuer("login.example.org", "https://login.example.org/"));
  BOOST_TEST(!is_same_issuer("login.example.org", "https://login.example.org/t"));
  BOOST_TEST(!is_same_issuer("", ""));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(protected_resources)

BOOST_AUTO_TEST_CASE(the_metadata_are_between_host_and_path) {
  const auto place = [](const char* url) { return asked(make_resource_source(url)->begin()); };
  BOOST_TEST(place("https://jmap.example.org/session") ==
                 Texts{"https://jmap.example.org/.well-known/oauth-protected-resource/session"},
             per_element());
  BOOST_TEST(
      place("https://jmap.example.org/") == Texts{"https://jmap.example.org/.well-known/oauth-protected-resource"},
      per_element());
  BOOST_TEST(place("http://jmap.example.org/").empty());
}

BOOST_AUTO_TEST_CASE(the_first_server_over_https_is_the_issuer) {
  const auto url = "https://jmap.example.org/session";
  const Step step = resource(
      url,
      json(resource_metadata(url, R"(["http://old.example/", 7, "https://login.example.org", "https://b.example"])")));
  BOOST_TEST_REQUIRE(step.found.has_value());
  BOOST_TEST(step.found->oauth2->issuer == "https://login.example.org");
}

BOOST_AUTO_TEST_CASE(what_speaks_for_another_resource_is_not_believed) {
  const Step step = resource("https://jmap.example.org/session",
                             json(resource_metadata("https://jmap.example.org/", R"(["https://login.example.org"])")));
  BOOST_TEST(!step.found.has_value());
  BOOST_TEST(step.verdict.reason == "the resource names itself otherwise");
}

BOOST_AUTO_TEST_CASE(what_names_no_issuer_is_no_answer) {
  const auto url = "https://jmap.example.org/session";
  for (const char* servers : {"[]", "{}", R"(["http://login.example.org"])", R"("https://login.example.org")"})
    BOOST_TEST((resource(url, json(resource_metadata(url, servers))).verdict.outcome == Outcome::unknown));
  BOOST_TEST((resource(url, page("<html>", "text/html")).verdict.outcome == Outcome::absent));
}

BOOST_AUTO_TEST_SUITE_END()
