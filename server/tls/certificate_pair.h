// A certificate with its chain and its key, as one handshake after the other shows it.
#pragma once

#include <filesystem>
#include <memory>
#include <openssl/ssl.h>
#include <optional>
#include <sys/stat.h>
#include <vector>

#include "server/problem.h"

namespace mailconf::server {

// What tells that two files are still those that were read. Nothing for files that changed so lately that they could
// change again without a sign: the kernel counts the time of a change in steps of milliseconds.
class FileStamps {
 public:
  static std::optional<FileStamps> of(const std::filesystem::path& one, const std::filesystem::path& other);
  bool operator==(const FileStamps&) const = default;

 private:
  struct Stamp {
    dev_t device;
    ino_t file;
    off_t size;
    std::int64_t changed;  // nanoseconds; unlike the time of the last writing, nobody can set it
    bool operator==(const Stamp&) const = default;
  };
  static std::optional<Stamp> stamp(const std::filesystem::path& file);

  Stamp one_{};
  Stamp other_{};
};

// Immutable; safe from any thread.
class CertificatePair {
 public:
  // From PEM. Null when it cannot be used, with a problem that names the file.
  static std::shared_ptr<const CertificatePair> read(const std::filesystem::path& certificate,
                                                     const std::filesystem::path& key, Problems& problems);
  // False when OpenSSL will not have it.
  bool show_in(SSL* connection) const;

  [[nodiscard]] X509* certificate() const { return certificate_.get(); }
  [[nodiscard]] const std::optional<FileStamps>& stamps() const { return stamps_; }

 private:
  CertificatePair() = default;
  bool read_certificates(const std::filesystem::path& file);
  bool read_key(const std::filesystem::path& file);

  std::shared_ptr<X509> certificate_;
  std::shared_ptr<STACK_OF(X509)> chain_;
  std::shared_ptr<EVP_PKEY> key_;
  std::optional<FileStamps> stamps_;
};

}  // namespace mailconf::server
