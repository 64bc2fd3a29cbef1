// The configuration of mailconfd, read from TOML:
//
//   [server]  http, https         lists of "ADDRESS:PORT"; port 0 lets the system choose
//             trusted-proxies     networks whose X-Forwarded-Host and X-Forwarded-Proto are believed
//             plain-http          "serve" (the default: clients ask there where no certificate is) or "redirect" to
//             https; what clients post is redirected whenever the server knows of https, here or at a trusted proxy
//             serve-by-mx         true: also domains that no definition names, when their mail goes to a host at or
//             below one of a definition's mxDomains; false is the default
//             dns                 name servers for that, "ADDRESS:PORT"; the system's when left out
//             watch               whether definitions and certificates are read when they change; true is the default
//   [tls]     certificates        a folder of NAME.crt and NAME.key
//             acme-challenges     the folder that an ACME client has for its webroot; what it lays down there for
//             certificate authorities is answered, over http too
//   [store]   url                 "directory:FOLDER", "sqlite:FILE", "postgresql://…" or "mysql://…"
//             cache               of a database: how many domains are kept in memory; 20000 is the default
//   [profiles] certificate, key   PEM files to sign Apple profiles with; without them they are not signed
//   [[logins]] name, url, …       where user names are looked up: see logins/login_source.h
//   [pages]   path                where the pages for people are: "/" (the default) or such as "/setup"; "" for none
//             self-test           whether visitors may have the mail servers of a domain tried; true is the default
//             allow-private       whether that may connect to addresses that are not public; false is the default
//   [admin]   listen              "ADDRESS:PORT" of /healthz, /readyz, /metrics and /audit/DOMAIN
//   [audit]                       left out: the server's own domains are not audited
//             every               how often each is audited in the background: "1d", "12h", "30m"; never when left out
//             domains             which of them in the background; all when left out
//             concurrency         audits at once in the background; 2 is the default
//             keep                how long what was found answers /audit/DOMAIN; "1h" is the default
//             dns                 name servers, "ADDRESS:PORT"; those of [server] when left out
//             ca-file             PEM; authorities to trust instead of the system's
//             allow-private       whether addresses that are not public may be connected to; false is the default
//   [log]     access              true or false (the default)
//             format              "text" (the default) or "json"
//             file                where lines go; standard error when left out
#pragma once

#include <Poco/Net/SocketAddress.h>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/audits/audit_settings.h"
#include "server/domain_cache.h"
#include "server/log.h"
#include "server/logins/login_source.h"
#include "server/network_list.h"
#include "server/problem.h"

namespace mailconf::server {

// What is answered without TLS.
enum class PlainHttp {
  serve,            // everything: the server knows of no https
  serve_documents,  // all but what clients post, for they send passwords along (Thunderbird does)
  redirect,         // nothing
};

struct Pages {
  bool served = true;
  std::string base;  // in front of every path, "" or such as "/setup"
  bool self_test = true;
  bool allow_private = false;
};

struct Configuration {
  std::vector<Poco::Net::SocketAddress> http;
  std::vector<Poco::Net::SocketAddress> https;
  std::vector<AddressRange> trusted_proxies;
  PlainHttp plain_http = PlainHttp::serve;
  bool serve_by_mx = false;
  bool watch = true;
  std::vector<Poco::Net::SocketAddress> dns;  // empty: the system's
  std::filesystem::path certificates;         // absolute; empty without https
  std::filesystem::path acme_challenges;      // absolute; empty when challenges are not answered
  std::string store_url;
  std::size_t cache = DomainCache::usual_capacity;
  std::filesystem::path base;                 // the folder that relative paths count from
  std::filesystem::path profile_certificate;  // absolute; empty when profiles are not signed
  std::filesystem::path profile_key;
  LoginSources logins;
  Pages pages;
  std::optional<Poco::Net::SocketAddress> admin;
  std::optional<AuditSettings> audit;
  bool access_log = false;
  LogFormat log_format = LogFormat::text;
  std::filesystem::path log_file;  // absolute; empty: standard error
};

struct ReadConfiguration {
  Configuration configuration;  // to be used only when the problems hold no error
  Problems problems;
};

// As the library takes them.
std::vector<std::string> name_servers_of(const Configuration& configuration);

ReadConfiguration read_configuration(const std::filesystem::path& path);

}  // namespace mailconf::server
