// Messages made up from the tables: any message of any directory, with segments, groups and values as its table allows them.
#pragma once

#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <string_view>

#include "gateway/edifact/directory.h"
#include "gateway/edifact/writer.h"

namespace edifact_made_up {

using namespace fairway::gateway::edifact;

class MessageMaker {
 public:
  explicit MessageMaker(uint64_t seed) : random_(seed) {}

  // One interchange of one message that has everything mandatory and some of the rest.
  std::string interchange(std::string_view type, const DirectoryText& text, int version) {
    Interchange head;
    head.syntax = "UNOC";
    head.version = version;
    head.sender = {"HIT", "ZZ", "", ""};
    head.recipient = {"OOCL", "", "", ""};
    head.date = version >= 4 ? "20261122" : "261122";
    head.time = "0800";
    head.reference = "MADE" + std::to_string(up_to(999));
    head.service.stated = up_to(1) == 0;
    if (version < 4) head.service.repetition = kNoServiceCharacter;
    const Lookup found = find_tables(type, "D", text.release, version);
    Writer writer({.service = head.service, .set = CharacterSet::latin_1, .version = version});
    writer.begin_interchange(head).begin_message("M1", {type, "D", text.release, "UN"});
    section(writer, found.message->nodes, 1, found.message->nodes.size() - 1);
    return writer.end_message().end_interchange().finish().value_or("");
  }

 private:
  size_t up_to(size_t most) { return std::uniform_int_distribution<size_t>(0, most)(random_); }

  // The lines from `line` to `end`. Tags that have come may not fit again further on, where the walk would take the earlier place.
  void section(Writer& writer, const std::vector<TableNode>& nodes, size_t line, size_t end) {
    while (line < end) {
      const TableNode& node = nodes[line];
      const size_t next = node.is_group() ? node.end : line + 1;
      const bool there = node.mandatory || (depth_ < 3 && up_to(3) == 0);
      const size_t times = there ? 1 + (node.repeats > 1 ? up_to(1) : 0) : 0;
      for (size_t i = 0; i < times; ++i) {
        if (!node.is_group()) {
          segment(writer, *node.segment);
          continue;
        }
        ++depth_;
        section(writer, nodes, line + 1, node.end);
        --depth_;
      }
      line = next;
    }
  }

  void segment(Writer& writer, const SegmentRule& rule) {
    values_.clear();
    std::vector<Component> components;
    for (size_t e = 0; e < rule.elements.size(); ++e) {
      const ElementRule& element = rule.elements[e];
      if (!element.mandatory && up_to(2) != 0) continue;
      const size_t repeats = 1 + (element.repeats > 1 ? up_to(1) : 0);
      for (size_t r = 0; r < repeats; ++r) {
        bool some = false;
        for (size_t c = 0; c < element.count; ++c) {
          const ComponentRule& component = rule.components[element.first + c];
          const bool must = component.mandatory || (element.mandatory && element.count == 1) || (!some && c + 1 == element.count);
          if (!must && up_to(1) != 0) continue;
          some = true;
          values_.push_back(value(component));
          components.push_back({static_cast<uint16_t>(e + 1), static_cast<uint16_t>(r), static_cast<uint16_t>(c + 1), 0, {}});
        }
      }
    }
    for (size_t i = 0; i < components.size(); ++i) components[i].value = values_[i];
    Segment made;
    made.tag = rule.name;
    made.components = components;
    writer.segment(made);
  }

  std::string value(const ComponentRule& rule) {
    static constexpr std::string_view kAny[] = {"A", "Z", "0", "9", " ",        "'", "+", ":", "?",
                                                "*", ".", ",", "a", "\xC3\xA9", "/", "-", "\""};
    static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const size_t length = std::max<size_t>(rule.min, 1 + up_to(std::min<size_t>(rule.max, 12) - 1));
    std::string made;
    for (size_t i = 0; i < length; ++i) {
      switch (rule.type) {
        case ElementType::numeric: made += static_cast<char>('0' + up_to(9)); break;
        case ElementType::alphabetic: made += kLetters[up_to(kLetters.size() - 1)]; break;
        case ElementType::alphanumeric: made += kAny[i == 0 || i + 1 == length ? up_to(1) : up_to(std::size(kAny) - 1)]; break;
      }
    }
    return made;
  }

  std::mt19937_64 random_;
  size_t depth_ = 0;
  std::deque<std::string> values_;  // of the segment in hand
};

}  // namespace edifact_made_up
