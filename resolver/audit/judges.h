// What looks for what stands in the table of checks: one function a family.
#pragma once

#include "audit/findings.h"
#include "audit/gathered.h"

namespace mailconf::audit {

// Whether there is anything else to judge: false for a domain that the DNS does not know.
bool judge_existence(const Gathered& gathered, Findings& findings);
void judge_names(const Gathered& gathered, Findings& findings);         // the domain, MX, wildcards
void judge_leftovers(const Gathered& gathered, Findings& findings);     // of earlier hosts, and misspellings
void judge_records(const Gathered& gathered, Findings& findings);       // service records of the mail
void judge_documents(const Gathered& gathered, Findings& findings);     // autoconfig: where and how
void judge_settings(const Gathered& gathered, Findings& findings);      // autoconfig: what it says
void judge_autodiscover(const Gathered& gathered, Findings& findings);  // where and how
void judge_protocols(const Gathered& gathered, Findings& findings);     // Autodiscover: what it says
void judge_pacc(const Gathered& gathered, Findings& findings);
void judge_mta_sts(const Gathered& gathered, Findings& findings);
void judge_certificates(const Gathered& gathered, Findings& findings);
void judge_hosts(const Gathered& gathered, Findings& findings);
void judge_servers(const Gathered& gathered, Findings& findings);
void judge_agreement(const Gathered& gathered, Findings& findings);
void judge_services(const Gathered& gathered, Findings& findings);

// All of them.
std::vector<AuditFinding> judge(const Gathered& gathered);

}  // namespace mailconf::audit
