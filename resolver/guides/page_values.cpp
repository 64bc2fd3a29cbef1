#include "guides/page_values.h"

#include <algorithm>
#include <array>

#include "guides/page_escapes.h"
#include "guides/page_files.h"
#include "model/text.h"

namespace mailconf::guides {
namespace {

Values list_of_values() { return Values(Values::type::list); }

void set_list(Values& values, const std::string& name, const Values& list) {
  values.set(name, list);
  values.set("has_" + name, list.is_non_empty_list());
}

Values row(const Sheet& sheet, std::string_view label, const std::string& value, bool is_code) {
  Values values;
  values.set("label", sheet.catalog.label(label));
  values.set("is_code", is_code);
  values.set("value", clean(value));
  values.set("code", sheet.style.format == TextFormat::markdown ? code_in_markdown(clean(value)) : clean(value));
  return values;
}

Values server_block(const Sheet& sheet, std::string_view heading, const Server& server) {
  const auto username = sheet.phrases.username_of(server);
  Values rows = list_of_values();
  rows.push_back(row(sheet, "server", server.hostname, true));
  rows.push_back(row(sheet, "port", std::to_string(server.port), true));
  rows.push_back(row(sheet, "encryption", sheet.phrases.security_of(server), false));
  rows.push_back(row(sheet, "username", username.text, username.is_value));
  rows.push_back(row(sheet, "sign_in", sheet.phrases.sign_in_words(server), false));
  Values block;
  block.set("heading", sheet.catalog.label(heading));
  block.set("rows", rows);
  return block;
}

// RFC 3966 §3: no blanks.
std::string digits_of(std::string phone) {
  std::erase_if(phone, [](char c) { return std::string_view("+0123456789").find(c) == std::string_view::npos; });
  return phone;
}

Values support_of(const Operator& who) {
  Values values = support_values(who);
  values.set("phone_link", digits_of(who.support_phone));
  return values;
}

Values languages_of(const Sheet& sheet) {
  Values list = list_of_values();
  for (const Catalog& catalog : catalogs()) {
    Values each;
    each.set("code", catalog.language);
    each.set("name", catalog.name);
    each.set("link", sheet.links.in_language(sheet.name, catalog.language));
    each.set("current", catalog.language == sheet.catalog.language);
    list.push_back(each);
  }
  return list;
}

Values link_to(const Sheet& sheet, const Chapter& chapter, PageKind kind) {
  Values values;
  values.set("id", chapter.id);
  values.set("name", chapter.title);
  values.set("link", sheet.links.to({kind, chapter.id}));
  return values;
}

constexpr std::array<std::string_view, 5> kPlatforms{"windows", "mac", "linux", "phone", "any"};

// Free, on every system, and it finds these settings by itself.
constexpr std::string_view kFeatured = "thunderbird";

// Whether there is anything that the guide could tell.
bool can_guide(const Sheet& sheet, const Chapter& guide) {
  const Choice& choice = sheet.choice;
  if (choice.incoming == nullptr || choice.servers.smtp == nullptr) return false;
  return std::find(guide.protocols.begin(), guide.protocols.end(), choice.protocol) != guide.protocols.end();
}

Values guides_on(const Sheet& sheet, std::string_view platform) {
  Values list = list_of_values();
  for (const Chapter& guide : sheet.catalog.guides) {
    if (guide.platform == platform && can_guide(sheet, guide)) list.push_back(link_to(sheet, guide, PageKind::guide));
  }
  return list;
}

std::string_view verdict_on(const ProbedPort& port) {
  const Proof& proof = port.proof;
  if (proof.outcome == ProofOutcome::proven) return "test_works";
  if (proof.outcome == ProofOutcome::unreachable) return "test_unreachable";
  if (proof.outcome == ProofOutcome::not_tried) return "test_not_tried";
  // A name that does not exist, or a port that nobody listens at: refused for good, but nothing has answered.
  if (port.address.empty() && !proof.tls) return "test_unreachable";
  const auto verdict = proof.tls ? proof.tls->certificate : CertificateVerdict::valid;
  if (verdict == CertificateVerdict::expired) return "test_expired";
  if (verdict == CertificateVerdict::wrong_name) return "test_wrong_name";
  return verdict == CertificateVerdict::valid ? "test_refused" : "test_bad_certificate";
}

const Server* first_of(const std::vector<Server>& incoming, const Servers& servers) {
  for (const Server& server : incoming) {
    if (&server == servers.imap || &server == servers.pop3) return &server;
  }
  return nullptr;
}

// Without the end of its last line, which a text in a paragraph must not have.
kainjow::mustache::partial part(const std::string& name) {
  return [name] {
    std::string_view text = page_file(name);
    if (text.ends_with('\n')) text.remove_suffix(1);
    return std::string(text);
  };
}

std::string_view ending_of(TextFormat format) {
  switch (format) {
    case TextFormat::html:
      return ".html.mustache";
    case TextFormat::markdown:
      return ".md.mustache";
    case TextFormat::text:
      break;
  }
  return ".txt.mustache";
}

}  // namespace

Sheet::Sheet(const GuideSubject& about, const GuideStyle& as, PageName page)
    : subject(about),
      style(as),
      catalog(catalog_of(as.language)),
      choice(choose(about, as)),
      links(about, as, choice),
      phrases(catalog, about, choice, as.format),
      name(std::move(page)) {}

void add_frame(Sheet& sheet, const std::string& title) {
  const bool linked = sheet.style.place.kind != PagePlace::Kind::alone;
  const Operator& who = sheet.subject.run_by;
  Values& values = sheet.values;
  values.set("lang", sheet.catalog.language);
  values.set("title", title);
  values.set("underline", std::string(count_characters(title), '='));
  values.set("is_setup", sheet.name.kind == PageKind::setup);
  values.set("operator_name", sheet.phrases.plain("{{operator.name}}"));
  values.set("logo", text_or_nothing(who.logo));
  values.set("domain", sheet.subject.domain.unicode());
  values.set("address", sheet.subject.address ? Values(clean(sheet.subject.address->text())) : Values(false));
  values.set("label", sheet.phrases.labels());
  values.set("support", support_of(who));
  values.set("has_support", who.support_mail + who.support_phone + who.support_page != "");
  values.set("app_passwords", text_or_nothing(who.app_passwords));
  values.set("linked", linked);
  values.set("on_server", sheet.style.place.kind == PagePlace::Kind::server);
  values.set("style", linked ? Values(false) : Values(page_stylesheet(who.color).text));
  values.set("style_link", sheet.links.file("style.css"));
  values.set("script_link", sheet.links.file("page.js"));
  values.set("home_path", sheet.style.place.base.empty() ? "/" : sheet.style.place.base);
  values.set("mail_domain", sheet.subject.domain.ascii());
  values.set("home_link", sheet.links.to({}));
  set_list(values, "languages", linked && catalogs().size() > 1 ? languages_of(sheet) : list_of_values());
}

void add_servers(Sheet& sheet) {
  Values list = list_of_values();
  const bool pop3 = sheet.choice.protocol == ServerType::pop3;
  if (const Server* in = sheet.choice.incoming)
    list.push_back(server_block(sheet, pop3 ? "incoming_pop3" : "incoming_imap", *in));
  if (const Server* out = sheet.choice.servers.smtp) list.push_back(server_block(sheet, "outgoing_smtp", *out));
  set_list(sheet.values, "servers", list);
}

void add_protocols(Sheet& sheet, const std::vector<ServerType>& spoken) {
  Values list = list_of_values();
  const auto& servers = sheet.choice.servers;
  for (const auto& [type, server] : {std::pair(ServerType::imap, servers.imap), {ServerType::pop3, servers.pop3}}) {
    if (server == nullptr || std::find(spoken.begin(), spoken.end(), type) == spoken.end()) continue;
    Values each;
    each.set("name", type == ServerType::imap ? "IMAP" : "POP3");
    each.set("explanation", sheet.catalog.label(type == ServerType::imap ? "choose_imap" : "choose_pop3"));
    each.set("link", sheet.links.with_protocol(sheet.name, type));
    each.set("current", type == sheet.choice.protocol);
    list.push_back(each);
  }
  const bool choice = list.list_value().size() > 1 && sheet.style.place.kind != PagePlace::Kind::alone;
  set_list(sheet.values, "protocols", choice ? list : list_of_values());
}

void add_chapter(Sheet& sheet, const Chapter& chapter) {
  Values sections = list_of_values();
  for (const Section& section : chapter.sections) {
    Values each;
    each.set("heading", sheet.phrases.plain(section.heading));
    set_list(each, "text", sheet.phrases.list(section.text));
    set_list(each, "steps", sheet.phrases.list(section.steps, true));
    set_list(each, "points", sheet.phrases.list(section.points));
    const bool has_any =
        each.get("has_text")->is_true() || each.get("has_steps")->is_true() || each.get("has_points")->is_true();
    if (has_any) sections.push_back(each);
  }
  sheet.values.set("summary", sheet.phrases.runs(chapter.summary));
  set_list(sheet.values, "sections", sections);
}

void add_lists(Sheet& sheet) {
  Values platforms = list_of_values();
  for (const std::string_view platform : kPlatforms) {
    const Values guides = guides_on(sheet, platform);
    if (guides.is_empty_list()) continue;
    Values each;
    each.set("heading", sheet.catalog.label("platform_" + std::string(platform)));
    each.set("guides", guides);
    platforms.push_back(each);
  }
  Values articles = list_of_values();
  for (const Chapter& article : sheet.catalog.articles) {
    Values each = link_to(sheet, article, PageKind::article);
    each.set("summary", sheet.phrases.plain(article.summary));
    articles.push_back(each);
  }
  set_list(sheet.values, "platforms", platforms);
  const Chapter* featured = find_chapter(sheet.catalog.guides, kFeatured);
  const bool is_listed = featured != nullptr && can_guide(sheet, *featured);
  sheet.values.set("featured", is_listed ? link_to(sheet, *featured, PageKind::guide) : Values(false));
  set_list(sheet.values, "articles", articles);
}

void add_test(Sheet& sheet, const SetupPage& page) {
  Values results = list_of_values();
  for (const ProbedPort& port : page.tested.value_or(std::vector<ProbedPort>{})) {
    const auto verdict = verdict_on(port);
    Values each;
    each.set("server", clean(port.server.hostname) + ":" + std::to_string(port.server.port));
    each.set("works", verdict == "test_works");
    each.set("verdict", sheet.catalog.label(verdict));
    results.push_back(each);
  }
  sheet.values.set("self_test", sheet.style.place.self_test);
  sheet.values.set("self_test_link", sheet.links.file("self-test"));
  sheet.values.set("tested", page.tested.has_value());
  set_list(sheet.values, "results", results);
  sheet.values.set("remark", page.remark.empty() ? Values(false) : Values(sheet.phrases.label(page.remark)));
}

void add_profile(Sheet& sheet) {
  const Server* in = sheet.choice.incoming;
  const Server* out = sheet.choice.servers.smtp;
  const auto by_password = [](const Server* server) {
    const SignIn way = server == nullptr ? SignIn::other : sign_in_of(*server);
    return way == SignIn::password || way == SignIn::encrypted_password;
  };
  // A profile has the domain's first protocol: beside the settings of the other one it would mislead.
  const bool both = sheet.choice.servers.imap != nullptr && sheet.choice.servers.pop3 != nullptr;
  const bool misleads = both && in != first_of(sheet.subject.settings.incoming, sheet.choice.servers);
  const bool on_server = sheet.style.place.kind == PagePlace::Kind::server;
  if (!on_server || misleads || !sheet.subject.address || !by_password(in) || !by_password(out)) {
    sheet.values.set("profile", false);
    return;
  }
  Values profile;
  profile.set("link", sheet.links.profile());
  profile.set("code", sheet.links.profile_code());
  sheet.values.set("profile", profile);
}

Result<std::string> finished(Sheet& sheet, const std::string& name) {
  const TextFormat format = sheet.style.format;
  const std::string ending(ending_of(format));
  for (const char* partial : {"run", "sections", "servers"})
    sheet.values.set(std::string(partial) + "_part", part(partial + ending));
  sheet.values.set("content_part", part(name + ending));
  if (sheet.phrases.problem()) return tl::unexpected(*sheet.phrases.problem());
  auto text = filled(page_file("frame" + ending), sheet.values,
                     [format](const std::string& value) { return escaped_for(format, value); });
  if (!text || format == TextFormat::html) return text;
  return format == TextFormat::text ? wrapped(*text) : without_gaps(*text);
}

}  // namespace mailconf::guides
