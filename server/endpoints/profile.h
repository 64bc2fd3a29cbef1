// Configuration profiles for Apple's devices, which a person fetches with a browser.
#pragma once

#include <string>

#include "server/answer.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

// The same address always gets the same profile, so that a newer one replaces it on the device.
Answer profile(const Request& request, const Domains& domains);

// For whom the request wants a profile, as it is written there; empty when it does not say.
std::string address_for_profile(const Request& request);

}  // namespace mailconf::server
