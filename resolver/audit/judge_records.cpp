// Service records of the mail (RFC 2782, RFC 6186, RFC 8314 §5.1).
#include <algorithm>
#include <fmt/core.h>

#include "audit/judges.h"
#include "audit/places.h"
#include "sources/srv_services.h"

namespace mailconf::audit {
namespace {

constexpr std::uint16_t between_servers = 25;

class RecordJudge {
 public:
  RecordJudge(const Gathered& gathered, Findings& findings) : gathered_(gathered), findings_(findings) {}

  void run() {
    for (const auto& service : srv_services) judge_label(service);
    judge_offer();
    judge_order(ServerType::imap);
    judge_order(ServerType::pop3);
    judge_order(ServerType::smtp);
  }

 private:
  [[nodiscard]] const std::vector<SrvRecord>& records(const SrvService& service) const {
    static const std::vector<SrvRecord> none;
    const auto* dns = gathered_.dns(srv_question(service, gathered_.domain()));
    return dns ? dns->srv : none;
  }
  [[nodiscard]] Evidence seen(const SrvService& service) const {
    return evidence(gathered_, Question{srv_question(service, gathered_.domain())});
  }
  void add(std::string_view code, const SrvService& service, std::string message) {
    findings_.add(code, srv_name(service, gathered_.domain()), std::move(message), {seen(service)});
  }
  [[nodiscard]] static bool is_offer(const SrvRecord& record) { return !record.target.empty() && record.port != 0; }

  void judge_label(const SrvService& service) {
    const auto& all = records(service);
    const auto roots = std::ranges::count_if(all, [](const SrvRecord& each) { return each.target.empty(); });
    if (roots > 0 && roots < static_cast<std::ptrdiff_t>(all.size()))
      add("srv-root-beside-others", service, "one of the records has the target \".\"");
    for (const auto& record : all) {
      if (record.target.empty()) continue;
      judge_target(service, record);
      judge_port(service, record);
    }
  }

  void judge_target(const SrvService& service, const SrvRecord& record) {
    const auto host = DomainName::parse(record.target);
    if (!host || record.port == 0) {
      add("srv-target-malformed", service, fmt::format("it names \"{}\" and port {}", record.target, record.port));
      return;
    }
    const Question question = addresses_of(host->ascii());
    const auto* dns = gathered_.dns(question);
    if (dns && dns->addresses.empty())
      findings_.add("srv-target-missing", host->ascii(), "named by " + srv_name(service, gathered_.domain()),
                    {seen(service), evidence(gathered_, question)});
  }

  void judge_port(const SrvService& service, const SrvRecord& record) {
    const bool upgrade = service.socket_type == SocketType::starttls;
    const auto words = fmt::format("it names port {}", record.port);
    if (record.port == between_servers && !service.is_incoming()) return add("srv-port-25", service, words);
    if (upgrade && record.port == service.tls_port)
      return add(service.is_incoming() ? "srv-tls-port-under-upgrade" : "srv-465-under-submission", service, words);
    const bool upgrade_port = record.port == 143 || record.port == 110 || record.port == 587;
    if (!upgrade && upgrade_port) add("srv-upgrade-port-under-tls", service, words);
  }

  // Something is offered under one of the labels of a direction, over TLS from the start where that is asked for.
  [[nodiscard]] bool offers(bool incoming, bool tls_only) const {
    return std::ranges::any_of(srv_services, [&](const SrvService& service) {
      return service.is_incoming() == incoming && (!tls_only || service.socket_type == SocketType::ssl) &&
             std::ranges::any_of(records(service), is_offer);
    });
  }
  [[nodiscard]] std::vector<Evidence> seen_of(bool incoming) const {
    std::vector<Evidence> result;
    for (const auto& service : srv_services)
      if (service.is_incoming() == incoming) result.push_back(seen(service));
    return result;
  }

  void judge_offer() {
    const auto domain = gathered_.domain().ascii();
    const bool reads = offers(true, false);
    const bool sends = offers(false, false);
    if (!reads && !sends) return judge_silence();
    if (!reads) findings_.add("srv-no-incoming", domain, "only sending has records", seen_of(true));
    if (!sends) findings_.add("srv-no-outgoing", domain, "only reading has records", seen_of(false));
    if (reads && !offers(true, true))
      findings_.add("srv-no-implicit-tls", domain, "there is neither _imaps nor _pop3s", seen_of(true));
    if (sends && !offers(false, true))
      findings_.add("srv-no-submissions", domain, "there is no _submissions", seen_of(false));
    for (const auto& service : srv_services) {
      const auto* dns = gathered_.dns(srv_question(service, gathered_.domain()));
      if (dns && dns->srv.empty()) add("srv-undeclared", service, "clients have to find out for themselves");
    }
  }

  // What could not be asked is not missing.
  void judge_silence() {
    const bool all_told = std::ranges::all_of(srv_services, [&](const SrvService& service) {
      return gathered_.dns(srv_question(service, gathered_.domain())) != nullptr;
    });
    if (all_told)
      findings_.add("srv-missing", gathered_.domain().ascii(), "neither reading nor sending has any", seen_of(true));
  }

  void judge_order(ServerType type) {
    int best_tls = 1 << 16;
    int best_upgrade = 1 << 16;
    const SrvService* upgrade = nullptr;
    for (const auto& service : srv_services) {
      if (service.type != type) continue;
      for (const auto& record : records(service)) {
        if (!is_offer(record)) continue;
        const bool tls = service.socket_type == SocketType::ssl;
        (tls ? best_tls : best_upgrade) = std::min(tls ? best_tls : best_upgrade, int{record.priority});
        if (!tls) upgrade = &service;
      }
    }
    if (best_upgrade < best_tls && best_tls != 1 << 16)
      add("srv-insecure-first", *upgrade, fmt::format("its priority {} is before {}", best_upgrade, best_tls));
  }

  const Gathered& gathered_;
  Findings& findings_;
};

}  // namespace

void judge_records(const Gathered& gathered, Findings& findings) { RecordJudge(gathered, findings).run(); }

}  // namespace mailconf::audit
