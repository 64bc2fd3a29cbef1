// What a level of trust asks of the user, in words.
#pragma once

#include <string>
#include <vector>

#include "mailconf/report.h"

namespace mailconf::cli {

// The domains that the servers belong to, other than the mail domain's own, by the Public Suffix List: what a user who
// is asked for consent must see in full.
std::vector<std::string> foreign_domains(const Configuration& configuration, const std::string& mail_domain);

std::string trust_words(const Report& report);

}  // namespace mailconf::cli
