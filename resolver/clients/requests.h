// The requests of one simulated client on their way: its patience, its memory for names, the redirects that it follows,
// and what is shown of them afterwards.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "clients/facts.h"
#include "clients/questions.h"
#include "engine/resolution.h"

namespace mailconf::clients {

class Requests {
 public:
  using Id = std::size_t;
  struct Finished {
    Id id;
    Question question;  // the first one, when redirects were followed
    Answer answer;
  };

  Requests(const Facts& facts, const Circumstances& about) : facts_(facts), about_(about) {}

  Id ask(const Way& way, Question question, Instant now);
  // The network's word on a question that went out.
  void on_answer(std::uint32_t number, const Answer& answer, Instant now);
  // Sends what had to wait.
  void on_time(Instant now);
  // The client goes on without it.
  void drop(Id id, Instant now);
  // What the answer was worth to the client, once it is known.
  void remark(Id id, Outcome outcome, std::string answer);

  // What has been answered since the last call, in order.
  std::vector<Finished> take_finished();
  // What the network has to do; `wake` and `finished` are for others to fill in.
  Orders take_orders();
  [[nodiscard]] Instant wake() const;
  // In order of asking; started since `began`.
  [[nodiscard]] std::vector<SimulatedRequest> rows(Instant began) const;
  [[nodiscard]] std::size_t not_asked() const { return not_asked_; }

 private:
  enum class State { looking_up, waiting, out, ended };
  struct Request {
    SimulatedRequest row;
    Question question;
    Duration patience{};
    State state = State::out;
    Instant due{};  // to be sent, while it is waiting
    Instant deadline{};
    std::uint32_t number = 0;
    std::vector<Url> redirects;
  };

  void look_up_host(Request& request, Instant now);
  void send(Request& request, const Question& question, Instant deadline);
  void finish(Request& request, const Answer& answer, Instant now);
  bool follow_on(Request& request, const Answer& answer);

  const Facts& facts_;
  const Circumstances& about_;
  std::vector<Request> requests_;
  std::map<std::uint32_t, Id> by_number_;
  std::map<std::string, Duration> look_ups_;  // how long a host's took
  std::vector<Finished> finished_;
  Orders orders_;
  std::uint32_t last_number_ = 0;
  std::size_t not_asked_ = 0;
};

// How the answer looks to whoever has no better word for it.
std::string answer_text(const Answer& answer);

// No event.
inline constexpr Instant never = Instant::max();

}  // namespace mailconf::clients
