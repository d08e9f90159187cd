// What Fairway reads and writes of each standard: the rows of docs/reference/formats.md, from the rooms' own tables. Pure; any thread.
#pragma once

#include <string>
#include <vector>

namespace fairway::gateway {

struct FormatFacts {
  std::string standard;
  std::string reads;
  std::string writes;
  std::string not_supported;
};
[[nodiscard]] std::vector<FormatFacts> format_facts();

// The table of docs/reference/formats.md in Markdown.
[[nodiscard]] std::string format_table();

}  // namespace fairway::gateway
