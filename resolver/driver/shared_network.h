// The network as many resolutions share it: equal questions are asked once, and nobody is asked too much at a time.
#pragma once

#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "driver/answer_memory.h"
#include "driver/places.h"
#include "driver/turns.h"
#include "engine/timing.h"
#include "mailconf/resolver.h"
#include "protocol/limits.h"

namespace mailconf {

// Equal questions under way are one, and their answers are remembered for a while; never those that could hold an
// address, and never a login. Every asker is answered as long after its asking as the question took.
//
// Where a host has to be connected to, its addresses are asked for first: behind many names there may be one machine.
// The network itself needs them then, and has them.
//
// Questions beyond the limits wait for their turn. That is nobody's fault and nobody's time: the deadline of a
// question moves by the wait, and waited() says by how much the clock of its owner has to stand back. A question that
// waits beyond all patience is answered as not asked.
class SharedNetwork final : public TurnNetwork {
 public:
  struct Manners {
    std::size_t at_one_host = limits::connections_per_host;
    std::size_t at_one_address = limits::connections_per_address;
    std::size_t in_all = limits::connections_in_all;
    std::size_t at_name_server = limits::questions_to_name_server;
    // Without it addresses do not count: behind a proxy, where a name leads to is not for us to ask.
    bool by_address = true;
    std::vector<ConnectTo> connect_to;  // hosts that are connected to at these addresses, whatever the DNS says
    Duration patience = timing::turn;
    AnswerMemory::Bounds memory{limits::remembered_answers, limits::remembered_octets, timing::remembered};
  };

  explicit SharedNetwork(Network& network) : SharedNetwork(network, Manners()) {}
  SharedNetwork(Network& network, Manners manners)
      : network_(network),
        patience_(manners.patience),
        by_address_(manners.by_address),
        connect_to_(std::move(manners.connect_to)),
        memory_(manners.memory),
        places_({manners.at_one_host, manners.at_one_address, manners.in_all, manners.at_name_server}) {}

  void start(Ticket ticket, const Question& question, Instant deadline) override;
  void cancel(Ticket ticket) override;
  std::vector<Completion> wait_until(Instant until) override;
  [[nodiscard]] Instant now() const override { return network_.now(); }
  void wake() override { network_.wake(); }

  [[nodiscard]] Duration waited(std::uint32_t owner) const override;
  [[nodiscard]] bool is_waiting(std::uint32_t owner) const override;
  void forget(std::uint32_t owner) override { waits_.erase(owner); }
  // How much is kept of what is asked, beside the answers that are remembered within their bounds.
  [[nodiscard]] std::size_t held() const {
    return inquiries_.size() + by_question_.size() + by_ticket_.size() + waits_.size() + ends_.size() + due_.size() +
           due_at_.size() + for_names_.size() + for_hosts_.size();
  }

 private:
  using Number = std::uint32_t;
  struct Asker {
    Ticket ticket;
    Instant since;
    Instant deadline;
  };
  struct Inquiry {
    Question question;
    std::uint32_t owner = 0;  // of those who ask, the one in whose name it goes out
    Places::Guest guest;
    bool finds_addresses = false;  // of the host, before anything else
    bool out = false;
    Instant since{};        // out; moved by what it waited since
    Instant waits_since{};  // for its turn
    Instant deadline{};     // once out
    std::vector<Asker> askers;
    std::list<Number>::iterator place;  // in its line, while it waits
  };
  [[nodiscard]] static const Places::Guest& wanted(const Inquiry& inquiry) {
    static const Places::Guest name_server;
    return inquiry.finds_addresses ? name_server : inquiry.guest;
  }
  using Line = std::list<Number>;
  struct Wait {
    std::size_t questions = 0;
    Instant since{};
    Duration before{};
  };

  void join(Number number, const Asker& asker);
  void ask(const Question& question, std::vector<Asker> askers);
  void take_turn(Number number);
  void queue(Number number);
  void send(Number number);
  void send_those_whose_turn_it_is();
  Line& line_of(const Inquiry& inquiry) { return wanted(inquiry).host.empty() ? for_names_ : for_hosts_; }
  Line::iterator call(Line& line, Line::iterator place);
  void give_back(const Places::Guest& guest);
  // Of those who wait, who has waited longest; nothing when nobody waits.
  [[nodiscard]] const Inquiry* first_in_line() const;
  void settle(Number number, const Answer& answer);
  void arrive(Number number, const Answer& answer);
  void learn_addresses(Number number, const DnsAnswer& answer, Duration took);
  [[nodiscard]] std::optional<std::vector<std::string>> addresses_of(const Question& question);
  void answer(const Asker& asker, Instant due, const Answer& answer);
  std::vector<Completion> take_what_is_due();
  void end_those_out_of_time();
  void give_up_waiting();
  [[nodiscard]] Instant next_event(Instant limit) const;
  void leave(Ticket ticket);
  void erase(Number number);
  void begin_wait(std::uint32_t owner);
  void end_wait(std::uint32_t owner);

  Network& network_;
  Duration patience_;
  bool by_address_;
  std::vector<ConnectTo> connect_to_;
  AnswerMemory memory_;
  Places places_;
  Number last_number_ = 0;
  std::map<Number, Inquiry> inquiries_;
  std::map<Question, Number> by_question_;  // those that others may join
  std::map<Ticket, Number> by_ticket_;
  // In order of asking. Where the first has no turn at the name server, nobody has: no need to look at the others.
  Line for_names_;
  Line for_hosts_;
  bool host_is_free_ = false;  // there is a connection less since those who wait for one were looked at
  std::map<std::uint32_t, Wait> waits_;
  std::set<std::pair<Instant, Ticket>> ends_;  // of askers who have less time than the question they joined
  std::map<std::pair<Instant, Ticket>, Answer> due_;
  std::map<Ticket, Instant> due_at_;
};

}  // namespace mailconf
