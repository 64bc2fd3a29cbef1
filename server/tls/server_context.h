// TLS for the https listeners: 1.2 or later (RFC 9325 §3.1.1), the certificate chosen by the name that the client asks
// for (RFC 6066 §3), and replaceable while handshakes go on.
#pragma once

#include <Poco/Net/Context.h>
#include <memory>

#include "server/current.h"
#include "server/tls/certificate_set.h"

namespace mailconf::server {

class ServerContext {
 public:
  ServerContext();
  ServerContext(const ServerContext&) = delete;
  ServerContext& operator=(const ServerContext&) = delete;

  // Handshakes that begin from now on use these. Both are safe from any thread.
  void use(CertificateSet certificates);
  [[nodiscard]] std::shared_ptr<const CertificateSet> in_use() const { return certificates_.get(); }

  [[nodiscard]] const Poco::Net::Context::Ptr& poco() const { return context_; }

 private:
  static int choose_certificate(SSL* connection, int* alert, void* self);

  Current<CertificateSet> certificates_;
  Poco::Net::Context::Ptr context_;
};

}  // namespace mailconf::server
