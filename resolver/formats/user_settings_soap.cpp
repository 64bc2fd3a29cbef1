// GetUserSettings (MS-OXWSADISC §3.1.4.2): SOAP 1.1 with a question and its answer.
#include <algorithm>
#include <array>

#include "formats/xml.h"
#include "mailconf/publishing.h"

namespace mailconf {
namespace {

using xml::Element;
using Node = xml::Builder::Node;

constexpr std::string_view soap = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr std::string_view addressing = "http://www.w3.org/2005/08/addressing";
constexpr std::string_view messages = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
constexpr std::string_view action =
    "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettingsResponse";
constexpr std::string_view instance = "http://www.w3.org/2001/XMLSchema-instance";

// A client asks about one user; each further one may cost a look-up.
constexpr std::size_t most_users = 10;
// There are about ninety settings, and the answer repeats their names for each user.
constexpr std::size_t most_settings = 100;

constexpr std::array outcomes{
    std::pair{UserOutcome::found, "NoError"}, std::pair{UserOutcome::invalid_user, "InvalidUser"},
    std::pair{UserOutcome::redirect_address, "RedirectAddress"}, std::pair{UserOutcome::redirect_url, "RedirectUrl"},
    std::pair{UserOutcome::server_busy, "ServerBusy"}};

struct Connections {
  std::string_view name;  // after "External" and "Internal"
  ServerType type;
};
constexpr std::array connections{Connections{"Imap4Connections", ServerType::imap},
                                 Connections{"Pop3Connections", ServerType::pop3},
                                 Connections{"SmtpConnections", ServerType::smtp}};

bool is_name(std::string_view text) {
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  return !text.empty() && text.find_first_not_of(allowed) == text.npos;
}

// The texts of the elements `item` in the element `list`, each once.
std::vector<std::string> texts_in(const Element& parent, std::string_view list, std::string_view item) {
  std::vector<std::string> texts;
  const auto all = parent.child(list);
  for (const auto& element : all ? all->children(item) : std::vector<Element>()) {
    auto text = element.text();
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
  }
  return texts;
}

std::vector<std::string> mailboxes_in(const Element& request) {
  std::vector<std::string> mailboxes;
  const auto users = request.child("Users");
  for (const auto& user : users ? users->children("User") : std::vector<Element>()) {
    const auto mailbox = user.child("Mailbox");
    mailboxes.push_back(mailbox ? mailbox->text() : "");
  }
  return mailboxes;
}

std::optional<Element> request_in(const Element& envelope) {
  std::optional<Element> element = envelope;
  if (!envelope.is("Envelope")) return std::nullopt;
  for (const auto name : {"Body", "GetUserSettingsRequestMessage", "Request"}) {
    if (element) element = element->child(name);
  }
  return element;
}

tl::unexpected<Error> refuse(const char* why) { return fail(ErrorCode::bad_document, "", why); }

// The message inside the envelope, up to the element "Response", and how it went as a whole.
class ResponseWriter {
 public:
  explicit ResponseWriter(std::string_view error, std::string_view message) : response_(open(builder_.root())) {
    response_.leaf("ErrorCode", error);
    response_.child("ErrorMessage").text(message);
  }

  Node& response() { return response_; }
  [[nodiscard]] std::string text() const { return builder_.text(); }

 private:
  static Node open(Node envelope) {
    envelope.attribute("xmlns:s", soap).attribute("xmlns:a", addressing);
    envelope.child("s:Header").child("a:Action").attribute("s:mustUnderstand", "1").text(action);
    auto message = envelope.child("s:Body").child("GetUserSettingsResponseMessage");
    return message.attribute("xmlns", messages).attribute("xmlns:i", instance).child("Response");
  }

  xml::Builder builder_{"s:Envelope"};
  Node response_;
};

class UserWriter {
 public:
  UserWriter(Node node, const UserSettingsAnswer& answer) : node_(node), answer_(answer) {}

  void write(const std::vector<std::string>& wanted) {
    const auto outcome = std::ranges::find(outcomes, answer_.outcome, &decltype(outcomes)::value_type::first)->second;
    node_.leaf("ErrorCode", outcome);
    node_.child("ErrorMessage");
    if (answer_.redirect_target.empty()) {
      node_.child("RedirectTarget").attribute("i:nil", "true");
    } else {
      node_.leaf("RedirectTarget", answer_.redirect_target);
    }
    auto errors = node_.child("UserSettingErrors");
    auto settings = node_.child("UserSettings");
    if (answer_.outcome != UserOutcome::found) return;
    for (const auto& name : wanted) {
      if (write_setting(settings, name)) continue;
      errors.child("UserSettingError").leaf("ErrorCode", "SettingIsNotAvailable").leaf("SettingName", name);
    }
  }

 private:
  bool write_setting(Node& settings, std::string_view name) {
    if (name == "UserDisplayName" || name == "AutoDiscoverSMTPAddress")
      return write_string(settings, name, answer_.address ? answer_.address->text() : "");
    for (const std::string_view place : {"External", "Internal"}) {
      if (!name.starts_with(place)) continue;
      const auto rest = name.substr(place.size());
      if (rest == "EwsUrl") return write_string(settings, name, ews_url());
      const auto known = std::ranges::find(connections, rest, &Connections::name);
      if (known != connections.end()) return write_connections(settings, name, known->type);
    }
    return false;
  }

  static bool write_string(Node& settings, std::string_view name, const std::string& value) {
    if (value.empty()) return false;
    settings.child("UserSetting").attribute("i:type", "StringSetting").leaf("Name", name).leaf("Value", value);
    return true;
  }

  bool write_connections(Node& settings, std::string_view name, ServerType type) const {
    auto servers = type == ServerType::smtp ? answer_.settings.outgoing : answer_.settings.incoming;
    std::erase_if(servers,
                  [&](const Server& server) { return server.type != type || server.socket_type == SocketType::plain; });
    if (servers.empty()) return false;
    auto setting = settings.child("UserSetting");
    auto list = setting.attribute("i:type", "ProtocolConnectionCollectionSetting").leaf("Name", name);
    auto all = list.child("ProtocolConnections");
    for (const auto& server : servers) {
      auto connection = all.child("ProtocolConnection");
      connection.leaf("Hostname", server.hostname).leaf("Port", std::to_string(server.port));
      // As in the other form of the answer, "TLS" means STARTTLS.
      connection.leaf("EncryptionMethod", server.socket_type == SocketType::ssl ? "SSL" : "TLS");
    }
    return true;
  }

  [[nodiscard]] std::string ews_url() const {
    const auto& servers = answer_.settings.incoming;
    const auto found = std::ranges::find(servers, ServerType::ews, &Server::type);
    return found == servers.end() ? "" : found->url;
  }

  Node node_;
  const UserSettingsAnswer& answer_;
};

}  // namespace

Result<UserSettingsRequest> read_user_settings_request(std::string_view bytes) {
  const auto document = xml::Document::parse(bytes);
  if (!document) return tl::unexpected(document.error());
  const auto request = request_in(document->root());
  if (!request) return refuse("this is no GetUserSettings request");
  UserSettingsRequest read{mailboxes_in(*request), texts_in(*request, "RequestedSettings", "Setting")};
  if (read.mailboxes.empty() || read.mailboxes.size() > most_users) return refuse("there is no user, or too many");
  if (read.settings.empty() || read.settings.size() > most_settings) return refuse("there is no setting, or too many");
  if (!std::ranges::all_of(read.settings, is_name)) return refuse("a setting has a name that is none");
  return read;
}

std::string write_user_settings(const UserSettingsRequest& request, const std::vector<UserSettingsAnswer>& answers) {
  ResponseWriter writer("NoError", "");
  auto all = writer.response().child("UserResponses");
  for (const auto& answer : answers) UserWriter(all.child("UserResponse"), answer).write(request.settings);
  return writer.text();
}

std::string write_user_settings_refusal(std::string_view message) {
  return ResponseWriter("InvalidRequest", message).text();
}

}  // namespace mailconf
