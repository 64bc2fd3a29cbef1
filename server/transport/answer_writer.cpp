#include "server/transport/answer_writer.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/HTTPResponse.h>
#include <ctime>
#include <fmt/core.h>

namespace mailconf::server {
namespace {

using Poco::Net::HTTPResponse;

// Our answers are data, even where a browser is talked into showing one as a page.
constexpr std::pair<std::string_view, std::string_view> protective_headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
};

bool has_content(int status) { return status != 204 && status != 304; }

// Made once a second in each thread.
const std::string& date() {
  thread_local std::time_t second = 0;
  thread_local std::string text;
  if (const auto now = std::time(nullptr); now != second) {
    second = now;
    text = Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now), Poco::DateTimeFormat::HTTP_FORMAT);
  }
  return text;
}

void add(std::string& octets, std::string_view name, std::string_view value) {
  octets.append(name).append(": ").append(value).append("\r\n");
}

std::string status_line(int status, std::string_view version) {
  return fmt::format("{} {} {}\r\n", version == "HTTP/1.0" ? version : "HTTP/1.1", status,
                     HTTPResponse::getReasonForStatus(static_cast<HTTPResponse::HTTPStatus>(status)));
}

}  // namespace

std::string write_answer(const Answer& answer, std::string_view version, bool bare, bool keep_alive) {
  auto octets = status_line(answer.status, version);
  octets.reserve(answer.body.size() + 1024);
  add(octets, "Date", date());
  add(octets, "Connection", keep_alive ? "Keep-Alive" : "Close");
  for (const auto& [name, value] : protective_headers) {
    if (answer.header(name) == nullptr) add(octets, name, value);
  }
  for (const auto& [name, value] : answer.headers) add(octets, name, value);
  if (!has_content(answer.status)) return octets.append("\r\n");
  add(octets, "Content-Type", answer.content_type);
  add(octets, "Content-Length", std::to_string(answer.body.size()));
  octets.append("\r\n");
  return bare ? octets : octets.append(answer.body);
}

}  // namespace mailconf::server
