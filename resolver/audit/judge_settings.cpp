// What an autoconfig file says: the remarks of its reader, of the linter, and what neither keeps.
#include <algorithm>
#include <fmt/core.h>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"
#include "formats/xml.h"
#include "model/placeholders.h"
#include "model/text.h"

namespace mailconf::audit {
namespace {

struct Meaning {
  std::string_view remark;  // a diagnostic's code
  std::string_view code;
};
// Of the reader and the linter; what is judged below, or is no slip of the publisher, is not here.
constexpr Meaning meanings[] = {
    {"unknown-socket-type", "autoconfig-unknown-value"},
    {"unknown-authentication", "autoconfig-unknown-value"},
    {"no-known-socket-type", "autoconfig-unknown-value"},
    {"no-usable-authentication", "autoconfig-unknown-value"},
    {"missing-value", "autoconfig-incomplete"},
    {"missing-username", "autoconfig-incomplete"},
    {"missing-authentication", "autoconfig-incomplete"},
    {"bad-hostname", "autoconfig-incomplete"},
    {"bad-port", "autoconfig-incomplete"},
    {"missing-id", "autoconfig-id"},
    {"bad-id", "autoconfig-id"},
    {"missing-domain", "autoconfig-domain"},
    {"domain-not-listed", "autoconfig-domain-other"},
    {"missing-outgoing", "autoconfig-no-outgoing"},
    {"weaker-first", "autoconfig-insecure-first"},
    {"unusual-socket", "autoconfig-port-mismatch"},
    {"pop3-first", "autoconfig-pop3-first"},
    {"missing-display-name", "autoconfig-display-name"},
    {"long-display-name", "autoconfig-display-name"},
    {"long-display-short-name", "autoconfig-display-name"},
};

// Written by panels of hosts (237 of a million domains, NDSS 2025), and by those who copied such files.
bool is_unexpanded(const std::string& text) {
  if (has_unknown_placeholder(text)) return true;
  return std::ranges::any_of(std::to_array<std::string_view>({"{{", "${", "<?", "[%", "{%", "%server/"}),
                             [&](std::string_view mark) { return text.find(mark) != text.npos; });
}

// Users' keys of version 1.1 are placeholders, too.
bool is_own_key(const xml::Element& root, const std::string& text) {
  for (const auto& field : root.children("inputField")) {
    const auto key = field.attribute("key").value_or("");
    if (!key.empty() && text.find("%" + key + "%") != text.npos) return true;
  }
  return text.find("%REALNAME%") != text.npos;
}

struct RawValues {
  std::string unexpanded;  // the first such text
  bool pop3_deletes = false;
};

void collect(const xml::Element& element, const xml::Element& root, RawValues& values) {
  const auto text = element.text();
  if (values.unexpanded.empty() && is_unexpanded(text) && !is_own_key(root, text)) values.unexpanded = text;
  if (element.is("leaveMessagesOnServer") && equal_ignoring_case(text, "false")) values.pop3_deletes = true;
  for (const auto& child : element.children()) collect(child, root, values);
}

bool is_plain(const Server& server) { return is_tcp(server.type) && server.socket_type == SocketType::plain; }

class SettingsJudge {
 public:
  SettingsJudge(const Gathered& gathered, Findings& findings) : gathered_(gathered), findings_(findings) {}

  void run() {
    for (const auto& place : autoconfig_places(gathered_.domain())) {
      if (const auto* document = road_from(gathered_, place).document(); document && place.url.https)
        judge_octets(place, *document);
    }
    for (const auto& each : autoconfig_publications(gathered_)) judge_publication(each);
  }

 private:
  void judge_octets(const HttpQuestion& place, const HttpAnswer& document) {
    const auto parsed = xml::Document::parse(document.body);
    if (!parsed || !parsed->root().is("clientConfig")) return;
    RawValues values;
    collect(parsed->root(), parsed->root(), values);
    const auto seen = evidence(gathered_, road_from(gathered_, place));
    const auto subject = place.url.text_without_query();
    if (!values.unexpanded.empty())
      findings_.add("autoconfig-template", subject, fmt::format("it says \"{}\"", printable(values.unexpanded, 80)),
                    seen);
    if (values.pop3_deletes) findings_.add("autoconfig-pop3-deletes", subject, "leaveMessagesOnServer is false", seen);
  }

  void judge_publication(const Publication& each) {
    for (const auto& remark : each.diagnostics) judge_remark(each, remark);
    for (const auto& remark : lint(each.settings)) judge_remark(each, remark);
    judge_plaintext(each, each.settings.incoming, "reading");
    judge_plaintext(each, each.settings.outgoing, "sending");
    for (const auto& server : each.settings.outgoing) {
      if (server.type == ServerType::smtp && server.port == 25)
        findings_.add("autoconfig-port-25", each.place, server.hostname + " at port 25", each.evidence);
    }
  }

  void judge_remark(const Publication& each, const Diagnostic& remark) {
    const auto* meaning = std::ranges::find(meanings, remark.code, &Meaning::remark);
    if (meaning == std::end(meanings)) return;
    const auto where = remark.place.empty() ? "" : remark.place + ": ";
    findings_.add(meaning->code, each.place, where + remark.message, each.evidence);
  }

  void judge_plaintext(const Publication& each, const std::vector<Server>& servers, std::string_view purpose) {
    const auto plain = std::ranges::find_if(servers, is_plain);
    if (plain == servers.end()) return;
    const bool only = std::ranges::all_of(servers, is_plain);
    findings_.add(only ? "autoconfig-plaintext-only" : "autoconfig-plaintext", each.place,
                  fmt::format("{}:{} for {}", plain->hostname, plain->port, purpose), each.evidence);
  }

  const Gathered& gathered_;
  Findings& findings_;
};

}  // namespace

void judge_settings(const Gathered& gathered, Findings& findings) { SettingsJudge(gathered, findings).run(); }

}  // namespace mailconf::audit
