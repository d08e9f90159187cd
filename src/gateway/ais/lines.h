// The lines of a file of AIS sentences, with their places. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace fairway::gateway::ais {

struct Line {
  std::string_view text;  // without its end
  uint64_t offset = 0;
};

// The next line of `bytes` from `at` on, which is moved behind it. False at the end.
[[nodiscard]] inline bool next_line(std::string_view bytes, size_t& at, Line& line) {
  if (at >= bytes.size()) return false;
  const size_t end = bytes.find('\n', at);
  line.offset = at;
  line.text = bytes.substr(at, end == std::string_view::npos ? end : end - at);
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  at = end == std::string_view::npos ? bytes.size() : end + 1;
  return true;
}

// Whether a line may be an AIS sentence: not empty, no comment, no sentence of another kind ("$GPRMC").
[[nodiscard]] inline bool is_candidate(std::string_view line) {
  return !line.empty() && line.front() != '#' && line.front() != '$' && line.find_first_not_of(" \t\r") != std::string_view::npos;
}

}  // namespace fairway::gateway::ais
