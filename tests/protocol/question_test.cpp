#include "protocol/question.h"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace mailconf;

namespace {

Url url(std::string_view text) { return *Url::parse(text); }

}  // namespace

BOOST_AUTO_TEST_SUITE(questions)

BOOST_AUTO_TEST_CASE(a_target_says_what_is_asked_of_whom) {
  const std::pair<Question, std::string> rows[] = {
      {DnsQuestion{RecordType::addresses, "imap.example.org"}, "A/AAAA imap.example.org"},
      {DnsQuestion{RecordType::mx, "example.org"}, "MX example.org"},
      {DnsQuestion{RecordType::srv, "_imaps._tcp.example.org"}, "_imaps._tcp.example.org"},
      {DnsQuestion{RecordType::txt, "example.org"}, "TXT example.org"},
      {DnsQuestion{RecordType::ns, "example.org"}, "NS example.org"},
      {ProbeQuestion{ServerType::imap, "imap.example.org", 993, SocketType::ssl}, "imap.example.org:993 (imap, SSL)"},
      {ProbeQuestion{ServerType::smtp, "192.0.2.1", 587, SocketType::starttls}, "192.0.2.1:587 (smtp, STARTTLS)"},
      {ProbeQuestion{ServerType::pop3, "2001:db8::1", 110, SocketType::plain}, "[2001:db8::1]:110 (pop3, plain)"},
  };
  for (const auto& [question, text] : rows) BOOST_TEST(target(question) == text);
}

BOOST_AUTO_TEST_CASE(the_target_of_a_request_leaves_out_the_query) {
  BOOST_TEST(
      target(HttpQuestion{url("https://autoconfig.example.org/mail/config-v1.1.xml?emailaddress=alice%40x.org")}) ==
      "https://autoconfig.example.org/mail/config-v1.1.xml");
}

BOOST_AUTO_TEST_CASE(questions_of_the_same_name_differ_in_type_and_protocol) {
  const std::set<Question> questions{
      DnsQuestion{RecordType::mx, "example.org"},
      DnsQuestion{RecordType::txt, "example.org"},
      DnsQuestion{RecordType::mx, "example.org"},
      ProbeQuestion{ServerType::imap, "example.org", 143, SocketType::starttls},
      ProbeQuestion{ServerType::imap, "example.org", 143, SocketType::plain},
  };
  BOOST_TEST(questions.size() == 4U);
}

BOOST_AUTO_TEST_CASE(every_failure_has_a_name_of_its_own) {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(FailureKind::not_asked); ++kind)
    names.insert(to_string(static_cast<FailureKind>(kind)));
  BOOST_TEST(names.size() == 16U);
  BOOST_TEST(!names.contains(""));
}

BOOST_AUTO_TEST_SUITE_END()
