// Every target's text, compared with one that was read by people. MAILCONF_WRITE_GOLDEN=1 writes them anew (and fails).
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "accounts.h"

using namespace mailconf;

namespace {

std::string read(const std::string& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void compare(const std::string& name, const std::string& text) {
  const std::string file = TEST_DATA "/exports/golden/" + name;
  if (std::getenv("MAILCONF_WRITE_GOLDEN") != nullptr) std::ofstream(file) << text;
  BOOST_TEST(text == read(file), name << " differs, it is now:\n" << text);
  BOOST_TEST(std::getenv("MAILCONF_WRITE_GOLDEN") == nullptr);
}

// The text, or why there is none.
std::string outcome(const Result<Export>& exported) {
  if (!exported) return "error: " + exported.error().text() + "\n";
  std::string text = exported->text;
  for (const auto& remark : exported->remarks) text += "remark: " + remark + "\n";
  return text;
}

template <class Exporting>
void compare_all(const std::string& suffix, const Exporting& exporting) {
  for (const auto& target : export_targets()) compare(target.name + suffix, outcome(exporting(target.name)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden)

BOOST_AUTO_TEST_CASE(an_account_with_tls_from_the_start_reads_like_its_golden_text) {
  compare_all(".simple",
              [](const std::string& name) { return export_settings(name, accounts::simple(), accounts::address()); });
}

BOOST_AUTO_TEST_CASE(an_account_with_starttls_reads_like_its_golden_text) {
  compare_all(".starttls",
              [](const std::string& name) { return export_settings(name, accounts::upgraded(), accounts::address()); });
}

BOOST_AUTO_TEST_CASE(an_account_with_pop3_reads_like_its_golden_text) {
  const auto configuration = accounts::configuration({accounts::pop3()}, {accounts::smtp()});
  compare_all(".pop3",
              [&](const std::string& name) { return export_settings(name, configuration, accounts::address()); });
}

BOOST_AUTO_TEST_CASE(an_account_with_odd_values_reads_like_its_golden_text) {
  compare_all(".odd",
              [](const std::string& name) { return export_settings(name, accounts::odd(), accounts::address()); });
}

BOOST_AUTO_TEST_CASE(odd_options_read_like_their_golden_text) {
  compare_all(".options", [](const std::string& name) {
    ExportOptions options = accounts::odd_options();
    auto exported = export_settings(name, accounts::simple(), accounts::address(), options);
    if (exported || exported.error().code != ErrorCode::bad_option) return exported;
    options.password_command.clear();
    return export_settings(name, accounts::simple(), accounts::address(), options);
  });
}

BOOST_AUTO_TEST_CASE(an_odd_address_reads_like_its_golden_text) {
  compare_all(".address", [](const std::string& name) {
    return export_settings(name, accounts::simple(), accounts::odd_address());
  });
}

BOOST_AUTO_TEST_CASE(an_account_that_signs_in_by_oauth2_alone_reads_like_its_golden_text) {
  Configuration configuration = accounts::simple();
  for (auto* group : {&configuration.incoming, &configuration.outgoing}) {
    group->front().server.authentication = {Authentication::oauth2};
  }
  compare_all(".oauth2", [&](const std::string& name) {
    auto exported = export_settings(name, configuration, accounts::address(), {"token alice", ""});
    return exported || exported.error().place != "password_command"
               ? exported
               : export_settings(name, configuration, accounts::address());
  });
}

BOOST_AUTO_TEST_CASE(a_template_has_no_value_that_mustache_would_escape_or_leave_out) {
  for (const auto& entry : std::filesystem::directory_iterator(PROJECT_DATA "/exports")) {
    if (entry.path().extension() != ".mustache") continue;
    const std::string text = read(entry.path());
    BOOST_TEST(text.find("{{{") == std::string::npos, entry.path());
    BOOST_TEST(text.find("{{&") == std::string::npos, entry.path());
  }
}

BOOST_AUTO_TEST_SUITE_END()
