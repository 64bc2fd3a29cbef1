// Autodiscover as clients ask it, and what is read from the answers.
#pragma once

#include <boost/test/unit_test.hpp>

#include "mailconf/formats.h"
#include "server/published.h"

namespace mailconf::testing::autodiscover {

inline constexpr auto service = "/autodiscover/autodiscover.xml";
inline constexpr auto host = "autodiscover.example.com";
inline const std::string outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
inline const std::string mobilesync =
    "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

inline std::string asking_for(const std::string& address, const std::string& schema = outlook) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Autodiscover><Request><EMailAddress>" + address +
         "</EMailAddress><AcceptableResponseSchema>" + schema + "</AcceptableResponseSchema></Request></Autodiscover>";
}
inline const std::string alice = asking_for("alice@example.com");

// The answer follows the format; with status 200, whatever it says.
inline AutodiscoverAnswer answer_of(const Reply& reply) {
  BOOST_TEST_REQUIRE(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "text/xml; charset=utf-8");
  auto answer = read_autodiscover_xml(reply.body, *DomainName::parse("example.com"));
  BOOST_TEST_REQUIRE(answer.has_value());
  return *std::move(answer);
}

inline Settings settings_of(const Reply& reply) {
  const auto answer = answer_of(reply);
  BOOST_TEST_REQUIRE(answer.document.has_value());
  for (const auto& remark : answer.document->diagnostics) BOOST_ERROR(remark.place + ": " + remark.message);
  return answer.document->settings;
}

inline int error_of(const Reply& reply) { return answer_of(reply).error; }

inline bool holds(const Reply& reply, const std::string& text) { return reply.body.find(text) != reply.body.npos; }

struct TwoDomains : Published {
  TwoDomains() : Published({definition({"example.com"}), definition({"example.net"})}) {}
  [[nodiscard]] Reply asked(const std::string& body, const std::string& more_headers = "") const {
    return post(service, host, body, more_headers);
  }
};

}  // namespace mailconf::testing::autodiscover
