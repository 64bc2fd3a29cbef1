#include "guide_options.h"

#include <algorithm>

#include "option_values.h"

namespace mailconf::cli {
namespace {

constexpr std::array<Choice<std::optional<ServerType>>, 2> kProtocol{
    {{"imap", ServerType::imap}, {"pop3", ServerType::pop3}}};
constexpr std::array<Choice<TextFormat>, 3> kTextFormat{
    {{"text", TextFormat::text}, {"markdown", TextFormat::markdown}, {"html", TextFormat::html}}};

Reading read_language(const Typed& typed, GuideStyle& style) {
  const auto known = guide_languages();
  style.language = typed.value_or("en");
  if (std::find(known.begin(), known.end(), style.language) != known.end()) return {};
  std::string words;
  for (const std::string& each : known) words += (words.empty() ? "" : ", ") + each;
  return bad("--lang", style.language, fmt::format("is none of {}", words));
}

Reading read_names(const TypedOptions& typed, GuideRequest& guide) {
  guide.client = typed.client.value_or("");
  guide.topic = typed.topic.value_or("");
  guide.folder = typed.out.value_or("");
  guide.definition = typed.definition.value_or("");
  if (typed.definition && (typed.record || typed.replay))
    return fail(ErrorCode::bad_option, "--definition", "needs no network that could be recorded or replayed");
  if (typed.all && !typed.out) return fail(ErrorCode::bad_option, "--all", "needs --out DIR");
  if (typed.out && !typed.all) return fail(ErrorCode::bad_option, "--out", "is for --all");
  if (typed.client && typed.topic)
    return fail(ErrorCode::bad_option, "--topic", "cannot be given together with --client");
  if (typed.all && (typed.client || typed.topic)) return fail(ErrorCode::bad_option, "--all", "is every page");
  return {};
}

}  // namespace

Result<void> read_guide_options(const TypedOptions& typed, GuideRequest& guide) {
  const std::array readings{
      refuse_empty("--client", typed.client),
      refuse_empty("--topic", typed.topic),
      refuse_empty("--out", typed.out),
      refuse_empty("--definition", typed.definition),
      read_choice("--protocol", typed.protocol, kProtocol, guide.style.protocol),
      read_choice("--format", typed.text_format, kTextFormat, guide.style.format),
      read_language(typed.language, guide.style),
      read_names(typed, guide),
  };
  for (const Reading& reading : readings) {
    if (!reading) return reading;
  }
  return {};
}

}  // namespace mailconf::cli
