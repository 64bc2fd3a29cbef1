#include "live_view.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;
using namespace mailconf::cli;

namespace {

struct World {
  std::string screen;
  LiveView view;
  Observer observer;

  explicit World(Style style = {false, true, 60}, std::size_t height = 10)
      : view(style, height, [this](std::string_view text) { screen += text; }), observer(view.observer()) {}

  static SourceRow row(std::string source, Outcome outcome = Outcome::unknown, std::string reason = "") {
    SourceRow row;
    row.source = std::move(source);
    row.target = "MX example.org";
    row.outcome = outcome;
    row.reason = std::move(reason);
    return row;
  }
  std::string last_picture() const {
    return screen.substr(screen.rfind('F') == std::string::npos ? 0 : screen.rfind('F') + 1);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(live_view)

BOOST_AUTO_TEST_CASE(a_question_makes_a_line_and_its_answer_changes_that_line) {
  World world;
  world.observer.asked(World::row("srv"));
  BOOST_TEST(world.screen == "…   srv             MX example.org\x1b[K\n");
  world.observer.answered(World::row("srv", Outcome::absent, "NXDOMAIN"));
  BOOST_TEST(world.screen.ends_with("\x1b[1F–   srv             MX example.org: NXDOMAIN\x1b[K\n"));
}

BOOST_AUTO_TEST_CASE(a_source_waits_until_all_its_questions_are_answered_and_a_finding_counts_most) {
  World world;
  world.observer.asked(World::row("srv"));
  world.observer.asked(World::row("srv"));
  world.observer.answered(World::row("srv", Outcome::found));
  BOOST_TEST(world.last_picture().starts_with("…"));
  world.observer.answered(World::row("srv", Outcome::absent, "NXDOMAIN"));
  BOOST_TEST(world.last_picture().starts_with("✔   srv             MX example.org\x1b[K"));
}

BOOST_AUTO_TEST_CASE(erasing_leaves_nothing_and_is_done_once) {
  World world;
  world.observer.asked(World::row("srv"));
  world.observer.asked(World::row("ispdb"));
  world.screen.clear();
  world.view.erase();
  BOOST_TEST(world.screen == "\x1b[2F\x1b[J");
  world.screen.clear();
  world.view.erase();
  BOOST_TEST(world.screen == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_drawn_when_nothing_is_asked) {
  World world;
  world.view.erase();
  BOOST_TEST(world.screen == "");
}

BOOST_AUTO_TEST_CASE(no_line_is_wider_than_the_terminal_and_no_picture_higher) {
  World world({false, true, 30}, 2);
  for (const char* source : {"autoconfig", "ispdb", "srv"}) world.observer.asked(World::row(source, {}, ""));
  BOOST_TEST(world.last_picture() == "…   autoconfig      MX examp…\x1b[K\n…   ispdb           MX examp…\x1b[K\n");
}

BOOST_AUTO_TEST_CASE(control_characters_of_a_reason_do_not_reach_the_terminal) {
  World world;
  world.observer.answered(World::row("srv", Outcome::unknown, "\x1b[2J"));
  BOOST_TEST(world.screen == "?   srv             MX example.org: ?[2J\x1b[K\n");
}

BOOST_AUTO_TEST_SUITE_END()
