#include "model/sasl.h"

#include "model/names.h"

namespace mailconf {
namespace {

constexpr Named<Authentication> mechanisms[] = {
    {Authentication::password_cleartext, "PLAIN"},  // RFC 4616
    {Authentication::password_cleartext, "LOGIN"},
    {Authentication::password_encrypted, "CRAM-MD5"},    // RFC 2195
    {Authentication::password_encrypted, "DIGEST-MD5"},  // RFC 2831
    {Authentication::oauth2, "OAUTHBEARER"},             // RFC 7628
    {Authentication::oauth2, "XOAUTH2"},
    {Authentication::gssapi, "GSSAPI"},  // RFC 4752
    {Authentication::gssapi, "GSS-SPNEGO"},
    {Authentication::ntlm, "NTLM"},
    {Authentication::ntlm, "MSN"},
    {Authentication::tls_client_cert, "EXTERNAL"},  // RFC 4422 appendix A
};

}  // namespace

std::optional<Authentication> authentication_of_mechanism(std::string_view mechanism) {
  // RFC 5802, RFC 7677: a family with a hash and channel binding in the name.
  if (to_upper(mechanism).starts_with("SCRAM-")) return Authentication::password_encrypted;
  if (to_upper(mechanism).starts_with("GS2-")) return Authentication::gssapi;  // RFC 5801
  return value_of<Authentication>(mechanisms, mechanism);
}

}  // namespace mailconf
