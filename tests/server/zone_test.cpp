// mailconfd dns: the records that a domain should have, how they are written, and what the DNS lacks of them.
#include "server/zone/zone.h"

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "server/published.h"
#include "server/zone/dns_command.h"
#include "server/zone/zone_text.h"
#include "support/test_ca.h"

namespace mailconf::testing {
namespace {

using server::Deviation;
using server::DnsRecord;

const std::string services =
    "[[service]]\ntype = \"caldav\"\nurl = \"https://dav.example.com/dav/\"\n"
    "[mtaSts]\nmode = \"enforce\"\nmx = [\"mx.example.com\"]\nmaxAge = 604800\n";

// A DNS that holds certain records and no others.
struct FakeDns {
  std::map<RecordQuestion, std::vector<std::string>> records;
  Outcome otherwise = Outcome::absent;

  [[nodiscard]] server::RecordLookUp look_up() const {
    return [this](const std::vector<RecordQuestion>& questions) {
      std::vector<RecordAnswer> answers;
      for (const auto& asked : questions) {
        const auto found = records.find(asked);
        if (found == records.end())
          answers.push_back({otherwise, "nothing", {}});
        else
          answers.push_back({Outcome::found, "", found->second});
      }
      return answers;
    };
  }
};

struct Shell {
  struct Outcome {
    int status;
    std::string output;
    std::string errors;
  };

  TemporaryFolder folder;
  FakeDns dns;

  explicit Shell(const std::string& more = services) {
    folder.write("domains/one.toml", definition({"example.com"}, more));
  }

  [[nodiscard]] Outcome run(server::DnsCommand command) const {
    command.store = "directory:" + (folder.path() / "domains").string();
    std::ostringstream output;
    std::ostringstream errors;
    const int status = server::run(command, dns.look_up(), output, errors);
    return {status, output.str(), errors.str()};
  }
  // A DNS as the fragment of a zone wants it; an alias with the addresses of its target.
  void publish_everything(const std::vector<std::string>& pins = {}) {
    std::istringstream lines(run({.host = "mail.example.net", .pins = pins}).output);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(';')) continue;
      const auto in = line.find(". IN ");
      const auto type_end = line.find(' ', in + 5);
      const auto type = line.substr(in + 5, type_end - in - 5);
      const auto data = line.substr(type_end + 1);
      if (type == "CNAME") dns.records[{line.substr(0, in), "A"}] = {"192.0.2.1"};
      dns.records[{line.substr(0, in), type}].push_back(data);
    }
    dns.records[{"mail.example.net", "A"}] = {"192.0.2.1"};
  }
};

bool holds(const std::string& text, const std::string& line) { return text.find(line + "\n") != text.npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(zone, Shell)

BOOST_AUTO_TEST_CASE(names_services_and_documents_have_their_records) {
  const auto done = run({.host = "mail.example.net"});
  BOOST_TEST(done.status == 0);
  for (const std::string line :
       {"autoconfig.example.com. IN CNAME mail.example.net.", "autodiscover.example.com. IN CNAME mail.example.net.",
        "ua-auto-config.example.com. IN CNAME mail.example.net.", "mta-sts.example.com. IN CNAME mail.example.net.",
        "_autodiscover._tcp.example.com. IN SRV 0 0 443 mail.example.net.",
        "_imaps._tcp.example.com. IN SRV 0 1 993 imap.example.com.",
        "_submissions._tcp.example.com. IN SRV 0 1 465 smtp.example.com.",
        "_caldavs._tcp.example.com. IN SRV 0 1 443 dav.example.com.",
        "_caldavs._tcp.example.com. IN TXT \"path=/dav/\""})
    BOOST_TEST(holds(done.output, line), line << " is not in\n" << done.output);
  BOOST_TEST(done.output.find("_ua-auto-config.example.com. IN TXT \"v=UAAC1; a=sha256; d=") != std::string::npos);
  BOOST_TEST(done.output.find("_mta-sts.example.com. IN TXT \"v=STSv1; id=") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_offered_is_said_to_be_so) {
  const auto done = run({});
  for (const std::string label : {"_imap", "_pop3s", "_pop3", "_submission"})
    BOOST_TEST(holds(done.output, label + "._tcp.example.com. IN SRV 0 0 0 ."));
  BOOST_TEST(!holds(done.output, "_imaps._tcp.example.com. IN SRV 0 0 0 ."));
}

BOOST_AUTO_TEST_CASE(without_the_name_of_the_server_its_records_are_asked_for) {
  const auto done = run({});
  BOOST_TEST(done.output.find("CNAME") == std::string::npos);
  BOOST_TEST(done.output.find("; autoconfig.example.com. must lead to this server") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(json_is_an_object_a_record) {
  const auto done = run({.host = "mail.example.net", .json = true});
  BOOST_TEST(holds(done.output,
                   R"({"zone":"example.com","name":"_imaps._tcp","fqdn":"_imaps._tcp.example.com.","type":"SRV",)"
                   R"("ttl":3600,"value":"0 1 993 imap.example.com.","priority":0,"weight":1,"port":993,)"
                   R"("target":"imap.example.com."})"));
  BOOST_TEST(done.output.find("\"value\":\"path=/dav/\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_script_for_nsupdate_replaces_what_is_there) {
  const auto text = run({.nsupdate = true}).output;
  BOOST_TEST(text.starts_with("zone example.com.\nupdate delete _imaps._tcp.example.com. SRV\n"));
  BOOST_TEST(holds(text, "update add _imaps._tcp.example.com. 3600 SRV 0 1 993 imap.example.com."));
  BOOST_TEST(text.ends_with("\nsend\n"));
}

BOOST_AUTO_TEST_CASE(a_zone_that_holds_everything_passes_the_check) {
  publish_everything();
  const auto done = run({.host = "mail.example.net", .check = true});
  BOOST_TEST(done.output.empty());
  BOOST_TEST(done.status == 0);
}

BOOST_AUTO_TEST_CASE(what_is_missing_differs_or_is_too_much_is_told) {
  publish_everything();
  dns.records.erase({"_imaps._tcp.example.com", "SRV"});
  dns.records[{"_submissions._tcp.example.com", "SRV"}] = {"0 1 587 smtp.example.com."};
  dns.records[{"_imap._tcp.example.com", "SRV"}].push_back("0 1 143 imap.example.com.");
  dns.records.erase({"autoconfig.example.com", "CNAME"});
  dns.records[{"autoconfig.example.com", "A"}] = {"192.0.2.9"};
  const auto done = run({.host = "mail.example.net", .check = true});
  BOOST_TEST(done.status == 1);
  BOOST_TEST(holds(done.output, "missing: _imaps._tcp.example.com. IN SRV 0 1 993 imap.example.com."));
  BOOST_TEST(holds(done.output,
                   "differs: _submissions._tcp.example.com. IN SRV 0 1 465 smtp.example.com. (0 1 587 "
                   "smtp.example.com.)"));
  BOOST_TEST(holds(done.output, "too much: _imap._tcp.example.com. IN SRV 0 1 143 imap.example.com."));
  BOOST_TEST(holds(done.output, "differs: autoconfig.example.com. IN CNAME mail.example.net. (leads to 192.0.2.9)"));
}

BOOST_AUTO_TEST_CASE(an_address_record_in_the_place_of_an_alias_is_told_and_is_no_fault) {
  publish_everything();
  dns.records.erase({"autoconfig.example.com", "CNAME"});
  const auto done = run({.host = "mail.example.net", .check = true});
  BOOST_TEST(done.status == 0);
  BOOST_TEST(
      done.output ==
      "resolves to the same addresses: autoconfig.example.com. IN CNAME mail.example.net. (leads to 192.0.2.1)\n");
}

BOOST_AUTO_TEST_CASE(an_alias_that_leads_elsewhere_is_noticed) {
  publish_everything();
  dns.records[{"autoconfig.example.com", "CNAME"}] = {"old.example.net."};
  const auto same = run({.host = "mail.example.net", .check = true});
  BOOST_TEST(same.status == 0);
  BOOST_TEST(holds(same.output,
                   "resolves to the same addresses: autoconfig.example.com. IN CNAME mail.example.net. (is an alias of "
                   "old.example.net.)"));
  dns.records[{"autoconfig.example.com", "A"}] = {"192.0.2.9"};
  const auto other = run({.host = "mail.example.net", .check = true});
  BOOST_TEST(other.status == 1);
  BOOST_TEST(holds(other.output,
                   "differs: autoconfig.example.com. IN CNAME mail.example.net. (is an alias of old.example.net.)"));
}

BOOST_AUTO_TEST_CASE(an_alias_without_an_address_at_its_end_is_told) {
  publish_everything();
  for (const char* name : {"autoconfig.example.com", "mail.example.net"}) dns.records.erase({name, "A"});
  const auto done = run({.host = "mail.example.net", .check = true});
  BOOST_TEST(done.status == 1);
  BOOST_TEST(
      holds(done.output,
            "differs: autoconfig.example.com. IN CNAME mail.example.net. (is an alias of mail.example.net., which "
            "has no address)"));
}

BOOST_AUTO_TEST_CASE(pinned_keys_are_compared_and_others_may_stand_beside_them) {
  const TestCa authority;
  const auto certificate = authority.issue({.names = {"imap.example.com"}}).certificate;
  const std::vector<std::string> pins{folder.write("imap.crt", certificate).string()};
  publish_everything(pins);
  auto& keys = dns.records[{"_993._tcp.imap.example.com", "TLSA"}];
  const auto check = [&] { return run({.host = "mail.example.net", .pins = pins, .check = true}); };
  keys.push_back("3 1 1 00ff");
  BOOST_TEST(check().status == 0);
  keys = {"3 1 1 00ff"};
  const auto other = check();
  BOOST_TEST(other.status == 1);
  BOOST_TEST(other.output.starts_with("differs: _993._tcp.imap.example.com. IN TLSA 3 1 1 "));
  BOOST_TEST(other.output.ends_with(" (3 1 1 00ff)\n"));
  keys.clear();
  dns.records.erase({"_993._tcp.imap.example.com", "TLSA"});
  BOOST_TEST(check().output.starts_with("missing: _993._tcp.imap.example.com. IN TLSA 3 1 1 "));
}

BOOST_AUTO_TEST_CASE(texts_of_other_purposes_are_not_too_much) {
  publish_everything();
  dns.records[{"_mta-sts.example.com", "TXT"}].push_back("\"v=spf1 -all\"");
  BOOST_TEST(run({.host = "mail.example.net", .check = true}).status == 0);
  dns.records[{"_mta-sts.example.com", "TXT"}].push_back("\"v=STSv1; id=old\"");
  BOOST_TEST(run({.host = "mail.example.net", .check = true}).output.starts_with("too much: "));
}

BOOST_AUTO_TEST_CASE(what_could_not_be_asked_is_not_missing) {
  dns.otherwise = mailconf::Outcome::unknown;
  const auto done = run({.check = true});
  BOOST_TEST(done.status == 4);
  BOOST_TEST(done.output.starts_with("unknown: "));
}

BOOST_AUTO_TEST_CASE(a_key_is_pinned_at_the_hosts_that_its_certificate_is_for) {
  const TestCa authority;
  const auto file = folder.write("imap.crt", authority.issue({.names = {"imap.example.com"}}).certificate).string();
  const auto text = run({.pins = {file}}).output;
  BOOST_TEST(text.find("_993._tcp.imap.example.com. IN TLSA 3 1 1 ") != std::string::npos);
  BOOST_TEST(text.find("_465._tcp.smtp.example.com. IN TLSA") == std::string::npos);
  BOOST_TEST(run({.pins = {(folder.path() / "none.crt").string()}}).status == 4);
  BOOST_TEST(run({.pins = {folder.write("no.crt", "no certificate").string()}}).status == 2);
}

BOOST_AUTO_TEST_CASE(a_domain_of_no_definition_is_not_there) {
  const auto done = run({.domains = {"example.org"}});
  BOOST_TEST(done.status == 1);
  BOOST_TEST(done.errors == "mailconf dns: example.org: is in no definition\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
