#include "server/transport/exchange.h"

#include <Poco/Net/NetException.h>

#include "server/client_family.h"
#include "server/transport/answer_writer.h"

namespace mailconf::server {
namespace {

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

Reply Exchange::answer(const Message& message, bool last) const {
  const auto started = Connections::Clock::now();
  const auto outcome = outcome_of(message);
  using std::chrono::duration_cast;
  const auto elapsed = duration_cast<std::chrono::microseconds>(Connections::Clock::now() - started);
  if (audience_ == Audience::everyone)
    site_.metrics.served({outcome.format, outcome.answer.status, outcome.domain, outcome.client, elapsed});
  const auto& method = message.header.getMethod();
  if (site_.configuration.access_log) log_access(method, outcome, elapsed);
  const bool keep_alive = !last && !outcome.answer.last && message.header.getKeepAlive();
  return {write_answer(outcome.answer, message.header.getVersion(), method == "HEAD", keep_alive), keep_alive,
          outcome.answer.last};
}

Exchange::Outcome Exchange::outcome_of(const Message& message) const try {
  const auto request = read_request(message, site_.limits, site_.configuration.trusted_proxies);
  if (!request) return {request.error(), "", "none", "", ""};
  if (audience_ == Audience::administrator) return answered(*request);
  if (!site_.clients.may_ask(request->client, Connections::Clock::now())) {
    site_.metrics.turned_away("request");
    return {too_many_requests(), request->host.text, client_family(request->header("user-agent")), "", ""};
  }
  try {
    return answered(*request);
  } catch (const MustWait&) {
    site_.clients.take_back(request->client);
    throw;
  }
} catch (const Poco::Net::NetException&) {
  throw;  // the client is gone
} catch (const std::exception& fault) {
  site_.log.error(std::string("an answer failed: ") + fault.what());
  return {explain_and_close(500, "The answer could not be made."), "", "none", "", ""};
}

Exchange::Outcome Exchange::answered(const Request& request) const {
  const auto snapshot = site_.publication.current();
  const Domains domains(*snapshot, site_.exchangers, site_.logins, patience_);
  const Administration administration{site_.metrics, site_.publication, site_.audits};
  auto routed = route(request, audience_,
                      {domains,
                       administration,
                       site_.configuration.plain_http,
                       site_.configuration.acme_challenges,
                       {site_.configuration.pages, site_.self_tests},
                       patience_});
  if (routed.answer.sign && site_.signer != nullptr) {
    must_wait(patience_);
    routed.answer.body = site_.signer->sign(std::move(routed.answer.body));
  }
  return {std::move(routed.answer),
          request.host.text,
          client_family(request.header("user-agent")),
          routed.route,
          routed.format,
          domains.known()};
}

void Exchange::log_access(const std::string& method, const Outcome& outcome, std::chrono::microseconds elapsed) const {
  site_.log.access(
      {logged_method(method), outcome.logged_host, outcome.route, outcome.answer.status, elapsed, outcome.client});
}

}  // namespace mailconf::server
