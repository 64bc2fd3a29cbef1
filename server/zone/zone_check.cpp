#include "server/zone/zone_check.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <fmt/format.h>
#include <map>

namespace mailconf::server {
namespace {

// In the order of Deviation.
constexpr std::array<std::string_view, 5> deviation_words{"missing", "differs", "too much",
                                                          "resolves to the same addresses", "unknown"};

using Answers = std::map<RecordQuestion, RecordAnswer>;
using Wanted = std::map<RecordQuestion, std::vector<std::string>>;

std::string target_of(const DnsRecord& alias) { return alias.data.substr(0, alias.data.size() - 1); }

std::vector<RecordQuestion> questions_about(const std::vector<DnsRecord>& records) {
  std::vector<RecordQuestion> questions;
  const auto ask = [&](RecordQuestion question) {
    if (std::ranges::find(questions, question) == questions.end()) questions.push_back(std::move(question));
  };
  for (const auto& record : records) {
    ask({record.name, record.type});
    if (record.type != "CNAME") continue;
    ask({record.name, "A"});
    ask({target_of(record), "A"});
  }
  return questions;
}

// TXT records of other purposes are none of ours: those of ours begin alike up to the first "=".
bool is_of_same_kind(const std::string& a, const std::string& b) {
  if (!a.starts_with('"')) return true;
  const auto end = b.find_first_of("; ", b.find('=') == b.npos ? 0 : b.find('='));
  const auto kind = b.starts_with("\"path=") ? b.substr(0, 6) : b.substr(0, end);
  return a.starts_with(kind);
}

// What is there in its place.
std::string words_about(const RecordAnswer& alias, const RecordAnswer& own) {
  if (alias.outcome == Outcome::found) return fmt::format("is an alias of {}", fmt::join(alias.data, ", "));
  return fmt::format("leads to {}", fmt::join(own.data, ", "));
}

void compare_alias(const DnsRecord& record, const Answers& answers, std::vector<ZoneDeviation>& deviations) {
  const auto& alias = answers.at({record.name, "CNAME"});
  const auto& own = answers.at({record.name, "A"});
  const auto& target = answers.at({target_of(record), "A"});
  for (const auto* answer : {&alias, &own, &target}) {
    if (answer->outcome == Outcome::unknown) {
      deviations.push_back({Deviation::unknown, record, answer->reason});
      return;
    }
  }
  const bool right = alias.outcome == Outcome::found && alias.data == std::vector{record.data};
  if (own.outcome == Outcome::absent && alias.outcome == Outcome::absent) {
    deviations.push_back({Deviation::missing, record, own.reason});
  } else if (own.outcome == Outcome::absent) {
    deviations.push_back({Deviation::differs, record, words_about(alias, own) + ", which has no address"});
  } else if (own.data != target.data) {
    deviations.push_back({Deviation::differs, record, words_about(alias, own)});
  } else if (!right) {
    deviations.push_back({Deviation::same_addresses, record, words_about(alias, own)});
  }
}

void compare_set(const RecordQuestion& asked, const std::vector<std::string>& wanted, const RecordAnswer& answer,
                 std::vector<ZoneDeviation>& deviations) {
  if (answer.outcome == Outcome::unknown) {
    deviations.push_back({Deviation::unknown, {asked.name, asked.type, wanted.front()}, answer.reason});
    return;
  }
  std::vector<std::string> others;
  std::ranges::copy_if(answer.data, std::back_inserter(others), [&](const std::string& data) {
    return std::ranges::find(wanted, data) == wanted.end() && is_of_same_kind(data, wanted.front());
  });
  for (const auto& data : wanted) {
    if (std::ranges::find(answer.data, data) != answer.data.end()) continue;
    const DnsRecord record{asked.name, asked.type, data};
    if (others.empty()) {
      deviations.push_back({Deviation::missing, record, ""});
    } else {
      deviations.push_back({Deviation::differs, record, others.front()});
      others.erase(others.begin());
    }
  }
  if (asked.type == "TLSA") return;
  for (const auto& data : others) deviations.push_back({Deviation::too_much, {asked.name, asked.type, data}, ""});
}

}  // namespace

std::string ZoneDeviation::text() const {
  const auto line = fmt::format("{}. IN {} {}", record.name, record.type, record.data);
  const auto word = deviation_words.at(static_cast<std::size_t>(kind));
  return found.empty() ? fmt::format("{}: {}", word, line) : fmt::format("{}: {} ({})", word, line, found);
}

std::vector<ZoneDeviation> compare_zone(const std::vector<DnsRecord>& records, const RecordLookUp& look_up) {
  const auto questions = questions_about(records);
  const auto given = look_up(questions);
  Answers answers;
  for (std::size_t i = 0; i < questions.size(); ++i) answers[questions[i]] = given.at(i);
  std::vector<ZoneDeviation> deviations;
  Wanted sets;
  for (const auto& record : records) {
    if (record.type == "CNAME")
      compare_alias(record, answers, deviations);
    else
      sets[{record.name, record.type}].push_back(record.data);
  }
  for (const auto& [asked, wanted] : sets) compare_set(asked, wanted, answers.at(asked), deviations);
  return deviations;
}

}  // namespace mailconf::server
