// Certificates made in the test: one authority and any number of servers. Their dates are fixed, far from today.
#pragma once

#include <string>
#include <vector>

namespace mailconf::testing {

struct CertificateWish {
  std::vector<std::string> names;  // DNS names and address literals (subjectAltName)
  std::string common_name = "test";
  std::string not_before = "20000101000000Z";
  std::string not_after = "21000101000000Z";
  bool self_signed = false;
};

// PEM texts.
struct Identity {
  std::string certificate;
  std::string key;
};

class TestCa {
 public:
  explicit TestCa(const std::string& organisation = "Test Authority");
  ~TestCa();
  TestCa(const TestCa&) = delete;
  TestCa& operator=(const TestCa&) = delete;

  [[nodiscard]] Identity issue(const CertificateWish& wish) const;
  // The authority's certificate as a PEM file, removed with this object.
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::string organisation_;
  Identity authority_;
  std::string file_;
};

}  // namespace mailconf::testing
