#include "server/tls/certificate_pair.h"

#include <ctime>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <utility>

namespace mailconf::server {
namespace {

using Source = std::unique_ptr<BIO, decltype(&BIO_free)>;

constexpr std::int64_t nanoseconds = 1'000'000'000;

std::string openssl_reason() {
  const auto code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason == nullptr ? "unknown reason" : reason;
}

Source open_source(const std::filesystem::path& file) { return {BIO_new_file(file.c_str(), "r"), BIO_free}; }

// Keys with a passphrase are refused: nobody is there to be asked.
int no_passphrase(char*, int, int, void*) { return 0; }

void free_chain(STACK_OF(X509) * chain) { sk_X509_pop_free(chain, X509_free); }

std::int64_t in_nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * nanoseconds + time.tv_nsec; }

// Reads keys one after the other: OpenSSL 3.0 takes six times as long where the decoder is made anew for each of them.
class KeyReader {
 public:
  KeyReader()
      : decoder_(OSSL_DECODER_CTX_new_for_pkey(&key_, "PEM", nullptr, nullptr, EVP_PKEY_KEYPAIR, nullptr, nullptr),
                 OSSL_DECODER_CTX_free) {
    OSSL_DECODER_CTX_set_pem_password_cb(decoder_.get(), no_passphrase, nullptr);
  }
  // Null for what only the long way understands, too: parameters in front of the key.
  EVP_PKEY* read(BIO* source) {
    const bool whole = OSSL_DECODER_from_bio(decoder_.get(), source) == 1;
    auto* key = std::exchange(key_, nullptr);
    if (whole) return key;
    EVP_PKEY_free(key);
    return nullptr;
  }

 private:
  EVP_PKEY* key_ = nullptr;
  std::unique_ptr<OSSL_DECODER_CTX, decltype(&OSSL_DECODER_CTX_free)> decoder_;
};

// Takes a pair as a handshake would, so that what is too weak is refused when it is read. One for all pairs of a
// thread: making a context takes longer than reading a pair.
SSL_CTX* trial() {
  thread_local const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()),
                                                                               SSL_CTX_free);
  return context.get();
}

}  // namespace

std::optional<FileStamps::Stamp> FileStamps::stamp(const std::filesystem::path& file) {
  struct stat about {};
  timespec now{};
  if (::stat(file.c_str(), &about) != 0 || ::clock_gettime(CLOCK_REALTIME, &now) != 0) return std::nullopt;
  const auto changed = in_nanoseconds(about.st_ctim);
  if (in_nanoseconds(now) - changed < nanoseconds) return std::nullopt;
  return Stamp{about.st_dev, about.st_ino, about.st_size, changed};
}

std::optional<FileStamps> FileStamps::of(const std::filesystem::path& one, const std::filesystem::path& other) {
  const auto first = stamp(one);
  const auto second = stamp(other);
  if (!first || !second) return std::nullopt;
  FileStamps stamps;
  stamps.one_ = *first;
  stamps.other_ = *second;
  return stamps;
}

bool CertificatePair::read_certificates(const std::filesystem::path& file) {
  const auto source = open_source(file);
  if (!source) return false;
  certificate_.reset(PEM_read_bio_X509_AUX(source.get(), nullptr, no_passphrase, nullptr), X509_free);
  if (!certificate_) return false;
  chain_.reset(sk_X509_new_null(), free_chain);
  while (auto* next = PEM_read_bio_X509(source.get(), nullptr, no_passphrase, nullptr))
    sk_X509_push(chain_.get(), next);
  // Where no certificate begins any more the chain ends; what begins as one has to be one.
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) return false;
  ERR_clear_error();
  return SSL_CTX_use_certificate(trial(), certificate_.get()) == 1 && SSL_CTX_set1_chain(trial(), chain_.get()) == 1;
}

bool CertificatePair::read_key(const std::filesystem::path& file) {
  thread_local KeyReader reader;
  const auto source = open_source(file);
  if (!source) return false;
  key_.reset(reader.read(source.get()), EVP_PKEY_free);
  if (!key_) {
    ERR_clear_error();
    BIO_reset(source.get());
    key_.reset(PEM_read_bio_PrivateKey(source.get(), nullptr, no_passphrase, nullptr), EVP_PKEY_free);
  }
  return key_ != nullptr && SSL_CTX_use_PrivateKey(trial(), key_.get()) == 1;
}

std::shared_ptr<const CertificatePair> CertificatePair::read(const std::filesystem::path& certificate,
                                                             const std::filesystem::path& key, Problems& problems) {
  const auto refuse = [&](const std::filesystem::path& file, const std::string& what) {
    problems.push_back({Severity::error, file.string(), 0, "", what + ": " + openssl_reason()});
    return nullptr;
  };
  ERR_clear_error();
  const std::shared_ptr<CertificatePair> pair(new CertificatePair);
  // Before the files are read: what changes in between is seen the next time.
  pair->stamps_ = FileStamps::of(certificate, key);
  if (!pair->read_certificates(certificate)) return refuse(certificate, "is no certificate in PEM");
  if (!pair->read_key(key)) return refuse(key, "is no private key in PEM, or not the one of the certificate");
  ERR_clear_error();  // what was tried in vain must not look like a failure of the next connection
  return pair;
}

bool CertificatePair::show_in(SSL* connection) const {
  return SSL_use_cert_and_key(connection, certificate_.get(), key_.get(), chain_.get(), 1) == 1;
}

}  // namespace mailconf::server
