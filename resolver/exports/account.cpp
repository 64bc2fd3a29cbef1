#include "exports/account.h"

#include <algorithm>
#include <fmt/core.h>

#include "model/text.h"

namespace mailconf::exports {
namespace {

std::string place(const Server& server) {
  const bool ipv6 = server.hostname.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", ipv6 ? "[" : "", server.hostname, ipv6 ? "]" : "", server.port);
}

bool is_host(std::string_view text) {
  constexpr std::string_view kHost = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:";
  return !text.empty() && text.find_first_not_of(kHost) == std::string_view::npos;
}

bool offers(const Server& server, Authentication authentication) {
  const auto& offered = server.authentication;
  return std::find(offered.begin(), offered.end(), authentication) != offered.end();
}

bool has_standard_starttls_port(const Server& server) {
  constexpr std::array<std::uint16_t, 3> kPorts{143, 110, 587};
  return std::find(kPorts.begin(), kPorts.end(), server.port) != kPorts.end();
}

tl::unexpected<Error> cannot(std::string message) { return fail(ErrorCode::not_expressible, "", std::move(message)); }

// One direction of the mail.
struct Half {
  std::string_view purpose;
  const std::vector<FoundServer>& servers;
  Need need;
  bool reading;
};

class Choice {
 public:
  Choice(const Target& target, const ExportOptions& options) : target_(target), options_(options) {}

  // The first server that will do, or why the best one does not.
  Result<Endpoint> choose(const Half& half) const {
    std::vector<FoundServer> candidates = half.servers;
    std::erase_if(candidates, [&](const FoundServer& found) { return !speaks(found.server.type, half.reading); });
    // Where STARTTLS depends on the port's meaning, TLS from the start is the better of two servers.
    if (target_.starttls == Starttls::by_port) {
      std::stable_partition(candidates.begin(), candidates.end(),
                            [](const FoundServer& found) { return found.server.socket_type == SocketType::ssl; });
    }
    // A server that did not answer may be up again later; one that did is the better choice.
    std::stable_partition(candidates.begin(), candidates.end(),
                          [](const FoundServer& found) { return found.proof.outcome != ProofOutcome::unreachable; });
    Result<Endpoint> best =
        cannot(fmt::format("there is no server for {} mail that {} can use", half.purpose, target_.name));
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      auto judged = judge(candidates[i], half.reading);
      if (judged || i == 0) best = std::move(judged);
      if (best) break;
    }
    return best;
  }

 private:
  [[nodiscard]] bool speaks(ServerType type, bool reading) const {
    if (!reading) return type == ServerType::smtp;
    return type == ServerType::imap || (target_.pop3 && type == ServerType::pop3);
  }

  [[nodiscard]] Result<Endpoint> judge(const FoundServer& found, bool reading) const {
    const Server& server = found.server;
    if (server.socket_type == SocketType::plain) {
      return cannot(fmt::format("{} is not encrypted; settings without encryption are not exported", place(server)));
    }
    if (found.proof.outcome == ProofOutcome::refused) {
      return cannot(fmt::format("{} is not as published: {}", place(server), found.proof.reason));
    }
    if (!is_host(server.hostname)) return cannot(fmt::format("\"{}\" is no host name", printable(server.hostname)));
    const bool safe = target_.starttls == Starttls::demanded ||
                      (target_.starttls == Starttls::by_port && has_standard_starttls_port(server));
    if (server.socket_type == SocketType::starttls && !safe) {
      return cannot(fmt::format("{} cannot be made to insist on STARTTLS at {}", target_.name, place(server)));
    }
    const auto login = login_of(server, reading);
    if (!login) return tl::unexpected(login.error());
    if (*login != Login::none && server.username.empty()) {
      return cannot(fmt::format("the user name for {} is not known", server.hostname));
    }
    return Endpoint{found, *login};
  }

  [[nodiscard]] Result<Login> login_of(const Server& server, bool reading) const {
    if (offers(server, Authentication::password_cleartext)) return Login::password;
    if (offers(server, Authentication::password_encrypted)) return Login::password;
    if (offers(server, Authentication::oauth2)) return oauth2_of(server);
    const bool open = offers(server, Authentication::none) || offers(server, Authentication::client_ip_address);
    if (!reading && open) return Login::none;
    const std::string_view way = server.authentication.empty() ? "no way" : to_string(server.authentication.front());
    return cannot(fmt::format("{} signs in by {}, which cannot be exported", server.hostname, way));
  }

  [[nodiscard]] Result<Login> oauth2_of(const Server& server) const {
    const bool pop3 = server.type == ServerType::pop3 && target_.oauth2 == TokenSource::command;
    if (target_.oauth2 == TokenSource::none || pop3) {
      return cannot(
          fmt::format("{} signs in by OAuth2 only, which {} cannot be given here", server.hostname, target_.name));
    }
    if (target_.oauth2 == TokenSource::command && options_.password_command.empty()) {
      return fail(
          ErrorCode::bad_option, "password_command",
          fmt::format("{} signs in by OAuth2 only: a command that prints an access token is needed", server.hostname));
    }
    return Login::oauth2;
  }

  const Target& target_;
  const ExportOptions& options_;
};

// What is wanted but not there is a remark; what is needed is an error.
std::optional<Error> take(const Choice& choice, const Half& half, std::optional<Endpoint>& endpoint, Account& account) {
  if (half.need == Need::none) return std::nullopt;
  auto chosen = choice.choose(half);
  if (chosen) {
    endpoint = std::move(*chosen);
    return std::nullopt;
  }
  if (half.need == Need::needed) return chosen.error();
  account.complete = false;
  account.remarks.push_back(chosen.error().message);
  return std::nullopt;
}

}  // namespace

std::string Account::name() const {
  std::string result = address.text();
  constexpr std::string_view kKept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@.+-_";
  std::replace_if(
      result.begin(), result.end(), [&](char c) { return kKept.find(c) == std::string_view::npos; }, '_');
  return result;
}

Result<Account> choose_account(const Target& target, const Configuration& configuration, const EmailAddress& address,
                               const ExportOptions& options) {
  Account account{target, configuration, address, options, {}, {}, true, {}};
  const Choice choice(target, options);
  const Half reading{"reading", configuration.incoming, target.reading, true};
  const Half sending{"sending", configuration.outgoing, target.sending, false};
  if (auto error = take(choice, reading, account.incoming, account)) return tl::unexpected(*error);
  if (auto error = take(choice, sending, account.outgoing, account)) return tl::unexpected(*error);
  if (!account.incoming && !account.outgoing) return cannot(account.remarks.front());
  return account;
}

}  // namespace mailconf::exports
