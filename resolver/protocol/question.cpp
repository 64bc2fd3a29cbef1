#include "protocol/question.h"

#include <fmt/core.h>

namespace mailconf {
namespace {

// The labels of an SRV name tell its type by themselves.
std::string_view type_prefix(RecordType type) {
  switch (type) {
    case RecordType::addresses:
      return "A/AAAA ";
    case RecordType::mx:
      return "MX ";
    case RecordType::srv:
      return "";
    case RecordType::txt:
      return "TXT ";
    case RecordType::ns:
      return "NS ";
    case RecordType::cname:
      return "CNAME ";
    case RecordType::tlsa:
      return "TLSA ";
  }
  return "";
}

struct TargetText {
  std::string operator()(const DnsQuestion& asked) const {
    return fmt::format("{}{}", type_prefix(asked.type), asked.name);
  }
  std::string operator()(const HttpQuestion& asked) const { return asked.url.text_without_query(); }
  std::string operator()(const ProbeQuestion& asked) const {
    const bool ipv6 = asked.host.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{} ({}, {})", ipv6 ? "[" : "", asked.host, ipv6 ? "]" : "", asked.port,
                       to_string(asked.type), to_string(asked.socket_type));
  }
  std::string operator()(const LoginQuestion& asked) const { return (*this)(asked.server); }
};

}  // namespace

std::string target(const Question& question) { return std::visit(TargetText{}, question); }

std::string_view to_string(FailureKind kind) {
  switch (kind) {
    case FailureKind::no_such_name:
      return "no-such-name";
    case FailureKind::dns_failure:
      return "dns-failure";
    case FailureKind::dns_timeout:
      return "dns-timeout";
    case FailureKind::refused:
      return "refused";
    case FailureKind::unreachable:
      return "unreachable";
    case FailureKind::timed_out:
      return "timed-out";
    case FailureKind::closed:
      return "closed";
    case FailureKind::tls_failed:
      return "tls-failed";
    case FailureKind::certificate_bad:
      return "certificate-bad";
    case FailureKind::nonsense:
      return "nonsense";
    case FailureKind::too_large:
      return "too-large";
    case FailureKind::address_not_public:
      return "address-not-public";
    case FailureKind::redirect_refused:
      return "redirect-refused";
    case FailureKind::offline:
      return "offline";
    case FailureKind::proxy_failed:
      return "proxy-failed";
    case FailureKind::not_asked:
      return "not-asked";
  }
  return "";
}

}  // namespace mailconf
