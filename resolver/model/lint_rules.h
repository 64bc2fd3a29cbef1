// The acceptance rules of strict clients, one row each: what lint() looks for is in lint.cpp, what it says is here.
#pragma once

#include <cstddef>
#include <iterator>

#include "mailconf/settings.h"

namespace mailconf {

inline constexpr LintRule lint_table[] = {
    // K-9 takes the id for a host name and refuses the file otherwise; Thunderbird wants one, too.
    {"bad-id", true, "the id must be a host name without placeholders", "write the main domain, or leave id out"},
    {"missing-domain", true, "no domain is listed", "list the domains of the addresses"},
    {"missing-display-name", false, "clients show the id instead", "write the name that users know"},
    {"long-display-name", false, "more than 60 characters", "shorten it: windows cut it off"},
    {"long-display-short-name", false, "more than 20 characters", "shorten it: windows cut it off"},
    {"missing-incoming", false, "strict clients refuse settings without an incoming server", "add an [[incoming]]"},
    {"missing-outgoing", false, "strict clients refuse settings without an outgoing server", "add an [[outgoing]]"},
    {"wrong-list", true, "{} does not belong here", "smtp is outgoing, and every other type incoming"},
    {"missing-username", false, "Thunderbird logs in as \"undefined\" without it",
     "\"%EMAILADDRESS%\" stands for the whole address"},
    {"fixed-username", false, "every user would log in as \"{}\"",
     "\"%EMAILADDRESS%\" stands for the whole address, \"%EMAILLOCALPART%\" for what is before the @"},
    {"bad-hostname", true, "\"{}\" is no host name", "write the name that the server's certificate is for"},
    {"bad-port", true, "a port is a number from 1 to 65535", "write the port that the server listens at"},
    {"bad-url", true, "{}", "write an https URL"},
    {"missing-authentication", true, "strict clients skip a server without it", "write [\"password-cleartext\"]"},
    {"rare-authentication", false, "some clients know only password-cleartext, password-encrypted and OAuth2",
     "add password-cleartext if the server takes passwords over TLS"},
    {"plain-socket", false, "passwords cross the network unencrypted, and K-9 refuses the whole file",
     "give the server a certificate and publish SSL"},
    {"unusual-socket", false, "port {} is meant for {}", "write what the server really does at this port"},
    // RFC 8314 §3.3: submission has ports of its own.
    {"relay-port", false, "port 25 is for mail between servers, and many networks block it",
     "publish 465 with SSL, or 587 with STARTTLS"},
    {"pop3-first", false, "clients take the first server, which is POP3", "move the IMAP server up"},
    {"pop3-only", false, "some clients know IMAP alone, and mail that was fetched is on one device only",
     "publish IMAP, too, if there is one"},
    {"weaker-first", false, "a {} server with better encryption follows", "move that one up: clients take the first"},
    {"missing-oauth2", false, "OAuth2 is named, and nobody says who gives out the tokens",
     "add [oauth2], or leave OAuth2 out"},
    // Seen at 237 domains of a hosting panel whose templates were published as they stood.
    {"template-text", false, "\"{}\" looks like a template that nobody has filled in", "write the value itself"},
};

// The row of a code; a code without a row does not compile.
consteval const LintRule* rule(std::string_view code) {
  const LintRule* row = std::begin(lint_table);
  while (row->code != code) ++row;
  return row;
}

}  // namespace mailconf
