#include "server/zone/certificate_pin.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "server/document.h"

namespace mailconf::server {
namespace {

std::string public_key_of(X509* certificate) {
  unsigned char* octets = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &octets);
  if (length <= 0) return {};
  std::string key(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(length));
  OPENSSL_free(octets);
  return key;
}

}  // namespace

Result<CertificatePin> CertificatePin::read(const std::string& file) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> input(BIO_new_file(file.c_str(), "r"), &BIO_free);
  if (!input) {
    ERR_clear_error();
    return fail(ErrorCode::io, file, "cannot be read");
  }
  std::shared_ptr<X509> certificate(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr), &X509_free);
  if (!certificate) {
    ERR_clear_error();
    return fail(ErrorCode::bad_document, file, "holds no certificate in PEM");
  }
  constexpr std::size_t whole = 32;
  auto data = "3 1 1 " + hex_digest(public_key_of(certificate.get()), whole);
  return CertificatePin(std::move(certificate), std::move(data));
}

bool CertificatePin::covers(const std::string& host) const {
  return X509_check_host(certificate_.get(), host.data(), host.size(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr) ==
         1;
}

}  // namespace mailconf::server
