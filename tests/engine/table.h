// An engine with scripted sources and a hand on the clock.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/resolution.h"

namespace mailconf::testing {

Server server(ServerType type, const std::string& host, std::uint16_t port, SocketType socket_type = SocketType::ssl);

enum class Half { both, reading, sending };
// At "imap." and "smtp." of the host.
Settings settings_at(const std::string& host, Half half = Half::both);

// Asks one question; 200 yields its settings, anything else is judged by the common rule. Without a question, it knows.
CatalogEntry source(std::string_view id, std::optional<Question> question, std::optional<Settings> settings);
Question page(const std::string& host);
Question port(const std::string& host);
// "autoconfig", of the domain itself, and "ispdb".
std::vector<CatalogEntry> own_and_database();

HttpAnswer status(int code);
ProbeAnswer good(CertificateVerdict verdict = CertificateVerdict::valid);
Failure timeout();
Failure refused();

// One resolution under test: what is out, and how it goes on.
class Table {
 public:
  explicit Table(std::vector<CatalogEntry> catalog, ResolutionOptions options = {}, Observer observer = {});

  // To the question whose target holds `asked`.
  void answer(const std::string& asked, const Answer& answer, Instant at);
  // To those about the two servers of settings_at(host).
  void prove(const std::string& host, Instant at);
  void pass(Instant at) { follow(resolution.on_time(at)); }
  void abort(Instant at) { follow(resolution.abort(at)); }

  [[nodiscard]] bool is_out(const std::string& asked) const;
  [[nodiscard]] const Report& report() const { return resolution.report(); }
  [[nodiscard]] std::string outcome(const std::string& source) const;

  Subject subject;
  Resolution resolution;
  std::map<std::uint32_t, Question> out;
  Instant wake{};
  bool finished = false;

 private:
  void follow(const Orders& orders);
};

}  // namespace mailconf::testing
