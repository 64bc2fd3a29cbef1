// URLs: of questions, of redirects, and in documents.
#include "model/url.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace mailconf;
namespace data = boost::unit_test::data;

namespace {

std::string normal(std::string_view text) {
  const auto url = Url::parse(text);
  return url ? url->text() : "refused: " + url.error().message;
}
bool mentions(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

struct Reference {
  const char* reference;
  const char* result;
};
std::ostream& operator<<(std::ostream& stream, const Reference& row) { return stream << row.reference; }

struct Spelling {
  const char* text;
  const char* normal;
};
std::ostream& operator<<(std::ostream& stream, const Spelling& row) { return stream << row.text; }

// RFC 3986 §5.4, seen from http://a.example/b/c/d?q, as far as http references go.
const Reference references[] = {
    {"g", "http://a.example/b/c/g"},      {"./g", "http://a.example/b/c/g"},
    {"g/", "http://a.example/b/c/g/"},    {"/g", "http://a.example/g"},
    {"//g.example", "http://g.example/"}, {"?y", "http://a.example/b/c/d?y"},
    {"g?y", "http://a.example/b/c/g?y"},  {"#s", "http://a.example/b/c/d?q"},
    {"g#s", "http://a.example/b/c/g"},    {"", "http://a.example/b/c/d?q"},
    {".", "http://a.example/b/c/"},       {"./", "http://a.example/b/c/"},
    {"..", "http://a.example/b/"},        {"../g", "http://a.example/b/g"},
    {"../..", "http://a.example/"},       {"../../../../g", "http://a.example/g"},
    {"/./g", "http://a.example/g"},       {"/../g", "http://a.example/g"},
    {"g.", "http://a.example/b/c/g."},    {"./g/.", "http://a.example/b/c/g/"},
    {"g/../h", "http://a.example/b/c/h"}, {"https://other.example/x", "https://other.example/x"},
};

const Spelling spellings[] = {
    {"HTTPS://Example.ORG", "https://example.org/"},
    {" https://example.org/a ", "https://example.org/a"},
    {"https://example.org:443/", "https://example.org/"},
    {"http://example.org:80/", "http://example.org/"},
    {"http://example.org:443/", "http://example.org:443/"},
    {"https://example.org:/", "https://example.org/"},
    {"https://example.org?q=1", "https://example.org/?q=1"},
    {"https://example.org/?q=a?b#frag", "https://example.org/?q=a?b"},
    {"https://m\u00fcnchen.example/", "https://xn--mnchen-3ya.example/"},
    {"https://[2001:DB8::1]:8443/x", "https://[2001:db8::1]:8443/x"},
    {"https://192.0.2.1/", "https://192.0.2.1/"},
    {"https://example.org/a b\u00e9\"<>", "https://example.org/a%20b%C3%A9%22%3C%3E"},
    {"https://example.org/%41%2e", "https://example.org/%41%2e"},
    {"https://example.org/a/../b/./c", "https://example.org/b/c"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_url_has_one_spelling, data::make(spellings), row) { BOOST_TEST(normal(row.text) == row.normal); }

BOOST_DATA_TEST_CASE(S7_other_schemes_are_refused,
                     data::make({"javascript:alert(1)", "data:text/html,x", "data:image/svg+xml,x",
                                 "imap://example.org/", "file:///etc/passwd", "ftp://example.org/",
                                 "httpss://example.org/"}),
                     text) {
  BOOST_TEST(mentions(normal(text), "is not allowed here"));
}

BOOST_AUTO_TEST_CASE(S8_surplus_slashes_are_dropped) {
  BOOST_TEST(normal("https:////example.com/") == "https://example.com/");
}

BOOST_AUTO_TEST_CASE(S9_a_broken_url_is_told_apart_from_a_wrong_scheme) {
  BOOST_TEST(mentions(normal("https://unparsable::"), "its port"));
  BOOST_TEST(mentions(normal("https://exa mple.org/"), "its host"));
  BOOST_TEST(mentions(normal("example.org/x"), "does not begin with a scheme"));
}

BOOST_DATA_TEST_CASE(these_are_no_urls,
                     data::make({"",
                                 "https",
                                 "https:",
                                 "https:/example.org",
                                 "https:example.org",
                                 "https://",
                                 "https:///",
                                 "https://user@example.org/",
                                 "https://user:pw@example.org/",
                                 "https://a_b.example.org/",
                                 "https://example.org:0/",
                                 "https://example.org:65536/",
                                 "https://example.org:+1/",
                                 "https://example.org:9x/",
                                 "https://2001:db8::1/",
                                 "https://[2001:db8::1/",
                                 "https://[192.0.2.1]/",
                                 "https://[2001:db8::1]x/",
                                 "https://example.org\\@evil.example/",
                                 "https://example.org/\r\nX: y",
                                 "https://exa%6dple.org/",
                                 "https:// example.org/"}),
                     text) {
  BOOST_TEST(!Url::parse(text).has_value());
}

BOOST_AUTO_TEST_CASE(a_url_of_a_megabyte_is_refused_with_a_short_message) {
  const auto message = normal("https://example.org/" + std::string(1024 * 1024, 'a'));
  BOOST_TEST(mentions(message, "longer than 2048 octets"));
  BOOST_TEST(message.size() < 300U);
}

BOOST_DATA_TEST_CASE(references_are_resolved_as_the_rfc_shows, data::make(references), row) {
  const auto base = Url::parse("http://a.example/b/c/d?q").value();
  BOOST_TEST(base.resolve(row.reference).value().text() == row.result);
}

BOOST_AUTO_TEST_CASE(a_redirect_to_another_scheme_is_an_error) {
  BOOST_TEST(!Url::parse("https://a.example/")->resolve("javascript:alert(1)").has_value());
}

BOOST_AUTO_TEST_CASE(the_text_without_query_keeps_addresses_out_of_traces) {
  const auto url = Url::parse("https://autoconfig.example.org:8443/x?emailaddress=a%40example.org").value();
  BOOST_TEST(url.text_without_query() == "https://autoconfig.example.org:8443/x");
  BOOST_TEST(url.authority() == "autoconfig.example.org:8443");
}

BOOST_AUTO_TEST_CASE(S13_a_plus_is_encoded_in_queries) {
  BOOST_TEST(encode_query_value("user+tag@example.com") == "user%2Btag%40example.com");
}

BOOST_AUTO_TEST_CASE(S17_a_dot_is_not_encoded) {
  BOOST_TEST(encode_query_value("first.last@example.com") == "first.last%40example.com");
}

BOOST_AUTO_TEST_CASE(every_other_octet_is_encoded) {
  BOOST_TEST(encode_query_value("a&b=c#d%\xc3\xa9~_-") == "a%26b%3Dc%23d%25%C3%A9~_-");
}

BOOST_AUTO_TEST_CASE(pages_in_documents_keep_their_fragment) {
  BOOST_TEST(parse_document_url("https://mail.example.org/?ui=2#settings/imap", {"https"}).value() ==
             "https://mail.example.org/?ui=2#settings/imap");
}

BOOST_AUTO_TEST_CASE(a_document_may_use_the_schemes_of_its_protocol) {
  BOOST_TEST(parse_document_url("WSS://chat.example.org:5281/ws", {"https", "wss"}).value() ==
             "wss://chat.example.org:5281/ws");
  BOOST_TEST(!parse_document_url("http://dav.example.org/", {"https"}).has_value());
}
