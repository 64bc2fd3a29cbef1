// Any server: the first octet chooses protocol and encryption, "~" separates its turns. In whole turns and octet by
// octet the same dialogue, without a word that belongs to a login.
#include <algorithm>

#include "model/text.h"
#include "protocol/probe_dialogue.h"
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
    test::must(dialogue_.outcome().has_value());
  }

  [[nodiscard]] const std::string& client() const { return client_; }
  [[nodiscard]] const Answer& outcome() const { return *dialogue_.outcome(); }

 private:
  void heed(const ProbeDialogue::Action& action) {
    test::must(action.finished == dialogue_.outcome().has_value());
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
  const std::string_view input = test::octets(data, size);
  const Player player = play(input, false);
  const Player slow = play(input, true);
  test::must(player.client() == slow.client() && player.outcome() == slow.outcome());
  for (const std::string_view word : {"LOGIN", "AUTH", "USER", "PASS", "APOP"})
    test::must(player.client().find(word) == std::string::npos);
  if (const auto* answer = std::get_if<ProbeAnswer>(&player.outcome())) {
    test::must(is_shown_safely(answer->greeting) && answer->greeting.size() <= 200);
    test::must(std::ranges::all_of(answer->before_tls, is_shown_safely));
    test::must(std::ranges::all_of(answer->capabilities, is_shown_safely));
    test::must(std::ranges::all_of(answer->mechanisms, is_shown_safely));
  }
  return 0;
}
