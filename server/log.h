// What the operator reads. No line ever holds an address, a query or an Authorization header: callers pass none.
//
// Safe from any thread.
#pragma once

#include <Poco/AutoPtr.h>
#include <Poco/Channel.h>
#include <Poco/Message.h>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "mailconf/result.h"
#include "server/problem.h"

namespace mailconf::server {

// A request, in words of a closed list but for the host.
struct Access {
  std::string_view method;
  std::string_view host;
  std::string_view route;
  int status = 0;
  std::chrono::microseconds elapsed{0};
  std::string_view client;
};

class Log {
 public:
  // Lines go to the channel as they are.
  explicit Log(Poco::AutoPtr<Poco::Channel> channel) : channel_(std::move(channel)) {}

  void information(const std::string& text) { write(text, Poco::Message::PRIO_INFORMATION); }
  void warning(const std::string& text) { write(text, Poco::Message::PRIO_WARNING); }
  void error(const std::string& text) { write(text, Poco::Message::PRIO_ERROR); }
  void tell(const Problems& problems);
  void access(const Access& access);
  // A file that was moved away is left alone, and a new one begun.
  void reopen() { channel_->close(); }

 private:
  void write(const std::string& text, Poco::Message::Priority priority);
  void write(const Poco::Message& message);

  Poco::AutoPtr<Poco::Channel> channel_;
};

enum class LogFormat { text, json };

// One line a message. Text: time, severity, message. JSON: an object with `time`, `level` and either `message` or, for
// a request, `method`, `host`, `route`, `status`, `us` and `client`. An empty path stands for standard error; an error
// is a file that cannot be written.
Result<Poco::AutoPtr<Poco::Channel>> open_log(const std::filesystem::path& file, LogFormat format);

}  // namespace mailconf::server
