#include "driver/records.h"

#include <algorithm>
#include <fmt/core.h>

#include "driver/asking.h"
#include "model/text.h"
#include "sources/source.h"

namespace mailconf {
namespace {

struct Kind {
  std::string_view type;
  RecordType asked;
};
constexpr Kind kinds[] = {{"A", RecordType::addresses}, {"CNAME", RecordType::cname}, {"MX", RecordType::mx},
                          {"SRV", RecordType::srv},     {"TLSA", RecordType::tlsa},   {"TXT", RecordType::txt}};

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char each : text) {
    if (each == '"' || each == '\\') result += '\\';
    result += each;
  }
  return result + "\"";
}

std::vector<std::string> data_of(const DnsAnswer& answer) {
  std::vector<std::string> data = answer.addresses;
  for (const auto& mx : answer.mx) data.push_back(fmt::format("{} {}.", mx.preference, mx.exchange));
  for (const auto& srv : answer.srv)
    data.push_back(fmt::format("{} {} {} {}.", srv.priority, srv.weight, srv.port, srv.target));
  for (const auto& txt : answer.txt) data.push_back(in_quotes(txt));
  for (const auto& target : answer.aliases) data.push_back(target + ".");
  data.insert(data.end(), answer.tlsa.begin(), answer.tlsa.end());
  std::ranges::sort(data);
  return data;
}

// A target "." is a record here, whatever it says.
RecordAnswer read_record_answer(const Answer& answer) {
  const auto verdict = judge(answer);
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  if (!dns) return {Outcome::unknown, verdict.reason, {}};
  auto data = data_of(*dns);
  if (data.empty()) return {Outcome::absent, verdict.reason, {}};
  return {Outcome::found, "", std::move(data)};
}

}  // namespace

std::vector<RecordAnswer> look_up_records(Network& network, std::uint32_t owner,
                                          const std::vector<RecordQuestion>& questions, Duration patience,
                                          const std::stop_token& stop) {
  std::vector<RecordAnswer> answers(questions.size());
  std::vector<Question> asked;
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < questions.size(); ++place) {
    const auto* kind = std::ranges::find(kinds, questions[place].type, &Kind::type);
    if (kind == std::end(kinds)) {
      answers[place] = {Outcome::skipped, questions[place].type + " is not looked up", {}};
      continue;
    }
    asked.emplace_back(DnsQuestion{kind->asked, to_lower(questions[place].name)});
    places.push_back(place);
  }
  const auto given = ask_all(network, owner, asked, patience, stop);
  for (std::size_t number = 0; number < given.size(); ++number) {
    auto& answer = answers[places[number]];
    answer = given[number] ? read_record_answer(*given[number])
                           : RecordAnswer{Outcome::unknown, "cancelled before an answer came", {}};
  }
  return answers;
}

}  // namespace mailconf
