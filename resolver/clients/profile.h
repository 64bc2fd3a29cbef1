// Apple's configuration profiles, as far as mail goes.
#pragma once

#include "sources/source.h"

namespace mailconf::clients {

// The mail account of a profile (com.apple.mail.managed), signed or not. What the device would ask the user for is
// empty.
Step read_profile_answer(const Answer& answer);

}  // namespace mailconf::clients
