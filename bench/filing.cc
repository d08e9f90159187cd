// filing [CONSIGNMENTS]: what it costs to plan, fill and check every filing of a consignment on both sides of a border.
//
// CONSIGNMENTS (default 5,000) made by chance as the property tests have them (one to eight goods lines, up to three containers and three
// legs), by the tables of Hong Kong and the Mainland, on one thread. The target is a thousand a second of one core. CPU is the thread's
// own.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <vector>

#include "../tests/unit/filing/world.h"
#include "base/log.h"
#include "filing/form/plan.h"

namespace {

using namespace fairway;
using namespace fairway::filing;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <typename T>
T must(Result<T> result) {
  if (!result.has_value()) {
    log::error("bench_filing: {}", result.error().text());
    std::exit(1);
  }
  return std::move(*result);
}

void line(std::string_view what, double value, std::string_view unit) { fmt::print("{:<52} {:>9.1f} {}\n", what, value, unit); }

}  // namespace

int main(int count, char** arguments) {
  const uint64_t consignments = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 5'000;
  if (consignments == 0) return 2;
  double before = cpu_seconds();
  const auto regimes = must(Regimes::built_in());
  line("the tables of both sides, read and compiled", (cpu_seconds() - before) * 1e3, "ms CPU");

  constexpr uint64_t kDifferent = 500;
  std::vector<Record> records;
  for (uint64_t seed = 0; seed < kDifferent; ++seed) records.push_back(must(world::record_of(regimes->schema(), world::consignment(seed))));
  const Setting setting{std::string(world::kToday), world::kNowUs, {}};

  uint64_t filings = 0, fields = 0, findings = 0, lines = 0;
  before = cpu_seconds();
  for (uint64_t i = 0; i < consignments; ++i) {
    const Record& record = records[i % records.size()];
    const Plan plan = must(make_plan(*regimes, record, setting));
    lines += record.rows(Group::goods);
    filings += plan.filings.size();
    findings += plan.across.size();
    for (const PlannedFiling& filing : plan.filings) fields += filing.draft.fields.size(), findings += filing.findings.size();
  }
  const double seconds = cpu_seconds() - before;
  const auto n = static_cast<double>(consignments);
  line("consignments planned, filled and checked", n / seconds, "a second of one core");
  line("a consignment", seconds / n * 1e6, "us CPU");
  line("goods lines, of one consignment", static_cast<double>(lines) / n, "");
  line("filings, of one consignment", static_cast<double>(filings) / n, "");
  line("fields filled, of one consignment", static_cast<double>(fields) / n, "");
  line("findings, of one consignment", static_cast<double>(findings) / n, "");
  line("a filled field", seconds / static_cast<double>(fields) * 1e9, "ns CPU");
  return 0;
}
