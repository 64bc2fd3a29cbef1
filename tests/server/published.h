// A server that publishes what a test wants it to, in this process, on loopback.
#pragma once

#include <Poco/Channel.h>
#include <Poco/Message.h>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mailconf/settings.h"
#include "server/client.h"
#include "server/publishing_server.h"

namespace mailconf::testing {

// Removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // Folders on the way are made.
  std::filesystem::path write(const std::string& name, const std::string& text) const;
  void remove(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

// Keeps the lines of a log.
class RecordingChannel : public Poco::Channel {
 public:
  void log(const Poco::Message& message) override;
  [[nodiscard]] std::vector<std::string> lines() const;
  // The lines that hold `text`.
  [[nodiscard]] std::vector<std::string> lines_with(const std::string& text) const;
  // Until so many lines hold `text`; false when they do not in twenty seconds.
  [[nodiscard]] bool waits_for(const std::string& text, int lines = 1) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable logged_;
  std::vector<std::string> lines_;
};

// A definition that every client accepts: imap.HOST and smtp.HOST, where HOST is the first of `domains`.
std::string definition(const std::vector<std::string>& domains, const std::string& more = "");

struct Wishes {
  std::string server = {};  // more lines of [server]
  std::string more = {};    // more sections
  server::Limits limits = {};
  server::Surroundings surroundings = {};
  bool watch = false;   // the folders of definitions and certificates
  bool domains = true;  // there is a folder of definitions
  std::string store = "directory:domains";
};

class Published {
 public:
  // Each definition becomes a file "<number>.toml".
  explicit Published(const std::vector<std::string>& definitions, const Wishes& wishes = {});

  Reply get(const std::string& target, const std::string& host, const std::string& more_headers = "") const;
  Reply post(const std::string& target, const std::string& host, const std::string& body,
             const std::string& more_headers = "") const;
  Reply request(const std::string& method, const std::string& target, const std::string& host,
                const std::string& more_headers = "") const;

  [[nodiscard]] Poco::Net::SocketAddress http() const { return server->http().front(); }
  [[nodiscard]] Poco::Net::SocketAddress https() const { return server->https().front(); }
  [[nodiscard]] Poco::Net::SocketAddress admin() const { return *server->admin(); }

  TemporaryFolder folder;
  Poco::AutoPtr<RecordingChannel> channel;
  server::Log log;
  std::unique_ptr<server::PublishingServer> server;
};

// The answer is an autoconfig document that the library reads without a remark.
Settings document_of(const Reply& reply);
// The domains that the document names.
std::vector<std::string> domains_of(const Reply& reply);

}  // namespace mailconf::testing
