#include "network/dns_message.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;
using namespace std::string_literals;

namespace {

// A reply to "A a.example" with that many answer records, given as bytes.
std::string reply(char second_flags, char answers, const std::string& records) {
  return "\x12\x34\x81"s + second_flags + "\0\1\0"s + answers + "\0\0\0\0"s + "\1a\7example\0\0\1\0\1"s + records;
}

const std::string address = "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1"s;

std::string failure_of(const std::string& bytes) {
  const auto read = read_dns_reply(NameType::a, bytes);
  return read ? "no failure" : read.error().detail;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dns_message)

BOOST_AUTO_TEST_CASE(a_question_is_absolute_and_asks_for_recursion_and_the_AD_bit) {
  const auto query = write_dns_query(NameType::srv, "_imaps._tcp.example.org", 0x1234).value();
  BOOST_TEST(query.substr(0, 4) == "\x12\x34\x01\x20"s);
  BOOST_TEST(query.substr(12, 29) == "\6_imaps\4_tcp\7example\3org\0\0\x21\0\1"s);
}

BOOST_AUTO_TEST_CASE(a_question_names_the_size_that_it_takes_over_UDP) {
  const auto query = write_dns_query(NameType::a, "a.example", 1).value();
  // The OPT record at the end: root, type 41, size 1232.
  BOOST_TEST(query.substr(27, 5) == "\0\0\x29\x04\xd0"s);
}

BOOST_AUTO_TEST_CASE(a_name_with_too_long_a_label_is_refused) {
  const auto query = write_dns_query(NameType::a, std::string(64, 'x') + ".example", 1);
  BOOST_TEST_REQUIRE(!query.has_value());
  BOOST_TEST(query.error().message == "is no name that the DNS can hold");
}

BOOST_AUTO_TEST_CASE(an_address_is_read) {
  BOOST_TEST(read_dns_reply(NameType::a, reply('\x80', 1, address)).value().addresses.front() == "192.0.2.1");
}

BOOST_AUTO_TEST_CASE(the_AD_bit_is_kept) {
  BOOST_TEST(read_dns_reply(NameType::a, reply('\xa0', 1, address)).value().authentic);
  BOOST_TEST(!read_dns_reply(NameType::a, reply('\x80', 1, address)).value().authentic);
}

BOOST_AUTO_TEST_CASE(D10_NXDOMAIN_and_NODATA_are_answers_and_differ) {
  BOOST_TEST(!read_dns_reply(NameType::a, reply('\x83', 0, "")).value().exists);
  const auto no_data = read_dns_reply(NameType::a, reply('\x80', 0, "")).value();
  BOOST_TEST(no_data.exists);
  BOOST_TEST(no_data.addresses.empty());
}

BOOST_AUTO_TEST_CASE(D10_errors_of_the_server_are_failures_by_name) {
  BOOST_TEST(failure_of(reply('\x81', 0, "")) == "answered FORMERR");
  BOOST_TEST(failure_of(reply('\x82', 0, "")) == "answered SERVFAIL");
  BOOST_TEST(failure_of(reply('\x84', 0, "")) == "answered NOTIMP");
  BOOST_TEST(failure_of(reply('\x85', 0, "")) == "answered REFUSED");
  BOOST_TEST(failure_of(reply('\x89', 0, "")) == "answered with error 9");
}

BOOST_AUTO_TEST_CASE(an_alias_that_is_asked_for_is_read_and_none_of_another_name) {
  const std::string alias = "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\4\1B\xc0\x0e"s;
  const std::string next = "\1b\xc0\x0e\0\5\0\1\0\0\0\x3c\0\4\1c\xc0\x0e"s;
  const auto read = read_dns_reply(NameType::cname, reply('\x80', 2, alias + next)).value();
  BOOST_TEST(read.aliases == std::vector<std::string>{"b.example"}, boost::test_tools::per_element());
  BOOST_TEST(read_dns_reply(NameType::cname, reply('\x80', 1, address)).value().aliases.empty());
}

BOOST_AUTO_TEST_CASE(a_pinned_key_is_read_as_it_stands_in_a_zone_file) {
  const std::string pin = "\xc0\x0c\0\x34\0\1\0\0\0\x3c\0\5\3\1\1\xab\x0d"s;
  const auto read = read_dns_reply(NameType::tlsa, reply('\x80', 1, pin)).value();
  BOOST_TEST(read.tlsa == std::vector<std::string>{"3 1 1 ab0d"}, boost::test_tools::per_element());
  const std::string short_pin = "\xc0\x0c\0\x34\0\1\0\0\0\x3c\0\3\3\1\1"s;
  BOOST_TEST(read_dns_reply(NameType::tlsa, reply('\x80', 1, short_pin)).error().detail == "sent malformed records");
}

BOOST_AUTO_TEST_CASE(every_shortened_reply_is_a_failure) {
  const auto whole = reply('\x80', 1, address);
  for (std::size_t size = 0; size < whole.size(); ++size)
    BOOST_TEST(!read_dns_reply(NameType::a, whole.substr(0, size)).has_value(), size);
}

BOOST_AUTO_TEST_CASE(no_octet_changed_at_random_is_read_beyond_the_end) {
  for (const auto type : {NameType::a, NameType::aaaa, NameType::mx, NameType::srv, NameType::txt, NameType::ns,
                          NameType::cname, NameType::tlsa}) {
    const auto whole = reply('\x80', 1, address);
    for (std::size_t at = 0; at < whole.size(); ++at)
      for (const char value : {'\0', '\1', '\x3f', '\xc0', '\xff'}) {
        auto bent = whole;
        bent[at] = value;
        const auto read = read_dns_reply(type, bent);
        BOOST_TEST((read || read.error().kind == FailureKind::dns_failure));
      }
  }
}

BOOST_AUTO_TEST_CASE(D24_a_chain_of_aliases_that_comes_back_to_itself_is_a_failure) {
  // a.example is b.example, and b.example is a.example.
  const std::string there = "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\x0b\1b\7example\0"s;
  const std::string back = "\1b\7example\0\0\5\0\1\0\0\0\x3c\0\2\xc0\x0c"s;
  const auto bytes = reply('\x80', 2, there + back);
  BOOST_TEST(failure_of(bytes) == "sent a chain of aliases (CNAME) that does not end");
  BOOST_TEST(!read_dns_reply(NameType::mx, bytes).has_value());
}

BOOST_AUTO_TEST_CASE(D24_a_chain_of_more_than_sixteen_aliases_is_a_failure) {
  // x.example is A.example, A.example is B.example, …
  const auto name = [](int link) { return "\1"s + static_cast<char>('A' + link) + "\7example\0"s; };
  const auto chain = [&](int links) {
    std::string records = "\xc0\x0c"s;
    for (int i = 0; i < links; ++i) {
      if (i > 0) records += name(i - 1);
      records += "\0\5\0\1\0\0\0\x3c\0\x0b"s;
      records += name(i);
    }
    auto bytes = reply('\x80', static_cast<char>(links), records);
    bytes[13] = 'x';
    return bytes;
  };
  BOOST_TEST(read_dns_reply(NameType::a, chain(16)).has_value());
  BOOST_TEST(failure_of(chain(17)) == "sent a chain of aliases (CNAME) that does not end");
}

BOOST_AUTO_TEST_CASE(an_alias_whose_end_has_no_record_of_the_type_is_no_data) {
  const std::string alias = "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\x0b\1b\7example\0"s;
  const auto read = read_dns_reply(NameType::a, reply('\x80', 1, alias)).value();
  BOOST_TEST(read.exists);
  BOOST_TEST(read.addresses.empty());
}

BOOST_AUTO_TEST_SUITE_END()
