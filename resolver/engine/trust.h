// May settings be used without asking the user? Derived from the evidence alone, so that no source can claim it.
#pragma once

#include <string>
#include <vector>

#include "mailconf/report.h"
#include "protocol/question.h"
#include "sources/source.h"

namespace mailconf {

// One answered question on the way to a finding.
struct EvidenceLink {
  Question question;
  std::vector<Url> redirects;
  bool authentic = false;  // of a DNS answer: DNSSEC-validated
};

// How far, and what keeps it from being further: one clause each, for people.
struct Judgement {
  Trust trust = Trust::authenticated;
  std::vector<std::string> doubts;
};

// The weakest link: an http hop or an unencrypted server is insecure; another registrable domain that DNS without
// DNSSEC or a redirect led to must be confirmed (RFC 6186 §6, draft-ietf-mailmaint-autoconfig-06 §8). The MTA-STS
// policy of the domain, where it is among the evidence, stands for DNSSEC of the MX records.
Judgement trust_of(const std::vector<EvidenceLink>& evidence, const Subject& subject,
                   const std::vector<Server>& servers);

// The same for a service that DNS records, a redirect of the domain's own web site or an answer of its own hosts name;
// what told of it comes first.
Trust trust_of_service(const std::vector<EvidenceLink>& evidence, const Subject& subject, const std::string& host);

}  // namespace mailconf
