// TLS for the https listeners: 1.2 or later (RFC 9325 §3.1.1), the certificate chosen by the name that the client asks
// for (RFC 6066 §3), and replaceable while handshakes go on.
#pragma once

#include <Poco/Net/Context.h>
#include <functional>
#include <memory>
#include <string_view>

#include "server/current.h"
#include "server/tls/certificate_set.h"

namespace mailconf::server {

class ServerContext {
 public:
  // Told of every alert that is sent by the "client" or the "server"; called from many threads.
  using AlertObserver = std::function<void(std::string_view by, const char* alert)>;

  explicit ServerContext(AlertObserver on_alert);
  ServerContext(const ServerContext&) = delete;
  ServerContext& operator=(const ServerContext&) = delete;

  // Handshakes that begin from now on use these. Both are safe from any thread.
  void use(CertificateSet certificates);
  [[nodiscard]] std::shared_ptr<const CertificateSet> in_use() const { return certificates_.get(); }

  [[nodiscard]] const Poco::Net::Context::Ptr& poco() const { return context_; }

 private:
  static int choose_certificate(SSL* connection, int* alert, void* self);
  static int begin(SSL* connection, int* alert, void* self);
  static void on_event(const SSL* connection, int where, int value);

  const AlertObserver on_alert_;

  Current<CertificateSet> certificates_;
  Poco::Net::Context::Ptr context_;
};

}  // namespace mailconf::server
