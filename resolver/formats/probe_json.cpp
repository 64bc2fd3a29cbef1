#include "formats/json.h"
#include "formats/proof_json.h"
#include "mailconf/formats.h"

namespace mailconf {
namespace json {

object proof_members(const Proof& proof) {
  object result{{"outcome", text(to_string(proof.outcome))}};
  put_unless_empty(result, "reason", proof.reason);
  if (proof.tls) {
    result["tls"] = text(proof.tls->version);
    put_unless_empty(result, "cipher", proof.tls->cipher);
    result["certificate"] = text(to_string(proof.tls->certificate));
    put_unless_empty(result, "names", texts(proof.tls->names));
    put_unless_empty(result, "issuer", proof.tls->issuer);
    put_unless_empty(result, "notAfter", proof.tls->not_after);
  }
  result["mechanisms"] = texts(proof.mechanisms);
  if (proof.outcome != ProofOutcome::not_tried) result["elapsedMs"] = milliseconds(proof.elapsed);
  return result;
}

}  // namespace json

namespace {

json::object port_json(const ProbedPort& port) {
  json::object result;
  json::put_endpoint(result, port.server);
  result["address"] = json::text(port.address);
  result["greeting"] = json::text(port.greeting);
  result["beforeTLS"] = json::texts(port.before_tls);
  result["capabilities"] = json::texts(port.capabilities);
  result["authentication"] = json::texts(port.authentication);
  result["proof"] = json::proof_members(port.proof);
  return result;
}

}  // namespace

std::string write_probe_json(const std::vector<ProbedPort>& ports, bool indent) {
  const json::object result{{"host", json::text(ports.empty() ? "" : ports.front().server.hostname)},
                            {"ports", json::array_of(ports, port_json)}};
  return json::serialize(result, indent);
}

}  // namespace mailconf
