// What the log holds, and what it never holds.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "server/client_family.h"
#include "server/published.h"

namespace mailconf::testing {
namespace {

Wishes with_access_log() { return {.server = "", .more = "[log]\naccess = true\n", .limits = {}}; }

// The server writes the line after it has sent the answer: the line of a request is there once the next one is
// answered.
std::vector<std::string> lines_after(const Published& published, const std::string& octets) {
  const auto before = published.channel->lines().size();
  Client client(published.http());
  client.send(octets);
  client.read();
  client.send("GET /last HTTP/1.1\r\nHost: last.example\r\n\r\n");
  client.read();
  auto lines = published.channel->lines();
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(before));
  return lines;
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(logging)

BOOST_AUTO_TEST_CASE(row_101_an_access_line_names_host_route_status_time_and_client) {
  const Published published({definition({"example.com"})}, with_access_log());
  const auto lines = lines_after(published,
                                 "GET /mail/config-v1.1.xml?emailaddress=alice@example.com HTTP/1.1\r\n"
                                 "Host: autoconfig.example.com\r\nAuthorization: Basic c2VjcmV0\r\n"
                                 "User-Agent: Mozilla/5.0 Thunderbird/128.0\r\n\r\n");
  BOOST_TEST_REQUIRE(!lines.empty());
  BOOST_TEST(lines.front().starts_with("GET autoconfig.example.com /mail/config-v1.1.xml 200 "));
  BOOST_TEST(lines.front().ends_with(" us thunderbird"));
}

BOOST_AUTO_TEST_CASE(row_101_Z8_no_address_no_query_and_no_login_get_into_the_log) {
  const Published published({definition({"example.com"})}, with_access_log());
  for (const std::string target : {"/mail/config-v1.1.xml?emailaddress=alice@example.com", "/v1.1/alice@example.com",
                                   "/alice@example.com", "/mail/config-v1.1.xml?emailaddress=alice"}) {
    for (const auto& line : lines_after(published, "GET " + target +
                                                       " HTTP/1.1\r\nHost: example.com\r\n"
                                                       "Authorization: Basic YWxpY2U=\r\nUser-Agent: alice\r\n\r\n")) {
      BOOST_TEST(line.find("alice") == line.npos);
      BOOST_TEST(line.find("YWxpY2U") == line.npos);
      BOOST_TEST(line.find('?') == line.npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(row_62_Z8_neither_what_is_posted_nor_the_password_beside_it_gets_into_the_log) {
  const Published published({definition({"example.com"})}, with_access_log());
  const std::string question =
      "<Autodiscover><Request><EMailAddress>alice@example.com</EMailAddress></Request></Autodiscover>";
  const auto lines = lines_after(published, "POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: example.com\r\n" +
                                                ("Content-Length: " + std::to_string(question.size())) +
                                                "\r\nAuthorization: Basic YWxpY2U6c2VjcmV0\r\n\r\n" + question);
  BOOST_TEST_REQUIRE(!lines.empty());
  BOOST_TEST(lines.front().starts_with("POST example.com /autodiscover/autodiscover.xml 200 "));
  for (const auto& line : lines) {
    BOOST_TEST(line.find("alice") == line.npos);
    BOOST_TEST(line.find("YWxpY2U") == line.npos);
  }
}

BOOST_AUTO_TEST_CASE(row_16_a_line_break_in_an_address_breaks_no_line) {
  const Published published({definition({"example.com"})}, with_access_log());
  const auto target = "/mail/config-v1.1.xml?emailaddress=a%0D%0Aforged@example.com";
  const auto lines = lines_after(published, std::string("GET ") + target + " HTTP/1.1\r\nHost: example.com\r\n\r\n");
  for (const auto& line : lines) {
    BOOST_TEST(line.find('\n') == line.npos);
    BOOST_TEST(line.find("forged") == line.npos);
  }
}

BOOST_AUTO_TEST_CASE(the_access_log_is_off_unless_asked_for) {
  const Published published({definition({"example.com"})});
  const auto lines = lines_after(published, "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n\r\n");
  BOOST_TEST(lines.empty());
}

BOOST_AUTO_TEST_CASE(row_101_json_lines_hold_the_same_in_fields) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "log";
  server::Log log(*server::open_log(file, server::LogFormat::json));
  log.access({"GET", "autoconfig.example.com", "/v1.1/*", 200, std::chrono::microseconds(123), "thunderbird"});
  log.warning("a \"quoted\" line");
  const auto lines = lines_of(file);
  BOOST_TEST_REQUIRE(lines.size() == 2U);
  BOOST_TEST(lines[0].find(
                 R"("host":"autoconfig.example.com","route":"/v1.1/*","client":"thunderbird","status":200,"us":123)") !=
             std::string::npos);
  BOOST_TEST(lines[1].ends_with(R"("level":"warning","message":"a \"quoted\" line"})"));
}

BOOST_AUTO_TEST_CASE(a_log_that_was_moved_away_is_begun_anew_when_it_is_reopened) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "log";
  server::Log log(*server::open_log(file, server::LogFormat::text));
  log.information("before");
  std::filesystem::rename(file, folder.path() / "log.1");
  log.reopen();
  log.information("after");
  BOOST_TEST(lines_of(folder.path() / "log.1").size() == 1U);
  BOOST_TEST_REQUIRE(lines_of(file).size() == 1U);
  BOOST_TEST(lines_of(file).front().ends_with(" Information: after"));
}

BOOST_AUTO_TEST_CASE(a_log_that_cannot_be_written_is_an_error) {
  const auto opened = server::open_log("/nowhere/at/all", server::LogFormat::text);
  BOOST_TEST_REQUIRE(!opened.has_value());
  BOOST_TEST(opened.error().text() == "/nowhere/at/all: cannot be written");
}

BOOST_AUTO_TEST_CASE(clients_are_told_apart_by_a_closed_list_of_words) {
  BOOST_TEST(server::client_family("Mozilla/5.0 (X11) Gecko/20100101 Thunderbird/115.0") == "thunderbird");
  BOOST_TEST(server::client_family("okhttp/4.12") == "okhttp");
  BOOST_TEST(server::client_family("whatever\x01") == "other");
  BOOST_TEST(server::client_family("") == "none");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
