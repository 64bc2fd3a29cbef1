// Looking up what people sign in with: what is remembered, what a flood of questions may cost, and that the time of an
// answer tells nothing.
#include "server/logins/logins.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "server/fake_logins.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using server::LoginDesk;
using server::LoginLimits;
using server::Logins;
using server::LookUpNews;
using Names = std::vector<std::string>;

EmailAddress address(const std::string& text) { return *EmailAddress::parse(text); }

// Nobody waits for long for what a test holds back.
LoginLimits quick() {
  LoginLimits limits;
  limits.answer_time = 20ms;
  limits.end_time = 20ms;
  return limits;
}

// What is told, in words: "found", "failed: logins.staff: …".
class News {
 public:
  void operator()(const LookUpNews& news) {
    constexpr const char* words[] = {"found", "absent", "failed", "refused"};
    const std::string word = words[static_cast<int>(news.kind)];
    const std::lock_guard lock(mutex_);
    lines_.push_back(news.sentence.empty() ? word : word + ": " + news.sentence);
  }
  [[nodiscard]] Names lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  void wait_for(std::size_t count) const {
    while (lines().size() < count) std::this_thread::yield();
  }

 private:
  mutable std::mutex mutex_;
  Names lines_;
};

// A directory called "staff", and a clock that the test moves.
template <class Lookup>
struct Directory {
  explicit Directory(const LoginLimits& limits = quick())
      : logins(
            {{"staff", lookup}}, limits, [this] { return now.load(); }, [this](const auto& told) { news(told); }) {}
  ~Directory() { logins.stop(); }

  // "-" where what is published for everybody holds.
  std::string ask(const std::string& who, const std::string& source = "staff") {
    return logins.of(source, address(who)).value_or("-");
  }
  // As soon as the outcome is remembered, or the look-up has failed.
  std::string ask_patiently(const std::string& who) {
    const auto before = news.lines().size();
    ask(who);
    news.wait_for(before + 1);
    return ask(who);
  }

  std::shared_ptr<Lookup> lookup = std::make_shared<Lookup>();
  std::atomic<LoginDesk::Instant> now = LoginDesk::Instant{};
  News news;
  Logins logins;
};

// The least that a clock may show between a question and its answer.
template <class Question>
std::chrono::steady_clock::duration time_of(const Question& question) {
  const auto begin = std::chrono::steady_clock::now();
  question();
  return std::chrono::steady_clock::now() - begin;
}

class FailingLogins : public server::LoginLookup {
 public:
  Result<std::optional<std::string>> look_up(const EmailAddress&) override { throw std::bad_alloc(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(logins)

BOOST_AUTO_TEST_CASE(row_38_who_is_there_is_called_what_the_directory_says) {
  Directory<FakeLogins> directory;
  directory.lookup->signs_in_as("camille@example.com", "cdubois");
  BOOST_TEST(directory.ask_patiently("camille@example.com") == "cdubois");
}

BOOST_AUTO_TEST_CASE(row_39_an_alias_is_called_what_its_owner_is) {
  Directory<FakeLogins> directory;
  for (const auto* who : {"camille@example.com", "info@example.com"}) directory.lookup->signs_in_as(who, "cdubois");
  BOOST_TEST(directory.ask_patiently("info@example.com") == "cdubois");
}

BOOST_AUTO_TEST_CASE(who_is_not_there_gets_what_is_published_for_everybody) {
  Directory<FakeLogins> directory;
  BOOST_TEST(directory.ask_patiently("nobody@example.com") == "-");
  BOOST_TEST(directory.news.lines() == Names{"absent"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_source_that_is_not_configured_asks_nobody_and_costs_no_time) {
  auto limits = quick();
  limits.answer_time = 1h;
  Directory<FakeLogins> directory(limits);
  BOOST_TEST(directory.ask("camille@example.com", "others") == "-");
  BOOST_TEST(directory.ask("camille@example.com", "") == "-");
  BOOST_TEST(directory.lookup->questions().empty());
}

BOOST_AUTO_TEST_CASE(row_17_the_name_that_evolution_asks_with_is_nobodys) {
  Directory<FakeLogins> directory;
  directory.lookup->signs_in_as("EVOLUTIONUSER@example.com", "x");
  directory.ask("EVOLUTIONUSER@example.com");
  BOOST_TEST(directory.ask("EVOLUTIONUSER@example.com") == "-");
  BOOST_TEST(directory.lookup->questions().empty());
}

BOOST_AUTO_TEST_CASE(found_and_absent_alike_are_asked_again_after_a_minute) {
  Directory<FakeLogins> directory;
  directory.lookup->signs_in_as("camille@example.com", "old");
  for (const auto* who : {"camille@example.com", "new@example.com"}) {
    const auto first = directory.ask_patiently(who);
    directory.lookup->signs_in_as(who, "changed");
    directory.now = directory.now.load() + LoginLimits().kept_for - 1s;
    BOOST_TEST(directory.ask(who) == first);
    directory.now = directory.now.load() + 1s;
    BOOST_TEST(directory.ask_patiently(who) == "changed");
  }
  BOOST_TEST(directory.lookup->questions().size() == 4U);
}

BOOST_AUTO_TEST_CASE(no_more_are_remembered_than_the_limit_says) {
  auto limits = quick();
  limits.names = 2;
  Directory<FakeLogins> directory(limits);
  for (const auto* who : {"a@example.com", "b@example.com", "c@example.com", "a@example.com"})
    directory.ask_patiently(who);
  BOOST_TEST(
      directory.lookup->questions() == (Names{"a@example.com", "b@example.com", "c@example.com", "a@example.com"}),
      per_element());
}

BOOST_AUTO_TEST_CASE(row_99_a_directory_that_is_away_is_told_of_once_and_so_is_its_return) {
  Directory<FakeLogins> directory;
  directory.lookup->signs_in_as("camille@example.com", "cdubois");
  directory.lookup->can_be_asked(false);
  directory.ask("camille@example.com");
  directory.news.wait_for(1);
  directory.lookup->can_be_asked(true);
  BOOST_TEST(directory.ask_patiently("camille@example.com") == "cdubois");
  BOOST_TEST(directory.news.lines() ==
                 (Names{"failed: logins.staff: cannot be asked: ldaps://directory.example: cannot be asked: Can't "
                        "contact LDAP server; the definitions' user names are published",
                        "found: logins.staff: can be asked again"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(row_99_a_failure_of_any_kind_is_no_more_than_a_name_that_is_not_known) {
  Directory<FailingLogins> directory;
  BOOST_TEST(directory.ask("camille@example.com") == "-");
  directory.news.wait_for(1);
  BOOST_TEST(directory.news.lines().front().find("camille") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_that_no_client_could_send_is_no_name) {
  for (const std::string& login : {std::string("two\nlines"), std::string("nul\0nul", 7), std::string("\xff\xfe"),
                                   std::string(321, 'x'), std::string("\x7f")}) {
    Directory<FakeLogins> directory;
    directory.lookup->signs_in_as("camille@example.com", login);
    BOOST_TEST(directory.ask_patiently("camille@example.com") == "-");
    BOOST_TEST(directory.news.lines().front().starts_with("failed"));
  }
}

BOOST_AUTO_TEST_CASE(row_48_no_answer_comes_sooner_than_another) {
  constexpr auto time = 60ms;
  auto limits = quick();
  limits.answer_time = time;
  Directory<FakeLogins> directory(limits);
  directory.lookup->signs_in_as("camille@example.com", "cdubois");
  for (const auto* who : {"camille@example.com", "camille@example.com", "nobody@example.com", "nobody@example.com"})
    BOOST_TEST((time_of([&] { directory.ask(who); }) >= time));
  directory.lookup->can_be_asked(false);
  BOOST_TEST((time_of([&] { directory.ask("other@example.com"); }) >= time));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(logins_that_hang)

BOOST_AUTO_TEST_CASE(row_99_the_answer_comes_without_the_name_and_the_name_is_there_for_the_next_question) {
  Directory<HeldLogins> directory;
  directory.lookup->signs_in_as("camille@example.com", "cdubois");
  BOOST_TEST(directory.ask("camille@example.com") == "-");
  directory.lookup->release();
  directory.news.wait_for(1);
  BOOST_TEST(directory.ask("camille@example.com") == "cdubois");
}

BOOST_AUTO_TEST_CASE(row_99_a_directory_that_does_not_answer_is_told_of_once) {
  Directory<HeldLogins> directory;
  directory.ask("a@example.com");
  directory.lookup->wait_for(1);
  directory.now = directory.now.load() + LoginLimits().hangs_after - 1s;
  directory.ask("b@example.com");
  BOOST_TEST(directory.news.lines().empty());
  directory.now = directory.now.load() + 1s;
  for (const auto* who : {"a@example.com", "c@example.com"}) directory.ask(who);
  BOOST_TEST(directory.news.lines() ==
                 Names{"failed: logins.staff: does not answer; the definitions' user names are published"},
             per_element());
  directory.lookup->release();
  directory.news.wait_for(4);
  BOOST_TEST(directory.news.lines()[1] == "absent: logins.staff: can be asked again");
}

BOOST_AUTO_TEST_CASE(the_same_question_is_asked_once_for_all_who_wait_for_it) {
  Directory<HeldLogins> directory;
  for (int i = 0; i < 3; ++i) directory.ask("camille@example.com");
  directory.lookup->release();
  directory.news.wait_for(1);
  BOOST_TEST(directory.lookup->questions().size() == 1U);
}

BOOST_AUTO_TEST_CASE(so_many_are_asked_at_once_so_many_queue_and_others_are_refused) {
  auto limits = quick();
  limits.at_once = 1;
  limits.queued = 1;
  Directory<HeldLogins> directory(limits);
  directory.ask("a@example.com");
  directory.lookup->wait_for(1);
  for (const auto* who : {"b@example.com", "c@example.com"}) directory.ask(who);
  BOOST_TEST(directory.news.lines() == Names{"refused"}, per_element());
  directory.lookup->release();
  directory.news.wait_for(3);
  BOOST_TEST(directory.lookup->questions() == (Names{"a@example.com", "b@example.com"}), per_element());
}

BOOST_AUTO_TEST_CASE(when_too_many_wait_the_next_is_answered_at_once_as_if_nobody_was_there) {
  auto limits = quick();
  limits.answer_time = 1h;
  limits.waiting = 1;
  Directory<HeldLogins> directory(limits);
  auto first = std::async(std::launch::async, [&] { return directory.ask("a@example.com"); });
  while (directory.logins.waiting() < 1) std::this_thread::yield();
  BOOST_TEST(directory.ask("b@example.com") == "-");
  directory.logins.stop();
  BOOST_TEST(first.get() == "-");
  directory.lookup->release();
}

BOOST_AUTO_TEST_CASE(one_directory_that_hangs_stops_no_other) {
  const auto held = std::make_shared<HeldLogins>();
  const auto quick_one = std::make_shared<FakeLogins>();
  quick_one->signs_in_as("camille@example.org", "cdubois");
  auto limits = quick();
  limits.at_once = 1;
  News news;
  Logins both({{"held", held}, {"quick", quick_one}}, limits, std::chrono::steady_clock::now,
              [&](const auto& told) { news(told); });
  both.of("held", address("a@example.com"));
  both.of("quick", address("camille@example.org"));
  news.wait_for(1);
  BOOST_TEST(both.of("quick", address("camille@example.org")).value_or("-") == "cdubois");
  both.stop();
  held->release();
}

BOOST_AUTO_TEST_CASE(the_end_does_not_wait_for_them_and_hears_nothing_of_them_any_more) {
  Directory<HeldLogins> directory;
  directory.ask("a@example.com");
  directory.logins.stop();
  directory.lookup->release();
  BOOST_TEST(directory.ask("b@example.com") == "-");
  BOOST_TEST(directory.news.lines().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
