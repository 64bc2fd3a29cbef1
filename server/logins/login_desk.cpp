#include "server/logins/login_desk.h"

#include <Poco/LRUCache.h>
#include <Poco/Mutex.h>
#include <Poco/TextIterator.h>
#include <Poco/UTF8Encoding.h>
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <fmt/core.h>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace mailconf::server {
namespace {

using Kind = LookUpNews::Kind;
using FoundLogin = Result<LoginDesk::Login>;

// As long as an address may be, with which most people sign in.
constexpr std::size_t longest_login = 320;

// What documents can hold and clients can send.
bool is_login(const std::string& text) {
  static const Poco::UTF8Encoding encoding;
  const Poco::TextIterator end(text);
  for (Poco::TextIterator at(text, encoding); at != end; ++at) {
    if (*at < 0x20 || *at == 0x7f) return false;  // -1 for what is no UTF-8
  }
  return !text.empty() && text.size() <= longest_login;
}

// No failure of one look-up is worth more than the user name that is published for everybody.
FoundLogin asked_of(LoginLookup& lookup, const EmailAddress& address) try {
  auto login = lookup.look_up(address);
  if (login && *login && !is_login(**login)) return fail(ErrorCode::bad_document, "", "what it tells is no user name");
  return login;
} catch (const std::exception&) {
  return fail(ErrorCode::io, "", "the look-up failed");
}

}  // namespace

struct LoginDesk::State {
  struct Remembered {
    Login login;
    Instant until;
  };

  State(std::string of, std::shared_ptr<LoginLookup> by, const LoginLimits& most, Clock clock, Report to)
      : name(std::move(of)),
        lookup(std::move(by)),
        limits(most),
        now(std::move(clock)),
        report(std::move(to)),
        memory(static_cast<long>(most.names)) {}

  // Waits; nothing at the end.
  std::optional<EmailAddress> next() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return ended || !queue.empty(); });
    if (ended) return std::nullopt;
    auto address = std::move(queue.front());
    queue.pop_front();
    under_way.emplace(address, now());
    return address;
  }

  void finish(const EmailAddress& address, const FoundLogin& found) {
    const std::lock_guard lock(mutex);
    wanted.erase(address);
    under_way.erase(address);
    if (ended) return;
    if (found) memory.update(address, Remembered{*found, now() + limits.kept_for});
    report({found ? (*found ? Kind::found : Kind::absent) : Kind::failed, change_after(found)});
  }

  // A source that neither answers nor fails is no better than one that cannot be asked.
  void tell_of_hanging() {
    const auto hangs = [this](const auto& one) { return now() >= one.second + limits.hangs_after; };
    if (failing || std::ranges::none_of(under_way, hangs)) return;
    failing = true;
    report({Kind::failed, fmt::format("logins.{}: does not answer; the definitions' user names are published", name)});
  }

  std::string change_after(const FoundLogin& found) {
    const bool was_failing = std::exchange(failing, !found);
    if (failing == was_failing) return "";
    if (found) return fmt::format("logins.{}: can be asked again", name);
    return fmt::format("logins.{}: cannot be asked: {}; the definitions' user names are published", name,
                       found.error().text());
  }

  void leave() {
    const std::lock_guard lock(mutex);
    --workers;
    changed.notify_all();
  }

  const std::string name;
  const std::shared_ptr<LoginLookup> lookup;
  const LoginLimits limits;
  const Clock now;
  const Report report;
  std::mutex mutex;
  std::condition_variable changed;
  Poco::LRUCache<EmailAddress, Remembered, Poco::NullMutex> memory;
  std::set<EmailAddress> wanted;  // in the queue or under way
  std::deque<EmailAddress> queue;
  std::map<EmailAddress, Instant> under_way;  // since when
  std::size_t workers = 0;
  bool failing = false;
  bool ended = false;
};

LoginDesk::LoginDesk(std::string name, std::shared_ptr<LoginLookup> lookup, const LoginLimits& limits, Clock now,
                     Report report)
    : state_(std::make_shared<State>(std::move(name), std::move(lookup), limits, std::move(now), std::move(report))) {
  for (std::size_t i = 0; i < limits.at_once; ++i) {
    ++state_->workers;
    std::thread([state = state_] {
      while (const auto address = state->next()) state->finish(*address, asked_of(*state->lookup, *address));
      state->leave();
    }).detach();
  }
}

std::optional<LoginDesk::Login> LoginDesk::remembered(const EmailAddress& address) const {
  const std::lock_guard lock(state_->mutex);
  const auto entry = state_->memory.get(address);
  if (!entry || state_->now() >= entry->until) return std::nullopt;
  return std::optional<Login>(std::in_place, entry->login);
}

void LoginDesk::look_up(const EmailAddress& address) const {
  const std::lock_guard lock(state_->mutex);
  if (state_->ended) return;
  state_->tell_of_hanging();
  if (state_->wanted.contains(address)) return;
  if (state_->queue.size() >= state_->limits.queued) return state_->report({Kind::refused, ""});
  state_->wanted.insert(address);
  state_->queue.push_back(address);
  state_->changed.notify_all();
}

void LoginDesk::end() const {
  const std::lock_guard lock(state_->mutex);
  state_->ended = true;
  state_->changed.notify_all();
}

bool LoginDesk::wait(std::chrono::steady_clock::time_point until) const {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_until(lock, until, [this] { return state_->workers == 0; });
}

}  // namespace mailconf::server
