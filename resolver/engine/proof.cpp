#include "engine/proof.h"

#include <algorithm>
#include <fmt/format.h>

#include "protocol/probe_dialogue.h"

namespace mailconf {
namespace {

std::string_view describe(ProbeVerdict verdict) {
  switch (verdict) {
    case ProbeVerdict::speaks:
      return "";
    case ProbeVerdict::other_protocol:
      return "something else answers on this port";
    case ProbeVerdict::turned_away:
      return "the server turns connections away at present";
    case ProbeVerdict::preauthenticated:
      return "it claims to be signed in before encryption, as an attacker would";
    case ProbeVerdict::starttls_missing:
      return "it does not offer STARTTLS";
    case ProbeVerdict::starttls_refused:
      return "it offers STARTTLS and then refuses it";
    case ProbeVerdict::plaintext_injection:
      return "unencrypted data was slipped in before encryption, as an attacker would";
  }
  return "";
}

std::string_view describe(CertificateVerdict verdict) {
  switch (verdict) {
    case CertificateVerdict::valid:
      return "";
    case CertificateVerdict::expired:
      return "its certificate has expired";
    case CertificateVerdict::not_yet_valid:
      return "its certificate is not valid yet";
    case CertificateVerdict::self_signed:
      return "its certificate is signed by itself";
    case CertificateVerdict::unknown_issuer:
      return "its certificate comes from an unknown issuer";
    case CertificateVerdict::wrong_name:
      return "its certificate is for another name";
    case CertificateVerdict::invalid:
      return "its certificate is not valid";
  }
  return "";
}

std::string describe(const TlsFacts& tls) {
  std::string text(describe(tls.certificate));
  if (tls.certificate != CertificateVerdict::wrong_name || tls.names.empty()) return text;
  constexpr std::size_t few = 3;
  const auto shown = std::min(few, tls.names.size());
  return fmt::format("{}: {}{}", text, fmt::join(tls.names.begin(), tls.names.begin() + static_cast<long>(shown), ", "),
                     tls.names.size() > few ? ", …" : "");
}

bool needs_sign_in(const Server& server) { return std::ranges::all_of(server.authentication, is_login); }

bool encryption_differs(const Server& server, const ProbeAnswer& answer) {
  return server.socket_type != SocketType::plain && !answer.tls;
}

std::string why_refused(const Server& server, const ProbeAnswer& answer) {
  if (answer.verdict != ProbeVerdict::speaks) return std::string(describe(answer.verdict));
  if (encryption_differs(server, answer)) return "it did not encrypt the connection";
  if (answer.tls && answer.tls->certificate != CertificateVerdict::valid) return describe(*answer.tls);
  if (needs_sign_in(server) && answer.mechanisms.empty()) return "it offers no way to sign in";
  return "";
}

// Nobody there, or somebody there who is not what was published?
ProofOutcome outcome_of(const Failure& failure) {
  switch (failure.kind) {
    case FailureKind::closed:
    case FailureKind::tls_failed:
    case FailureKind::certificate_bad:
    case FailureKind::nonsense:
    case FailureKind::too_large:
    case FailureKind::no_such_name:
    case FailureKind::refused:
    case FailureKind::address_not_public:
      return ProofOutcome::refused;
    case FailureKind::not_asked:
      return ProofOutcome::not_tried;
    default:
      return ProofOutcome::unreachable;
  }
}

}  // namespace

std::optional<ProbeQuestion> proof_question(const Server& server) {
  if (!is_tcp(server.type)) return std::nullopt;
  return ProbeQuestion{server.type, server.hostname, server.port, server.socket_type};
}

Proof prove(const Server& server, const Answer& answer, Duration elapsed) {
  Proof proof;
  proof.elapsed = elapsed;
  if (const auto* failure = std::get_if<Failure>(&answer)) {
    proof.outcome = outcome_of(*failure);
    proof.reason = failure->detail.empty() ? std::string(to_string(failure->kind)) : failure->detail;
    return proof;
  }
  const auto* shown = std::get_if<ProbeAnswer>(&answer);
  if (!shown) return proof;
  proof.tls = shown->tls;
  proof.mechanisms = shown->mechanisms;
  proof.reason = why_refused(server, *shown);
  proof.outcome = proof.reason.empty() ? ProofOutcome::proven : ProofOutcome::refused;
  return proof;
}

bool sign_in_differs(const Server& server, const Proof& proof) {
  if (proof.outcome != ProofOutcome::proven || !needs_sign_in(server)) return false;
  const auto offered = authentication_of(proof.mechanisms);
  return std::none_of(server.authentication.begin(), server.authentication.end(), [&](Authentication way) {
    return std::find(offered.begin(), offered.end(), way) != offered.end();
  });
}

}  // namespace mailconf
