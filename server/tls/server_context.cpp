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

// Where a connection keeps its ServerContext.
int observer_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

}  // namespace

ServerContext::ServerContext(AlertObserver on_alert) : on_alert_(std::move(on_alert)), context_(make_context()) {
  certificates_.set(std::make_shared<const CertificateSet>());
  SSL_CTX_set_tlsext_servername_callback(context_->sslContext(), &ServerContext::choose_certificate);
  SSL_CTX_set_tlsext_servername_arg(context_->sslContext(), this);
  SSL_CTX_set_client_hello_cb(context_->sslContext(), &ServerContext::begin, this);
  SSL_CTX_set_info_callback(context_->sslContext(), &ServerContext::on_event);
}

// Called first of all, before the client's version is judged: from here on the connection knows whom to tell.
int ServerContext::begin(SSL* connection, int*, void* self) {
  SSL_set_ex_data(connection, observer_index(), self);
  return SSL_CLIENT_HELLO_SUCCESS;
}

void ServerContext::on_event(const SSL* connection, int where, int value) {
  const bool is_end_of_connection = (value & 0xff) == SSL_AD_CLOSE_NOTIFY;
  const auto* self = static_cast<const ServerContext*>(SSL_get_ex_data(connection, observer_index()));
  if ((where & SSL_CB_ALERT) == 0 || is_end_of_connection || self == nullptr) return;
  self->on_alert_((where & SSL_CB_WRITE) != 0 ? "server" : "client", SSL_alert_desc_string_long(value));
}

void ServerContext::use(CertificateSet certificates) {
  certificates_.set(std::make_shared<const CertificateSet>(std::move(certificates)));
}

// Called in every handshake, with or without a name. The connection holds on to the chosen pair by itself.
int ServerContext::choose_certificate(SSL* connection, int* alert, void* self) {
  const auto certificates = static_cast<ServerContext*>(self)->certificates_.get();
  const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
  const auto* chosen = certificates->choose(name == nullptr ? "" : name);
  if (chosen == nullptr || !chosen->show_in(connection)) {
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace mailconf::server
