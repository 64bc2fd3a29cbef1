// for_address() and for_domain(): settings with their placeholders replaced.
#include <fmt/core.h>

#include "mailconf/settings.h"
#include "model/host.h"
#include "model/placeholders.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

class Application {
 public:
  explicit Application(PlaceholderValues values) : values_(std::move(values)), in_urls_(values_) {
    in_urls_.local_part = encode_query_value(values_.local_part);
  }

  AppliedSettings apply(const Settings& settings) && {
    result_.settings = settings;
    auto& applied = result_.settings;
    replace(applied.provider.display_name);
    replace(applied.provider.display_short_name);
    applied.incoming = keep_usable(settings.incoming, "incoming");
    applied.outgoing = keep_usable(settings.outgoing, "outgoing");
    applied.services = keep_usable(settings.services, "service");
    if (applied.oauth2) replace_in(*applied.oauth2);
    for (auto& page : applied.documentation) replace_in_url(page.url, {"https", "http"});
    for (auto& page : applied.enable) replace_in_url(page.visit_url, {"https", "http"});
    replace_in_url(applied.webmail_url, {"https", "http"});
    return std::move(result_);
  }

 private:
  void replace(std::string& text) const { text = replace_placeholders(text, values_); }

  // False, and the text empty, when it is no URL afterwards. The local part goes in percent-encoded, so that an odd one
  // cannot turn one host or path into another.
  bool replace_in_url(std::string& text, std::initializer_list<std::string_view> schemes) const {
    if (text.empty()) return true;
    auto url = parse_url_template(replace_placeholders(text, in_urls_), schemes);
    text = url ? *std::move(url) : std::string();
    return !text.empty();
  }

  void replace_in(OAuth2& oauth2) const {
    replace(oauth2.issuer);
    replace_in_url(oauth2.auth_url, {"https"});
    replace_in_url(oauth2.token_url, {"https"});
  }

  // False, and the text empty, when it names no host afterwards.
  bool replace_in_host(std::string& text) const {
    if (text.empty()) return true;
    auto host = normalise_host(replace_placeholders(text, values_));
    text = host ? *std::move(host) : std::string();
    return !text.empty();
  }

  void replace_in_username(std::string& text) const {
    replace(text);
    if (has_unknown_placeholder(text)) text.clear();
  }

  bool replace_in_body(Server& server) const {
    replace_in_username(server.username);
    return replace_in_host(server.hostname) && replace_in_url(server.url, {"https"});
  }
  bool replace_in_body(Service& service) const {
    replace_in_username(service.username);
    return replace_in_host(service.hostname) && replace_in_url(service.url, {"https", "wss"});
  }

  template <class Body>
  std::vector<Body> keep_usable(const std::vector<Body>& bodies, std::string_view kind) {
    std::vector<Body> usable;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      Body body = bodies[i];
      if (replace_in_body(body)) {
        usable.push_back(std::move(body));
        continue;
      }
      const auto& named = bodies[i].hostname.empty() ? bodies[i].url : bodies[i].hostname;
      result_.dropped.push_back({"unusable-host", fmt::format("{}[{}]", kind, i),
                                 fmt::format("\"{}\" names no host for this address", printable(named, 80))});
    }
    return usable;
  }

  PlaceholderValues values_;
  PlaceholderValues in_urls_;
  AppliedSettings result_;
};

}  // namespace

AppliedSettings for_address(const Settings& settings, const EmailAddress& address) {
  return Application({address.local_part(), address.domain().ascii()}).apply(settings);
}

AppliedSettings for_domain(const Settings& settings, const DomainName& domain) {
  return Application({"", domain.ascii()}).apply(settings);
}

}  // namespace mailconf
