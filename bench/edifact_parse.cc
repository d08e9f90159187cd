// edifact_parse FILE [REPEATS]: megabytes of EDIFACT read and checked in a CPU-second, on one thread.
//
// The file is read into memory first; each run feeds it to a Reader in pieces of 64 KiB, as a server would. Prints one JSON line; the
// figure is that of the median run.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gateway/edifact/reader.h"

namespace {

using namespace fairway::gateway::edifact;

constexpr size_t kPieceBytes = 64u << 10;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Counter final : ReaderHandler {
  uint64_t messages = 0, segments = 0, components = 0, findings = 0;
  void message_ends(uint64_t) override { ++messages; }
  void segment(const Segment& s) override { ++segments, components += s.components.size(); }
  void finding(const Finding&) override { ++findings; }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: edifact_parse FILE [REPEATS]\n", stderr);
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (bytes.empty()) {
    fmt::print(stderr, "{}: cannot be read, or is empty\n", argv[1]);
    return 2;
  }
  std::vector<double> runs;
  Counter counter;
  for (int run = argc > 2 ? std::atoi(argv[2]) : 5; run > 0; --run) {
    counter = {};
    const double start = cpu_seconds();
    Reader reader(counter);
    for (size_t at = 0; at < bytes.size(); at += kPieceBytes) reader.feed(std::string_view(bytes).substr(at, kPieceBytes));
    reader.finish();
    runs.push_back(cpu_seconds() - start);
  }
  if (runs.empty()) return 2;
  std::ranges::sort(runs);
  const double median = runs[runs.size() / 2];
  fmt::print(
      R"({{"bench":"edifact_parse","bytes":{},"messages":{},"segments":{},"components":{},"findings":{},"cpu_s":{:.4f},"mb_per_cpu_s":{:.1f}}})"
      "\n",
      bytes.size(), counter.messages, counter.segments, counter.components, counter.findings, median,
      static_cast<double>(bytes.size()) / 1e6 / median);
  return 0;
}
