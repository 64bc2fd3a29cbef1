// What should be asked, by what is known.
#pragma once

#include <vector>

#include "audit/roads.h"

namespace mailconf::audit {

// All questions that the present knowledge calls for, those with an answer too. It only grows with the knowledge: an
// audit is at its end when every one of them is answered.
std::vector<Question> wanted(const Gathered& gathered);

// How the servers that publications name are looked at; unencrypted ones are not.
std::vector<ProbeQuestion> servers_to_look_at(const std::vector<Publication>& publications);

}  // namespace mailconf::audit
