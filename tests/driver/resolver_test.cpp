// The public class on the real network, with a name server in this process and no other host in the world.
#include "mailconf/resolver.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <thread>

#include "support/dns_server.h"

using namespace mailconf;

namespace {

const auto alice = *EmailAddress::parse("alice@example.org");

ResolverOptions with(const testing::DnsServer& names) {
  ResolverOptions options;
  options.dns = {names.endpoint()};
  options.ispdb = "off";
  return options;
}

void expect_bad(const ResolverOptions& options, const char* place) {
  const auto resolver = Resolver::create(options);
  BOOST_REQUIRE(!resolver);
  BOOST_TEST((resolver.error().code == ErrorCode::bad_option || resolver.error().code == ErrorCode::io));
  BOOST_TEST(resolver.error().text().find(place) != std::string::npos, resolver.error().text());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resolver)

BOOST_AUTO_TEST_CASE(options_that_cannot_be_honoured_are_refused_by_name) {
  ResolverOptions options;
  options.sources = {"autoconfig", "horoscope"};
  expect_bad(options, "horoscope");
  options = {};
  options.ispdb = "http://db.example.com/";
  expect_bad(options, "ispdb");
  options = {};
  options.ispdb = "nonsense";
  expect_bad(options, "ispdb");
  options = {};
  options.deadline = std::chrono::milliseconds(0);
  expect_bad(options, "deadline");
  options = {};
  options.isp_dir = "/nowhere";
  expect_bad(options, "/nowhere");
  options = {};
  options.dns = {"not an address"};
  expect_bad(options, "not an address");
  options = {};
  options.ca_file = "/nowhere/ca.pem";
  expect_bad(options, "/nowhere/ca.pem");
}

BOOST_AUTO_TEST_CASE(the_sources_are_told_in_order_of_preference) {
  std::vector<std::string> names;
  for (const auto& source : source_summaries()) {
    names.push_back(source.name);
    BOOST_TEST(!source.summary.empty());
  }
  BOOST_TEST(names == (std::vector<std::string>{"policy", "pacc", "autoconfig", "well-known", "autoconfig-http",
                                                "ispdb", "builtin", "mx-autoconfig", "mx-ispdb", "mx-builtin", "srv",
                                                "txt", "autodiscover", "parent", "guess"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_domain_that_nobody_knows_is_definitely_not_found) {
  testing::DnsServer names;
  auto resolver = Resolver::create(with(names));
  BOOST_REQUIRE(resolver);
  const Report report = resolver->resolve(alice);
  BOOST_TEST(to_string(report.status) == "not-found");
  BOOST_TEST(report.address == "alice@example.org");
  for (const auto& row : report.sources)
    BOOST_TEST(to_string(row.outcome) != "unknown", row.source + ": " + row.reason);
}

BOOST_AUTO_TEST_CASE(known_settings_without_proof_need_no_network_at_all) {
  testing::DnsServer names;
  auto options = with(names);
  options.probe = false;
  auto resolver = Resolver::create(options);
  const Report report = resolver->resolve(*EmailAddress::parse("someone@gmail.com"));
  BOOST_TEST(to_string(report.status) == "found");
  BOOST_TEST(report.best.incoming.at(0).server.hostname == "imap.gmail.com");
  BOOST_TEST(report.best.incoming.at(0).server.username == "someone@gmail.com");
  BOOST_TEST(names.questions().empty());
}

BOOST_AUTO_TEST_CASE(without_an_address_user_names_stay_templates) {
  ResolverOptions options;
  options.probe = false;
  auto resolver = Resolver::create(options);
  const Report report = resolver->resolve(*DomainName::parse("gmail.com"));
  BOOST_TEST(report.address.empty());
  BOOST_TEST(report.best.incoming.at(0).username_template == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(H21_a_stop_from_another_thread_ends_the_search) {
  testing::DnsServer names;
  std::stop_source stop;
  for (const auto* name : {"autoconfig.example.org", "example.org"}) names.conduct(name, testing::DnsConduct::silent);
  auto resolver = Resolver::create(with(names));
  std::thread stopper;
  Observer observer;
  observer.asked = [&](const SourceRow&) {
    if (!stopper.joinable()) stopper = std::thread([&] { stop.request_stop(); });
  };
  const Report report = resolver->resolve(alice, observer, stop.get_token());
  stopper.join();
  BOOST_TEST(to_string(report.status) == "aborted");
  BOOST_TEST(!report.sources.empty());
}

BOOST_AUTO_TEST_CASE(many_subjects_are_resolved_and_later_ones_are_told_of_from_another_thread) {
  testing::DnsServer names;
  auto resolver = Resolver::create(with(names));
  BOOST_REQUIRE(resolver);
  std::atomic<bool> more = false;
  std::jthread teller;
  std::size_t given = 0;
  std::size_t done = 0;
  Batch batch;
  batch.next = [&]() -> std::variant<AddressOrDomain, Batch::Pause> {
    if (given == 20) return Batch::Pause::ended;
    if (given < 10 || more) return AddressOrDomain(*DomainName::parse("d" + std::to_string(given++) + ".example.org"));
    if (!teller.joinable()) {
      teller = std::jthread([&] {
        more = true;
        resolver->wake();
      });
    }
    return Batch::Pause::not_yet;
  };
  batch.done = [&](const AddressOrDomain&, const Report& report) {
    BOOST_TEST(to_string(report.status) == "not-found", report.domain);
    ++done;
  };
  resolver->resolve_many(batch);
  BOOST_TEST(done == 20U);
}

BOOST_AUTO_TEST_CASE(a_run_on_the_real_network_is_replayed_without_it) {
  testing::DnsServer names;
  names.mx("example.org", 10, "mx.example.net");
  auto resolver = Resolver::create(with(names));
  BOOST_REQUIRE(resolver);
  const auto recorded = resolver->record(alice);
  const auto asked = names.questions().size();
  auto replay = Resolver::replay(recorded.recording);
  BOOST_REQUIRE(replay);
  const Report report = replay->resolve(alice);
  BOOST_TEST(to_string(report.status) == to_string(recorded.report.status));
  BOOST_REQUIRE(report.sources.size() == recorded.report.sources.size());
  for (std::size_t index = 0; index < report.sources.size(); ++index) {
    BOOST_TEST(report.sources[index].target == recorded.report.sources[index].target);
    BOOST_TEST(report.sources[index].reason == recorded.report.sources[index].reason);
  }
  BOOST_TEST(recorded.recording.find("alice") == std::string::npos);
  BOOST_TEST(names.questions().size() == asked);
}

BOOST_AUTO_TEST_CASE(a_policy_file_that_cannot_be_read_is_bad_input_not_silence) {
  ResolverOptions options;
  const auto folder = std::filesystem::temp_directory_path() / ("mailconf-isp-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "example.org.xml");  // a folder where the file should be
  options.isp_dir = folder.string();
  auto resolver = Resolver::create(options);
  const Report report = resolver->resolve(alice);
  BOOST_TEST(to_string(report.status) == "bad-input");
  BOOST_TEST(report.warnings.at(0).code == "bad-input");
  std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_SUITE_END()
