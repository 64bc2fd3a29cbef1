// Where the pages are, seen from each other.
#pragma once

#include <string>
#include <string_view>

#include "guides/choice.h"

namespace mailconf::guides {

enum class PageKind { setup, guide, article };

struct PageName {
  PageKind kind = PageKind::setup;
  std::string id = {};
};

class Links {
 public:
  Links(const GuideSubject& subject, const GuideStyle& style, const Choice& choice);

  [[nodiscard]] std::string to(const PageName& page) const { return link(page, protocol_, style_.language); }
  [[nodiscard]] std::string in_language(const PageName& page, std::string_view language) const;
  [[nodiscard]] std::string with_protocol(const PageName& page, ServerType protocol) const;
  [[nodiscard]] std::string file(std::string_view name) const;
  [[nodiscard]] std::string profile() const;
  [[nodiscard]] std::string profile_code() const;

 private:
  [[nodiscard]] std::string link(const PageName& page, ServerType protocol, std::string_view language) const;
  [[nodiscard]] std::string on_server(const PageName& page, bool pop3, std::string_view language) const;
  [[nodiscard]] std::string of_profile(std::string_view path) const;

  const GuideSubject& subject_;
  const GuideStyle& style_;
  ServerType protocol_;
  bool both_;  // there is a choice between protocols
};

}  // namespace mailconf::guides
