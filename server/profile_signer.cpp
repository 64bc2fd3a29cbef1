#include "server/profile_signer.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace mailconf::server {
namespace {

template <auto function>
struct FreeBy {
  template <class T>
  void operator()(T* object) const {
    function(object);
  }
};
void free_stack(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }

using Bio = std::unique_ptr<BIO, FreeBy<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, FreeBy<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;
using Chain = std::unique_ptr<STACK_OF(X509), FreeBy<free_stack>>;
using Signed = std::unique_ptr<CMS_ContentInfo, FreeBy<CMS_ContentInfo_free>>;

// Keys with a passphrase are refused: nobody is there to be asked.
int no_passphrase(char*, int, int, void*) { return 0; }

Certificate read_certificate(BIO* from) {
  return Certificate(PEM_read_bio_X509(from, nullptr, no_passphrase, nullptr));
}

bool signs_itself(const X509* certificate) {
  return X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
}

bool is_valid_now(const X509* certificate) {
  return X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0 &&
         X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0;
}

Problems problem(Severity severity, const std::filesystem::path& file, std::string message) {
  ERR_clear_error();
  return {{severity, file.string(), 0, "", std::move(message)}};
}

}  // namespace

struct ProfileSigner::Identity {
  Certificate certificate;
  Chain chain;
  Key key;
};

ProfileSigner::ProfileSigner(std::filesystem::path certificate, std::filesystem::path key)
    : certificate_(std::move(certificate)), key_(std::move(key)) {}

ProfileSigner::Moments ProfileSigner::moments() const {
  std::error_code missing;
  return {std::filesystem::last_write_time(certificate_, missing), std::filesystem::last_write_time(key_, missing)};
}

Problems ProfileSigner::load() {
  const std::lock_guard lock(loading_);
  loaded_ = moments();
  auto identity = std::make_shared<Identity>();
  const Bio certificates(BIO_new_file(certificate_.c_str(), "r"));
  if (certificates) identity->certificate = read_certificate(certificates.get());
  if (!identity->certificate) return problem(Severity::error, certificate_, "is no certificate in PEM");
  identity->chain.reset(sk_X509_new_null());
  while (auto next = read_certificate(certificates.get())) sk_X509_push(identity->chain.get(), next.release());
  const Bio key(BIO_new_file(key_.c_str(), "r"));
  if (key) identity->key.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, no_passphrase, nullptr));
  if (!identity->key || X509_check_private_key(identity->certificate.get(), identity->key.get()) != 1)
    return problem(Severity::error, key_, "is no private key in PEM, or not the one of the certificate");
  if (signs_itself(identity->certificate.get()))
    return problem(Severity::warning, certificate_, "signs itself: profiles are not signed with it");
  const bool valid = is_valid_now(identity->certificate.get());
  ERR_clear_error();
  identity_.set(std::move(identity));
  if (valid) return {};
  return problem(Severity::warning, certificate_, "is not valid now: profiles are not signed with it");
}

std::string ProfileSigner::sign(std::string profile) {
  std::unique_lock lock(loading_);
  const bool renewed = moments() != loaded_;
  lock.unlock();
  if (renewed) load();
  const auto identity = identity_.get();
  if (!identity || !is_valid_now(identity->certificate.get())) return profile;
  const Bio content(BIO_new_mem_buf(profile.data(), static_cast<int>(profile.size())));
  const Signed message(CMS_sign(identity->certificate.get(), identity->key.get(), identity->chain.get(), content.get(),
                                CMS_BINARY | CMS_NOSMIMECAP));
  const Bio target(BIO_new(BIO_s_mem()));
  if (!message || i2d_CMS_bio(target.get(), message.get()) != 1) {
    ERR_clear_error();
    return profile;
  }
  char* octets = nullptr;
  const auto length = BIO_get_mem_data(target.get(), &octets);
  return {octets, static_cast<std::size_t>(length)};
}

std::unique_ptr<ProfileSigner> profile_signer(const Configuration& configuration) {
  if (configuration.profile_certificate.empty()) return nullptr;
  return std::make_unique<ProfileSigner>(configuration.profile_certificate, configuration.profile_key);
}

}  // namespace mailconf::server
