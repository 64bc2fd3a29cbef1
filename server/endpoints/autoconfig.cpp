#include "server/endpoints/autoconfig.h"

#include "server/conditional.h"

namespace mailconf::server {
namespace {

// Thunderbird reads text/xml, application/xml and text/rdf only.
constexpr auto content_type = "text/xml; charset=utf-8";

// A change of servers must reach clients within the hour.
constexpr auto for_everyone = "public, max-age=3600";
// What holds an address belongs into no shared cache, and into no other without asking again.
constexpr auto for_one_user = "private, no-cache";

Answer document(std::string body, std::string etag, const char* caching) {
  Answer answer;
  answer.content_type = content_type;
  answer.body = std::move(body);
  answer.headers = {{"ETag", std::move(etag)}, {"Cache-Control", caching}, {"Vary", "Accept-Encoding"}};
  return answer;
}

Answer general_document(const Document& form, bool zipped) {
  if (!zipped) return document(form.text.unspliced(), form.etag, for_everyone);
  auto answer = document(form.zipped, gzip_etag(form.etag), for_everyone);
  answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

Answer personal_document(const Document& form, const EmailAddress& address) {
  auto body = form.text.for_address(address);
  auto etag = strong_etag(body);
  return document(std::move(body), std::move(etag), for_one_user);
}

}  // namespace

Answer autoconfig(const Request& request, const Subject& subject) {
  const auto& form = subject.domain->autoconfig;
  auto answer = subject.address ? personal_document(form, *subject.address)
                                : general_document(form, accepts_gzip(request.header("accept-encoding")));
  if (names_etag(request.header("if-none-match"), *answer.header("ETag"))) {
    answer.status = 304;
    answer.body.clear();
  }
  return answer;
}

}  // namespace mailconf::server
