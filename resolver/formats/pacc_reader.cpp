#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "formats/json.h"
#include "formats/oddities.h"
#include "formats/pacc_protocols.h"
#include "mailconf/formats.h"
#include "model/url.h"

namespace mailconf {
namespace {

using json::name_of;
using json::object;
using json::object_of;
using json::text_of;

constexpr const char* user_name = "%EMAILADDRESS%";  // the same for every protocol

class PaccReader {
 public:
  explicit PaccReader(const DomainName& domain) : domain_(domain) {}

  Result<ReadSettings> read(const object& root) && {
    const auto* const protocols = object_of(root, "protocols");
    if (protocols == nullptr) return fail(ErrorCode::bad_document, "protocols", "is missing");
    read_sign_in(root);
    if (!by_password_ && !settings_.oauth2)
      return fail(ErrorCode::bad_document, "authentication", "no way to sign in is known here");
    read_protocols(*protocols);
    if (settings_.incoming.empty() && settings_.outgoing.empty() && settings_.services.empty()) {
      const auto reasons = oddities_.reasons("protocols.");
      return fail(ErrorCode::bad_document, "protocols",
                  "no usable server" + (reasons.empty() ? "" : " (" + reasons + ")"));
    }
    if (settings_.outgoing.empty()) oddities_.add(Oddity::missing_outgoing, "protocols");
    read_info(root);
    return ReadSettings{std::move(settings_), oddities_.diagnostics()};
  }

 private:
  // What is not said is left to the proof, as with service records.
  void read_sign_in(const object& root) {
    const auto* const from = object_of(root, "authentication");
    if (from == nullptr) return;
    const auto* const password = from->if_contains("password");
    by_password_ = password != nullptr && password->is_bool() && password->get_bool();
    const auto* const oauth = object_of(*from, "oauth-public");
    if (oauth != nullptr) read_issuer(text_of(*oauth, "issuer"));
  }

  // Kept as it stands: it is compared character by character (RFC 8414 §3.3). No query and no fragment (§2).
  void read_issuer(const std::string& issuer) {
    const auto url = parse_document_url(issuer, {"https"});
    if (url && issuer.find_first_of("?#") == issuer.npos) {
      settings_.oauth2.emplace().issuer = issuer;
    } else {
      oddities_.add(Oddity::bad_oauth2, "authentication.oauth-public.issuer", "the issuer is no https address");
    }
  }

  [[nodiscard]] std::vector<Authentication> sign_in(Authentication password) const {
    std::vector<Authentication> ways;
    if (settings_.oauth2) ways.push_back(Authentication::oauth2);
    if (by_password_) ways.push_back(password);
    return ways;
  }

  void read_protocols(const object& from) {
    for (const auto& protocol : pacc::incoming_protocols) read_server(from, protocol, settings_.incoming);
    if (auto url = read_url(from, "jmap"); !url.empty()) {
      settings_.incoming.push_back(
          {ServerType::jmap, "", 0, SocketType::ssl, sign_in(Authentication::http_basic), user_name, std::move(url)});
    }
    for (const auto& protocol : pacc::outgoing_protocols) {
      if (settings_.outgoing.empty()) read_server(from, protocol, settings_.outgoing);
    }
    for (const auto type : pacc::web_services) {
      auto url = read_url(from, to_string(type));
      if (url.empty()) continue;
      settings_.services.push_back(
          {type, std::move(url), "", 0, SocketType::ssl, sign_in(Authentication::http_basic), user_name});
    }
  }

  void read_server(const object& from, const pacc::MailProtocol& protocol, std::vector<Server>& into) {
    const auto* const members = object_of(from, protocol.key);
    if (members == nullptr) return;
    const auto host = DomainName::parse(text_of(*members, "host"));
    if (!host) {
      oddities_.add(Oddity::bad_hostname, fmt::format("protocols.{}.host", protocol.key), text_of(*members, "host"));
      return;
    }
    into.push_back({protocol.type, host->ascii(), protocol.port, SocketType::ssl,
                    sign_in(Authentication::password_cleartext), user_name, ""});
  }

  // Empty when there is none, or none that may be used.
  std::string read_url(const object& from, std::string_view key) {
    const auto* const members = object_of(from, key);
    if (members == nullptr) return {};
    auto url = parse_document_url(text_of(*members, "url"), {"https"});
    if (url) return *std::move(url);
    oddities_.add(Oddity::bad_url, fmt::format("protocols.{}.url", key), url.error().message);
    return {};
  }

  void read_info(const object& root) {
    settings_.provider.id = domain_.ascii();
    settings_.provider.domains = {domain_};
    const auto* const info = object_of(root, "info");
    const auto* const provider = info == nullptr ? nullptr : object_of(*info, "provider");
    if (provider != nullptr) {
      settings_.provider.display_name = name_of(*provider, "name");
      settings_.provider.display_short_name = name_of(*provider, "shortName");
    }
    if (settings_.provider.display_name.empty()) {
      oddities_.add(Oddity::missing_display_name, "info.provider.name");
      settings_.provider.display_name = domain_.unicode();
    }
    const auto* const help = info == nullptr ? nullptr : object_of(*info, "help");
    if (help != nullptr) read_help(text_of(*help, "documentation"));
  }

  void read_help(const std::string& page) {
    if (page.empty()) return;
    auto url = parse_document_url(page, {"https"});
    if (url) {
      settings_.documentation.push_back({*std::move(url), {}});
    } else {
      oddities_.add(Oddity::bad_page_url, "info.help.documentation", url.error().message);
    }
  }

  const DomainName& domain_;
  bool by_password_ = true;
  Settings settings_;
  Oddities oddities_;
};

}  // namespace

Result<ReadSettings> read_pacc_json(std::string_view bytes, const DomainName& domain) {
  const auto document = json::parse_object(bytes);
  if (!document) return tl::unexpected(document.error());
  return PaccReader(domain).read(*document);
}

}  // namespace mailconf
