#include "result_line.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "display_text.h"
#include "mailconf/formats.h"

namespace mailconf::cli {
namespace {

constexpr std::string_view kColumns =
    "address,domain,status,trust,source,"
    "incomingType,incomingHostname,incomingPort,incomingSocketType,incomingUsername,"
    "outgoingType,outgoingHostname,outgoingPort,outgoingSocketType,outgoingUsername,elapsedMs";
constexpr std::size_t kColumnCount = 16;

std::string csv_quoted(std::string_view text) {
  std::string result = "\"";
  for (const char character : text) result += character == '"' ? "\"\"" : std::string(1, character);
  return result + '"';
}

// Spreadsheets run a text that begins like a formula; an apostrophe before it makes it a text again.
std::string field(std::string_view text) {
  std::string result = displayable(text);
  if (!result.empty() && std::string_view("=+-@'").find(result.front()) != std::string_view::npos)
    result.insert(0, "'");
  return result.find_first_of(",\"'") == std::string::npos ? result : csv_quoted(result);
}

void add_server(std::vector<std::string>& fields, const std::vector<FoundServer>& servers) {
  if (servers.empty()) {
    fields.resize(fields.size() + 5);
    return;
  }
  const Server& server = servers.front().server;
  fields.push_back(field(to_string(server.type)));
  fields.push_back(field(server.url.empty() ? server.hostname : server.url));
  fields.push_back(server.url.empty() ? std::to_string(server.port) : "");
  fields.push_back(server.url.empty() ? field(to_string(server.socket_type)) : "");
  fields.push_back(field(server.username));
}

std::string csv_line(const Report& report) {
  const auto& sources = report.best.sources;
  std::vector<std::string> fields{field(report.address), field(report.domain), field(to_string(report.status)),
                                  field(to_string(report.best.trust)), field(sources.empty() ? "" : sources.front())};
  add_server(fields, report.best.incoming);
  add_server(fields, report.best.outgoing);
  const auto elapsed = std::chrono::round<std::chrono::milliseconds>(report.elapsed);
  fields.push_back(std::to_string(elapsed.count()));
  return fmt::format("{}\n", fmt::join(fields, ","));
}

// The fields of one record; nothing when a quote is not closed.
std::vector<std::string> csv_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool within = false;
  for (std::size_t index = 0; index < line.size(); ++index) {
    const char character = line[index];
    const bool doubled = within && character == '"' && line.substr(index + 1, 1) == "\"";
    if (doubled)
      fields.back() += line[++index];
    else if (character == '"')
      within = !within;
    else if (character == ',' && !within)
      fields.emplace_back();
    else
      fields.back() += character;
  }
  return within ? std::vector<std::string>() : fields;
}

// As it was before field() made it harmless.
std::string original(const std::string& text) { return text.starts_with('\'') ? text.substr(1) : text; }

}  // namespace

std::string header_line(ResultFormat format) {
  return format == ResultFormat::csv ? fmt::format("{}\n", kColumns) : std::string();
}

std::string result_line(const Report& report, ResultFormat format) {
  if (format == ResultFormat::csv) return csv_line(report);
  std::string text = write_report_json(report, false);
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

Result<Report> read_result_line(std::string_view line, ResultFormat format) {
  if (format == ResultFormat::ndjson) return read_report_outline(line);
  const auto fields = csv_fields(line);
  if (fields.size() != kColumnCount) return fail(ErrorCode::bad_document, "", "it is no result of a search");
  return report_outline(original(fields[0]), original(fields[1]), fields[2], fields[3]);
}

}  // namespace mailconf::cli
