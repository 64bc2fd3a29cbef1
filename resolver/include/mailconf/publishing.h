// What a server that publishes settings reads and writes, beside the documents of mailconf/formats.h.
//
// Pure functions, safe from any thread. Readers take hostile bytes under the rules of mailconf/formats.h. Writers say
// what their format can say of the settings and leave out the rest; placeholders are kept, so that what is written can
// become a DocumentTemplate.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/result.h"
#include "mailconf/settings.h"

namespace mailconf {

enum class AutodiscoverSchema { outlook, mobilesync, other };

// What an Autodiscover client asks (MS-OXDSCLI §2.2.3.1, MS-ASCMD §2.2.1.1).
struct AutodiscoverRequest {
  std::string address;  // as sent; empty when there is none
  AutodiscoverSchema schema = AutodiscoverSchema::outlook;
};
// UTF-8 or UTF-16; elements by their local names, in any order, unknown ones passed over.
Result<AutodiscoverRequest> read_autodiscover_request(std::string_view bytes);

// Whether the user names of the settings are told; without them, clients take the whole address.
enum class LoginNames { told, left_out };
// The answer with settings (MS-OXDSCLI §2.2.4.1): one server a protocol, the encrypted before the others, then
// calendars and contacts. Nothing when there is no server that Outlook could sign in at.
std::optional<std::string> write_autodiscover_xml(const Settings& settings, LoginNames login_names);
// The answer that sends the client to another service, or on with another address; one of the two is empty.
std::string write_autodiscover_redirect(std::string_view url, std::string_view address);
// The answer with an error (MS-OXDSCLI §2.2.4.1.1.1); `time` is that of the day, "12:34:56.1234567".
std::string write_autodiscover_error(int code, std::string_view message, std::string_view time);
// The answer for devices that speak ActiveSync (MS-ASCMD §2.2.1.1); nothing when no such server is among the settings.
std::optional<std::string> write_mobilesync_xml(const Settings& settings);

// Autodiscover in JSON says where a protocol is, and no settings.
std::string write_autodiscover_json(std::string_view protocol, std::string_view url);
std::string write_autodiscover_json_error(std::string_view code, std::string_view message);

// The same by SOAP (MS-OXWSADISC §3.1.4.2, GetUserSettings): several users at once, and the settings by their names.
struct UserSettingsRequest {
  std::vector<std::string> mailboxes;  // as sent
  std::vector<std::string> settings;   // "ExternalImap4Connections", …; letters and digits, none twice
};
// At most ten users and a hundred settings.
Result<UserSettingsRequest> read_user_settings_request(std::string_view bytes);

enum class UserOutcome { found, invalid_user, redirect_address, redirect_url, server_busy };
struct UserSettingsAnswer {
  UserOutcome outcome = UserOutcome::invalid_user;
  std::string redirect_target;
  std::optional<EmailAddress> address;  // with the settings, whose placeholders are replaced; only when found
  Settings settings;
};
// One answer a mailbox, in their order.
std::string write_user_settings(const UserSettingsRequest& request, const std::vector<UserSettingsAnswer>& answers);
// For a request that could not be read.
std::string write_user_settings_refusal(std::string_view message);

// The document of PACC (draft-ietf-mailmaint-pacc-03), without white space: its octets are what a digest in the DNS
// vouches for. It can name hosts with TLS from the first octet at the registered ports, where the user name is the
// address; nothing when no server for reading is one of those.
std::optional<std::string> write_pacc_json(const Settings& settings);

// What an authorization server says of itself (RFC 8414 §2). With `registration_url` it follows
// draft-ietf-mailmaint-oauth-public-05 §3.2: clients register by themselves and have no secrets.
std::string write_oauth_metadata(const OAuth2& oauth2, std::string_view registration_url);

}  // namespace mailconf
