// A resource that takes tokens asked who gives them out (RFC 9728 §3).
#include "formats/resource_metadata.h"
#include "sources/follow_ups.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

// RFC 9728 §1.2: https, no fragment.
std::optional<Url> https_address(const std::string& resource) {
  auto url = Url::parse(resource);
  if (!url || !url->https || resource.find('#') != resource.npos) return std::nullopt;
  return *std::move(url);
}

class ResourceSource final : public Source {
 public:
  explicit ResourceSource(std::string resource) : resource_(std::move(resource)) {}

  Step begin() override {
    auto url = https_address(resource_);
    if (!url) return ended(Outcome::unknown, "the resource is no https address");
    // RFC 9728 §3.1: between host and path.
    url->path = "/.well-known/oauth-protected-resource" + (url->path == "/" ? "" : url->path);
    return mailconf::ask(HttpQuestion{.url = *std::move(url), .follow_redirects = false});
  }

  Step on_answer(const Question&, const Answer& answer) override {
    const auto* http = std::get_if<HttpAnswer>(&answer);
    if (!http || http->status != 200) return ended(judge(answer));
    if (is_web_page(*http)) return ended(Outcome::absent, "answered with an HTML page");
    auto told = read_resource_metadata(http->body);
    if (!told) return ended(Outcome::unknown, told.error().text());
    // RFC 9728 §3.3: whoever may write this path must not speak for another resource.
    if (told->resource != resource_) return ended(Outcome::unknown, "the resource names itself otherwise");
    Step step = ended(Outcome::found, "");
    step.found.emplace().oauth2.emplace().issuer = std::move(told->issuer);
    return step;
  }

 private:
  std::string resource_;
};

}  // namespace

std::unique_ptr<Source> make_resource_source(const std::string& url) { return std::make_unique<ResourceSource>(url); }

}  // namespace mailconf
