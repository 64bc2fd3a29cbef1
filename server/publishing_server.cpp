#include "server/publishing_server.h"

#include <Poco/Exception.h>
#include <fmt/core.h>

#include "server/check.h"
#include "server/dns_records.h"
#include "server/mx/resolver_pool.h"
#include "server/operation/folder_watch.h"
#include "server/operation/ticker.h"
#include "server/publication.h"
#include "server/store/store.h"
#include "server/tls/server_context.h"
#include "server/transport/connections.h"
#include "server/transport/front.h"

namespace mailconf::server {
namespace {

using Poco::Net::SocketAddress;

// A change is in service within two seconds.
constexpr std::chrono::milliseconds follow_period{1'000};

// A network for each run: a run is rare, and what it shows must be what is there now.
SelfTests::Prober probing_by_library(const Configuration& configuration) {
  ResolverOptions options;
  options.dns = name_servers_of(configuration);
  options.allow_private = configuration.pages.allow_private;
  return [options](const std::vector<Server>& servers, const std::stop_token& stop) {
    return Resolver::create(options).map([&](Resolver resolver) { return resolver.probe(servers, stop); });
  };
}

// Null when nothing is to be looked up.
Result<std::unique_ptr<MailExchangers>> mail_exchangers(const Configuration& configuration, const MxLimits& limits,
                                                        Surroundings surroundings) {
  if (!configuration.serve_by_mx) return nullptr;
  if (!surroundings.mx) {
    auto pool = ResolverPool::create(name_servers_of(configuration), limits.look_up);
    if (!pool) return tl::unexpected(pool.error());
    surroundings.mx = *std::move(pool);
  }
  return std::make_unique<MailExchangers>(std::move(surroundings.mx), limits, std::move(surroundings.now));
}

// By the names that definitions have for them.
Logins::Lookups lookups(const Configuration& configuration, Logins::Lookups given) {
  for (const auto& [name, source] : configuration.logins) {
    if (!given.contains(name)) given.emplace(name, open_logins(source));
  }
  return given;
}

std::string_view word(LookUpNews::Kind kind) {
  switch (kind) {
    case LookUpNews::Kind::found:
      return "found";
    case LookUpNews::Kind::absent:
      return "absent";
    case LookUpNews::Kind::refused:
      return "refused";
    case LookUpNews::Kind::failed:
      break;
  }
  return "failed";
}

}  // namespace

class PublishingServer::Parts {
 public:
  Parts(Configuration configuration, Log& log, const Limits& limits, std::unique_ptr<Store> store,
        std::unique_ptr<MailExchangers> exchangers, const Logins::Lookups& logins, SelfTests::Prober prober,
        Auditor auditor, const SelfTests::Clock& now)
      : configuration_(std::move(configuration)),
        limits_(limits),
        log_(log),
        publication_(std::move(store), configuration_.cache, [&log](const Problems& problems) { log.tell(problems); }),
        exchangers_(std::move(exchangers)),
        signer_(profile_signer(configuration_)),
        self_tests_(std::move(prober), limits_.self_tests, now),
        audits_(publication_, log_, std::move(auditor), limits_.audit, now),
        clients_(limits_.client, configuration_.trusted_proxies),
        connections_(limits_, clients_),
        logins_(logins, limits_.login, std::chrono::steady_clock::now,
                [this](const auto& news) { tell_of_logins(news); }),
        site_{configuration_, limits_, publication_, exchangers_.get(), &logins_, signer_.get(),
              self_tests_,    audits_, connections_, clients_,          metrics_, log_},
        tls_(server_context()),
        front_(site_, tls_.get()) {}

  ~Parts() { stop(); }

  void use(const std::optional<AuditSettings>& audit) { audits_.use(audit); }

  void reload() {
    const std::lock_guard lock(reloading_);
    const auto before = publication_.current();
    tell_of_definitions(*before, publication_.reload());
    if (signer_) log_.tell(signer_->load());
    if (tls_) {
      Problems problems;
      auto certificates = CertificateSet::load(configuration_.certificates, *tls_->in_use(), problems);
      log_.tell(problems);
      // Better an old certificate than none, when the folder is empty in the middle of a renewal.
      if (!certificates.empty()) tls_->use(std::move(certificates));
    }
    tell_size();
  }

  // Definitions alone, of a store that must be asked whether they have changed.
  void follow() {
    const std::lock_guard lock(reloading_);
    const auto before = publication_.current();
    const bool was_away = !publication_.state().failure.empty();
    const auto problems = publication_.follow();
    if (!problems) return;
    tell_of_definitions(*before, *problems);
    if (!publication_.state().failure.empty()) return;
    if (was_away) log_.information("the store can be read again");
    tell_size();
  }

  // Before the first reading, so that no change falls between the two.
  void watch_for_changes() {
    if (!configuration_.watch) return;
    const std::vector<std::filesystem::path> folders{publication_.folder(), configuration_.certificates};
    watch_.emplace(folders, [this] { reload(); });
    if (publication_.must_be_asked()) ticker_.emplace(follow_period, [this] { follow(); });
  }

  void listen(const std::vector<InheritedSocket>& inherited) {
    front_.listen(inherited);
    for (const auto& address : front_.http()) log_.information("listening at http://" + address.toString());
    for (const auto& address : front_.https()) log_.information("listening at https://" + address.toString());
    for (const auto& address : front_.admin())
      log_.information("listening at http://" + address.toString() + " (admin)");
  }

  bool stop() {
    if (std::exchange(stopped_, true)) return logins_ended_;
    watch_.reset();
    ticker_.reset();
    audits_.stop();
    front_.stop();
    connections_.drain();
    if (exchangers_) exchangers_->stop();
    logins_ended_ = logins_.stop();
    self_tests_.stop();
    front_.finish();
    return logins_ended_;
  }

  [[nodiscard]] const Front& front() const { return front_; }

 private:
  void tell_of_definitions(const Snapshot& before, const Problems& problems) {
    log_.tell(problems);
    for (const auto& sentence : changed_records(before, *publication_.current())) log_.warning(sentence);
    count(publication_.state());
    log_.tell(check_agreement(configuration_, *publication_.current()));
  }

  void tell_of_logins(const LookUpNews& news) {
    metrics_.login_looked_up(word(news.kind));
    if (!news.sentence.empty()) log_.warning(news.sentence);
  }

  void tell_size() {
    const auto size = publication_.current()->size();
    log_.information(fmt::format("settings of {} {} are in service", size, size == 1 ? "domain" : "domains"));
  }

  void count(const StoreState& state) {
    if (state.failure.empty())
      metrics_.loaded(state.domains, state.errors);
    else
      metrics_.could_not_load();
  }

  // Null when nothing is served by TLS.
  std::unique_ptr<ServerContext> server_context() {
    if (configuration_.https.empty()) return nullptr;
    return std::make_unique<ServerContext>(
        [this](std::string_view by, const char* alert) { metrics_.tls_alert(by, alert); });
  }

  const Configuration configuration_;
  const Limits limits_;
  Log& log_;
  Publication publication_;
  const std::unique_ptr<MailExchangers> exchangers_;
  const std::unique_ptr<ProfileSigner> signer_;
  SelfTests self_tests_;
  Audits audits_;
  Clients clients_;
  Connections connections_;
  Metrics metrics_;
  Logins logins_;
  const Site site_;
  const std::unique_ptr<ServerContext> tls_;
  Front front_;
  bool stopped_ = false;
  bool logins_ended_ = true;
  std::mutex reloading_;
  std::optional<FolderWatch> watch_;
  std::optional<Ticker> ticker_;
};

PublishingServer::PublishingServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PublishingServer::~PublishingServer() = default;

Result<std::unique_ptr<PublishingServer>> PublishingServer::start(Configuration configuration, Log& log, Limits limits,
                                                                  Surroundings surroundings) {
  auto store = open_store(configuration.store_url, configuration.base);
  if (!store) return tl::unexpected(store.error());
  const auto inherited = surroundings.sockets;
  const auto logins = lookups(configuration, std::move(surroundings.logins));
  auto prober = surroundings.prober ? std::move(surroundings.prober) : probing_by_library(configuration);
  auto auditor = surroundings.auditor ? std::move(surroundings.auditor) : Auditor(audit_by_library);
  auto now = surroundings.now;
  const auto audit = configuration.audit;
  auto exchangers = mail_exchangers(configuration, limits.mx, std::move(surroundings));
  if (!exchangers) return tl::unexpected(exchangers.error());
  auto parts = std::make_unique<Parts>(std::move(configuration), log, limits, *std::move(store), *std::move(exchangers),
                                       logins, std::move(prober), std::move(auditor), now);
  parts->watch_for_changes();
  parts->reload();
  try {
    parts->listen(inherited);
  } catch (const Poco::Exception& fault) {
    return fail(ErrorCode::io, "", fault.message());
  }
  parts->use(audit);
  return std::unique_ptr<PublishingServer>(new PublishingServer(std::move(parts)));
}

void PublishingServer::reload() { parts_->reload(); }
void PublishingServer::use(const std::optional<AuditSettings>& audit) { parts_->use(audit); }
bool PublishingServer::stop() { return parts_->stop(); }

std::vector<SocketAddress> PublishingServer::http() const { return parts_->front().http(); }
std::vector<SocketAddress> PublishingServer::https() const { return parts_->front().https(); }
std::optional<SocketAddress> PublishingServer::admin() const {
  const auto all = parts_->front().admin();
  return all.empty() ? std::nullopt : std::optional(all.front());
}

}  // namespace mailconf::server
