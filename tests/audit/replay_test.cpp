// An audit that is written down is given again without a network, to the last octet of its JSON.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "audit/auditor.h"
#include "driver/many.h"
#include "driver/recorded_network.h"

namespace mailconf::testing {
namespace {

struct RecordedWorld {
  const char* name;
  std::string world;
  std::string domain;
};
std::ostream& operator<<(std::ostream& out, const RecordedWorld& each) { return out << each.name; }

// Through a proxy no address is asked for; where connections are led elsewhere, not that of their host.
const std::string firewalled =
    "[network]\nother-addresses = \"drop\"\n[zone.\"example.org\"]\n\"* A\" = \"203.0.113.99\"\n"
    "\"@ A\" = \"203.0.113.99\"\n";

std::vector<RecordedWorld> recorded_worlds() {
  return {{"all as it should be", text_of(TEST_DATA "/audit/sound.toml"), "example.org"},
          {"the broken twin of the demo", text_of(PROJECT_DATA "/demo/broken.toml"), "broken.example"},
          {"a domain that is told of nothing", "[zone.\"example.org\"]\n", "example.org"},
          {"a domain that is not there", "[zone.\"org\"]\n", "example.org"},
          {"behind a firewall", firewalled, "example.org"},
          {"no network", "[network]\noffline = true\n[zone.\"example.org\"]\n", "example.org"}};
}

struct Written {
  Audit audit;
  std::string recording;
};

Written written_audit(const RecordedWorld& each, const ResolverOptions& options = {}) {
  simulated::SimulatedNetwork network(simulated::world_from(each.world, each.domain));
  SharedNetwork shared(network, manners_of(Batch(), options));
  RecordingNetwork recorder(shared, std::nullopt);
  std::uint32_t owner = 1;
  Written written;
  const auto batch = batch_of(DomainName::parse(each.domain).value(), written.audit);
  run_audits(recorder, owner, batch, {options.deadline, today, {}}, {});
  Recording recording;
  recording.domain = each.domain;
  recording.audited_on = today;
  recording.options = options;
  recording.entries = recorder.entries();
  written.recording = write_recording(recording);
  return written;
}

std::string replayed(const std::string& recording) {
  auto resolver = Resolver::replay(recording);
  BOOST_REQUIRE(resolver.has_value());
  return write_audit_json(resolver->audit(std::get<DomainName>(*resolver->recorded())), true);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(replay)

BOOST_DATA_TEST_CASE(a_recorded_audit_is_replayed_to_the_same_json, recorded_worlds()) {
  const auto written = written_audit(sample);
  BOOST_TEST(replayed(written.recording) == write_audit_json(written.audit, true));
}

BOOST_AUTO_TEST_CASE(a_recording_of_an_audit_says_that_it_is_one) {
  const auto resolver = Resolver::replay(written_audit(recorded_worlds().front()).recording);
  BOOST_REQUIRE(resolver.has_value());
  BOOST_TEST((resolver->recorded_run() == RecordedRun::audit));
}

BOOST_AUTO_TEST_CASE(it_can_be_replayed_more_than_once) {
  const auto written = written_audit(recorded_worlds()[1]);
  auto resolver = Resolver::replay(written.recording);
  BOOST_REQUIRE(resolver.has_value());
  const auto domain = std::get<DomainName>(*resolver->recorded());
  BOOST_TEST((resolver->audit(domain) == written.audit));
  BOOST_TEST((resolver->audit(domain) == written.audit));
}

BOOST_AUTO_TEST_CASE(an_audit_through_a_proxy_is_replayed_and_the_proxy_is_not_written_down) {
  ResolverOptions options;
  options.proxy = "http://me:s3cret@proxy.example:3128";
  const auto written = written_audit(recorded_worlds().front(), options);
  BOOST_TEST(written.recording.find("s3cret") == std::string::npos);
  BOOST_TEST(written.recording.find("proxy.example") == std::string::npos);
  BOOST_TEST(replayed(written.recording) == write_audit_json(written.audit, true));
}

// The certificate of the world ends on the first day of 2030; what was judged in 2026 is not judged by the clock.
BOOST_AUTO_TEST_CASE(certificates_are_judged_by_the_day_of_the_recording) {
  auto written = written_audit(recorded_worlds().front());
  BOOST_TEST(replayed(written.recording).find("certificate-") == std::string::npos);
  const std::string day = "\"auditedOnDay\":";
  const auto at = written.recording.find(day) + day.size();
  written.recording.replace(at, written.recording.find_first_of(",}", at) - at, "21910");  // five days before
  BOOST_TEST(replayed(written.recording).find("certificate-ends-in-days") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
