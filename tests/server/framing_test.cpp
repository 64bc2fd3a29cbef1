// Where a request ends.
#include "server/transport/framing.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

namespace mailconf::testing {
namespace {

using server::Arrival;

struct Case {
  std::string octets;
  Arrival arrival;
  std::string rest = "";  // what follows the request
};

std::ostream& operator<<(std::ostream& out, const Case& given) { return out << given.octets; }

const std::string get = "GET / HTTP/1.1\r\nHost: example.com\r\n";

const Case cases[] = {
    {"", Arrival::incomplete},
    {"GET / HT", Arrival::incomplete},
    {get, Arrival::incomplete},
    {get + "\r", Arrival::incomplete},
    {get + "\r\n", Arrival::whole},
    {"\r\n\r\n", Arrival::incomplete},
    {"\r\n" + get + "\r\n", Arrival::whole},
    {"GET / HTTP/1.1\nHost: example.com\n\n", Arrival::whole},
    {"GET / HTTP/1.0\r\n\r\n", Arrival::whole},
    {get + "\r\nGET /", Arrival::whole, "GET /"},
    {get + "Content-Length: 3\r\n\r\nab", Arrival::incomplete},
    {get + "Content-Length: 3\r\n\r\nabcd", Arrival::whole, "d"},
    {get + "CONTENT-LENGTH:3 \r\n\r\nabc", Arrival::whole},
    // Lengths that another reader could understand in another way.
    {get + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", Arrival::unusual},
    {get + "Content-Length: +3\r\n\r\nabc", Arrival::unusual},
    {get + "Content-Length: 0x3\r\n\r\nabc", Arrival::unusual},
    {get + "Content-Length: 3, 3\r\n\r\nabc", Arrival::unusual},
    {get + "Content-Length:\r\n\r\n", Arrival::unusual},
    {get + "Content-Length: -1\r\n\r\n", Arrival::unusual},
    {get + "Content-Length: 99999999999999999999\r\n\r\n", Arrival::unusual},
    {get + "Content-Length : 3\r\n\r\nabc", Arrival::unusual},
    {get + "X: 1\r\n Content-Length: 3\r\n\r\nabc", Arrival::unusual},
    {get + "X: 1\rContent-Length: 3\r\n\r\nabc", Arrival::unusual},
    {"GET / HTTP/1.1\rContent-Length: 3\r\n\r\nabc", Arrival::unusual},
    {get + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Arrival::unusual},
    {get + "transfer-encoding: identity\r\n\r\n", Arrival::unusual},
    {get + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", Arrival::unusual},
    {get + "no field\r\n\r\n", Arrival::unusual},
    // Longer than requests of mail clients are.
    {get + "Content-Length: 60000\r\n\r\n", Arrival::unusual},
    {get + "X: " + std::string(9000, 'x'), Arrival::unusual},
    {std::string(9000, '\n'), Arrival::unusual},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_request_ends_where_its_header_says, cases) {
  const auto framed = server::frame(sample.octets);
  BOOST_TEST((framed.arrival == sample.arrival));
  if (sample.arrival == Arrival::whole) BOOST_TEST(sample.octets.substr(framed.size) == sample.rest);
}

BOOST_AUTO_TEST_CASE(octets_that_come_one_by_one_make_the_same_request) {
  const auto request = get + "Content-Length: 3\r\n\r\nabc";
  for (std::size_t length = 0; length < request.size(); ++length)
    BOOST_TEST((server::frame(request.substr(0, length)).arrival == Arrival::incomplete));
  BOOST_TEST((server::frame(request).arrival == Arrival::whole));
}

}  // namespace mailconf::testing
