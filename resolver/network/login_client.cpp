#include <array>
#include <openssl/rand.h>

#include "network/dialogue_client.h"
#include "protocol/login_dialogue.h"
#include "sasl/sasl.h"

namespace mailconf {
namespace {

// Base64 is printable and has no commas, as SCRAM wants its nonces (RFC 5802 §5.1).
std::string nonce() {
  std::array<unsigned char, 24> octets{};
  RAND_bytes(octets.data(), static_cast<int>(octets.size()));
  return std::string(encode_base64({reinterpret_cast<const char*>(octets.data()), octets.size()}).text());
}

class LoginClient final : public DialogueClient<LoginDialogue> {
 public:
  using DialogueClient::DialogueClient;

 private:
  [[nodiscard]] std::optional<Answer> in_hand() const override {
    return dialogue_.outcome() ? DialogueClient::in_hand() : dialogue_.at_deadline();
  }
};

}  // namespace

// A server whose certificate is not good gets no secret: its handshake fails.
std::unique_ptr<Operation> make_login_client(const Facilities& facilities, std::uint32_t owner,
                                             const LoginQuestion& question, Operation::Done done) {
  return std::make_unique<LoginClient>(facilities, owner, question.server, BadCertificate::fails_handshake,
                                       LoginDialogue(question, nonce()), std::move(done));
}

}  // namespace mailconf
