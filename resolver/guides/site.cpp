#include <charconv>
#include <cmath>

#include "guides/choice.h"
#include "guides/filling.h"
#include "guides/links.h"
#include "guides/page_files.h"
#include "mailconf/guide.h"

namespace mailconf {
namespace {

constexpr std::string_view kUsualColor = "#1d4e89";

bool is_color(std::string_view text) {
  return text.size() == 7 && text.front() == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

double linear_part(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const double part = value / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

// The relative luminance of WCAG 2.2. Of black and white, the one further away has a contrast of 4.5 : 1 at least.
std::string_view readable_on(std::string_view color) {
  const double luminance = 0.2126 * linear_part(color.substr(1, 2)) + 0.7152 * linear_part(color.substr(3, 2)) +
                           0.0722 * linear_part(color.substr(5, 2));
  constexpr double kEquallyFar = 0.179;
  return luminance > kEquallyFar ? "#000000" : "#ffffff";
}

class Site {
 public:
  explicit Site(const GuideSubject& subject) : subject_(subject) {
    files_ = {page_stylesheet(subject.run_by.color), page_script()};
  }

  Result<std::vector<SiteFile>> write() {
    for (const std::string& language : guide_languages()) {
      style_.language = language;
      style_.protocol.reset();
      const auto servers = guides::servers_of(subject_.settings);
      for (const GuideTitle& article : article_titles(language))
        add({guides::PageKind::article, article.id}, write_article(article.id, subject_, style_));
      if (servers.imap == nullptr && servers.pop3 == nullptr) add({}, write_setup_page(subject_, style_));
      if (servers.imap != nullptr) add_protocol(ServerType::imap);
      if (servers.pop3 != nullptr) add_protocol(ServerType::pop3);
    }
    if (problem_) return tl::unexpected(*problem_);
    return std::move(files_);
  }

 private:
  void add_protocol(ServerType protocol) {
    style_.protocol = protocol;
    add({}, write_setup_page(subject_, style_));
    for (const GuideTitle& guide : guide_titles(style_.language)) {
      auto text = write_guide(guide.id, subject_, style_);
      if (!text && text.error().code == ErrorCode::not_expressible) continue;
      add({guides::PageKind::guide, guide.id}, std::move(text));
    }
  }

  void add(const guides::PageName& page, Result<std::string> text) {
    const guides::Links links(subject_, style_, guides::choose(subject_, style_));
    if (text) {
      files_.push_back({links.to(page), *std::move(text)});
    } else if (!problem_) {
      problem_ = text.error();
    }
  }

  const GuideSubject& subject_;
  GuideStyle style_{"en", {}, TextFormat::html, {PagePlace::Kind::folder}};
  std::vector<SiteFile> files_;
  std::optional<Error> problem_;
};

}  // namespace

SiteFile page_stylesheet(const std::string& color) {
  const std::string accent = is_color(color) ? color : std::string(kUsualColor);
  guides::Values values;
  values.set("accent", accent);
  values.set("on_accent", std::string(readable_on(accent)));
  const auto text = guides::filled(guides::page_file("style.css"), values, [](const auto& value) { return value; });
  return {"style.css", text.value_or("")};
}

SiteFile page_script() { return {"page.js", std::string(guides::page_file("page.js"))}; }

Result<std::vector<SiteFile>> write_site(const GuideSubject& subject) { return Site(subject).write(); }

}  // namespace mailconf
