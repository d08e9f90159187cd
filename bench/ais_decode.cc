// ais_decode FILE [REPEATS]: AIS messages read into typed values in a CPU-second, on one thread.
//
// The file is read into memory first. Each run takes every sentence apart: checksum, parts, armour and the values of position and voyage
// reports; a second measurement writes each message as JSON, as gpsdecode does. Prints one JSON line; figures are of the median runs.
// `ais_decode --write COUNT` prints sentences of COUNT messages instead: eight position reports to one of voyage data and one of
// another kind, as a port's receiver hears them.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ais/assembler.h"
#include "gateway/ais/decode.h"
#include "gateway/ais/lines.h"
#include "gateway/ais/report.h"

namespace {
uint64_t allocations = 0;
}

void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size != 0 ? size : 1)) return memory;
  std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace {

using namespace fairway::gateway::ais;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Counts {
  uint64_t messages = 0, positions = 0, ships = 0;
  int64_t sum = 0;  // of what was read, so that reading it is not left out
};

Counts decode(std::string_view bytes) {
  Counts counts;
  Assembler assembler;
  Line line;
  for (size_t at = 0; next_line(bytes, at, line);) {
    if (!is_candidate(line.text)) continue;
    const auto sentence = parse_sentence(line.text);
    if (!sentence) continue;
    const auto whole = assembler.add(*sentence);
    if (!whole || *whole == nullptr) continue;
    ++counts.messages;
    const Report report = report_of((*whole)->bits);
    if (const auto* position = std::get_if<PositionReport>(&report))
      ++counts.positions, counts.sum += position->longitude + position->latitude;
    if (const auto* ship = std::get_if<ShipReport>(&report)) ++counts.ships, counts.sum += ship->imo + ship->destination.size;
  }
  return counts;
}

template <typename Run>
double median_seconds(int repeats, Run run) {
  std::vector<double> runs;
  for (int i = 0; i < repeats; ++i) {
    const double start = cpu_seconds();
    run();
    runs.push_back(cpu_seconds() - start);
  }
  std::ranges::sort(runs);
  return runs[runs.size() / 2];
}

// One message of random contents: its type and length.
struct Kind {
  unsigned type;
  size_t bits;
};
constexpr Kind kTraffic[] = {{1, 168}, {1, 168}, {3, 168}, {1, 168}, {18, 168}, {1, 168}, {3, 168}, {1, 168}, {5, 424}, {4, 168}};

void print_sentence(const std::string& body) {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  fmt::print("!{}*{:02X}\n", body, sum);
}

void write_traffic(size_t count) {
  constexpr size_t kPayloadMax = 56;
  std::mt19937_64 random(20261123);
  for (size_t i = 0; i < count; ++i) {
    const Kind kind = kTraffic[i % std::size(kTraffic)];
    std::string payload;
    for (size_t at = 0; at < kind.bits; at += 6) {
      const unsigned six = at == 0 ? kind.type : random() & 63;
      payload += static_cast<char>(six < 40 ? six + '0' : six - 40 + '`');
    }
    const size_t fill = (6 - kind.bits % 6) % 6, parts = (payload.size() + kPayloadMax - 1) / kPayloadMax;
    for (size_t part = 0; part < parts; ++part)
      print_sentence(fmt::format("AIVDM,{},{},{},{},{},{}", parts, part + 1, parts > 1 ? std::to_string(i / 10 % 10) : "", "AB"[i % 2],
                                 payload.substr(part * kPayloadMax, kPayloadMax), part + 1 == parts ? fill : 0));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: ais_decode FILE [REPEATS] | ais_decode --write COUNT\n", stderr);
    return 2;
  }
  if (std::string_view(argv[1]) == "--write") {
    write_traffic(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000'000);
    return 0;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const int repeats = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
  Counts counts;
  const double typed = median_seconds(repeats, [&] {
    allocations = 0;
    counts = decode(bytes);
  });
  const uint64_t typed_allocations = allocations;
  uint64_t lines = 0;
  const double written = median_seconds(repeats, [&] {
    lines = 0;
    (void)raw_ais(bytes, [&lines](std::string_view) { ++lines; });
  });
  if (counts.messages == 0) {
    fmt::print(stderr, "{}: cannot be read, or has no AIS message\n", argv[1]);
    return 2;
  }
  fmt::print(
      R"({{"bench":"ais_decode","bytes":{},"messages":{},"positions":{},"ships":{},"sum":{},"allocations":{},"messages_per_cpu_s":{:.0f},"json_per_cpu_s":{:.0f}}})"
      "\n",
      bytes.size(), counts.messages, counts.positions, counts.ships, counts.sum, typed_allocations,
      static_cast<double>(counts.messages) / typed, static_cast<double>(lines) / written);
  return 0;
}
