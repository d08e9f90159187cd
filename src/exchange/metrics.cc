#include "exchange/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>

namespace fairway::exchange {
namespace {

const prometheus::Histogram::BucketBoundaries seconds_buckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                 0.1,    0.25,  0.5,    1,     2.5,  10};

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("fairway_http_request_seconds")
                                                           .Help("Time to answer, by method, route and status class")
                                                           .Register(registry);
  prometheus::Family<prometheus::Counter>& messages =
      prometheus::BuildCounter().Name("fairway_messages_total").Help("Messages handed in, by format and fate").Register(registry);
  prometheus::Family<prometheus::Counter>& events =
      prometheus::BuildCounter().Name("fairway_events_total").Help("Events handed in, by fate").Register(registry);
  prometheus::Counter& deliveries = prometheus::BuildCounter()
                                        .Name("fairway_stream_deliveries_total")
                                        .Help("Events sent to stream subscribers")
                                        .Register(registry)
                                        .Add({});
  prometheus::Family<prometheus::Counter>& callbacks = prometheus::BuildCounter()
                                                           .Name("fairway_callback_attempts_total")
                                                           .Help("Attempts to call subscribers back, by kind and outcome")
                                                           .Register(registry);
  prometheus::Family<prometheus::Counter>& breadth =
      prometheus::BuildCounter()
          .Name("fairway_breadth_alerts_total")
          .Help("Parties that came near the references they may ask for in a day, or past them")
          .Register(registry);
  prometheus::Family<prometheus::Gauge>& store_gauge =
      prometheus::BuildGauge().Name("fairway_store").Help("The store's figures since start").Register(registry);
  prometheus::Family<prometheus::Gauge>& callbacks_gauge =
      prometheus::BuildGauge().Name("fairway_callbacks").Help("The subscriptions that this server calls back, now").Register(registry);
  prometheus::Family<prometheus::Gauge>& http_gauge =
      prometheus::BuildGauge().Name("fairway_http").Help("The server's figures now").Register(registry);
  prometheus::Family<prometheus::Gauge>& ledger_gauge = prometheus::BuildGauge()
                                                            .Name("fairway_ledger")
                                                            .Help("How far the ledger has come, and what it has done since start")
                                                            .Register(registry);
  prometheus::Family<prometheus::Gauge>& feed_gauge =
      prometheus::BuildGauge().Name("fairway_ais_feed").Help("What each feed of AIS has read and entered since start").Register(registry);

  prometheus::Family<prometheus::Gauge>& lodging_gauge = prometheus::BuildGauge()
                                                             .Name("fairway_lodging")
                                                             .Help("What waits for each authority, and whether it can be reached, now")
                                                             .Register(registry);

  // Looking a histogram up by its labels costs more than observing it.
  std::mutex mutex;
  std::map<std::pair<std::string, int>, prometheus::Histogram*, std::less<>> known;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::answered(http::Method method, std::string_view pattern, int status, int64_t ns) {
  std::string route(http::name(method));
  route += ' ';
  route += pattern.empty() ? "-" : pattern;
  prometheus::Histogram* histogram = nullptr;
  {
    const std::lock_guard lock(impl_->mutex);
    const auto key = std::pair(route, status / 100);
    auto found = impl_->known.find(key);
    if (found == impl_->known.end()) {
      auto& made = impl_->seconds.Add({{"route", route}, {"status", std::to_string(status / 100) + "xx"}}, seconds_buckets);
      found = impl_->known.emplace(key, &made).first;
    }
    histogram = found->second;
  }
  histogram->Observe(static_cast<double>(ns) * 1e-9);
}

void Metrics::received(const intake::Outcome& outcome) {
  std::map<std::pair<std::string_view, intake::Fate>, size_t> messages;
  std::map<intake::Fate, size_t> events;
  for (const intake::MessageFate& message : outcome.messages) {
    ++messages[{message.format, message.fate}];
    for (const intake::EventFate& event : message.events) ++events[event.fate];
  }
  for (const auto& [key, count] : messages)
    impl_->messages.Add({{"format", std::string(key.first)}, {"fate", std::string(intake::name(key.second))}})
        .Increment(static_cast<double>(count));
  for (const auto& [fate, count] : events)
    impl_->events.Add({{"fate", std::string(intake::name(fate))}}).Increment(static_cast<double>(count));
}

void Metrics::delivered(size_t events) { impl_->deliveries.Increment(static_cast<double>(events)); }

void Metrics::called_back(std::string_view kind, std::string_view outcome) {
  impl_->callbacks.Add({{"kind", std::string(kind)}, {"outcome", std::string(outcome)}}).Increment();
}

void Metrics::breadth(bool refused) { impl_->breadth.Add({{"at", refused ? "limit" : "warning"}}).Increment(); }

std::string Metrics::text(const Gauges& gauges) {
  const auto set = [](prometheus::Family<prometheus::Gauge>& family, const char* name, double value) {
    family.Add({{"figure", name}}).Set(value);
  };
  const auto& s = gauges.store;
  set(impl_->store_gauge, "last_entry", static_cast<double>(s.last));
  set(impl_->store_gauge, "batches", static_cast<double>(s.batches));
  set(impl_->store_gauge, "commits", static_cast<double>(s.commits));
  set(impl_->store_gauge, "entries", static_cast<double>(s.entries));
  set(impl_->store_gauge, "repeats", static_cast<double>(s.repeats));
  set(impl_->store_gauge, "errors", static_cast<double>(s.errors));
  set(impl_->store_gauge, "queued", static_cast<double>(s.queued));
  set(impl_->store_gauge, "sequencer", s.sequencer ? 1 : 0);
  set(impl_->store_gauge, "writable", gauges.writable ? 1 : 0);
  set(impl_->http_gauge, "connections", static_cast<double>(gauges.http.connections));
  set(impl_->http_gauge, "streams", static_cast<double>(gauges.http.streams));
  set(impl_->http_gauge, "queued", static_cast<double>(gauges.http.queued));
  const auto& c = gauges.callbacks;
  set(impl_->callbacks_gauge, "subscriptions", static_cast<double>(c.subscriptions));
  set(impl_->callbacks_gauge, "troubled", static_cast<double>(c.troubled));
  set(impl_->callbacks_gauge, "waiting", static_cast<double>(c.waiting));
  set(impl_->callbacks_gauge, "dead", static_cast<double>(c.dead));
  set(impl_->callbacks_gauge, "sending", static_cast<double>(c.sending));
  if (gauges.ledger) {
    const LedgerGauges& l = *gauges.ledger;
    set(impl_->ledger_gauge, "size", static_cast<double>(l.size));
    set(impl_->ledger_gauge, "checkpoint", static_cast<double>(l.checkpoint));
    set(impl_->ledger_gauge, "witnessed", static_cast<double>(l.witnessed));
    set(impl_->ledger_gauge, "lag_entries", static_cast<double>(l.lag_entries));
    set(impl_->ledger_gauge, "lag_seconds", l.lag_seconds);
    set(impl_->ledger_gauge, "checkpoint_age_seconds", l.checkpoint_age_seconds);
    set(impl_->ledger_gauge, "signatures", static_cast<double>(l.signatures));
    set(impl_->ledger_gauge, "refusals", static_cast<double>(l.refusals));
    set(impl_->ledger_gauge, "failures", static_cast<double>(l.failures));
  }
  for (const auto& feed : gauges.feeds) {
    const auto set_feed = [&](const char* name, double value) {
      impl_->feed_gauge.Add({{"source", feed.source}, {"figure", name}}).Set(value);
    };
    set_feed("connected", feed.connected ? 1 : 0);
    set_feed("lines", static_cast<double>(feed.lines));
    set_feed("dropped", static_cast<double>(feed.dropped));
    set_feed("events", static_cast<double>(feed.events));
    set_feed("failures", static_cast<double>(feed.failures));
  }
  for (const auto& channel : gauges.lodging) {
    const auto set_channel = [&](const char* name, double value) {
      impl_->lodging_gauge.Add({{"channel", channel.channel}, {"figure", name}}).Set(value);
    };
    set_channel("waiting", static_cast<double>(channel.waiting));
    set_channel("oldest_seconds", channel.waiting == 0 ? 0 : static_cast<double>(gauges.now_us - channel.oldest_us) * 1e-6);
    set_channel("strays", static_cast<double>(channel.strays));
    set_channel("troubled", channel.trouble.empty() ? 0 : 1);
  }
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace fairway::exchange
