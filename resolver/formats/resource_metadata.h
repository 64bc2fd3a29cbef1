// What a resource reached over HTTP says of itself (RFC 9728 §2).
#pragma once

#include <string>
#include <string_view>

#include "mailconf/result.h"

namespace mailconf {

struct ResourceMetadata {
  std::string resource;  // as the document spells it
  std::string issuer;    // the first of its authorization servers that is an https address
};

// An error without a resource, or without such an issuer.
Result<ResourceMetadata> read_resource_metadata(std::string_view octets);

}  // namespace mailconf
