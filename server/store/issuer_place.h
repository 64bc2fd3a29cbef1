// By what the metadata of an authorization server is asked for.
#pragma once

#include <string>

#include "server/store/store.h"

namespace mailconf::server {

// The issuer of the definition without "https://" and a slash at the end: "auth.example.org/tenant". Empty when there
// is none that can be asked for: it is https and has neither query nor fragment (RFC 8414 §2).
std::string issuer_place(const Definition& definition);

}  // namespace mailconf::server
