// An audit as JSON, SARIF, Markdown and HTML.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include "audit/auditor.h"

namespace mailconf::testing {
namespace {

namespace json = boost::json;

Audit odd_audit() {
  Audit audit;
  audit.domain = "example.org";
  audit.findings.push_back({"autoconfig-html",
                            Severity::warning,
                            "https://example.org/<script>",
                            "it says \"<b>&\" and | more",
                            {{"https://example.org/", "200 text/html, 5 octets"}},
                            {"Thunderbird", "K-9 Mail"},
                            "answer 404"});
  return audit;
}

std::string document_of(AuditFormat format, const std::vector<Audit>& audits) {
  AuditDocument document(format);
  auto text = document.begin();
  for (const auto& audit : audits) text += document.add(audit);
  return text + document.end();
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(json_tells_the_counts_and_each_finding) {
  const auto read = json::parse(write_audit_json(odd_audit(), false)).as_object();
  BOOST_TEST(read.at("warnings").as_int64() == 1);
  BOOST_TEST(read.at("errors").as_int64() == 0);
  const auto& finding = read.at("findings").as_array().at(0).as_object();
  BOOST_TEST(finding.at("code").as_string() == "autoconfig-html");
  BOOST_TEST(finding.at("affects").as_array().size() == 2U);
  BOOST_TEST(!read.contains("incomplete"));
}

BOOST_AUTO_TEST_CASE(sarif_of_any_number_of_domains_is_one_run_with_a_rule_a_code) {
  for (const std::size_t domains : {0U, 1U, 3U}) {
    const std::vector<Audit> audits(domains, odd_audit());
    const auto read = json::parse(document_of(AuditFormat::sarif, audits)).as_object();
    BOOST_TEST(read.at("version").as_string() == "2.1.0");
    const auto& run = read.at("runs").as_array().at(0).as_object();
    BOOST_TEST(run.at("results").as_array().size() == domains);
    BOOST_TEST(run.at("tool").at("driver").at("rules").as_array().size() == audit_checks().size());
  }
}

BOOST_AUTO_TEST_CASE(every_place_of_a_certificate_is_in_every_document) {
  Audit audit = odd_audit();
  audit.findings.front().also_at = {"second.example:465", "third.example:587"};
  const auto sarif = json::parse(document_of(AuditFormat::sarif, {audit})).as_object();
  const auto& result = sarif.at("runs").as_array().front().as_object().at("results").as_array().front().as_object();
  BOOST_TEST(result.at("locations").as_array().size() == 3U);
  const auto written = json::parse(write_audit_json(audit, false)).as_object();
  BOOST_TEST(written.at("findings").as_array().front().as_object().at("alsoAt").as_array().size() == 2U);
  for (const auto format : {AuditFormat::markdown, AuditFormat::html})
    BOOST_TEST(document_of(format, {audit}).find(", second.example:465, third.example:587") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sarif_of_a_clean_domain_before_another_stays_json) {
  Audit clean;
  clean.domain = "example.net";
  const auto read = json::parse(document_of(AuditFormat::sarif, {clean, odd_audit(), clean, odd_audit()})).as_object();
  BOOST_TEST(read.at("runs").as_array().at(0).at("results").as_array().size() == 2U);
}

BOOST_AUTO_TEST_CASE(html_is_one_page_in_which_nothing_published_is_markup) {
  const auto page = document_of(AuditFormat::html, {odd_audit(), odd_audit()});
  BOOST_TEST(page.starts_with("<!DOCTYPE html>"));
  BOOST_TEST(page.ends_with("</html>\n"));
  BOOST_TEST(holds(page, "https://example.org/&lt;script&gt;"));
  BOOST_TEST(!holds(page, "<script"));
  BOOST_TEST(!holds(page, "src="));
  BOOST_TEST(holds(page, "<article class=\"warning\">"));
}

BOOST_AUTO_TEST_CASE(markdown_escapes_what_it_would_take_for_markup) {
  const auto text = document_of(AuditFormat::markdown, {odd_audit()});
  BOOST_TEST(text.starts_with("# mailconf check\n"));
  BOOST_TEST(holds(text, "## example.org"));
  BOOST_TEST(holds(text, "it says \"\\<b\\>&\" and \\| more"));
}

BOOST_AUTO_TEST_CASE(a_page_has_no_gaps) {
  for (const auto format : {AuditFormat::html, AuditFormat::markdown})
    BOOST_TEST(!holds(document_of(format, {odd_audit(), odd_audit()}), "\n\n\n"));
}

BOOST_AUTO_TEST_CASE(a_clean_domain_is_said_to_be_so) {
  Audit clean;
  clean.domain = "example.net";
  BOOST_TEST(holds(document_of(AuditFormat::markdown, {clean}), "Nothing to complain about."));
  clean.complete = false;
  clean.incomplete = "interrupted";
  const auto text = document_of(AuditFormat::html, {clean});
  BOOST_TEST(!holds(text, "Nothing to complain about."));
  BOOST_TEST(holds(text, "Not everything could be asked: interrupted"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
