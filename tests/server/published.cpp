#include "server/published.h"

#include <Poco/TemporaryFile.h>
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <numeric>
#include <stdexcept>

#include "mailconf/formats.h"

namespace mailconf::testing {
namespace {

std::string configuration_text(const Wishes& wishes) {
  return "[server]\nhttp = [\"127.0.0.1:0\"]\n" + wishes.server + (wishes.watch ? "" : "\nwatch = false") +
         "\n[store]\nurl = \"" + wishes.store + "\"\n[admin]\nlisten = \"127.0.0.1:0\"\n" + wishes.more;
}

}  // namespace

TemporaryFolder::TemporaryFolder() : path_(Poco::TemporaryFile::tempName()) {
  std::filesystem::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path_); }

std::filesystem::path TemporaryFolder::write(const std::string& name, const std::string& text) const {
  const auto file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

void TemporaryFolder::remove(const std::string& name) const { std::filesystem::remove(path_ / name); }

void RecordingChannel::log(const Poco::Message& message) {
  const std::lock_guard lock(mutex_);
  lines_.push_back(message.getText());
  logged_.notify_all();
}

std::vector<std::string> RecordingChannel::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

std::vector<std::string> RecordingChannel::lines_with(const std::string& text) const {
  auto found = lines();
  std::erase_if(found, [&](const std::string& line) { return line.find(text) == line.npos; });
  return found;
}

bool RecordingChannel::waits_for(const std::string& text, int lines) const {
  constexpr std::chrono::seconds patience{20};
  const auto holds = [&](const std::string& line) { return line.find(text) != line.npos; };
  std::unique_lock lock(mutex_);
  return logged_.wait_for(lock, patience, [&] { return std::ranges::count_if(lines_, holds) >= lines; });
}

std::string definition(const std::vector<std::string>& domains, const std::string& more) {
  const auto join = [](std::string list, const std::string& name) {
    return std::move(list) + (list.empty() ? "\"" : ", \"") + name + "\"";
  };
  const auto list = std::accumulate(domains.begin(), domains.end(), std::string(), join);
  const auto& host = domains.front();
  return "domains = [" + list + "]\ndisplayName = \"Mail of " + host + "\"\n" + more +
         "\n[[incoming]]\ntype = \"imap\"\nhostname = \"imap." + host +
         "\"\nport = 993\nsocketType = \"SSL\"\nauthentication = [\"password-cleartext\"]\nusername = "
         "\"%EMAILADDRESS%\"\n"
         "\n[[outgoing]]\ntype = \"smtp\"\nhostname = \"smtp." +
         host +
         "\"\nport = 465\nsocketType = \"SSL\"\nauthentication = [\"password-cleartext\"]\nusername = "
         "\"%EMAILADDRESS%\"\n";
}

Published::Published(const std::vector<std::string>& definitions, const Wishes& wishes)
    : channel(new RecordingChannel), log(channel) {
  if (wishes.domains) std::filesystem::create_directories(folder.path() / "domains");
  for (std::size_t i = 0; i < definitions.size(); ++i)
    folder.write("domains/" + std::to_string(i) + ".toml", definitions[i]);
  const auto read = server::read_configuration(folder.write("mailconfd.toml", configuration_text(wishes)));
  for (const auto& problem : read.problems) throw std::runtime_error(problem.text());
  auto started = server::PublishingServer::start(read.configuration, log, wishes.limits, wishes.surroundings);
  if (!started) throw std::runtime_error(started.error().text());
  server = *std::move(started);
}

Reply Published::request(const std::string& method, const std::string& target, const std::string& host,
                         const std::string& more_headers) const {
  Client client(http());
  client.send(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more_headers + "\r\n");
  return client.read(method == "HEAD");
}

Reply Published::get(const std::string& target, const std::string& host, const std::string& more_headers) const {
  return request("GET", target, host, more_headers);
}

Reply Published::post(const std::string& target, const std::string& host, const std::string& body,
                      const std::string& more_headers) const {
  return ask(http(), "POST " + target + " HTTP/1.1\r\nHost: " + host +
                         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more_headers + "\r\n" + body);
}

Settings document_of(const Reply& reply) {
  BOOST_TEST_REQUIRE(reply.status == 200);
  const auto any = read_autoconfig_xml(reply.body, *DomainName::parse("nobody.example"));
  BOOST_TEST_REQUIRE(any.has_value());
  BOOST_TEST_REQUIRE(!any->settings.provider.domains.empty());
  const auto read = read_autoconfig_xml(reply.body, any->settings.provider.domains.front());
  for (const auto& remark : read->diagnostics) BOOST_ERROR(remark.place + ": " + remark.message);
  return read->settings;
}

std::vector<std::string> domains_of(const Reply& reply) {
  std::vector<std::string> names;
  for (const auto& domain : document_of(reply).provider.domains) names.push_back(domain.ascii());
  return names;
}

}  // namespace mailconf::testing
