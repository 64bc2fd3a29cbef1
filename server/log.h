// What the operator reads. No line ever holds an address, a query or an Authorization header: callers pass none.
//
// Safe from any thread.
#pragma once

#include <Poco/AutoPtr.h>
#include <Poco/Channel.h>
#include <Poco/Message.h>
#include <string>

#include "server/problem.h"

namespace mailconf::server {

class Log {
 public:
  // Lines go to the channel as they are.
  explicit Log(Poco::AutoPtr<Poco::Channel> channel) : channel_(std::move(channel)) {}

  void information(const std::string& text) { write(text, Poco::Message::PRIO_INFORMATION); }
  void warning(const std::string& text) { write(text, Poco::Message::PRIO_WARNING); }
  void error(const std::string& text) { write(text, Poco::Message::PRIO_ERROR); }
  void tell(const Problems& problems);

 private:
  void write(const std::string& text, Poco::Message::Priority priority);

  Poco::AutoPtr<Poco::Channel> channel_;
};

// Standard error, with time and severity in front of each line.
Poco::AutoPtr<Poco::Channel> standard_error_channel();

}  // namespace mailconf::server
