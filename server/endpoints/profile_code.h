// The way to an Apple profile as a QR code: shown on a screen of one device, followed by the camera of another.
#pragma once

#include "server/answer.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

// A drawing in SVG of the https URL of the profile on the host that was asked; refused as the profile would be.
Answer profile_code(const Request& request, const Domains& domains);

}  // namespace mailconf::server
