#include "driver/recording_json.h"

#include <array>
#include <limits>

#include "model/text.h"

namespace mailconf::json {
namespace {

constexpr std::array<std::string_view, 7> record_types{"A/AAAA", "MX", "SRV", "TXT", "NS", "CNAME", "TLSA"};
constexpr std::array<std::string_view, 7> probe_verdicts{
    "speaks",           "other-protocol",   "turned-away",        "preauthenticated",
    "starttls-missing", "starttls-refused", "plaintext-injection"};
constexpr std::int64_t most_16 = std::numeric_limits<std::uint16_t>::max();

template <class Enum, std::size_t N>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t index = 0; index < N; ++index) {
    if (names[index] == name) return static_cast<Enum>(index);
  }
  return std::nullopt;
}

// Of an enumeration that begins with 0 and ends with `last`.
template <class Enum>
std::optional<Enum> value_of(Enum last, std::string_view name) {
  for (int index = 0; index <= static_cast<int>(last); ++index) {
    if (to_string(static_cast<Enum>(index)) == name) return static_cast<Enum>(index);
  }
  return std::nullopt;
}

array octets_of(const std::vector<std::string>& texts) {
  return array_of(texts, [](const std::string& text) { return json::octets(text); });
}

// ---- questions

struct QuestionWriter {
  object operator()(const DnsQuestion& asked) const {
    return {{"dns", name_of(record_types, asked.type)}, {"name", json::octets(asked.name)}};
  }
  object operator()(const HttpQuestion& asked) const {
    object result{{"http", json::octets(asked.url.text())}};
    if (!asked.body.empty()) result["body"] = json::octets(asked.body);
    if (!asked.follow_redirects) result["redirectIsAnswer"] = true;
    if (asked.holds_address) result["holdsAddress"] = true;
    return result;
  }
  object operator()(const ProbeQuestion& asked) const {
    return {{"probe", to_string(asked.type)},
            {"host", json::octets(asked.host)},
            {"port", asked.port},
            {"socketType", to_string(asked.socket_type)}};
  }
  object operator()(const LoginQuestion& asked) const {
    return {{"login", to_string(asked.server.type)},
            {"host", json::octets(asked.server.host)},
            {"port", asked.server.port},
            {"socketType", to_string(asked.server.socket_type)}};
  }
};

std::optional<Question> read_dns_question(Members from) {
  const auto type = value_of<RecordType>(record_types, from.octets("dns"));
  DnsQuestion asked{type.value_or(RecordType::addresses), from.octets("name")};
  if (!type || !from.good()) return std::nullopt;
  return asked;
}

std::optional<Question> read_http_question(Members from) {
  const auto url = Url::parse(from.octets("http"));
  if (!url) return std::nullopt;
  HttpQuestion asked{*url, from.octets("body"), !from.flag("redirectIsAnswer"), from.flag("holdsAddress")};
  if (!from.good()) return std::nullopt;
  return asked;
}

std::optional<ProbeQuestion> read_server(Members from, std::string_view type_name) {
  const auto type = parse_server_type(from.octets(type_name));
  const auto socket_type = parse_socket_type(from.octets("socketType"));
  const auto port = static_cast<std::uint16_t>(from.number("port", most_16));
  const std::string host = from.octets("host");
  if (!type || !socket_type || !from.good()) return std::nullopt;
  return ProbeQuestion{*type, host, port, *socket_type};
}

std::optional<Question> read_probe_question(Members from) {
  const auto server = read_server(from, "probe");
  return server ? std::optional<Question>(*server) : std::nullopt;
}

std::optional<Question> read_login_question(Members from) {
  const auto server = read_server(from, "login");
  return server ? std::optional<Question>(LoginQuestion{*server, "", nullptr}) : std::nullopt;
}

// ---- answers

object to_json(const TlsFacts& tls) {
  return {{"version", json::octets(tls.version)},      {"cipher", json::octets(tls.cipher)},
          {"certificate", to_string(tls.certificate)}, {"names", octets_of(tls.names)},
          {"issuer", json::octets(tls.issuer)},        {"notAfter", json::octets(tls.not_after)}};
}

struct AnswerWriter {
  object operator()(const DnsAnswer& given) const {
    object result{{"dns", given.exists}, {"authentic", given.authentic}};
    put_unless_empty(result, "addresses", octets_of(given.addresses));
    put_unless_empty(result, "mx", array_of(given.mx, [](const MxRecord& mx) {
                       return object{{"preference", mx.preference}, {"exchange", json::octets(mx.exchange)}};
                     }));
    put_unless_empty(result, "srv", array_of(given.srv, [](const SrvRecord& srv) {
                       return object{{"priority", srv.priority},
                                     {"weight", srv.weight},
                                     {"port", srv.port},
                                     {"target", json::octets(srv.target)}};
                     }));
    put_unless_empty(result, "txt", octets_of(given.txt));
    put_unless_empty(result, "ns", octets_of(given.ns));
    put_unless_empty(result, "aliases", octets_of(given.aliases));
    put_unless_empty(result, "tlsa", octets_of(given.tlsa));
    return result;
  }
  object operator()(const HttpAnswer& given) const {
    object result{{"http", given.status},
                  {"contentType", json::octets(given.content_type)},
                  {"location", json::octets(given.location)},
                  {"retryAfter", json::octets(given.retry_after)},
                  {"body", json::octets(given.body)},
                  {"bodySha256", json::octets(given.body_sha256)}};
    if (given.tls) result["tls"] = to_json(*given.tls);
    return result;
  }
  object operator()(const ProbeAnswer& given) const {
    object result{{"probe", name_of(probe_verdicts, given.verdict)}, {"address", json::octets(given.address)},
                  {"greeting", json::octets(given.greeting)},        {"beforeTls", octets_of(given.before_tls)},
                  {"capabilities", octets_of(given.capabilities)},   {"mechanisms", octets_of(given.mechanisms)}};
    if (given.tls) result["tls"] = to_json(*given.tls);
    return result;
  }
  object operator()(const Failure& failure) const {
    object result{{"failure", to_string(failure.kind)}, {"detail", json::octets(failure.detail)}};
    if (failure.tls) result["tls"] = to_json(*failure.tls);
    return result;
  }
  // Never what the server said: it may quote whatever it was told.
  object operator()(const LoginAnswer& given) const {
    return {{"login", to_string(given.outcome)}, {"mechanism", json::octets(given.mechanism)}};
  }
};

std::uint16_t small(Members& from, std::string_view name) {
  return static_cast<std::uint16_t>(from.number(name, most_16));
}

// The records of a list; false when one of them is none.
template <class Record, class Read>
bool read_records(const array& list, std::vector<Record>& records, const Read& read) {
  for (const auto& each : list) {
    if (!each.is_object()) return false;
    Members from(each.get_object());
    records.push_back(read(from));
    if (!from.good()) return false;
  }
  return true;
}

std::optional<Answer> read_dns_answer(Members from) {
  DnsAnswer given;
  given.exists = from.flag("dns");
  given.authentic = from.flag("authentic");
  given.addresses = from.texts("addresses");
  given.txt = from.texts("txt");
  given.ns = from.texts("ns");
  given.aliases = from.texts("aliases");
  given.tlsa = from.texts("tlsa");
  const bool good =
      read_records(from.list("mx"), given.mx,
                   [](Members& mx) {
                     return MxRecord{small(mx, "preference"), mx.octets("exchange")};
                   }) &&
      read_records(from.list("srv"), given.srv, [](Members& srv) {
        return SrvRecord{small(srv, "priority"), small(srv, "weight"), small(srv, "port"), srv.octets("target")};
      });
  if (!good || !from.good()) return std::nullopt;
  return given;
}

// Nothing where it is not there; then `from` is good all the same.
std::optional<TlsFacts> read_tls(Members& from) {
  if (!from.has("tls")) return std::nullopt;
  Members facts(from.member("tls"));
  const auto certificate = value_of(CertificateVerdict::invalid, facts.octets("certificate"));
  TlsFacts tls{facts.octets("version"), facts.octets("cipher"), certificate.value_or(CertificateVerdict::invalid),
               facts.texts("names"),    facts.octets("issuer"), facts.octets("notAfter")};
  if (certificate && facts.good()) return tls;
  from.refuse();
  return std::nullopt;
}

std::optional<Answer> read_http_answer(Members from) {
  HttpAnswer given;
  given.status = static_cast<int>(from.number("http", 999));
  given.content_type = from.octets("contentType");
  given.location = from.octets("location");
  given.retry_after = from.octets("retryAfter");
  given.body = from.octets("body");
  given.body_sha256 = from.octets("bodySha256");
  given.tls = read_tls(from);
  if (!from.good()) return std::nullopt;
  return given;
}

std::optional<Answer> read_probe_answer(Members from) {
  const auto verdict = value_of<ProbeVerdict>(probe_verdicts, from.octets("probe"));
  if (!verdict) return std::nullopt;
  ProbeAnswer given;
  given.verdict = *verdict;
  given.address = from.octets("address");
  given.greeting = from.octets("greeting");
  given.before_tls = from.texts("beforeTls");
  given.capabilities = from.texts("capabilities");
  given.mechanisms = from.texts("mechanisms");
  given.tls = read_tls(from);
  if (!from.good()) return std::nullopt;
  return given;
}

std::optional<Answer> read_login_answer(Members from) {
  const auto outcome = value_of(LoginOutcome::not_tried, from.octets("login"));
  LoginAnswer given{outcome.value_or(LoginOutcome::not_tried), from.octets("mechanism"), ""};
  if (!outcome || !from.good()) return std::nullopt;
  return given;
}

std::optional<Answer> read_failure(Members from) {
  const auto kind = value_of(FailureKind::not_asked, from.octets("failure"));
  const std::string detail = from.octets("detail");
  auto tls = read_tls(from);
  if (!kind || !from.good()) return std::nullopt;
  return Failure{*kind, detail, std::move(tls)};
}

}  // namespace

object to_json(const Question& question) { return std::visit(QuestionWriter{}, question); }
object to_json(const Answer& answer) { return std::visit(AnswerWriter{}, answer); }

std::optional<Question> read_question(const object& from) {
  if (from.contains("dns")) return read_dns_question(Members(from));
  if (from.contains("http")) return read_http_question(Members(from));
  if (from.contains("login")) return read_login_question(Members(from));
  return read_probe_question(Members(from));
}

std::optional<Answer> read_answer(const object& from) {
  if (from.contains("dns")) return read_dns_answer(Members(from));
  if (from.contains("http")) return read_http_answer(Members(from));
  if (from.contains("probe")) return read_probe_answer(Members(from));
  if (from.contains("login")) return read_login_answer(Members(from));
  return read_failure(Members(from));
}

}  // namespace mailconf::json
