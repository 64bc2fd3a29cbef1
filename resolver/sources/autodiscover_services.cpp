#include "sources/autodiscover_services.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "formats/autodiscover_json.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

struct ExchangeProtocol {
  std::string_view name;  // as Apple's and Google's programs spell it; services compare without regard to case
  ServiceType type;
};
constexpr std::array protocols{ExchangeProtocol{"Ews", ServiceType::ews},
                               ExchangeProtocol{"ActiveSync", ServiceType::activesync}};

std::string own_host(const DomainName& domain) { return "autodiscover." + domain.ascii(); }

Question question(const ExchangeProtocol& protocol, const DomainName& domain) {
  Url url;
  url.host = own_host(domain);
  url.port = 443;
  url.path = fmt::format("/autodiscover/autodiscover.json/v1.0/postmaster@{}", domain.ascii());
  url.query = fmt::format("Protocol={}", protocol.name);
  return HttpQuestion{std::move(url)};
}

// Settings, an error document, or a request for credentials; not what any web site says.
bool is_service(const Answer& answer) {
  const auto* http = std::get_if<HttpAnswer>(&answer);
  return http && (http->status == 401 || (http->status == 200 && !is_web_page(*http)));
}

Step read(const ExchangeProtocol& protocol, const Answer& answer) {
  const auto* http = std::get_if<HttpAnswer>(&answer);
  if (!http || http->status != 200) return ended(judge(answer));
  if (is_web_page(*http)) return ended(Outcome::absent, "answered with an HTML page");
  auto url = read_autodiscover_json(http->body, protocol.name);
  if (!url) return ended(Outcome::absent, fmt::format("{}: {}", protocol.name, url.error().text()));
  Step step = ended(Outcome::found, fmt::format("tells where {} is", protocol.name));
  step.services.push_back(
      {protocol.type, *std::move(url), "", 0, SocketType::ssl, {Authentication::http_basic}, "%EMAILADDRESS%"});
  return step;
}

}  // namespace

std::vector<Question> AutodiscoverServices::open(const Question& asked, const Answer& answer) {
  const auto* page = std::get_if<HttpQuestion>(&asked);
  if (open_ || !page || !page->url.https || page->url.host != own_host(domain_) || !is_service(answer)) return {};
  open_ = true;
  std::vector<Question> questions;
  for (const auto& protocol : protocols) questions.push_back(question(protocol, domain_));
  return questions;
}

std::optional<Step> AutodiscoverServices::take(const Question& asked, const Answer& answer) const {
  const auto protocol =
      std::ranges::find_if(protocols, [&](const auto& each) { return asked == question(each, domain_); });
  if (protocol == protocols.end()) return std::nullopt;
  return read(*protocol, answer);
}

}  // namespace mailconf
