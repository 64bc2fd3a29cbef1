#include "server/answer.h"

#include <algorithm>

namespace mailconf::server {

const std::string* Answer::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
  return found == headers.end() ? nullptr : &found->second;
}

Answer explain(int status, std::string sentence) {
  Answer answer;
  answer.status = status;
  answer.body = std::move(sentence) + "\n";
  answer.headers = {{"Cache-Control", "no-store"}};
  return answer;
}

Answer explain_and_close(int status, std::string sentence) {
  auto answer = explain(status, std::move(sentence));
  answer.last = true;
  return answer;
}

}  // namespace mailconf::server
