// What cannot be used, and what people are told about it.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"
#include "formats/xml.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

struct Row {
  const char* file;
  const char* message;
};
std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.file; }

// X25, X32, X33, X35, X36.
const Row table[] = {
    {"binary.xml", "line 1: a control character stands here: is this a binary file?"},
    {"deep.xml", "elements are nested deeper than 32"},
    {"empty.xml", "the document is empty"},
    {"entity-bomb.xml", "line 2: a DOCTYPE is not allowed"},
    {"external-entity.xml", "line 2: a DOCTYPE is not allowed"},
    {"login-portal.xml", "this is an HTML page, not XML"},
    {"lone-surrogate.xml", "the text is not valid UTF-16"},
    {"mismatched.xml", "line 3: an end tag does not match its start tag"},
    {"not-found.json.xml", "this is JSON, not XML"},
    {"nothing-usable.xml",
     "line 2, emailProvider: no usable incomingServer (line 4, incomingServer 1: left out: the port \"0\" is no number "
     "from "
     "1 to 65535; line 11, incomingServer 2: left out: the type \"imap5\" is not known here)"},
    {"odd-utf-16.xml", "the UTF-16 text ends inside a character"},
    {"old-web-page.xml", "this is an HTML page, not XML"},
    {"plain-text.xml", "this is plain text, not XML"},
    {"truncated.xml", "the document is truncated"},
    {"two-roots.xml", "line 2: something follows the root element"},
    {"unknown-encoding.xml", "line 1: the encoding \"windows-1257\" is not supported"},
    {"white-space.xml", "the document is empty"},
    {"wrong-encoding.xml", "line 4: the text is not valid UTF-8"},
    {"wrong-root.xml", "line 2, Autodiscover: the root element is Autodiscover, not clientConfig"},
};

const std::filesystem::path folder = TEST_DATA "/corpus/autoconfig/refused";

}  // namespace

BOOST_DATA_TEST_CASE(X32_X33_X36_each_refused_file_is_refused_with_its_reason, data::make(table), row) {
  const auto message = refusal(file_contents(folder / row.file));
  BOOST_TEST(mentions(message, row.message), message);
}

BOOST_AUTO_TEST_CASE(every_refused_file_has_its_reason) {
  std::vector<std::string> found;
  for (const auto& path : xml_files(folder)) found.push_back(path.filename());
  std::vector<std::string> expected;
  for (const auto& row : table) expected.emplace_back(row.file);
  expect_lines(found, expected);
}

BOOST_AUTO_TEST_CASE(X25_a_file_without_incoming_server_is_refused) {
  const auto begin = minimal_document.find("<incomingServer");
  const auto end = minimal_document.find("<outgoingServer");
  BOOST_TEST(refusal(minimal_document.substr(0, begin) + minimal_document.substr(end)) ==
             "line 3, emailProvider: there is no incomingServer");
}

BOOST_AUTO_TEST_CASE(a_file_without_provider_is_refused) {
  BOOST_TEST(refusal("<clientConfig version=\"1.2\"/>") == "line 1, clientConfig: there is no emailProvider element");
}

BOOST_AUTO_TEST_CASE(X36_ten_megabytes_are_refused_unread) {
  const auto result =
      read_autoconfig_xml(edited("<domain>", std::string(10 * 1024 * 1024, ' ')), domain("example.org"));
  BOOST_REQUIRE(!result.has_value());
  BOOST_TEST((result.error().code == ErrorCode::too_large));
}

BOOST_AUTO_TEST_CASE(X36_entities_other_than_the_five_stay_what_they_are) {
  BOOST_TEST(read(edited("Example Mail", "A&amp;B &lt;&gt;&quot;&apos; &foo;")).settings.provider.display_name ==
             "A&B <>\"' &foo;");
}

BOOST_AUTO_TEST_CASE(X33_web_pages_are_recognised) {
  BOOST_TEST(xml::looks_like_html("\n <!-- parked --><HTML><body>"));
  BOOST_TEST(xml::looks_like_html("<!doctype HTML>"));
  BOOST_TEST(xml::looks_like_html("<head></head>"));
  BOOST_TEST(!xml::looks_like_html(minimal_document));
  BOOST_TEST(!xml::looks_like_html("<?xml version=\"1.0\"?><!-- <html> --><clientConfig/>"));
}

BOOST_AUTO_TEST_CASE(X34_a_declaration_is_not_needed) {
  BOOST_TEST(read(minimal_document.substr(minimal_document.find("<clientConfig"))).settings.incoming.size() == 2U);
}
