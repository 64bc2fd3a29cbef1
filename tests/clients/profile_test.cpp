// What is read of Apple's configuration profiles.
#include "clients/profile.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;

namespace {

std::string profile(const std::string& account) {
  return "<plist version=\"1.0\"><dict><key>PayloadContent</key><array><dict><key>PayloadType</key>"
         "<string>com.apple.mail.managed</string>" +
         account + "</dict></array></dict></plist>";
}

std::string text(const std::string& key, const std::string& value) {
  return "<key>" + key + "</key><string>" + value + "</string>";
}

std::string server(const std::string& direction, const std::string& host, int port, bool tls) {
  const std::string prefix = direction + "MailServer";
  return text(prefix + "HostName", host) + "<key>" + prefix + "PortNumber</key><integer>" + std::to_string(port) +
         "</integer><key>" + prefix + "UseSSL</key>" + (tls ? "<true />" : "<false/>");
}

const std::string usual = text("EmailAccountType", "EmailTypeIMAP") +
                          server("Incoming", "imap.example.org", 993, true) +
                          server("Outgoing", "smtp.example.org", 587, true);

Step read(const std::string& body) { return clients::read_profile_answer(HttpAnswer{200, "", "", "", body}); }

std::string line(const Server& each) {
  return std::string(to_string(each.type)) + " " + each.hostname + " " + std::to_string(each.port) + " " +
         std::string(to_string(each.socket_type));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(profile_reading)

BOOST_AUTO_TEST_CASE(the_servers_of_the_account_are_read_and_the_port_tells_how_tls_begins) {
  const auto step = read(profile(usual));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(line(step.found->incoming.at(0)) == "imap imap.example.org 993 SSL");
  BOOST_TEST(line(step.found->outgoing.at(0)) == "smtp smtp.example.org 587 STARTTLS");
}

BOOST_AUTO_TEST_CASE(a_signature_around_it_does_not_hide_it) {
  const std::string signed_profile =
      std::string("\x30\x82\x10\x00", 4) + profile(usual) + std::string("\x00\xff\x31", 3);
  BOOST_TEST(read(signed_profile).found.has_value());
}

BOOST_AUTO_TEST_CASE(without_the_word_for_tls_there_is_no_encryption) {
  const auto step =
      read(profile(text("EmailAccountType", "EmailTypePOP") + server("Incoming", "pop.example.org", 110, false) +
                   server("Outgoing", "smtp.example.org", 25, false)));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(line(step.found->incoming.at(0)) == "pop3 pop.example.org 110 plain");
  BOOST_TEST(line(step.found->outgoing.at(0)) == "smtp smtp.example.org 25 plain");
}

BOOST_AUTO_TEST_CASE(user_names_are_read_as_they_are) {
  const auto step = read(profile(usual + text("IncomingMailServerUsername", "postmaster@example.org") +
                                 text("OutgoingMailServerUsername", "relay")));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(step.found->incoming.at(0).username == "postmaster@example.org");
  BOOST_TEST(step.found->outgoing.at(0).username == "relay");
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_profile) {
  for (const auto* body : {"", "<html></html>", "<string>com.apple.mail.managed</string>", "<dict>", "</dict>"})
    BOOST_TEST(!read(body).found, body);
}

BOOST_AUTO_TEST_SUITE_END()
