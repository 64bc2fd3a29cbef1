#include "support/tcp_server.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <unistd.h>

namespace mailconf::testing {
namespace {

template <class T, class Read>
T* from_pem(const std::string& pem, Read read) {
  BIO* memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  T* object = read(memory, nullptr, nullptr, nullptr);
  BIO_free(memory);
  return object;
}

SSL* server_session(const Identity& identity) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  X509* certificate = from_pem<X509>(identity.certificate, &PEM_read_bio_X509);
  EVP_PKEY* key = from_pem<EVP_PKEY>(identity.key, &PEM_read_bio_PrivateKey);
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  SSL* session = SSL_new(context);
  SSL_CTX_free(context);
  return session;
}

}  // namespace

Conversation::Conversation(Descriptor socket) : socket_(std::move(socket)) {}
Conversation::~Conversation() { SSL_free(tls_); }

bool Conversation::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = tls_ != nullptr ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                      : ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Conversation::read_octet(char& octet) {
  return tls_ != nullptr ? SSL_read(tls_, &octet, 1) == 1 : ::recv(socket_.get(), &octet, 1, 0) == 1;
}

std::string Conversation::read_line() {
  std::string line;
  char octet = 0;
  while (read_octet(octet) && octet != '\n')
    if (octet != '\r') line += octet;
  return line;
}

std::string Conversation::read_octets(std::size_t count) {
  std::string octets;
  char octet = 0;
  while (octets.size() < count && read_octet(octet)) octets += octet;
  return octets;
}

std::string Conversation::read_request() {
  std::string request;
  for (auto line = read_line(); !line.empty(); line = read_line()) request += line + "\n";
  return request;
}

bool Conversation::start_tls(const Identity& identity) {
  tls_ = server_session(identity);
  SSL_set_fd(tls_, socket_.get());
  return SSL_accept(tls_) == 1;
}

std::string Conversation::server_name() const {
  const char* name = tls_ == nullptr ? nullptr : SSL_get_servername(tls_, TLSEXT_NAMETYPE_host_name);
  return name == nullptr ? "" : name;
}

bool Conversation::wait_for_close() {
  char octet = 0;
  while (read_octet(octet)) continue;
  return tls_ != nullptr && (SSL_get_shutdown(tls_) & SSL_RECEIVED_SHUTDOWN) != 0;
}

bool Conversation::closes_within(std::chrono::milliseconds time) {
  pollfd wait{socket_.get(), POLLIN, 0};
  return ::poll(&wait, 1, static_cast<int>(time.count())) > 0;
}

void Conversation::reset() {
  // Dissolves the association and leaves the descriptor open, whose number another thread knows.
  const sockaddr nobody{AF_UNSPEC, {}};
  [[maybe_unused]] const int gone = ::connect(socket_.get(), &nobody, sizeof nobody);
}

TcpServer::TcpServer(Script script, const std::string& address, std::uint16_t port)
    : script_(std::move(script)),
      listener_(bound_socket(SOCK_STREAM, address, port)),
      port_(port_of(listener_)),
      stop_(wake_pipe()) {
  // OpenSSL writes without MSG_NOSIGNAL.
  std::signal(SIGPIPE, SIG_IGN);
  ::listen(listener_.get(), 64);
  thread_ = std::thread([this] { run(); });
}

TcpServer::~TcpServer() {
  [[maybe_unused]] const auto written = ::write(stop_.second.get(), "x", 1);
  thread_.join();
  for (auto& guest : guests_) ::shutdown(guest.conversation->socket_.get(), SHUT_RDWR);
  for (auto& guest : guests_) guest.thread.join();
}

std::size_t TcpServer::accepted() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

std::size_t TcpServer::peak() const {
  const std::lock_guard lock(mutex_);
  return peak_;
}

bool TcpServer::wait_until_open(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return open_ == count; });
}

void TcpServer::run() {
  for (;;) {
    std::array<pollfd, 2> waits{{{listener_.get(), POLLIN, 0}, {stop_.first.get(), POLLIN, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0 || waits[1].revents != 0) return;
    receive();
  }
}

void TcpServer::receive() {
  Descriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (socket.get() < 0) return;
  auto& guest = guests_.emplace_back();
  guest.conversation = std::make_unique<Conversation>(std::move(socket));
  {
    const std::lock_guard lock(mutex_);
    ++accepted_;
    peak_ = std::max(peak_, ++open_);
  }
  changed_.notify_all();
  guest.thread = std::thread([this, conversation = guest.conversation.get()] {
    script_(*conversation);
    // The descriptor itself stays until the end, so that its number is not given to another.
    ::shutdown(conversation->socket_.get(), SHUT_RDWR);
    {
      const std::lock_guard lock(mutex_);
      --open_;
    }
    changed_.notify_all();
  });
}

SilentPort::SilentPort(const std::string& address, std::uint16_t port)
    : listener_(bound_socket(SOCK_STREAM, address, port)) {
  ::listen(listener_.get(), 0);
  const auto remote = socket_address(address, port_of(listener_));
  for (int i = 0; i < 4; ++i) {
    Descriptor socket(::socket(remote.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    [[maybe_unused]] const int pending = ::connect(socket.get(), remote.get(), remote.size);
    crowd_.push_back(std::move(socket));
  }
}

}  // namespace mailconf::testing
