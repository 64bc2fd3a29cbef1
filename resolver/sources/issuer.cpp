// An issuer of tokens asked about itself (RFC 8414 §3), with the place of OpenID Connect as the second try. Only what
// names the asked issuer counts: whoever may write one path of a host must not speak for the others.
#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "formats/issuer_metadata.h"
#include "sources/follow_ups.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

bool is_host_name(const std::string& issuer) { return issuer.find("://") == issuer.npos; }

// RFC 8414 §2: https, no query, no fragment.
std::optional<Url> url_of(const std::string& issuer) {
  auto url = Url::parse(is_host_name(issuer) ? "https://" + issuer : issuer);
  if (!url || !url->https || issuer.find_first_of("?#") != issuer.npos) return std::nullopt;
  if (url->path.ends_with('/')) url->path.pop_back();
  return *std::move(url);
}

// What may be asked for without knowing the server, of what it offers (draft-ietf-mailmaint-oauth-public-05).
std::string scope_for_mail(const std::vector<std::string>& offered) {
  static constexpr std::array<std::string_view, 2> wanted{"urn:ietf:params:oauth:scope:mail", "offline_access"};
  if (std::ranges::find(offered, wanted.front()) == offered.end()) return {};
  const bool offline = std::ranges::find(offered, wanted.back()) != offered.end();
  return offline ? fmt::format("{} {}", wanted.front(), wanted.back()) : std::string(wanted.front());
}

class IssuerSource final : public Source {
 public:
  explicit IssuerSource(std::string issuer) : issuer_(std::move(issuer)), url_(url_of(issuer_)) {}

  Step begin() override {
    if (!url_) return ended(Outcome::unknown, "the issuer is no https address");
    return ask(first_place());
  }

  Step on_answer(const Question& asked, const Answer& answer) override {
    Step step = read(answer);
    const bool may_be_elsewhere = std::holds_alternative<HttpAnswer>(answer) && !named_otherwise_;
    if (!step.found && may_be_elsewhere && asked == first_place()) step.ask.push_back(second_place());
    return step;
  }

 private:
  // No redirects: RFC 8414 §3.2 wants the document itself.
  static Question at(Url url) { return HttpQuestion{.url = std::move(url), .follow_redirects = false}; }

  // RFC 8414 §3.1: between host and path.
  [[nodiscard]] Question first_place() const {
    Url url = *url_;
    url.path = "/.well-known/oauth-authorization-server" + url.path;
    return at(std::move(url));
  }

  // OpenID Connect Discovery 1.0 §4: behind the path.
  [[nodiscard]] Question second_place() const {
    Url url = *url_;
    url.path += "/.well-known/openid-configuration";
    return at(std::move(url));
  }

  Step read(const Answer& answer) {
    const auto* http = std::get_if<HttpAnswer>(&answer);
    if (!http || http->status != 200) return ended(judge(answer));
    if (is_web_page(*http)) return ended(Outcome::absent, "answered with an HTML page");
    auto told = read_issuer_metadata(http->body);
    if (!told) return ended(Outcome::unknown, told.error().text());
    if (!is_asked(told->issuer)) return mismatch();
    if (told->scope.empty()) told->scope = scope_for_mail(told->scopes_supported);
    Step step = ended(Outcome::found, "");
    step.found.emplace().oauth2 = *std::move(told);
    return step;
  }

  // RFC 8414 §3.3: character by character. Settings that give a host name alone say nothing of a last "/".
  [[nodiscard]] bool is_asked(const std::string& named) const {
    if (!is_host_name(issuer_)) return named == issuer_;
    const std::string whole = "https://" + url_->authority();
    return named == whole || named == whole + "/";
  }

  Step mismatch() {
    named_otherwise_ = true;
    Step step = ended(Outcome::unknown, "the issuer names itself otherwise");
    step.diagnostics.push_back(
        {"issuer-mismatch", "",
         fmt::format("{} names itself otherwise, so where it gives out tokens is not known", issuer_)});
    return step;
  }

  std::string issuer_;
  std::optional<Url> url_;
  bool named_otherwise_ = false;
};

}  // namespace

std::unique_ptr<Source> make_issuer_source(const std::string& issuer) { return std::make_unique<IssuerSource>(issuer); }

bool is_same_issuer(const std::string& a, const std::string& b) {
  const auto left = url_of(a);
  return left && left == url_of(b);
}

}  // namespace mailconf
