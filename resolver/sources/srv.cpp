// Service records of the domain (RFC 6186, RFC 8314 §5.1, RFC 2782).
#include <algorithm>
#include <array>

#include "sources/service_records.h"
#include "sources/sources.h"
#include "sources/srv_offers.h"
#include "sources/srv_services.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class SrvSource final : public Source {
 public:
  explicit SrvSource(const Subject& subject) : domain_(subject.domain), services_(subject.domain) {}

  Step begin() override {
    Step step;
    for (const auto& service : srv_services) step.ask.emplace_back(srv_question(service, domain_));
    step.ask_beside = services_.questions();
    return step;
  }

  Step on_answer(const Question& asked, const Answer& answer) override {
    if (auto beside = services_.take(asked, answer)) return *std::move(beside);
    Step step = ended(judge(answer));
    for (std::size_t index = 0; index < srv_services.size(); ++index) {
      if (answered_[index] || asked != Question{srv_question(srv_services[index], domain_)}) continue;
      answered_[index] = true;
      take(srv_services[index], answer, step);
      if (is_complete(srv_services[index].is_incoming())) step.found = finding();
    }
    return step;
  }

 private:
  void take(const SrvService& service, const Answer& answer, Step& step) {
    const auto* dns = std::get_if<DnsAnswer>(&answer);
    if (!dns) return;
    auto& offers = service.is_incoming() ? incoming_ : outgoing_;
    const auto before = offers.size();
    for (auto record : dns->srv) {
      if (record.target.empty()) continue;
      const auto host = DomainName::parse(record.target);
      if (!host || record.port == 0) {
        note(step, service, "bad-srv-record", "a target that is no host and port");
        continue;
      }
      record.target = host->ascii();
      offers.push_back({service.type, record, socket_type(service, record, step)});
    }
    if (step.verdict.outcome == Outcome::found && offers.size() == before) {
      step.verdict = {Outcome::unknown, "no record names a usable host and port"};
    }
  }

  // RFC 8314 §3: these ports speak TLS from the first octet, whatever label they are listed under.
  SocketType socket_type(const SrvService& service, const SrvRecord& record, Step& step) const {
    if (service.socket_type == SocketType::ssl || record.port != service.tls_port) return service.socket_type;
    note(step, service, "srv-label-for-starttls", "a port for implicit TLS is listed under the label for STARTTLS");
    return SocketType::ssl;
  }

  // Once for all records of a label.
  void note(Step& step, const SrvService& service, const char* code, const char* message) const {
    const Diagnostic diagnostic{code, srv_name(service, domain_), message};
    const auto& known = step.diagnostics;
    if (std::find(known.begin(), known.end(), diagnostic) == known.end()) step.diagnostics.push_back(diagnostic);
  }

  // All labels of a direction have been answered.
  [[nodiscard]] bool is_complete(bool incoming) const {
    for (std::size_t index = 0; index < srv_services.size(); ++index) {
      if (srv_services[index].is_incoming() == incoming && !answered_[index]) return false;
    }
    return true;
  }

  [[nodiscard]] std::optional<Settings> finding() const {
    Settings settings;
    settings.provider.id = domain_.ascii();
    settings.provider.display_name = domain_.unicode();
    settings.provider.domains = {domain_};
    if (is_complete(true)) settings.incoming = servers_of(incoming_);
    if (is_complete(false)) settings.outgoing = servers_of(outgoing_);
    if (settings.incoming.empty() && settings.outgoing.empty()) return std::nullopt;
    return settings;
  }

  DomainName domain_;
  ServiceRecords services_;
  std::array<bool, srv_services.size()> answered_{};
  std::vector<SrvOffer> incoming_;
  std::vector<SrvOffer> outgoing_;
};

}  // namespace

std::unique_ptr<Source> make_srv_source(const Subject& subject) { return std::make_unique<SrvSource>(subject); }

}  // namespace mailconf
