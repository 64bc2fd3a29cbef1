#include "server/client_family.h"

#include <Poco/String.h>
#include <string>

namespace mailconf::server {
namespace {

struct Mark {
  std::string_view text;  // lower-case, somewhere in the User-Agent
  std::string_view family;
};
// More special ones first: Thunderbird for Android and Evolution name a library or a browser as well.
constexpr Mark marks[] = {
    {"thunderbird", "thunderbird"},
    {"k-9", "k-9"},
    {"evolution", "evolution"},
    {"kmail", "kmail"},
    {"geary", "geary"},
    {"fairemail", "fairemail"},
    {"deltachat", "delta-chat"},
    {"nextcloud", "nextcloud"},
    {"outlook", "outlook"},
    {"microsoft", "outlook"},
    {"okhttp", "okhttp"},
    {"darwin", "apple"},
    {"curl", "curl"},
    {"mailconf", "mailconf"},
    {"mozilla", "browser"},
};

}  // namespace

std::string_view client_family(std::string_view user_agent) {
  const auto text = Poco::toLower(std::string(user_agent));
  for (const auto& mark : marks) {
    if (text.find(mark.text) != text.npos) return mark.family;
  }
  return user_agent.empty() ? "none" : "other";
}

}  // namespace mailconf::server
