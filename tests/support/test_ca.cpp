#include "support/test_ca.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <unistd.h>

namespace mailconf::testing {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<&X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<&X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Deleter<&BIO_free>>;

void require(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("test authority: ") + what);
}

Memory memory_of(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_X509(memory.get(), certificate) == 1, "certificate as PEM");
  return text_of(memory.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "key as PEM");
  return text_of(memory.get());
}

void set_name(X509_NAME* name, const char* field, const std::string& text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, static_cast<int>(text.size()), -1, 0) == 1,
          field);
}

void extend(X509* certificate, int nid, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) {
    const bool literal =
        name.find(':') != std::string::npos || name.find_first_not_of("0123456789.") == std::string::npos;
    list += (list.empty() ? "" : ",") + std::string(literal ? "IP:" : "DNS:") + name;
  }
  return list;
}

// Without an issuer's key: self-signed.
Identity make(const CertificateWish& wish, bool authority, X509* issuer, EVP_PKEY* issuer_key) {
  static std::atomic<long> serial = 1;
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), wish.not_before.c_str());
  ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), wish.not_after.c_str());
  set_name(X509_get_subject_name(certificate.get()), authority ? "O" : "CN", wish.common_name);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer == nullptr ? certificate.get() : issuer));
  X509_set_pubkey(certificate.get(), key.get());
  extend(certificate.get(), NID_basic_constraints, authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  extend(certificate.get(), NID_key_usage, authority ? "critical,keyCertSign" : "critical,digitalSignature");
  if (!wish.names.empty()) extend(certificate.get(), NID_subject_alt_name, alternative_names(wish.names));
  require(X509_sign(certificate.get(), issuer_key == nullptr ? key.get() : issuer_key, EVP_sha256()) > 0, "signature");
  return {pem_of(certificate.get()), pem_of(key.get())};
}

std::string new_file_name() {
  std::string name = (std::filesystem::temp_directory_path() / "mailconf-test-ca-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  require(descriptor >= 0, "temporary file");
  ::close(descriptor);
  return name;
}

}  // namespace

TestCa::TestCa(const std::string& organisation) : organisation_(organisation), file_(new_file_name()) {
  CertificateWish wish;
  wish.common_name = organisation_;
  authority_ = make(wish, true, nullptr, nullptr);
  std::ofstream(file_) << authority_.certificate;
}

TestCa::~TestCa() { std::filesystem::remove(file_); }

Identity TestCa::issue(const CertificateWish& wish) const {
  if (wish.self_signed) return make(wish, false, nullptr, nullptr);
  const auto certificate_pem = memory_of(authority_.certificate);
  const auto key_pem = memory_of(authority_.key);
  const Certificate issuer(PEM_read_bio_X509(certificate_pem.get(), nullptr, nullptr, nullptr));
  const Key key(PEM_read_bio_PrivateKey(key_pem.get(), nullptr, nullptr, nullptr));
  return make(wish, false, issuer.get(), key.get());
}

}  // namespace mailconf::testing
