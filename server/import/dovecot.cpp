#include "server/import/dovecot.h"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <map>
#include <optional>

namespace mailconf::server {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

// A section with what it is in, such as "service imap-login" and, below it, "inet_listener imaps".
struct DoveconfSection {
  std::string kind;
  std::string name;
  std::size_t parent = 0;
  Values values;

  [[nodiscard]] std::string value(std::string_view key) const {
    const auto found = values.find(key);
    return found == values.end() ? "" : found->second;
  }
};

std::string_view trimmed(std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(" \t\r"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

std::string unquoted(std::string_view text) {
  const bool in_quotes = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return std::string(in_quotes ? text.substr(1, text.size() - 2) : text);
}

// The first is the file itself.
class DoveconfReader {
 public:
  std::vector<DoveconfSection> read(std::string_view text) && {
    for (std::size_t begin = 0; begin < text.size();) {
      const auto end = std::min(text.find('\n', begin), text.size());
      read_line(trimmed(text.substr(begin, end - begin)));
      begin = end + 1;
    }
    return std::move(sections_);
  }

 private:
  void read_line(std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    if (line == "}") {
      here_ = sections_[here_].parent;
    } else if (line.ends_with('{')) {
      open(trimmed(line.substr(0, line.size() - 1)));
    } else if (const auto equals = line.find('='); equals != line.npos) {
      sections_[here_].values[std::string(trimmed(line.substr(0, equals)))] =
          unquoted(trimmed(line.substr(equals + 1)));
    }
  }

  void open(std::string_view heading) {
    const auto space = std::min(heading.find(' '), heading.size());
    sections_.push_back(
        {std::string(heading.substr(0, space)), std::string(trimmed(heading.substr(space))), here_, {}});
    here_ = sections_.size() - 1;
  }

  std::vector<DoveconfSection> sections_ = std::vector<DoveconfSection>(1);
  std::size_t here_ = 0;
};

struct Protocol {
  std::string_view name;  // in "protocols" and in "protocol" of a service
  MailListener::Speaks speaks;
};
constexpr Protocol protocols[] = {
    {"imap", MailListener::Speaks::imap},
    {"pop3", MailListener::Speaks::pop3},
    {"submission", MailListener::Speaks::submission},
    {"sieve", MailListener::Speaks::sieve},
};

struct Mechanism {
  std::string_view beginning;
  Authentication value;
};
// Best first: every client knows passwords over TLS, and many take the other names for CRAM-MD5 alone.
constexpr Mechanism mechanisms[] = {
    {"plain", Authentication::password_cleartext},
    {"login", Authentication::password_cleartext},
    {"cram-md5", Authentication::password_encrypted},
    {"digest-md5", Authentication::password_encrypted},
    {"scram-", Authentication::password_encrypted},
    {"apop", Authentication::password_encrypted},
    {"gssapi", Authentication::gssapi},
    {"gss-spnego", Authentication::gssapi},
    {"ntlm", Authentication::ntlm},
    {"external", Authentication::tls_client_cert},
};

struct UsernameFormat {
  std::string_view format;
  std::string_view username;
};
// What is left of the name that a user types; modifiers such as "L" (lower case) are cut off before.
constexpr UsernameFormat username_formats[] = {
    {"%u", "%EMAILADDRESS%"},
    {"%{user}", "%EMAILADDRESS%"},
    {"%n", "%EMAILLOCALPART%"},
    {"%{username}", "%EMAILLOCALPART%"},
};
// They know the users of the system, whose names have no domain.
constexpr std::string_view system_users[] = {"pam", "passwd", "shadow", "bsdauth"};

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

class DovecotInterpreter {
 public:
  explicit DovecotInterpreter(std::vector<DoveconfSection> sections) : sections_(std::move(sections)) {}

  MailPrograms interpret() && {
    for (const auto& section : sections_) {
      if (section.kind == "inet_listener") read_listener(section, sections_[section.parent]);
    }
    read_mechanisms();
    result_.username = username();
    result_.hostname = root().value("hostname");
    return std::move(result_);
  }

 private:
  [[nodiscard]] const DoveconfSection& root() const { return sections_.front(); }

  void read_listener(const DoveconfSection& listener, const DoveconfSection& service) {
    const auto* const protocol = std::ranges::find(protocols, service.value("protocol"), &Protocol::name);
    if (service.kind != "service" || protocol == std::end(protocols)) return;
    if (!contains(words_of(root().value("protocols")), protocol->name)) return;
    const auto port_text = listener.value("port");
    std::uint16_t port = 0;
    std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
    // The port of a proxy in front is that of the proxy's clients alone.
    if (port == 0 || listener.value("haproxy") == "yes") return;
    const auto place = fmt::format("{} at port {} is left out: ", protocol->name, port);
    const auto addresses =
        words_of(listener.value("address").empty() ? root().value("listen") : listener.value("address"));
    if (!addresses.empty() && std::ranges::all_of(addresses, is_loopback)) {
      result_.remarks.push_back(place + "it is reached from this host alone");
    } else if (root().value("ssl") == "no") {
      result_.remarks.push_back(place + "it has no encryption (ssl = no)");
    } else {
      const bool implicit = listener.value("ssl") == "yes";
      result_.listeners.push_back({protocol->speaks, port, implicit ? SocketType::ssl : SocketType::starttls});
    }
  }

  void read_mechanisms() {
    const auto offered = words_of(root().value("auth_mechanisms"));
    for (const auto& mechanism : mechanisms) {
      const auto fits = [&](const std::string& word) { return word.starts_with(mechanism.beginning); };
      auto& known = result_.authentication;
      if (std::ranges::any_of(offered, fits) && std::ranges::find(known, mechanism.value) == known.end())
        known.push_back(mechanism.value);
    }
    if (contains(offered, "oauthbearer") || contains(offered, "xoauth2"))
      result_.remarks.emplace_back("OAuth2 is left out: who gives out the tokens stands elsewhere");
  }

  std::string username() {
    auto format = root().value("auth_username_format");
    for (auto at = format.find('%'); at + 1 < format.size() && (format[at + 1] == 'L' || format[at + 1] == 'U');)
      format.erase(at + 1, 1);
    const auto* const known = std::ranges::find(username_formats, format, &UsernameFormat::format);
    if (known == std::end(username_formats)) {
      result_.remarks.push_back(
          fmt::format("auth_username_format \"{}\" is not understood: the whole address is taken", format));
      return "%EMAILADDRESS%";
    }
    return only_system_users() ? "%EMAILLOCALPART%" : std::string(known->username);
  }

  [[nodiscard]] bool only_system_users() const {
    bool some = false;
    for (const auto& section : sections_) {
      if (section.kind != "passdb") continue;
      some = true;
      if (std::ranges::find(system_users, section.value("driver")) == std::end(system_users)) return false;
    }
    return some;
  }

  std::vector<DoveconfSection> sections_;
  MailPrograms result_;
};

}  // namespace

MailPrograms read_doveconf(std::string_view text) {
  return DovecotInterpreter(DoveconfReader().read(text)).interpret();
}

}  // namespace mailconf::server
