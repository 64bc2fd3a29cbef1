#include "support/mail_server.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "model/text.h"

namespace mailconf::simulated {
namespace {

// What differs between the three protocols; {} is the tag of an IMAP command and a space.
struct Phrases {
  std::string_view capability;
  std::string_view start_tls;
  std::string_view leave;
  std::string_view tls_ready;
  std::string_view tls_refused;
  std::string_view injected;
  std::string_view farewell;
  std::string_view unknown;
};

const Phrases& phrases(ServerType type) {
  static const Phrases imap{"CAPABILITY",
                            "STARTTLS",
                            "LOGOUT",
                            "{}OK begin TLS now\r\n",
                            "{}NO TLS is not available\r\n",
                            "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
                            "* BYE leaving\r\n{}OK done\r\n",
                            "{}BAD unknown command\r\n"};
  static const Phrases pop3{"CAPA",
                            "STLS",
                            "QUIT",
                            "+OK begin TLS now\r\n",
                            "-ERR TLS is not available\r\n",
                            "+OK\r\nUSER\r\n.\r\n",
                            "+OK leaving\r\n",
                            "-ERR unknown command\r\n"};
  static const Phrases smtp{"EHLO",
                            "STARTTLS",
                            "QUIT",
                            "220 begin TLS now\r\n",
                            "454 4.7.0 TLS is not available\r\n",
                            "250-injected\r\n250 AUTH PLAIN\r\n",
                            "221 leaving\r\n",
                            "502 5.5.2 unknown command\r\n"};
  return type == ServerType::imap ? imap : type == ServerType::pop3 ? pop3 : smtp;
}

std::string with_tag(std::string_view phrase, const std::string& tag) {
  std::string text(phrase);
  if (const auto place = text.find("{}"); place != std::string::npos) text.replace(place, 2, tag);
  return text;
}

std::string smtp_lines(std::vector<std::string> lines) {
  lines.insert(lines.begin(), "mail");
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += fmt::format("250{}{}\r\n", i + 1 < lines.size() ? '-' : ' ', lines[i]);
  return text;
}

bool offers_tls(const std::vector<std::string>& capabilities, std::string_view word) {
  return std::ranges::any_of(capabilities, [&](const auto& each) { return equal_ignoring_case(each, word); });
}

}  // namespace

std::string MailServer::greeting() const { return service_->greeting.empty() ? "" : service_->greeting + "\r\n"; }

MailServer::Reply MailServer::on_octets(std::string_view octets) {
  partial_ += octets;
  Reply all;
  for (auto end = partial_.find('\n'); end != std::string::npos && !all.close; end = partial_.find('\n')) {
    const auto line = std::string(trim(std::string_view(partial_).substr(0, end)));
    partial_.erase(0, end + 1);
    const auto reply = on_line(line);
    all.octets += reply.octets;
    all.close = reply.close;
  }
  return all;
}

void MailServer::on_tls() {
  encrypted_ = true;
  awaits_tls_ = false;
}

MailServer::Reply MailServer::on_line(const std::string& line) {
  heard_.push_back(line);
  const auto& phrase = phrases(service_->type);
  auto part = split(line, ' ');
  std::string tag;
  if (service_->type == ServerType::imap && part.size() > 1) {
    tag = std::string(part[0]) + " ";
    part.erase(part.begin());
  }
  const auto verb = to_upper(part.front());
  if (verb == phrase.capability) return capabilities(tag);
  if (verb == phrase.start_tls) return start_tls(tag);
  if (verb == phrase.leave) return {with_tag(phrase.farewell, tag), true};
  return {with_tag(phrase.unknown, tag), false};
}

MailServer::Reply MailServer::capabilities(const std::string& tag) const {
  const auto& list = encrypted_ ? service_->capabilities : service_->before_tls;
  if (service_->type == ServerType::smtp) return {smtp_lines(list), false};
  if (service_->type == ServerType::pop3)
    return {fmt::format("+OK\r\n{}{}.\r\n", fmt::join(list, "\r\n"), list.empty() ? "" : "\r\n"), false};
  return {fmt::format("* CAPABILITY {}\r\n{}OK done\r\n", fmt::join(list, " "), tag), false};
}

MailServer::Reply MailServer::start_tls(const std::string& tag) {
  const auto& phrase = phrases(service_->type);
  if (encrypted_ || !offers_tls(service_->before_tls, phrase.start_tls)) return {with_tag(phrase.unknown, tag), false};
  if (service_->starttls == StartTls::refused) return {with_tag(phrase.tls_refused, tag), false};
  awaits_tls_ = true;
  const auto injected = service_->starttls == StartTls::injection ? phrase.injected : std::string_view();
  return {with_tag(phrase.tls_ready, tag) + std::string(injected), false};
}

bool is_login(std::string_view line) {
  static constexpr std::array<std::string_view, 6> verbs{"LOGIN", "AUTHENTICATE", "AUTH", "USER", "PASS", "APOP"};
  const auto words = split(line, ' ');
  if (words.size() == 1) return false;  // POP3: a bare AUTH asks for the list of mechanisms
  return std::ranges::any_of(
      words, [](std::string_view word) { return std::ranges::find(verbs, to_upper(word)) != verbs.end(); });
}

}  // namespace mailconf::simulated
