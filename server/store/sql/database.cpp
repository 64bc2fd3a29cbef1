#include "server/store/sql/database.h"

#include <Poco/Data/MySQL/Connector.h>
#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>

namespace mailconf::server {
namespace {

using Clock = std::chrono::steady_clock;

// Seconds: a client waits five in all.
constexpr std::size_t connect_time = 2;
constexpr std::chrono::milliseconds turn_time{2'000};
constexpr std::chrono::seconds away_time{1};

void register_connectors() {
  static std::once_flag once;
  std::call_once(once, [] {
    Poco::Data::SQLite::Connector::registerConnector();
    Poco::Data::PostgreSQL::Connector::registerConnector();
    Poco::Data::MySQL::Connector::registerConnector();
  });
}

// The first line, without the password: drivers like to repeat what they were given.
std::string tidied(std::string text, const std::string& password) {
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  if (password.empty()) return text;
  for (auto at = text.find(password); at != text.npos; at = text.find(password, at))
    text.replace(at, password.size(), "…");
  return text;
}

}  // namespace

Database::Database(SqlPlace place, std::vector<std::string_view> at_start)
    : place_(std::move(place)), at_start_(std::move(at_start)) {
  register_connectors();
}

Result<void> Database::with_session(const Work& work, bool patient) {
  if (!patient) {
    const std::lock_guard lock(mutex_);
    if (Clock::now() < away_until_) return fail(ErrorCode::io, place_.name, away_because_);
  }
  if (!free_.try_acquire_for(turn_time)) return fail(ErrorCode::io, place_.name, "has too much to do");
  auto outcome = attempt(work);
  free_.release();
  return outcome;
}

Result<void> Database::attempt(const Work& work) try {
  auto session = taken();
  SqlSession conversation(session, *place_.dialect);
  Poco::Data::Transaction transaction(session);
  work(conversation);
  transaction.commit();
  give_back(std::move(session));
  return {};
} catch (const Poco::Exception& fault) {
  return failed(fault.message().empty() ? fault.name() : fault.message());
} catch (const std::exception& fault) {
  return failed(fault.what());
}

Poco::Data::Session Database::taken() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
  }
  Poco::Data::Session session(std::string(place_.dialect->connector), place_.connection, connect_time);
  SqlSession conversation(session, *place_.dialect);
  for (const auto* statements : {&place_.dialect->at_start, &at_start_}) {
    for (const auto statement : *statements) conversation.run(statement);
  }
  return session;
}

void Database::give_back(Poco::Data::Session session) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(session));
  away_until_ = {};
}

// What is wrong with one session is wrong with all: they lead to the same server.
tl::unexpected<Error> Database::failed(const std::string& reason) {
  std::vector<Poco::Data::Session> closed;
  const std::lock_guard lock(mutex_);
  closed.swap(idle_);
  away_until_ = Clock::now() + away_time;
  away_because_ = "cannot be read: " + tidied(reason, place_.password);
  return fail(ErrorCode::io, place_.name, away_because_);
}

}  // namespace mailconf::server
