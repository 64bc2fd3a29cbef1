#include "driver/recording.h"

#include <fmt/core.h>

#include "driver/recording_json.h"
#include "model/text.h"
#include "protocol/limits.h"

namespace mailconf {
namespace {

constexpr int version = 1;
constexpr std::int64_t most_askers = 1000;
constexpr std::int64_t most_questions = 100'000;
constexpr std::int64_t last_day = 1'000'000;  // in the year 4707

ProbeQuestion question_of(const Server& server) {
  return {server.type, server.hostname, server.port, server.socket_type};
}

json::object header(const Recording& recording) {
  const auto& options = recording.options;
  json::object result{{"mailconfRecording", version},
                      {"questions", recording.entries.size()},
                      {"hasAddress", recording.has_address},
                      {"deadlineMs", options.deadline.count()},
                      {"probe", options.probe},
                      {"allowPlaintext", options.allow_plaintext},
                      {"allowHttp", options.allow_http},
                      {"sendAddress", options.send_address == SendAddress::retry},
                      {"ispdb", json::octets(options.ispdb)},
                      {"sources", json::array_of(options.sources, json::octets)}};
  json::put_unless_empty(result, "domain", recording.domain);
  json::put_unless_empty(result, "ports", json::array_of(recording.ports, [](const Server& server) {
                           return json::to_json(Question(question_of(server)));
                         }));
  if (recording.typed_username) result["typedUsername"] = true;
  if (recording.audited_on) result["auditedOnDay"] = recording.audited_on->time_since_epoch().count();
  json::put_unless_empty(result, "clients", json::array_of(recording.clients, json::octets));
  if (recording.policy) result["policy"] = json::octets(recording.policy->contents);
  return result;
}

json::object to_json(const Recording::Entry& entry) {
  json::object result{{"askedUs", entry.asked.count()}, {"question", json::to_json(entry.question)}};
  if (entry.asker > 0) result["asker"] = entry.asker;
  if (!entry.answer) return result;
  result["answeredUs"] = entry.answered.count();
  if (entry.batch > 0) result["batch"] = entry.batch;
  if (entry.order > 0) result["order"] = entry.order;
  result["answer"] = json::to_json(*entry.answer);
  return result;
}

Result<json::object> object_in(std::string_view line, std::size_t number) {
  boost::system::error_code error;
  auto value = boost::json::parse(boost::json::string_view(line.data(), line.size()), error);
  if (error)
    return fail(ErrorCode::bad_document, std::to_string(number), "the JSON is not well-formed: " + error.message());
  if (!value.is_object()) return fail(ErrorCode::bad_document, std::to_string(number), "the JSON is no object");
  return std::move(value.get_object());
}

// False when one is none.
bool read_ports(const json::array& list, std::vector<Server>& ports) {
  for (const auto& each : list) {
    const auto question = each.is_object() ? json::read_question(each.get_object()) : std::nullopt;
    const auto* asked = question ? std::get_if<ProbeQuestion>(&*question) : nullptr;
    if (!asked) return false;
    Server& server = ports.emplace_back();
    server.type = asked->type;
    server.hostname = asked->host;
    server.port = asked->port;
    server.socket_type = asked->socket_type;
  }
  return true;
}

// Either a domain or ports; a domain is audited, or simulated clients ask for it, or neither.
bool read_subject(json::Members& from, Recording& recording) {
  recording.has_address = from.flag("hasAddress");
  recording.typed_username = from.flag("typedUsername");
  if (from.has("ports")) return read_ports(from.list("ports"), recording.ports) && !from.has("domain");
  const std::chrono::days day(from.number("auditedOnDay", last_day));
  if (from.has("auditedOnDay")) recording.audited_on = std::chrono::sys_days(day);
  recording.clients = from.texts("clients");
  const auto domain = DomainName::parse(from.octets("domain"));
  if (domain) recording.domain = domain->ascii();
  return domain.has_value() && !(recording.audited_on && from.has("clients"));
}

Result<std::size_t> read_header(json::Members from, Recording& recording) {
  if (from.number("mailconfRecording", version) != version)
    return fail(ErrorCode::bad_document, "1", "it is no recording of this version of mailconf");
  const bool has_subject = read_subject(from, recording);
  auto& options = recording.options;
  options.deadline = std::chrono::milliseconds(from.number("deadlineMs", 3'600'000));
  options.probe = from.flag("probe");
  options.allow_plaintext = from.flag("allowPlaintext");
  options.allow_http = from.flag("allowHttp");
  options.send_address = from.flag("sendAddress") ? SendAddress::retry : SendAddress::never;
  options.ispdb = from.octets("ispdb");
  options.sources = from.texts("sources");
  if (from.has("policy")) recording.policy = PolicyFile{"the recorded file", from.octets("policy")};
  const auto questions = static_cast<std::size_t>(from.number("questions", most_questions));
  if (!has_subject || !from.good()) return fail(ErrorCode::bad_document, "1", "it does not say what was recorded");
  return questions;
}

std::optional<Recording::Entry> read_entry(json::Members from) {
  constexpr std::int64_t longest = 86'400'000'000;  // a day
  Recording::Entry entry;
  entry.asked = Duration(from.number("askedUs", longest));
  entry.asker = static_cast<std::uint32_t>(from.number("asker", most_askers));
  const auto question = json::read_question(from.member("question"));
  if (!question) return std::nullopt;
  entry.question = *question;
  if (from.has("answer")) {
    entry.answered = Duration(from.number("answeredUs", longest));
    entry.batch = static_cast<std::uint32_t>(from.number("batch", most_questions));
    entry.order = static_cast<std::uint32_t>(from.number("order", most_questions));
    entry.answer = json::read_answer(from.member("answer"));
    if (!entry.answer) return std::nullopt;
  }
  if (!from.good()) return std::nullopt;
  return entry;
}

}  // namespace

RecordedRun Recording::run() const {
  if (domain.empty()) return RecordedRun::ports;
  if (audited_on) return RecordedRun::audit;
  return clients.empty() ? RecordedRun::resolution : RecordedRun::simulation;
}

std::string write_recording(const Recording& recording) {
  std::string text = json::serialize(header(recording), false) + "\n";
  for (const auto& entry : recording.entries) text += json::serialize(to_json(entry), false) + "\n";
  return text;
}

Result<Recording> read_recording(std::string_view text) {
  if (text.size() > limits::recording) return fail(ErrorCode::too_large, "", "it is larger than 64 MiB");
  Recording recording;
  std::size_t expected = 0;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto object = object_in(line, ++number);
    if (!object) return tl::unexpected(object.error());
    if (number == 1) {
      const auto questions = read_header(json::Members(*object), recording);
      if (!questions) return tl::unexpected(questions.error());
      expected = *questions;
      continue;
    }
    auto entry = read_entry(json::Members(*object));
    if (!entry) return fail(ErrorCode::bad_document, std::to_string(number), "it is no question with its answer");
    recording.entries.push_back(std::move(*entry));
  }
  if (number == 0) return fail(ErrorCode::bad_document, "1", "it is empty");
  if (recording.entries.size() == expected) return recording;
  return fail(ErrorCode::bad_document, std::to_string(number),
              fmt::format("it ends after {} of {} questions", recording.entries.size(), expected));
}

}  // namespace mailconf
