#include "server/endpoints/administration.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <fmt/core.h>

namespace mailconf::server {
namespace {

std::string text_of(StoreState::Time time) {
  const auto seconds = std::chrono::system_clock::to_time_t(time);
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(seconds), Poco::DateTimeFormat::ISO8601_FORMAT);
}

std::string words_about(const StoreState& store) {
  const auto read = fmt::format("{} domains, read at {}", store.domains, text_of(*store.read_at));
  if (!store.failure.empty()) return fmt::format("ready, from memory ({}); now the store {}", read, store.failure);
  if (store.errors > 0) return fmt::format("ready ({}; {} errors in definitions, see the log)", read, store.errors);
  return fmt::format("ready ({})", read);
}

}  // namespace

Answer health(const Administration&) { return explain(200, "ok"); }

Answer readiness(const Administration& administration) {
  const auto store = administration.publication.state();
  if (!store.read_at) return explain(503, "not ready: the store " + store.failure);
  return explain(200, words_about(store));
}

Answer metrics(const Administration& administration) {
  Answer answer;
  answer.body = administration.metrics.text() + administration.audits.metrics();
  answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
  answer.headers = {{"Cache-Control", "no-store"}};
  return answer;
}

}  // namespace mailconf::server
