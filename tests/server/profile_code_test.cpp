// The QR code that leads to an Apple profile. Whether cameras can read it, tests/integration/test_profile_code.py
// tells.
#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto host = "autoconfig.example.com";
const std::string code_of_alice = "/profile.qr?emailaddress=alice@example.com";

Wishes with_access_log() {
  Wishes wishes;
  wishes.more = "[log]\naccess = true\n";
  return wishes;
}

struct Coding : Published {
  Coding() : Published({definition({"example.com"})}, with_access_log()) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(profile_code, Coding)

BOOST_AUTO_TEST_CASE(row_91_the_code_is_a_drawing_that_nobody_keeps) {
  const auto reply = get(code_of_alice, host);
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "image/svg+xml");
  BOOST_TEST(reply.header("cache-control") == "no-store");
  BOOST_TEST(reply.body.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  BOOST_TEST(get(code_of_alice, host).body == reply.body);
}

BOOST_AUTO_TEST_CASE(row_91_another_address_or_host_has_another_code) {
  const auto alice = get(code_of_alice, host).body;
  BOOST_TEST(get("/profile.qr?emailaddress=bob@example.com", host).body != alice);
  BOOST_TEST(get(code_of_alice, "example.com").body != alice);
  BOOST_TEST(get("/profile.qr?email=alice@example.com", host).body == alice);
}

BOOST_AUTO_TEST_CASE(row_91_what_has_no_profile_has_no_code) {
  BOOST_TEST(get("/profile.qr", host).status == 400);
  BOOST_TEST(get("/profile.qr?emailaddress=alice", host).status == 400);
  BOOST_TEST(get("/profile.qr?emailaddress=alice@elsewhere.example", host).status == 404);
}

BOOST_AUTO_TEST_CASE(row_91_a_host_that_devices_cannot_find_is_in_no_code) {
  for (const auto* nowhere : {"localhost", "127.0.0.1", "[::1]"}) BOOST_TEST(get(code_of_alice, nowhere).status == 400);
}

BOOST_AUTO_TEST_CASE(row_91_the_longest_address_fits) {
  std::string encoded;
  for (int i = 0; i < 64; ++i) encoded += "%25";
  BOOST_TEST(get("/profile.qr?emailaddress=" + encoded + "@example.com", host).status == 200);
}

BOOST_AUTO_TEST_CASE(row_91_the_address_is_in_no_log) {
  get(code_of_alice, host);
  BOOST_TEST(channel->waits_for("/profile.qr"));
  BOOST_TEST(channel->lines_with("alice").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
