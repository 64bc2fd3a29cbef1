// An internet of mail exchangers for the server to ask.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/mx/mx_lookup.h"

namespace mailconf::testing {

// Domains that it was not told about have no MX record.
class FakeMx : public server::MxLookup {
 public:
  MailHosts look_up(const DomainName& domain, const std::stop_token& stop) override;

  // `hosts` in order of preference.
  void mail_goes_to(const std::string& domain, const std::vector<std::string>& hosts);
  void cannot_be_asked(const std::string& domain);
  // In order of arrival.
  [[nodiscard]] std::vector<std::string> questions() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, MailHosts> answers_;
  std::vector<std::string> questions_;
};

// The same, but each answer is held back until it is released or a stop is requested, which makes it unknown.
class HeldMx : public FakeMx {
 public:
  MailHosts look_up(const DomainName& domain, const std::stop_token& stop) override;

  // Returns once so many look-ups have arrived since the beginning.
  void wait_for(std::size_t arrived);
  void release(std::size_t count);
  void release_all();
  [[nodiscard]] std::size_t most_at_once() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::size_t arrived_ = 0;
  std::size_t present_ = 0;
  std::size_t most_ = 0;
  std::size_t released_ = 0;
};

}  // namespace mailconf::testing
