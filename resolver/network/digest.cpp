#include "network/digest.h"

#include <array>
#include <openssl/evp.h>
#include <openssl/sha.h>

namespace mailconf {

std::string sha256_base64(std::string_view octets) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(octets.data()), octets.size(), digest.data());
  // Four characters for each three octets begun, and the NUL that OpenSSL adds.
  std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> text{};
  const int size = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(size)};
}

}  // namespace mailconf
