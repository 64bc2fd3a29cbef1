#include "server/store/issuer_place.h"

namespace mailconf::server {

std::string issuer_place(const Definition& definition) {
  constexpr std::string_view https = "https://";
  const auto& oauth2 = definition.settings.oauth2;
  if (!oauth2 || !oauth2->issuer.starts_with(https) || oauth2->issuer.find_first_of("?#@") != std::string::npos)
    return "";
  auto place = oauth2->issuer.substr(https.size());
  if (place.ends_with('/')) place.pop_back();
  return place;
}

}  // namespace mailconf::server
