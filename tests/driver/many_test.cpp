// Hundreds of domains of one provider, in virtual time.
#include "driver/many.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "driver/watched_network.h"
#include "protocol/limits.h"
#include "sources/catalog.h"
#include "support/simulated_network.h"
#include "support/world_reader.h"

using namespace mailconf;
using namespace std::chrono_literals;

namespace {

// Every domain's mail goes to one provider, whom the database knows; the domains publish nothing themselves.
const std::string world = R"(
[network]
round-trip-ms = 20
[zone."test"]
"* MX" = "10 mx.provider.example"
"autoconfig.slow A" = "203.0.113.99"
[zone."provider.example"]
[zone."ispdb.net"]
[host.database]
names = ["ispdb.net"]
addresses = ["203.0.113.80"]
default-status = 404
[host.database.resources."/v1.1/provider.example"]
autoconfig = ["imap imap.provider.example 993 SSL", "smtp smtp.provider.example 465 SSL"]
domains = ["provider.example"]
[host.mail]
names = ["imap.provider.example", "smtp.provider.example"]
addresses = ["203.0.113.10"]
[host.mail.ports]
993 = "imap"
465 = "smtp"
[host.tarpit]
addresses = ["203.0.113.99"]
other-ports = "drop"
)";

std::string name(std::size_t number) { return fmt::format("d{}.test", number); }

struct Run {
  explicit Run(std::size_t concurrency, std::size_t subjects, const std::string& internet = world)
      : simulated(simulated::world_from(internet)), total(subjects) {
    batch.concurrency = concurrency;
    batch.next = [this]() -> std::variant<AddressOrDomain, Batch::Pause> {
      if (given == total) return Batch::Pause::ended;
      most_in_flight = std::max(most_in_flight, ++given - reports.size());
      return AddressOrDomain(*DomainName::parse(name(given - 1)));
    };
    batch.done = [this](const AddressOrDomain& about, const Report& report) {
      BOOST_TEST(std::get<DomainName>(about).ascii() == report.domain);
      reports.push_back(report);
    };
  }

  void play() {
    std::uint32_t owner = 1;
    run_many(
        shared, owner, batch, [this](const AddressOrDomain& about) { return prepare(about); }, stop.get_token());
    BOOST_TEST(simulated.outstanding() == 0U);
    BOOST_TEST(simulated.open_sockets() == 0U);
  }

  std::variant<Prepared, Report> prepare(const AddressOrDomain& about) const {
    auto subject =
        std::make_unique<Subject>(Subject{std::get<DomainName>(about), std::nullopt, SendAddress::retry,
                                          *Url::parse("https://ispdb.net/v1.1/"), std::nullopt, "", nullptr, false});
    auto catalog = standard_catalog();
    std::erase_if(catalog, [](const CatalogEntry& entry) { return entry.id == "guess"; });
    auto resolution = std::make_unique<Resolution>(*subject, catalog, ResolutionOptions{});
    return Prepared{std::move(subject), std::move(resolution)};
  }

  simulated::SimulatedNetwork simulated;
  testing::WatchedNetwork watched{simulated};
  SharedNetwork shared{watched};
  Batch batch;
  std::stop_source stop;
  std::size_t total;
  std::size_t given = 0;
  std::size_t most_in_flight = 0;
  std::vector<Report> reports;
};

std::vector<std::string> domains(const std::vector<Report>& reports) {
  std::vector<std::string> names;
  for (const auto& report : reports) names.push_back(report.domain);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<FoundServer> without_times(std::vector<FoundServer> servers) {
  for (auto& each : servers) each.proof.elapsed = {};
  return servers;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(many)

BOOST_AUTO_TEST_CASE(every_subject_has_one_report_and_no_more_are_under_way_than_allowed) {
  Run run(7, 100);
  run.play();
  std::vector<std::string> expected;
  for (std::size_t number = 0; number < 100; ++number) expected.push_back(name(number));
  std::sort(expected.begin(), expected.end());
  BOOST_TEST(domains(run.reports) == expected, boost::test_tools::per_element());
  BOOST_TEST(run.most_in_flight == 7U);
  for (const auto& report : run.reports) BOOST_TEST(to_string(report.status) == "found", report.domain);
}

BOOST_AUTO_TEST_CASE(what_the_provider_of_all_is_asked_is_asked_once) {
  Run run(16, 100);
  run.play();
  for (const char* shared : {"https://ispdb.net/v1.1/provider.example", "imap.provider.example:993 (imap, SSL)",
                             "smtp.provider.example:465 (smtp, SSL)"})
    BOOST_TEST(run.watched.times_asked(shared) == 1, shared);
  BOOST_TEST(run.watched.times_asked("https://ispdb.net/v1.1/" + name(5)) == 1);
}

BOOST_AUTO_TEST_CASE(the_one_database_that_all_ask_is_not_asked_too_much_at_a_time) {
  Run run(64, 200);
  run.play();
  BOOST_TEST(run.watched.most_at_one_host == limits::connections_per_host);
  for (const auto& report : run.reports) {
    BOOST_TEST(to_string(report.status) == "found");
    BOOST_TEST((report.elapsed <= 8s));
    for (const auto& row : report.sources) BOOST_TEST(row.reason.find("not asked") == std::string::npos, row.reason);
  }
}

BOOST_AUTO_TEST_CASE(one_machine_with_the_names_of_all_is_not_asked_too_much_at_a_time) {
  std::string crowded = world;
  crowded.replace(crowded.find("\"autoconfig.slow A\""), 0, "\"* A\" = \"203.0.113.50\"\n");
  crowded +=
      "[host.shared]\naddresses = [\"203.0.113.50\"]\ncertificate = { names = [\"*.test\"] }\ndefault-status = 404\n";
  Run run(64, 200, crowded);
  run.play();
  BOOST_TEST(run.simulated.most_sockets_to_one_address() == limits::connections_per_address);
  BOOST_TEST(run.watched.most_to_name_server == limits::questions_to_name_server);
  for (const auto& report : run.reports) BOOST_TEST(to_string(report.status) == "found", report.domain);
}

BOOST_AUTO_TEST_CASE(many_at_once_decide_as_one_alone_does) {
  Run alone(1, 1);
  alone.play();
  Run crowd(16, 40);
  crowd.play();
  for (const auto& report : crowd.reports) {
    const auto& single = alone.reports.front();
    BOOST_TEST(report.best.sources == single.best.sources, boost::test_tools::per_element());
    BOOST_TEST((report.best.trust == single.best.trust));
    BOOST_TEST((without_times(report.best.incoming) == without_times(single.best.incoming)));
    BOOST_TEST((without_times(report.best.outgoing) == without_times(single.best.outgoing)));
  }
}

BOOST_AUTO_TEST_CASE(reports_come_in_the_order_of_completion) {
  Run run(2, 2);
  run.batch.next = [&run]() -> std::variant<AddressOrDomain, Batch::Pause> {
    constexpr const char* names[] = {"slow.test", "fast.test"};
    if (run.given == 2) return Batch::Pause::ended;
    return AddressOrDomain(*DomainName::parse(names[run.given++]));
  };
  run.play();
  BOOST_REQUIRE(run.reports.size() == 2U);
  BOOST_TEST(run.reports.front().domain == "fast.test");
}

BOOST_AUTO_TEST_CASE(each_deadline_counts_from_its_own_beginning) {
  Run run(1, 4);
  run.play();
  for (const auto& report : run.reports) BOOST_TEST((report.elapsed < 2s));
  BOOST_TEST((run.simulated.now() > run.reports.back().elapsed));
}

BOOST_AUTO_TEST_CASE(a_stop_ends_all_at_once_and_what_was_under_way_has_no_report) {
  Run run(8, 1000);
  run.simulated.at(700ms, [&] { run.stop.request_stop(); });
  run.play();
  BOOST_TEST((run.simulated.now() == 700ms));
  BOOST_TEST(!run.reports.empty());
  BOOST_TEST(run.reports.size() + 8 == run.given);
  for (const auto& report : run.reports) BOOST_TEST(to_string(report.status) == "found");
}

BOOST_AUTO_TEST_CASE(of_a_million_subjects_no_more_are_taken_than_can_be_worked_on) {
  Run run(16, 1'000'000);
  const auto done = run.batch.done;
  run.batch.done = [&](const AddressOrDomain& about, const Report& report) {
    done(about, report);
    if (run.reports.size() == 300) run.stop.request_stop();
  };
  run.play();
  BOOST_TEST(run.most_in_flight == 16U);
  BOOST_TEST(run.given <= 300U + 16U);
}

BOOST_AUTO_TEST_CASE(subjects_may_come_later) {
  Run run(4, 2);
  bool there = false;
  const auto next = run.batch.next;
  run.batch.next = [&]() -> std::variant<AddressOrDomain, Batch::Pause> {
    if (run.given == 1 && !there) return Batch::Pause::not_yet;
    return next();
  };
  run.simulated.at(10s, [&] {
    there = true;
    run.watched.wake();
  });
  run.play();
  BOOST_TEST(run.reports.size() == 2U);
  BOOST_TEST((run.simulated.now() > 10s));
}

BOOST_AUTO_TEST_CASE(subjects_that_are_known_without_asking_do_not_keep_the_network_from_its_turn) {
  Run run(4, 1000);
  std::size_t turns_before_the_last = 0;
  const auto prepare = [&](const AddressOrDomain& about) -> std::variant<Prepared, Report> {
    turns_before_the_last = run.watched.turns;
    if (run.given == 1) return run.prepare(about);
    Report report;
    report.domain = std::get<DomainName>(about).ascii();
    report.status = Status::bad_input;
    return report;
  };
  std::uint32_t owner = 1;
  run_many(run.shared, owner, run.batch, prepare, {});
  BOOST_TEST(run.reports.size() == 1000U);
  BOOST_TEST(turns_before_the_last >= 200U);
}

BOOST_AUTO_TEST_CASE(what_is_known_without_asking_is_reported_too) {
  Run run(4, 3);
  std::uint32_t owner = 1;
  run_many(run.shared, owner, run.batch,
           [](const AddressOrDomain& about) {
             Report report;
             report.domain = std::get<DomainName>(about).ascii();
             report.status = Status::bad_input;
             return report;
           },
           {});
  BOOST_TEST(run.reports.size() == 3U);
  BOOST_TEST(run.watched.started.empty());
}

BOOST_AUTO_TEST_SUITE_END()
