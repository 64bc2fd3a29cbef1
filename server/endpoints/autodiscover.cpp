#include "server/endpoints/autodiscover.h"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormatter.h>

#include "mailconf/publishing.h"
#include "server/document_answer.h"
#include "server/personal.h"
#include "server/subject.h"

namespace mailconf::server {
namespace {

constexpr auto content_type = "text/xml; charset=utf-8";

struct Fault {
  int code;
  const char* message;
};
constexpr Fault invalid_request{600, "Invalid Request"};
constexpr Fault no_provider{601, "Provider is not available"};
constexpr Fault bad_address{602, "The e-mail address is malformed"};
constexpr Fault unknown_address{500, "The e-mail address cannot be found"};
// For a person who tries the address of this service in a browser.
constexpr Fault use_post{600,
                         "Invalid Request. This is an Autodiscover service, and it works: mail clients ask it by POST"};

Answer error(const Fault& fault) {
  const auto time = Poco::DateTimeFormatter::format(Poco::DateTime(), "%H:%M:%S.%F");
  return fresh_answer(write_autodiscover_error(fault.code, fault.message, time), content_type);
}

// Devices with ActiveSync are told no user name.
Answer for_device(const PublishedDomain& domain, const EmailAddress& address) {
  if (!domain.mobilesync) return error(no_provider);
  return fresh_answer(domain.mobilesync->for_address(address), content_type);
}

Answer for_outlook(const PublishedDomain& domain, const EmailAddress& address, const Domains& domains) {
  if (!domain.autodiscover) return error(no_provider);
  auto text = autodiscover_for(domain, address, domain.elsewhere ? std::nullopt : domains.login_of(domain, address));
  return text ? fresh_answer(*std::move(text), content_type) : error(no_provider);
}

Answer posted(const Request& request, const Domains& domains) {
  const auto question = read_autodiscover_request(request.body);
  if (!question || question->address.empty()) return error(invalid_request);
  if (question->schema == AutodiscoverSchema::other) return error(no_provider);
  const auto address = EmailAddress::parse(question->address);
  if (!address) return error(bad_address);
  const auto found = domains.find(address->domain());
  // That a domain cannot be looked up right now is no answer of the format: clients ask elsewhere, and again.
  if (!found) return found.error().status == 404 ? error(unknown_address) : found.error();
  if (question->schema == AutodiscoverSchema::mobilesync) return for_device(**found, *address);
  return for_outlook(**found, *address, domains);
}

}  // namespace

Answer autodiscover(const Request& request, const Domains& domains) {
  if (request.method == "POST") return posted(request, domains);
  const auto subject = by_host(request, domains);
  if (!subject) return subject.error().status == 404 ? error(use_post) : subject.error();
  const auto& document = subject->domain->autodiscover;
  return document ? public_document(request, document->for_anybody, content_type) : error(use_post);
}

}  // namespace mailconf::server
