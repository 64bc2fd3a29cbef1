#include "login_text.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "plain_words.h"
#include "table.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kReasonColumn = 2;

struct Words {
  LoginOutcome outcome;
  Judgement judgement;
  std::string_view advice;  // empty: there is nothing to do
};

constexpr std::array kWords{
    Words{LoginOutcome::accepted, {Mark::good, Paint::good, "signed in"}, ""},
    Words{LoginOutcome::cannot_connect,
          {Mark::doubtful, Paint::doubtful, "no connection"},
          "try again later, or from another network: some block the ports of mail"},
    Words{LoginOutcome::tls_failed,
          {Mark::bad, Paint::bad, "no encryption"},
          "the password was not sent; try from another network, and tell the provider if it stays so"},
    Words{LoginOutcome::bad_certificate,
          {Mark::bad, Paint::bad, "bad certificate"},
          "the password was not sent; somebody may be listening, or the provider has to renew the certificate"},
    Words{LoginOutcome::no_mechanism,
          {Mark::bad, Paint::bad, "no way to sign in"},
          "the server wants another way to sign in: a token (--token-file) where it offers OAuth2, else a password"},
    Words{LoginOutcome::refused,
          {Mark::bad, Paint::bad, "refused"},
          "check the user name and the password; with two-factor sign-in most providers want a password made for "
          "mail programs, and some want IMAP or POP3 switched on first"},
    Words{LoginOutcome::unavailable,
          {Mark::doubtful, Paint::doubtful, "mailbox not available"},
          "try again later; if it stays so, ask the provider whether the mailbox may be used this way"},
    Words{LoginOutcome::rate_limited,
          {Mark::doubtful, Paint::doubtful, "too many attempts"},
          "wait for an hour before the next attempt: every further one makes it longer"},
    Words{LoginOutcome::not_understood,
          {Mark::bad, Paint::bad, "not understood"},
          "the server does not keep to the rules of its protocol; tell the provider"},
    Words{LoginOutcome::not_needed, {Mark::none, Paint::plain, "no login needed"}, ""},
    Words{LoginOutcome::not_tried, {Mark::none, Paint::dim, "not tried"}, ""},
};

const Words& words_for(LoginOutcome outcome) { return *std::ranges::find(kWords, outcome, &Words::outcome); }

std::string sentence(const LoginAttempt& attempt, const Style& style) {
  const auto& judged = words_for(attempt.outcome).judgement;
  std::string text = fmt::format("{} {}", style.mark(judged.mark), judged.word);
  if (!attempt.username.empty()) text += fmt::format(" as {}", attempt.username);
  if (!attempt.mechanism.empty()) text += fmt::format(" by {}", attempt.mechanism);
  return text;
}

// "alice+news" signs in as "alice" at most providers.
std::string name_without_tag(const std::vector<LoginAttempt>& attempts) {
  const auto tagged = std::ranges::find_if(attempts, [](const LoginAttempt& attempt) {
    return attempt.outcome == LoginOutcome::refused && attempt.username.find('+') != std::string::npos;
  });
  if (tagged == attempts.end()) return {};
  const auto& name = tagged->username;
  const auto at = std::min(name.find('@'), name.size());
  return name.substr(0, name.find('+')) + name.substr(at);
}

std::string advice(const std::vector<LoginAttempt>& attempts, const Style& style) {
  Table table(kIndent);
  const auto add = [&](std::string text) {
    if (table.empty()) table.row({{"What to do", Paint::bold}});
    table.row({{std::string(style.mark(Mark::bullet))}, {std::move(text)}});
  };
  for (const Words& words : kWords) {
    const bool happened = std::ranges::count(attempts, words.outcome, &LoginAttempt::outcome) > 0;
    if (happened && !words.advice.empty()) add(std::string(words.advice));
  }
  if (const auto name = name_without_tag(attempts); !name.empty()) {
    add(fmt::format("the part behind \"+\" may not belong to the user name: try {}", name));
  }
  return table.text(style);
}

}  // namespace

std::string login_text(const std::vector<LoginAttempt>& attempts, const Style& style) {
  Table table(kIndent);
  for (const LoginAttempt& attempt : attempts) {
    table.row({{std::string(words(attempt.server.type)), Paint::bold},
               {host_and_port(attempt.server)},
               {sentence(attempt, style), words_for(attempt.outcome).judgement.paint}});
    if (!attempt.reason.empty()) table.note(kReasonColumn, {attempt.reason});
  }
  const std::string what_to_do = advice(attempts, style);
  return style.painted(Paint::bold, "Signing in") + "\n\n" + table.text(style) +
         (what_to_do.empty() ? "" : "\n" + what_to_do);
}

}  // namespace mailconf::cli
