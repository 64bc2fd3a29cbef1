#include "server/endpoints/autodiscover_json.h"

#include <Poco/String.h>
#include <algorithm>

#include "mailconf/publishing.h"
#include "server/document_answer.h"
#include "server/subject.h"

namespace mailconf::server {
namespace {

constexpr auto content_type = "application/json; charset=utf-8";

struct Fault {
  int status;
  const char* code;
  const char* message;
};
constexpr Fault no_protocol{400, "MandatoryParameterMissing", "The parameter Protocol is missing."};
constexpr Fault unknown_protocol{400, "InvalidProtocol", "The protocol is not offered here."};
constexpr Fault bad_address{400, "InvalidUserId", "The e-mail address is malformed."};
constexpr Fault unknown_address{404, "UserNotFound", "The e-mail address is not known here."};

Answer error(const Fault& fault) {
  auto answer = fresh_answer(write_autodiscover_json_error(fault.code, fault.message), content_type);
  answer.status = fault.status;
  return answer;
}

// The address of the form in XML. It is on the host that was asked, where that is a name that others can ask, too.
std::string url_of_xml(const Request& request, const PublishedDomain* domain) {
  if (domain != nullptr && domain->elsewhere && !domain->elsewhere->url.empty()) return domain->elsewhere->url;
  const bool use_host = request.host.domain || domain == nullptr;
  const auto host = use_host ? request.host.text : "autodiscover." + domain->domain.ascii();
  return "https://" + host + "/autodiscover/autodiscover.xml";
}

std::string url_of_server(ServerType type, const PublishedDomain* domain, const std::optional<EmailAddress>& address) {
  if (domain == nullptr) return "";
  const auto settings = address ? for_address(domain->settings, *address).settings : domain->settings;
  const auto found = std::ranges::find(settings.incoming, type, &Server::type);
  // Without an address, a place that depends on it cannot be told.
  const bool known = found != settings.incoming.end() && found->url.find("%EMAIL") == std::string::npos;
  return known ? found->url : "";
}

std::string url_of(const std::string& protocol, const Request& request, const PublishedDomain* domain,
                   const std::optional<EmailAddress>& address) {
  if (Poco::icompare(protocol, std::string("AutodiscoverV1")) == 0) return url_of_xml(request, domain);
  if (Poco::icompare(protocol, std::string("ActiveSync")) == 0)
    return url_of_server(ServerType::activesync, domain, address);
  if (Poco::icompare(protocol, std::string("EWS")) == 0) return url_of_server(ServerType::ews, domain, address);
  return "";
}

Answer answer_to(const std::string& email, const Request& request, const Domains& domains) {
  const auto protocol = request.target.parameter("protocol").value_or("");
  if (protocol.empty()) return error(no_protocol);
  const auto address = email.empty() ? std::nullopt : std::optional(EmailAddress::parse(email));
  if (address && !*address) return error(bad_address);
  const auto found = address ? domains.find((*address)->domain())
                             : by_host(request, domains).map([](const auto& subject) { return subject.domain; });
  if (!found && (address || found.error().status != 404))
    return found.error().status == 404 ? error(unknown_address) : found.error();
  const auto url =
      url_of(protocol, request, found ? found->get() : nullptr, address ? std::optional(**address) : std::nullopt);
  // Outlook wants the protocol in its own spelling.
  return url.empty() ? error(unknown_protocol) : fresh_answer(write_autodiscover_json(protocol, url), content_type);
}

}  // namespace

Answer autodiscover_json(const Request& request, const Domains& domains) {
  return answer_to(request.target.parameter("email").value_or(""), request, domains);
}

Answer autodiscover_json_by_path(const Request& request, const Domains& domains) {
  return answer_to(request.target.last_segment, request, domains);
}

}  // namespace mailconf::server
