#include "protocol/http_exchange.h"

#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/core.h>

#include "model/text.h"
#include "protocol/http1.h"
#include "protocol/limits.h"

namespace mailconf {
namespace {

namespace http = boost::beast::http;

using Parser = http::response_parser<http::string_body>;

Failure nonsense(std::string detail) { return {FailureKind::nonsense, std::move(detail)}; }
Failure too_large(std::string detail) { return {FailureKind::too_large, std::move(detail)}; }

// What a URL may hold by mistake must not end the request line (RFC 9112 §3.2).
std::string without_breaks(std::string_view target) {
  std::string result;
  for (const char octet : target) {
    if (octet > ' ' && octet < '\x7f')
      result += octet;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(octet));
  }
  return result;
}

// Some servers compare the type octet by octet.
std::string describe_body(std::string_view body) {
  return fmt::format("Content-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n", body.size());
}

std::string field(const Parser& parser, http::field name) { return std::string(parser.get()[name]); }

bool is_success(const Parser& parser) { return parser.get().result_int() / 100 == 2; }

// Why the body behind this header cannot be trusted or read; empty when it can.
std::string_view fault_of(const Parser& parser) {
  const std::string transfer = to_lower(field(parser, http::field::transfer_encoding));
  // RFC 9112 §6.1: nothing but chunked was asked for, and HTTP/1.0 does not know the header.
  if (!transfer.empty() && (transfer != "chunked" || parser.get().version() < 11))
    return "the transfer encoding is not one that was asked for";
  const std::string content = to_lower(field(parser, http::field::content_encoding));
  if (!content.empty() && content != "identity") return "the body is compressed, which was not asked for";
  return {};
}

// Chunk sizes and extensions in front of the body's octets; honest servers need a thousandth of this.
constexpr std::size_t most_octets_of_body = 2 * limits::http_body;
// No chunk header or trailer is longer than a header may be.
constexpr std::size_t window = limits::http_header;

}  // namespace

std::string http_request(const HttpQuestion& question) {
  const Url& url = question.url;
  const bool is_post = !question.body.empty();
  const std::string query = url.query.empty() ? "" : "?" + url.query;
  return fmt::format(
      "{} {} HTTP/1.1\r\n"
      "Host: {}\r\n"
      // Names the purpose; neither a version nor a system to recognise the user by.
      "User-Agent: autoconfig\r\n"
      "Accept: text/xml, application/xml, application/json;q=0.9, */*;q=0.1\r\n"
      "Connection: close\r\n"
      "{}"
      "\r\n"
      "{}",
      is_post ? "POST" : "GET", without_breaks(url.path + query), url.authority(),
      is_post ? describe_body(question.body) : "", question.body);
}

class HttpResponseReader::Implementation {
 public:
  std::optional<Answer> feed(std::string_view bytes) {
    if (answer_) return answer_;
    pending_.append(bytes);
    while (!answer_ && (in_body_ ? read_body() : read_header())) continue;
    return answer_;
  }

  Answer close() {
    if (!answer_) on_end();
    return *answer_;
  }

 private:
  // A header is parsed once it is whole, so that its limits do not depend on how the octets were cut. True to go on.
  bool read_header() {
    if (!could_be_header()) return false;
    const std::size_t end = pending_.find(http1::end_of_header);
    const std::size_t size = end == std::string::npos ? pending_.size() : end + http1::end_of_header.size();
    if (headers_size_ + size > limits::http_header) return answer(too_large("the header is too large"));
    if (end == std::string::npos) return false;
    headers_size_ += size;
    return parse_header(size);
  }

  bool could_be_header() {
    const std::string_view begin = std::string_view(pending_).substr(0, http1::name.size());
    if (!http1::name.starts_with(begin)) return answer(nonsense("the answer is not HTTP/1.1"));
    const std::size_t header_end = std::min(pending_.find(http1::end_of_header), limits::http_header - headers_size_);
    for (std::size_t at = pending_.find('\n'); at < header_end; at = pending_.find('\n', at + 1))
      if (pending_[at - 1] != '\r') return answer(nonsense("a line of the header does not end in CRLF"));
    return true;
  }

  bool parse_header(std::size_t size) {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits::http_header));
    parser_->body_limit(limits::http_body);
    boost::system::error_code error;
    parser_->put({pending_.data(), size}, error);
    pending_.erase(0, size);
    // The announced length is judged with the header: it matters only when the body is wanted.
    if (error && error != http::error::body_limit) return answer(nonsense("malformed header: " + error.message()));
    return on_header(error == http::error::body_limit);
  }

  bool on_header(bool body_too_large) {
    const unsigned status = parser_->get().result_int();
    if (status < 100 || status == 101) return answer(nonsense(fmt::format("status {} makes no sense here", status)));
    if (status < 200) return true;  // RFC 9110 §15.2: any number of interim answers
    head_.status = static_cast<int>(status);
    head_.content_type = field(*parser_, http::field::content_type);
    head_.location = field(*parser_, http::field::location);
    head_.retry_after = field(*parser_, http::field::retry_after);
    if (!is_success(*parser_)) return answer(head_);
    if (const std::string_view fault = fault_of(*parser_); !fault.empty()) return answer(nonsense(std::string(fault)));
    if (body_too_large) return answer(too_large("the announced body is too large"));
    in_body_ = true;
    return !finish_when_done();
  }

  bool read_body() {
    const std::string_view rest = std::string_view(pending_).substr(position_);
    const std::string_view visible = rest.substr(0, window);
    if (visible.size() < least_octets()) return false;
    boost::system::error_code error;
    const std::size_t used = parser_->put({visible.data(), visible.size()}, error);
    position_ += used;
    body_size_ += used;
    if (body_size_ > most_octets_of_body || error == http::error::body_limit)
      return answer(too_large("the body is too large"));
    if (error && error != http::error::need_more) return answer(nonsense("malformed body: " + error.message()));
    if (finish_when_done()) return false;
    if (used == 0 && visible.size() == window) return answer(too_large("a chunk's header or trailer is too large"));
    const bool more = used > 0 && position_ < pending_.size();
    if (!more) pending_.erase(0, std::exchange(position_, 0));
    return more;
  }

  // A chunked body ends in "0", CRLF, CRLF, and the parser asserts that it sees those five together. It takes one chunk
  // header or a piece of data at a time, so that this holds for each of them.
  [[nodiscard]] std::size_t least_octets() const { return parser_->chunked() ? 5 : 1; }

  bool finish_when_done() {
    if (!parser_->is_done()) return false;
    head_.body = std::move(parser_->get().body());
    answer(std::move(head_));
    return true;
  }

  void on_end() {
    if (!in_body_) {
      const bool silent = pending_.empty() && headers_size_ == 0;
      answer(Failure{FailureKind::closed, silent ? "closed without an answer" : "closed within the header"});
      return;
    }
    boost::system::error_code error;
    parser_->put_eof(error);
    if (error || !finish_when_done()) answer(Failure{FailureKind::closed, "closed before the end of the body"});
  }

  // False, for there is nothing to go on with.
  bool answer(Answer answer) {
    answer_ = std::move(answer);
    return false;
  }

  std::string pending_;  // received, not yet parsed from position_ on
  std::size_t position_ = 0;
  std::size_t headers_size_ = 0;  // of all headers, interim ones included
  std::size_t body_size_ = 0;     // on the wire
  bool in_body_ = false;
  std::optional<Parser> parser_;
  HttpAnswer head_;
  std::optional<Answer> answer_;
};

HttpResponseReader::HttpResponseReader() : implementation_(std::make_unique<Implementation>()) {}
HttpResponseReader::~HttpResponseReader() = default;
HttpResponseReader::HttpResponseReader(HttpResponseReader&&) noexcept = default;
HttpResponseReader& HttpResponseReader::operator=(HttpResponseReader&&) noexcept = default;

std::optional<Answer> HttpResponseReader::feed(std::string_view bytes) { return implementation_->feed(bytes); }
Answer HttpResponseReader::close() { return implementation_->close(); }

}  // namespace mailconf
