// What holds for every document that everybody may read, whatever its format.
#include <Poco/InflatingStream.h>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "server/published.h"

namespace mailconf::testing {
namespace {

namespace data = boost::unit_test::data;

struct Place {
  const char* target;
  const char* host;
  const char* type;
};
std::ostream& operator<<(std::ostream& stream, const Place& place) { return stream << place.host << place.target; }

const Place places[] = {
    {"/mail/config-v1.1.xml", "autoconfig.example.com", "text/xml; charset=utf-8"},
    {"/.well-known/autoconfig/mail/config-v1.1.xml", "example.com", "text/xml; charset=utf-8"},
    {"/v1.1/example.com", "ispdb.example.net", "text/xml; charset=utf-8"},
    {"/autodiscover/autodiscover.xml", "autodiscover.example.com", "text/xml; charset=utf-8"},
    {"/.well-known/user-agent-configuration.json", "ua-auto-config.example.com", "application/json"},
    {"/.well-known/oauth-authorization-server", "auth.example.com", "application/json"},
    {"/.well-known/mta-sts.txt", "mta-sts.example.com", "text/plain; charset=utf-8"},
};

const std::string everything =
    "\n[oauth2]\nissuer = \"https://auth.example.com\"\nauthURL = \"https://auth.example.com/authorize\"\n"
    "tokenURL = \"https://auth.example.com/token\"\nscope = \"mail\"\n"
    "\n[mtaSts]\nmode = \"testing\"\nmx = [\"mx.example.com\"]\n";

std::string inflate(const std::string& bytes) {
  std::istringstream zipped(bytes);
  Poco::InflatingInputStream stream(zipped, Poco::InflatingStreamBuf::STREAM_GZIP);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"}) + everything}) {}
};

}  // namespace

BOOST_AUTO_TEST_SUITE(every_document)

BOOST_DATA_TEST_CASE_F(OneDomain, row_24_head_has_the_headers_of_get, data::make(places), place) {
  const auto full = get(place.target, place.host);
  const auto head = request("HEAD", place.target, place.host);
  BOOST_TEST(full.status == 200);
  BOOST_TEST(head.status == 200);
  BOOST_TEST(head.body.empty());
  BOOST_TEST(full.header("content-type") == place.type);
  for (const auto name : {"content-length", "content-type", "etag", "cache-control", "vary"})
    BOOST_TEST(head.header(name) == full.header(name));
}

BOOST_DATA_TEST_CASE_F(OneDomain, row_25_web_pages_may_read_it, data::make(places), place) {
  BOOST_TEST(get(place.target, place.host).header("access-control-allow-origin") == "*");
  const auto reply = request("OPTIONS", place.target, place.host, "Origin: https://webmail.example\r\n");
  BOOST_TEST(reply.status == 204);
  BOOST_TEST(reply.header("allow").starts_with("GET, HEAD, "));
}

BOOST_DATA_TEST_CASE_F(OneDomain, row_27_who_has_it_does_not_get_it_again, data::make(places), place) {
  const auto tag = get(place.target, place.host).header("etag");
  BOOST_TEST(!tag.empty());
  const auto reply = get(place.target, place.host, "If-None-Match: " + tag + "\r\n");
  BOOST_TEST(reply.status == 304);
  BOOST_TEST(reply.body.empty());
}

BOOST_DATA_TEST_CASE_F(OneDomain, row_28_it_is_compressed_where_the_client_takes_that, data::make(places), place) {
  const auto plain = get(place.target, place.host);
  const auto zipped = get(place.target, place.host, "Accept-Encoding: gzip\r\n");
  BOOST_TEST(plain.header("content-encoding").empty());
  BOOST_TEST(zipped.header("content-encoding") == "gzip");
  BOOST_TEST(zipped.header("vary") == "Accept-Encoding");
  BOOST_TEST(inflate(zipped.body) == plain.body);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
