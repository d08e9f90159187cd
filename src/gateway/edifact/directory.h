// Directory: the tables that say what an EDIFACT message may contain: segment tables, segments, composites, data elements.
//
// The texts (DirectoryText) are data: generated from the UN directories by tools/edifact_tables.py, written by hand for the service
// segments (service_tables.cc). They are compiled on first use and live as long as the program. Safe from any thread.
//
// Notation of the rows, that of the standards' own lists:
//   message    "UNH! BGM! FTX9 SG1x9[RFF! DTM9] UNT!"   "!" mandatory, a number is the most repeats (1 where absent), SGn a group
//   segment    "8053! C237 C076!x3"                     elements in order, "x3" repeats of one position
//   composite  "3225 1131 3055 3224"                    components in order
//   element    "an..35", "n3", "a1"                     type, fixed or greatest length
//
// The directories share most of their rows, so a row stands once in a pool of its kind and says which directories have it.
#pragma once

#include <cstdint>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

namespace fairway::gateway::edifact {

struct DirectoryRow {
  std::string_view name;
  std::string_view text;
  uint8_t directories = 0xFF;  // a bit for each that has the row
};

// The rows of one kind that a directory has, out of a pool sorted by name, where a name comes once a directory.
class DirectoryRows {
 public:
  template <size_t count>
  constexpr DirectoryRows(const DirectoryRow (&pool)[count], uint8_t directory = 0xFF) : pool_(pool), directory_(directory) {}

  [[nodiscard]] const DirectoryRow* find(std::string_view name) const;  // null where the directory has none
  [[nodiscard]] auto all() const {
    return pool_ | std::views::filter([bit = directory_](const DirectoryRow& row) { return (row.directories & bit) != 0; });
  }
  [[nodiscard]] std::span<const DirectoryRow> pool() const { return pool_; }
  [[nodiscard]] uint8_t directory() const { return directory_; }

 private:
  std::span<const DirectoryRow> pool_;
  uint8_t directory_;  // its bit
};

struct DirectoryText {
  std::string_view release;  // "95B"; "3" and "4" for the service directories of these syntax versions
  DirectoryRows messages, segments, composites, elements;
};

// Three letters or digits as one number, for comparing; 0 for anything else.
[[nodiscard]] constexpr uint32_t pack_tag(std::string_view tag) {
  if (tag.size() != 3) return 0;
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(tag[i])); };
  return byte(0) << 16 | byte(1) << 8 | byte(2);
}

// Three capital letters or digits.
[[nodiscard]] constexpr bool is_tag(std::string_view text) {
  for (const char c : text)
    if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) return false;
  return text.size() == 3;
}

enum class ElementType : uint8_t { alphanumeric, alphabetic, numeric };

struct ComponentRule {
  uint16_t number = 0;        // 3225
  uint16_t min = 1, max = 0;  // characters
  ElementType type = ElementType::alphanumeric;
  bool mandatory = false;
};

// One position of a segment: a data element, or a composite with its components.
struct ElementRule {
  std::string_view tag;  // "C517", "8053"
  uint16_t first = 0;    // of its components in SegmentRule::components
  uint16_t count = 1;
  uint16_t repeats = 1;  // by the repetition separator of syntax version 4
  bool mandatory = false;
  uint64_t mandatory_components = 0;  // bit i: component i + 1
};

inline constexpr size_t kSegmentPositionsMax = 64;  // of one segment, so that one word tells which are there

struct SegmentRule {
  uint32_t tag = 0;
  std::string_view name;  // "LOC"
  std::vector<ElementRule> elements;
  std::vector<ComponentRule> components;
  uint64_t mandatory_elements = 0;  // bit i: element i + 1
};

inline constexpr uint16_t kNoGroup = 0xFFFF;

// One line of a segment table: a segment, or the head of a segment group, whose first segment (its trigger) is the next line.
struct TableNode {
  uint32_t tag = 0;  // of the segment, or of the group's trigger
  uint32_t repeats = 1;
  const SegmentRule* segment = nullptr;  // null for a group
  uint16_t group = 0;                    // number of the group it belongs to; a group's head carries its own
  uint16_t head = kNoGroup;              // line of the group it stands in
  uint16_t end = 0;                      // the line after the group's last, for a head
  bool mandatory = false;
  [[nodiscard]] bool is_group() const { return segment == nullptr; }
};

struct MessageRule {
  std::string_view type;
  std::vector<TableNode> nodes;
};

class Directory {
 public:
  // `repeating`: syntax version 4, where a repeat follows the repetition separator; before it each repeat is a position of its own
  // (ISO 9735:1988 8.2). `service` gives the service segments, null for a service directory itself.
  Directory(const DirectoryText& text, bool repeating, const Directory* service);

  [[nodiscard]] std::string_view release() const { return text_->release; }
  [[nodiscard]] const SegmentRule* segment(uint32_t tag) const;  // null where the directory has none
  [[nodiscard]] const MessageRule* message(std::string_view type) const;

 private:
  void compile_segment(const DirectoryRow& row, bool repeating);
  void compile_message(const DirectoryRow& row, const Directory* service);

  const DirectoryText* text_;
  std::vector<SegmentRule> segments_;  // sorted by tag; complete before any message points into it
  std::vector<MessageRule> messages_;
};

struct Lookup {
  const Directory* directory = nullptr;
  const MessageRule* message = nullptr;  // null where no directory knows the message type
  bool exact = false;                    // the directory is the one that was asked for
};

// The tables of a message by 0065, 0052 and 0054. Where the release is not at hand, the newest that is not newer than it and has the
// message, else the oldest that has it.
[[nodiscard]] Lookup find_tables(std::string_view type, std::string_view version, std::string_view release, int syntax_version);

// The service segments (UNB, UNH, …) and CONTRL of a syntax version.
[[nodiscard]] const Directory& service_directory(int syntax_version);

// The generated directories, oldest first.
[[nodiscard]] std::span<const DirectoryText> directory_texts();

}  // namespace fairway::gateway::edifact
