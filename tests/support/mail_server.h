// A mail server that follows its scenario: octets in, octets out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/world.h"

namespace mailconf::simulated {

class MailServer {
 public:
  MailServer(const MailService& service, bool encrypted) : service_(&service), encrypted_(encrypted) {}

  struct Reply {
    std::string octets;
    bool close = false;
  };

  [[nodiscard]] std::string greeting() const;
  // Takes whole or partial lines and answers each whole one.
  Reply on_octets(std::string_view octets);
  void on_tls();

  // The client has asked for TLS and the server waits for its handshake.
  [[nodiscard]] bool awaits_tls() const { return awaits_tls_; }
  // Command lines, as received.
  [[nodiscard]] const std::vector<std::string>& heard() const { return heard_; }

 private:
  Reply on_line(const std::string& line);
  Reply capabilities(const std::string& tag) const;
  Reply start_tls(const std::string& tag);

  const MailService* service_;
  bool encrypted_;
  bool awaits_tls_ = false;
  std::string partial_;
  std::vector<std::string> heard_;
};

// A line by which a client would log in.
bool is_login(std::string_view line);

}  // namespace mailconf::simulated
