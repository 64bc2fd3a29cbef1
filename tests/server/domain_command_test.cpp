// mailconf domain, on a folder and on a database.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "mailconf/guide.h"
#include "server/domain_shell.h"
#include "server/published_domain.h"
#include "server/toml_fields.h"

namespace mailconf::testing {
namespace {

const std::vector<std::string> kinds{"directory:", "sqlite:"};

}  // namespace

BOOST_AUTO_TEST_SUITE(domain_command)

BOOST_DATA_TEST_CASE(what_is_added_is_listed_and_shown_as_it_was_written, kinds, kind) {
  const DomainShell shell(kind);
  const auto text = "# ours\n" + definition({"example.org", "example.net"});
  BOOST_TEST(shell.run("add", {shell.file("a.toml", text), shell.file("b.toml", definition({"b.example"}))}).status ==
             0);
  const std::vector<std::string> expected{"b.example", "example.net", "example.org"};
  BOOST_TEST(shell.listed() == expected, boost::test_tools::per_element());
  BOOST_TEST(shell.run("show", {"Example.NET"}).output == text);
}

BOOST_DATA_TEST_CASE(a_definition_is_replaced_by_adding_it_again, kinds, kind) {
  const DomainShell shell(kind);
  shell.run("add", {shell.file("a.toml", definition({"example.org", "example.net"}))});
  BOOST_TEST(shell.run("add", {shell.file("a.toml", definition({"example.org"}))}).status == 0);
  BOOST_TEST(shell.listed() == std::vector<std::string>{"example.org"}, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(a_file_with_an_error_keeps_all_of_them_out_and_the_place_is_told, kinds, kind) {
  const DomainShell shell(kind);
  shell.run("add", {shell.file("first.toml", definition({"example.com"}))});
  const auto bad = shell.file("bad.toml", "domains = [\"example.org\"]\nport = 1\n");
  const auto outcome = shell.run("add", {shell.file("good.toml", definition({"example.net"})), bad});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find(bad + ":2: port: is no known field") != std::string::npos);
  BOOST_TEST(shell.listed() == std::vector<std::string>{"example.com"}, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(a_domain_of_another_definition_is_bad_input, kinds, kind) {
  const DomainShell shell(kind);
  shell.run("add", {shell.file("a.toml", definition({"example.org", "example.net"}))});
  const auto outcome = shell.run("add", {shell.file("b.toml", definition({"b.example", "example.net"}))});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find("mailconf domain: example.net: is defined in ") == 0U);
  BOOST_TEST(shell.listed().size() == 2U);
}

BOOST_DATA_TEST_CASE(what_is_removed_is_gone, kinds, kind) {
  const DomainShell shell(kind);
  shell.run("add", {shell.file("a.toml", definition({"example.org", "example.net"}))});
  BOOST_TEST(shell.run("remove", {"example.net"}).status == 2);
  BOOST_TEST(shell.run("remove", {"example.org"}).status == 0);
  BOOST_TEST(shell.listed().empty());
}

BOOST_DATA_TEST_CASE(a_domain_that_is_not_there_has_a_status_of_its_own, kinds, kind) {
  const DomainShell shell(kind);
  shell.run("add", {shell.file("a.toml", definition({"example.org"}))});
  BOOST_TEST(shell.run("show", {"example.com"}).status == 1);
  BOOST_TEST(shell.run("remove", {"example.com"}).errors == "mailconf domain: example.com: is in no definition\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_replaced_by_its_repair) {
  const DomainShell shell("directory:");
  shell.folder.write("domains/example.org.toml", "domains = ");
  BOOST_TEST(shell.run("add", {shell.file("a.toml", definition({"example.org"}))}).status == 0);
  BOOST_TEST(shell.run("show", {"example.org"}).output == definition({"example.org"}));
}

BOOST_AUTO_TEST_CASE(a_file_that_defines_something_else_is_not_replaced) {
  const DomainShell shell("directory:");
  shell.folder.write("domains/example.org.toml", definition({"example.net"}));
  BOOST_TEST(shell.run("add", {shell.file("a.toml", definition({"example.org"}))}).status == 2);
  BOOST_TEST(shell.run("show", {"example.net"}).output == definition({"example.net"}));
}

BOOST_AUTO_TEST_CASE(lint_tells_the_problems_of_files_and_needs_no_store) {
  DomainShell shell("directory:");
  shell.store.clear();
  const auto bad = shell.file("bad.toml", "domains = [\"example.org\"]\nport = 1\n");
  const auto twice = shell.file("twice.toml", definition({"example.com"}));
  BOOST_TEST(shell.run("lint", {bad}).output.find(bad + ":2: port: is no known field\n") != std::string::npos);
  BOOST_TEST(shell.run("lint", {bad}).status == 2);
  BOOST_TEST(shell.run("lint", {twice}).status == 0);
  const auto again = shell.file("again.toml", definition({"example.com"}));
  BOOST_TEST(shell.run("lint", {twice, again}).output ==
             again + ":1: domains: example.com is defined in " + twice + " already, which is served\n");
}

BOOST_AUTO_TEST_CASE(the_settings_of_one_domain_of_a_definition_are_what_its_pages_are_made_of) {
  DomainShell shell("directory:");
  shell.store.clear();
  const auto file =
      shell.file("a.toml", definition({"example.org", "example.net"}) +
                               "\n[operator]\nname = \"A \\\"B\\\"\"\nlogo = \"https://www.example.org/l.png\"\n");
  const auto told = shell.run("settings", {file, "Example.NET"});
  BOOST_TEST_REQUIRE(told.status == 0, told.errors);
  const auto subject = read_guide_subject_json(told.output);
  BOOST_TEST_REQUIRE(subject.has_value());
  const auto read = server::read_definition(file, *server::text_of_file(file)).definition.value();
  const auto published = server::publish(read, *DomainName::parse("example.net"));
  BOOST_TEST((subject->settings == published.settings));
  BOOST_TEST((subject->run_by == read.run_by));
  BOOST_TEST(subject->run_by.name == "A \"B\"");
  BOOST_TEST(subject->domain.ascii() == "example.net");
}

BOOST_AUTO_TEST_CASE(settings_of_what_is_not_defined_are_bad_input) {
  const DomainShell shell("directory:");
  const auto file = shell.file("a.toml", definition({"example.org"}));
  BOOST_TEST(shell.run("settings", {file, "example.com"}).errors ==
             file + ":1: domains: example.com is not among them\n");
  BOOST_TEST(shell.run("settings", {file, "example.com"}).status == 2);
  BOOST_TEST(shell.run("settings", {file}).status == 2);
  const auto bad = shell.file("bad.toml", "domains = [\"example.org\"]\nport = 1\n");
  BOOST_TEST(shell.run("settings", {bad, "example.org"}).errors.find(bad + ":2: port: is no known field\n") !=
             std::string::npos);
  BOOST_TEST(shell.run("settings", {bad, "example.org"}).output.empty());
}

BOOST_AUTO_TEST_CASE(a_store_that_is_not_there_could_not_be_told) {
  DomainShell shell("directory:");
  shell.store = "directory:" + (shell.folder.path() / "nowhere").string();
  BOOST_TEST(shell.run("list").status == 4);
  shell.store = "sqlite:" + (shell.folder.path() / "nowhere.db").string();
  BOOST_TEST(shell.run("list").status == 4);
}

BOOST_AUTO_TEST_CASE(the_store_may_be_that_of_a_configuration) {
  const DomainShell shell("directory:");
  shell.run("add", {shell.file("a.toml", definition({"example.org"}))});
  const auto configuration =
      shell.file("mailconfd.toml", "[server]\nhttp = [\"127.0.0.1:0\"]\n[store]\nurl = \"directory:domains\"\n");
  std::ostringstream output;
  std::ostringstream errors;
  BOOST_TEST(server::run({"show", {"example.org"}, "", configuration}, output, errors) == 0);
  BOOST_TEST(output.str() == definition({"example.org"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
