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

Walker::Step Walker::step(uint32_t tag) {
  missing_.clear();
  const TableNode& here = rule_->nodes[line_];
  if (here.tag == tag && counts_[line_] < here.repeats) {  // most repeats of most segments
    ++counts_[line_];
    return {&here, here.group, false, std::nullopt};
  }
  std::optional<Match> exhausted;
  if (const auto found = forward(tag, exhausted)) return take(*found);
  missing_.clear();
  if (exhausted) {
    Step step = take(*exhausted);
    step.deviation = exhausted->opens ? Deviation::group_repeated : Deviation::segment_repeated;
    return step;
  }
  if (const auto found = backward(tag)) {
    const TableNode& node = rule_->nodes[found->line];
    // A group that comes late is entered; a single segment leaves the walk where it is, so that what follows still fits.
    Step step = found->opens ? take(*found) : Step{&node, node.group, false, std::nullopt};
    step.deviation = Deviation::segment_order;
    return step;
  }
  return {nullptr, here.group, false, Deviation::segment_unexpected};
}

std::optional<Walker::Match> Walker::forward(uint32_t tag, std::optional<Match>& exhausted) {
  const std::vector<TableNode>& nodes = rule_->nodes;
  const auto fits = [&](size_t line, bool opens) -> std::optional<Match> {
    if (counts_[line] < nodes[line].repeats) return Match{line, opens};
    if (!exhausted) exhausted = Match{line, opens};
    return std::nullopt;
  };
  size_t line = line_;
  for (uint16_t head = nodes[line_].head;; head = nodes[head].head) {
    for (const size_t end = end_of(head); line < end; line = nodes[line].is_group() ? nodes[line].end : line + 1) {
      const TableNode& node = nodes[line];
      if (node.tag == tag && !is_trigger(line))
        if (const auto match = fits(line, node.is_group())) return match;
      if (counts_[line] != 0) continue;
      if (node.tag == kSectionControl) return std::nullopt;
      if (node.mandatory) missing_.push_back(&node);
    }
    if (head == kNoGroup) return std::nullopt;
    if (nodes[head].tag == tag)
      if (const auto match = fits(head, true)) return match;
    line = nodes[head].end;
  }
}

std::optional<Walker::Match> Walker::backward(uint32_t tag) const {
  const std::vector<TableNode>& nodes = rule_->nodes;
  for (uint16_t head = nodes[line_].head;; head = nodes[head].head) {
    for (size_t line = head == kNoGroup ? 1 : head + size_t{2}; line < line_; line = nodes[line].is_group() ? nodes[line].end : line + 1)
      if (nodes[line].tag == tag) return Match{line, nodes[line].is_group()};
    if (head == kNoGroup) return std::nullopt;
  }
}

Walker::Step Walker::take(const Match& match) {
  line_ = match.line;
  ++counts_[line_];
  if (match.opens) {
    std::fill(counts_.begin() + static_cast<ptrdiff_t>(line_) + 1, counts_.begin() + rule_->nodes[line_].end, 0);
    counts_[++line_] = 1;
  }
  const TableNode& node = rule_->nodes[line_];
  return {&node, node.group, match.opens, std::nullopt};
}

}  // namespace fairway::gateway::edifact
