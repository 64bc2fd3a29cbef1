// Any server: the first octet chooses protocol and encryption, "~" separates its turns. In whole turns and octet by
// octet the same dialogue, without a word that belongs to a login.
#include "protocol/probe_dialogue.h"

#include <algorithm>

#include "model/text.h"
#include "target.h"

namespace {

using namespace mailconf;

constexpr ServerType types[] = {ServerType::imap, ServerType::pop3, ServerType::smtp};
constexpr SocketType socket_types[] = {SocketType::ssl, SocketType::starttls, SocketType::plain};

class Player {
 public:
  explicit Player(unsigned choice) : dialogue_(types[choice / 3 % 3], socket_types[choice % 3]) {
    heed(dialogue_.on_connected());
  }

  void hear(std::string_view turn, std::size_t piece) {
    if (wants_tls_) heed((wants_tls_ = false, dialogue_.on_tls_established()));
    for (std::size_t at = 0; at < turn.size(); at += piece) heed(dialogue_.on_bytes(turn.substr(at, piece)));
  }

  void end() {
    heed(dialogue_.on_closed());
    fuzz::require(dialogue_.outcome().has_value(), "every dialogue ends");
  }

  [[nodiscard]] const std::string& client() const { return client_; }
  [[nodiscard]] const Answer& outcome() const { return *dialogue_.outcome(); }

 private:
  void heed(const ProbeDialogue::Action& action) {
    fuzz::require(action.finished == dialogue_.outcome().has_value(), "an outcome belongs to the end");
    client_ += action.send;
    wants_tls_ = wants_tls_ || action.start_tls;
  }

  ProbeDialogue dialogue_;
  std::string client_;
  bool wants_tls_ = false;
};

Player play(std::string_view input, bool octet_by_octet) {
  Player player(input.empty() ? 0 : static_cast<unsigned char>(input[0]) - unsigned{'0'});
  if (!input.empty()) input.remove_prefix(1);
  for (const std::string_view turn : split(input, '~')) player.hear(turn, octet_by_octet ? 1 : turn.size());
  player.end();
  return player;
}

bool is_shown_safely(const std::string& text) {
  return std::ranges::all_of(text, [](char octet) { return octet < 0 || octet >= ' '; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  const Player player = play(input, false);
  const Player slow = play(input, true);
  fuzz::require(player.client() == slow.client() && player.outcome() == slow.outcome(),
                "octet by octet it ends the same");
  for (const std::string_view word : {"LOGIN", "AUTH", "USER", "PASS", "APOP"})
    fuzz::require(player.client().find(word) == std::string::npos, "nobody logs in");
  if (const auto* answer = std::get_if<ProbeAnswer>(&player.outcome())) {
    fuzz::require(is_shown_safely(answer->greeting) && answer->greeting.size() <= 200, "the greeting fits on a line");
    for (const auto* list : {&answer->before_tls, &answer->capabilities, &answer->mechanisms})
      fuzz::require(std::ranges::all_of(*list, is_shown_safely), "what is listed holds no control characters");
  }
  return 0;
}
