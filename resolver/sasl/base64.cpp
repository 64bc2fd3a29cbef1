#include <openssl/evp.h>

#include "sasl/sasl.h"

namespace mailconf {

Secret encode_base64(std::string_view octets) {
  std::vector<unsigned char> text(4 * ((octets.size() + 2) / 3) + 1);
  const int size = EVP_EncodeBlock(text.data(), reinterpret_cast<const unsigned char*>(octets.data()),
                                   static_cast<int>(octets.size()));
  Secret encoded({reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(size)});
  overwrite(text.data(), text.size());
  return encoded;
}

// OpenSSL decodes whole groups of four, and leaves zeros for the padding.
std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') ++padding;
  if (text.substr(0, text.size() - padding).find('=') != std::string_view::npos) return std::nullopt;
  if (text.find_first_of(" \t\r\n-") != std::string_view::npos) return std::nullopt;
  std::string octets(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  octets.resize(static_cast<std::size_t>(size) - padding);
  return octets;
}

}  // namespace mailconf
