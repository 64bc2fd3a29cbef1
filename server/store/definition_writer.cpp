#include "server/store/definition_writer.h"

#include <cstdint>
#include <fmt/core.h>
#include <sstream>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

namespace mailconf::server {
namespace {

// Basic strings on one line, whatever is in them.
std::string in_quotes(std::string_view text) {
  const toml::value<std::string> value{std::string(text)};
  std::ostringstream stream;
  stream << toml::toml_formatter{value, toml::format_flags::none};
  return stream.str();
}

class Writer {
 public:
  void text(std::string_view key, std::string_view value) {
    if (!value.empty()) line(key, in_quotes(value));
  }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    std::string list;
    for (const auto& value : values) list += (list.empty() ? "" : ", ") + in_quotes(value);
    if (!values.empty()) line(key, "[" + list + "]");
  }
  void number(std::string_view key, std::uint16_t value) { line(key, fmt::format("{}", value)); }
  void table(std::string_view heading) { text_ += fmt::format("\n{}\n", heading); }
  // One inline table each.
  void descriptions(std::string_view key, const std::vector<Documentation::Description>& values) {
    std::string list;
    for (const auto& [lang, text] : values) {
      const auto language = lang.empty() ? "" : fmt::format("lang = {}, ", in_quotes(lang));
      list += fmt::format("{}{{{}text = {}}}", list.empty() ? "" : ", ", language, in_quotes(text));
    }
    if (!values.empty()) line(key, "[" + list + "]");
  }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  void line(std::string_view key, std::string_view value) { text_ += fmt::format("{} = {}\n", key, value); }

  std::string text_;
};

std::vector<std::string> names_of(const std::vector<DomainName>& domains) {
  std::vector<std::string> names;
  for (const auto& domain : domains) names.push_back(domain.ascii());
  return names;
}

template <class Body>
void write_body(Writer& writer, std::string_view heading, const Body& body) {
  writer.table(heading);
  writer.text("type", to_string(body.type));
  if (body.url.empty()) {
    writer.text("hostname", body.hostname);
    writer.number("port", body.port);
    writer.text("socketType", to_string(body.socket_type));
  } else {
    writer.text("url", body.url);
  }
  std::vector<std::string> mechanisms;
  for (const auto value : body.authentication) mechanisms.emplace_back(to_string(value));
  writer.texts("authentication", mechanisms);
  writer.text("username", body.username);
}

void write_provider(Writer& writer, const Settings& settings) {
  const auto& provider = settings.provider;
  const bool usual_id = !provider.domains.empty() && provider.domains.front().ascii() == provider.id;
  writer.texts("domains", names_of(provider.domains));
  if (!usual_id) writer.text("id", provider.id);
  writer.text("displayName", provider.display_name);
  writer.text("displayShortName", provider.display_short_name);
  writer.texts("mxDomains", names_of(provider.mx_domains));
  writer.text("webmail", settings.webmail_url);
}

void write_pages(Writer& writer, const Settings& settings) {
  for (const auto& page : settings.documentation) {
    writer.table("[[documentation]]");
    writer.text("url", page.url);
    writer.descriptions("descriptions", page.descriptions);
  }
  for (const auto& page : settings.enable) {
    writer.table("[[enable]]");
    writer.text("url", page.visit_url);
    writer.descriptions("instructions", page.instructions);
  }
}

void write_oauth2(Writer& writer, const OAuth2& oauth2, const std::string& registration_url) {
  writer.table("[oauth2]");
  writer.text("issuer", oauth2.issuer);
  writer.text("authURL", oauth2.auth_url);
  writer.text("tokenURL", oauth2.token_url);
  writer.text("scope", oauth2.scope);
  writer.text("clientID", oauth2.client_id);
  writer.text("registrationURL", registration_url);
}

}  // namespace

std::string definition_text(const Settings& settings, const std::string& registration_url) {
  Writer writer;
  write_provider(writer, settings);
  for (const auto& server : settings.incoming) write_body(writer, "[[incoming]]", server);
  for (const auto& server : settings.outgoing) write_body(writer, "[[outgoing]]", server);
  for (const auto& service : settings.services) write_body(writer, "[[service]]", service);
  write_pages(writer, settings);
  if (settings.oauth2) write_oauth2(writer, *settings.oauth2, registration_url);
  return std::move(writer).take();
}

}  // namespace mailconf::server
