// Definitions as they are written by an import: what is written is what was meant.
#include "server/store/definition_writer.h"

#include <boost/test/unit_test.hpp>

#include "server/store/definition_toml.h"

namespace mailconf::testing {
namespace {

DomainName domain(const std::string& name) { return DomainName::parse(name).value(); }

// Each field has a value, and every kind of server is there.
Settings full() {
  Settings settings;
  settings.provider = {"provider.example",
                       "Example \"Mail\"",
                       "Ex",
                       {domain("example.org"), domain("example.net")},
                       {domain("mx.example")}};
  settings.incoming = {{ServerType::imap,
                        "imap.%EMAILDOMAIN%",
                        993,
                        SocketType::ssl,
                        {Authentication::oauth2, Authentication::password_cleartext},
                        "%EMAILADDRESS%",
                        ""},
                       {ServerType::jmap,
                        "",
                        0,
                        SocketType::ssl,
                        {Authentication::http_basic},
                        "%EMAILADDRESS%",
                        "https://jmap.example.org/session?a=1&b=2"}};
  settings.outgoing = {{ServerType::smtp,
                        "smtp.example.org",
                        587,
                        SocketType::starttls,
                        {Authentication::password_cleartext},
                        "%EMAILLOCALPART%",
                        ""}};
  Service calendar;
  calendar.url = "https://dav.example.org/%EMAILADDRESS%/";
  calendar.authentication = {Authentication::http_basic};
  Service filters;
  filters.type = ServiceType::managesieve;
  filters.hostname = "imap.example.org";
  filters.port = 4190;
  filters.socket_type = SocketType::starttls;
  filters.username = "%EMAILADDRESS%";
  settings.services = {calendar, filters};
  settings.oauth2 = OAuth2{"https://login.example.org", "https://login.example.org/a", "https://login.example.org/t",
                           "mail offline_access", "open"};
  settings.documentation = {{"https://www.example.org/help", {{"en", "Help"}, {"", "Größe\n\\ 'x' \t\x01"}}}};
  settings.enable = {{"https://www.example.org/imap", {{"", "Switch it on"}}}};
  settings.webmail_url = "https://webmail.example.org/";
  return settings;
}

server::ReadDefinition read_again(const std::string& text) { return server::read_definition("written", text); }

}  // namespace

BOOST_AUTO_TEST_SUITE(writing_definitions)

BOOST_AUTO_TEST_CASE(every_field_that_is_written_is_read_again) {
  const auto read = read_again(server::definition_text(full(), "https://login.example.org/r"));
  for (const auto& problem : read.problems) BOOST_TEST(problem.text() == "");
  BOOST_TEST_REQUIRE(read.definition.has_value());
  BOOST_TEST((read.definition->settings == full()));
  BOOST_TEST(read.definition->registration_url == "https://login.example.org/r");
}

BOOST_AUTO_TEST_CASE(what_is_not_said_is_not_written) {
  auto settings = full();
  settings.provider = {"example.org", "", "", {domain("example.org")}, {}};
  settings.oauth2.reset();
  const auto text = server::definition_text(settings);
  BOOST_TEST(text.starts_with("domains = [\"example.org\"]\nwebmail = "));
  for (const auto* key : {"id =", "displayName", "mxDomains", "oauth2", "\"\""})
    BOOST_TEST(text.find(key) == std::string::npos, key);
}

BOOST_AUTO_TEST_CASE(no_text_ends_its_quotes) {
  for (const std::string hostile :
       {"\"\nport = 1\n#", "'''", "\"\"\"", "\\", "\\u0041", "]\n[oauth2]\n", "\r\n", "\x7f"}) {
    auto settings = full();
    settings.provider.display_name = hostile;
    const auto read = read_again(server::definition_text(settings));
    BOOST_TEST_REQUIRE(read.definition.has_value());
    BOOST_TEST(read.definition->settings.provider.display_name == hostile);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
