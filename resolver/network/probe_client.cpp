#include "model/host.h"
#include "network/dialogue_client.h"
#include "protocol/probe_dialogue.h"

namespace mailconf {
namespace {

class ProbeClient final : public DialogueClient<ProbeDialogue> {
 public:
  using DialogueClient::DialogueClient;

 private:
  [[nodiscard]] Answer outcome() const override {
    Answer answer = DialogueClient::outcome();
    if (auto* probe = std::get_if<ProbeAnswer>(&answer)) {
      if (is_address_literal(connection_.remote.address)) probe->address = connection_.remote.address;
      probe->tls = facts_;
    }
    return answer;
  }
};

}  // namespace

std::unique_ptr<Operation> make_probe_client(const Facilities& facilities, std::uint32_t owner, ProbeQuestion question,
                                             Operation::Done done) {
  return std::make_unique<ProbeClient>(facilities, owner, question, BadCertificate::is_recorded,
                                       ProbeDialogue(question.type, question.socket_type), std::move(done));
}

}  // namespace mailconf
