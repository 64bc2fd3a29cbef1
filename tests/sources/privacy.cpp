// Who may learn the address: over all sources, whatever they are answered.
#include <boost/test/unit_test.hpp>

#include "sources/catalog.h"
#include "sources/provider_data.h"
#include "sources/questions.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

// Everything leads somewhere in the DNS, and every request over HTTP is answered with `code`.
Answer answer_to(const Question& question, int code) {
  if (const auto* dns = std::get_if<DnsQuestion>(&question)) {
    if (dns->type == RecordType::mx) return mail_to({{10, "mx.eu.host.example"}});
    if (dns->type == RecordType::srv) return offered({{0, 0, 993, "mail.host.example"}});
    if (dns->type == RecordType::txt) {
      return texts(
          {"mailconf=https://conf.example.net/", "v=UAAC1; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="});
    }
    return at({"192.0.2.1"});
  }
  if (std::holds_alternative<HttpQuestion>(question)) return status(code);
  return speaks();
}

std::vector<Question> all_of(const Step& step) {
  auto questions = step.ask;
  questions.insert(questions.end(), step.ask_beside.begin(), step.ask_beside.end());
  return questions;
}

// Every question of every source, as text; what is posted stands behind the address.
Texts all_questions(const Subject& subject, int code) {
  Texts texts;
  for (const auto& entry : standard_catalog()) {
    const auto source = entry.make(subject);
    std::vector<Question> open = all_of(source->begin());
    while (!open.empty()) {
      const Question question = open.back();
      open.pop_back();
      Step step;
      step.ask.push_back(question);
      texts.push_back(asked(step).at(0));
      if (const auto* http = std::get_if<HttpQuestion>(&question)) texts.back() += http->body;
      const Step next = source->on_answer(question, answer_to(question, code));
      const auto more = all_of(next);
      open.insert(open.end(), more.begin(), more.end());
    }
  }
  return texts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(privacy)

BOOST_AUTO_TEST_CASE(H14_the_address_goes_to_the_domains_own_autoconfig_host_only) {
  Subject subject = about_address("alice@example.org");
  subject.providers = &ProviderData::builtin();
  for (const int code : {200, 400, 401, 404, 500}) {
    Texts with_local_part;
    for (const auto& text : all_questions(subject, code)) {
      BOOST_TEST(!text.starts_with("http://"), text);
      if (text.find("alice") != std::string::npos) with_local_part.push_back(text);
    }
    const Texts only{"https://autoconfig.example.org/mail/config-v1.1.xml?emailaddress=alice%40example.org"};
    const bool asks_again = code == 400 || code == 404;
    BOOST_TEST(with_local_part == (asks_again ? only : Texts{}), per_element());
  }
}

BOOST_AUTO_TEST_CASE(H14_nobody_learns_the_address_when_it_is_not_to_be_sent) {
  Subject subject = about_address("alice@example.org");
  subject.send_address = SendAddress::never;
  for (const auto& text : all_questions(subject, 404)) BOOST_TEST(text.find("alice") == std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
