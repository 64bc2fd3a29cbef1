// What the templates of pages are filled with.
#pragma once

#include "guides/links.h"
#include "guides/phrases.h"

namespace mailconf::guides {

// A page in the making.
struct Sheet {
  const GuideSubject& subject;
  const GuideStyle& style;
  const Catalog& catalog;
  Choice choice;
  Links links;
  Phrases phrases;
  PageName name;
  Values values;

  Sheet(const GuideSubject& about, const GuideStyle& as, PageName page);
};

// Frame: language, title, who runs it, links to the other pages.
void add_frame(Sheet& sheet, const std::string& title);
// {"servers": [{"heading", "rows": [{"label", "is_code", "value", "code"}]}]}
void add_servers(Sheet& sheet);
// The switch between the protocols of the domain, but for those that `spoken` lacks.
void add_protocols(Sheet& sheet, const std::vector<ServerType>& spoken);
void add_chapter(Sheet& sheet, const Chapter& chapter);
void add_lists(Sheet& sheet);
void add_test(Sheet& sheet, const SetupPage& page);
// The way to an Apple profile, where there is a server to make one and an address to make it for.
void add_profile(Sheet& sheet);

// The frame with "NAME.html.mustache" in it, or what the format calls it.
Result<std::string> finished(Sheet& sheet, const std::string& name);

}  // namespace mailconf::guides
