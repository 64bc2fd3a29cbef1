// SCRAM (RFC 5802, RFC 7677), without channel binding: the password stays here, and the server proves that it knows it.
#include <array>
#include <fmt/core.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "model/text.h"
#include "sasl/mechanisms.h"

namespace mailconf {
namespace {

// RFC 7677 §4 asks for 4096 at least; the ceiling keeps a hostile server from holding the client up for minutes.
constexpr int fewest_rounds = 4096;
constexpr int most_rounds = 1'000'000;

// Key material; overwritten when it goes.
class Key {
 public:
  explicit Key(std::size_t size) : size_(size) {}
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key() { overwrite(octets_.data(), octets_.size()); }
  [[nodiscard]] unsigned char* data() { return octets_.data(); }
  [[nodiscard]] const unsigned char* data() const { return octets_.data(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(octets_.data()), size_}; }

 private:
  std::array<unsigned char, EVP_MAX_MD_SIZE> octets_{};
  std::size_t size_;
};

class Hash {
 public:
  explicit Hash(const EVP_MD* kind) : kind_(kind), size_(static_cast<std::size_t>(EVP_MD_get_size(kind))) {}

  [[nodiscard]] Key mac(const Key& key, std::string_view text) const {
    Key result(size_);
    unsigned size = 0;
    HMAC(kind_, key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), result.data(), &size);
    return result;
  }
  [[nodiscard]] Key digest(const Key& key) const {
    Key result(size_);
    EVP_Digest(key.data(), key.size(), result.data(), nullptr, kind_, nullptr);
    return result;
  }
  [[nodiscard]] Key stretched(std::string_view password, std::string_view salt, int rounds) const {
    Key result(size_);
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                      reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()), rounds, kind_,
                      static_cast<int>(size_), result.data());
    return result;
  }

 private:
  const EVP_MD* kind_;
  std::size_t size_;
};

// The value of "x=…" in a message whose parts stand between commas.
std::optional<std::string_view> attribute(std::string_view message, char name) {
  for (const auto part : split(message, ',')) {
    if (part.size() >= 2 && part[0] == name && part[1] == '=') return part.substr(2);
  }
  return std::nullopt;
}

class Scram final : public SaslExchange {
 public:
  Scram(SaslUser user, const EVP_MD* hash)
      : user_(std::move(user)),
        hash_(hash),
        client_first_(fmt::format("n={},r={}", escaped_name(user_.username), user_.nonce)) {}

  std::optional<Secret> first() override { return Secret("n,," + client_first_); }

  Result<Secret> respond(std::string_view challenge) override {
    switch (state_) {
      case State::begun:
        return prove(challenge);
      case State::proven:
        return check(challenge);
      case State::checked:
        break;
    }
    return wrong("the server asks for more than there is");
  }

  [[nodiscard]] bool may_succeed() const override { return state_ == State::checked; }

 private:
  enum class State { begun, proven, checked };

  static tl::unexpected<Error> wrong(std::string clause) {
    return fail(ErrorCode::bad_document, "SCRAM", std::move(clause));
  }

  Result<Secret> prove(std::string_view server_first) {
    const auto nonce = attribute(server_first, 'r');
    const auto salt = decode_base64(attribute(server_first, 's').value_or(""));
    const auto rounds = parse_integer<int>(attribute(server_first, 'i').value_or(""));
    // An extension that must be understood comes first (RFC 5802 §5.1).
    if (server_first.starts_with("m=") || !nonce || !salt || salt->empty() || !rounds)
      return wrong("the server's challenge is malformed");
    if (!nonce->starts_with(user_.nonce) || nonce->size() == user_.nonce.size())
      return wrong("the server answers another login's challenge");
    if (*rounds < fewest_rounds || *rounds > most_rounds)
      return wrong(fmt::format("the server wants {} rounds of hashing", *rounds));
    const std::string without_proof = fmt::format("c=biws,r={}", *nonce);
    const std::string signed_text = fmt::format("{},{},{}", client_first_, server_first, without_proof);
    const Key salted = hash_.stretched(user_.credentials->password.text(), *salt, *rounds);
    const Key client_key = hash_.mac(salted, "Client Key");
    Key proof = hash_.mac(hash_.digest(client_key), signed_text);
    for (std::size_t i = 0; i < proof.size(); ++i) proof.data()[i] ^= client_key.data()[i];
    expected_ = std::string(hash_.mac(hash_.mac(salted, "Server Key"), signed_text).text());
    state_ = State::proven;
    Secret message(without_proof + ",p=");
    message.append(encode_base64(proof.text()).text());
    return message;
  }

  Result<Secret> check(std::string_view server_final) {
    if (attribute(server_final, 'e')) return Secret();  // the refusal follows
    const auto verifier = decode_base64(attribute(server_final, 'v').value_or(""));
    const bool same = verifier && verifier->size() == expected_.size() &&
                      CRYPTO_memcmp(verifier->data(), expected_.data(), expected_.size()) == 0;
    if (!same) return wrong("the server cannot prove that it knows the password");
    state_ = State::checked;
    return Secret();
  }

  SaslUser user_;
  Hash hash_;
  std::string client_first_;
  std::string expected_;  // the server's signature
  State state_ = State::begun;
};

}  // namespace

std::unique_ptr<SaslExchange> make_scram_sha1(SaslUser user) {
  return std::make_unique<Scram>(std::move(user), EVP_sha1());
}
std::unique_ptr<SaslExchange> make_scram_sha256(SaslUser user) {
  return std::make_unique<Scram>(std::move(user), EVP_sha256());
}

}  // namespace mailconf
