#include "mailconf/report.h"

#include "model/names.h"

namespace mailconf {
namespace {

constexpr Named<Status> statuses[] = {
    {Status::found, "found"},
    {Status::partial, "partial"},
    {Status::insecure_only, "insecure-only"},
    {Status::needs_credentials, "needs-credentials"},
    {Status::needs_oauth2, "needs-oauth2"},
    {Status::no_standard_protocol, "no-standard-protocol"},
    {Status::not_found, "not-found"},
    {Status::unknown, "unknown"},
    {Status::offline, "offline"},
    {Status::aborted, "aborted"},
    {Status::bad_input, "bad-input"},
};

constexpr Named<Trust> trusts[] = {
    {Trust::insecure, "insecure"},
    {Trust::confirm, "confirm"},
    {Trust::authenticated, "authenticated"},
};

constexpr Named<Outcome> outcomes[] = {
    {Outcome::found, "found"},
    {Outcome::absent, "absent"},
    {Outcome::unknown, "unknown"},
    {Outcome::skipped, "skipped"},
};

constexpr Named<ProofOutcome> proof_outcomes[] = {
    {ProofOutcome::proven, "proven"},
    {ProofOutcome::refused, "refused"},
    {ProofOutcome::unreachable, "unreachable"},
    {ProofOutcome::not_tried, "not-tried"},
};

constexpr Named<CertificateVerdict> certificate_verdicts[] = {
    {CertificateVerdict::valid, "valid"},
    {CertificateVerdict::expired, "expired"},
    {CertificateVerdict::not_yet_valid, "not-yet-valid"},
    {CertificateVerdict::self_signed, "self-signed"},
    {CertificateVerdict::unknown_issuer, "unknown-issuer"},
    {CertificateVerdict::wrong_name, "wrong-name"},
    {CertificateVerdict::invalid, "invalid"},
};

}  // namespace

std::string_view to_string(Status value) { return name_of<Status>(statuses, value); }
std::string_view to_string(Trust value) { return name_of<Trust>(trusts, value); }
std::string_view to_string(Outcome value) { return name_of<Outcome>(outcomes, value); }
std::string_view to_string(ProofOutcome value) { return name_of<ProofOutcome>(proof_outcomes, value); }
std::string_view to_string(CertificateVerdict value) {
  return name_of<CertificateVerdict>(certificate_verdicts, value);
}

}  // namespace mailconf
