#include "server/endpoints/acme_challenge.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace mailconf::server {
namespace {

// The token, a dot and the thumbprint of the account's key in 43 letters (RFC 8555 §8.1); some clients end the line.
constexpr std::size_t longest_token = 128;
constexpr std::size_t longest_authorization = 256;

// RFC 8555 §8.3: of base64url, and nothing else; so that no dot and no stroke ever gets into a path.
bool is_token_of_challenge(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= longest_token && std::ranges::all_of(text, is_allowed);
}

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int value() const { return value_; }

 private:
  int value_;
};

// Step by step, because a link on the way would lead out of the folder; not blocking, because a pipe may lie there.
int open_below(const std::filesystem::path& webroot, const std::string& token) {
  constexpr int folder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  const Descriptor root(::open(webroot.c_str(), folder));
  const Descriptor well_known(::openat(root.value(), ".well-known", folder | O_NOFOLLOW));
  const Descriptor challenges(::openat(well_known.value(), "acme-challenge", folder | O_NOFOLLOW));
  return ::openat(challenges.value(), token.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

// Nothing of a file that is too long: it is no answer to a challenge.
std::optional<std::string> read_short_file(int descriptor) {
  struct stat about {};
  if (descriptor < 0 || ::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
  std::array<char, longest_authorization + 1> octets{};
  const auto length = ::read(descriptor, octets.data(), octets.size());
  if (length <= 0 || static_cast<std::size_t>(length) > longest_authorization) return std::nullopt;
  return std::string(octets.data(), static_cast<std::size_t>(length));
}

}  // namespace

Answer acme_challenge(const Request& request, const std::filesystem::path& webroot) {
  const auto& token = request.target.last_segment;
  if (webroot.empty() || !is_token_of_challenge(token)) return explain(404, "There is no such challenge.");
  const Descriptor file(open_below(webroot, token));
  auto authorization = read_short_file(file.value());
  if (!authorization) return explain(404, "There is no such challenge.");
  auto answer = explain(200, "");
  answer.body = *std::move(authorization);
  answer.content_type = "application/octet-stream";
  return answer;
}

}  // namespace mailconf::server
