// The key of a mail server's certificate, to be pinned in the DNS (RFC 6698, RFC 7672).
#pragma once

#include <memory>
#include <string>

#include "mailconf/result.h"

struct x509_st;

namespace mailconf::server {

class CertificatePin {
 public:
  // The first certificate of a PEM file.
  static Result<CertificatePin> read(const std::string& file);

  // The certificate is for that host.
  [[nodiscard]] bool covers(const std::string& host) const;
  // "3 1 1 …": this very key, whoever has signed it, by SHA-256.
  [[nodiscard]] const std::string& data() const { return data_; }

 private:
  CertificatePin(std::shared_ptr<x509_st> certificate, std::string data)
      : certificate_(std::move(certificate)), data_(std::move(data)) {}
  std::shared_ptr<x509_st> certificate_;
  std::string data_;
};

}  // namespace mailconf::server
