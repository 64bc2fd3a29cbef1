#include "options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fmt/core.h>

#include "display_text.h"
#include "guide_options.h"
#include "option_values.h"

namespace mailconf::cli {
namespace {

constexpr double kLeastSeconds = 0.1;
constexpr double kMostSeconds = 600;
constexpr std::size_t kMostAtOnce = 1000;

Reading read_deadline(const Typed& typed, Options& options) {
  if (!typed) return {};
  const std::string& text = *typed;
  double seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds, std::chars_format::fixed);
  if (error != std::errc() || stop != end || !(seconds >= kLeastSeconds && seconds <= kMostSeconds)) {
    return bad("--deadline", text, "is not a number of seconds from 0.1 to 600");
  }
  options.resolver.deadline = std::chrono::milliseconds(static_cast<long>(seconds * 1000));
  return {};
}

constexpr std::array<Choice<SendAddress>, 2> kSendAddress{
    {{"never", SendAddress::never}, {"retry", SendAddress::retry}}};
constexpr std::array<Choice<Trust>, 2> kRequireTrust{
    {{"authenticated", Trust::authenticated}, {"confirm", Trust::confirm}}};
constexpr std::array<Choice<ColorUse>, 3> kColor{
    {{"auto", ColorUse::automatic}, {"always", ColorUse::always}, {"never", ColorUse::never}}};

constexpr std::array<Choice<Severity>, 2> kFailOn{{{"error", Severity::error}, {"warning", Severity::warning}}};
constexpr std::array<Choice<std::optional<AuditFormat>>, 3> kCheckFormat{
    {{"sarif", AuditFormat::sarif}, {"markdown", AuditFormat::markdown}, {"html", AuditFormat::html}}};
constexpr std::array<Choice<ResultFormat>, 2> kFormat{{{"ndjson", ResultFormat::ndjson}, {"csv", ResultFormat::csv}}};

Reading read_concurrency(const Typed& typed, BulkRequest& bulk) {
  if (!typed) return {};
  const char* end = typed->data() + typed->size();
  const auto [stop, error] = std::from_chars(typed->data(), end, bulk.concurrency);
  const bool good = error == std::errc() && stop == end && bulk.concurrency >= 1 && bulk.concurrency <= kMostAtOnce;
  return good ? Reading() : bad("--concurrency", *typed, "is not a number from 1 to 1000");
}

BulkRequest with_names(const TypedOptions& typed, BulkRequest bulk) {
  bulk.resume = typed.resume.value_or("");
  bulk.given = typed.concurrency ? "--concurrency" : typed.format ? "--format" : typed.resume ? "--resume" : "";
  return bulk;
}

Reading read_isp_dir(const Typed& typed, Options& options) {
  if (!typed) return {};
  const std::string& text = *typed;
  std::error_code error;
  if (!std::filesystem::is_directory(text, error)) return bad("--isp-dir", text, "is no directory that can be read");
  options.resolver.isp_dir = text;
  return {};
}

Reading read_ispdb(const Typed& typed, Options& options) {
  if (!typed) return {};
  const std::string& text = *typed;
  if (text != "off" && !text.starts_with("https://")) return bad("--ispdb", text, "is neither an https URL nor off");
  options.resolver.ispdb = text;
  return {};
}

Reading read_sources(const std::vector<std::string>& lists, Options& options) {
  for (const std::string& list : lists) {
    for (std::size_t start = 0; start <= list.size();) {
      const std::size_t comma = std::min(list.find(',', start), list.size());
      if (comma == start) return bad("--sources", list, "has an empty name; names are separated by commas");
      options.resolver.sources.push_back(list.substr(start, comma - start));
      start = comma + 1;
    }
  }
  return {};
}

Reading read_connect_to(const std::vector<std::string>& texts, Options& options) {
  for (const std::string& text : texts) {
    auto to = ConnectTo::parse(text);
    if (!to) return bad("--connect-to", text, to.error().message);
    options.resolver.connect_to.push_back(*std::move(to));
  }
  return {};
}

std::vector<std::string> names_in(std::string_view list) {
  constexpr std::string_view separators = ", \t";
  std::vector<std::string> names;
  for (std::size_t end = 0, start = list.find_first_not_of(separators); start != list.npos;
       start = list.find_first_not_of(separators, end)) {
    end = std::min(list.find_first_of(separators, start), list.size());
    names.emplace_back(list.substr(start, end - start));
  }
  return names;
}

// A proxy of the environment is meant for many programs: that this one cannot use it is said with where it comes from.
Reading read_proxy(const Typed& typed, const Environment& environment, Options& options) {
  const std::string& url = typed ? *typed : environment.proxy;
  if (typed && typed->empty()) return bad("--proxy", url, "is neither an URL nor off");
  if (url.empty() || url == "off") return {};
  const bool known = url.starts_with("http://") || url.starts_with("socks5h://") || url.find("://") == url.npos;
  if (!known) {
    return fail(ErrorCode::bad_option, typed ? "--proxy" : "HTTPS_PROXY",
                fmt::format("is neither http://HOST:PORT nor socks5h://HOST:PORT{}",
                            typed ? "" : "; --proxy off does without"));
  }
  options.resolver.proxy = url;
  options.resolver.no_proxy = names_in(environment.no_proxy);
  return {};
}

std::string variable(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

Reading read_ca_file(const Typed& typed, Options& options) {
  if (!typed) return {};
  std::error_code error;
  if (!std::filesystem::exists(*typed, error) || std::filesystem::is_directory(*typed, error)) {
    return bad("--ca-file", *typed, "is no file that can be read");
  }
  options.resolver.ca_file = *typed;
  return {};
}

// What no server's user has in the name; the terminal and the protocols' lines are spared it.
Reading refuse_controls(std::string option, const Typed& typed) {
  const auto is_control = [](char octet) { return static_cast<unsigned char>(octet) < ' ' || octet == '\x7f'; };
  if (typed && std::any_of(typed->begin(), typed->end(), is_control))
    return bad(std::move(option), *typed, "has a control character");
  return {};
}

Reading refuse_both(const Typed& password_file, const Typed& token_file) {
  if (!password_file || !token_file) return {};
  return fail(ErrorCode::bad_option, "--token-file", "cannot be given together with --password-file");
}

Reading refuse_record_and_replay(const Typed& record, const Typed& replay) {
  if (!record || !replay) return {};
  return fail(ErrorCode::bad_option, "--replay", "cannot be given together with --record");
}

Reading read_dns(const std::vector<std::string>& texts, Options& options) {
  for (const std::string& text : texts) {
    if (text.empty()) return bad("--dns", text, "is no name server");
    options.resolver.dns.push_back(text);
  }
  return {};
}

}  // namespace

Environment read_environment() {
  return {variable({"HTTPS_PROXY", "https_proxy"}), variable({"NO_PROXY", "no_proxy"})};
}

Result<Options> understood(const TypedOptions& typed, const Environment& environment) {
  Options options;
  const std::array readings{
      read_deadline(typed.deadline, options),
      read_dns(typed.dns, options),
      read_choice("--send-address", typed.send_address, kSendAddress, options.resolver.send_address),
      read_choice("--require-trust", typed.require_trust, kRequireTrust, options.required_trust),
      read_choice("--color", typed.color, kColor, options.color),
      read_ca_file(typed.ca_file, options),
      read_isp_dir(typed.isp_dir, options),
      read_ispdb(typed.ispdb, options),
      read_sources(typed.sources, options),
      read_connect_to(typed.connect_to, options),
      read_proxy(typed.proxy, environment, options),
      read_concurrency(typed.concurrency, options.bulk),
      read_choice("--format", typed.format, kFormat, options.bulk.format),
      read_choice("--format", typed.check_format, kCheckFormat, options.check.format),
      read_choice("--fail-on", typed.fail_on, kFailOn, options.check.fail_on),
      refuse_empty("--resume", typed.resume),
      refuse_empty("--record", typed.record),
      refuse_empty("--replay", typed.replay),
      refuse_record_and_replay(typed.record, typed.replay),
      refuse_empty("--username", typed.username),
      refuse_controls("--username", typed.username),
      refuse_empty("--password-file", typed.password_file),
      refuse_empty("--token-file", typed.token_file),
      refuse_both(typed.password_file, typed.token_file),
      refuse_empty("--output", typed.output),
      refuse_empty("--password-command", typed.password_command),
      read_guide_options(typed, options.guide),
  };
  for (const Reading& reading : readings) {
    if (!reading) return tl::unexpected(reading.error());
  }
  options.resolver.allow_plaintext = typed.allow_plaintext;
  options.resolver.allow_http = typed.allow_http;
  options.resolver.allow_private = typed.allow_private;
  options.resolver.proxy_only = typed.proxy_only;
  options.resolver.probe = !typed.no_probe;
  options.json = typed.json;
  options.trace = typed.trace;
  options.quiet = typed.quiet;
  options.bulk = with_names(typed, options.bulk);
  options.record = typed.record.value_or("");
  options.replay = typed.replay.value_or("");
  options.login = {typed.username.value_or(""), typed.password_file.value_or(""), typed.token_file.value_or(""),
                   typed.yes};
  options.clients = typed.clients;
  options.export_request = {typed.program.value_or(""), typed.output.value_or(""), typed.force,
                            typed.password_command.value_or("")};
  return options;
}

}  // namespace mailconf::cli
