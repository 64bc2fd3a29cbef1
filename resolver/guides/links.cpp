#include "guides/links.h"

#include <fmt/core.h>

#include "exports/escapes.h"

namespace mailconf::guides {
namespace {

std::string file_name(const PageName& page, bool pop3, std::string_view language) {
  std::string stem = "index";
  if (page.kind == PageKind::guide) stem = "guide-" + page.id;
  if (page.kind == PageKind::article) stem = "help-" + page.id;
  return fmt::format("{}{}{}.html", stem, pop3 ? "-pop3" : "", language == "en" ? "" : fmt::format(".{}", language));
}

}  // namespace

Links::Links(const GuideSubject& subject, const GuideStyle& style, const Choice& choice)
    : subject_(subject),
      style_(style),
      protocol_(choice.protocol),
      both_(choice.servers.imap != nullptr && choice.servers.pop3 != nullptr) {}

std::string Links::in_language(const PageName& page, std::string_view language) const {
  return link(page, protocol_, language);
}

std::string Links::with_protocol(const PageName& page, ServerType protocol) const {
  return link(page, protocol, style_.language);
}

std::string Links::link(const PageName& page, ServerType protocol, std::string_view language) const {
  const bool pop3 = both_ && protocol == ServerType::pop3;
  switch (style_.place.kind) {
    case PagePlace::Kind::server:
      return on_server(page, pop3, language);
    case PagePlace::Kind::folder:
      return file_name(page, pop3 && page.kind != PageKind::article, language);
    case PagePlace::Kind::alone:
      break;
  }
  return "";
}

std::string Links::on_server(const PageName& page, bool pop3, std::string_view language) const {
  const std::string& base = style_.place.base;
  std::string path = base.empty() ? "/" : base;
  if (page.kind == PageKind::guide) path = base + "/guide/" + page.id;
  if (page.kind == PageKind::article) path = base + "/help/" + page.id;
  path += fmt::format("?lang={}", language);
  if (pop3) path += "&protocol=pop3";
  if (subject_.address) path += "&emailaddress=" + exports::percent_encoded(subject_.address->text());
  return path;
}

std::string Links::file(std::string_view name) const {
  if (style_.place.kind == PagePlace::Kind::server) return fmt::format("{}/{}", style_.place.base, name);
  return std::string(name);
}

std::string Links::of_profile(std::string_view path) const {
  return fmt::format("{}?emailaddress={}", path, exports::percent_encoded(subject_.address->text()));
}

// These are documents for machines, whose places do not change with that of the pages.
std::string Links::profile() const { return of_profile("/email.mobileconfig"); }
std::string Links::profile_code() const { return of_profile("/profile.qr"); }

}  // namespace mailconf::guides
