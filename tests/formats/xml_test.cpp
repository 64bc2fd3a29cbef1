// The wrapper round the XML library, and the encodings.
#include "formats/xml.h"

#include "formats/documents.h"
#include "formats/encoding.h"

using namespace mailconf;
using namespace mailconf::test;
using xml::Document;

namespace {

std::string in_utf16(std::string_view ascii, bool big_endian, bool mark) {
  std::string result = mark ? (big_endian ? "\xfe\xff" : "\xff\xfe") : "";
  for (const char c : ascii) result += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return result;
}

std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "<a>";
  for (int i = 0; i < depth; ++i) text += "</a>";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(X35_every_encoding_gives_the_same_settings) {
  const auto expected = read(minimal_document).settings;
  const auto utf16 = edited("UTF-8", "UTF-16");
  BOOST_TEST((read("\xef\xbb\xbf" + minimal_document).settings == expected));
  for (const bool big_endian : {false, true}) {
    BOOST_TEST((read(in_utf16(utf16, big_endian, true)).settings == expected));
    BOOST_TEST((read(in_utf16(utf16, big_endian, false)).settings == expected));
  }
  BOOST_TEST((read(edited("UTF-8", "us-ascii")).settings == expected));
  BOOST_TEST((read(edited("UTF-8", "windows-1252")).settings == expected));
}

BOOST_AUTO_TEST_CASE(X35_Latin_1_is_decoded_as_declared) {
  const auto document = replaced(edited("UTF-8", "iso-8859-1"), "Example Mail", "M\xfcnchen");
  BOOST_TEST(read(document).settings.provider.display_name == "München");
}

BOOST_AUTO_TEST_CASE(X35_characters_beyond_the_first_plane_are_decoded) {
  const std::string cat = {'\x3d', '\xd8', '\x31', '\xdc'};  // U+1F431, little endian
  BOOST_TEST(decode_document("\xff\xfe" + cat).value() == "🐱");
}

BOOST_AUTO_TEST_CASE(depth_is_bounded) {
  BOOST_TEST(Document::parse(nested(xml::deepest_element)).has_value());
  const auto deeper = Document::parse(nested(xml::deepest_element + 1));
  BOOST_REQUIRE(!deeper.has_value());
  BOOST_TEST((deeper.error().code == ErrorCode::too_large));
}

BOOST_AUTO_TEST_CASE(size_is_bounded) {
  const auto padded = [](std::size_t size) { return "<a>" + std::string(size - 7, ' ') + "</a>"; };
  BOOST_TEST(Document::parse(padded(xml::largest_document)).has_value());
  BOOST_TEST(!Document::parse(padded(xml::largest_document + 1)).has_value());
}

BOOST_AUTO_TEST_CASE(as_deep_a_document_as_fits_is_refused_without_a_crash) {
  BOOST_TEST(!Document::parse(nested(37000)).has_value());
  std::string open;
  while (open.size() + 3 < xml::largest_document) open += "<a>";
  BOOST_TEST(!Document::parse(open).has_value());
}

BOOST_AUTO_TEST_CASE(elements_know_their_line) {
  const auto document = Document::parse("<?xml version=\"1.0\"?>\r\n<a>\n\n  <b\n x='1'/><c/></a>").value();
  BOOST_TEST(document.root().line() == 2U);
  BOOST_TEST(document.root().child("b")->line() == 4U);
  BOOST_TEST(document.root().child("C")->line() == 5U);
}

BOOST_AUTO_TEST_CASE(a_document_may_be_moved) {
  auto first = Document::parse("<a><b/></a>").value();
  const auto second = std::move(first);
  BOOST_TEST(second.root().child("b")->name() == "b");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(building)

BOOST_AUTO_TEST_CASE(everything_is_escaped) {
  xml::Builder builder("a");
  builder.root().attribute("x", "<\"&>").text("</a>&amp;");
  const auto document = Document::parse(builder.text()).value();
  BOOST_TEST(document.root().attribute("x").value() == "<\"&>");
  BOOST_TEST(document.root().text() == "</a>&amp;");
}

BOOST_AUTO_TEST_CASE(what_cannot_stand_in_xml_is_replaced) {
  xml::Builder builder("a");
  builder.root().text("\x01\xff\uffff z");
  const auto document = Document::parse(builder.text());
  BOOST_REQUIRE(document.has_value());
  BOOST_TEST(document->root().text() == "?\ufffd? z");
}

BOOST_AUTO_TEST_CASE(a_built_document_begins_with_its_declaration) {
  xml::Builder builder("a");
  builder.root().leaf("b", "x").leaf("c", "");
  BOOST_TEST(builder.text() == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b>x</b>\n</a>\n");
}

BOOST_AUTO_TEST_SUITE_END()
