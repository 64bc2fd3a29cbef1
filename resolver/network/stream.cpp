#include "network/stream.h"

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <fcntl.h>
#include <fmt/core.h>

#include "mailconf/secret.h"
#include "network/failures.h"

namespace mailconf {

namespace asio = boost::asio;
using SystemError = boost::system::error_code;
using asio::ip::tcp;

struct Stream::Connection {
  explicit Connection(asio::io_context& context) : socket(context) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  ~Connection() { overwrite_outgoing(); }

  SystemError open(const Endpoint& to);
  // What was written may have been a password.
  void overwrite_outgoing() { overwrite(outgoing.data(), outgoing.size()); }
  [[nodiscard]] Failure read_failure(const SystemError& error) const;

  tcp::socket socket;
  std::unique_ptr<asio::ssl::stream<tcp::socket&>> tls;
  tcp::endpoint remote;
  std::string where;  // for people
  std::string outgoing;
  std::array<char, 16384> incoming{};
  bool closed = false;
};

SystemError Stream::Connection::open(const Endpoint& to) {
  where = to.text();
  SystemError error;
  remote = tcp::endpoint(asio::ip::make_address(to.address, error), to.port);
  if (error) return error;
  if (socket.open(remote.protocol(), error)) return error;
  // A program that embeds the library may start others.
  ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
  SystemError ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  return error;
}

Failure Stream::Connection::read_failure(const SystemError& error) const {
  if (error == asio::ssl::error::stream_truncated)
    return {FailureKind::closed, fmt::format("{}: the connection was cut without an end of TLS", where)};
  if (error.category() == asio::error::get_ssl_category())
    return {FailureKind::closed, fmt::format("{}: the TLS connection broke: {}", where, error.message())};
  return socket_failure(error.value(), where);
}

Stream::Stream(EventLoop& loop) : connection_(std::make_shared<Connection>(loop.context())) {}

Stream::~Stream() {
  connection_->closed = true;
  SystemError ignored;
  connection_->socket.close(ignored);
}

void Stream::connect(const Endpoint& to, Connected done) {
  auto on_connected = [connection = connection_, done = std::move(done)](const SystemError& error) {
    if (connection->closed) return;
    done(error ? std::optional(socket_failure(error.value(), connection->where)) : std::nullopt);
  };
  if (const auto error = connection_->open(to)) {
    asio::post(connection_->socket.get_executor(), [error, on_connected] { on_connected(error); });
    return;
  }
  connection_->socket.async_connect(connection_->remote, std::move(on_connected));
}

void Stream::start_tls(TlsSession session, const std::string& host, Secured done) {
  if (!session) {
    const Failure failure{FailureKind::tls_failed, fmt::format("{} is no name that TLS can ask for", host)};
    asio::post(connection_->socket.get_executor(), [connection = connection_, failure, done = std::move(done)] {
      if (!connection->closed) done(tl::unexpected(failure));
    });
    return;
  }
  ssl_st* raw = session.release();
  connection_->tls = std::make_unique<asio::ssl::stream<tcp::socket&>>(connection_->socket, raw);
  connection_->tls->async_handshake(asio::ssl::stream_base::client, [connection = connection_, raw, host,
                                                                     done = std::move(done)](const SystemError& error) {
    if (connection->closed) return;
    if (!error) return done(tls_facts(*raw));
    if (error.category() == asio::error::get_ssl_category())
      return done(tl::unexpected(handshake_failure(*raw, static_cast<unsigned long>(error.value()), host)));
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated)
      return done(tl::unexpected(
          Failure{FailureKind::tls_failed, fmt::format("{} closed the connection during the TLS handshake", host)}));
    done(tl::unexpected(socket_failure(error.value(), connection->where)));
  });
}

void Stream::write(std::string bytes, std::function<void()> done) {
  connection_->outgoing = std::move(bytes);
  auto on_written = [connection = connection_, done = std::move(done)](const SystemError&, std::size_t) {
    connection->overwrite_outgoing();
    if (!connection->closed) done();
  };
  const auto buffer = asio::buffer(connection_->outgoing);
  if (connection_->tls)
    asio::async_write(*connection_->tls, buffer, std::move(on_written));
  else
    asio::async_write(connection_->socket, buffer, std::move(on_written));
}

void Stream::read(Received done, std::size_t at_most) {
  auto on_read = [connection = connection_, done = std::move(done)](const SystemError& error, std::size_t size) {
    if (connection->closed) return;
    if (!error) return done(std::string_view(connection->incoming.data(), size));
    if (error == asio::error::eof) return done(std::string_view());
    done(tl::unexpected(connection->read_failure(error)));
  };
  const auto buffer = asio::buffer(connection_->incoming, at_most);
  if (connection_->tls)
    connection_->tls->async_read_some(buffer, std::move(on_read));
  else
    connection_->socket.async_read_some(buffer, std::move(on_read));
}

void Stream::leads_to(std::string where) { connection_->where = std::move(where); }

void Stream::say_goodbye() {
  // Asio hands the closing record to the socket before it begins to wait for the peer's; closing ends the waiting.
  if (connection_->tls) connection_->tls->async_shutdown([connection = connection_](const SystemError&) {});
}

}  // namespace mailconf
