#include "server/log.h"

#include <Poco/ConsoleChannel.h>
#include <Poco/FormattingChannel.h>
#include <Poco/PatternFormatter.h>
#include <iostream>

namespace mailconf::server {

void Log::tell(const Problems& problems) {
  for (const auto& problem : problems) {
    problem.severity == Severity::error ? error(problem.text()) : warning(problem.text());
  }
}

void Log::write(const std::string& text, Poco::Message::Priority priority) {
  channel_->log(Poco::Message("mailconfd", text, priority));
}

Poco::AutoPtr<Poco::Channel> standard_error_channel() {
  const Poco::AutoPtr<Poco::Formatter> formatter(new Poco::PatternFormatter("%Y-%m-%dT%H:%M:%S.%iZ %p: %t"));
  const Poco::AutoPtr<Poco::Channel> console(new Poco::ConsoleChannel(std::cerr));
  return {new Poco::FormattingChannel(formatter, console)};
}

}  // namespace mailconf::server
