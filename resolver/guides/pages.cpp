#include <algorithm>
#include <fmt/core.h>

#include "guides/page_values.h"

namespace mailconf {
namespace {

using guides::Chapter;
using guides::PageKind;
using guides::Sheet;

constexpr std::string_view kProtocolWords[] = {"IMAP", "POP3"};

std::string_view protocol_word(ServerType protocol) { return kProtocolWords[protocol == ServerType::pop3 ? 1 : 0]; }

std::vector<GuideTitle> titles_of(const std::vector<Chapter>& chapters) {
  std::vector<GuideTitle> titles;
  for (const Chapter& each : chapters)
    titles.push_back({each.id, each.title, each.platform, each.summary, each.protocols});
  return titles;
}

tl::unexpected<Error> there_is_no(std::string_view kind, std::string_view id) {
  return fail(ErrorCode::bad_option, std::string(kind), fmt::format("there is no \"{}\"", guides::clean(id)));
}

// What a guide cannot do without.
Result<void> check(const Sheet& sheet, const Chapter& guide) {
  const ServerType protocol = sheet.choice.protocol;
  const auto& spoken = guide.protocols;
  if (std::find(spoken.begin(), spoken.end(), protocol) == spoken.end()) {
    return fail(ErrorCode::not_expressible, "",
                fmt::format("{} does not speak {}", guide.title, protocol_word(protocol)));
  }
  if (sheet.choice.incoming == nullptr || sheet.choice.servers.smtp == nullptr) {
    const bool reading = sheet.choice.incoming == nullptr;
    return fail(ErrorCode::not_expressible, "",
                fmt::format("there is no encrypted {} server", reading ? protocol_word(protocol) : "SMTP"));
  }
  return {};
}

}  // namespace

std::vector<GuideTitle> guide_titles(std::string_view language) {
  return titles_of(guides::catalog_of(language).guides);
}

std::vector<GuideTitle> article_titles(std::string_view language) {
  return titles_of(guides::catalog_of(language).articles);
}

Result<std::string> write_guide(std::string_view id, const GuideSubject& subject, const GuideStyle& style) {
  const Chapter* guide = guides::find_chapter(guides::catalog_of(style.language).guides, id);
  if (guide == nullptr) return there_is_no("guide", id);
  Sheet sheet(subject, style, {PageKind::guide, guide->id});
  if (auto checked = check(sheet, *guide); !checked) return tl::unexpected(checked.error());
  add_frame(sheet, guide->title);
  add_servers(sheet);
  add_protocols(sheet, guide->protocols);
  add_chapter(sheet, *guide);
  return finished(sheet, "guide");
}

Result<std::string> write_article(std::string_view id, const GuideSubject& subject, const GuideStyle& style) {
  const Chapter* article = guides::find_chapter(guides::catalog_of(style.language).articles, id);
  if (article == nullptr) return there_is_no("article", id);
  Sheet sheet(subject, style, {PageKind::article, article->id});
  add_frame(sheet, article->title);
  add_chapter(sheet, *article);
  return finished(sheet, "article");
}

Result<std::string> write_setup_page(const GuideSubject& subject, const GuideStyle& style, const SetupPage& page) {
  GuideStyle as_html = style;
  as_html.format = TextFormat::html;
  // Whoever asks for a protocol that is not there is shown the one that is.
  if (guides::choose(subject, style).incoming == nullptr) as_html.protocol.reset();
  Sheet sheet(subject, as_html, {});
  add_frame(sheet, sheet.phrases.label("setup_title"));
  add_servers(sheet);
  add_protocols(sheet, {ServerType::imap, ServerType::pop3});
  add_lists(sheet);
  add_test(sheet, page);
  add_profile(sheet);
  return finished(sheet, "setup");
}

}  // namespace mailconf
