// A database with a few sessions that threads take turns at. Poco's own pool refuses at once when all are in use, and
// waits a minute for a server that is not there.
//
// Safe from any thread.
#pragma once

#include <Poco/Data/Session.h>
#include <chrono>
#include <functional>
#include <mutex>
#include <semaphore>
#include <vector>

#include "mailconf/result.h"
#include "server/store/sql/place.h"
#include "server/store/sql/session.h"

namespace mailconf::server {

class Database {
 public:
  using Work = std::function<void(SqlSession&)>;

  // `at_start` is said at the start of each session, after what the dialect has for it.
  explicit Database(SqlPlace place, std::vector<std::string_view> at_start = {});

  // Does the work, in a transaction; an error when the database could not be reached or did not understand. After an
  // error others fail as well for a second, rather than wait each for the same silence, but for who is `patient`.
  Result<void> read(const Work& work) { return with_session(work, false); }
  Result<void> patiently(const Work& work) { return with_session(work, true); }

  [[nodiscard]] const SqlPlace& place() const { return place_; }

 private:
  Result<void> with_session(const Work& work, bool patient);
  Result<void> attempt(const Work& work);
  [[nodiscard]] Poco::Data::Session taken();
  void give_back(Poco::Data::Session session);
  tl::unexpected<Error> failed(const std::string& reason);

  // More would not make a database answer faster; PostgreSQL has a hundred for everybody.
  static constexpr int most_sessions = 8;

  const SqlPlace place_;
  const std::vector<std::string_view> at_start_;
  std::counting_semaphore<most_sessions> free_{most_sessions};
  std::mutex mutex_;
  std::vector<Poco::Data::Session> idle_;
  std::chrono::steady_clock::time_point away_until_;
  std::string away_because_;
};

}  // namespace mailconf::server
