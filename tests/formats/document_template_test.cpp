// Documents whose placeholders are replaced for each request.
#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

std::string xml_for(std::string_view who, std::string document) {
  return DocumentTemplate(std::move(document), DocumentTemplate::Escaping::xml)
      .for_address(EmailAddress::parse(who).value());
}
std::string json_for(std::string_view who, std::string document) {
  return DocumentTemplate(std::move(document), DocumentTemplate::Escaping::json)
      .for_address(EmailAddress::parse(who).value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(document_templates)

BOOST_AUTO_TEST_CASE(placeholders_are_replaced_in_one_pass) {
  BOOST_TEST(xml_for("fred@example.org", "<a>%EMAILADDRESS%</a><b>%emaillocalpart%</b><c>imap.%EMAILDOMAIN%</c>") ==
             "<a>fred@example.org</a><b>fred</b><c>imap.example.org</c>");
  BOOST_TEST(xml_for("%EMAILDOMAIN%@example.org", "<a>%EMAILADDRESS%</a>") == "<a>%EMAILDOMAIN%@example.org</a>");
}

BOOST_AUTO_TEST_CASE(values_are_escaped_for_xml) {
  BOOST_TEST(xml_for("o'hara&sons@example.org", "<a>%EMAILADDRESS%</a>") == "<a>o&#39;hara&amp;sons@example.org</a>");
  BOOST_TEST(xml_for("\"<x>\"@example.org", "<a b=\"%EMAILLOCALPART%\"/>") == "<a b=\"&quot;&lt;x&gt;&quot;\"/>");
}

BOOST_AUTO_TEST_CASE(values_are_escaped_for_json) {
  BOOST_TEST(json_for("\"a\\\\b\"@example.org", R"({"u":"%EMAILADDRESS%"})") == R"({"u":"\"a\\\\b\"@example.org"})");
}

BOOST_AUTO_TEST_CASE(a_local_part_in_a_url_is_percent_encoded) {
  BOOST_TEST(xml_for("a/../b?c@example.org", "<url>https://dav.example.org/%EMAILADDRESS%/</url>") ==
             "<url>https://dav.example.org/a%2F..%2Fb%3Fc@example.org/</url>");
  BOOST_TEST(xml_for("a/b@example.org", "<url>https://dav.example.org/</url><u>%EMAILLOCALPART%</u>") ==
             "<url>https://dav.example.org/</url><u>a/b</u>");
}

BOOST_AUTO_TEST_CASE(an_international_domain_is_written_as_a_labels) {
  BOOST_TEST(xml_for("fred@m\u00fcnchen.example", "%EMAILDOMAIN%") == "xn--mnchen-3ya.example");
}

BOOST_AUTO_TEST_CASE(unknown_placeholders_and_stray_signs_are_left) {
  BOOST_TEST(xml_for("fred@example.org", "100% %REALNAME% %EMAILADDRESS") == "100% %REALNAME% %EMAILADDRESS");
}

BOOST_AUTO_TEST_CASE(the_document_as_given_is_kept) {
  const DocumentTemplate document("x%EMAILDOMAIN%y", DocumentTemplate::Escaping::xml);
  BOOST_TEST(document.unspliced() == "x%EMAILDOMAIN%y");
}

BOOST_AUTO_TEST_CASE(a_spliced_document_reads_as_the_settings_for_the_address) {
  const auto address = EmailAddress::parse("o'hara@example.org").value();
  const auto settings = read(minimal_document).settings;
  const DocumentTemplate document(write_autoconfig_xml(settings), DocumentTemplate::Escaping::xml);
  BOOST_TEST((read(document.for_address(address)).settings == for_address(settings, address).settings));
}

BOOST_AUTO_TEST_SUITE_END()
