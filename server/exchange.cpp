#include "server/exchange.h"

#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <array>
#include <sys/socket.h>

#include "server/client_family.h"

namespace mailconf::server {
namespace {

using Poco::Net::HTTPResponse;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerRequestImpl;
using Poco::Net::HTTPServerResponse;

Poco::Net::SocketImpl* connection_of(HTTPServerRequest& message) {
  return static_cast<HTTPServerRequestImpl&>(message).socket().impl();
}

// Our answers are data, even where a browser is talked into showing one as a page.
constexpr std::pair<const char*, const char*> protective_headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
};

bool has_content(int status) { return status != 204 && status != 304; }

void send(const Answer& answer, HTTPServerResponse& response) {
  response.setStatusAndReason(static_cast<HTTPResponse::HTTPStatus>(answer.status));
  for (const auto& [name, value] : protective_headers) response.set(name, value);
  for (const auto& [name, value] : answer.headers) response.set(name, value);
  if (answer.last) response.setKeepAlive(false);
  if (!has_content(answer.status)) {
    response.send();
    return;
  }
  response.setContentType(answer.content_type);
  if (!answer.last) {
    response.sendBuffer(answer.body.data(), answer.body.size());
    return;
  }
  response.setContentLength64(static_cast<Poco::Int64>(answer.body.size()));
  response.send() << answer.body << std::flush;
}

// The rest of a refused request is read and thrown away: closing over unread octets would reset the connection, and the
// client might lose the answer (RFC 9112 §9.6). The connection's deadline bounds the time.
void linger(int descriptor) {
  constexpr std::size_t most = std::size_t{4} * 1024 * 1024;
  ::shutdown(descriptor, SHUT_WR);
  std::array<char, std::size_t{16} * 1024> rest{};
  for (std::size_t read = 0; read < most;) {
    const auto got = ::recv(descriptor, rest.data(), rest.size(), 0);
    if (got <= 0) return;
    read += static_cast<std::size_t>(got);
  }
}

// The client's choice of words does not get into the log: methods that are not known are not spelled out.
std::string_view logged_method(std::string_view method) {
  for (const std::string_view known : {"GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PROPFIND"}) {
    if (method == known) return known;
  }
  return "other";
}

Answer too_many_requests() {
  auto answer = explain(429, "These are many requests in a short time: ask again in a second.");
  answer.headers.emplace_back("Retry-After", "1");
  return answer;
}

}  // namespace

void Exchange::handleRequest(HTTPServerRequest& message, HTTPServerResponse& response) {
  auto* connection = connection_of(message);
  site_.connections.request_begins(connection);
  const auto started = Connections::Clock::now();
  const auto outcome = answer(message);
  using std::chrono::duration_cast;
  const auto elapsed = duration_cast<std::chrono::microseconds>(Connections::Clock::now() - started);
  if (audience_ == Audience::everyone)
    site_.metrics.served({outcome.format, outcome.answer.status, outcome.domain, outcome.client, elapsed});
  send(outcome.answer, response);
  if (outcome.answer.last) linger(connection->sockfd());
  site_.connections.request_ends(connection);
  if (site_.configuration.access_log) log_access(message.getMethod(), outcome, elapsed);
}

Exchange::Outcome Exchange::answer(HTTPServerRequest& message) const try {
  const auto request = read_request(message, site_.limits, site_.configuration.trusted_proxies);
  if (!request) return {request.error(), "", "none", "", ""};
  const auto client = client_family(request->header("user-agent"));
  if (audience_ == Audience::everyone && !site_.clients.may_ask(request->client, Connections::Clock::now())) {
    site_.metrics.turned_away("request");
    return {too_many_requests(), request->host.text, client, "", ""};
  }
  const auto snapshot = site_.publication.current();
  const Domains domains(*snapshot, site_.exchangers, site_.logins);
  const Administration administration{site_.metrics, site_.publication};
  auto routed = route(*request, audience_,
                      {domains,
                       administration,
                       site_.configuration.plain_http,
                       site_.configuration.acme_challenges,
                       {site_.configuration.pages, site_.self_tests}});
  if (routed.answer.sign && site_.signer != nullptr)
    routed.answer.body = site_.signer->sign(std::move(routed.answer.body));
  return {std::move(routed.answer), request->host.text, client, routed.route, routed.format, domains.known()};
} catch (const Poco::Net::NetException&) {
  throw;  // the client is gone
} catch (const std::exception& fault) {
  site_.log.error(std::string("an answer failed: ") + fault.what());
  return {explain_and_close(500, "The answer could not be made."), "", "none", "", ""};
}

void Exchange::log_access(const std::string& method, const Outcome& outcome, std::chrono::microseconds elapsed) const {
  site_.log.access(
      {logged_method(method), outcome.logged_host, outcome.route, outcome.answer.status, elapsed, outcome.client});
}

}  // namespace mailconf::server
