// Walker: finds the place of each segment of a message in its segment table.
//
// It walks the table forward: a segment belongs to the first position that can still take it, in the current group first, then by a
// new repetition of that group, then in the group around it (ISO 9735:1988 9.2 and annex C). It never walks past a section control
// segment (UNS) that has not come. Where nothing forward fits, an earlier position of an open group is taken and the deviation named.
// Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "gateway/edifact/deviation.h"
#include "gateway/edifact/directory.h"

namespace fairway::gateway::edifact {

class Walker {
 public:
  struct Step {
    const TableNode* node = nullptr;  // null where the message has no place for the segment
    bool opens_group = false;
    std::optional<Deviation> deviation;
  };

  // Begins a message at the table's first line.
  void start(const MessageRule& rule);
  // Moves to the place of the next segment. What it returns holds until the next call.
  const Step& step(uint32_t tag);
  // The group that the walk stands in.
  [[nodiscard]] uint16_t group() const { return rule_->nodes[line_].group; }
  // Mandatory lines that the last step() walked past without their segment or group having come.
  [[nodiscard]] std::span<const TableNode* const> missing() const { return missing_; }

 private:
  // Lines of the table; kNoLine where none fits.
  static constexpr size_t kNoLine = SIZE_MAX;
  size_t forward(uint32_t tag, size_t& exhausted);
  [[nodiscard]] size_t backward(uint32_t tag) const;
  void take(size_t line);
  [[nodiscard]] bool is_trigger(size_t line) const {
    return rule_->nodes[line].head + size_t{1} == line && rule_->nodes[line].head != kNoGroup;
  }
  [[nodiscard]] size_t end_of(uint16_t head) const { return head == kNoGroup ? rule_->nodes.size() : rule_->nodes[head].end; }

  const MessageRule* rule_ = nullptr;
  Step step_;
  size_t line_ = 0;               // of the last segment in its place
  std::vector<uint32_t> counts_;  // how often each line has come, in the current repetition of its group
  std::vector<const TableNode*> missing_;
};

}  // namespace fairway::gateway::edifact
