// The options of the commands that use the network, as typed and as understood.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mailconf/audit.h"
#include "mailconf/guide.h"
#include "mailconf/report.h"
#include "mailconf/resolver.h"
#include "mailconf/result.h"
#include "result_line.h"

namespace mailconf::cli {

enum class ColorUse { automatic, always, never };

struct TypedOptions {
  std::optional<std::string> deadline;
  std::vector<std::string> dns;
  std::optional<std::string> ca_file;
  bool allow_plaintext = false;
  bool allow_http = false;
  bool allow_private = false;
  std::optional<std::string> isp_dir;
  std::optional<std::string> ispdb;
  std::vector<std::string> sources;
  bool list_sources = false;
  bool no_probe = false;
  std::optional<std::string> send_address;
  std::optional<std::string> require_trust;
  std::vector<std::string> connect_to;
  std::optional<std::string> proxy;
  bool proxy_only = false;
  std::optional<std::string> color;
  bool json = false;
  bool trace = false;
  bool quiet = false;
  // Of resolve, for standard input.
  std::optional<std::string> concurrency;
  std::optional<std::string> format;
  std::optional<std::string> resume;
  // Of check.
  std::optional<std::string> check_format;
  std::optional<std::string> fail_on;
  // Of all commands, for one operand.
  std::optional<std::string> record;
  std::optional<std::string> replay;
  // Of verify.
  std::optional<std::string> username;
  std::optional<std::string> password_file;
  std::optional<std::string> token_file;
  bool yes = false;
  // Of simulate.
  std::vector<std::string> clients;
  // Of export.
  std::optional<std::string> program;
  std::optional<std::string> output;
  bool force = false;
  std::optional<std::string> password_command;
  // Of guide.
  std::optional<std::string> client;
  std::optional<std::string> topic;
  std::optional<std::string> protocol;
  std::optional<std::string> language;
  std::optional<std::string> text_format;
  bool all = false;
  std::optional<std::string> out;
  std::optional<std::string> definition;
};

// What the environment says about proxies; empty where it says nothing.
struct Environment {
  std::string proxy;     // HTTPS_PROXY, https_proxy
  std::string no_proxy;  // NO_PROXY, no_proxy
};
Environment read_environment();

struct BulkRequest {
  std::size_t concurrency = 16;
  ResultFormat format = ResultFormat::ndjson;
  std::string resume;  // empty: standard output
  std::string given;   // one of its options that was given; they are for standard input
};

struct CheckRequest {
  std::optional<AuditFormat> format;  // nothing: a table or JSON
  Severity fail_on = Severity::error;
};

struct LoginRequest {
  std::string username;       // empty: the names that are found
  std::string password_file;  // "-": standard input; both empty: the terminal is asked
  std::string token_file;
  bool yes = false;
};

struct ExportRequest {
  std::string program;
  std::string output;  // empty: standard output
  bool force = false;
  std::string password_command;
};

struct GuideRequest {
  std::string client;  // one of the two is empty, unless all pages are wanted
  std::string topic;
  GuideStyle style;
  std::string folder;      // for all pages; empty: one to standard output
  std::string definition;  // a file that has the settings; empty: they are searched for
};

struct Options {
  ResolverOptions resolver;
  Trust required_trust = Trust::confirm;
  ColorUse color = ColorUse::automatic;
  bool json = false;
  bool trace = false;
  bool quiet = false;
  BulkRequest bulk;
  CheckRequest check;
  std::string record;  // a new file; empty: none
  std::string replay;  // a file instead of a network; empty: none
  LoginRequest login;
  ExportRequest export_request;
  GuideRequest guide;
  std::vector<std::string> clients;  // of simulate; empty: all
};

// Errors name the option as their place.
Result<Options> understood(const TypedOptions& typed, const Environment& environment);

}  // namespace mailconf::cli
