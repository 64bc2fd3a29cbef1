// What monitors and operators are told, and nobody else.
#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto config = "/mail/config-v1.1.xml";

struct Watched : Published {
  Watched() : Published({definition({"example.com"})}) {}
  [[nodiscard]] Reply asked(const std::string& path) const {
    return ask(admin(), "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  }
  [[nodiscard]] bool counts(const std::string& line) const {
    return asked("/metrics").body.find(line + "\n") != std::string::npos;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(administration, Watched)

BOOST_AUTO_TEST_CASE(row_102_metrics_are_on_the_administrators_listener_only) {
  BOOST_TEST(get("/metrics", "example.com").status == 404);
  BOOST_TEST(get("/readyz", "example.com").status == 404);
  const auto reply = asked("/metrics");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "text/plain; version=0.0.4; charset=utf-8");
}

BOOST_AUTO_TEST_CASE(row_102_requests_are_counted_by_format_status_client_and_domain) {
  get(config, "autoconfig.example.com", "User-Agent: Thunderbird/128.0\r\n");
  get(config, "autoconfig.example.com", "User-Agent: Thunderbird/128.0\r\n");
  get(config, "autoconfig.example.net", "User-Agent: alice@example.net\r\n");
  get("/nothing", "autoconfig.example.com");
  const std::string requests = "mailconfd_requests_total";
  BOOST_TEST(counts(requests + R"({client="thunderbird",domain="known",format="autoconfig",status="200"} 2)"));
  BOOST_TEST(counts(requests + R"({client="other",domain="unknown",format="autoconfig",status="404"} 1)"));
  BOOST_TEST(counts(requests + R"({client="none",domain="none",format="none",status="404"} 1)"));
  BOOST_TEST(counts(R"(mailconfd_request_duration_seconds_count{format="autoconfig"} 3)"));
  BOOST_TEST(counts(R"(mailconfd_request_duration_seconds_bucket{format="autoconfig",le="+Inf"} 3)"));
}

BOOST_AUTO_TEST_CASE(row_106_nothing_can_be_changed_over_http) {
  for (const std::string method : {"POST", "PUT", "DELETE", "PATCH"}) {
    const auto reply = ask(admin(), method + " /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
    BOOST_TEST(reply.status == 405);
    BOOST_TEST(reply.header("allow") == "GET, HEAD, OPTIONS");
    BOOST_TEST(request(method, "/metrics", "example.com", "Content-Length: 0\r\n").status == 404);
  }
}

BOOST_AUTO_TEST_CASE(what_a_client_sends_never_becomes_a_label) {
  get(std::string(config) + "?emailaddress=alice@example.com", "alice.example", "User-Agent: alice\r\n");
  request("ALICE", "/alice", "example.com");
  BOOST_TEST(asked("/metrics").body.find("alice") == std::string::npos);
  BOOST_TEST(asked("/metrics").body.find("ALICE") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(loads_of_the_store_are_counted) {
  folder.write("domains/bad.toml", "domains = 1\n");
  server->reload();
  BOOST_TEST(counts(R"(mailconfd_loads_total{outcome="complete"} 1)"));
  BOOST_TEST(counts(R"(mailconfd_loads_total{outcome="incomplete"} 1)"));
  BOOST_TEST(counts("mailconfd_domains 1"));
}

BOOST_AUTO_TEST_CASE(readiness_tells_how_the_store_was_read) {
  BOOST_TEST(asked("/readyz").body.starts_with("ready (1 domains, read at 20"));
  folder.write("domains/bad.toml", "domains = 1\n");
  server->reload();
  BOOST_TEST(asked("/readyz").body.ends_with("errors in definitions, see the log)\n"));
}

BOOST_AUTO_TEST_CASE(a_store_that_went_away_leaves_the_server_ready_from_memory) {
  std::filesystem::rename(folder.path() / "domains", folder.path() / "elsewhere");
  server->reload();
  const auto reply = asked("/readyz");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.body.starts_with("ready, from memory (1 domains, read at 20"));
  BOOST_TEST(reply.body.ends_with("; now the store cannot be read: No such file or directory\n"));
  BOOST_TEST(get(config, "autoconfig.example.com").status == 200);
}

BOOST_AUTO_TEST_CASE(a_store_that_never_was_there_is_not_ready) {
  const Published empty({},
                        {.server = "", .more = "", .limits = {}, .surroundings = {}, .watch = false, .domains = false});
  const auto reply = ask(empty.admin(), "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  BOOST_TEST(reply.status == 503);
  BOOST_TEST(reply.body == "not ready: the store cannot be read: No such file or directory\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
