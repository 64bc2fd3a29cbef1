// Every guide and article, for every kind of domain, in every format and language.
#include <boost/test/unit_test.hpp>

#include "mailconf/formats.h"
#include "subjects.h"

using namespace subjects;

namespace {

// The formats are English's to prove; of the other languages every text is filled in once.
std::vector<TextFormat> formats_of(const std::string& language) {
  return language == "en" ? std::vector(std::begin(kFormats), std::end(kFormats)) : std::vector{TextFormat::text};
}

template <class Check>
void for_every_guide(const GuideSubject& subject, Check check) {
  for (const std::string& language : guide_languages()) {
    for (const GuideTitle& guide : guide_titles(language)) {
      for (const ServerType protocol : guide.protocols) {
        for (const TextFormat format : formats_of(language)) {
          const auto text = write_guide(guide.id, subject, style(format, protocol, language));
          BOOST_TEST_CONTEXT(language << "/" << guide.id << " " << to_string(protocol)) { check(text, protocol); }
        }
      }
    }
  }
}

std::string guide(const std::string& id, const GuideSubject& subject, const GuideStyle& style) {
  const auto text = write_guide(id, subject, style);
  BOOST_TEST_REQUIRE(text.has_value(), (text ? "" : text.error().text()));
  return *text;
}

// The servers as the machine format of the same settings tells them.
std::vector<Server> published(const GuideSubject& subject) {
  const auto read = read_autoconfig_xml(write_autoconfig_xml(subject.settings), subject.domain);
  BOOST_TEST_REQUIRE(read.has_value());
  auto servers = read->settings.incoming;
  servers.insert(servers.end(), read->settings.outgoing.begin(), read->settings.outgoing.end());
  return servers;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(guides_)

BOOST_AUTO_TEST_CASE(every_guide_shows_the_values_of_the_machine_format) {
  const GuideSubject alice = subject_of("alice@example.org");
  const auto servers = published(alice);
  for_every_guide(alice, [&](const Result<std::string>& text, ServerType protocol) {
    BOOST_TEST_REQUIRE(text.has_value(), (text ? "" : text.error().text()));
    for (const Server& server : servers) {
      const bool shown = server.type == ServerType::smtp || server.type == protocol;
      BOOST_TEST(holds(*text, server.hostname) == shown, server.hostname);
      if (shown) BOOST_TEST(holds(*text, std::to_string(server.port)), server.port);
      if (shown) BOOST_TEST(holds(*text, server.username), server.username);
    }
  });
}

BOOST_AUTO_TEST_CASE(every_page_can_be_written_for_every_kind_of_domain) {
  for (const GuideSubject& subject : all()) {
    for_every_guide(subject, [](const Result<std::string>& text, ServerType) {
      BOOST_TEST((text || text.error().code == ErrorCode::not_expressible), (text ? "" : text.error().text()));
    });
    for (const std::string& language : guide_languages()) {
      for (const GuideTitle& article : article_titles(language)) {
        for (const TextFormat format : formats_of(language)) {
          const auto text = write_article(article.id, subject, style(format, {}, language));
          BOOST_TEST(text.has_value(), article.id << ": " << (text ? "" : text.error().text()));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(nothing_of_a_template_is_left_in_a_page) {
  for_every_guide(with_everything(), [](const Result<std::string>& text, ServerType) {
    for (const char* mark : {"{{", "}}", "\x01", "\x02", "\x03", "%EMAIL", "[your_", "[security"})
      BOOST_TEST(!holds(*text, mark), mark << " in " << *text);
  });
}

BOOST_AUTO_TEST_CASE(without_an_address_the_user_name_is_told_in_words) {
  const auto text = guide("other", subject(), style(TextFormat::text));
  BOOST_TEST(holds(text, "User name: your full e-mail address"));
  Settings by_name = settings();
  by_name.incoming.front().username = "%EMAILLOCALPART%";
  by_name.outgoing.front().username = "%EMAILLOCALPART%.%EMAILDOMAIN%";
  const auto other = guide("other", subject(by_name), style(TextFormat::text));
  BOOST_TEST(holds(other, "User name: the part of your address before the @"));
  BOOST_TEST(holds(other, "User name: your-name.example.org"));
}

BOOST_AUTO_TEST_CASE(a_server_without_encryption_does_not_exist) {
  const auto refused = write_guide("other", without_encryption(), style(TextFormat::text));
  BOOST_TEST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == ErrorCode::not_expressible));
  Settings mixed = settings();
  mixed.incoming.insert(mixed.incoming.begin(), server(ServerType::imap, "clear.example.org", 143, SocketType::plain));
  BOOST_TEST(!holds(guide("other", subject(mixed), style(TextFormat::text)), "clear.example.org"));
}

BOOST_AUTO_TEST_CASE(pop3_is_told_where_there_is_no_imap) {
  const auto text = guide("thunderbird", without(ServerType::imap), style(TextFormat::text));
  BOOST_TEST(holds(text, "pop.example.org"));
  BOOST_TEST(!write_guide("thunderbird", without(ServerType::pop3), style(TextFormat::text, ServerType::pop3)));
}

BOOST_AUTO_TEST_CASE(who_signs_in_by_browser_is_not_sent_for_a_password) {
  const auto text = guide("other", by_browser_only(), style(TextFormat::text));
  BOOST_TEST(holds(text, "OAuth2"));
  BOOST_TEST(!holds(text, "your e-mail password"));
}

BOOST_AUTO_TEST_CASE(an_app_password_is_named_where_the_operator_has_them) {
  const auto text = guide("outlook", with_everything(), style(TextFormat::text));
  BOOST_TEST(holds(text, "https://www.example.org/app-passwords"));
  BOOST_TEST(!holds(guide("outlook", subject(), style(TextFormat::text)), "app password"));
}

BOOST_AUTO_TEST_CASE(outlook_is_told_of_the_outgoing_authentication_and_the_ports) {
  const auto text = guide("outlook", subject(), style(TextFormat::markdown));
  for (const char* words : {"Control Panel", "More Settings", "requires authentication", "“Advanced”"})
    BOOST_TEST(holds(text, words), words);
}

BOOST_AUTO_TEST_CASE(the_iphone_and_the_ipad_have_steps_of_their_own) {
  for (const std::string& language : guide_languages()) {
    const auto iphone = guide("iphone", subject(), style(TextFormat::text, {}, language));
    const auto ipad = guide("ipad", subject(), style(TextFormat::text, {}, language));
    BOOST_TEST(!holds(iphone, "iPad"), language);
    BOOST_TEST(!holds(ipad, "iPhone"), language);
    BOOST_TEST((holds(iphone, "iOS") && holds(ipad, "iPadOS")), language);
  }
}

BOOST_AUTO_TEST_CASE(a_text_has_no_line_of_more_than_78_characters_but_for_a_long_word) {
  const auto text = guide("outlook", with_everything(), style(TextFormat::text));
  for (std::size_t start = 0; start < text.size();) {
    const auto line = text.substr(start, text.find('\n', start) - start);
    const auto is_middle = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    const auto characters = line.size() - static_cast<std::size_t>(std::count_if(line.begin(), line.end(), is_middle));
    BOOST_TEST(characters <= 78U, line);
    start += line.size() + 1;
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_listed_is_a_bad_option) {
  BOOST_TEST((write_guide("pine", subject(), style(TextFormat::text)).error().code == ErrorCode::bad_option));
  BOOST_TEST((write_article("pine", subject(), style(TextFormat::text)).error().code == ErrorCode::bad_option));
}

BOOST_AUTO_TEST_SUITE_END()
