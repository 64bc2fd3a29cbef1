// The certificates of a folder, NAME.crt with NAME.key each, and which of them answers for a name.
//
// Immutable once loaded; handshakes that have chosen a certificate keep it across a reload.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/problem.h"
#include "server/tls/certificate_pair.h"

namespace mailconf::server {

class CertificateSet {
 public:
  // A pair that cannot be used is a problem and hurts no other; where `previous` has it, it stays as it was. Files that
  // are still those of `previous` are not read again, so that one renewal among thousands is taken up at once. A pair
  // answers for the DNS names of its certificate, or, when it has none, for the name of its file; "*.example.org"
  // stands for one label (RFC 6125 §6.4.3). In a conflict the first by file name wins. The pair "default", else the
  // first one, answers for all other names.
  static CertificateSet load(const std::filesystem::path& folder, const CertificateSet& previous, Problems& problems);

  // For a server name of the client, or for none (""). Null only when the set is empty.
  [[nodiscard]] const CertificatePair* choose(std::string_view server_name) const;
  [[nodiscard]] bool empty() const { return default_ == nullptr; }

 private:
  using Pair = std::shared_ptr<const CertificatePair>;

  static Pair read_or_keep(const std::filesystem::path& file, const CertificateSet& previous, Problems& problems);
  void add(const std::filesystem::path& file, const Pair& pair);

  std::map<std::filesystem::path, Pair> by_file_;
  std::map<std::string, Pair, std::less<>> by_name_;
  Pair default_;
};

}  // namespace mailconf::server
