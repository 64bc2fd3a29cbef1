#include "server/operation/metrics.h"

#include <map>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <shared_mutex>
#include <tuple>

namespace mailconf::server {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Histogram;

// From what memory answers to what a client still waits for.
const Histogram::BucketBoundaries seconds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                          0.025,  0.05,    0.1,    0.25,  0.5,    1,     2.5};

std::string word(DomainKnown known) {
  switch (known) {
    case DomainKnown::yes:
      return "known";
    case DomainKnown::no:
      return "unknown";
    case DomainKnown::not_asked:
      break;
  }
  return "none";
}

std::string or_none(std::string_view text) { return text.empty() ? "none" : std::string(text); }

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = BuildCounter()
                                                          .Name("mailconfd_requests_total")
                                                          .Help(
                                                              "Requests by format, status, client family and whether "
                                                              "the domain is known here.")
                                                          .Register(registry);
  prometheus::Family<Histogram>& durations = BuildHistogram()
                                                 .Name("mailconfd_request_duration_seconds")
                                                 .Help("From the header of a request until its answer is made.")
                                                 .Register(registry);
  prometheus::Family<prometheus::Counter>& alerts =
      BuildCounter()
          .Name("mailconfd_tls_alerts_total")
          .Help("Alerts that ended TLS connections, by the side that sent them.")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& turned_away =
      BuildCounter()
          .Name("mailconfd_turned_away_total")
          .Help("Connections and requests of clients that had too many of them.")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& login_look_ups =
      BuildCounter()
          .Name("mailconfd_login_look_ups_total")
          .Help("User names that were asked for, by what came of it; those in memory are not counted.")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& loads =
      BuildCounter()
          .Name("mailconfd_loads_total")
          .Help("Readings of the store: complete, with definitions left out, or failed as a whole.")
          .Register(registry);
  prometheus::Gauge& available = BuildGauge()
                                     .Name("mailconfd_store_available")
                                     .Help("1 when the store could be read the last time, else 0: memory serves.")
                                     .Register(registry)
                                     .Add({});
  prometheus::Gauge& domains =
      BuildGauge().Name("mailconfd_domains").Help("Domains whose settings are in service.").Register(registry).Add({});
  prometheus::Gauge& errors = BuildGauge()
                                  .Name("mailconfd_definition_errors")
                                  .Help("Errors in definitions when the store was last read.")
                                  .Register(registry)
                                  .Add({});
  prometheus::Gauge& loaded_at = BuildGauge()
                                     .Name("mailconfd_last_load_timestamp_seconds")
                                     .Help("When the store was last read as a whole (Unix time).")
                                     .Register(registry)
                                     .Add({});

  // What a request adds to. Found here, because the families compare all labels as text.
  struct Series {
    prometheus::Counter& requests;
    Histogram& durations;
  };
  using Key = std::tuple<std::string_view, int, DomainKnown, std::string_view>;

  Series series_of(const ServedRequest& request) {
    const Key key{request.format, request.status, request.domain, request.client};
    {
      const std::shared_lock lock(mutex);
      if (const auto known = series.find(key); known != series.end()) return known->second;
    }
    const auto format = or_none(request.format);
    auto& counter = requests.Add({{"format", format},
                                  {"status", std::to_string(request.status)},
                                  {"client", or_none(request.client)},
                                  {"domain", word(request.domain)}});
    const std::unique_lock lock(mutex);
    return series.try_emplace(key, Series{counter, durations.Add({{"format", format}}, seconds)}).first->second;
  }

  std::shared_mutex mutex;
  std::map<Key, Series> series;
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::served(const ServedRequest& request) {
  const auto series = families_->series_of(request);
  series.requests.Increment();
  series.durations.Observe(std::chrono::duration<double>(request.elapsed).count());
}

void Metrics::tls_alert(std::string_view by, const char* alert) {
  families_->alerts.Add({{"by", std::string(by)}, {"alert", alert}}).Increment();
}

void Metrics::turned_away(std::string_view what) {
  families_->turned_away.Add({{"what", std::string(what)}}).Increment();
}

void Metrics::login_looked_up(std::string_view outcome) {
  families_->login_look_ups.Add({{"outcome", std::string(outcome)}}).Increment();
}

void Metrics::loaded(std::size_t domains, std::size_t errors) {
  families_->loads.Add({{"outcome", errors == 0 ? "complete" : "incomplete"}}).Increment();
  families_->domains.Set(static_cast<double>(domains));
  families_->errors.Set(static_cast<double>(errors));
  families_->loaded_at.SetToCurrentTime();
  families_->available.Set(1);
}

void Metrics::could_not_load() {
  families_->loads.Add({{"outcome", "failed"}}).Increment();
  families_->available.Set(0);
}

std::string Metrics::text() const { return prometheus::TextSerializer().Serialize(families_->registry.Collect()); }

}  // namespace mailconf::server
