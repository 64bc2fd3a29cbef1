// Domain definitions: one minimal file, and one edit a case.
#include <boost/test/unit_test.hpp>

#include "server/published.h"
#include "server/store/definition_toml.h"

namespace mailconf::testing {
namespace {

const std::string minimal = R"(domains = ["example.org"]
displayName = "Example"

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
)";

struct Definitions {
  TemporaryFolder folder;

  server::ReadDefinition read(const std::string& text) const {
    return server::read_definition(folder.write("example.toml", text));
  }
  server::Definition read_ok(const std::string& text) const {
    const auto result = read(text);
    for (const auto& problem : result.problems) BOOST_ERROR(problem.text());
    BOOST_TEST_REQUIRE(result.definition.has_value());
    return *result.definition;
  }
  Settings settings_of(const std::string& text) const { return read_ok(text).settings; }
  // The only error of the file, which is therefore refused.
  std::string error_of(const std::string& text) const {
    const auto result = read(text);
    BOOST_TEST(!result.definition.has_value());
    return told(result, server::Severity::error);
  }
  // The only warning of a file that is used all the same.
  std::string warning_of(const std::string& text) const {
    const auto result = read(text);
    BOOST_TEST(result.definition.has_value());
    return told(result, server::Severity::warning);
  }
  std::string told(const server::ReadDefinition& result, server::Severity severity) const {
    std::string texts;
    for (const auto& problem : result.problems) {
      if (problem.severity != severity) continue;
      texts += (texts.empty() ? "" : "\n") + problem.text().substr(folder.path().string().size() + 1);
    }
    return texts;
  }
};

std::string edited(const std::string& from, const std::string& to) {
  auto text = minimal;
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(definitions, Definitions)

BOOST_AUTO_TEST_CASE(the_minimal_definition_is_read_without_a_remark) {
  const auto settings = settings_of(minimal);
  BOOST_TEST(settings.provider.id == "example.org");
  BOOST_TEST(settings.provider.domains.front().ascii() == "example.org");
  const Server expected{ServerType::imap,
                        "imap.example.org",
                        993,
                        SocketType::ssl,
                        {Authentication::password_cleartext},
                        "%EMAILADDRESS%",
                        ""};
  BOOST_TEST((settings.incoming == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(every_field_is_read) {
  const auto settings = settings_of(edited("displayName", R"(id = "provider.example"
mxDomains = ["mx.example"]
webmail = "https://webmail.example.org/"
displayShortName = "Ex"
displayName)") + R"(
[[incoming]]
type = "jmap"
url = "https://jmap.example.org/session"
authentication = ["OAuth2"]
username = "%EMAILADDRESS%"

[[service]]
type = "caldav"
url = "https://dav.example.org/"
authentication = ["http-basic"]
username = "%EMAILADDRESS%"

[[service]]
type = "managesieve"
hostname = "imap.example.org"
port = 4190
socketType = "STARTTLS"

[[documentation]]
url = "https://www.example.org/help"
descriptions = [{lang = "en", text = "Help"}, {lang = "de", text = "Hilfe"}]

[[enable]]
url = "https://www.example.org/imap"
instructions = [{text = "Switch IMAP on"}]

[oauth2]
issuer = "login.example.org"
authURL = "https://login.example.org/auth"
tokenURL = "https://login.example.org/token"
scope = "mail"
clientID = "open"
)");
  BOOST_TEST(settings.provider.id == "provider.example");
  BOOST_TEST(settings.provider.display_short_name == "Ex");
  BOOST_TEST(settings.provider.mx_domains.front().ascii() == "mx.example");
  BOOST_TEST(settings.webmail_url == "https://webmail.example.org/");
  BOOST_TEST(settings.incoming[1].url == "https://jmap.example.org/session");
  BOOST_TEST_REQUIRE(settings.services.size() == 2U);
  BOOST_TEST(settings.services[0].url == "https://dav.example.org/");
  BOOST_TEST(settings.services[1].port == 4190);
  BOOST_TEST(settings.documentation.front().descriptions[1].text == "Hilfe");
  BOOST_TEST(settings.enable.front().instructions.front().text == "Switch IMAP on");
  BOOST_TEST(settings.oauth2->token_url == "https://login.example.org/token");
  BOOST_TEST(settings.oauth2->client_id == "open");
}

BOOST_AUTO_TEST_CASE(a_misspelt_field_is_named) {
  BOOST_TEST(error_of(edited("displayName", "displayname")) == "example.toml:2: displayname: is no known field");
  BOOST_TEST(error_of(edited("port = 993", "port = 993\nsocket = 1")) ==
             "example.toml:8: incoming[0].socket: is no known field");
}

BOOST_AUTO_TEST_CASE(a_missing_field_is_named_with_the_table) {
  BOOST_TEST(error_of(edited("port = 465\n", "")) == "example.toml:12: outgoing[0].port: is missing");
  BOOST_TEST(error_of(edited("domains = [\"example.org\"]\n", "")) == "example.toml: domains: is missing");
  BOOST_TEST(error_of(edited("hostname = \"imap.example.org\"\n", "")) ==
             "example.toml:4: incoming[0].hostname: is missing");
}

BOOST_AUTO_TEST_CASE(a_value_of_a_wrong_kind_is_named) {
  BOOST_TEST(error_of(edited("993", "\"993\"")) == "example.toml:7: incoming[0].port: must be a whole number");
  BOOST_TEST(error_of(edited("993", "0")) == "example.toml:7: incoming[0].port: must be between 1 and 65535, not 0");
  BOOST_TEST(error_of(edited("\"imap\"", "\"imap4\"")) ==
             "example.toml:5: incoming[0].type: \"imap4\" is no known value");
  BOOST_TEST(error_of(edited("[\"password-cleartext\"]", "[]")) ==
             "example.toml:9: incoming[0].authentication: is empty");
  BOOST_TEST(error_of(edited("\"password-cleartext\"", "\"password\"")) ==
             "example.toml:9: incoming[0].authentication[0]: \"password\" is no known value");
}

BOOST_AUTO_TEST_CASE(a_domain_must_be_a_domain_name) {
  BOOST_TEST(error_of(edited("[\"example.org\"]", "[\"example.org\", \"%EMAILDOMAIN%\"]"))
                 .starts_with("example.toml:1: domains[1]: "));
  BOOST_TEST(error_of(edited("[\"example.org\"]", "[\"example.org\", \"EXAMPLE.org.\"]")) ==
             "example.toml:1: domains[1]: EXAMPLE.org. is listed twice");
  BOOST_TEST(error_of(edited("[\"example.org\"]", "[]")) == "example.toml:1: domains: is empty");
}

BOOST_AUTO_TEST_CASE(row_34_the_id_must_be_a_host_name) {
  BOOST_TEST(
      error_of(edited("displayName", "id = \"%EMAILDOMAIN%\"\ndisplayName")).starts_with("example.toml:2: id: "));
}

BOOST_AUTO_TEST_CASE(row_34_placeholders_must_be_known) {
  BOOST_TEST(error_of(edited("%EMAILADDRESS%", "%USER%")) ==
             "example.toml:10: incoming[0].username: holds a placeholder that no client knows");
  BOOST_TEST(error_of(edited("imap.example.org", "imap.%HOST%")).starts_with("example.toml:4: incoming[0]: "));
}

BOOST_AUTO_TEST_CASE(row_34_a_server_with_a_login_needs_a_user_name) {
  BOOST_TEST(error_of(edited("username = \"%EMAILADDRESS%\"\n", "")) ==
             "example.toml:4: incoming[0].username: is missing; \"%EMAILADDRESS%\" stands for the whole address");
}

BOOST_AUTO_TEST_CASE(row_35_an_unencrypted_server_is_warned_of) {
  const auto result = read(edited("\"SSL\"", "\"plain\""));
  BOOST_TEST(result.definition.has_value());
  BOOST_TEST(told(result, server::Severity::warning).find("example.toml:8: incoming[0].socketType: ") !=
             std::string::npos);
  BOOST_TEST(error_of(edited("\"SSL\"", "\"none\"")) ==
             "example.toml:8: incoming[0].socketType: \"none\" is no known value");
}

BOOST_AUTO_TEST_CASE(row_36_an_old_name_of_a_mechanism_is_warned_of) {
  BOOST_TEST(
      warning_of(edited("password-cleartext", "plain")) ==
      "example.toml:9: incoming[0].authentication[0]: \"plain\" is published as \"password-cleartext\" (warning)");
}

BOOST_AUTO_TEST_CASE(what_does_not_belong_to_the_type_is_refused) {
  BOOST_TEST(error_of(edited("port = 993", "port = 993\nurl = \"https://example.org/\"")) ==
             "example.toml:8: incoming[0].url: does not belong here: this type has a hostname and a port");
}

BOOST_AUTO_TEST_CASE(files_that_are_no_toml_are_refused_within_bounds) {
  BOOST_TEST(error_of("domains = [\n\n").starts_with("example.toml:"));
  BOOST_TEST(error_of(std::string(1024, '\0')).starts_with("example.toml:1: "));
  BOOST_TEST(error_of("<html><body>404</body></html>").starts_with("example.toml:1: "));
  BOOST_TEST(error_of("\xff\xfe").starts_with("example.toml:"));
  BOOST_TEST(error_of(std::string(2 * 1024 * 1024, '#')) == "example.toml: is larger than 1 MiB");
  BOOST_TEST(error_of("x = " + std::string(100'000, '[')).starts_with("example.toml:1: "));
}

BOOST_AUTO_TEST_CASE(row_69_autodiscover_may_lead_elsewhere_and_not_back) {
  const auto with = [](const std::string& line) { return minimal + "[autodiscover]\n" + line + "\n"; };
  const auto read = read_ok(with("redirectURL = \"https://hoster.example/autodiscover.xml\""));
  BOOST_TEST(read.autodiscover->url == "https://hoster.example/autodiscover.xml");
  BOOST_TEST(error_of(with("redirectURL = \"http://hoster.example/autodiscover.xml\"")) ==
             "example.toml:20: autodiscover.redirectURL: must be an https URL");
  BOOST_TEST(error_of(with("redirectURL = \"https://autodiscover.example.org/autodiscover.xml\"")) ==
             "example.toml:20: autodiscover.redirectURL: leads back to this definition");
  BOOST_TEST(error_of(with("redirectAddress = \"a@example.org\"")) ==
             "example.toml:20: autodiscover.redirectAddress: leads back to this definition");
  BOOST_TEST(error_of(with("")) == "example.toml:19: autodiscover: must have either redirectURL or redirectAddress");
}

BOOST_AUTO_TEST_CASE(a_policy_for_delivery_is_checked_field_by_field) {
  const auto with = [](const std::string& lines) { return minimal + "[mtaSts]\n" + lines + "\n"; };
  const auto read = read_ok(with("mode = \"enforce\"\nmx = [\"mx.example.org\"]"));
  BOOST_TEST(read.mta_sts->max_age == 604800);
  BOOST_TEST(read_ok(with("mode = \"none\"")).mta_sts->mx.empty());
  BOOST_TEST(error_of(with("mode = \"strict\"\nmx = [\"mx.example.org\"]")) ==
             "example.toml:20: mtaSts.mode: must be \"enforce\", \"testing\" or \"none\"");
  BOOST_TEST(error_of(with("mode = \"testing\"")) == "example.toml:19: mtaSts.mx: is missing");
  BOOST_TEST(error_of(with("mode = \"testing\"\nmx = [\"mx.example.org\\r\\nmode: none\"]")) ==
             "example.toml:21: mtaSts.mx[0]: is no host name");
  BOOST_TEST(error_of(with("mode = \"testing\"\nmx = [\"*.example.org\"]\nmaxAge = 0")) ==
             "example.toml:22: mtaSts.maxAge: must be between 1 and 31557600 seconds");
}

BOOST_AUTO_TEST_CASE(where_clients_register_for_tokens_must_be_encrypted) {
  const auto with = [](const std::string& url) {
    return minimal + "[oauth2]\nissuer = \"https://a.example.org\"\nauthURL = \"https://a.example.org/a\"\n" +
           "tokenURL = \"https://a.example.org/t\"\nscope = \"mail\"\nregistrationURL = \"" + url + "\"\n";
  };
  BOOST_TEST(read_ok(with("https://a.example.org/r")).registration_url == "https://a.example.org/r");
  BOOST_TEST(error_of(with("http://a.example.org/r")) ==
             "example.toml:24: oauth2.registrationURL: must be an https URL");
}

BOOST_AUTO_TEST_CASE(who_runs_the_service_stands_in_a_table_of_its_own) {
  const auto who = read_ok(minimal +
                           "[operator]\nname = \"Hosting\"\nlogo = \"https://www.example.org/l.png\"\n"
                           "color = \"#1d4E89\"\nsupportMail = \"help@example.net\"\n"
                           "supportPhone = \"+1 555 0100\"\nsupportPage = \"https://help.example.net/\"\n"
                           "supportHours = \"always\"\nappPasswords = \"https://example.org/apps\"\n")
                       .run_by;
  BOOST_TEST((who == Operator{"Hosting", "https://www.example.org/l.png", "#1d4E89", "help@example.net", "+1 555 0100",
                              "https://help.example.net/", "always", "https://example.org/apps"}));
  BOOST_TEST((read_ok(minimal).run_by == Operator{}));
}

BOOST_AUTO_TEST_CASE(a_logo_comes_from_the_domain_s_own_hosts_or_is_an_image) {
  const auto with_logo = [](const std::string& logo) { return minimal + "[operator]\nlogo = \"" + logo + "\"\n"; };
  BOOST_TEST(read_ok(with_logo("data:image/png;base64,iVBORw0K")).run_by.logo.starts_with("data:"));
  for (const std::string logo :
       {"https://elsewhere.example/l.png", "http://example.org/l.png", "/l.png", "data:text/html;base64,PHA+",
        "data:image/png;base64,", "data:image/png;base64,<script>", "https://example.org/a b", "https://example.org/;x",
        "https://example.org.elsewhere.example/"})
    BOOST_TEST(error_of(with_logo(logo)).find("operator.logo: must be an https URL at a host of the domain") !=
                   std::string::npos,
               logo);
  BOOST_TEST(!read(with_logo("data:image/png;base64," + std::string(17'000, 'A'))).definition.has_value());
}

BOOST_AUTO_TEST_CASE(what_helps_nobody_is_refused) {
  const auto error = [&](const std::string& line) { return error_of(minimal + "[operator]\n" + line + "\n"); };
  BOOST_TEST(error("color = \"red\"").find("operator.color: must be a colour") != std::string::npos);
  BOOST_TEST(error("supportMail = \"help\"").find("operator.supportMail: ") != std::string::npos);
  BOOST_TEST(error("supportPhone = \"call me\"").find("operator.supportPhone: ") != std::string::npos);
  BOOST_TEST(error("supportPage = \"http://example.org\"").find("must be an https URL") != std::string::npos);
  BOOST_TEST(error("appPasswords = \"javascript:x\"").find("must be an https URL") != std::string::npos);
  BOOST_TEST(error("mail = \"a@example.org\"").find("operator.mail: is no known field") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
