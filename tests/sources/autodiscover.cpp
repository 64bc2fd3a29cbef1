// Autodiscover: where it is asked, what is told to whom, and where answers lead.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

constexpr const char* at_host = "https://autodiscover.example.org/autodiscover/autodiscover.xml";
constexpr const char* at_root = "https://example.org/autodiscover/autodiscover.xml";

std::string account(const std::string& content) {
  return "<Autodiscover><Response><Account>" + content + "</Account></Response></Autodiscover>";
}

HttpAnswer settings(const std::string& host, const std::string& login = "postmaster@example.org") {
  const std::string body = "<Server>" + host + "</Server><LoginName>" + login + "</LoginName></Protocol>";
  return page(account("<Action>settings</Action><Protocol><Type>IMAP</Type><Port>993</Port>" + body +
                      "<Protocol><Type>SMTP</Type><Port>465</Port>" + body));
}

HttpAnswer redirected(const std::string& url) {
  return page(account("<Action>redirectUrl</Action><RedirectUrl>" + url + "</RedirectUrl>"));
}

HttpAnswer moved_to_address(const std::string& address) {
  return page(account("<Action>redirectAddr</Action><RedirectAddr>" + address + "</RedirectAddr>"));
}

struct Play {
  explicit Play(bool allow_http = false) {
    subject.allow_http = allow_http;
    source = make_autodiscover_source(subject);
    first = source->begin();
  }
  Step host(const Answer& answer) { return source->on_answer(first.ask.at(0), answer); }
  Step root(const Answer& answer) { return source->on_answer(first.ask.at(1), answer); }
  // Both places of the domain have nothing.
  Step nothing_at_home() {
    host(status(410));
    return root(status(410));
  }

  Subject subject = about_address("alice@example.org");
  std::unique_ptr<Source> source;
  Step first;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(autodiscover)

BOOST_AUTO_TEST_CASE(both_places_of_the_domain_are_asked_at_once) {
  const Play play;
  const Texts expected{at_host, at_root};
  BOOST_TEST(asked(play.first) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(H14_postmaster_stands_in_for_the_user) {
  const Play play;
  for (const auto& question : play.first.ask) {
    const auto& body = std::get<HttpQuestion>(question).body;
    BOOST_TEST(body.find("<EMailAddress>postmaster@example.org</EMailAddress>") != body.npos, body);
    BOOST_TEST(body.find("alice") == body.npos);
  }
}

BOOST_AUTO_TEST_CASE(E1_settings_are_found_and_login_names_become_templates) {
  struct Row {
    const char* login;
    const char* username;
  };
  for (const auto& row : {Row{"postmaster@example.org", "%EMAILADDRESS%"}, Row{"Postmaster", "%EMAILLOCALPART%"},
                          Row{"postmaster@tenant.example", "%EMAILLOCALPART%@tenant.example"},
                          Row{"admin@example.org", ""}, Row{"", "%EMAILADDRESS%"}}) {
    Play play;
    const Step step = play.host(settings("mail.example.org", row.login));
    BOOST_REQUIRE(step.found);
    BOOST_TEST(servers(step.found->incoming) == Texts{"imap mail.example.org:993 SSL"}, per_element());
    BOOST_TEST(step.found->incoming.at(0).username == row.username);
    BOOST_TEST(step.found->outgoing.at(0).username == row.username);
  }
}

BOOST_AUTO_TEST_CASE(the_autodiscover_host_is_preferred_in_any_order_of_arrival) {
  Play host_first;
  BOOST_TEST(host_first.host(settings("a.example.org")).found->incoming.at(0).hostname == "a.example.org");
  BOOST_TEST(!host_first.root(settings("b.example.org")).found);
  Play root_first;
  BOOST_TEST(!root_first.root(settings("b.example.org")).found);
  BOOST_TEST(root_first.host(settings("a.example.org")).found->incoming.at(0).hostname == "a.example.org");
  Play root_only;
  root_only.root(settings("b.example.org"));
  BOOST_TEST(root_only.host(status(410)).found->incoming.at(0).hostname == "b.example.org");
}

BOOST_AUTO_TEST_CASE(E5_a_request_for_credentials_is_told_and_not_followed) {
  Play play;
  const Step step = play.host(status(401));
  BOOST_TEST(step.verdict.wants_credentials);
  BOOST_TEST((step.verdict.outcome == Outcome::unknown));
  BOOST_TEST(asked(step).empty());
}

BOOST_AUTO_TEST_CASE(E18_a_web_page_or_a_refused_method_is_an_absence) {
  for (const Answer& answer : {Answer(page("<!doctype html><p>", "text/html")), Answer(status(405)),
                               Answer(status(404)), Answer(failed(FailureKind::no_such_name))}) {
    Play play;
    const Step step = play.host(answer);
    BOOST_TEST((step.verdict.outcome == Outcome::absent), step.verdict.reason);
    BOOST_TEST(codes(step).empty());
  }
}

BOOST_AUTO_TEST_CASE(E15_where_the_path_is_not_known_it_is_tried_once_in_the_other_letter_case) {
  Play play;
  const Step step = play.host(status(404));
  BOOST_TEST(asked(step) == Texts{"https://autodiscover.example.org/Autodiscover/Autodiscover.xml"}, per_element());
  BOOST_TEST((step.verdict.outcome == Outcome::absent));
  BOOST_TEST(!std::get<HttpQuestion>(step.ask.at(0)).body.empty());
  BOOST_TEST(asked(play.source->on_answer(step.ask.at(0), status(404))).empty());
  play.root(status(410));
  Play there;
  const Step again = there.host(status(404));
  there.root(status(410));
  BOOST_TEST(there.source->on_answer(again.ask.at(0), settings("mail.example.org")).found.has_value());
}

BOOST_AUTO_TEST_CASE(E15_a_path_that_a_redirect_names_is_tried_as_it_is) {
  Play play;
  const Step step = play.host(redirected("https://ad.example.net/some/where.xml"));
  BOOST_TEST(asked(play.source->on_answer(step.ask.at(0), status(404))).empty());
}

BOOST_AUTO_TEST_CASE(an_error_document_is_unknown_except_that_there_is_no_such_provider) {
  const auto error = [](const char* code) {
    return page("<Autodiscover><Response><Error><ErrorCode>" + std::string(code) +
                "</ErrorCode></Error></Response></Autodiscover>");
  };
  BOOST_TEST((Play().host(error("600")).verdict == Verdict{Outcome::unknown, "answered with error 600"}));
  BOOST_TEST((Play().host(error("500")).verdict == Verdict{Outcome::unknown, "answered with error 500"}));
  BOOST_TEST((Play().host(error("601")).verdict == Verdict{Outcome::absent, "answered with error 601"}));
}

BOOST_AUTO_TEST_CASE(E8_a_redirect_is_followed_over_https_only) {
  Play play;
  const Step step = play.host(redirected("https://ad.example.net/autodiscover/autodiscover.xml"));
  BOOST_TEST(asked(step) == Texts{"https://ad.example.net/autodiscover/autodiscover.xml"}, per_element());
  BOOST_TEST(!std::get<HttpQuestion>(step.ask.at(0)).body.empty());
  BOOST_TEST(play.source->on_answer(step.ask.at(0), settings("mail.example.net")).found.has_value());
  Play in_clear;
  BOOST_TEST(asked(in_clear.host(redirected("http://ad.example.net/"))).empty());
}

BOOST_AUTO_TEST_CASE(E7_another_address_leads_to_its_domain_with_a_stand_in_of_its_own) {
  Play play;
  const Step step = play.host(moved_to_address("postmaster@tenant.example.net"));
  BOOST_TEST(asked(step) == Texts{"https://autodiscover.tenant.example.net/autodiscover/autodiscover.xml"},
             per_element());
  const auto& body = std::get<HttpQuestion>(step.ask.at(0)).body;
  BOOST_TEST(body.find(">postmaster@tenant.example.net<") != body.npos);
}

BOOST_AUTO_TEST_CASE(E13_no_redirect_leads_to_a_public_suffix) {
  for (const char* address : {"postmaster@co.uk", "postmaster@com", "nobody", ""}) {
    Play play;
    BOOST_TEST(asked(play.host(moved_to_address(address))).empty(), address);
  }
}

BOOST_AUTO_TEST_CASE(E13_names_are_made_of_the_whole_domain_and_never_of_a_suffix) {
  const Subject suffix = about("co.uk");
  BOOST_TEST(asked(make_autodiscover_source(suffix)->begin()).empty());
  const Subject below = about("cs.uni.co.uk");
  const Texts expected{"https://autodiscover.cs.uni.co.uk/autodiscover/autodiscover.xml",
                       "https://cs.uni.co.uk/autodiscover/autodiscover.xml"};
  BOOST_TEST(asked(make_autodiscover_source(below)->begin()) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(E7_redirects_neither_go_round_nor_on_for_ever) {
  Play round;
  BOOST_TEST(asked(round.host(redirected(at_host))).empty());
  BOOST_TEST(asked(round.root(redirected(at_host))) == Texts{"_autodiscover._tcp.example.org"}, per_element());
  Play on;
  Step step = on.host(redirected("https://example.net/0"));
  int hops = 0;
  while (!step.ask.empty() && std::holds_alternative<HttpQuestion>(step.ask.at(0))) {
    BOOST_REQUIRE(++hops < 20);
    step = on.source->on_answer(step.ask.at(0), redirected("https://example.net/" + std::to_string(hops)));
  }
  BOOST_TEST(hops == 10);
}

BOOST_AUTO_TEST_CASE(E12_the_service_record_comes_last_with_the_best_priority_and_its_port) {
  Play play;
  const Step step = play.nothing_at_home();
  BOOST_TEST(asked(step) == Texts{"_autodiscover._tcp.example.org"}, per_element());
  const Step next = play.source->on_answer(
      step.ask.at(0),
      offered({{5, 1, 443, "low.example.net"}, {1, 1, 443, "light.example.net"}, {1, 9, 8443, "heavy.example.net"}}));
  BOOST_TEST(asked(next) == Texts{"https://heavy.example.net:8443/autodiscover/autodiscover.xml"}, per_element());
  BOOST_TEST(play.source->on_answer(next.ask.at(0), settings("mail.example.net")).found.has_value());
}

BOOST_AUTO_TEST_CASE(the_service_record_is_not_asked_for_when_the_domain_itself_answers) {
  Play play;
  play.host(settings("mail.example.org"));
  BOOST_TEST(asked(play.root(status(410))).empty());
}

BOOST_AUTO_TEST_CASE(D3_a_record_without_a_target_leads_nowhere) {
  Play play;
  const Step step = play.nothing_at_home();
  BOOST_TEST(asked(play.source->on_answer(step.ask.at(0), offered({{0, 0, 0, ""}}))).empty());
}

BOOST_AUTO_TEST_CASE(E11_the_plain_request_is_made_only_when_allowed_holds_nothing_and_is_for_its_redirect) {
  Play play(true);
  const Step step = play.nothing_at_home();
  const Texts expected{"http://autodiscover.example.org/autodiscover/autodiscover.xml",
                       "_autodiscover._tcp.example.org"};
  BOOST_TEST(asked(step) == expected, per_element());
  const auto& question = std::get<HttpQuestion>(step.ask.at(0));
  BOOST_TEST(question.body.empty());
  BOOST_TEST(!question.follow_redirects);
  HttpAnswer moved = status(302);
  moved.location = "https://autodiscover.example.net/autodiscover/autodiscover.xml";
  BOOST_TEST(asked(play.source->on_answer(step.ask.at(0), moved)) == Texts{moved.location}, per_element());
  Play settings_in_clear(true);
  const Step again = settings_in_clear.nothing_at_home();
  BOOST_TEST(!settings_in_clear.source->on_answer(again.ask.at(0), settings("mail.example.org")).found);
}

BOOST_AUTO_TEST_CASE(E17_exchange_and_activesync_are_asked_for_beside_the_mail_where_the_own_host_is_such_a_service) {
  const std::string place =
      "https://autodiscover.example.org/autodiscover/autodiscover.json/v1.0/postmaster@example.org";
  const Texts expected{place + "?Protocol=Ews", place + "?Protocol=ActiveSync"};
  for (const Answer& answer : {Answer(status(401)), Answer(settings("mail.example.org"))}) {
    Play play;
    BOOST_TEST(asked_beside(play.host(answer)) == expected, per_element());
  }
}

BOOST_AUTO_TEST_CASE(E13_exchange_is_asked_for_nowhere_else) {
  for (const Answer& answer : {Answer(status(404)), Answer(page("<!doctype html>", "text/html")), Answer(status(500)),
                               Answer(failed(FailureKind::no_such_name))}) {
    Play play;
    BOOST_TEST(asked_beside(play.host(answer)).empty());
    BOOST_TEST(asked_beside(play.root(status(401))).empty());
  }
  Play redirected_away;
  const Step step = redirected_away.host(redirected("https://ad.example.net/"));
  BOOST_TEST(asked_beside(redirected_away.source->on_answer(step.ask.at(0), status(401))).empty());
}

BOOST_AUTO_TEST_CASE(E14_a_service_is_told_without_credentials) {
  Play play;
  const Step step = play.host(status(401));
  const auto answered = [&](std::size_t index, const Answer& answer) {
    return play.source->on_answer(step.ask_beside.at(index), answer);
  };
  BOOST_TEST(services(answered(0, page(R"({"Protocol":"EWS","Url":"https://ex.example.net/EWS/Exchange.asmx"})"))) ==
                 Texts{"ews https://ex.example.net/EWS/Exchange.asmx"},
             per_element());
  BOOST_TEST(services(answered(1, page(R"({"Protocol":"ActiveSync","Url":"https://ex.example.net/as"})"))) ==
                 Texts{"activeSync https://ex.example.net/as"},
             per_element());
}

BOOST_AUTO_TEST_CASE(E17_what_names_no_https_address_of_the_asked_protocol_is_no_service) {
  for (const Answer& answer :
       {Answer(page(R"({"ErrorCode":"ProtocolNotSupported","ErrorMessage":"x"})")), Answer(status(400)),
        Answer(page(R"({"Protocol":"Rest","Url":"https://ex.example.net/"})")),
        Answer(page("<!doctype html>", "text/html")),
        Answer(page(R"({"Protocol":"Ews","Url":"http://ex.example.net/"})")), Answer(page(R"({"Protocol":"Ews"})")),
        Answer(page("[]")), Answer(failed(FailureKind::timed_out))}) {
    Play play;
    const Step step = play.source->on_answer(play.host(status(401)).ask_beside.at(0), answer);
    BOOST_TEST(services(step).empty());
    BOOST_TEST((step.verdict.outcome != Outcome::found));
  }
}

BOOST_AUTO_TEST_SUITE_END()
