#include "clients/questions.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <openssl/evp.h>
#include <utility>

#include "mailconf/formats.h"
#include "model/host.h"
#include "model/names.h"
#include "model/text.h"
#include "sources/mx_domains.h"

namespace mailconf::clients {
namespace {

constexpr std::array record_words{Named<RecordType>{RecordType::mx, "MX"}, Named<RecordType>{RecordType::ns, "NS"},
                                  Named<RecordType>{RecordType::srv, "SRV"}};

constexpr std::size_t most_labels = 127;  // of a name (RFC 1035 §2.3.4)

EmailAddress stand_in_at(const DomainName& domain) {
  return EmailAddress::parse(std::string(stand_in) + "@" + domain.ascii()).value();
}

std::string filled(std::string_view text, const DomainName& domain, const EmailAddress& user, const std::string& name) {
  auto result = replaced(replaced(text, "{domain}", domain.ascii()), "{name}", name);
  result = replaced(result, "{address}", encode_query_value(user.text()));
  return result.find("{md5}") == result.npos ? result : replaced(result, "{md5}", md5_of(user.text()));
}

bool may_be_told(const Url& url, const Circumstances& about) {
  const auto host = DomainName::parse(url.host);
  return about.send_address && about.address && url.https && host && host->within(about.domain);
}

std::optional<Question> document_question(const Way& way, std::string_view text, bool posts, const Circumstances& about,
                                          const std::string& name) {
  const auto url = Url::parse(filled(text, about.domain, stand_in_at(about.domain), name));
  if (!url) return std::nullopt;
  HttpQuestion question{*url};
  if (posts) question.body = write_autodiscover_request(stand_in_at(about.domain));
  // What is got from Autodiscover over plain HTTP says where to post to, and nothing else.
  question.follow_redirects = url->https || way.reads != Reads::autodiscover;
  if (!may_be_told(*url, about)) return question;
  const auto told = Url::parse(filled(text, about.domain, *about.address, name));
  if (!told) return std::nullopt;
  question.holds_address = *told != *url;
  question.url = *told;
  return question;
}

std::optional<DomainName> best_host(const Answer& answer) {
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  if (!dns) return std::nullopt;
  if (!dns->ns.empty()) {
    const auto host = DomainName::parse(*std::ranges::min_element(dns->ns));
    return host ? std::optional(*host) : std::nullopt;
  }
  const auto hosts = mx_hosts(answer).hosts;
  return hosts.empty() ? std::nullopt : std::optional(hosts.front());
}

std::vector<std::string> with_parents(std::optional<DomainName> host, std::size_t most) {
  std::vector<std::string> names;
  for (; host && names.size() < most; host = host->parent()) names.push_back(host->ascii());
  return names;
}

// No list of mail filters: these clients have none.
Subject subject_of(const Circumstances& about) {
  return {about.domain, std::nullopt, SendAddress::never, std::nullopt, std::nullopt, ""};
}

std::vector<std::string> best_target(const Answer& answer) {
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  if (!dns || dns->srv.empty()) return {};
  const auto key = [](const SrvRecord& record) { return std::make_pair(record.priority, -int{record.weight}); };
  const auto best = std::ranges::min_element(dns->srv, {}, key);
  const auto host = DomainName::parse(best->target);
  if (!host || best->port == 0) return {};
  return {best->port == 443 ? host->ascii() : fmt::format("{}:{}", host->ascii(), best->port)};
}

}  // namespace

std::string md5_of(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr);
  std::string hex;
  for (unsigned int index = 0; index < size; ++index) hex += fmt::format("{:02x}", digest.at(index));
  return hex;
}

std::optional<Question> question_for(const Way& way, std::string_view text, const Circumstances& about,
                                     const std::string& name) {
  const auto space = text.find(' ');
  const auto verb = text.substr(0, space);
  const auto rest = space == text.npos ? std::string_view() : text.substr(space + 1);
  if (verb == "GET" || verb == "POST") return document_question(way, rest, verb == "POST", about, name);
  const auto type = value_of(std::span<const Named<RecordType>>(record_words), verb);
  if (!type) return std::nullopt;
  return DnsQuestion{*type, filled(rest, about.domain, stand_in_at(about.domain), name)};
}

Server server_for(const Server& server, const DomainName& domain, const std::string& name) {
  Server result = server;
  result.hostname = replaced(replaced(server.hostname, "{domain}", domain.ascii()), "{name}", name);
  return result;
}

std::string request_text(const Question& question) {
  if (const auto* document = std::get_if<HttpQuestion>(&question))
    return fmt::format("{} {}", document->body.empty() ? "GET" : "POST", document->url.text());
  if (const auto* name = std::get_if<DnsQuestion>(&question); name && name->type == RecordType::srv)
    return "SRV " + name->name;
  return target(question);
}

std::vector<std::string> names_in(const Answer& answer, Takes takes, const Circumstances& about) {
  std::vector<std::string> names;
  switch (takes) {
    case Takes::provider:
      for (const auto& domain : mx_domains(answer, subject_of(about)).domains) names.push_back(domain.ascii());
      return names;
    case Takes::host:
      return with_parents(best_host(answer), 1);
    case Takes::host_and_parent:
      return with_parents(best_host(answer), 2);
    case Takes::host_and_parents:
      return with_parents(best_host(answer), most_labels);
    case Takes::target:
      return best_target(answer);
  }
  return names;
}

}  // namespace mailconf::clients
