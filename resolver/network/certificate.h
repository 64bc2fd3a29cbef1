// What a server's certificate says, and what is wrong with it.
#pragma once

#include <string>
#include <vector>

#include "mailconf/report.h"

struct x509_st;

namespace mailconf {

// `error` is an X509_V_ERR_… of OpenSSL.
CertificateVerdict verdict_of(long error);

std::vector<std::string> certificate_names(const x509_st& certificate);  // DNS names and addresses (subjectAltName)
std::string certificate_issuer(const x509_st& certificate);              // organisation, else common name
std::string certificate_not_before(const x509_st& certificate);          // ISO 8601, UTC
std::string certificate_not_after(const x509_st& certificate);

// One clause: "the certificate is for www.example.net, not for imap.example.org".
std::string certificate_complaint(const x509_st& certificate, long error, const std::string& host);

}  // namespace mailconf
