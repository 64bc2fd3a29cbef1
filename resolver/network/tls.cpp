#include "network/tls.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <new>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string_view>

#include "model/host.h"
#include "network/certificate.h"

namespace mailconf {
namespace {

struct Reason {
  int code;
  std::string_view words;
};

constexpr std::array reasons{
    Reason{SSL_R_WRONG_VERSION_NUMBER, "answers, but not with TLS"},
    Reason{SSL_R_PACKET_LENGTH_TOO_LONG, "answers, but not with TLS"},
    Reason{SSL_R_UNSUPPORTED_PROTOCOL, "offers no TLS 1.2 or newer"},
    Reason{SSL_R_VERSION_TOO_LOW, "offers no TLS 1.2 or newer"},
    Reason{SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, "offers no TLS 1.2 or newer"},
    Reason{SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE, "found no common TLS parameters"},
    Reason{SSL_R_TLSV1_UNRECOGNIZED_NAME, "does not know the name"},
    Reason{SSL_R_DH_KEY_TOO_SMALL, "uses a key that is too small"},
    Reason{SSL_R_UNEXPECTED_EOF_WHILE_READING, "closed the connection during the TLS handshake"},
};

void free_certificate(void*, void* certificate, CRYPTO_EX_DATA*, int, long, void*) {
  X509_free(static_cast<X509*>(certificate));
}

// OpenSSL forgets a certificate that failed the handshake; the complaint needs it.
int rejected_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, &free_certificate);
  return index;
}

int keep_rejected(int accepted, X509_STORE_CTX* store) {
  auto* session = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  X509* leaf = X509_STORE_CTX_get0_cert(store);
  if (accepted == 0 && leaf != nullptr && SSL_get_ex_data(session, rejected_index()) == nullptr) {
    X509_up_ref(leaf);
    SSL_set_ex_data(session, rejected_index(), leaf);
  }
  return accepted;
}

const X509* certificate_of(const SSL& session) {
  const X509* peer = SSL_get0_peer_certificate(&session);
  return peer != nullptr ? peer : static_cast<const X509*>(SSL_get_ex_data(&session, rejected_index()));
}

std::string_view words_of(unsigned long error) {
  const int code = ERR_GET_REASON(error);
  const auto* row = std::find_if(reasons.begin(), reasons.end(), [&](const Reason& r) { return r.code == code; });
  if (row != reasons.end()) return row->words;
  const char* openssl = ERR_reason_error_string(error);
  return openssl == nullptr ? "failed the TLS handshake" : openssl;
}

ssl_ctx_st* new_context() {
  ssl_ctx_st* context = SSL_CTX_new(TLS_client_method());
  if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) throw std::bad_alloc();
  return context;
}

}  // namespace

void TlsFree::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void TlsFree::operator()(ssl_st* session) const { SSL_free(session); }

Result<TlsContext> TlsContext::create(const std::string& ca_file) {
  if (ca_file.empty()) return TlsContext(nullptr);
  Context context(new_context());
  if (SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) == 1) return TlsContext(std::move(context));
  ERR_clear_error();
  return fail(ErrorCode::io, ca_file, "cannot be read as a PEM file with CA certificates");
}

void TlsContext::prepare() {
  if (context_) return;
  context_.reset(new_context());
  // Without any certificate every chain is refused, with its reason.
  SSL_CTX_set_default_verify_paths(context_.get());
  ERR_clear_error();
}

TlsSession TlsContext::session(const std::string& host, BadCertificate policy) {
  prepare();
  TlsSession session(SSL_new(context_.get()));
  if (!session) throw std::bad_alloc();
  const bool strict = policy == BadCertificate::fails_handshake;
  SSL_set_verify(session.get(), strict ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, &keep_rejected);
  X509_VERIFY_PARAM* expected = SSL_get0_param(session.get());
  X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  bool set = false;
  if (is_address_literal(host)) {
    // RFC 6066 §3: no literals in server name indication.
    set = X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
  } else {
    set = X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size()) == 1 &&
          SSL_set_tlsext_host_name(session.get(), host.c_str()) == 1;
  }
  // Without a name to compare with, every certificate of a trusted issuer would do.
  return set ? std::move(session) : nullptr;
}

TlsFacts tls_facts(const ssl_st& session) {
  TlsFacts facts;
  facts.version = SSL_get_version(&session);
  facts.cipher = SSL_get_cipher_name(&session);
  const X509* certificate = certificate_of(session);
  if (certificate == nullptr) return facts;
  facts.certificate = verdict_of(SSL_get_verify_result(&session));
  facts.names = certificate_names(*certificate);
  facts.issuer = certificate_issuer(*certificate);
  facts.not_after = certificate_not_after(*certificate);
  return facts;
}

Failure handshake_failure(const ssl_st& session, unsigned long error, const std::string& host) {
  const X509* certificate = certificate_of(session);
  const long verdict = SSL_get_verify_result(&session);
  if (certificate != nullptr && verdict != X509_V_OK)
    return {FailureKind::certificate_bad, certificate_complaint(*certificate, verdict, host), tls_facts(session)};
  return {FailureKind::tls_failed, fmt::format("{} {}", host, words_of(error))};
}

}  // namespace mailconf
