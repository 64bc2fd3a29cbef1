#include "mailconf/login.h"

#include "model/names.h"

namespace mailconf {
namespace {

constexpr Named<LoginOutcome> login_outcomes[] = {
    {LoginOutcome::accepted, "accepted"},
    {LoginOutcome::cannot_connect, "cannot-connect"},
    {LoginOutcome::tls_failed, "tls-failed"},
    {LoginOutcome::bad_certificate, "bad-certificate"},
    {LoginOutcome::no_mechanism, "no-mechanism"},
    {LoginOutcome::refused, "refused"},
    {LoginOutcome::unavailable, "unavailable"},
    {LoginOutcome::rate_limited, "rate-limited"},
    {LoginOutcome::not_understood, "not-understood"},
    {LoginOutcome::not_needed, "not-needed"},
    {LoginOutcome::not_tried, "not-tried"},
};

}  // namespace

std::string_view to_string(LoginOutcome value) { return name_of<LoginOutcome>(login_outcomes, value); }

}  // namespace mailconf
