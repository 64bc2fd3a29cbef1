// Whoever writes an address or a definition cannot write the page.
#include <boost/test/unit_test.hpp>

#include "guides/page_escapes.h"
#include "subjects.h"

using namespace subjects;

namespace {

constexpr auto kHostile =
    "</p><script>alert('1')</script>\"' onload=\"x\" {{domain}} [a](javascript:b) `code` **c**\n# d";

Operator hostile_operator() { return {kHostile, kHostile, kHostile, kHostile, kHostile, kHostile, kHostile, kHostile}; }

std::vector<GuideSubject> hostile_subjects() {
  GuideSubject by_address = subject_of("\"<script>'{{domain}}&`*\"@example.org");
  GuideSubject by_operator = subject();
  by_operator.run_by = hostile_operator();
  GuideSubject by_settings = subject();
  by_settings.settings.provider.display_name = kHostile;
  by_settings.settings.webmail_url = kHostile;
  by_settings.settings.enable = {{kHostile, {}}};
  for (auto* group : {&by_settings.settings.incoming, &by_settings.settings.outgoing}) {
    for (Server& each : *group) each.username = kHostile;
  }
  return {by_address, by_operator, by_settings};
}

std::vector<std::string> pages(const GuideSubject& subject, TextFormat format) {
  std::vector<std::string> result;
  const auto keep = [&](const Result<std::string>& text) {
    BOOST_TEST_REQUIRE(text.has_value(), (text ? "" : text.error().text()));
    result.push_back(*text);
  };
  for (const auto& title : guide_titles("en")) keep(write_guide(title.id, subject, style(format)));
  for (const auto& title : article_titles("en")) keep(write_article(title.id, subject, style(format)));
  if (format == TextFormat::html) keep(write_setup_page(subject, on_server()));
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(escaping)

BOOST_AUTO_TEST_CASE(no_hostile_text_becomes_html) {
  for (const GuideSubject& subject : hostile_subjects()) {
    for (const std::string& page : pages(subject, TextFormat::html)) {
      for (const char* harm : {"<script>", "</p><", "\" onload", "' onload", "<script>alert"})
        BOOST_TEST(!holds(page, harm), harm << " in " << page);
    }
  }
}

BOOST_AUTO_TEST_CASE(no_hostile_text_becomes_markdown) {
  for (const GuideSubject& subject : hostile_subjects()) {
    for (const std::string& page : pages(subject, TextFormat::markdown)) {
      BOOST_TEST(!holds(page, "\n# d"));
      // Within a code span, or escaped.
      BOOST_TEST(!holds(page, " [a](javascript:b) \\"));
      BOOST_TEST(!holds(page, "\n</p>"));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_value_is_never_a_template) {
  for (const GuideSubject& subject : hostile_subjects()) {
    for (const TextFormat format : kFormats) {
      bool shown = false;
      for (const std::string& page : pages(subject, format))
        shown = shown || holds(page, "{{domain}}") || holds(page, "\\{\\{domain\\}\\}");
      BOOST_TEST(shown);
    }
  }
}

BOOST_AUTO_TEST_CASE(markdown_means_nothing_by_what_is_escaped) {
  using mailconf::guides::in_markdown;
  BOOST_TEST(in_markdown("a*b_c[d]<e>`f`#!|&\\") == "a\\*b\\_c\\[d\\]\\<e\\>\\`f\\`\\#\\!\\|\\&\\\\");
  BOOST_TEST(in_markdown("1. one") == "1\\. one");
  BOOST_TEST(in_markdown("- one") == "\\- one");
  BOOST_TEST(in_markdown("e-mail at example.org, 1.5") == "e-mail at example.org, 1.5");
}

BOOST_AUTO_TEST_CASE(code_ends_where_its_fence_does) {
  using mailconf::guides::code_in_markdown;
  BOOST_TEST(code_in_markdown("imap.example.org") == "`imap.example.org`");
  BOOST_TEST(code_in_markdown("a`b``c") == "```a`b``c```");
  BOOST_TEST(code_in_markdown("`a`") == "`` `a` ``");
}

BOOST_AUTO_TEST_CASE(a_color_that_is_none_is_not_in_the_stylesheet) {
  const auto usual = page_stylesheet("").text;
  BOOST_TEST(holds(usual, "--accent: #"));
  for (const char* color : {"red", "#12345", "#1234567", "#12345g", "};*{color:red", "url(//evil)"})
    BOOST_TEST(page_stylesheet(color).text == usual, color);
  BOOST_TEST(holds(page_stylesheet("#ffcc00").text, "--accent: #ffcc00;\n  --on-accent: #000000;"));
  BOOST_TEST(holds(page_stylesheet("#003366").text, "--accent: #003366;\n  --on-accent: #ffffff;"));
}

BOOST_AUTO_TEST_SUITE_END()
