#include "server/document_answer.h"

#include "server/conditional.h"

namespace mailconf::server {
namespace {

// A change of servers must reach clients within the hour.
constexpr auto for_everyone = "public, max-age=3600";
constexpr auto for_one_user = "private, no-cache";

Answer tagged(const Request& request, std::string body, std::string content_type, std::string etag,
              const char* caching) {
  Answer answer;
  answer.content_type = std::move(content_type);
  answer.body = std::move(body);
  answer.headers = {{"ETag", std::move(etag)}, {"Cache-Control", caching}, {"Vary", "Accept-Encoding"}};
  if (names_etag(request.header("if-none-match"), *answer.header("ETag"))) {
    answer.status = 304;
    answer.body.clear();
  }
  return answer;
}

}  // namespace

Answer public_document(const Request& request, const Document& document, std::string content_type) {
  if (!accepts_gzip(request.header("accept-encoding")))
    return tagged(request, document.text, std::move(content_type), document.etag, for_everyone);
  auto answer = tagged(request, document.zipped, std::move(content_type), gzip_etag(document.etag), for_everyone);
  answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

Answer personal_document(const Request& request, std::string body, std::string content_type) {
  auto etag = strong_etag(body);
  return tagged(request, std::move(body), std::move(content_type), std::move(etag), for_one_user);
}

Answer fresh_answer(std::string body, std::string content_type) {
  Answer answer;
  answer.content_type = std::move(content_type);
  answer.body = std::move(body);
  answer.headers = {{"Cache-Control", "no-store"}};
  return answer;
}

}  // namespace mailconf::server
