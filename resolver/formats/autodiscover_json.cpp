// Autodiscover in JSON ("v2"), of which there is no specification: names as Exchange Online writes them.
#include "formats/json.h"
#include "mailconf/publishing.h"

namespace mailconf {

std::string write_autodiscover_json(std::string_view protocol, std::string_view url) {
  return json::serialize(json::object{{"Protocol", json::text(protocol)}, {"Url", json::text(url)}}, false);
}

std::string write_autodiscover_json_error(std::string_view code, std::string_view message) {
  return json::serialize(json::object{{"ErrorCode", json::text(code)}, {"ErrorMessage", json::text(message)}}, false);
}

}  // namespace mailconf
