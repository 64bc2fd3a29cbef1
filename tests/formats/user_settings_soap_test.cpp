// GetUserSettings (MS-OXWSADISC): what is asked, and the answer setting by setting.
#include "formats/documents.h"
#include "mailconf/publishing.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

std::string asking(const std::string& mailboxes, const std::string& settings) {
  return "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:a=\"x\"><soap:Header/>"
         "<soap:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users>" +
         mailboxes + "</a:Users><a:RequestedSettings>" + settings +
         "</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>";
}

std::string user(const std::string& mailbox) { return "<a:User><a:Mailbox>" + mailbox + "</a:Mailbox></a:User>"; }
std::string setting(const std::string& name) { return "<a:Setting>" + name + "</a:Setting>"; }

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

UserSettingsAnswer found() {
  UserSettingsAnswer answer;
  answer.outcome = UserOutcome::found;
  answer.address = EmailAddress::parse("a@example.org").value();
  const auto server = [](ServerType type, std::uint16_t port, SocketType socket) {
    return Server{type, "mail.example.org", port, socket, {Authentication::password_cleartext}, "a@example.org", ""};
  };
  answer.settings.incoming = {server(ServerType::imap, 993, SocketType::ssl),
                              server(ServerType::imap, 143, SocketType::starttls),
                              server(ServerType::pop3, 110, SocketType::plain)};
  answer.settings.outgoing = {server(ServerType::smtp, 465, SocketType::ssl)};
  return answer;
}

// Without white space between the elements.
std::string answer_to(const std::string& name, const UserSettingsAnswer& answer = found()) {
  std::string flat;
  for (const char c : write_user_settings({{"a@example.org"}, {name}}, {answer})) {
    if (c == '\n')
      while (flat.ends_with(' ')) flat.pop_back();
    if (c != '\n' && !(c == ' ' && flat.ends_with('>'))) flat += c;
  }
  return flat;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(user_settings)

BOOST_AUTO_TEST_CASE(users_and_settings_are_read) {
  const auto read = read_user_settings_request(
      asking(user("a@example.org") + user("b@example.org"), setting("ExternalEwsUrl") + setting("ExternalEwsUrl")));
  BOOST_TEST_REQUIRE(read.has_value());
  BOOST_TEST(read->mailboxes == (std::vector<std::string>{"a@example.org", "b@example.org"}),
             boost::test_tools::per_element());
  BOOST_TEST(read->settings == std::vector<std::string>{"ExternalEwsUrl"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_such_request_or_too_large_is_refused) {
  const auto one = user("a@example.org");
  std::string many;
  for (int i = 0; i < 101; ++i) many += setting("S" + std::to_string(i));
  for (const auto& bytes : {std::string("<Envelope><Body/></Envelope>"), std::string("<a/>"), asking("", setting("S")),
                            asking(one, ""), asking(one, setting("a b")), asking(one, setting("&lt;")),
                            asking(one, many), asking(repeated(one, 11), setting("S"))})
    BOOST_TEST(!read_user_settings_request(bytes).has_value());
}

BOOST_AUTO_TEST_CASE(connections_list_the_encrypted_servers_of_a_protocol) {
  const auto text = answer_to("ExternalImap4Connections");
  BOOST_TEST(holds(text,
                   "<UserSetting i:type=\"ProtocolConnectionCollectionSetting\">"
                   "<Name>ExternalImap4Connections</Name><ProtocolConnections><ProtocolConnection>"
                   "<Hostname>mail.example.org</Hostname><Port>993</Port><EncryptionMethod>SSL</EncryptionMethod>"
                   "</ProtocolConnection><ProtocolConnection><Hostname>mail.example.org</Hostname>"
                   "<Port>143</Port><EncryptionMethod>TLS</EncryptionMethod></ProtocolConnection>"));
  BOOST_TEST(holds(answer_to("InternalSmtpConnections"), "<Port>465</Port>"));
}

BOOST_AUTO_TEST_CASE(what_there_is_not_is_said_setting_by_setting) {
  for (const std::string name : {"ExternalPop3Connections", "ExternalEwsUrl", "UserDN", "Imap4Connections"})
    BOOST_TEST(holds(answer_to(name),
                     "<UserSettingErrors><UserSettingError><ErrorCode>SettingIsNotAvailable</ErrorCode>"
                     "<SettingName>" +
                         name + "</SettingName>"));
}

BOOST_AUTO_TEST_CASE(the_name_of_a_user_is_the_address) {
  BOOST_TEST(holds(answer_to("UserDisplayName"),
                   "<UserSetting i:type=\"StringSetting\"><Name>UserDisplayName</Name>"
                   "<Value>a@example.org</Value>"));
}

BOOST_AUTO_TEST_CASE(the_address_of_exchange_web_services_is_told) {
  auto answer = found();
  answer.settings.incoming.push_back({ServerType::ews,
                                      "",
                                      0,
                                      SocketType::ssl,
                                      {Authentication::http_basic},
                                      "",
                                      "https://ews.example.org/EWS/Exchange.asmx"});
  BOOST_TEST(holds(answer_to("ExternalEwsUrl", answer), "<Value>https://ews.example.org/EWS/Exchange.asmx</Value>"));
}

BOOST_AUTO_TEST_CASE(users_who_are_not_answered_get_no_settings) {
  UserSettingsAnswer unknown;
  const auto text = answer_to("ExternalImap4Connections", unknown);
  BOOST_TEST(holds(text, "<UserResponse><ErrorCode>InvalidUser</ErrorCode>"));
  BOOST_TEST(!holds(text, "ExternalImap4Connections"));
  unknown.outcome = UserOutcome::redirect_url;
  unknown.redirect_target = "https://b.example/";
  BOOST_TEST(holds(answer_to("S", unknown),
                   "<ErrorCode>RedirectUrl</ErrorCode><ErrorMessage />"
                   "<RedirectTarget>https://b.example/</RedirectTarget>"));
}

BOOST_AUTO_TEST_CASE(a_refusal_says_why) {
  const auto text = write_user_settings_refusal("this is no GetUserSettings request");
  BOOST_TEST(holds(text, "<ErrorCode>InvalidRequest</ErrorCode>"));
  BOOST_TEST(holds(text, "this is no GetUserSettings request"));
}

BOOST_AUTO_TEST_SUITE_END()
