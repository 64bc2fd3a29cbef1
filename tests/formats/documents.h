// One minimal document and one edit a test.
#pragma once

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/formats.h"

namespace mailconf::test {

inline const std::string minimal_document = R"(<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="example.org">
    <domain>example.org</domain>
    <displayName>Example Mail</displayName>
    <displayShortName>Example</displayShortName>
    <incomingServer type="imap">
      <hostname>imap.example.org</hostname>
      <port>993</port>
      <socketType>SSL</socketType>
      <authentication>password-cleartext</authentication>
      <username>%EMAILADDRESS%</username>
    </incomingServer>
    <!-- a second way to read -->
    <incomingServer type="pop3">
      <hostname>pop.example.org</hostname>
      <port>995</port>
      <socketType>SSL</socketType>
      <authentication>password-cleartext</authentication>
      <username>%EMAILLOCALPART%</username>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.example.org</hostname>
      <port>587</port>
      <socketType>STARTTLS</socketType>
      <authentication>password-cleartext</authentication>
      <username>%EMAILADDRESS%</username>
    </outgoingServer>
  </emailProvider>
</clientConfig>
)";

// The first `from` replaced; it must be there.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  BOOST_REQUIRE_MESSAGE(at != text.npos, "nothing to edit: " << from);
  return text.replace(at, from.size(), to);
}
inline std::string edited(std::string_view from, std::string_view to) { return replaced(minimal_document, from, to); }

inline DomainName domain(std::string_view text) { return DomainName::parse(text).value(); }

inline ReadSettings read(std::string_view bytes, std::string_view for_domain = "example.org") {
  auto result = read_autoconfig_xml(bytes, domain(for_domain));
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().text()));
  return *std::move(result);
}

inline std::string refusal(std::string_view bytes) {
  const auto result = read_autoconfig_xml(bytes, domain("example.org"));
  return result ? "accepted" : result.error().text();
}

// "imap imap.example.org:993 SSL password-cleartext %EMAILADDRESS%".
inline std::string line(const Server& server) {
  std::string text(to_string(server.type));
  text += server.url.empty() ? " " + server.hostname + ":" + std::to_string(server.port) + " " +
                                   std::string(to_string(server.socket_type))
                             : " " + server.url;
  for (const auto value : server.authentication) text += " " + std::string(to_string(value));
  return text + " " + (server.username.empty() ? "-" : server.username);
}

inline std::vector<std::string> lines(const std::vector<Server>& servers) {
  std::vector<std::string> result;
  for (const auto& server : servers) result.push_back(line(server));
  return result;
}

inline std::vector<std::string> codes(const ReadSettings& document) {
  std::vector<std::string> result;
  for (const auto& diagnostic : document.diagnostics) result.push_back(diagnostic.code);
  return result;
}

inline void expect_lines(const std::vector<std::string>& found, const std::vector<std::string>& expected) {
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

inline bool mentions(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

inline std::string file_contents(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(stream, "cannot read " << path);
  std::ostringstream contents;
  contents << stream.rdbuf();
  return std::move(contents).str();
}

inline std::vector<std::filesystem::path> xml_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".xml") result.push_back(entry.path());
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace mailconf::test
