#include "server/endpoints/profile_code.h"

#include <Poco/URI.h>
#include <fmt/core.h>
#include <qrcodegen/qrcodegen.hpp>

#include "server/document_answer.h"
#include "server/endpoints/profile.h"

namespace mailconf::server {
namespace {

// ISO/IEC 18004 §5.3.8: four modules of white on every side.
constexpr int quiet_zone = 4;

std::string url_of_profile(const std::string& host, const std::string& address) {
  std::string encoded;
  Poco::URI::encode(address, "!#$&'*+/=?@[]^`{|}~\"\\", encoded);
  return "https://" + host + "/email.mobileconfig?emailaddress=" + encoded;
}

// One path of unit squares; attributes rather than styles, which the security policy of our answers forbids.
std::string drawing_of(const std::string& text) {
  const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  std::string squares;
  for (int y = 0; y < code.getSize(); ++y) {
    for (int x = 0; x < code.getSize(); ++x) {
      if (code.getModule(x, y)) squares += fmt::format("M{},{}h1v1h-1z", x + quiet_zone, y + quiet_zone);
    }
  }
  const int side = code.getSize() + 2 * quiet_zone;
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"{1}\" height=\"{1}\" "
      "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0,0h{0}v{0}h-{0}z\"/><path d=\"{2}\"/></svg>\n",
      side, side * 6, squares);
}

}  // namespace

Answer profile_code(const Request& request, const Domains& domains) {
  auto of_profile = profile(request, domains);
  if (of_profile.status != 200) return of_profile;
  if (!request.host.domain) return explain(400, "Ask by the name of the server: devices must find the way to it.");
  return fresh_answer(drawing_of(url_of_profile(request.host.text, address_for_profile(request))), "image/svg+xml");
}

}  // namespace mailconf::server
