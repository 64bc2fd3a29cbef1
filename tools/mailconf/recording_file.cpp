#include "recording_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>

#include "private_file.h"

namespace mailconf::cli {
namespace {

// The library refuses more; what is larger need not be read to know that.
constexpr std::uintmax_t kLargest = 64 * 1024 * 1024;

// The commands, in the order of RecordedRun.
constexpr std::array<std::string_view, 4> kRuns{"resolve", "probe", "check", "simulate"};

Result<std::string> text_of(const std::string& path) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return fail(ErrorCode::io, path, "is no file that can be read");
  const auto size = std::filesystem::file_size(path, problem);
  if (problem) return fail(ErrorCode::io, path, problem.message());
  if (size > kLargest) return fail(ErrorCode::too_large, path, "is larger than 64 MiB");
  std::string text(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(text.data(), static_cast<std::streamsize>(size)))
    return fail(ErrorCode::io, path, std::strerror(errno));
  return text;
}

Result<Resolver> replay_file(const std::string& path) {
  const auto text = text_of(path);
  if (!text) return tl::unexpected(text.error());
  auto resolver = Resolver::replay(*text);
  if (resolver) return resolver;
  const Error& error = resolver.error();
  return fail(error.code, error.place.empty() ? path : fmt::format("{}:{}", path, error.place), error.message);
}

Result<void> check_is_new(const std::string& path) {
  std::error_code problem;
  const auto status = std::filesystem::symlink_status(path, problem);
  if (!std::filesystem::exists(status)) return {};
  return fail(ErrorCode::io, path, "is there already");
}

std::string domain_of(const AddressOrDomain& subject) {
  const auto* address = std::get_if<EmailAddress>(&subject);
  return address ? address->domain().ascii() : std::get<DomainName>(subject).ascii();
}

}  // namespace

Result<Resolver> make_resolver(const Options& options) {
  if (!options.replay.empty()) return replay_file(options.replay);
  if (!options.record.empty()) {
    if (const auto checked = check_is_new(options.record); !checked) return tl::unexpected(checked.error());
  }
  return Resolver::create(options.resolver);
}

Result<void> write_recording_file(const Options& options, const std::string& recording) {
  return options.record.empty() ? Result<void>() : write_private_file(options.record, recording, false);
}

Result<void> check_recording_operands(const CommandLine& line, std::string_view noun) {
  const bool one = line.operands.size() == 1 && line.operands.front() != "-";
  const auto refused = [&](const char* option) {
    return fail(ErrorCode::bad_option, option, fmt::format("is for one {}", noun));
  };
  if (!line.options.record.empty() && !one) return refused("--record");
  if (!line.options.replay.empty() && !one && !line.operands.empty()) return refused("--replay");
  return {};
}

Result<AddressOrDomain> searched_subject(const Resolver& resolver, const std::optional<AddressOrDomain>& typed,
                                         const Options& options, RecordedRun run) {
  if (options.replay.empty()) return *typed;
  if (const auto recorded = resolver.recorded_run().value(); recorded != run)
    return fail(ErrorCode::bad_address, options.replay,
                fmt::format("is a recording of mailconf {}", kRuns.at(static_cast<std::size_t>(recorded))));
  const auto recorded = resolver.recorded();
  if (!typed) return *recorded;
  if (domain_of(*typed) == domain_of(*recorded)) return *typed;
  return fail(ErrorCode::bad_address, options.replay, "is a recording of " + domain_of(*recorded));
}

Result<Search> search_of(const CommandLine& line) {
  const Options& options = line.options;
  std::optional<AddressOrDomain> typed;
  if (!line.operands.empty()) {
    auto address = EmailAddress::parse(line.operands.front());
    if (!address) return tl::unexpected(address.error());
    typed = std::move(*address);
  }
  auto resolver = make_resolver(options);
  if (!resolver) return tl::unexpected(resolver.error());
  auto subject = searched_subject(*resolver, typed, options);
  if (!subject) return tl::unexpected(subject.error());
  auto* address = std::get_if<EmailAddress>(&*subject);
  if (address == nullptr)
    return fail(ErrorCode::bad_address, options.replay, "is a recording of a domain, not of an address");
  return Search{std::move(*resolver), std::move(*address)};
}

}  // namespace mailconf::cli
