// What changes when the definitions change, and what does not.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto config = "/mail/config-v1.1.xml";

std::string with_port(const std::string& port) {
  auto text = definition({"example.com"});
  return text.replace(text.find("993"), 3, port);
}

struct TwoFiles : Published {
  TwoFiles() : Published({definition({"example.com"}), definition({"example.net"})}) {}
  [[nodiscard]] int port() const { return document_of(get(config, "autoconfig.example.com")).incoming.front().port; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reload, TwoFiles)

BOOST_AUTO_TEST_CASE(row_98_a_changed_definition_is_served_after_the_reload) {
  const auto before = get(config, "autoconfig.example.com").header("etag");
  folder.write("domains/0.toml", with_port("1993"));
  BOOST_TEST(port() == 993);
  server->reload();
  BOOST_TEST(port() == 1993);
  BOOST_TEST(get(config, "autoconfig.example.com").header("etag") != before);
}

BOOST_AUTO_TEST_CASE(row_98_a_bad_definition_leaves_the_old_one_in_service_and_says_where) {
  folder.write("domains/0.toml", with_port("99999"));
  folder.write("domains/2.toml", definition({"example.org"}));
  server->reload();
  BOOST_TEST(port() == 993);
  BOOST_TEST(channel->lines_with("0.toml:7: incoming[0].port: must be between 1 and 65535, not 99999").size() == 1U);
  BOOST_TEST(get(config, "autoconfig.example.org").status == 200);
}

BOOST_AUTO_TEST_CASE(row_98_a_definition_that_is_mended_is_served) {
  folder.write("domains/0.toml", "domains = [");
  server->reload();
  BOOST_TEST(port() == 993);
  folder.write("domains/0.toml", with_port("1993"));
  server->reload();
  BOOST_TEST(port() == 1993);
}

BOOST_AUTO_TEST_CASE(a_definition_that_is_gone_is_served_no_more) {
  folder.remove("domains/0.toml");
  server->reload();
  BOOST_TEST(get(config, "autoconfig.example.com").status == 404);
  BOOST_TEST(get(config, "autoconfig.example.net").status == 200);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_read_leaves_everything_in_service) {
  std::filesystem::rename(folder.path() / "domains", folder.path() / "elsewhere");
  server->reload();
  BOOST_TEST(port() == 993);
  BOOST_TEST(channel->lines_with("domains: cannot be read").size() == 1U);
}

BOOST_AUTO_TEST_CASE(row_98_no_request_is_lost_during_reloads) {
  int lost = 0;
  std::jthread asking([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) lost += get(config, "autoconfig.example.com").status == 200 ? 0 : 1;
  });
  for (int i = 0; i < 20; ++i) {
    folder.write("domains/0.toml", with_port(i % 2 == 0 ? "1993" : "993"));
    server->reload();
  }
  asking.request_stop();
  asking.join();
  BOOST_TEST(lost == 0);
}

BOOST_AUTO_TEST_CASE(row_98_a_saved_definition_is_read_without_a_signal) {
  const Published watched({definition({"example.com"})},
                          {.server = "", .more = "", .limits = {}, .surroundings = {}, .watch = true});
  watched.folder.write("domains/new.toml", definition({"example.net"}));
  BOOST_TEST(watched.channel->waits_for("settings of 2 domains are in service"));
  BOOST_TEST(watched.get(config, "autoconfig.example.net").status == 200);
  watched.folder.remove("domains/new.toml");
  BOOST_TEST(watched.channel->waits_for("settings of 1 domain are in service", 2));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(start)

BOOST_AUTO_TEST_CASE(a_bad_file_stops_nothing_else) {
  const Published published({"domains = 3", definition({"example.com"}), "\xff\xfe"});
  BOOST_TEST(published.get(config, "autoconfig.example.com").status == 200);
  BOOST_TEST(published.channel->lines_with("0.toml:1: domains: must be a list of texts").size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_first_of_two_files_has_the_domain_and_both_are_named) {
  const Published published({definition({"example.com"}), definition({"example.net", "example.com"})});
  BOOST_TEST(document_of(published.get(config, "autoconfig.example.com")).incoming.front().hostname ==
             "imap.example.com");
  BOOST_TEST(published.get(config, "autoconfig.example.net").status == 200);
  const auto told = published.channel->lines_with("1.toml:1: domains: example.com is defined in ");
  BOOST_TEST_REQUIRE(told.size() == 1U);
  BOOST_TEST(told.front().find("0.toml already") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_address_that_is_taken_keeps_the_server_from_starting) {
  const Published first({definition({"example.com"})});
  server::Log log(Poco::AutoPtr<Poco::Channel>(new RecordingChannel));
  server::Configuration configuration;
  configuration.http = {first.http()};
  configuration.store_url = "directory:" + first.folder.path().string();
  const auto second = server::PublishingServer::start(configuration, log);
  BOOST_TEST_REQUIRE(!second.has_value());
  BOOST_TEST(second.error().text().find(first.http().toString()) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
