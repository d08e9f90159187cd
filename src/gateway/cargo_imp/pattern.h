// Pattern: the fields of one line against the pattern that the grammar gives it. Pure; any thread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "gateway/cargo_imp/message.h"

namespace fairway::gateway::cargo_imp {

// A field as it stands between two slashes.
struct Cell {
  std::string_view text;
  Place place;
};
// The cells of the line from its character `begin` on.
[[nodiscard]] std::vector<Cell> cells_of(const Line& line, size_t begin);

// Reads the cells by the pattern into fields of the segment; what deviates is a finding.
void read_line(std::string_view pattern, std::span<const Cell> cells, const Line& line, Segment& segment, Findings& findings);

// Whether the cells are of the pattern: as many as it has, each of its form.
[[nodiscard]] bool fits(std::string_view pattern, std::span<const Cell> cells);

// Each field of a pattern: its name, its form, whether it may be absent. For the test that holds the grammar to forms that exist.
struct Slot {
  std::string_view name, form;
  bool optional = false;
};
struct Slots {
  std::vector<Slot> once, repeated;
};
[[nodiscard]] Slots slots_of(std::string_view pattern);

}  // namespace fairway::gateway::cargo_imp
