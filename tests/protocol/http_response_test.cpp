#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "protocol/http_exchange.h"
#include "protocol/limits.h"
#include "protocol/probe_script.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

// What comes of the octets when they arrive in pieces of `size`, the first of `first` octets, and the peer closes.
std::string read(std::string_view octets, std::size_t first, std::size_t size) {
  HttpResponseReader reader;
  while (!octets.empty()) {
    const std::string_view piece = octets.substr(0, first);
    if (const std::optional<Answer> answer = reader.feed(piece)) return describe(*answer);
    octets.remove_prefix(piece.size());
    first = size;
  }
  return describe(reader.close());
}

void check(std::string_view octets, const Answer& answer) {
  const std::string expected = describe(answer);
  BOOST_TEST(read(octets, octets.size(), octets.size()) == expected);
  if (octets.size() < 100'000) BOOST_TEST((read(octets, 1, 1) == expected), "octet by octet it ends otherwise");
  const std::size_t step = octets.size() < 2000 ? 1 : octets.size() / 100 + 1;
  for (std::size_t at = 1; at < octets.size(); at += step)
    BOOST_TEST((read(octets, at, octets.size()) == expected), "cut at octet " << at << " it ends otherwise");
}

Answer page(int status, std::string body, std::string type = "") {
  HttpAnswer answer;
  answer.status = status;
  answer.content_type = std::move(type);
  answer.body = std::move(body);
  return answer;
}

Answer nonsense(std::string_view detail) { return fails(FailureKind::nonsense, detail); }
Answer too_large(std::string_view detail) { return fails(FailureKind::too_large, detail); }
Answer closed(std::string_view detail) { return fails(FailureKind::closed, detail); }

}  // namespace

BOOST_AUTO_TEST_SUITE(http_responses)

BOOST_AUTO_TEST_CASE(a_body_of_announced_length_is_read) {
  check("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>", page(200, "<a/>", "text/xml"));
  check("HTTP/1.0 200 OK\r\ncontent-length: 4\r\n\r\n<a/>", page(200, "<a/>"));
}

BOOST_AUTO_TEST_CASE(a_body_without_length_ends_with_the_connection) {
  check("HTTP/1.1 200 OK\r\n\r\n<a/>", page(200, "<a/>"));
  check("HTTP/1.1 200 OK\r\n\r\n", page(200, ""));
}

BOOST_AUTO_TEST_CASE(chunks_are_joined_and_extensions_and_trailers_ignored) {
  check("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<a/\r\n1;x=y\r\n>\r\n0\r\nX-Sum: 1\r\n\r\n",
        page(200, "<a/>"));
  check("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", page(200, ""));
}

BOOST_AUTO_TEST_CASE(a_trailer_cannot_change_the_header) {
  check("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Type: c/d\r\n\r\n",
        page(200, "", "a/b"));
}

BOOST_AUTO_TEST_CASE(a_success_may_have_no_body) {
  check("HTTP/1.1 204 No Content\r\n\r\n", page(204, ""));
  check("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", page(200, ""));
}

BOOST_AUTO_TEST_CASE(interim_answers_are_skipped) {
  check(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n"
      "Content-Length: 1\r\n\r\nx",
      page(200, "x"));
}

BOOST_AUTO_TEST_CASE(any_other_status_is_answered_at_the_end_of_its_header) {
  HttpResponseReader reader;
  const std::optional<Answer> answer = reader.feed("HTTP/1.1 404 Not Found\r\nContent-Length: 70000\r\n\r\n");
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(describe(*answer) == describe(page(404, "")));
}

BOOST_AUTO_TEST_CASE(a_huge_or_compressed_error_page_is_an_error_page_all_the_same) {
  check("HTTP/1.1 404 Not Found\r\nContent-Length: 99999999999\r\n\r\nx", page(404, ""));
  check("HTTP/1.1 503 Busy\r\nContent-Encoding: gzip\r\nTransfer-Encoding: gzip, chunked\r\n\r\nx", page(503, ""));
}

BOOST_AUTO_TEST_CASE(location_and_retry_after_come_as_received) {
  HttpAnswer moved;
  moved.status = 301;
  moved.location = "../other?x=1#y";
  check("HTTP/1.1 301 Moved\r\nLocation: ../other?x=1#y\r\n\r\n", moved);
  HttpAnswer busy;
  busy.status = 429;
  busy.retry_after = "Fri, 31 Dec 1999 23:59:59 GMT";
  check("HTTP/1.1 429 Slow Down\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n\r\n", busy);
}

BOOST_AUTO_TEST_CASE(octets_behind_the_message_are_left_alone) {
  check("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 302 Found\r\nLocation: /evil\r\n\r\n", page(200, "x"));
  check("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n\xff\xff", page(200, "x"));
  check("HTTP/1.1 404 Not Found\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", page(404, ""));
}

BOOST_AUTO_TEST_CASE(lengths_that_contradict_each_other_are_refused) {
  const std::string begin = "HTTP/1.1 200 OK\r\n";
  for (const std::string fields : {
           "Content-Length: 1\r\nContent-Length: 2\r\n",
           "Content-Length: 1, 2\r\n",
           "Content-Length: -1\r\n",
           "Content-Length: 1x\r\n",
           "Content-Length: \r\n",
           "Content-Length: 99999999999999999999\r\n",
           "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
       })
    BOOST_TEST(read(begin + fields + "\r\n1\r\nx\r\n0\r\n\r\n", 1000, 1000).starts_with("nonsense: malformed header"),
               fields);
}

BOOST_AUTO_TEST_CASE(encodings_nobody_asked_for_are_refused) {
  const std::string begin = "HTTP/1.1 200 OK\r\n";
  for (const std::string encoding : {"gzip", "gzip, chunked", "chunked, gzip", "xchunked"})
    check(begin + "Transfer-Encoding: " + encoding + "\r\n\r\n0\r\n\r\n",
          nonsense("the transfer encoding is not one that was asked for"));
  check("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        nonsense("the transfer encoding is not one that was asked for"));
  check(begin + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
        nonsense("the body is compressed, which was not asked for"));
  check(begin + "Content-Encoding: Identity\r\nContent-Length: 1\r\n\r\nx", page(200, "x"));
}

BOOST_AUTO_TEST_CASE(another_protocol_is_recognised_at_its_first_octet_that_does_not_fit) {
  for (const std::string octets : {"220 mail.example.org ESMTP\r\n", "\x15\x03\x01", "HTTP/2 200\r\n",
                                   "http/1.1 200 OK", "\r\nHTTP/1.1 200 OK\r\n\r\n", "<html>"})
    check(octets, nonsense("the answer is not HTTP/1.1"));
}

BOOST_AUTO_TEST_CASE(malformed_headers_are_refused) {
  for (const std::string header :
       {"HTTP/1.1 abc OK", "HTTP/1.1 20 OK", "HTTP/1.2 200 OK", "HTTP/1.1  200 OK", "HTTP/1.1 200 O\x01K",
        "HTTP/1.1 200 OK\r\nNo colon", "HTTP/1.1 200 OK\r\nBad name: x", "HTTP/1.1 200 OK\r\n: x",
        "HTTP/1.1 200 OK\r\nX: a\x01", "HTTP/1.1 200 OK\r\nX: a\rb"})
    BOOST_TEST(read(header + "\r\n\r\n", 1000, 1000).starts_with("nonsense: malformed header"), header);
  const std::string with_nul("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", 28);
  BOOST_TEST(read(with_nul, 1000, 1000).starts_with("nonsense: malformed header"));
}

BOOST_AUTO_TEST_CASE(a_bare_line_feed_in_a_header_is_refused) {
  check("HTTP/1.1 200 OK\nContent-Length: 0\n\n", nonsense("a line of the header does not end in CRLF"));
  check("HTTP/1.1 200 OK\r\nX: a\nSet: b\r\n\r\n", nonsense("a line of the header does not end in CRLF"));
}

BOOST_AUTO_TEST_CASE(a_status_that_makes_no_sense_is_refused) {
  check("HTTP/1.1 101 Switching Protocols\r\n\r\n", nonsense("status 101 makes no sense here"));
  check("HTTP/1.1 099 Strange\r\n\r\n", nonsense("status 99 makes no sense here"));
}

BOOST_AUTO_TEST_CASE(malformed_chunks_are_refused) {
  const std::string begin = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string chunks : {"x\r\n", "-1\r\n", "1\r\nxy\r\n", "1\r\nx0\r\n\r\n", "11111111111111111\r\n",
                                   "0\r\nContent-Length: 5\r\n\r\n", "1 2\r\nx\r\n"}) {
    const std::string outcome = read(begin + chunks + "\r\n", 1000, 1000);
    BOOST_TEST(outcome.starts_with("nonsense: malformed body"), chunks << " -> " << outcome);
  }
}

BOOST_AUTO_TEST_CASE(a_connection_closed_too_early_says_where) {
  check("", closed("closed without an answer"));
  check("HTTP/1.1 200 OK\r\nConte", closed("closed within the header"));
  check("HTTP/1.1 100 Continue\r\n\r\n", closed("closed within the header"));
  check("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<a", closed("closed before the end of the body"));
  check("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<a/>\r\n",
        closed("closed before the end of the body"));
  check("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", closed("closed before the end of the body"));
}

BOOST_AUTO_TEST_CASE(a_header_of_sixteen_kibibytes_is_read_and_a_larger_one_refused) {
  const std::string begin = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nSet-Cookie: ";
  const std::size_t rest = limits::http_header - begin.size() - 4;
  check(begin + std::string(rest, 'c') + "\r\n\r\nx", page(200, "x"));
  check(begin + std::string(rest + 1, 'c') + "\r\n\r\nx", too_large("the header is too large"));
  check(begin + std::string(4 * limits::http_header, 'c'), too_large("the header is too large"));
}

BOOST_AUTO_TEST_CASE(interim_answers_share_the_limit_of_the_header) {
  std::string octets;
  while (octets.size() <= limits::http_header) octets += "HTTP/1.1 100 Continue\r\n\r\n";
  check(octets, too_large("the header is too large"));
}

BOOST_AUTO_TEST_CASE(a_body_of_256_kibibytes_is_read_and_a_larger_one_refused) {
  const std::string body(limits::http_body, 'b');
  const std::string begin = "HTTP/1.1 200 OK\r\n";
  check(fmt::format("{}Content-Length: {}\r\n\r\n{}", begin, body.size(), body), page(200, body));
  check(fmt::format("{}Content-Length: {}\r\n\r\n", begin, body.size() + 1),
        too_large("the announced body is too large"));
  check(begin + "Content-Length: 18446744073709551615\r\n\r\n", too_large("the announced body is too large"));
  check(begin + "\r\n" + body, page(200, body));
  check(begin + "\r\n" + body + "b", too_large("the body is too large"));
  check(fmt::format("{}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n1\r\nb", begin, body.size(), body),
        too_large("the body is too large"));
}

BOOST_AUTO_TEST_CASE(the_wrapping_of_chunks_is_bounded_too) {
  const std::string begin = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  check(begin + "1;" + std::string(2 * limits::http_header, 'x'),
        too_large("a chunk's header or trailer is too large"));
  check(begin + "0\r\nX: " + std::string(2 * limits::http_header, 'x'),
        too_large("a chunk's header or trailer is too large"));
  std::string wasteful = begin;
  while (wasteful.size() <= 3 * limits::http_body) wasteful += "1;" + std::string(10'000, 'x') + "\r\nb\r\n";
  check(wasteful, too_large("the body is too large"));
}

BOOST_AUTO_TEST_CASE(after_the_answer_nothing_changes_any_more) {
  HttpResponseReader reader;
  reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
  BOOST_TEST(describe(*reader.feed("HTTP/1.1 500 Oops\r\n\r\n")) == describe(page(200, "x")));
  BOOST_TEST(describe(reader.close()) == describe(page(200, "x")));
}

BOOST_AUTO_TEST_SUITE_END()
