// Domain names and e-mail addresses.
#include "mailconf/address.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace mailconf;
namespace data = boost::unit_test::data;

namespace {

DomainName domain(std::string_view text) { return DomainName::parse(text).value(); }
std::string refusal_of_domain(std::string_view text) {
  const auto parsed = DomainName::parse(text);
  return parsed ? "accepted" : parsed.error().message;
}
std::string refusal_of_address(std::string_view text) {
  const auto parsed = EmailAddress::parse(text);
  return parsed ? "accepted" : parsed.error().message;
}
bool mentions(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(domain_names)

BOOST_AUTO_TEST_CASE(a_name_is_lower_case_without_trailing_dot) {
  BOOST_TEST(domain("Mail.Example.COM.").ascii() == "mail.example.com");
}

BOOST_AUTO_TEST_CASE(S18_hyphens_are_like_any_other_character) {
  BOOST_TEST(domain("my-mail.exa--mple.org").ascii() == "my-mail.exa--mple.org");
}

BOOST_AUTO_TEST_CASE(names_that_only_idna_refuses_are_kept) {
  BOOST_TEST(domain("r3---a.example.org").ascii() == "r3---a.example.org");
}

BOOST_DATA_TEST_CASE(these_are_no_domain_names,
                     data::make({"",
                                 ".",
                                 "..",
                                 "localhost",
                                 "a..b",
                                 ".example.org",
                                 "example.org..",
                                 "foo_bar.example.org",
                                 "-a.example.org",
                                 "a-.example.org",
                                 "a b.example.org",
                                 " example.org",
                                 "exam@ple.org",
                                 "192.0.2.1",
                                 "::1",
                                 "[::1]",
                                 "example.123",
                                 "example.0x7f",
                                 "1.2.3",
                                 "ex\xff.org",
                                 "a\u2028b.org",
                                 "a/b.example.org",
                                 "%41.example.org"}),
                     text) {
  BOOST_TEST(!DomainName::parse(text).has_value());
}

BOOST_AUTO_TEST_CASE(labels_and_names_have_a_length_limit) {
  const std::string label(63, 'a');
  BOOST_TEST(DomainName::parse(label + ".org").has_value());
  BOOST_TEST(mentions(refusal_of_domain(label + "a.org"), "63 octets"));
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  BOOST_TEST(DomainName::parse(longest).has_value());
  BOOST_TEST(mentions(refusal_of_domain(longest + "a"), "253 octets"));
  BOOST_TEST(mentions(refusal_of_domain(std::string(100000, '.')), "253 octets"));
}

BOOST_AUTO_TEST_CASE(a_name_with_a_zero_octet_is_refused_whole) {
  BOOST_TEST(!DomainName::parse(std::string_view("example.org\0.evil.example", 25)).has_value());
  BOOST_TEST(!DomainName::parse(std::string_view("m\xc3\xbcnchen.example\0.evil.example", 30)).has_value());
}

BOOST_AUTO_TEST_CASE(the_error_quotes_what_was_given_without_control_characters) {
  BOOST_TEST(mentions(refusal_of_domain("a\x1b[2Jb"), "\"a?[2Jb\" is no domain name"));
}

BOOST_AUTO_TEST_CASE(within_counts_whole_labels) {
  BOOST_TEST(domain("imap.example.org").within(domain("example.org")));
  BOOST_TEST(domain("example.org").within(domain("example.org")));
  BOOST_TEST(!domain("badexample.org").within(domain("example.org")));
  BOOST_TEST(!domain("example.org").within(domain("imap.example.org")));
}

BOOST_AUTO_TEST_CASE(a_parent_keeps_two_labels) {
  BOOST_TEST(domain("a.example.org").parent()->ascii() == "example.org");
  BOOST_TEST(!domain("example.org").parent().has_value());
  BOOST_TEST(domain("example.org").child("autoconfig").ascii() == "autoconfig.example.org");
}

BOOST_AUTO_TEST_CASE(the_public_suffix_list_tells_what_a_registrant_controls) {
  BOOST_TEST(registrable_domain(domain("imap.mail.example.co.uk"))->ascii() == "example.co.uk");
  BOOST_TEST(registrable_domain(domain("example.org"))->ascii() == "example.org");
  BOOST_TEST(!registrable_domain(domain("co.uk")).has_value());
  BOOST_TEST(registrable_domain(domain("autoconfig.demo.example"))->ascii() == "demo.example");
}

BOOST_AUTO_TEST_CASE(suffixes_of_private_registries_part_their_customers) {
  BOOST_TEST(!same_registrable_domain(domain("alice.github.io"), domain("bob.github.io")));
}

BOOST_AUTO_TEST_CASE(names_below_one_registrable_domain_belong_together) {
  BOOST_TEST(same_registrable_domain(domain("imap.example.co.uk"), domain("www.example.co.uk")));
  BOOST_TEST(!same_registrable_domain(domain("one.co.uk"), domain("two.co.uk")));
  BOOST_TEST(same_registrable_domain(domain("co.uk"), domain("co.uk")));
  BOOST_TEST(!same_registrable_domain(domain("co.uk"), domain("org.uk")));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(addresses)

BOOST_AUTO_TEST_CASE(S11_a_user_at_a_single_label_is_refused) {
  BOOST_TEST(mentions(refusal_of_address("user@localhost"), "single label"));
}

BOOST_AUTO_TEST_CASE(S12_the_domain_is_lower_case_and_the_local_part_is_kept) {
  const auto address = EmailAddress::parse("Firstname.Last@Example.COM").value();
  BOOST_TEST(address.local_part() == "Firstname.Last");
  BOOST_TEST(address.domain().ascii() == "example.com");
}

BOOST_AUTO_TEST_CASE(S13_a_tag_stays_in_the_local_part) {
  BOOST_TEST(EmailAddress::parse("user+tag@example.com")->local_part() == "user+tag");
}

BOOST_DATA_TEST_CASE(S14_every_spelling_of_an_international_domain_is_one_name,
                     data::make({"user@münchen.example", "user@MÜNCHEN.example", "user@mu\u0308nchen.example",
                                 "user@xn--mnchen-3ya.example", "user@XN--MNCHEN-3YA.EXAMPLE",
                                 "user@münchen\u3002example"}),
                     text) {
  const auto address = EmailAddress::parse(text).value();
  BOOST_TEST(address.domain().ascii() == "xn--mnchen-3ya.example");
  BOOST_TEST(address.domain().unicode() == "münchen.example");
}

BOOST_AUTO_TEST_CASE(S14_an_international_top_level_domain_is_a_domain) {
  BOOST_TEST(EmailAddress::parse("user@пример.рф")->domain().ascii() == "xn--e1afmkfd.xn--p1ai");
  BOOST_TEST(EmailAddress::parse("user@example.xn--p1ai")->domain().ascii() == "example.xn--p1ai");
}

BOOST_AUTO_TEST_CASE(S14_a_label_that_does_not_convert_is_shown_as_it_is) {
  BOOST_TEST(domain("xn--99999999.example").unicode() == "xn--99999999.example");
}

BOOST_AUTO_TEST_CASE(S14_a_label_that_could_be_taken_for_another_is_shown_as_a_label) {
  const auto shown = [](std::string_view text) { return domain(text).unicode(); };
  BOOST_TEST(shown("\u0430pple.example") == "xn--pple-43d.example");                // one Cyrillic letter
  BOOST_TEST(shown("\u0430\u0440\u0440\u04cf\u0435.com") == "xn--80ak6aa92e.com");  // all of them look Latin
  BOOST_TEST(shown("p\u03b1ypal.example") == "xn--pypal-d9d.example");              // one Greek letter
  BOOST_TEST(shown("пример.example") == "пример.example");
  BOOST_TEST(shown("москва.рф") == "москва.рф");
  BOOST_TEST(shown("ελλάδα.example") == "ελλάδα.example");
  BOOST_TEST(shown("straße-2.example") == "straße-2.example");
  BOOST_TEST(shown("日本語.example") == "日本語.example");
}

BOOST_AUTO_TEST_CASE(S15_a_quoted_local_part_may_hold_an_at_sign) {
  const auto address = EmailAddress::parse("\"quoted@local\"@example.com").value();
  BOOST_TEST(address.local_part() == "\"quoted@local\"");
  BOOST_TEST(address.domain().ascii() == "example.com");
}

BOOST_DATA_TEST_CASE(S15_quotes_must_balance,
                     data::make({"\"open@example.com", "\"a\"b\"@example.com", "\"\"@example.com",
                                 "\"a\\\"@example.com", "a\"b@example.com", "\"a@example.com\""}),
                     text) {
  BOOST_TEST(!EmailAddress::parse(text).has_value());
}

BOOST_AUTO_TEST_CASE(S15_a_quoted_quote_is_accepted) {
  BOOST_TEST(EmailAddress::parse("\"a\\\"b c\"@example.com").has_value());
}

BOOST_DATA_TEST_CASE(S16_these_are_no_addresses,
                     data::make({"a@b@c", "a@b@example.org", "@example.com", "user@", "user", "", "@",
                                 "us er@example.com", " user@example.com", "user@example.com ", "user@exam ple.com",
                                 "user@example.com.", "user@example..com", "user@.example.com", "a\nb@example.com",
                                 "a\x7f@example.com", "a\xff@example.com", "a,b@example.com", "<a@example.com>"}),
                     text) {
  const auto parsed = EmailAddress::parse(text);
  BOOST_REQUIRE(!parsed.has_value());
  BOOST_TEST((parsed.error().code == ErrorCode::bad_address));
  BOOST_TEST(mentions(parsed.error().text(), "is no e-mail address: "));
}

BOOST_AUTO_TEST_CASE(S16_the_error_says_what_is_wrong) {
  BOOST_TEST(refusal_of_address("a@b@example.org") ==
             "\"a@b@example.org\" is no e-mail address: it has more than one @");
  BOOST_TEST(refusal_of_address("user@example.com.") ==
             "\"user@example.com.\" is no e-mail address: the domain ends with a dot");
}

BOOST_AUTO_TEST_CASE(S19_an_address_literal_is_refused) {
  BOOST_TEST(mentions(refusal_of_address("user@[192.0.2.1]"), "address literal"));
  BOOST_TEST(mentions(refusal_of_address("user@192.0.2.1"), "IP address"));
}

BOOST_AUTO_TEST_CASE(S20_characters_of_markup_are_legal_in_a_local_part) {
  BOOST_TEST(EmailAddress::parse("o'hara&sons@example.com").has_value());
}

BOOST_AUTO_TEST_CASE(dots_as_japanese_mobile_providers_gave_them_out_are_accepted) {
  BOOST_TEST(EmailAddress::parse("taro..yamada.@docomo.example")->local_part() == "taro..yamada.");
}

BOOST_AUTO_TEST_CASE(local_parts_and_addresses_have_a_length_limit) {
  BOOST_TEST(EmailAddress::parse(std::string(64, 'a') + "@example.org").has_value());
  BOOST_TEST(mentions(refusal_of_address(std::string(65, 'a') + "@example.org"), "64 octets"));
  const std::string label(63, 'a');
  const std::string long_domain = label + "." + label + "." + label + ".org";
  BOOST_TEST(mentions(refusal_of_address(std::string(60, 'a') + "@" + long_domain), "254 octets"));
}

BOOST_AUTO_TEST_SUITE_END()
