// Settings as the JSON of PACC: what it can say is read back, what it cannot is left out.
#include "formats/documents.h"
#include "mailconf/publishing.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

using enum Authentication;

Server server(ServerType type, std::uint16_t port) {
  return {type,
          std::string(to_string(type)) + ".example.org",
          port,
          SocketType::ssl,
          {password_cleartext},
          "%EMAILADDRESS%",
          ""};
}

Settings minimal() {
  Settings settings;
  settings.provider.id = "example.org";
  settings.provider.display_name = "Example";
  settings.provider.domains = {domain("example.org")};
  settings.incoming = {server(ServerType::imap, 993)};
  settings.outgoing = {server(ServerType::smtp, 465)};
  return settings;
}

std::string written(const Settings& settings) {
  const auto text = write_pacc_json(settings);
  BOOST_TEST_REQUIRE(text.has_value());
  return *text;
}

Settings read_back(const Settings& settings) {
  const auto read = read_pacc_json(written(settings), domain("example.org"));
  BOOST_TEST_REQUIRE(read.has_value());
  return read->settings;
}

Service service(ServiceType type, const std::string& url) {
  return {type, url, "", 0, SocketType::ssl, {http_basic}, "%EMAILADDRESS%"};
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(pacc_writer)

BOOST_AUTO_TEST_CASE(the_octets_are_these) {
  BOOST_TEST(written(minimal()) ==
             R"({"protocols":{"imap":{"host":"imap.example.org"},"submit":{"host":"smtp.example.org"},)"
             R"("smtp":{"host":"smtp.example.org"}},"authentication":{"password":true},)"
             R"("info":{"provider":{"name":"Example"}}})");
}

BOOST_AUTO_TEST_CASE(what_was_written_is_read_back) {
  auto settings = minimal();
  settings.provider.display_short_name = "Ex";
  settings.incoming.push_back(server(ServerType::pop3, 995));
  settings.services = {service(ServiceType::caldav, "https://dav.example.org/cal/"),
                       service(ServiceType::carddav, "https://dav.example.org/card/")};
  settings.documentation = {{"https://help.example.org/", {}}};
  BOOST_TEST((read_back(settings) == settings));
}

BOOST_AUTO_TEST_CASE(servers_at_other_ports_or_with_starttls_are_left_out) {
  auto settings = minimal();
  settings.outgoing = {server(ServerType::smtp, 587)};
  settings.outgoing.front().socket_type = SocketType::starttls;
  settings.incoming.push_back(server(ServerType::pop3, 1995));
  const auto text = written(settings);
  BOOST_TEST(!holds(text, "submit"));
  BOOST_TEST(!holds(text, "pop3"));
}

BOOST_AUTO_TEST_CASE(a_user_name_that_is_not_the_address_cannot_be_said) {
  auto settings = minimal();
  settings.incoming.front().username = "%EMAILLOCALPART%";
  BOOST_TEST(!write_pacc_json(settings).has_value());
  settings.incoming.front().username = "%EMAILLOCALPART%@example.org";
  BOOST_TEST(write_pacc_json(settings).has_value());
}

BOOST_AUTO_TEST_CASE(the_second_server_is_told_where_the_first_cannot_be) {
  auto settings = minimal();
  settings.incoming.insert(settings.incoming.begin(), server(ServerType::imap, 143));
  settings.incoming.front().hostname = "old.example.org";
  BOOST_TEST(holds(written(settings), "\"imap.example.org\""));
}

BOOST_AUTO_TEST_CASE(services_need_https_at_its_port_and_a_path) {
  for (const std::string url : {"https://dav.example.org/", "https://dav.example.org:8443/cal/",
                                "http://dav.example.org/cal/", "https://dav.example.org/%EMAILADDRESS%/"}) {
    auto settings = minimal();
    settings.services = {service(ServiceType::caldav, url)};
    BOOST_TEST(!holds(written(settings), "caldav"));
  }
}

BOOST_AUTO_TEST_CASE(jmap_alone_is_enough) {
  auto settings = minimal();
  settings.incoming = {
      {ServerType::jmap, "", 0, SocketType::ssl, {http_basic}, "%EMAILADDRESS%", "https://jmap.example.org/session"}};
  settings.outgoing.clear();
  BOOST_TEST(holds(written(settings), R"("jmap":{"url":"https://jmap.example.org/session"})"));
}

BOOST_AUTO_TEST_CASE(the_issuer_of_tokens_is_told_when_all_take_them) {
  auto settings = minimal();
  settings.oauth2.emplace().issuer = "auth.example.org";
  BOOST_TEST(!holds(written(settings), "oauth-public"));
  for (auto* servers : {&settings.incoming, &settings.outgoing})
    servers->front().authentication = {oauth2, password_cleartext};
  BOOST_TEST(holds(written(settings),
                   R"("authentication":{"oauth-public":{"issuer":"https://auth.example.org"},"password":true})"));
}

BOOST_AUTO_TEST_CASE(servers_that_take_tokens_alone_need_an_issuer) {
  auto settings = minimal();
  for (auto* servers : {&settings.incoming, &settings.outgoing}) servers->front().authentication = {oauth2};
  BOOST_TEST(!write_pacc_json(settings).has_value());
  settings.oauth2.emplace().issuer = "https://auth.example.org/tenant";
  BOOST_TEST(holds(written(settings), R"("issuer":"https://auth.example.org/tenant"},"password":false)"));
}

BOOST_AUTO_TEST_CASE(a_server_that_takes_no_password_is_not_told_beside_others_that_do) {
  auto settings = minimal();
  settings.outgoing.front().authentication = {oauth2};
  BOOST_TEST(!holds(written(settings), "submit"));
}

BOOST_AUTO_TEST_CASE(names_that_are_too_long_are_left_out) {
  auto settings = minimal();
  settings.provider.display_name = std::string(61, 'x');
  settings.provider.display_short_name = std::string(21, 'x');
  BOOST_TEST(holds(written(settings), R"("provider":{"name":"example.org"})"));
}

BOOST_AUTO_TEST_SUITE_END()
