#include "server/logins/ldap_connection.h"

#include <array>
#include <ldap.h>
#include <mutex>

#include "server/toml_fields.h"

namespace mailconf::server {
namespace {

// Of getting ready to ask, and again of asking: a directory on the other side of the world needs a second.
constexpr std::chrono::seconds longest_talk{2};
constexpr timeval ldap_patience{longest_talk.count(), 0};
// Two entries with one attribute each; a server that sends more is not believed.
constexpr ber_len_t longest_answer = 64 * 1024;
constexpr int most_entries = 2;
// RFC 4513 §5.1.2: no password would be no question of one.
constexpr std::size_t longest_password = 1024;
constexpr auto authorities_of_the_system = "/etc/ssl/certs/ca-certificates.crt";

tl::unexpected<Error> ldap_failure(const LdapLoginSource& source, const char* what, int code) {
  return fail(ErrorCode::io, source.url, std::string(what) + ": " + ldap_err2string(code));
}

int scope_code(LdapScope scope) {
  switch (scope) {
    case LdapScope::one:
      return LDAP_SCOPE_ONELEVEL;
    case LdapScope::base:
      return LDAP_SCOPE_BASE;
    case LdapScope::subtree:
      break;
  }
  return LDAP_SCOPE_SUBTREE;
}

bool set_option(ldap* handle, int option, const void* value) {
  return ldap_set_option(handle, option, value) == LDAP_OPT_SUCCESS;
}

// Whatever ldap.conf says: nobody is followed to another server, and no answer is longer than it may be.
bool set_bounds(ldap* handle, LdapDeadline& deadline) {
  const int version = LDAP_VERSION3;
  Sockbuf* buffer = nullptr;
  auto most = longest_answer;
  return set_option(handle, LDAP_OPT_PROTOCOL_VERSION, &version) &&
         set_option(handle, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) && set_option(handle, LDAP_OPT_RESTART, LDAP_OPT_OFF) &&
         set_option(handle, LDAP_OPT_NETWORK_TIMEOUT, &ldap_patience) &&
         set_option(handle, LDAP_OPT_TIMEOUT, &ldap_patience) &&
         ldap_get_option(handle, LDAP_OPT_SOCKBUF, static_cast<void*>(&buffer)) == LDAP_OPT_SUCCESS &&
         ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &most) == 1 && deadline.watch(buffer);
}

bool set_tls(ldap* handle, const LdapLoginSource& source) {
  const auto authorities = source.ca_file.empty() ? std::string(authorities_of_the_system) : source.ca_file.string();
  const int demand = LDAP_OPT_X_TLS_DEMAND;
  const int oldest = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
  const int client = 0;
  return set_option(handle, LDAP_OPT_X_TLS_CACERTFILE, authorities.c_str()) &&
         set_option(handle, LDAP_OPT_X_TLS_CACERTDIR, "") &&  // no others that ldap.conf may name
         set_option(handle, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) &&
         set_option(handle, LDAP_OPT_X_TLS_PROTOCOL_MIN, &oldest) &&
         set_option(handle, LDAP_OPT_X_TLS_NEWCTX, &client);  // last: it takes what was said before
}

int sign_in(ldap* handle, const LdapLoginSource& source, std::string password) {
  berval credentials{password.size(), password.data()};
  return ldap_sasl_bind_s(handle, source.bind_dn.c_str(), LDAP_SASL_SIMPLE, &credentials, nullptr, nullptr, nullptr);
}

// The first line of the file, read anew for each connection: it may have changed.
std::string password_of(const LdapLoginSource& source) {
  auto text = text_of_file(source.password_file).value_or("");
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  return text.size() > longest_password ? "" : text;
}

struct EndOfMessage {
  void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
struct EndOfValues {
  void operator()(berval** values) const { ldap_value_free_len(values); }
};

bool stays_on_this_machine(const LdapLoginSource& source) { return source.url.starts_with("ldapi://"); }

std::vector<std::string> values_of(ldap* handle, LDAPMessage* answer, const std::string& attribute) {
  std::vector<std::string> texts;
  for (auto* entry = ldap_first_entry(handle, answer); entry != nullptr; entry = ldap_next_entry(handle, entry)) {
    const std::unique_ptr<berval*, EndOfValues> values(ldap_get_values_len(handle, entry, attribute.c_str()));
    const int count = ldap_count_values_len(values.get());
    for (int i = 0; i < count; ++i) texts.emplace_back(values.get()[i]->bv_val, values.get()[i]->bv_len);
  }
  return texts;
}

// What libldap makes at its first use, it makes without a lock.
void prepare_library() {
  static std::once_flag done;
  std::call_once(done, [] {
    int version = 0;
    ldap_get_option(nullptr, LDAP_OPT_PROTOCOL_VERSION, &version);
  });
}

}  // namespace

void LdapConnection::End::operator()(ldap* handle) const { ldap_unbind_ext_s(handle, nullptr, nullptr); }

Result<std::unique_ptr<LdapConnection>> LdapConnection::open(const LdapLoginSource& source) {
  std::unique_ptr<LdapConnection> connection(new LdapConnection(source));
  if (auto begun = connection->begin(); !begun) return tl::unexpected(begun.error());
  return connection;
}

Result<void> LdapConnection::begin() {
  prepare_library();
  ldap* raw = nullptr;
  if (const int code = ldap_initialize(&raw, source_.url.c_str()); code != LDAP_SUCCESS)
    return ldap_failure(source_, "cannot be used", code);
  handle_.reset(raw);
  deadline_.set(longest_talk);
  if (!set_bounds(raw, deadline_) || (!stays_on_this_machine(source_) && !set_tls(raw, source_)))
    return fail(ErrorCode::io, source_.url, "cannot be used: its authorities cannot be read");
  // There is no way on without TLS but by a socket of this machine.
  if (source_.url.starts_with("ldap://")) {
    if (const int code = ldap_start_tls_s(raw, nullptr, nullptr); code != LDAP_SUCCESS)
      return ldap_failure(source_, "STARTTLS failed", code);
  }
  if (source_.bind_dn.empty()) return {};
  auto password = password_of(source_);
  if (password.empty()) return fail(ErrorCode::io, source_.password_file.string(), "holds no password");
  if (const int code = sign_in(raw, source_, std::move(password)); code != LDAP_SUCCESS)
    return ldap_failure(source_, "cannot sign in", code);
  return {};
}

Result<std::vector<std::string>> LdapConnection::values(const std::string& filter) {
  // libldap connects anew, in clear and as nobody, once a server has said good-bye. Over ldaps, TLS begins with the
  // first question.
  const bool has_begun = source_.url.starts_with("ldap://") || !source_.bind_dn.empty();
  if (!stays_on_this_machine(source_) && has_begun && ldap_tls_inplace(handle_.get()) != 1)
    return ldap_failure(source_, "cannot be asked", LDAP_SERVER_DOWN);
  deadline_.set(longest_talk);
  std::string attribute = source_.attribute;
  std::array<char*, 2> wanted{attribute.data(), nullptr};
  auto time = ldap_patience;
  LDAPMessage* raw = nullptr;
  const int code = ldap_search_ext_s(handle_.get(), source_.base.c_str(), scope_code(source_.scope), filter.c_str(),
                                     wanted.data(), 0, nullptr, nullptr, &time, most_entries, &raw);
  const std::unique_ptr<LDAPMessage, EndOfMessage> answer(raw);
  // More entries than were asked for: whose name it would be cannot be told.
  if (code == LDAP_SIZELIMIT_EXCEEDED) return std::vector<std::string>{};
  if (code != LDAP_SUCCESS) return ldap_failure(source_, "cannot be asked", code);
  return values_of(handle_.get(), answer.get(), attribute);
}

}  // namespace mailconf::server
