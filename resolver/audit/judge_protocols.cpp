// What an Autodiscover answer says, word by word (MS-OXDSCLI §2.2.4.1.1.2.6): its reader forgives what Outlook does
// not.
#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <optional>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"
#include "formats/xml.h"
#include "model/text.h"

namespace mailconf::audit {
namespace {

// As written; nothing for an element that is not there.
struct Protocol {
  std::string type;
  std::uint16_t port = 0;
  std::optional<std::string> ssl;
  std::optional<std::string> encryption;
  std::optional<std::string> spa;
  std::string login_name;

  [[nodiscard]] bool is_encrypted_from_the_start() const { return port == 993 || port == 995 || port == 465; }
};

std::optional<std::string> leaf_of(const xml::Element& parent, std::string_view name) {
  const auto child = parent.child(name);
  return child ? std::optional(child->text()) : std::nullopt;
}

bool is_any_of(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return equal_ignoring_case(text, word); });
}

std::vector<Protocol> protocols_in(const HttpAnswer& document) {
  std::vector<Protocol> result;
  const auto parsed = xml::Document::parse(document.body);
  if (!parsed) return result;
  const auto response = parsed->root().child("Response");
  const auto account = response ? response->child("Account") : std::nullopt;
  if (!account) return result;
  for (const auto& element : account->children("Protocol")) {
    const auto type = leaf_of(element, "Type").value_or("");
    if (!is_any_of(type, {"IMAP", "POP3", "SMTP"})) continue;
    const auto port = parse_port(leaf_of(element, "Port").value_or(""));
    result.push_back({type, port.value_or(std::uint16_t{0}), leaf_of(element, "SSL"), leaf_of(element, "Encryption"),
                      leaf_of(element, "SPA"), leaf_of(element, "LoginName").value_or("")});
  }
  return result;
}

class ProtocolJudge {
 public:
  ProtocolJudge(const Gathered& gathered, const HttpQuestion& place, Findings& findings)
      : road_(road_from(gathered, place)),
        place_(place.url.text_without_query()),
        evidence_(evidence(gathered, road_)),
        findings_(findings) {}

  void run() {
    const auto* document = road_.document();
    if (!document) return;
    const auto protocols = protocols_in(*document);
    for (const auto& protocol : protocols) judge(protocol);
    judge_order(protocols);
  }

 private:
  void add(std::string_view code, std::string message) { findings_.add(code, place_, std::move(message), evidence_); }

  void judge(const Protocol& protocol) {
    judge_words(protocol);
    judge_meaning(protocol);
    if (!protocol.spa || !is_any_of(*protocol.spa, {"off", "no", "false"}))
      add("autodiscover-spa", fmt::format("{}: SPA is {}", protocol.type, protocol.spa.value_or("missing")));
    if (protocol.login_name.empty()) add("autodiscover-login-name", protocol.type + ": there is none");
  }

  void judge_words(const Protocol& protocol) {
    const auto& [type, port, ssl, encryption, spa, login] = protocol;
    if (encryption && !is_any_of(*encryption, {"None", "SSL", "TLS", "Auto"}))
      add("autodiscover-encryption-value", fmt::format("{}: Encryption is \"{}\"", type, printable(*encryption, 40)));
    if (ssl && !is_any_of(*ssl, {"on", "off"}))
      add("autodiscover-ssl-value", fmt::format("{}: SSL is \"{}\"", type, printable(*ssl, 40)));
    if (encryption && !ssl && is_any_of(*encryption, {"SSL", "TLS", "Auto"}))
      add("autodiscover-encryption-alone", fmt::format("{}: Encryption is {}", type, *encryption));
  }

  void judge_meaning(const Protocol& protocol) {
    const auto encryption = protocol.encryption.value_or("");
    const auto ssl = protocol.ssl.value_or("");
    const bool none = is_any_of(encryption, {"None"});
    const bool some = is_any_of(encryption, {"SSL", "TLS"});
    if ((none && is_any_of(ssl, {"on"})) || (some && is_any_of(ssl, {"off"}))) {
      add("autodiscover-contradiction", fmt::format("{}: Encryption is {}, SSL is {}", protocol.type, encryption, ssl));
    } else if (none || (encryption.empty() && is_any_of(ssl, {"off", "no", "false"}))) {
      add("autodiscover-plaintext", fmt::format("{} at port {}", protocol.type, protocol.port));
    }
    if (is_any_of(encryption, {"TLS"}) && protocol.is_encrypted_from_the_start())
      add("autodiscover-tls-means-upgrade", fmt::format("{} at port {}", protocol.type, protocol.port));
  }

  // One server of a kind is taken: the first.
  void judge_order(const std::vector<Protocol>& protocols) {
    for (auto first = protocols.begin(); first != protocols.end(); ++first) {
      if (first->is_encrypted_from_the_start() || first->port == 0) continue;
      const auto better = std::find_if(first, protocols.end(), [&](const Protocol& later) {
        return equal_ignoring_case(later.type, first->type) && later.is_encrypted_from_the_start();
      });
      if (better != protocols.end())
        add("autodiscover-insecure-first",
            fmt::format("{}: port {} before {}", first->type, first->port, better->port));
    }
  }

  Road road_;
  std::string place_;
  std::vector<Evidence> evidence_;
  Findings& findings_;
};

}  // namespace

void judge_protocols(const Gathered& gathered, Findings& findings) {
  for (const auto& place : autodiscover_starts(gathered)) ProtocolJudge(gathered, place, findings).run();
}

}  // namespace mailconf::audit
