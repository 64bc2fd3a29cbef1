#include "server/import/postfix.h"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <map>

namespace mailconf::server {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

constexpr const char* main_parameters[] = {
    "myhostname",
    "mydomain",
    "mydestination",
    "virtual_mailbox_domains",
    "inet_interfaces",
    "smtpd_sasl_auth_enable",
    "smtpd_sasl_type",
    "smtpd_tls_security_level",
    "smtpd_tls_wrappermode",
    "smtpd_use_tls",
    "smtpd_enforce_tls",
    "smtpd_tls_chain_files",
    "smtpd_tls_cert_file",
};

// Mail between servers comes here; people send elsewhere (RFC 8314 §3.3).
constexpr std::uint16_t relay_port = 25;
struct NamedPort {
  std::string_view name;  // in /etc/services
  std::uint16_t port;
};
constexpr NamedPort named_ports[] = {{"smtp", relay_port}, {"submission", 587}, {"submissions", 465},
                                     {"smtps", 465},       {"urd", 465},        {"ssmtp", 465}};

template <class Act>
void for_each_line(std::string_view text, const Act& act) {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    act(std::string(text.substr(begin, end - begin)));
    begin = end + 1;
  }
}

// "name = value"
Values values_in(std::string_view text) {
  Values values;
  for_each_line(text, [&](const std::string& line) {
    const auto equals = line.find(" =");
    if (equals == line.npos) return;
    const auto begin = std::min(line.find_first_not_of(' ', equals + 2), line.size());
    values[line.substr(0, equals)] = line.substr(begin);
  });
  return values;
}

struct SmtpdPlace {
  std::string address;  // empty: all
  std::uint16_t port = 0;
};

// "submission", "587", "192.0.2.1:587", "[::1]:submission"
SmtpdPlace smtpd_place(const std::string& text) {
  const auto colon = text.rfind(':');
  const bool has_address = colon != text.npos;
  const auto name = text.substr(has_address ? colon + 1 : 0);
  SmtpdPlace place{has_address ? text.substr(0, colon) : "", 0};
  const auto* const named = std::ranges::find(named_ports, name, &NamedPort::name);
  if (named != std::end(named_ports)) {
    place.port = named->port;
  } else {
    std::from_chars(name.data(), name.data() + name.size(), place.port);
  }
  return place;
}

class PostfixInterpreter {
 public:
  PostfixInterpreter(Values main, Values overrides) : main_(std::move(main)), overrides_(std::move(overrides)) {}

  MailPrograms interpret(std::string_view services) && {
    for_each_line(services, [&](const std::string& line) {
      // name, type, private, unprivileged, chroot, wakeup, maxproc, command
      constexpr std::size_t command = 7;
      const auto columns = words_of(line);
      if (columns.size() > command && columns[1] == "inet" && columns[command] == "smtpd") read_service(columns[0]);
    });
    result_.hostname = value("myhostname");
    if (value("smtpd_sasl_type") != "dovecot") result_.authentication = {Authentication::password_cleartext};
    read_domains();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string value(std::string_view name) const {
    const auto found = main_.find(name);
    return found == main_.end() ? "" : found->second;
  }
  [[nodiscard]] std::string value(const std::string& service, std::string_view name) const {
    const auto found = overrides_.find(fmt::format("{}/inet/{}", service, name));
    return found == overrides_.end() ? value(name) : found->second;
  }

  void read_service(const std::string& service) {
    const auto place = smtpd_place(service);
    if (place.port == 0 || place.port == relay_port || value(service, "smtpd_sasl_auth_enable") != "yes") return;
    const auto what = fmt::format("{} at port {} is left out: ", service, place.port);
    const auto addresses = place.address.empty() ? words_of(value("inet_interfaces")) : std::vector{place.address};
    if (std::ranges::all_of(addresses, is_loopback)) {
      result_.remarks.push_back(what + "it is reached from this host alone");
    } else if (!has_certificate(service)) {
      result_.remarks.push_back(what + "it has no certificate, and so no encryption");
    } else if (value(service, "smtpd_tls_wrappermode") == "yes") {
      result_.listeners.push_back({MailListener::Speaks::submission, place.port, SocketType::ssl});
    } else if (offers_starttls(service)) {
      result_.listeners.push_back({MailListener::Speaks::submission, place.port, SocketType::starttls});
    } else {
      result_.remarks.push_back(what + "it has no encryption (smtpd_tls_security_level)");
    }
  }

  [[nodiscard]] bool has_certificate(const std::string& service) const {
    const auto names_one = [&](std::string_view name) {
      const auto file = value(service, name);
      return !file.empty() && file != "none";
    };
    return names_one("smtpd_tls_chain_files") || names_one("smtpd_tls_cert_file");
  }

  // The level counts before the two older switches.
  [[nodiscard]] bool offers_starttls(const std::string& service) const {
    const auto level = value(service, "smtpd_tls_security_level");
    if (!level.empty()) return level == "may" || level == "encrypt";
    return value(service, "smtpd_use_tls") == "yes" || value(service, "smtpd_enforce_tls") == "yes";
  }

  // What is no table but a list of names: those of mailboxes, then those of the system's users; else mydomain.
  void read_domains() {
    for (const auto name : {"virtual_mailbox_domains", "mydestination"}) {
      for (const auto& word : words_of(value(name))) read_domain(name, word);
    }
    const auto own = DomainName::parse(value("mydomain"));
    if (result_.domains.empty() && own) result_.domains.push_back(*own);
  }

  void read_domain(std::string_view parameter, const std::string& word) {
    if (word.find_first_of(":/") != word.npos) {
      result_.tables.push_back(
          fmt::format("{} of {} is a table, whose domains are not read: name them", word, parameter));
      return;
    }
    const auto domain = DomainName::parse(word);
    // The host's own names take the mail of its programs.
    const bool own = word == value("myhostname") || word.starts_with("localhost.");
    if (domain && !own && std::ranges::find(result_.domains, *domain) == result_.domains.end())
      result_.domains.push_back(*domain);
  }

  Values main_;
  Values overrides_;
  MailPrograms result_;
};

}  // namespace

std::vector<std::string> postfix_parameters() { return {std::begin(main_parameters), std::end(main_parameters)}; }

MailPrograms read_postconf(std::string_view main, std::string_view services, std::string_view overrides) {
  return PostfixInterpreter(values_in(main), values_in(overrides)).interpret(services);
}

}  // namespace mailconf::server
