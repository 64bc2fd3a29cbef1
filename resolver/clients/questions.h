// What stands in a file of facts to what is asked, and back to what is shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/facts.h"
#include "protocol/question.h"

namespace mailconf::clients {

// What a simulation is about.
struct Circumstances {
  DomainName domain;
  std::optional<EmailAddress> address;
  bool send_address = false;  // to hosts of the domain over TLS
  bool allow_http = false;
};

// Stands for the user, who is nobody else's business: a name that every domain has (RFC 5321 §4.5.1).
inline constexpr std::string_view stand_in = "postmaster";

// {domain}, {name}, {address} and {md5} (of the address) replaced; {address} is percent-encoded. Nothing when a name
// makes no question.
std::optional<Question> question_for(const Way& way, std::string_view text, const Circumstances& about,
                                     const std::string& name);
// A server of the facts with its host name filled in.
Server server_for(const Server& server, const DomainName& domain, const std::string& name);

// In hexadecimal digits. What Evolution sends of an address; nothing is kept secret by it.
std::string md5_of(std::string_view text);

std::string request_text(const Question& question);

// The names that an answer leaves for other ways.
std::vector<std::string> names_in(const Answer& answer, Takes takes, const Circumstances& about);

}  // namespace mailconf::clients
