#include "support/port_reader.h"

#include <fmt/format.h>

#include "mailconf/settings.h"

namespace mailconf::simulated {
namespace {

const Words<StartTls> starttls_words{{"offered", StartTls::offered},
                                     {"stripped", StartTls::stripped},
                                     {"refused", StartTls::refused},
                                     {"injection", StartTls::injection}};
const Words<CertificateVerdict> certificate_words{{"expired", CertificateVerdict::expired},
                                                  {"not-yet-valid", CertificateVerdict::not_yet_valid},
                                                  {"self-signed", CertificateVerdict::self_signed},
                                                  {"unknown-issuer", CertificateVerdict::unknown_issuer}};
const Words<PortService> service_words{{"web", PortService::web},       {"imap", PortService::mail},
                                       {"pop3", PortService::mail},     {"smtp", PortService::mail},
                                       {"silent", PortService::silent}, {"reset", PortService::reset}};

struct MailDefaults {
  std::string_view greeting;
  std::vector<std::string> before_tls;
};
const std::map<ServerType, MailDefaults> mail_defaults{
    {ServerType::imap, {"* OK IMAP4rev1 ready", {"IMAP4rev1", "STARTTLS", "LOGINDISABLED"}}},
    {ServerType::pop3, {"+OK ready", {"UIDL", "STLS"}}},
    {ServerType::smtp, {"220 ready ESMTP", {"STARTTLS", "SIZE 52428800"}}},
};

std::vector<std::string> capabilities_with(ServerType type, const std::vector<std::string>& mechanisms) {
  if (type != ServerType::imap) {
    const auto list = fmt::format("{}", fmt::join(mechanisms, " "));
    if (type == ServerType::smtp) return {"AUTH " + list, "SIZE 52428800"};
    return {"SASL " + list, "USER", "UIDL"};
  }
  std::vector<std::string> result{"IMAP4rev1"};
  for (const auto& mechanism : mechanisms) result.push_back("AUTH=" + mechanism);
  return result;
}

MailService read_mail(Fields& fields, ServerType type) {
  MailService mail;
  mail.type = type;
  mail.greeting = fields.text("greeting").value_or(std::string(mail_defaults.at(type).greeting));
  if (const auto starttls = fields.text("starttls"))
    mail.starttls = meaning(starttls_words, *starttls, fields.place("starttls"));
  auto mechanisms = fields.texts("mechanisms");
  if (mechanisms.empty()) mechanisms = {"PLAIN"};
  mail.capabilities = fields.texts("capabilities");
  if (mail.capabilities.empty()) mail.capabilities = capabilities_with(type, mechanisms);
  mail.before_tls = fields.texts("capabilities-before-tls");
  if (mail.before_tls.empty())
    mail.before_tls = mail.starttls == StartTls::stripped ? mail.capabilities : mail_defaults.at(type).before_tls;
  return mail;
}

void read_tls(Fields& fields, Port& port) {
  const auto* node = fields.node("tls");
  if (!node) return;
  if (const auto flag = node->value_exact<bool>())
    port.tls = *flag;
  else if (node->value_exact<std::string>() == "fails")
    port.tls_fails = true;
  else
    fields.refuse("tls", "true, false or \"fails\" is expected");
}

Port read_port_table(const toml::table& table, Port port, const std::string& place) {
  Fields fields(table, place);
  const auto service = fields.text("service");
  if (!service) fields.refuse("service", "a port has a service");
  port.service = meaning(service_words, *service, fields.place("service"));
  read_tls(fields, port);
  if (const auto* certificate = fields.node("certificate"))
    port.certificate = read_certificate(*certificate, port.certificate, fields.place("certificate"));
  if (port.service == PortService::mail) port.mail = read_mail(fields, *parse_server_type(*service));
  port.think = fields.milliseconds("think-ms").value_or(Duration{});
  port.octets_a_second = static_cast<std::size_t>(fields.integer("octets-a-second").value_or(0));
  fields.finish();
  return port;
}

}  // namespace

const Words<Reach> reach_words{{"refuse", Reach::refuse}, {"drop", Reach::drop}, {"unreachable", Reach::unreachable}};

Certificate read_certificate(const toml::node& node, Certificate certificate, const std::string& place) {
  if (const auto fault = node.value_exact<std::string>()) {
    certificate.fault = meaning(certificate_words, *fault, place);
    return certificate;
  }
  if (!node.is_table()) throw BadScenario(place, "a fault or a table is expected");
  Fields fields(*node.as_table(), place);
  if (const auto names = fields.texts("names"); !names.empty()) certificate.names = names;
  certificate.not_after = fields.text("not-after").value_or(certificate.not_after);
  if (const auto fault = fields.text("fault"))
    certificate.fault = meaning(certificate_words, *fault, fields.place("fault"));
  fields.finish();
  return certificate;
}

Port read_port(const toml::node& node, Port port, const std::string& place) {
  if (const auto* table = node.as_table()) return read_port_table(*table, std::move(port), place);
  const auto text = node.value_exact<std::string>();
  if (!text) throw BadScenario(place, "a service or a table is expected");
  if (reach_words.contains(*text)) {
    port.reach = reach_words.at(*text);
    return port;
  }
  toml::table table;
  table.insert("service", *text);
  return read_port_table(table, std::move(port), place);
}

}  // namespace mailconf::simulated
