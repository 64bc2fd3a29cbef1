// What publishers are told before strict clients refuse their settings.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>

#include "mailconf/settings.h"

using namespace mailconf;

namespace {

Server server(ServerType type, std::string hostname, std::uint16_t port, SocketType socket_type) {
  Server result;
  result.type = type;
  result.hostname = std::move(hostname);
  result.port = port;
  result.socket_type = socket_type;
  result.authentication = {Authentication::password_cleartext};
  result.username = "%EMAILADDRESS%";
  return result;
}

Settings good() {
  Settings settings;
  settings.provider.id = "example.org";
  settings.provider.display_name = "Example Mail";
  settings.provider.display_short_name = "Example";
  settings.provider.domains = {DomainName::parse("example.org").value()};
  settings.incoming = {server(ServerType::imap, "imap.example.org", 993, SocketType::ssl),
                       server(ServerType::imap, "imap.example.org", 143, SocketType::starttls),
                       server(ServerType::pop3, "pop.%EMAILDOMAIN%", 995, SocketType::ssl)};
  settings.outgoing = {server(ServerType::smtp, "smtp.example.org", 465, SocketType::ssl)};
  return settings;
}

// "code place" of everything found after one edit of good settings.
std::vector<std::string> found_after(const std::function<void(Settings&)>& edit) {
  auto settings = good();
  edit(settings);
  std::vector<std::string> result;
  for (const auto& diagnostic : lint(settings)) result.push_back(diagnostic.code + " " + diagnostic.place);
  return result;
}

void expect(const std::function<void(Settings&)>& edit, const std::vector<std::string>& expected) {
  const auto found = found_after(edit);
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_CASE(good_settings_pass) {
  expect([](Settings&) {}, {});
}

BOOST_AUTO_TEST_CASE(row_34_the_id_is_a_host_name_without_placeholders) {
  expect([](Settings& s) { s.provider.id = "%EMAILDOMAIN%"; }, {"bad-id id"});
  expect([](Settings& s) { s.provider.id = ""; }, {"bad-id id"});
}

BOOST_AUTO_TEST_CASE(row_34_a_domain_is_listed) {
  expect([](Settings& s) { s.provider.domains.clear(); }, {"missing-domain domains"});
}

BOOST_AUTO_TEST_CASE(row_34_each_server_is_complete) {
  expect([](Settings& s) { s.incoming[1].hostname = ""; }, {"bad-hostname incoming[1].hostname"});
  expect([](Settings& s) { s.incoming[1].hostname = "imap_example"; }, {"bad-hostname incoming[1].hostname"});
  expect([](Settings& s) { s.outgoing[0].port = 0; }, {"bad-port outgoing[0].port"});
  expect([](Settings& s) { s.outgoing[0].username = ""; }, {"missing-username outgoing[0].username"});
  expect([](Settings& s) { s.incoming[0].authentication.clear(); },
         {"missing-authentication incoming[0].authentication"});
}

BOOST_AUTO_TEST_CASE(row_34_each_server_takes_a_login_that_every_client_knows) {
  expect(
      [](Settings& s) {
        s.incoming[0].authentication = {Authentication::gssapi, Authentication::ntlm};
      },
      {"rare-authentication incoming[0].authentication"});
  expect(
      [](Settings& s) {
        s.incoming[0].authentication = {Authentication::gssapi, Authentication::password_encrypted};
      },
      {});
}

BOOST_AUTO_TEST_CASE(row_34_there_are_servers_for_reading_and_for_sending) {
  expect([](Settings& s) { s.incoming.clear(); }, {"missing-incoming incoming"});
  expect([](Settings& s) { s.outgoing.clear(); }, {"missing-outgoing outgoing"});
}

BOOST_AUTO_TEST_CASE(row_35_unencrypted_servers_are_warned_about) {
  expect([](Settings& s) { s.incoming[1].socket_type = SocketType::plain; }, {"plain-socket incoming[1].socketType"});
}

BOOST_AUTO_TEST_CASE(row_37_clients_take_the_first_server) {
  expect([](Settings& s) { std::ranges::rotate(s.incoming, s.incoming.end() - 1); }, {"pop3-first incoming"});
  expect([](Settings& s) { std::swap(s.incoming[0], s.incoming[1]); }, {"weaker-first incoming[0]"});
}

BOOST_AUTO_TEST_CASE(row_37_pop3_alone_is_no_fault_of_order_but_leaves_clients_out) {
  expect([](Settings& s) { s.incoming.erase(s.incoming.begin(), s.incoming.begin() + 2); }, {"pop3-only incoming"});
}

BOOST_AUTO_TEST_CASE(the_port_between_mail_servers_is_not_for_clients) {
  expect(
      [](Settings& s) {
        s.outgoing[0].port = 25;
        s.outgoing[0].socket_type = SocketType::starttls;
      },
      {"relay-port outgoing[0].port"});
}

BOOST_AUTO_TEST_CASE(a_user_name_differs_from_user_to_user) {
  expect([](Settings& s) { s.incoming[0].username = "alice"; }, {"fixed-username incoming[0].username"});
  expect([](Settings& s) { s.incoming[0].username = "x-%EMAILLOCALPART%"; }, {});
}

BOOST_AUTO_TEST_CASE(texts_of_a_template_that_nobody_filled_in_are_found) {
  expect([](Settings& s) { s.provider.display_name = "{{ company }} Mail"; }, {"template-text displayName"});
  expect([](Settings& s) { s.provider.display_short_name = "${short}"; }, {"template-text displayShortName"});
  expect([](Settings& s) { s.outgoing[0].username = "%server/smtp/login/%"; }, {"template-text outgoing[0].username"});
  expect([](Settings& s) { s.provider.display_name = "50% off / 100% mail"; }, {});
  Service calendar;
  calendar.url = "https://dav.example.org/%C3%A4bc/%C3%B6/";
  expect([&](Settings& s) { s.services = {calendar}; }, {});
}

BOOST_AUTO_TEST_CASE(who_takes_tokens_says_who_gives_them_out) {
  const auto takes_tokens = [](Settings& s) {
    s.outgoing[0].authentication = {Authentication::oauth2, Authentication::password_cleartext};
  };
  expect(takes_tokens, {"missing-oauth2 oauth2"});
  expect(
      [&](Settings& s) {
        takes_tokens(s);
        s.oauth2 = OAuth2{"https://login.example.org", "", "", "", ""};
      },
      {});
}

BOOST_AUTO_TEST_CASE(every_rule_says_what_is_wrong_and_what_to_do_and_has_a_code_of_its_own) {
  std::set<std::string_view> codes;
  for (const auto& rule : lint_rules()) {
    BOOST_TEST(codes.insert(rule.code).second, rule.code);
    BOOST_TEST(!rule.sentence.empty(), rule.code);
    BOOST_TEST(!rule.repair.empty(), rule.code);
  }
}

BOOST_AUTO_TEST_CASE(what_was_found_is_part_of_the_sentence) {
  auto settings = good();
  settings.outgoing[0].port = 587;
  BOOST_TEST(lint(settings).front().message == "port 587 is meant for STARTTLS");
}

BOOST_AUTO_TEST_CASE(a_port_goes_with_its_kind_of_encryption) {
  expect([](Settings& s) { s.incoming[0].socket_type = SocketType::starttls; },
         {"unusual-socket incoming[0].socketType"});
  expect([](Settings& s) { s.outgoing[0].port = 587; }, {"unusual-socket outgoing[0].socketType"});
  expect([](Settings& s) { s.outgoing[0].port = 2465; }, {});
}

BOOST_AUTO_TEST_CASE(a_server_stands_in_the_list_of_its_kind) {
  expect([](Settings& s) { s.incoming.push_back(s.outgoing[0]); }, {"wrong-list incoming[3].type"});
  expect([](Settings& s) { s.outgoing.push_back(s.incoming[2]); }, {"wrong-list outgoing[1].type"});
}

BOOST_AUTO_TEST_CASE(names_fit_into_the_windows_of_clients) {
  expect([](Settings& s) { s.provider.display_name.clear(); }, {"missing-display-name displayName"});
  std::string sixty;
  for (int i = 0; i < 60; ++i) sixty += "é";
  expect([&](Settings& s) { s.provider.display_name = sixty; }, {});
  expect([&](Settings& s) { s.provider.display_name = sixty + "x"; }, {"long-display-name displayName"});
  expect([](Settings& s) { s.provider.display_short_name = std::string(21, 'x'); },
         {"long-display-short-name displayShortName"});
}

BOOST_AUTO_TEST_CASE(servers_and_services_at_urls_need_https) {
  Server jmap;
  jmap.type = ServerType::jmap;
  jmap.username = "%EMAILADDRESS%";
  jmap.url = "http://jmap.example.org/";
  expect([&](Settings& s) { s.incoming.push_back(jmap); }, {"bad-url incoming[3].url"});
  Service calendar;
  calendar.url = "https://dav.example.org/%EMAILADDRESS%/";
  expect([&](Settings& s) { s.services = {calendar}; }, {});
  calendar.url = "dav.example.org";
  expect([&](Settings& s) { s.services = {calendar}; }, {"bad-url service[0].url"});
}
