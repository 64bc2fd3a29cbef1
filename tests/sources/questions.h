// Short words for what sources ask, what the world answers, and what a step says.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sources/source.h"

namespace mailconf::test {

DomainName name(std::string_view text);
Subject about(std::string_view domain);
Subject about_address(std::string_view address);

HttpQuestion https(std::string_view host_and_path);
DnsQuestion addresses_of(std::string_view host);
DnsQuestion mx_of(std::string_view domain);
DnsQuestion srv_of(std::string_view owner);
// "imap.example.org:993" with the protocol and the kind of TLS that the port stands for.
ProbeQuestion port(std::string_view host_and_port);

// Each question as text, in order; URLs with their query.
std::vector<std::string> asked(const Step& step);
std::vector<std::string> asked_beside(const Step& step);
// "caldav https://dav.example.org/", "managesieve sieve.example.org:4190".
std::vector<std::string> services(const Step& step);
std::vector<std::string> codes(const Step& step);
// "imap imap.example.org:993 SSL".
std::vector<std::string> servers(const std::vector<Server>& servers);

HttpAnswer status(int code);
HttpAnswer page(std::string body, std::string content_type = "text/xml");
// An autoconfig document for `domains` with these servers, written as "imap imap.example.org 993 SSL".
std::string document(const std::vector<std::string>& domains,
                     const std::vector<std::string>& servers = {"imap imap.example.org 993 SSL",
                                                                "smtp smtp.example.org 465 SSL"});

DnsAnswer no_such_name();
DnsAnswer no_records();
DnsAnswer at(std::vector<std::string> addresses);
DnsAnswer mail_to(std::vector<MxRecord> records);
DnsAnswer offered(std::vector<SrvRecord> records);
DnsAnswer texts(std::vector<std::string> records);
Failure failed(FailureKind kind);

ProbeAnswer speaks(std::vector<std::string> mechanisms = {"PLAIN"},
                   CertificateVerdict certificate = CertificateVerdict::valid);
ProbeAnswer answers(ProbeVerdict verdict);

}  // namespace mailconf::test
