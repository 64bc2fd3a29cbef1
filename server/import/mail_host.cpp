#include "server/import/mail_host.h"

#include <Poco/Net/IPAddress.h>
#include <algorithm>

namespace mailconf::server {

bool is_loopback(const std::string& address) {
  const bool bracketed = address.starts_with('[') && address.ends_with(']');
  Poco::Net::IPAddress parsed;
  return address == "localhost" || address == "loopback-only" ||
         (Poco::Net::IPAddress::tryParse(bracketed ? address.substr(1, address.size() - 2) : address, parsed) &&
          parsed.isLoopback());
}

std::vector<std::string> words_of(const std::string& text) {
  constexpr auto separators = " \t,";
  std::vector<std::string> words;
  for (std::size_t end = 0, begin = text.find_first_not_of(separators); begin != text.npos;
       begin = text.find_first_not_of(separators, end)) {
    end = std::min(text.find_first_of(separators, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
  }
  return words;
}

}  // namespace mailconf::server
