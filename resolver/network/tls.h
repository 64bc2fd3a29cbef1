// TLS by OpenSSL: at least version 1.2 (RFC 8997), server name indication, chain and name verified (RFC 9525: no common
// names, a wildcard only as the whole left-most label).
#pragma once

#include <memory>
#include <string>

#include "mailconf/report.h"
#include "mailconf/result.h"
#include "protocol/question.h"

struct ssl_ctx_st;
struct ssl_st;

namespace mailconf {

struct TlsFree {
  void operator()(ssl_ctx_st* context) const;
  void operator()(ssl_st* session) const;
};
using TlsSession = std::unique_ptr<ssl_st, TlsFree>;

enum class BadCertificate {
  fails_handshake,
  is_recorded,  // for probes, which send no secret and want to tell what is wrong
};

class TlsContext {
 public:
  // Trusts the CA certificates of the PEM file; for an empty name those of SSL_CERT_FILE and SSL_CERT_DIR, else the
  // system's, which are read later.
  static Result<TlsContext> create(const std::string& ca_file);

  // Reading the system's certificates takes a good part of a tenth of a second, best spent while names are looked up.
  // Without effect the second time.
  void prepare();
  // For one connection to `host`, a name or an address literal; empty for a text that is neither.
  [[nodiscard]] TlsSession session(const std::string& host, BadCertificate policy);

 private:
  using Context = std::unique_ptr<ssl_ctx_st, TlsFree>;
  explicit TlsContext(Context context) : context_(std::move(context)) {}
  Context context_;
};

// What an established session showed.
TlsFacts tls_facts(const ssl_st& session);
// Why a handshake failed: certificate_bad with the verdict in words when the certificate was the reason, else
// tls_failed. `error` is OpenSSL's.
Failure handshake_failure(const ssl_st& session, unsigned long error, const std::string& host);

}  // namespace mailconf
