#include "sources/questions.h"

#include "model/text.h"

namespace mailconf::test {
namespace {

std::string text_of(const Question& question) {
  const auto* http = std::get_if<HttpQuestion>(&question);
  return http ? http->url.text() : target(question);
}

std::string server_element(const std::string& written) {
  const auto fields = split(written, ' ');
  const std::string element = fields.at(0) == "smtp" ? "outgoingServer" : "incomingServer";
  std::string xml = "<" + element + " type=\"" + std::string(fields.at(0)) + "\">";
  xml += "<hostname>" + std::string(fields.at(1)) + "</hostname><port>" + std::string(fields.at(2)) + "</port>";
  xml += "<socketType>" + std::string(fields.at(3)) + "</socketType>";
  xml += "<authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>";
  return xml + "</" + element + ">";
}

}  // namespace

DomainName name(std::string_view text) { return DomainName::parse(text).value(); }

Subject about(std::string_view domain) {
  return Subject{name(domain), {},   SendAddress::retry, Url::parse("https://db.example/v1.1/").value(), {}, {},
                 nullptr,      false};
}

Subject about_address(std::string_view text) {
  const auto address = EmailAddress::parse(text).value();
  Subject subject = about(address.domain().ascii());
  subject.address = address;
  return subject;
}

HttpQuestion https(std::string_view host_and_path) {
  return {Url::parse("https://" + std::string(host_and_path)).value()};
}

DnsQuestion addresses_of(std::string_view host) { return {RecordType::addresses, std::string(host)}; }
DnsQuestion mx_of(std::string_view domain) { return {RecordType::mx, std::string(domain)}; }
DnsQuestion srv_of(std::string_view owner) { return {RecordType::srv, std::string(owner)}; }

ProbeQuestion port(std::string_view host_and_port) {
  struct Known {
    ServerType type;
    SocketType socket_type;
  };
  static const std::map<std::string, Known> known{
      {"993", {ServerType::imap, SocketType::ssl}},    {"143", {ServerType::imap, SocketType::starttls}},
      {"995", {ServerType::pop3, SocketType::ssl}},    {"110", {ServerType::pop3, SocketType::starttls}},
      {"465", {ServerType::smtp, SocketType::ssl}},    {"587", {ServerType::smtp, SocketType::starttls}},
      {"25", {ServerType::smtp, SocketType::starttls}}};
  const auto parts = split(host_and_port, ':');
  const auto& meaning = known.at(std::string(parts.at(1)));
  return {meaning.type, std::string(parts.at(0)), static_cast<std::uint16_t>(std::stoi(std::string(parts.at(1)))),
          meaning.socket_type};
}

std::vector<std::string> asked(const Step& step) {
  std::vector<std::string> texts;
  for (const auto& question : step.ask) texts.push_back(text_of(question));
  return texts;
}

std::vector<std::string> asked_beside(const Step& step) {
  std::vector<std::string> texts;
  for (const auto& question : step.ask_beside) texts.push_back(text_of(question));
  return texts;
}

std::vector<std::string> services(const Step& step) {
  std::vector<std::string> texts;
  for (const auto& each : step.services) {
    texts.push_back(std::string(to_string(each.type)) + " " +
                    (each.url.empty() ? each.hostname + ":" + std::to_string(each.port) : each.url));
  }
  return texts;
}

std::vector<std::string> codes(const Step& step) {
  std::vector<std::string> result;
  for (const auto& diagnostic : step.diagnostics) result.push_back(diagnostic.code);
  return result;
}

std::vector<std::string> servers(const std::vector<Server>& list) {
  std::vector<std::string> texts;
  for (const auto& server : list) {
    texts.push_back(std::string(to_string(server.type)) + " " + server.hostname + ":" + std::to_string(server.port) +
                    " " + std::string(to_string(server.socket_type)));
  }
  return texts;
}

HttpAnswer status(int code) {
  HttpAnswer answer;
  answer.status = code;
  return answer;
}

HttpAnswer page(std::string body, std::string content_type) {
  HttpAnswer answer = status(200);
  answer.content_type = std::move(content_type);
  answer.body = std::move(body);
  return answer;
}

std::string document(const std::vector<std::string>& domains, const std::vector<std::string>& written) {
  std::string xml = "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"example.org\">";
  for (const auto& domain : domains) xml += "<domain>" + domain + "</domain>";
  xml += "<displayName>Example Mail</displayName><displayShortName>Example</displayShortName>";
  for (const auto& server : written) xml += server_element(server);
  return xml + "</emailProvider></clientConfig>";
}

DnsAnswer no_such_name() {
  DnsAnswer answer;
  answer.exists = false;
  return answer;
}

DnsAnswer no_records() { return {}; }

DnsAnswer at(std::vector<std::string> addresses) {
  DnsAnswer answer;
  answer.addresses = std::move(addresses);
  return answer;
}

DnsAnswer mail_to(std::vector<MxRecord> records) {
  DnsAnswer answer;
  answer.mx = std::move(records);
  return answer;
}

DnsAnswer offered(std::vector<SrvRecord> records) {
  DnsAnswer answer;
  answer.srv = std::move(records);
  return answer;
}

DnsAnswer texts(std::vector<std::string> records) {
  DnsAnswer answer;
  answer.txt = std::move(records);
  return answer;
}

Failure failed(FailureKind kind) { return {kind, ""}; }

ProbeAnswer speaks(std::vector<std::string> mechanisms, CertificateVerdict certificate) {
  ProbeAnswer answer;
  answer.verdict = ProbeVerdict::speaks;
  answer.tls = TlsFacts{"TLSv1.3", "", certificate, {}, "", ""};
  answer.mechanisms = std::move(mechanisms);
  return answer;
}

ProbeAnswer answers(ProbeVerdict verdict) {
  ProbeAnswer answer;
  answer.verdict = verdict;
  return answer;
}

}  // namespace mailconf::test
