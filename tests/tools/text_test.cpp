// What people read, compared with texts that were read by people. MAILCONF_WRITE_GOLDEN=1 writes them anew (and fails).
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "check_text.h"
#include "display_text.h"
#include "explanation.h"
#include "hand_made.h"
#include "login_text.h"
#include "probe_text.h"
#include "report_text.h"
#include "simulation_text.h"
#include "trust_words.h"

using namespace mailconf;
using namespace mailconf::cli;

namespace {

const Style kPlain{false, true, 80};

void compare(const std::string& name, const std::string& text) {
  const std::string file = TEST_DATA "/tools/golden/" + name + ".txt";
  if (std::getenv("MAILCONF_WRITE_GOLDEN") != nullptr) std::ofstream(file) << text;
  std::stringstream golden;
  golden << std::ifstream(file).rdbuf();
  BOOST_TEST(text == golden.str(), name << " differs, it is now:\n" << text);
  BOOST_TEST(std::getenv("MAILCONF_WRITE_GOLDEN") == nullptr);
}

void check_printable(const std::string& text) {
  std::stringstream lines(text);
  for (std::string line; std::getline(lines, line);) BOOST_TEST(displayable(line) == line);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(a_report_of_every_status_reads_like_its_golden_text) {
  for (const auto& [name, report] : hand_made::all()) compare(name, report_text(report, kPlain));
}

BOOST_AUTO_TEST_CASE(the_explanation_reads_like_its_golden_text) {
  compare("found-explained", explanation(hand_made::found(), kPlain));
  compare("unknown-explained", explanation(hand_made::unknown(), kPlain));
}

BOOST_AUTO_TEST_CASE(a_probe_reads_like_its_golden_text) {
  compare("probe", probe_text(hand_made::probed(), kPlain));
  compare("probe-explained", probe_explanation(hand_made::probed(), kPlain));
}

BOOST_AUTO_TEST_CASE(other_clients_read_like_their_golden_texts) {
  const auto clients = hand_made::simulated();
  compare("simulation", simulation_matrix("example.org", clients, {false, true, 100}));
  compare("simulation-of-one", simulation_text("example.org", clients.front(), kPlain));
  compare("simulation-of-none", simulation_text("example.org", clients[2], kPlain));
}

BOOST_AUTO_TEST_CASE(an_audit_reads_like_its_golden_text) {
  compare("check", check_text(hand_made::audited(), kPlain) + check_explanation(hand_made::audited(), kPlain));
  compare("check-clean", check_text(hand_made::audited_clean(), kPlain));
  auto cut_off = hand_made::audited_clean();
  cut_off.complete = false;
  cut_off.incomplete = "interrupted";
  compare("check-incomplete", check_text(cut_off, kPlain));
  compare("check-summary", check_summary({3, 1, 1}, kPlain));
}

BOOST_AUTO_TEST_CASE(signing_in_reads_like_its_golden_text) {
  compare("logins", login_text(hand_made::logins(), kPlain));
  check_printable(login_text(hand_made::hostile_logins(), kPlain));
}

BOOST_AUTO_TEST_CASE(colours_and_ascii_read_like_their_golden_texts) {
  compare("found-coloured", report_text(hand_made::found(), {true, true, 80}));
  compare("found-through-mx-ascii", report_text(hand_made::found_through_mx(), {false, false, 80}));
}

BOOST_AUTO_TEST_CASE(a_report_without_anything_in_it_prints_its_headline) {
  BOOST_TEST(report_text(Report{}, kPlain).starts_with("Could not find out the settings for"));
  BOOST_TEST(explanation(Report{}, kPlain) == "");
  BOOST_TEST(probe_text({}, kPlain) == "");
}

BOOST_AUTO_TEST_CASE(no_control_character_of_a_stranger_reaches_the_terminal) {
  const Report report = hand_made::hostile();
  check_printable(report_text(report, kPlain));
  check_printable(explanation(report, kPlain));
  auto ports = hand_made::probed();
  ports[0].greeting = ports[0].proof.tls->issuer = ports[0].capabilities[0] = ports[1].proof.reason = "\x1b[31m\x9b\n";
  check_printable(probe_text(ports, kPlain));
  check_printable(probe_explanation(ports, kPlain));
}

BOOST_AUTO_TEST_CASE(no_line_of_a_report_is_wider_than_the_terminal_but_for_a_word_that_cannot_be_broken) {
  for (const std::size_t width : {60u, 80u, 120u}) {
    for (const auto& [name, report] : hand_made::all()) {
      std::stringstream lines(report_text(report, {false, true, width}) + explanation(report, {false, true, width}));
      for (std::string line; std::getline(lines, line);) {
        const auto longest_word = line.size() - std::min(line.size(), line.rfind(' ') + 1);
        BOOST_TEST((cells(line) <= width || longest_word > 24), name << ": " << line);
        BOOST_TEST(!line.ends_with(' '));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(Z1_Z5_the_registrable_domain_of_foreign_servers_is_shown_in_full_with_the_reason) {
  BOOST_TEST(trust_words(hand_made::found_through_mx()) ==
             "show this to the user before use: the DNS record MX xn--mnchen-3ya.example is not signed; the servers "
             "belong to provider.example and 2001:db8::25");
}

BOOST_AUTO_TEST_CASE(user_names_of_a_domain_without_an_address_are_described) {
  Report report = hand_made::found();
  for (auto* group : {&report.best.incoming, &report.best.outgoing}) {
    for (FoundServer& found : *group) found.server.username = "%EMAILADDRESS%";
  }
  BOOST_TEST(report_text(report, kPlain).find("with the whole e-mail address as user name, by OAuth2") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
