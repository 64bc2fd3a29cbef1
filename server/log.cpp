#include "server/log.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Exception.h>
#include <Poco/FileChannel.h>
#include <Poco/FormattingChannel.h>
#include <Poco/PatternFormatter.h>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <fmt/core.h>
#include <iostream>
#include <unistd.h>

namespace mailconf::server {
namespace {

constexpr auto time_format = "%Y-%m-%dT%H:%M:%S.%iZ";

std::string or_dash(std::string_view text) { return text.empty() ? "-" : std::string(text); }

std::string level_of(Poco::Message::Priority priority) {
  if (priority <= Poco::Message::PRIO_ERROR) return "error";
  return priority == Poco::Message::PRIO_WARNING ? "warning" : "information";
}

// A message with parameters is told by them; `status` and `us` are numbers.
class JsonFormatter : public Poco::Formatter {
 public:
  void format(const Poco::Message& message, std::string& line) override {
    boost::json::object object{{"time", Poco::DateTimeFormatter::format(message.getTime(), time_format)},
                               {"level", level_of(message.getPriority())}};
    if (!message.has("route")) {
      object["message"] = message.getText();
    } else {
      for (const auto* name : {"method", "host", "route", "client"}) object[name] = message.get(name);
      for (const auto* name : {"status", "us"}) object[name] = std::stoll(message.get(name));
    }
    line = boost::json::serialize(object);
  }
};

Poco::AutoPtr<Poco::Formatter> formatter_of(LogFormat format) {
  if (format == LogFormat::json) return {new JsonFormatter};
  return {new Poco::PatternFormatter(std::string(time_format) + " %p: %t")};
}

// A line by one system call: Poco's own takes one for its end alone.
class StandardError : public Poco::Channel {
 public:
  void log(const Poco::Message& message) override {
    const auto line = message.getText() + '\n';
    for (std::string_view rest = line; !rest.empty();) {
      const auto written = ::write(STDERR_FILENO, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return;
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }
};

Poco::AutoPtr<Poco::Channel> file_channel(const std::filesystem::path& file) {
  Poco::AutoPtr<Poco::Channel> channel(new Poco::FileChannel(file.string()));
  channel->open();
  return channel;
}

}  // namespace

void Log::tell(const Problems& problems) {
  for (const auto& problem : problems) {
    problem.severity == Severity::error ? error(problem.text()) : warning(problem.text());
  }
}

void Log::access(const Access& access) {
  Poco::Message message("mailconfd",
                        fmt::format("{} {} {} {} {} us {}", access.method, or_dash(access.host), or_dash(access.route),
                                    access.status, access.elapsed.count(), access.client),
                        Poco::Message::PRIO_INFORMATION);
  message.set("method", std::string(access.method));
  message.set("host", std::string(access.host));
  message.set("route", std::string(access.route));
  message.set("status", std::to_string(access.status));
  message.set("us", std::to_string(access.elapsed.count()));
  message.set("client", std::string(access.client));
  write(message);
}

void Log::write(const std::string& text, Poco::Message::Priority priority) {
  write(Poco::Message("mailconfd", text, priority));
}

// A full disk or a folder that is gone must not cost an answer.
void Log::write(const Poco::Message& message) try { channel_->log(message); } catch (const Poco::Exception&) {
  std::cerr << message.getText() << std::endl;
}

Result<Poco::AutoPtr<Poco::Channel>> open_log(const std::filesystem::path& file, LogFormat format) try {
  const Poco::AutoPtr<Poco::Channel> channel =
      file.empty() ? Poco::AutoPtr<Poco::Channel>(new StandardError) : file_channel(file);
  return Poco::AutoPtr<Poco::Channel>(new Poco::FormattingChannel(formatter_of(format), channel));
} catch (const Poco::Exception&) {
  return fail(ErrorCode::io, file.string(), "cannot be written");
}

}  // namespace mailconf::server
