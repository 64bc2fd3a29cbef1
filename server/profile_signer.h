// Signs configuration profiles (CMS, RFC 5652 §5), so that devices show who made them.
//
// Safe from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "server/configuration.h"
#include "server/current.h"
#include "server/problem.h"

namespace mailconf::server {

class ProfileSigner {
 public:
  // PEM files: the certificate with what leads to its authority, and its key.
  ProfileSigner(std::filesystem::path certificate, std::filesystem::path key);

  // Reads the files. What cannot be used leaves its predecessor in service. A certificate that signs itself is not
  // used: devices trust it less than no signature.
  Problems load();

  // The signed profile in DER, with a certificate that was renewed on disk meanwhile. The profile as it is while there
  // is no certificate that is valid now.
  std::string sign(std::string profile);

 private:
  struct Identity;
  using Moments = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;

  [[nodiscard]] Moments moments() const;

  const std::filesystem::path certificate_;
  const std::filesystem::path key_;
  std::mutex loading_;
  Moments loaded_;
  Current<Identity> identity_;
};

// Null when profiles are not to be signed.
std::unique_ptr<ProfileSigner> profile_signer(const Configuration& configuration);

}  // namespace mailconf::server
