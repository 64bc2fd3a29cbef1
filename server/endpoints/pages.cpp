#include "server/endpoints/pages.h"

#include <Poco/URI.h>

#include "mailconf/guide.h"
#include "server/document_answer.h"
#include "server/subject.h"

namespace mailconf::server {
namespace {

constexpr auto page_type = "text/html; charset=utf-8";

// Whom a page is for, and why that is not who was asked about.
struct Reader {
  std::shared_ptr<const PublishedDomain> domain;
  std::optional<EmailAddress> address = {};
  std::string remark = {};
  int status = 200;
};
using ReaderOrRefusal = tl::expected<Reader, Answer>;

ReaderOrRefusal instead(const Request& request, const Domains& domains, std::string remark, int status) {
  return by_host(request, domains).map([&](const Subject& subject) {
    return Reader{subject.domain, std::nullopt, remark, status};
  });
}

// Who comes with an address sees its settings; who mistypes it still sees the page.
ReaderOrRefusal reader_of(const Request& request, const Domains& domains) {
  const auto text = request.target.parameter("emailaddress").value_or("");
  if (text.empty()) return instead(request, domains, "", 200);
  auto address = EmailAddress::parse(text);
  if (!address) return instead(request, domains, "no_address", 400);
  auto found = domains.find(address->domain());
  if (found) return Reader{*found, *std::move(address)};
  return found.error().status == 404 ? instead(request, domains, "not_served", 404)
                                     : ReaderOrRefusal(tl::unexpected(found.error()));
}

GuideSubject guided_subject(const Reader& reader) {
  const PublishedDomain& domain = *reader.domain;
  if (!reader.address) return {domain.settings, domain.domain, {}, domain.run_by};
  return {for_address(domain.settings, *reader.address).settings, domain.domain, reader.address, domain.run_by};
}

GuideStyle style_of(const Target& target, const Request& request, const PageSite& site) {
  GuideStyle style;
  style.language = guide_language(target.parameter("lang").value_or(""), request.header("accept-language"));
  const auto protocol = parse_server_type(target.parameter("protocol").value_or(""));
  if (protocol == ServerType::imap || protocol == ServerType::pop3) style.protocol = protocol;
  style.format = TextFormat::html;
  style.place = {PagePlace::Kind::server, site.configuration.base, site.configuration.self_test};
  return style;
}

// Where the logo comes from; nothing else of a page comes from another host.
std::string image_source(const std::string& logo) {
  if (logo.empty()) return "";
  if (logo.starts_with("data:")) return " data:";
  const Poco::URI url(logo);
  return " https://" + url.getAuthority();
}

std::string security_policy(const Operator& who) {
  return "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'" +
         image_source(who.logo) + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

// Kept by nobody without asking again: it may hold an address, and depends on the language of the reader.
Answer page_answer(const Request& request, const Reader& reader, Result<std::string> text) {
  if (!text) return explain(404, "There is no such page: " + text.error().message + ".");
  auto answer = reader.status == 200 ? personal_document(request, *std::move(text), page_type)
                                     : fresh_answer(*std::move(text), page_type);
  if (reader.status != 200) answer.status = reader.status;
  answer.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language");
  answer.headers.emplace_back("Content-Security-Policy", security_policy(reader.domain->run_by));
  return answer;
}

using WriteChapter = Result<std::string> (*)(std::string_view, const GuideSubject&, const GuideStyle&);

Answer chapter_page(const Request& request, const Domains& domains, const PageSite& site, WriteChapter write) {
  const auto reader = reader_of(request, domains);
  if (!reader) return reader.error();
  const auto& path = request.target.path;
  const auto id = path.substr(path.rfind('/') + 1);
  return page_answer(request, *reader, write(id, guided_subject(*reader), style_of(request.target, request, site)));
}

}  // namespace

Answer setup_page(const Request& request, const Domains& domains, const PageSite& site) {
  const auto reader = reader_of(request, domains);
  if (!reader) return reader.error();
  const auto style = style_of(request.target, request, site);
  return page_answer(request, *reader, write_setup_page(guided_subject(*reader), style, {{}, reader->remark}));
}

Answer guide_page(const Request& request, const Domains& domains, const PageSite& site) {
  return chapter_page(request, domains, site, write_guide);
}

Answer article_page(const Request& request, const Domains& domains, const PageSite& site) {
  return chapter_page(request, domains, site, write_article);
}

// The domain that is named in the form, else that of the host. It is served here, or there is no test.
Answer self_test_page(const Request& request, const Domains& domains, const PageSite& site) {
  if (!site.configuration.self_test) return explain(404, "Nothing is published under this path.");
  const auto form = request.method == "POST" ? parse_target("/?" + request.body) : std::optional(request.target);
  if (!form) return explain(400, "The form is malformed.");
  const auto name = form->parameter("domain").value_or("");
  const auto subject = name.empty() ? by_host(request, domains) : by_name(name, domains);
  if (!subject) return subject.error();
  Reader reader{subject->domain};
  const auto about = guided_subject(reader);
  const auto tested = site.self_tests.run(about.domain, guide_servers(about.settings));
  reader.status = tested ? 200 : 429;
  const SetupPage page{tested, tested ? "" : "busy"};
  auto answer = page_answer(request, reader, write_setup_page(about, style_of(*form, request, site), page));
  if (!tested) answer.headers.emplace_back("Retry-After", "60");
  return answer;
}

Answer page_style_file(const Request& request, const Domains& domains, const PageSite&) {
  const auto subject = by_host(request, domains);
  const auto color = subject ? subject->domain->run_by.color : "";
  return public_document(request, Document(page_stylesheet(color).text), "text/css; charset=utf-8");
}

Answer page_script_file(const Request& request, const Domains&, const PageSite&) {
  static const Document script(page_script().text);
  return public_document(request, script, "text/javascript; charset=utf-8");
}

}  // namespace mailconf::server
