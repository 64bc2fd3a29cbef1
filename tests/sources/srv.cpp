#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;
using Zone = std::map<std::string, Answer>;

// What the source has found once every record of `zone` is answered, all others being absent.
struct Outcomes {
  std::optional<Settings> found;
  Texts diagnostics;
};

Outcomes resolve(const Zone& zone, bool backwards = false) {
  const Subject subject = about("example.org");
  const auto source = make_srv_source(subject);
  auto questions = source->begin().ask;
  if (backwards) std::reverse(questions.begin(), questions.end());
  Outcomes outcomes;
  for (const auto& question : questions) {
    const std::string label = target(question).substr(0, target(question).find('.'));
    const auto place = zone.find(label);
    const Step step = source->on_answer(question, place == zone.end() ? Answer(no_such_name()) : place->second);
    BOOST_TEST(step.ask.empty());
    if (step.found) outcomes.found = step.found;
    for (const auto& code : codes(step)) outcomes.diagnostics.push_back(code);
  }
  return outcomes;
}

Texts incoming(const Zone& zone) {
  const auto found = resolve(zone).found;
  return found ? servers(found->incoming) : Texts{};
}

Texts outgoing(const Zone& zone) {
  const auto found = resolve(zone).found;
  return found ? servers(found->outgoing) : Texts{};
}

Answer record(std::uint16_t priority, std::uint16_t port, const char* host) {
  return offered({{priority, 1, port, host}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(srv)

BOOST_AUTO_TEST_CASE(all_six_labels_are_asked_for_the_whole_domain) {
  const Subject subject = about_address("u@cs.example.org");
  const Texts expected{"_imaps._tcp.cs.example.org",       "_imap._tcp.cs.example.org",
                       "_pop3s._tcp.cs.example.org",       "_pop3._tcp.cs.example.org",
                       "_submissions._tcp.cs.example.org", "_submission._tcp.cs.example.org"};
  BOOST_TEST(asked(make_srv_source(subject)->begin()) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(D1_implicit_tls_comes_first_among_equal_priorities) {
  const Texts expected{"imap mail.example.org:993 SSL", "imap mail.example.org:143 STARTTLS"};
  BOOST_TEST(incoming({{"_imap", record(0, 143, "mail.example.org")},
                       {"_imaps", record(0, 993, "mail.example.org")}}) == expected,
             per_element());
}

BOOST_AUTO_TEST_CASE(D2_submissions_alone_is_found) {
  BOOST_TEST(outgoing({{"_submissions", record(0, 465, "smtp.example.org")}}) == Texts{"smtp smtp.example.org:465 SSL"},
             per_element());
}

BOOST_AUTO_TEST_CASE(D3_a_target_of_the_root_is_decidedly_absent) {
  const Subject subject = about("example.org");
  const auto source = make_srv_source(subject);
  source->begin();
  const Step step = source->on_answer(srv_of("_imap._tcp.example.org"), offered({{0, 0, 0, ""}}));
  BOOST_TEST((step.verdict == Verdict{Outcome::absent, "decidedly not offered (target \".\")"}));
}

BOOST_AUTO_TEST_CASE(D3_a_root_target_among_others_is_not_a_server) {
  BOOST_TEST(incoming({{"_imaps", offered({{0, 0, 0, ""}, {1, 0, 993, "imap.example.org"}})}}) ==
                 Texts{"imap imap.example.org:993 SSL"},
             per_element());
}

BOOST_AUTO_TEST_CASE(D4_priority_comes_before_weight_and_higher_weight_first) {
  const Texts expected{"imap b.example.org:993 SSL", "imap a.example.org:993 SSL", "imap d.example.org:993 SSL",
                       "imap c.example.org:993 SSL"};
  BOOST_TEST(incoming({{"_imaps", offered({{20, 90, 993, "c.example.org"},
                                           {10, 1, 993, "a.example.org"},
                                           {10, 99, 993, "b.example.org"},
                                           {20, 91, 993, "d.example.org"}})}}) == expected,
             per_element());
}

BOOST_AUTO_TEST_CASE(D4_equal_records_give_the_same_answer_in_any_order) {
  const Texts expected{"imap a.example.org:993 SSL", "imap b.example.org:993 SSL"};
  const SrvRecord a{0, 5, 993, "a.example.org"};
  const SrvRecord b{0, 5, 993, "b.example.org"};
  BOOST_TEST(incoming({{"_imaps", offered({a, b})}}) == expected, per_element());
  BOOST_TEST(incoming({{"_imaps", offered({b, a})}}) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(the_protocol_of_the_better_priority_is_preferred) {
  const Texts expected{"pop3 pop.example.org:995 SSL", "imap imap.example.org:993 SSL",
                       "imap imap.example.org:143 STARTTLS"};
  BOOST_TEST(incoming({{"_imaps", record(10, 993, "imap.example.org")},
                       {"_imap", record(20, 143, "imap.example.org")},
                       {"_pop3s", record(5, 995, "pop.example.org")}}) == expected,
             per_element());
}

BOOST_AUTO_TEST_CASE(imap_is_preferred_to_pop3_among_equal_priorities) {
  const Texts expected{"imap imap.example.org:143 STARTTLS", "pop3 pop.example.org:995 SSL"};
  BOOST_TEST(incoming({{"_imap", record(0, 143, "imap.example.org")}, {"_pop3s", record(0, 995, "pop.example.org")}}) ==
                 expected,
             per_element());
}

BOOST_AUTO_TEST_CASE(D5_a_failing_label_does_not_harm_the_others) {
  BOOST_TEST(incoming({{"_imaps", failed(FailureKind::dns_failure)},
                       {"_pop3s", failed(FailureKind::dns_timeout)},
                       {"_pop3", no_records()},
                       {"_imap", record(0, 143, "imap.example.org")}}) == Texts{"imap imap.example.org:143 STARTTLS"},
             per_element());
}

BOOST_AUTO_TEST_CASE(D5_records_without_a_usable_host_or_port_are_dropped_with_one_diagnostic) {
  const auto outcomes = resolve({{"_imaps", offered({{0, 0, 993, "under_score.example.org"},
                                                     {0, 0, 993, "localhost"},
                                                     {0, 0, 0, "imap.example.org"},
                                                     {1, 0, 993, "imap.example.org"}})}});
  BOOST_REQUIRE(outcomes.found);
  BOOST_TEST(servers(outcomes.found->incoming) == Texts{"imap imap.example.org:993 SSL"}, per_element());
  BOOST_TEST(outcomes.diagnostics == Texts{"bad-srv-record"}, per_element());
}

BOOST_AUTO_TEST_CASE(D6_imap_without_submission_is_a_partial_finding) {
  const auto found = resolve({{"_imaps", record(0, 993, "imap.example.org")}}).found;
  BOOST_REQUIRE(found);
  BOOST_TEST(found->incoming.size() == 1U);
  BOOST_TEST(found->outgoing.empty());
}

BOOST_AUTO_TEST_CASE(D7_port_465_below_submission_is_implicit_tls) {
  const auto outcomes = resolve({{"_submission", record(0, 465, "smtp.example.org")}});
  BOOST_REQUIRE(outcomes.found);
  BOOST_TEST(servers(outcomes.found->outgoing) == Texts{"smtp smtp.example.org:465 SSL"}, per_element());
  BOOST_TEST(outcomes.diagnostics == Texts{"srv-label-for-starttls"}, per_element());
}

BOOST_AUTO_TEST_CASE(D8_port_993_below_imap_and_995_below_pop3_are_implicit_tls) {
  const Texts expected{"imap mail.example.org:993 SSL", "pop3 mail.example.org:995 SSL"};
  BOOST_TEST(incoming({{"_imap", record(0, 993, "mail.example.org")}, {"_pop3", record(0, 995, "mail.example.org")}}) ==
                 expected,
             per_element());
}

BOOST_AUTO_TEST_CASE(the_label_decides_the_kind_of_tls_on_any_other_port) {
  BOOST_TEST(incoming({{"_imaps", record(0, 143, "mail.example.org")}}) == Texts{"imap mail.example.org:143 SSL"},
             per_element());
  BOOST_TEST(
      outgoing({{"_submission", record(0, 2587, "mail.example.org")}}) == Texts{"smtp mail.example.org:2587 STARTTLS"},
      per_element());
}

BOOST_AUTO_TEST_CASE(D9_a_target_in_another_domain_is_found_as_it_stands) {
  BOOST_TEST(incoming({{"_imaps", record(0, 993, "mail.host.example")}}) == Texts{"imap mail.host.example:993 SSL"},
             per_element());
}

BOOST_AUTO_TEST_CASE(S5_the_trailing_dot_of_a_target_is_removed) {
  BOOST_TEST(incoming({{"_imaps", record(0, 993, "IMAP.example.org.")}}) == Texts{"imap imap.example.org:993 SSL"},
             per_element());
}

BOOST_AUTO_TEST_CASE(the_full_address_is_the_user_name_to_try) {
  const auto found = resolve({{"_imaps", record(0, 993, "imap.example.org")}}).found;
  BOOST_REQUIRE(found);
  BOOST_TEST(found->incoming[0].username == "%EMAILADDRESS%");
  BOOST_TEST((found->incoming[0].authentication == std::vector{Authentication::password_cleartext}));
}

BOOST_AUTO_TEST_CASE(a_direction_is_given_as_soon_as_its_labels_are_answered) {
  const Subject subject = about("example.org");
  const auto source = make_srv_source(subject);
  source->begin();
  BOOST_TEST(!source->on_answer(srv_of("_submissions._tcp.example.org"), record(0, 465, "smtp.example.org")).found);
  const Step step = source->on_answer(srv_of("_submission._tcp.example.org"), no_such_name());
  BOOST_REQUIRE(step.found);
  BOOST_TEST(step.found->incoming.empty());
  BOOST_TEST(servers(step.found->outgoing) == Texts{"smtp smtp.example.org:465 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(the_order_of_answers_does_not_matter) {
  const Zone zone{{"_imaps", record(0, 993, "imap.example.org")},
                  {"_pop3s", record(0, 995, "pop.example.org")},
                  {"_submissions", record(0, 465, "smtp.example.org")}};
  BOOST_TEST((resolve(zone).found == resolve(zone, true).found));
}

BOOST_AUTO_TEST_CASE(nothing_offered_is_nothing_found) {
  BOOST_TEST(!resolve({}).found);
  BOOST_TEST(!resolve({{"_imaps", offered({{0, 0, 0, ""}})}, {"_submission", offered({{0, 0, 0, ""}})}}).found);
}

BOOST_AUTO_TEST_CASE(a_flood_of_records_is_cut) {
  std::vector<SrvRecord> flood;
  for (std::uint16_t number = 0; number < 1000; ++number) {
    flood.push_back({number, 0, 993, "imap" + std::to_string(number) + ".example.org"});
  }
  BOOST_TEST(incoming({{"_imaps", offered(flood)}}).size() == 8U);
}

BOOST_AUTO_TEST_SUITE_END()
