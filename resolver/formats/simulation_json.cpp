#include "formats/json.h"
#include "mailconf/simulate.h"

namespace mailconf {
namespace {

json::object client_json(const SimulatedClient& client) {
  return {{"name", json::text(client.name)},       {"title", json::text(client.title)},
          {"version", json::text(client.version)}, {"source", json::text(client.source)},
          {"date", json::text(client.date)},       {"notes", json::texts(client.notes)}};
}

json::object server_json(const Server& server) {
  json::object result;
  json::put_endpoint(result, server);
  json::put_unless_empty(result, "username", server.username);
  return result;
}

json::object request_json(const SimulatedRequest& request) {
  return {{"way", json::text(request.way)},
          {"request", json::text(request.request)},
          {"outcome", json::text(to_string(request.outcome))},
          {"answer", json::text(request.answer)},
          {"startedMs", json::milliseconds(request.started)},
          {"elapsedMs", json::milliseconds(request.elapsed)}};
}

json::object prediction_json(const Prediction& prediction) {
  json::object result{
      {"client", client_json(prediction.client)}, {"found", prediction.found}, {"ended", prediction.ended}};
  json::put_unless_empty(result, "foundBy", prediction.found_by);
  json::put_unless_empty(result, "toldBy", prediction.told_by);
  json::put_unless_empty(result, "reason", prediction.reason);
  result["incoming"] = json::array_of(prediction.incoming, server_json);
  result["outgoing"] = json::array_of(prediction.outgoing, server_json);
  result["encrypted"] = prediction.encrypted();
  result["toldInClear"] = prediction.told_in_clear();
  result["asks"] = json::texts(prediction.asks);
  result["elapsedMs"] = json::milliseconds(prediction.elapsed);
  result["requests"] = json::array_of(prediction.requests, request_json);
  return result;
}

}  // namespace

std::string write_simulation_json(std::string_view domain, const std::vector<Prediction>& predictions, bool indent) {
  const json::object result{{"domain", json::text(domain)}, {"clients", json::array_of(predictions, prediction_json)}};
  return json::serialize(result, indent);
}

}  // namespace mailconf
