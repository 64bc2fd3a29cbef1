#include "network/certificate.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <memory>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <string_view>

#include "model/text.h"

namespace mailconf {
namespace {

struct Verdict {
  long error;
  CertificateVerdict verdict;
};

constexpr std::array verdicts{
    Verdict{X509_V_OK, CertificateVerdict::valid},
    Verdict{X509_V_ERR_CERT_HAS_EXPIRED, CertificateVerdict::expired},
    Verdict{X509_V_ERR_CERT_NOT_YET_VALID, CertificateVerdict::not_yet_valid},
    Verdict{X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, CertificateVerdict::self_signed},
    Verdict{X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, CertificateVerdict::unknown_issuer},
    Verdict{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, CertificateVerdict::unknown_issuer},
    Verdict{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, CertificateVerdict::unknown_issuer},
    Verdict{X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, CertificateVerdict::unknown_issuer},
    Verdict{X509_V_ERR_HOSTNAME_MISMATCH, CertificateVerdict::wrong_name},
    Verdict{X509_V_ERR_IP_ADDRESS_MISMATCH, CertificateVerdict::wrong_name},
};

std::string text_of(const ASN1_STRING* value) {
  unsigned char* utf8 = nullptr;
  const int length = value == nullptr ? -1 : ASN1_STRING_to_UTF8(&utf8, value);
  if (length < 0) return {};
  std::string text = printable({reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length)});
  OPENSSL_free(utf8);
  return text;
}

std::string entry(const X509_NAME* name, int nid) {
  const int index = X509_NAME_get_index_by_NID(name, nid, -1);
  return index < 0 ? std::string() : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
}

std::string address_text(const ASN1_OCTET_STRING* octets) {
  const int length = ASN1_STRING_length(octets);
  if (length != 4 && length != 16) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* done = inet_ntop(length == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(octets), text.data(),
                               static_cast<socklen_t>(text.size()));
  return done == nullptr ? std::string() : std::string(done);
}

std::string iso8601(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

// At most three names: certificates of shared hosting hold hundreds.
std::string name_list(const x509_st& certificate) {
  const auto names = certificate_names(certificate);
  if (names.empty()) return "no name at all";
  const auto shown = std::min<std::size_t>(names.size(), 3);
  std::string list =
      fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  return names.size() == shown ? list : fmt::format("{} and {} more", list, names.size() - shown);
}

}  // namespace

CertificateVerdict verdict_of(long error) {
  const auto* row = std::find_if(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.error == error; });
  return row == verdicts.end() ? CertificateVerdict::invalid : row->verdict;
}

std::vector<std::string> certificate_names(const x509_st& certificate) {
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)),
      &GENERAL_NAMES_free);
  std::vector<std::string> names;
  for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
    std::string text;
    if (name->type == GEN_DNS) text = text_of(name->d.dNSName);
    if (name->type == GEN_IPADD) text = address_text(name->d.iPAddress);
    if (!text.empty()) names.push_back(std::move(text));
  }
  return names;
}

std::string certificate_issuer(const x509_st& certificate) {
  const X509_NAME* name = X509_get_issuer_name(&certificate);
  const auto organisation = entry(name, NID_organizationName);
  return organisation.empty() ? entry(name, NID_commonName) : organisation;
}

std::string certificate_not_before(const x509_st& certificate) { return iso8601(X509_get0_notBefore(&certificate)); }
std::string certificate_not_after(const x509_st& certificate) { return iso8601(X509_get0_notAfter(&certificate)); }

std::string certificate_complaint(const x509_st& certificate, long error, const std::string& host) {
  switch (verdict_of(error)) {
    case CertificateVerdict::valid:
      return {};
    case CertificateVerdict::expired:
      return fmt::format("the certificate of {} expired on {}", host, certificate_not_after(certificate));
    case CertificateVerdict::not_yet_valid:
      return fmt::format("the certificate of {} is not valid before {}", host, certificate_not_before(certificate));
    case CertificateVerdict::self_signed:
      return fmt::format("the certificate of {} is self-signed", host);
    case CertificateVerdict::unknown_issuer:
      return fmt::format("the certificate of {} was issued by \"{}\", which is not trusted", host,
                         certificate_issuer(certificate));
    case CertificateVerdict::wrong_name:
      return fmt::format("the certificate is for {}, not for {}", name_list(certificate), host);
    case CertificateVerdict::invalid:
      break;
  }
  return fmt::format("the certificate of {} is not acceptable: {}", host, X509_verify_cert_error_string(error));
}

}  // namespace mailconf
