#include "sources/guess_play.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

BOOST_AUTO_TEST_SUITE(guess_names)

BOOST_AUTO_TEST_CASE(the_dns_is_asked_first_for_hosts_services_and_mx) {
  const Subject subject = about("example.org");
  Texts expected{"A/AAAA example.org",
                 "A/AAAA imap.example.org",
                 "A/AAAA mail.example.org",
                 "A/AAAA pop.example.org",
                 "A/AAAA pop3.example.org",
                 "A/AAAA smtp.example.org",
                 std::string("A/AAAA ") + made_up,
                 "MX example.org",
                 "_imap._tcp.example.org",
                 "_imaps._tcp.example.org",
                 "_pop3._tcp.example.org",
                 "_pop3s._tcp.example.org",
                 "_submission._tcp.example.org",
                 "_submissions._tcp.example.org"};
  Texts questions = asked(make_guess_source(subject)->begin());
  std::sort(questions.begin(), questions.end());
  std::sort(expected.begin(), expected.end());
  BOOST_TEST(questions == expected, per_element());
}

BOOST_AUTO_TEST_CASE(no_port_is_tried_before_the_names_are_known) {
  const Subject subject = about("example.org");
  const auto source = make_guess_source(subject);
  const Step first = source->begin();
  for (std::size_t index = 0; index < first.ask.size(); ++index) {
    const auto& name = std::get<DnsQuestion>(first.ask[index]).name;
    if (name == "_imaps._tcp.example.org") continue;
    BOOST_TEST(source->on_answer(first.ask[index], at({"192.0.2.1"})).ask.empty());
  }
  BOOST_TEST(!source->on_answer(srv_of("_imaps._tcp.example.org"), no_such_name()).ask.empty());
}

BOOST_AUTO_TEST_CASE(the_usual_ports_do_not_wait_for_the_names_of_the_last_resort) {
  const Subject subject = about("example.org");
  const auto source = make_guess_source(subject);
  const Step first = source->begin();
  std::size_t ports = 0;
  for (const auto& question : first.ask) {
    const auto& dns = std::get<DnsQuestion>(question);
    const bool later = dns.type == RecordType::mx || dns.name.starts_with("pop") || dns.name.starts_with("_pop");
    if (!later)
      ports += source->on_answer(question, dns.name == made_up ? no_such_name() : at({"192.0.2.1"})).ask.size();
  }
  BOOST_TEST(ports > 0U);
}

BOOST_AUTO_TEST_CASE(names_that_do_not_exist_are_not_tried) {
  Guess guess({{"mail.example.org", at({"192.0.2.3"})}});
  const Texts expected{"mail.example.org:993", "mail.example.org:465", "mail.example.org:143", "mail.example.org:587"};
  BOOST_TEST(guess.open() == expected, per_element());
}

BOOST_AUTO_TEST_CASE(a_name_that_could_not_be_looked_up_is_not_tried) {
  Guess guess(with(usual, "imap.example.org", failed(FailureKind::dns_failure)));
  BOOST_TEST(!contains(guess.open(), "imap.example.org:993"));
}

BOOST_AUTO_TEST_CASE(D23_a_host_with_ipv6_only_is_tried) {
  Guess guess({{"imap.example.org", at({"2001:db8::1"})}});
  BOOST_TEST(contains(guess.open(), "imap.example.org:993"));
}

BOOST_AUTO_TEST_CASE(nothing_exists_nothing_is_tried) {
  Guess guess({});
  BOOST_TEST(guess.open().empty());
  BOOST_TEST(!guess.found);
}

BOOST_AUTO_TEST_CASE(D21_names_that_exist_through_a_wildcard_only_come_after_real_ones) {
  Zone zone = usual;
  zone[made_up] = at({"192.0.2.9", "192.0.2.1"});
  Guess guess(zone);
  const Texts order = guess.open();
  const auto position = [&](const char* text) { return std::find(order.begin(), order.end(), text) - order.begin(); };
  BOOST_TEST(position("mail.example.org:143") < position("imap.example.org:993"));
  BOOST_TEST(position("imap.example.org:993") < position("example.org:993"));
}

BOOST_AUTO_TEST_CASE(D3_a_denied_service_is_not_guessed) {
  Guess guess(with(with(usual, "_imap", offered({{0, 0, 0, ""}})), "_submissions", offered({{0, 0, 0, ""}})));
  const Texts expected{"imap.example.org:993", "smtp.example.org:587", "mail.example.org:993",
                       "mail.example.org:587", "example.org:993",      "example.org:587"};
  BOOST_TEST(guess.open() == expected, per_element());
}

BOOST_AUTO_TEST_CASE(D10_a_failed_lookup_of_a_service_denies_nothing) {
  Guess guess(with(usual, "_imaps", failed(FailureKind::dns_timeout)));
  BOOST_TEST(contains(guess.open(), "imap.example.org:993"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(guess_order)

BOOST_AUTO_TEST_CASE(G18_ports_are_tried_in_order_of_preference_and_the_domain_itself_last) {
  Guess guess(usual);
  const Texts expected{"imap.example.org:993", "smtp.example.org:465", "mail.example.org:993", "mail.example.org:465",
                       "imap.example.org:143", "smtp.example.org:587", "mail.example.org:143", "mail.example.org:587",
                       "example.org:993",      "example.org:465",      "example.org:143",      "example.org:587"};
  BOOST_TEST(guess.open() == expected, per_element());
}

BOOST_AUTO_TEST_CASE(G1_imap_with_implicit_tls_wins_over_mail_with_starttls) {
  for (const bool better_first : {true, false}) {
    Guess guess(usual);
    const Texts order = better_first ? Texts{"imap.example.org:993", "mail.example.org:143"}
                                     : Texts{"mail.example.org:143", "imap.example.org:993"};
    for (const auto& next : order) guess.answer(next, speaks());
    BOOST_TEST(guess.incoming() == Texts{"imap imap.example.org:993 SSL"}, per_element());
  }
}

BOOST_AUTO_TEST_CASE(G2_starttls_alone_is_found) {
  Guess guess(usual);
  guess.run({{"imap.example.org:143", speaks()}, {"smtp.example.org:587", speaks()}});
  BOOST_TEST(guess.incoming() == Texts{"imap imap.example.org:143 STARTTLS"}, per_element());
  BOOST_TEST(guess.outgoing() == Texts{"smtp smtp.example.org:587 STARTTLS"}, per_element());
}

BOOST_AUTO_TEST_CASE(G14_the_best_port_is_given_at_once_and_nothing_else_is_waited_for) {
  Guess guess(usual);
  BOOST_TEST(guess.answer("imap.example.org:993", speaks()).found.has_value());
  const Step second = guess.answer("smtp.example.org:465", speaks());
  BOOST_REQUIRE(second.found);
  BOOST_TEST(guess.incoming() == Texts{"imap imap.example.org:993 SSL"}, per_element());
  BOOST_TEST(guess.outgoing() == Texts{"smtp smtp.example.org:465 SSL"}, per_element());
  BOOST_TEST(second.ask.empty());
}

BOOST_AUTO_TEST_CASE(a_worse_port_waits_for_the_better_ones) {
  Guess guess(usual);
  BOOST_TEST(!guess.answer("mail.example.org:993", speaks()).found);
  const Step step = guess.answer("imap.example.org:993", failed(FailureKind::refused));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(guess.incoming() == Texts{"imap mail.example.org:993 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(G15_a_direction_without_server_leaves_a_partial_finding) {
  Guess guess(usual);
  guess.run({{"smtp.example.org:465", speaks()}});
  BOOST_TEST(guess.incoming().empty());
  BOOST_TEST(guess.outgoing() == Texts{"smtp smtp.example.org:465 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(the_order_of_answers_does_not_matter) {
  const std::map<std::string, Answer> ports{{"mail.example.org:993", speaks()},
                                            {"imap.example.org:143", speaks()},
                                            {"mail.example.org:587", speaks()},
                                            {"example.org:465", speaks()}};
  Guess forwards(usual);
  forwards.run(ports);
  Guess backwards(usual);
  while (!backwards.open().empty()) {
    const std::string last = backwards.open().back();
    const auto place = ports.find(last);
    backwards.answer(last, place == ports.end() ? Answer(failed(FailureKind::refused)) : place->second);
  }
  BOOST_TEST((forwards.found == backwards.found));
  BOOST_TEST(forwards.incoming() == Texts{"imap mail.example.org:993 SSL"}, per_element());
  BOOST_TEST(forwards.outgoing() == Texts{"smtp mail.example.org:587 STARTTLS"}, per_element());
}

BOOST_AUTO_TEST_CASE(G17_no_host_and_port_is_ever_tried_twice_and_everything_ends) {
  Zone zone = usual;
  zone["pop3.example.org"] = at({"192.0.2.5"});
  zone["pop.example.org"] = at({"192.0.2.6"});
  zone["MX"] = mail_to({{10, "mail.example.org"}});
  Guess guess(zone);
  Texts all = guess.run({}, failed(FailureKind::closed));
  BOOST_TEST(all.size() == 23U);
  std::sort(all.begin(), all.end());
  BOOST_TEST((std::adjacent_find(all.begin(), all.end()) == all.end()));
  BOOST_TEST(!guess.found);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(guess_shared_addresses)

const Zone one_host{{"imap.example.org", at({"192.0.2.1"})},
                    {"smtp.example.org", at({"192.0.2.1"})},
                    {"mail.example.org", at({"192.0.2.1"})}};

BOOST_AUTO_TEST_CASE(one_name_of_an_address_is_tried_at_a_time) {
  Guess guess(one_host);
  const Texts expected{"imap.example.org:993", "smtp.example.org:465", "imap.example.org:143", "smtp.example.org:587"};
  BOOST_TEST(guess.open() == expected, per_element());
}

BOOST_AUTO_TEST_CASE(G16_a_refused_port_is_not_tried_under_another_name_of_the_same_address) {
  Guess guess(one_host);
  const Texts expected{"imap.example.org:993", "smtp.example.org:465", "imap.example.org:143", "smtp.example.org:587",
                       "mail.example.org:995", "mail.example.org:110", "smtp.example.org:25"};
  BOOST_TEST(guess.run({}) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(a_silent_port_is_not_tried_under_another_name_of_the_same_address) {
  Guess guess(one_host);
  BOOST_TEST(guess.run({}, failed(FailureKind::timed_out)).size() == 7U);
}

BOOST_AUTO_TEST_CASE(G16_a_port_refused_at_one_address_is_tried_at_another) {
  Guess guess(with(one_host, "mail.example.org", at({"192.0.2.1", "192.0.2.2"})));
  guess.answer("imap.example.org:993", failed(FailureKind::refused));
  BOOST_TEST(contains(guess.open(), "mail.example.org:993"));
}

BOOST_AUTO_TEST_CASE(G10_the_name_on_the_certificate_is_found_among_names_of_the_same_address) {
  Guess guess(one_host);
  guess.answer("imap.example.org:993", speaks({"PLAIN"}, CertificateVerdict::wrong_name));
  BOOST_TEST(contains(guess.open(), "mail.example.org:993"));
  guess.answer("mail.example.org:993", speaks());
  BOOST_TEST(guess.incoming() == Texts{"imap mail.example.org:993 SSL"}, per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(guess_by_certificate)

const Zone shared_machine{{"mail.example.org", at({"192.0.2.1"})},
                          {"server7.example.org", at({"192.0.2.1"})},
                          {"elsewhere.example.org", at({"192.0.2.99"})},
                          {"server7.host.example", at({"192.0.2.1"})}};

Answer for_other_names(std::vector<std::string> names) {
  ProbeAnswer answer = speaks({"PLAIN"}, CertificateVerdict::wrong_name);
  answer.tls->names = std::move(names);
  return answer;
}

BOOST_AUTO_TEST_CASE(G11_a_name_of_the_domain_on_the_certificate_is_tried_at_the_same_address) {
  Guess guess(shared_machine);
  const Answer shown = for_other_names({"server7.example.org"});
  guess.run({{"mail.example.org:993", shown},
             {"mail.example.org:465", shown},
             {"server7.example.org:993", speaks()},
             {"server7.example.org:465", speaks()}});
  BOOST_TEST(guess.incoming() == Texts{"imap server7.example.org:993 SSL"}, per_element());
  BOOST_TEST(guess.outgoing() == Texts{"smtp server7.example.org:465 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(G11_the_name_on_the_certificate_has_to_prove_itself) {
  Guess guess(shared_machine);
  const Answer shown = for_other_names({"server7.example.org"});
  guess.run(
      {{"mail.example.org:993", shown}, {"server7.example.org:993", speaks({"PLAIN"}, CertificateVerdict::expired)}});
  BOOST_TEST(!guess.found);
}

BOOST_AUTO_TEST_CASE(G11_a_name_that_leads_elsewhere_or_is_a_strangers_is_not_tried) {
  Guess guess(shared_machine);
  const Answer shown = for_other_names(
      {"elsewhere.example.org", "server7.host.example", "*.example.org", "192.0.2.1", "gone.example.org"});
  for (const auto& tried : guess.run({{"mail.example.org:993", shown}})) {
    BOOST_TEST(tried.starts_with("mail.example.org:"), tried);
  }
}

BOOST_AUTO_TEST_CASE(G11_a_name_of_the_mx_hosts_domain_is_tried) {
  Guess guess(with(shared_machine, "MX", mail_to({{10, "mx.host.example"}})));
  guess.run(
      {{"mail.example.org:993", for_other_names({"server7.host.example"})}, {"server7.host.example:993", speaks()}});
  BOOST_TEST(guess.incoming() == Texts{"imap server7.host.example:993 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(G11_of_a_hundred_names_only_the_first_few_are_looked_at) {
  Zone zone = shared_machine;
  std::vector<std::string> names;
  for (int number = 0; number < 100; ++number) {
    names.push_back("site" + std::to_string(number) + ".example.org");
    zone[names.back()] = at({"192.0.2.1"});
  }
  Guess guess(zone);
  const Texts all = guess.run({{"mail.example.org:993", for_other_names(names)}}, failed(FailureKind::closed));
  BOOST_TEST(std::count_if(all.begin(), all.end(), [](const std::string& text) {
               return text.starts_with("site") && text.ends_with(":993");
             }) == 4);
}

BOOST_AUTO_TEST_SUITE_END()
