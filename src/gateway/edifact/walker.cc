#include "gateway/edifact/walker.h"

#include <algorithm>

namespace fairway::gateway::edifact {
namespace {

constexpr uint32_t kSectionControl = pack_tag("UNS");

}  // namespace

void Walker::start(const MessageRule& rule) {
  rule_ = &rule;
  line_ = 0;
  counts_.assign(rule.nodes.size(), 0);
  missing_.clear();
}

const Walker::Step& Walker::step(uint32_t tag) {
  missing_.clear();
  step_.opens_group = false;
  step_.deviation.reset();
  const TableNode& here = rule_->nodes[line_];
  if (here.tag == tag && counts_[line_] < here.repeats) {  // most repeats of most segments
    ++counts_[line_];
    step_.node = &here;
    return step_;
  }
  size_t exhausted = kNoLine;
  if (const size_t line = forward(tag, exhausted); line != kNoLine) {
    take(line);
    return step_;
  }
  missing_.clear();
  if (exhausted != kNoLine) {
    take(exhausted);
    step_.deviation = step_.opens_group ? Deviation::group_repeated : Deviation::segment_repeated;
  } else if (const size_t line = backward(tag); line == kNoLine) {
    step_.node = nullptr;
    step_.deviation = Deviation::segment_unexpected;
  } else {
    // A group that comes late is entered; a single segment leaves the walk where it is, so that what follows still fits.
    if (rule_->nodes[line].is_group())
      take(line);
    else
      step_.node = &rule_->nodes[line];
    step_.deviation = Deviation::segment_order;
  }
  return step_;
}

size_t Walker::forward(uint32_t tag, size_t& exhausted) {
  const TableNode* const nodes = rule_->nodes.data();
  const auto fits = [&](size_t line) {
    if (counts_[line] < nodes[line].repeats) return true;
    if (exhausted == kNoLine) exhausted = line;
    return false;
  };
  size_t line = line_;
  for (uint16_t head = nodes[line_].head;; head = nodes[head].head) {
    for (const size_t end = end_of(head); line < end; line = nodes[line].is_group() ? nodes[line].end : line + 1) {
      const TableNode& node = nodes[line];
      if (node.tag == tag && !is_trigger(line) && fits(line)) return line;
      if ((!node.mandatory && node.tag != kSectionControl) || counts_[line] != 0) continue;
      if (node.tag == kSectionControl) return kNoLine;
      missing_.push_back(&node);
    }
    if (head == kNoGroup) return kNoLine;
    if (nodes[head].tag == tag && fits(head)) return head;
    line = nodes[head].end;
  }
}

size_t Walker::backward(uint32_t tag) const {
  const std::vector<TableNode>& nodes = rule_->nodes;
  for (uint16_t head = nodes[line_].head;; head = nodes[head].head) {
    for (size_t line = head == kNoGroup ? 1 : head + size_t{2}; line < line_; line = nodes[line].is_group() ? nodes[line].end : line + 1)
      if (nodes[line].tag == tag) return line;
    if (head == kNoGroup) return kNoLine;
  }
}

// Stands on a line; on the head of a group it opens a new repetition of it.
void Walker::take(size_t line) {
  const std::vector<TableNode>& nodes = rule_->nodes;
  ++counts_[line];
  if (nodes[line].is_group()) {
    std::fill(counts_.begin() + static_cast<ptrdiff_t>(line) + 1, counts_.begin() + nodes[line].end, 0);
    counts_[++line] = 1;
    step_.opens_group = true;
  }
  line_ = line;
  step_.node = &nodes[line];
}

}  // namespace fairway::gateway::edifact
