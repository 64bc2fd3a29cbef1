#include "server/publishing_server.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <fmt/core.h>
#include <list>

#include "server/check.h"
#include "server/connections.h"
#include "server/dns_records.h"
#include "server/listener.h"
#include "server/mx/resolver_pool.h"
#include "server/publication.h"
#include "server/store/store.h"
#include "server/tls/server_context.h"

namespace mailconf::server {
namespace {

using Poco::Net::SocketAddress;

// One administrator and one monitor.
constexpr int admin_threads = 8;
constexpr int thread_idle_seconds = 60;

using Listeners = std::list<Listener>;

std::vector<SocketAddress> addresses(const Listeners& listeners) {
  std::vector<SocketAddress> all;
  for (const auto& listener : listeners) all.push_back(listener.address());
  return all;
}

// Null when nothing is to be looked up.
Result<std::unique_ptr<MailExchangers>> mail_exchangers(const Configuration& configuration, const MxLimits& limits,
                                                        Surroundings surroundings) {
  if (!configuration.serve_by_mx) return nullptr;
  if (!surroundings.mx) {
    std::vector<std::string> dns;
    for (const auto& server : configuration.dns) dns.push_back(server.toString());
    auto pool = ResolverPool::create(std::move(dns), limits.look_up);
    if (!pool) return tl::unexpected(pool.error());
    surroundings.mx = *std::move(pool);
  }
  return std::make_unique<MailExchangers>(std::move(surroundings.mx), limits, std::move(surroundings.now));
}

}  // namespace

class PublishingServer::Parts {
 public:
  Parts(Configuration configuration, Log& log, const Limits& limits, std::unique_ptr<Store> store,
        std::unique_ptr<MailExchangers> exchangers)
      : configuration_(std::move(configuration)),
        limits_(limits),
        log_(log),
        publication_(std::move(store)),
        exchangers_(std::move(exchangers)),
        signer_(profile_signer(configuration_)),
        connections_(limits_),
        site_{configuration_, limits_, publication_, exchangers_.get(), signer_.get(), connections_, log_},
        threads_("public", 2, limits_.threads, thread_idle_seconds, limits_.thread_stack),
        admin_threads_("admin", 2, admin_threads, thread_idle_seconds, limits_.thread_stack) {
    if (!configuration_.https.empty()) tls_.emplace();
  }

  ~Parts() { stop(); }

  void reload() {
    const auto before = publication_.current();
    log_.tell(publication_.reload());
    for (const auto& sentence : changed_records(*before, *publication_.current())) log_.warning(sentence);
    log_.tell(check_agreement(configuration_, *publication_.current()));
    if (signer_) log_.tell(signer_->load());
    if (tls_) {
      Problems problems;
      auto certificates = CertificateSet::load(configuration_.certificates, *tls_->in_use(), problems);
      log_.tell(problems);
      // Better an old certificate than none, when the folder is empty in the middle of a renewal.
      if (!certificates.empty()) tls_->use(std::move(certificates));
    }
    log_.information(fmt::format("settings of {} domains are in service", publication_.current()->size()));
  }

  // Every socket is bound before the first one accepts, so that a start fails as a whole.
  void listen() {
    std::vector<std::pair<Listeners*, Poco::Net::ServerSocket>> bound;
    for (const auto& address : configuration_.http) bound.emplace_back(&http_, listening(address));
    for (const auto& address : configuration_.https)
      bound.emplace_back(&https_, listening(address, Poco::Net::SecureServerSocket(tls_->poco())));
    if (configuration_.admin) bound.emplace_back(&admin_, listening(*configuration_.admin));
    for (const auto& [listeners, socket] : bound) {
      const bool admin = listeners == &admin_;
      listeners->emplace_back(socket, admin ? Audience::administrator : Audience::everyone, site_,
                              admin ? admin_threads_ : threads_);
    }
    tell_addresses();
  }

  void stop() {
    if (stopped_) return;
    stopped_ = true;
    for (auto* listeners : {&http_, &https_, &admin_}) {
      for (auto& listener : *listeners) listener.stop();
    }
    connections_.drain();
    if (exchangers_) exchangers_->stop();
    threads_.joinAll();
    admin_threads_.joinAll();
  }

  Listeners http_;
  Listeners https_;
  Listeners admin_;

 private:
  Poco::Net::ServerSocket listening(const SocketAddress& address, Poco::Net::ServerSocket socket = {}) const {
    try {
      listen_at(address, limits_, socket);
      return socket;
    } catch (const Poco::Exception& fault) {
      throw Poco::Net::NetException("cannot listen at " + address.toString(), fault.displayText());
    }
  }

  void tell_addresses() {
    for (const auto& address : addresses(http_)) log_.information("listening at http://" + address.toString());
    for (const auto& address : addresses(https_)) log_.information("listening at https://" + address.toString());
    for (const auto& address : addresses(admin_))
      log_.information("listening at http://" + address.toString() + " (admin)");
  }

  const Configuration configuration_;
  const Limits limits_;
  Log& log_;
  Publication publication_;
  const std::unique_ptr<MailExchangers> exchangers_;
  const std::unique_ptr<ProfileSigner> signer_;
  Connections connections_;
  const Site site_;
  Poco::ThreadPool threads_;
  Poco::ThreadPool admin_threads_;
  std::optional<ServerContext> tls_;
  bool stopped_ = false;
};

PublishingServer::PublishingServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PublishingServer::~PublishingServer() = default;

Result<std::unique_ptr<PublishingServer>> PublishingServer::start(Configuration configuration, Log& log, Limits limits,
                                                                  Surroundings surroundings) {
  auto store = open_store(configuration.store_url, configuration.base);
  if (!store) return tl::unexpected(store.error());
  auto exchangers = mail_exchangers(configuration, limits.mx, std::move(surroundings));
  if (!exchangers) return tl::unexpected(exchangers.error());
  auto parts =
      std::make_unique<Parts>(std::move(configuration), log, limits, *std::move(store), *std::move(exchangers));
  parts->reload();
  try {
    parts->listen();
  } catch (const Poco::Exception& fault) {
    return fail(ErrorCode::io, "", fault.message());
  }
  return std::unique_ptr<PublishingServer>(new PublishingServer(std::move(parts)));
}

void PublishingServer::reload() { parts_->reload(); }
void PublishingServer::stop() { parts_->stop(); }

std::vector<SocketAddress> PublishingServer::http() const { return addresses(parts_->http_); }
std::vector<SocketAddress> PublishingServer::https() const { return addresses(parts_->https_); }
std::optional<SocketAddress> PublishingServer::admin() const {
  if (parts_->admin_.empty()) return std::nullopt;
  return parts_->admin_.front().address();
}

}  // namespace mailconf::server
