#include "exports/render.h"

#include <algorithm>
#include <fmt/core.h>
#include <kainjow/mustache.hpp>

#include "exports/templates.h"
#include "model/text.h"

namespace mailconf::exports {
namespace {

using kainjow::mustache::data;

// OAUTHBEARER (RFC 7628) where the server has shown it, else the older name that all know.
std::string oauth_mechanism(const Proof& proof) {
  const auto& shown = proof.mechanisms;
  const auto is = [](const std::string& name) { return equal_ignoring_case(name, "OAUTHBEARER"); };
  return std::any_of(shown.begin(), shown.end(), is) ? "oauthbearer" : "xoauth2";
}

std::string host_in_url(const std::string& host) {
  return host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
}

// The library's own rule for lines that hold nothing but a tag keeps the line end of a section that is left out, and
// takes an empty line away after one that is not; mbsync means something by empty lines. So it sees a single line, and
// such lines lose their end here. No value holds this character.
constexpr char kLineEnd = '\x1e';

bool is_tag_of_a_section(std::string_view line) {
  return line.starts_with("{{") && line.find("}}") == line.size() - 2 &&
         std::string_view("#^/").find(line.at(2)) != std::string_view::npos;
}

std::string as_one_line(std::string_view text) {
  std::string result;
  for (std::size_t start = 0; start < text.size();) {
    const std::string_view line = text.substr(start, text.find('\n', start) - start);
    result += line;
    if (!is_tag_of_a_section(line)) result += kLineEnd;
    start += line.size() + 1;
  }
  return result;
}

class Values {
 public:
  explicit Values(const Account& account) : account_(account), quoting_(account.target.quoting) {}

  Result<data> collect() {
    data values;
    put(values, "address", account_.address.text(), quoting_.address ? quoting_.address : quoting_.value);
    put(values, "account", account_.name());
    put(values, "domain", account_.address.domain().ascii());
    put_option(values, "password_command", account_.options.password_command, quoting_.command);
    put_option(values, "password_command_as_value", account_.options.password_command, quoting_.value);
    put_option(values, "ca_file", account_.options.ca_file, quoting_.path);
    // In a template they would run into those of mustache.
    values.set("brace_open", "{");
    values.set("brace_close", "}");
    if (account_.incoming) values.set("incoming", endpoint(*account_.incoming));
    if (account_.outgoing) values.set("outgoing", endpoint(*account_.outgoing));
    if (problem_) return tl::unexpected(*problem_);
    return values;
  }

 private:
  void put(data& to, const std::string& key, const std::string& value) { put(to, key, value, quoting_.value); }

  void put(data& to, const std::string& key, const std::string& value, Escape escape) {
    const Escaped escaped = is_plain_text(value) ? escape(value) : std::nullopt;
    if (escaped) {
      to.set(key, *escaped);
    } else if (!problem_) {
      problem_ = Error{
          ErrorCode::not_expressible, "",
          fmt::format("\"{}\" cannot be written in the configuration of {}", printable(value), account_.target.name)};
    }
  }

  // What is empty is not there for the template.
  void put_option(data& to, const std::string& key, const std::string& value, Escape escape) {
    if (!value.empty() && escape != nullptr) put(to, key, value, escape);
  }

  data endpoint(const Endpoint& endpoint) {
    const Server& server = endpoint.found.server;
    const std::string mechanism = oauth_mechanism(endpoint.found.proof);
    data values;
    put(values, "host", server.hostname);
    put(values, "user", server.username);
    // Neither has a character left that any of the formats could mistake.
    values.set("url_host", host_in_url(server.hostname));
    values.set("url_user", percent_encoded(server.username));
    values.set("port", std::to_string(server.port));
    values.set("type", std::string(to_string(server.type)));
    values.set("socket", std::string(to_string(server.socket_type)));
    values.set("imap", server.type == ServerType::imap);
    values.set("pop3", server.type == ServerType::pop3);
    values.set("ssl", server.socket_type == SocketType::ssl);
    values.set("starttls", server.socket_type == SocketType::starttls);
    values.set("password", endpoint.login == Login::password);
    values.set("oauth2", endpoint.login == Login::oauth2);
    values.set("no_login", endpoint.login == Login::none);
    values.set("mechanism", mechanism);
    values.set("MECHANISM", to_upper(mechanism));
    return values;
  }

  const Account& account_;
  const Quoting& quoting_;
  std::optional<Error> problem_;
};

}  // namespace

Result<std::string> render(const Account& account) {
  const auto values = Values(account).collect();
  if (!values) return tl::unexpected(values.error());
  kainjow::mustache::mustache page{as_one_line(template_text(account.target.name))};
  page.set_custom_escape([](const std::string& escaped) { return escaped; });
  std::string text = page.render(*values);
  std::replace(text.begin(), text.end(), kLineEnd, '\n');
  return text;
}

}  // namespace mailconf::exports
