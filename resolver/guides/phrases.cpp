#include "guides/phrases.h"

#include <algorithm>
#include <limits>

#include "guides/page_escapes.h"
#include "model/text.h"

namespace mailconf::guides {
namespace {

// Round a value, so that a page can show it as one. clean() leaves none of these in a value itself.
constexpr char kBegin = '\x01';
constexpr char kEnd = '\x02';
// In front of words that stand where a value would.
constexpr char kWords = '\x03';

std::string with_marks(const std::string& value) {
  if (value.starts_with(kWords)) return value.substr(1);
  return kBegin + value + kEnd;
}

std::string_view sign_in_label(SignIn way) {
  switch (way) {
    case SignIn::password:
      return "sign_in_password";
    case SignIn::encrypted_password:
      return "sign_in_encrypted_password";
    case SignIn::oauth2:
      return "sign_in_oauth2";
    case SignIn::nothing:
      return "sign_in_nothing";
    case SignIn::other:
      break;
  }
  return "sign_in_other";
}

// What a section that is left out leaves between its neighbours. A value stays as it is.
std::string without_spare_blanks(std::string_view text) {
  std::string result;
  bool is_value = false;
  for (const char c : text) {
    if (c == kBegin || c == kEnd) is_value = c == kBegin;
    if (c != ' ' || is_value || (!result.empty() && !result.ends_with(' '))) result += c;
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

}  // namespace

std::string clean(std::string_view text) { return printable(text, std::numeric_limits<std::size_t>::max()); }

Values text_or_nothing(const std::string& text) { return text.empty() ? Values(false) : Values(clean(text)); }

Values support_values(const Operator& who) {
  Values values;
  values.set("mail", text_or_nothing(who.support_mail));
  values.set("phone", text_or_nothing(who.support_phone));
  values.set("page", text_or_nothing(who.support_page));
  values.set("hours", text_or_nothing(who.support_hours));
  return values;
}

Phrases::Phrases(const Catalog& catalog, const GuideSubject& subject, const Choice& choice, TextFormat format)
    : catalog_(catalog), subject_(subject), format_(format) {
  set_values(choice);
}

void Phrases::set_values(const Choice& choice) {
  const Settings& settings = subject_.settings;
  const bool pop3 = choice.protocol == ServerType::pop3;
  const bool oauth2 = choice.incoming != nullptr && sign_in_of(*choice.incoming) == SignIn::oauth2;
  const std::string& provider = settings.provider.display_name;
  const std::string& name = subject_.run_by.name;
  Values run_by;
  run_by.set("name", kWords + clean(!name.empty() ? name : !provider.empty() ? provider : subject_.domain.unicode()));
  values_.set("operator", run_by);
  values_.set("domain", subject_.domain.ascii());
  values_.set("address", subject_.address ? Values(clean(subject_.address->text()))
                                          : Values(kWords + catalog_.label("your_address")));
  values_.set("username", choice.incoming != nullptr ? *server_values(choice.incoming).get("username") : Values(false));
  values_.set("protocol", kWords + std::string(pop3 ? "POP3" : "IMAP"));
  values_.set("chosen_imap", !pop3);
  values_.set("chosen_pop3", pop3);
  values_.set("imap", server_values(choice.servers.imap));
  values_.set("pop3", server_values(choice.servers.pop3));
  values_.set("smtp", server_values(choice.servers.smtp));
  values_.set("incoming", server_values(choice.incoming));
  values_.set("oauth2", oauth2);
  values_.set("app_passwords", text_or_nothing(subject_.run_by.app_passwords));
  values_.set("webmail", text_or_nothing(settings.webmail_url));
  values_.set("enable", text_or_nothing(settings.enable.empty() ? "" : settings.enable.front().visit_url));
  values_.set("support", support_values(subject_.run_by));
}

Values Phrases::server_values(const Server* server) const {
  if (server == nullptr) return Values(false);
  const UserName username = username_of(*server);
  Values values;
  values.set("hostname", clean(server->hostname));
  values.set("port", std::to_string(server->port));
  values.set("security", security_of(*server));
  values.set("username", username.is_value ? username.text : kWords + username.text);
  values.set("ssl", server->socket_type == SocketType::ssl);
  values.set("starttls", server->socket_type == SocketType::starttls);
  return values;
}

Phrases::UserName Phrases::username_of(const Server& server) const {
  const std::string& name = server.username;
  if (name.empty()) {
    const SignIn way = sign_in_of(server);
    return {catalog_.label(way == SignIn::nothing ? "no_username" : "your_username"), false};
  }
  if (name == "%EMAILADDRESS%") return {catalog_.label("your_address"), false};
  if (name == "%EMAILLOCALPART%") return {catalog_.label("your_local_part"), false};
  const std::string someone = catalog_.label("name_in_address");
  const std::string& domain = subject_.domain.ascii();
  auto text = replaced(clean(name), "%EMAILLOCALPART%", someone);
  text = replaced(text, "%EMAILADDRESS%", someone + "@" + domain);
  return {replaced(text, "%EMAILDOMAIN%", domain)};
}

std::string Phrases::security_of(const Server& server) const {
  return catalog_.label(server.socket_type == SocketType::starttls ? "security_starttls" : "security_ssl");
}

std::string Phrases::sign_in_words(const Server& server) const {
  const SignIn way = sign_in_of(server);
  const bool app_password = way == SignIn::password && !subject_.run_by.app_passwords.empty();
  return catalog_.label(app_password ? "sign_in_app_password" : sign_in_label(way));
}

std::string Phrases::fill(std::string_view text) {
  // Most labels: reading them as templates would take half of a page's time.
  if (text.find("{{") == text.npos) return std::string(text);
  auto result = filled(text, values_, with_marks);
  if (!result && !problem_) problem_ = result.error();
  return result ? without_spare_blanks(*result) : "";
}

std::string Phrases::plain(std::string_view text) {
  std::string result = fill(text);
  std::erase_if(result, [](char c) { return c == kBegin || c == kEnd; });
  return result;
}

Values Phrases::runs(std::string_view text) { return runs_of(fill(text)); }

Values Phrases::runs_of(std::string_view filled_text) const {
  Values list(Values::type::list);
  bool is_code = false;
  while (!filled_text.empty()) {
    const std::size_t end = std::min(filled_text.find(is_code ? kEnd : kBegin), filled_text.size());
    const std::string text(filled_text.substr(0, end));
    Values run;
    run.set("is_code", is_code);
    run.set("value", text);
    run.set("code", format_ == TextFormat::markdown ? code_in_markdown(text) : text);
    if (!text.empty()) list.push_back(run);
    filled_text.remove_prefix(std::min(end + 1, filled_text.size()));
    is_code = !is_code;
  }
  Values result;
  result.set("runs", list);
  return result;
}

Values Phrases::list(const std::vector<std::string>& texts, bool numbered) {
  Values result(Values::type::list);
  int number = 0;
  for (const std::string& each : texts) {
    const std::string text = fill(each);
    if (trim(text).empty()) continue;
    Values item = runs_of(text);
    if (numbered) item.set("number", std::to_string(++number));
    result.push_back(item);
  }
  return result;
}

Values Phrases::labels() {
  Values result;
  for (const auto& [key, text] : catalog_.labels) result.set(key, plain(text));
  return result;
}

}  // namespace mailconf::guides
