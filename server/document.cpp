#include "server/document.h"

#include <Poco/DeflatingStream.h>
#include <fmt/core.h>
#include <openssl/evp.h>
#include <sstream>

namespace mailconf::server {
namespace {

std::string zip(const std::string& bytes) {
  std::ostringstream target;
  Poco::DeflatingOutputStream zipper(target, Poco::DeflatingStreamBuf::STREAM_GZIP);
  zipper << bytes;
  zipper.close();
  return target.str();
}

}  // namespace

std::array<unsigned char, 32> sha256(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

std::string hex_digest(std::string_view bytes, std::size_t length) {
  const auto digest = sha256(bytes);
  std::string digits;
  for (std::size_t i = 0; i < length; ++i) digits += fmt::format("{:02x}", digest.at(i));
  return digits;
}

std::string strong_etag(std::string_view bytes) {
  constexpr std::size_t kept = 16;  // 128 bits of SHA-256 tell any two documents apart
  return '"' + hex_digest(bytes, kept) + '"';
}

Document::Document(std::string rendered) : text(std::move(rendered)), etag(strong_etag(text)), zipped(zip(text)) {}

}  // namespace mailconf::server
