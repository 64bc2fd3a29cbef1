#include <algorithm>
#include <array>

#include "sasl/mechanisms.h"

namespace mailconf {
namespace {

enum class Needs { token, password, ascii_password };

struct Mechanism {
  std::string_view name;
  Needs needs;
  std::unique_ptr<SaslExchange> (*make)(SaslUser);
};

// Best first.
constexpr std::array mechanisms{
    Mechanism{"OAUTHBEARER", Needs::token, make_oauthbearer},
    Mechanism{"XOAUTH2", Needs::token, make_xoauth2},
    Mechanism{"SCRAM-SHA-256", Needs::ascii_password, make_scram_sha256},
    Mechanism{"SCRAM-SHA-1", Needs::ascii_password, make_scram_sha1},
    Mechanism{"PLAIN", Needs::password, make_plain},
    Mechanism{"LOGIN", Needs::password, make_login},
};

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char octet) { return octet >= ' ' && octet < '\x7f'; });
}

bool suits(Needs needs, const Credentials& credentials) {
  switch (needs) {
    case Needs::token:
      return !credentials.token.empty();
    case Needs::password:
      return !credentials.password.empty();
    case Needs::ascii_password:
      return !credentials.password.empty() && is_printable_ascii(credentials.password.text());
  }
  return false;
}

}  // namespace

std::string escaped_name(std::string_view name) {
  std::string escaped;
  for (const char octet : name) {
    if (octet == ',') {
      escaped += "=2C";
    } else if (octet == '=') {
      escaped += "=3D";
    } else {
      escaped += octet;
    }
  }
  return escaped;
}

std::optional<std::string> choose_mechanism(const std::vector<std::string>& offered, const Credentials& credentials) {
  for (const auto& mechanism : mechanisms) {
    const bool there = std::ranges::find(offered, mechanism.name) != offered.end();
    if (there && suits(mechanism.needs, credentials)) return std::string(mechanism.name);
  }
  return std::nullopt;
}

std::unique_ptr<SaslExchange> make_sasl_exchange(std::string_view name, SaslUser user) {
  const auto found = std::ranges::find(mechanisms, name, &Mechanism::name);
  return found == mechanisms.end() ? nullptr : found->make(std::move(user));
}

}  // namespace mailconf
