#include "clients/facts_reader.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <set>
#include <toml++/toml.h>

#include "clients/questions.h"
#include "model/names.h"

namespace mailconf::clients {
namespace {

constexpr std::array settles_words{Named<Settles>{Settles::best, "best"}, Named<Settles>{Settles::all, "all"},
                                   Named<Settles>{Settles::first, "first"}};
constexpr std::array reads_words{Named<Reads>{Reads::autoconfig, "autoconfig"},
                                 Named<Reads>{Reads::autodiscover, "autodiscover"},
                                 Named<Reads>{Reads::profile, "profile"}, Named<Reads>{Reads::services, "services"},
                                 Named<Reads>{Reads::hosts, "hosts"}};
constexpr std::array takes_words{Named<Takes>{Takes::provider, "provider"}, Named<Takes>{Takes::host, "host"},
                                 Named<Takes>{Takes::host_and_parent, "host-and-parent"},
                                 Named<Takes>{Takes::host_and_parents, "host-and-parents"},
                                 Named<Takes>{Takes::target, "target"}};

// A table of which every key is asked for once; the first mistake is kept.
class Keys {
 public:
  Keys(const toml::table& table, std::string place) : table_(table), place_(std::move(place)) {}

  template <class Value>
  Value value(std::string_view key, Value otherwise) {
    const auto* node = find(key);
    if (!node) return otherwise;
    const auto value = node->template value_exact<Value>();
    if (!value) complain(key, "is of another type");
    return value.value_or(otherwise);
  }
  std::string text(std::string_view key) { return value<std::string>(key, ""); }
  std::string needed_text(std::string_view key) {
    auto found = text(key);
    if (found.empty()) complain(key, "is missing");
    return found;
  }
  std::vector<std::string> texts(std::string_view key) {
    const auto* node = find(key);
    std::vector<std::string> result;
    if (!node) return result;
    if (!node->is_array()) complain(key, "is no list");
    for (std::size_t index = 0; node->is_array() && index < node->as_array()->size(); ++index) {
      const auto text = (*node->as_array())[index].value_exact<std::string>();
      if (!text) complain(key, "holds something that is no text");
      result.push_back(text.value_or(""));
    }
    return result;
  }
  Duration seconds(std::string_view key) { return std::chrono::seconds(value<std::int64_t>(key, 0)); }
  Duration milliseconds(std::string_view key) { return std::chrono::milliseconds(value<std::int64_t>(key, 0)); }
  template <class Enum, std::size_t N>
  Enum word(std::string_view key, const std::array<Named<Enum>, N>& words, Enum otherwise) {
    const auto found = text(key);
    if (found.empty()) return otherwise;
    const auto value = value_of(std::span<const Named<Enum>>(words), found);
    if (!value) complain(key, "has an unknown word");
    return value.value_or(otherwise);
  }
  const toml::array* tables(std::string_view key) {
    const auto* node = find(key);
    if (node && !node->is_array_of_tables()) complain(key, "is no list of tables");
    return node && node->is_array_of_tables() ? node->as_array() : nullptr;
  }
  void complain(std::string_view key, std::string_view clause) {
    if (mistake_.empty()) mistake_ = fmt::format("{}{} {}", place_, key, clause);
  }
  // What is wrong; empty when nothing is.
  std::string mistake() {
    for (const auto& [key, node] : table_) {
      if (!known_.contains(key.str())) complain(key.str(), "is no key");
    }
    return mistake_;
  }

 private:
  const toml::node* find(std::string_view key) {
    known_.emplace(key);
    return table_.get(key);
  }

  const toml::table& table_;
  std::string place_;
  std::set<std::string, std::less<>> known_;
  std::string mistake_;
};

// "imap imap.{domain} 993 SSL".
std::optional<Server> server_from(std::string_view text, const std::string& username) {
  const auto part = split(text, ' ');
  if (part.size() != 4) return std::nullopt;
  const auto type = parse_server_type(part[0]);
  const auto port = parse_port(part[2]);
  const auto socket_type = parse_socket_type(part[3]);
  if (!type || !port || !socket_type) return std::nullopt;
  return Server{*type, std::string(part[1]), *port, *socket_type, {Authentication::password_cleartext}, username, ""};
}

std::vector<Server> read_servers(Keys& keys, std::string_view key, const std::string& username) {
  std::vector<Server> result;
  for (const auto& text : keys.texts(key)) {
    if (const auto server = server_from(text, username))
      result.push_back(*server);
    else
      keys.complain(key, "has a line that is no server");
  }
  return result;
}

// Nothing that a file asks may be left out without a word.
bool is_question(const Way& way, std::string_view text) {
  const Circumstances sample{DomainName::parse("example.org").value(), std::nullopt, false, true};
  const auto question = question_for(way, text, sample, "name.example.org");
  return question && request_text(*question).find('{') == std::string::npos;
}

Way read_way(Keys& keys) {
  Way way;
  way.name = keys.needed_text("name");
  way.stage = static_cast<int>(keys.value<std::int64_t>("stage", 1));
  way.ask = keys.texts("ask");
  way.at_once = keys.value("at-once", false);
  way.reads = keys.word("reads", reads_words, Reads::autoconfig);
  way.takes = keys.word("takes", takes_words, Takes::host);
  way.patience = keys.seconds("seconds");
  way.after = keys.text("after");
  way.unless_found = keys.text("unless-found");
  way.each = keys.text("each");
  way.each_at_once = keys.value("each-at-once", false);
  way.asks = keys.text("asks");
  const auto username = keys.value<std::string>("username", "%EMAILADDRESS%");
  way.assumed = read_servers(keys, "assumed", username);
  Guess guess{read_servers(keys, "try-incoming", username), read_servers(keys, "try-outgoing", username),
              keys.milliseconds("every-ms"), keys.value("in-turn", false), keys.value("both-protocols", false)};
  if (!guess.incoming.empty()) way.guess = std::move(guess);
  for (const auto& text : way.ask) {
    if (!is_question(way, text)) keys.complain("ask", "has a line that is no question");
  }
  const bool asks = !way.ask.empty() || way.guess;
  if (asks == !way.assumed.empty()) keys.complain("ask", "or try-incoming or else assumed is needed");
  if (asks && way.patience <= Duration{}) keys.complain("seconds", "is missing");
  return way;
}

// Ways wait for those above them, so that none waits in a circle.
std::string unknown_way(const Facts& facts) {
  for (auto way = facts.ways.begin(); way != facts.ways.end(); ++way) {
    for (const auto& other : {way->after, way->unless_found, way->each}) {
      const auto known = std::find_if(facts.ways.begin(), way, [&](const Way& each) { return each.name == other; });
      if (!other.empty() && (known == way || known->stage > way->stage))
        return fmt::format("{} speaks of the way {}, which is not above it", way->name, other);
    }
  }
  return {};
}

std::string read_ways(Keys& keys, Facts& facts) {
  const auto* ways = keys.tables("way");
  for (std::size_t index = 0; ways && index < ways->size(); ++index) {
    Keys own(*(*ways)[index].as_table(), fmt::format("way {}: ", index + 1));
    facts.ways.push_back(read_way(own));
    if (auto mistake = own.mistake(); !mistake.empty()) return mistake;
  }
  return facts.ways.empty() ? "there is no way" : unknown_way(facts);
}

void read_conduct(Keys& keys, Facts& facts) {
  facts.settles = keys.word("settles", settles_words, Settles::best);
  facts.limit = keys.seconds("limit-seconds");
  facts.keeps_names = keys.value("keeps-names", true);
  facts.stand_in = keys.text("stand-in");
  facts.redirects = static_cast<std::size_t>(keys.value<std::int64_t>("redirects", 0));
  facts.takes_plaintext = keys.value("takes-plaintext", false);
  facts.first_only = keys.value("first-only", false);
  facts.imap_only = keys.value("imap-only", false);
  facts.http_needs_approval = keys.value("http-needs-approval", false);
}

}  // namespace

Result<Facts> read_facts(std::string_view name, std::string_view text) {
  try {
    const auto table = toml::parse(text);
    Keys keys(table, "");
    Facts facts;
    facts.client = {std::string(name),          keys.needed_text("title"), keys.needed_text("version"),
                    keys.needed_text("source"), keys.needed_text("date"),  keys.texts("notes")};
    read_conduct(keys, facts);
    auto mistake = read_ways(keys, facts);
    if (mistake.empty()) mistake = keys.mistake();
    if (!mistake.empty()) return fail(ErrorCode::bad_document, std::string(name), std::move(mistake));
    return facts;
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::bad_document, fmt::format("{}:{}", name, error.source().begin.line),
                std::string(error.description()));
  }
}

}  // namespace mailconf::clients
