#include "server/tls/server_context.h"

namespace mailconf::server {
namespace {

Poco::Net::Context::Ptr make_context() {
  using Poco::Net::Context;
  Context::Params parameters;
  parameters.verificationMode = Context::VERIFY_NONE;
  // TLS 1.2 with forward secrecy and authenticated encryption only (RFC 9325 §4.2); 1.3 has nothing else.
  parameters.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20";
  Context::Ptr context(new Context(Context::TLS_SERVER_USE, parameters));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

}  // namespace

ServerContext::ServerContext() : context_(make_context()) {
  certificates_.set(std::make_shared<const CertificateSet>());
  SSL_CTX_set_tlsext_servername_callback(context_->sslContext(), &ServerContext::choose_certificate);
  SSL_CTX_set_tlsext_servername_arg(context_->sslContext(), this);
}

void ServerContext::use(CertificateSet certificates) {
  certificates_.set(std::make_shared<const CertificateSet>(std::move(certificates)));
}

// Called in every handshake, with or without a name. The connection holds on to the chosen context by itself.
int ServerContext::choose_certificate(SSL* connection, int* alert, void* self) {
  const auto certificates = static_cast<ServerContext*>(self)->certificates_.get();
  const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
  auto* chosen = certificates->choose(name == nullptr ? "" : name);
  if (chosen == nullptr) {
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  SSL_set_SSL_CTX(connection, chosen);
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace mailconf::server
