// Calendars, contacts, JMAP and filters: beside the mail, by service record or at the well-known places.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

DnsQuestion txt_of(std::string_view owner) { return {RecordType::txt, std::string(owner)}; }

Step srv_answered(std::string_view owner, std::vector<SrvRecord> records) {
  const Subject subject = about("example.org");
  const auto source = make_srv_source(subject);
  source->begin();
  return source->on_answer(srv_of(owner), offered(std::move(records)));
}

// The calendar's record is known to be at dav.example.org:8443.
Step calendar_path(const Answer& path) {
  const Subject subject = about("example.org");
  const auto source = make_srv_source(subject);
  source->begin();
  source->on_answer(srv_of("_caldavs._tcp.example.org"), offered({{0, 1, 8443, "dav.example.org"}}));
  return source->on_answer(txt_of("_caldavs._tcp.example.org"), path);
}

HttpAnswer moved(std::string location, int code = 301) {
  HttpAnswer answer = status(code);
  answer.location = std::move(location);
  return answer;
}

// The well-known source with a web site that answers, and no service record but for the kinds in question.
struct Site {
  explicit Site(Answer own = status(404)) : source(make_well_known_source(subject)) {
    source->begin();
    source->on_answer(https("example.org/.well-known/autoconfig/mail/config-v1.1.xml"), own);
  }
  Step without_record(const char* label) {
    return source->on_answer(srv_of(std::string(label) + "._tcp.example.org"), no_such_name());
  }

  Subject subject = about("example.org");
  std::unique_ptr<Source> source;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(services_by_record)

BOOST_AUTO_TEST_CASE(the_records_are_asked_for_beside_the_mail) {
  const Subject subject = about("example.org");
  const Texts expected{"_caldavs._tcp.example.org", "_carddavs._tcp.example.org", "_jmap._tcp.example.org",
                       "_sieve._tcp.example.org"};
  const Step step = make_srv_source(subject)->begin();
  BOOST_TEST(asked_beside(step) == expected, per_element());
  BOOST_TEST(step.ask.size() == 6U);
}

BOOST_AUTO_TEST_CASE(a_path_record_says_where_the_calendar_is) {
  const Step record = srv_answered("_caldavs._tcp.example.org", {{0, 1, 443, "dav.example.org"}});
  BOOST_TEST(asked_beside(record) == Texts{"TXT _caldavs._tcp.example.org"}, per_element());
  BOOST_TEST(services(record).empty());
  BOOST_TEST(
      services(calendar_path(texts({"v=spf1", "path=/cal/"}))) == Texts{"caldav https://dav.example.org:8443/cal/"},
      per_element());
}

BOOST_AUTO_TEST_CASE(without_a_path_record_the_well_known_place_is_named) {
  const Texts expected{"caldav https://dav.example.org:8443/.well-known/caldav"};
  for (const Answer& answer :
       {Answer(no_records()), Answer(failed(FailureKind::dns_timeout)), Answer(texts({"v=spf1 -all"}))}) {
    BOOST_TEST(services(calendar_path(answer)) == expected, per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_path_never_leads_to_another_host) {
  const Texts expected{"caldav https://dav.example.org:8443/.well-known/caldav"};
  for (const char* path : {"path=@evil.example/", "path=https://evil.example/", "path=", "path=.evil.example/"}) {
    BOOST_TEST(services(calendar_path(texts({path}))) == expected, per_element());
  }
}

BOOST_AUTO_TEST_CASE(jmap_and_filters_need_no_path) {
  BOOST_TEST(services(srv_answered("_jmap._tcp.example.org", {{0, 1, 443, "jmap.example.org"}})) ==
                 Texts{"jmap https://jmap.example.org/.well-known/jmap"},
             per_element());
  const Step sieve = srv_answered("_sieve._tcp.example.org", {{0, 1, 4190, "sieve.example.org"}});
  BOOST_TEST(services(sieve) == Texts{"managesieve sieve.example.org:4190"}, per_element());
  BOOST_TEST((sieve.services.at(0).socket_type == SocketType::starttls));
}

BOOST_AUTO_TEST_CASE(D4_the_best_priority_then_the_larger_weight_counts) {
  BOOST_TEST(services(srv_answered("_sieve._tcp.example.org", {{10, 9, 4190, "c.example.org"},
                                                               {5, 1, 4190, "b.example.org"},
                                                               {5, 2, 4190, "a.example.org"},
                                                               {0, 0, 0, "zero.example.org"}})) ==
                 Texts{"managesieve a.example.org:4190"},
             per_element());
}

BOOST_AUTO_TEST_CASE(D3_a_root_target_is_an_absence) {
  const Step step = srv_answered("_caldavs._tcp.example.org", {{0, 0, 0, ""}});
  BOOST_TEST((step.verdict.outcome == Outcome::absent));
  BOOST_TEST(asked_beside(step).empty());
}

BOOST_AUTO_TEST_CASE(services_are_no_finding_about_the_mail) {
  const Step step = srv_answered("_jmap._tcp.example.org", {{0, 1, 443, "jmap.example.org"}});
  BOOST_TEST(!step.found);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(services_at_well_known_places)

BOOST_AUTO_TEST_CASE(the_place_is_asked_when_there_is_no_record_and_the_site_answers) {
  Site site;
  BOOST_TEST(asked_beside(site.without_record("_caldavs")) == Texts{"https://example.org/.well-known/caldav"},
             per_element());
}

BOOST_AUTO_TEST_CASE(where_the_redirects_end_at_a_request_for_credentials_is_the_service) {
  Site site;
  Step step = site.without_record("_caldavs");
  BOOST_TEST(!std::get<HttpQuestion>(step.ask_beside.at(0)).follow_redirects);
  step = site.source->on_answer(step.ask_beside.at(0), moved("https://dav.example.org/", 308));
  step = site.source->on_answer(step.ask_beside.at(0), moved("/remote.php/dav/"));
  BOOST_TEST(asked_beside(step) == Texts{"https://dav.example.org/remote.php/dav/"}, per_element());
  step = site.source->on_answer(step.ask_beside.at(0), status(401));
  BOOST_TEST(services(step) == Texts{"caldav https://dav.example.org/remote.php/dav/"}, per_element());
  BOOST_TEST((step.verdict.outcome == Outcome::found));
}

BOOST_AUTO_TEST_CASE(a_calendar_is_never_at_the_well_known_place_itself_but_jmap_may_be) {
  Site site;
  Step step = site.without_record("_carddavs");
  BOOST_TEST(services(site.source->on_answer(step.ask_beside.at(0), status(401))).empty());
  step = site.without_record("_jmap");
  BOOST_TEST(services(site.source->on_answer(step.ask_beside.at(0), status(401))) ==
                 Texts{"jmap https://example.org/.well-known/jmap"},
             per_element());
}

BOOST_AUTO_TEST_CASE(what_answers_otherwise_is_no_service) {
  for (const Answer& answer :
       {Answer(status(404)), Answer(page("<!doctype html>", "text/html")), Answer(moved("http://dav.example.org/")),
        Answer(moved("")), Answer(moved("https://example.org/.well-known/caldav")), Answer(status(500))}) {
    Site site;
    const Step step = site.source->on_answer(site.without_record("_caldavs").ask_beside.at(0), answer);
    BOOST_TEST(services(step).empty());
    BOOST_TEST(asked_beside(step).empty());
  }
}

BOOST_AUTO_TEST_CASE(redirects_come_to_an_end) {
  Site site;
  Step step = site.without_record("_caldavs");
  int hops = 0;
  while (!step.ask_beside.empty()) {
    step = site.source->on_answer(step.ask_beside.at(0), moved("/" + std::to_string(++hops)));
    BOOST_REQUIRE(hops < 20);
  }
  BOOST_TEST(hops == 6);
}

BOOST_AUTO_TEST_CASE(places_are_asked_one_after_the_other) {
  Site site;
  const Step calendar = site.without_record("_caldavs");
  BOOST_TEST(asked_beside(site.without_record("_carddavs")).empty());
  const Step contacts = site.source->on_answer(calendar.ask_beside.at(0), status(404));
  BOOST_TEST(asked_beside(contacts) == Texts{"https://example.org/.well-known/carddav"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_site_that_cannot_be_reached_is_not_asked_again) {
  Site site;
  const Step calendar = site.without_record("_caldavs");
  site.without_record("_carddavs");
  const Step step = site.source->on_answer(calendar.ask_beside.at(0), failed(FailureKind::timed_out));
  BOOST_TEST(asked_beside(step).empty());
}

BOOST_AUTO_TEST_CASE(a_site_that_asks_everybody_for_credentials_or_does_not_answer_is_not_asked) {
  for (const Answer& own :
       {Answer(status(401)), Answer(status(403)), Answer(status(503)), Answer(failed(FailureKind::timed_out))}) {
    Site site(own);
    BOOST_TEST(asked_beside(site.without_record("_jmap")).empty());
  }
}

BOOST_AUTO_TEST_CASE(a_record_of_any_kind_or_a_failed_look_up_leaves_the_place_alone) {
  for (const Answer& answer : {Answer(offered({{0, 1, 443, "dav.example.org"}})), Answer(offered({{0, 0, 0, ""}})),
                               Answer(failed(FailureKind::dns_failure))}) {
    Site site;
    BOOST_TEST(asked_beside(site.source->on_answer(srv_of("_caldavs._tcp.example.org"), answer)).empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
