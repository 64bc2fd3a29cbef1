#include <algorithm>
#include <fmt/core.h>
#include <set>

#include "formats/oddities.h"
#include "formats/server_section.h"
#include "formats/xml.h"
#include "mailconf/formats.h"
#include "model/host.h"
#include "model/placeholders.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

using xml::Element;

// Enough for a window's title or a list; the draft allows 60 characters.
constexpr std::size_t longest_name = 240;
constexpr std::size_t longest_language = 16;

std::string shortened(std::string_view text, std::size_t limit) { return std::string(trim(printable(text, limit))); }

bool is_listed(const Provider& provider, const DomainName& domain) {
  const auto lists = [&](const std::vector<DomainName>& names) {
    return std::ranges::find(names, domain) != names.end();
  };
  return lists(provider.domains) || lists(provider.mx_domains);
}

class AutoconfigReader {
 public:
  AutoconfigReader(const Element& root, const DomainName& domain)
      : root_(root), domain_(domain), values_{.local_part = "", .domain = domain.ascii()} {}

  // Of a document without one, what it lacks.
  Result<std::vector<Element>> providers() const {
    if (!root_.is("clientConfig"))
      return unusable(root_, fmt::format("the root element is {}, not clientConfig", name_of(root_)));
    auto elements = root_.children("emailProvider");
    if (elements.empty()) return unusable(root_, "there is no emailProvider element");
    return elements;
  }

  Result<ReadSettings> read() && {
    const auto elements = providers();
    if (!elements) return tl::unexpected(elements.error());
    return std::move(*this).read(choose(*elements));
  }

  Result<ReadSettings> read(const Element& provider) && {
    if (provider.name() != "emailProvider") note(Oddity::letter_case, provider, "emailProvider");
    if (root_.name() != "clientConfig") note(Oddity::letter_case, root_, "clientConfig");
    read_provider(provider);
    read_servers(provider);
    if (settings_.incoming.empty()) return unusable(provider, no_incoming());
    if (settings_.outgoing.empty()) note(Oddity::missing_outgoing, provider);
    // Version 1.1 has these in the provider, version 1.2 beside it.
    for (const auto& parent : {provider, root_}) {
      read_services(parent);
      read_pages(parent);
      read_oauth2(parent);
    }
    return ReadSettings{std::move(settings_), oddities_.diagnostics()};
  }

 private:
  static std::string name_of(const Element& element) { return printable(element.name(), 40); }

  static tl::unexpected<Error> unusable(const Element& where, std::string why) {
    return fail(ErrorCode::bad_document, place_of(where, name_of(where)), std::move(why));
  }

  [[nodiscard]] std::string no_incoming() const {
    const auto reasons = oddities_.reasons("incomingServer");
    return reasons.empty() ? "there is no incomingServer" : "no usable incomingServer (" + reasons + ")";
  }

  void note(Oddity oddity, const Element& where, std::string_view detail = {}) {
    oddities_.add(oddity, place_of(where, name_of(where)), detail);
  }

  // The one that lists the domain, else the first.
  Element choose(const std::vector<Element>& providers) {
    const auto listing = std::ranges::find_if(
        providers, [&](const Element& provider) { return is_listed(domains_of(provider, nullptr), domain_); });
    const auto& chosen = listing == providers.end() ? providers.front() : *listing;
    if (providers.size() > 1) note(Oddity::several_providers, chosen, chosen.attribute("id").value_or(""));
    return chosen;
  }

  // The domains alone, diagnostics to `oddities` when there are any wanted.
  Provider domains_of(const Element& provider, Oddities* oddities) const {
    Provider result;
    std::set<std::pair<bool, DomainName>> seen;
    for (const auto& element : provider.children("domain")) {
      const auto text = element.text();
      const auto name = DomainName::parse(replace_placeholders(text, values_));
      if (!name) {
        if (oddities != nullptr) oddities->add(Oddity::bad_domain, place_of(element, "domain"), text);
        continue;
      }
      auto& list =
          equal_ignoring_case(element.attribute("purpose").value_or(""), "mx") ? result.mx_domains : result.domains;
      if (std::ranges::find(list, *name) == list.end()) list.push_back(*name);
    }
    return result;
  }

  void read_provider(const Element& element) {
    auto& provider = settings_.provider;
    provider = domains_of(element, &oddities_);
    if (provider.domains.empty()) {
      note(Oddity::missing_domain, element);
    } else if (!is_listed(provider, domain_)) {
      note(Oddity::domain_not_listed, element, domain_.ascii());
    }
    provider.id = read_id(element);
    provider.display_name = read_name(element, "displayName");
    provider.display_short_name = read_name(element, "displayShortName");
    if (!provider.display_name.empty()) return;
    note(Oddity::missing_display_name, element);
    provider.display_name = provider.id;
  }

  std::string read_id(const Element& provider) {
    const auto text = provider.attribute("id").value_or("");
    if (auto host = normalise_host(replace_placeholders(text, values_))) return *std::move(host);
    note(text.empty() ? Oddity::missing_id : Oddity::bad_id, provider, text);
    return domain_.ascii();
  }

  // Plain text: what looks like markup is shown as it stands, elements are reduced to their text.
  std::string read_name(const Element& provider, std::string_view name) {
    const auto element = provider.child(name);
    if (!element) return {};
    if (!element->children().empty()) note(Oddity::markup_in_text, *element, name);
    return shortened(element->whole_text(), longest_name);
  }

  void read_servers(const Element& provider) {
    std::size_t incoming = 0;
    std::size_t outgoing = 0;
    for (const auto& element : provider.children()) {
      if (element.is("incomingServer")) {
        keep(read_incoming_server(section(element, "incomingServer", ++incoming), oddities_), settings_.incoming);
      } else if (element.is("outgoingServer")) {
        keep(read_outgoing_server(section(element, "outgoingServer", ++outgoing), oddities_), settings_.outgoing);
      }
    }
  }

  Section section(const Element& element, std::string_view name, std::size_t number) {
    if (element.name() != name) note(Oddity::letter_case, element, name);
    return {element, fmt::format("{} {}", name, number)};
  }

  template <class Body>
  static void keep(std::optional<Body> body, std::vector<Body>& into) {
    if (body) into.push_back(*std::move(body));
  }

  // Files for both versions say the same under the names of both: addressbook and addressBook.
  void read_services(const Element& parent) {
    for (const auto& element : parent.children()) {
      if (!is_service_element(element)) continue;
      auto service = read_service({element, name_of(element)}, oddities_);
      const auto& known = settings_.services;
      if (service && std::ranges::find(known, *service) == known.end()) settings_.services.push_back(*service);
    }
  }

  void read_pages(const Element& parent) {
    for (const auto& element : parent.children("documentation")) {
      auto url = read_page_url(element, "url", {"https", "http"});
      if (!url.empty()) settings_.documentation.push_back({std::move(url), read_descriptions(element, "descr")});
    }
    for (const auto& element : parent.children("enable")) {
      auto url = read_page_url(element, "visiturl", {"https", "http"});
      if (!url.empty()) settings_.enable.push_back({std::move(url), read_descriptions(element, "instruction")});
    }
    const auto webmail = parent.child("webMail");
    const auto login = webmail ? webmail->child("loginPage") : std::nullopt;
    if (login && settings_.webmail_url.empty()) settings_.webmail_url = read_page_url(*login, "url", {"https"});
  }

  // Empty, with a diagnostic, for what a browser must not be sent to.
  std::string read_page_url(const Element& element, std::string_view name,
                            std::initializer_list<std::string_view> schemes) {
    auto url = parse_url_template(element.attribute(name).value_or(""), schemes);
    if (url) return *std::move(url);
    note(Oddity::bad_page_url, element, url.error().message);
    return {};
  }

  static std::vector<Documentation::Description> read_descriptions(const Element& parent, std::string_view name) {
    std::vector<Documentation::Description> result;
    for (const auto& element : parent.children(name)) {
      auto text = element.whole_text();
      if (!text.empty())
        result.push_back({shortened(element.attribute("lang").value_or(""), longest_language), std::move(text)});
    }
    return result;
  }

  // "mAuth" was its name in an early draft.
  void read_oauth2(const Element& parent) {
    auto element = parent.child("oAuth2");
    if (!element) element = parent.child("mAuth");
    if (!element || settings_.oauth2) return;
    OAuth2 oauth2{.issuer = read_issuer(*element),
                  .auth_url = read_endpoint(*element, "authURL"),
                  .token_url = read_endpoint(*element, "tokenURL"),
                  .scope = leaf(*element, "scope"),
                  .client_id = leaf(*element, "clientID")};
    if (oauth2 != OAuth2{}) settings_.oauth2 = std::move(oauth2);
  }

  static std::string leaf(const Element& parent, std::string_view name) {
    const auto element = parent.child(name);
    return element ? element->text() : "";
  }

  std::string read_endpoint(const Element& oauth2, std::string_view name) {
    const auto text = leaf(oauth2, name);
    if (text.empty()) return {};
    auto url = parse_url_template(text, {"https"});
    if (url) return *std::move(url);
    note(Oddity::bad_oauth2, oauth2, fmt::format("{} is left out: {}", name, url.error().message));
    return {};
  }

  // A host name in the files of the wild, an https URL in RFC 8414 §2.
  std::string read_issuer(const Element& oauth2) {
    const auto text = leaf(oauth2, "issuer");
    if (auto host = parse_host_template(text)) return *std::move(host);
    return text.empty() ? text : (parse_url_template(text, {"https"}) ? text : read_endpoint(oauth2, "issuer"));
  }

  Element root_;
  const DomainName& domain_;
  PlaceholderValues values_;
  Settings settings_;
  Oddities oddities_;
};

}  // namespace

Result<ReadSettings> read_autoconfig_xml(std::string_view bytes, const DomainName& domain) {
  const auto document = xml::Document::parse(bytes);
  if (!document) return tl::unexpected(document.error());
  return AutoconfigReader(document->root(), domain).read();
}

Result<std::vector<Result<ReadSettings>>> read_autoconfig_providers(std::string_view bytes, const DomainName& domain) {
  const auto document = xml::Document::parse(bytes);
  if (!document) return tl::unexpected(document.error());
  const auto elements = AutoconfigReader(document->root(), domain).providers();
  if (!elements) return tl::unexpected(elements.error());
  std::vector<Result<ReadSettings>> providers;
  for (const auto& element : *elements) providers.push_back(AutoconfigReader(document->root(), domain).read(element));
  return providers;
}

}  // namespace mailconf
