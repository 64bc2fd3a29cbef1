// mailconf domain import: what all imports have in common, and autoconfig files.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "server/domain_shell.h"
#include "server/import/imported.h"

namespace mailconf::testing {
namespace {

std::string server_xml(const std::string& direction, const std::string& type, int port, const std::string& socket) {
  return "<" + direction + "Server type=\"" + type + "\"><hostname>" + type + ".example.org</hostname><port>" +
         std::to_string(port) + "</port><socketType>" + socket +
         "</socketType><username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></" +
         direction + "Server>";
}

std::string autoconfig(const std::string& domains,
                       const std::string& incoming = server_xml("incoming", "imap", 993, "SSL")) {
  return "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"example.org\">" + domains +
         "<displayName>Example Mail</displayName>" + incoming + server_xml("outgoing", "smtp", 465, "SSL") +
         "</emailProvider></clientConfig>";
}

const std::string two_domains = "<domain>example.org</domain><domain>example.net</domain>";
const std::vector<std::string> stores{"directory:", "sqlite:"};

}  // namespace

BOOST_AUTO_TEST_SUITE(importing)

BOOST_DATA_TEST_CASE(an_autoconfig_file_becomes_a_definition_of_all_its_domains, stores, kind) {
  const DomainShell shell(kind);
  const auto file = shell.file("a.xml", autoconfig(two_domains));
  const auto outcome = shell.run_import({file});
  BOOST_TEST(outcome.errors == "");
  BOOST_TEST(outcome.status == 0);
  BOOST_TEST(outcome.output == "example.org and 1 more: imported from " + file + "\n");
  BOOST_TEST(shell.shown("example.net") == R"(domains = ["example.org", "example.net"]
displayName = "Example Mail"

[[incoming]]
type = "imap"
hostname = "imap.example.org"
port = 993
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[outgoing]]
type = "smtp"
hostname = "smtp.example.org"
port = 465
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"
)");
}

BOOST_AUTO_TEST_CASE(a_dry_run_prints_the_definitions_and_needs_no_store) {
  DomainShell shell("directory:");
  shell.wishes.dry_run = true;
  shell.store.clear();
  const auto file = shell.file("a.xml", autoconfig(two_domains));
  const auto outcome = shell.run_import({file});
  BOOST_TEST(outcome.status == 0);
  BOOST_TEST(outcome.output.starts_with("# example.org.toml, from " + file + "\ndomains = [\"example.org\", "));
}

BOOST_DATA_TEST_CASE(a_dry_run_with_a_store_tells_what_is_there_and_changes_nothing, stores, kind) {
  DomainShell shell(kind);
  shell.add(definition({"example.net"}));
  shell.wishes.dry_run = true;
  const auto outcome = shell.run_import({shell.file("a.xml", autoconfig(two_domains))});
  BOOST_TEST(outcome.errors.find("example.net: is defined already, and kept; --replace replaces it") !=
             std::string::npos);
  BOOST_TEST(outcome.output.find("domains = [\"example.org\"]\n") != std::string::npos);
  BOOST_TEST(shell.listed() == std::vector<std::string>{"example.net"}, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(what_is_defined_is_kept_and_the_rest_is_added, stores, kind) {
  const DomainShell shell(kind);
  const auto ours = definition({"example.net"});
  shell.add(ours);
  const auto outcome = shell.run_import({shell.file("a.xml", autoconfig(two_domains))});
  BOOST_TEST(outcome.status == 0);
  BOOST_TEST(shell.shown("example.net") == ours);
  BOOST_TEST(shell.shown("example.org").starts_with("domains = [\"example.org\"]\n"));
}

BOOST_DATA_TEST_CASE(what_is_defined_is_replaced_when_that_is_wished, stores, kind) {
  DomainShell shell(kind);
  shell.add(definition({"example.org", "example.com"}));
  shell.wishes.replace = true;
  BOOST_TEST(shell.run_import({shell.file("a.xml", autoconfig(two_domains))}).status == 0);
  const std::vector<std::string> expected{"example.net", "example.org"};
  BOOST_TEST(shell.listed() == expected, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(an_alias_of_another_definition_is_not_taken_from_it, stores, kind) {
  DomainShell shell(kind);
  shell.add(definition({"b.example", "example.net"}));
  shell.wishes.replace = true;
  const auto outcome = shell.run_import(
      {shell.file("a.xml", autoconfig(two_domains)), shell.file("c.xml", autoconfig("<domain>c.example</domain>"))});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find("example.net: is defined in ") != std::string::npos);
  const std::vector<std::string> expected{"b.example", "c.example", "example.net"};
  BOOST_TEST(shell.listed() == expected, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(a_bad_file_costs_no_other_and_is_told, stores, kind) {
  const DomainShell shell(kind);
  const auto bad = shell.file("bad.xml", "<html>404</html>");
  const auto outcome = shell.run_import({bad, shell.file("a.xml", autoconfig(two_domains)), "/nowhere.xml"});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find(bad + ": ") != std::string::npos);
  BOOST_TEST(outcome.errors.find("/nowhere.xml: cannot be read") != std::string::npos);
  BOOST_TEST(shell.listed().size() == 2U);
}

BOOST_AUTO_TEST_CASE(each_provider_of_a_file_becomes_a_definition_and_a_bad_one_costs_no_other) {
  const DomainShell shell("directory:");
  auto text = autoconfig(two_domains);
  const std::string other = "<emailProvider id=\"b.example\"><domain>b.example</domain><displayName>B</displayName>" +
                            server_xml("incoming", "imap", 993, "SSL") + server_xml("outgoing", "smtp", 465, "SSL") +
                            "</emailProvider>";
  text.insert(text.find("</clientConfig>"),
              "<emailProvider id=\"a.example\"><domain>a.example</domain></emailProvider>" + other);
  const auto file = shell.file("a.xml", text);
  const auto outcome = shell.run_import({file});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors == file + ": line 1, emailProvider: there is no incomingServer\n");
  const std::vector<std::string> expected{"b.example", "example.net", "example.org"};
  BOOST_TEST(shell.listed() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_two_files_that_name_a_domain_the_first_has_it) {
  const DomainShell shell("directory:");
  const auto first = shell.file("a.xml", autoconfig(two_domains));
  const auto outcome = shell.run_import({first, shell.file("b.xml", autoconfig("<domain>example.net</domain>"))});
  BOOST_TEST(outcome.status == 0);
  BOOST_TEST(outcome.errors.find("example.net: is imported from " + first + " already (warning)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(row_35_a_server_without_encryption_is_left_out_and_told) {
  const DomainShell shell("directory:");
  const auto outcome = shell.run_import(
      {shell.file("a.xml", autoconfig(two_domains, server_xml("incoming", "imap", 993, "SSL") +
                                                       server_xml("incoming", "pop3", 110, "plain")))});
  BOOST_TEST(outcome.status == 0);
  BOOST_TEST(outcome.errors.find("pop3 pop3.example.org:110: is left out: it has no encryption (warning)") !=
             std::string::npos);
  BOOST_TEST(shell.shown("example.org").find("110") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(row_35_a_file_with_nothing_else_is_not_imported) {
  const DomainShell shell("directory:");
  const auto outcome =
      shell.run_import({shell.file("a.xml", autoconfig(two_domains, server_xml("incoming", "imap", 143, "plain")))});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find("is not imported: it names no encrypted server to read mail at") != std::string::npos);
  BOOST_TEST(shell.listed().empty());
}

BOOST_AUTO_TEST_CASE(a_server_without_a_user_name_gets_the_whole_address_unless_nobody_logs_in) {
  Settings settings;
  settings.provider.domains = {DomainName::parse("example.org").value()};
  settings.incoming = {
      {ServerType::imap, "imap.example.org", 993, SocketType::ssl, {Authentication::password_cleartext}, "", ""}};
  settings.outgoing = {
      {ServerType::smtp, "smtp.example.org", 465, SocketType::ssl, {Authentication::client_ip_address}, "", ""}};
  server::Imports imports;
  server::Imported imported{"somewhere", settings};
  BOOST_TEST(server::make_servable(imported, imports));
  BOOST_TEST(imported.settings.incoming.front().username == "%EMAILADDRESS%");
  BOOST_TEST(imported.settings.outgoing.front().username == "");
  BOOST_TEST(imports.problems.front().text() ==
             "somewhere: imap imap.example.org:993: no user name is told: the whole address is taken (warning)");
}

BOOST_AUTO_TEST_CASE(what_an_issuer_does_not_tell_in_full_is_left_out) {
  Settings settings;
  settings.provider.domains = {DomainName::parse("example.org").value()};
  settings.incoming = {
      {ServerType::imap, "imap.example.org", 993, SocketType::ssl, {Authentication::oauth2}, "%EMAILADDRESS%", ""}};
  settings.oauth2 = OAuth2{"https://login.example.org", "", "", "mail", ""};
  server::Imports imports;
  server::Imported imported{"somewhere", settings};
  BOOST_TEST(server::make_servable(imported, imports));
  BOOST_TEST(!imported.settings.oauth2.has_value());
  BOOST_TEST(imports.problems.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_that_leaves_its_domain_to_the_client_has_it_in_its_name) {
  const DomainShell shell("directory:");
  const auto text = autoconfig("<domain>%EMAILDOMAIN%</domain>");
  BOOST_TEST(shell.run_import({shell.file("example.com.xml", text)}).status == 0);
  BOOST_TEST(shell.listed() == std::vector<std::string>{"example.com"}, boost::test_tools::per_element());
  const auto outcome = shell.run_import({shell.file("config-v1.1.xml", text)});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find("names no domain; call the file DOMAIN.xml to say whose it is") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(row_34_an_id_that_is_no_host_name_becomes_the_first_domain) {
  DomainShell shell("directory:");
  auto text = autoconfig(two_domains);
  text.replace(text.find("id=\"example.org\""), 16, "id=\"provider_1\"");
  BOOST_TEST(shell.run_import({shell.file("a.xml", text)}).status == 0);
  BOOST_TEST(shell.settings("example.org").provider.id == "example.org");
}

BOOST_AUTO_TEST_CASE(a_provider_without_a_name_has_that_of_its_domain) {
  const DomainShell shell("directory:");
  auto text = autoconfig(two_domains);
  text.replace(text.find("id=\"example.org\""), 16, "");
  text.replace(text.find("Example Mail"), 12, "");
  BOOST_TEST(shell.run_import({shell.file("a.xml", text)}).status == 0);
  BOOST_TEST(shell.settings("example.org").provider.display_name == "example.org");
  BOOST_TEST(shell.settings("example.org").provider.id == "example.org");
}

BOOST_AUTO_TEST_CASE(what_a_linter_says_of_a_definition_is_said_of_an_import) {
  const DomainShell shell("directory:");
  const auto outcome =
      shell.run_import({shell.file("a.xml", autoconfig(two_domains, server_xml("incoming", "pop3", 995, "SSL")))});
  BOOST_TEST(outcome.status == 0);
  BOOST_TEST(outcome.errors.find("(warning: pop3-only)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(texts_come_through_whatever_they_hold) {
  const DomainShell shell("directory:");
  auto text = autoconfig(two_domains);
  text.replace(text.find("Example Mail"), 12, "Grüße &quot;\\ ' ]] # %");
  BOOST_TEST(shell.run_import({shell.file("a.xml", text)}).status == 0);
  BOOST_TEST(shell.settings("example.org").provider.display_name == "Grüße \"\\ ' ]] # %");
}

BOOST_AUTO_TEST_CASE(an_operand_of_no_known_kind_is_bad_input) {
  const DomainShell shell("directory:");
  const auto outcome = shell.run_import({"./settings.json"});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.starts_with("./settings.json: is neither "));
}

BOOST_AUTO_TEST_CASE(a_definition_is_added_and_not_imported) {
  const DomainShell shell("directory:");
  const auto outcome = shell.run_import({shell.file("a.toml", definition({"example.org"}))});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find("a.toml: is a definition already: \"mailconf domain add\" adds it") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(this_host_is_imported_for_domains_and_not_for_files) {
  DomainShell shell("directory:");
  shell.wishes.local = true;
  const auto outcome = shell.run_import({"a.xml", "./b"});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors ==
             "a.xml: is no domain; --local reads no files\n./b: is no domain; --local reads no files\n");
}

BOOST_AUTO_TEST_CASE(nothing_to_import_is_bad_usage) {
  const DomainShell shell("directory:");
  BOOST_TEST(shell.run_import({}).status == 2);
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_be_used_could_not_be_told) {
  DomainShell shell("directory:");
  shell.store = "directory:" + (shell.folder.path() / "nowhere").string();
  BOOST_TEST(shell.run_import({shell.file("a.xml", autoconfig(two_domains))}).status == 4);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
