#include "gateway/cargo_imp/pattern.h"

#include <algorithm>
#include <map>

#include "gateway/cargo_imp/form.h"
#include "gateway/cargo_imp/grammar.h"

namespace fairway::gateway::cargo_imp {
namespace {

Slot read_slot(std::string_view word) {
  Slot slot;
  slot.optional = word.ends_with('?');
  if (slot.optional) word.remove_suffix(1);
  const size_t colon = std::min(word.find(':'), word.size());
  slot.name = word.substr(0, colon);
  slot.form = word.substr(std::min(colon + 1, word.size()));
  return slot;
}

void read_slots(std::string_view words, std::vector<Slot>& slots) {
  while (!words.empty()) {
    const size_t end = std::min(words.find(' '), words.size());
    if (end > 0) slots.push_back(read_slot(words.substr(0, end)));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

// Patterns are text of the grammar's tables, which live as long as the program.
const Slots& cached(std::string_view pattern) {
  static thread_local std::map<std::string_view, Slots> read;
  const auto [found, is_new] = read.try_emplace(pattern);
  if (is_new) found->second = slots_of(pattern);
  return found->second;
}

// The slot of the field at an index; null past the end of the pattern.
const Slot* slot_at(const Slots& slots, size_t index) {
  if (index < slots.once.size()) return &slots.once[index];
  if (slots.repeated.empty()) return nullptr;
  return &slots.repeated[(index - slots.once.size()) % slots.repeated.size()];
}

Field read_field(const Slot& slot, const Cell& cell, bool list) {
  Field field;
  field.name = slot.name;
  field.text = cell.text;
  field.place = cell.place;
  field.list = list;
  field.parts_repeat = form_named(slot.form).starts_with('{');
  std::vector<Part> parts;
  if (match_form(slot.form, cell.text, parts))
    for (const Part& part : parts) field.parts.push_back({part.name, std::string(part.value)});
  return field;
}

}  // namespace

std::vector<Cell> cells_of(const Line& line, size_t begin) {
  std::vector<Cell> cells;
  const std::string_view text = line.text;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find('/', begin), text.size());
    Place place = line.place;
    place.column += static_cast<uint32_t>(begin);
    place.offset += begin;
    cells.push_back({text.substr(begin, end - begin), place});
    begin = end + 1;
  }
  return cells;
}

Slots slots_of(std::string_view pattern) {
  Slots slots;
  const size_t open = std::min(pattern.find('('), pattern.size());
  read_slots(pattern.substr(0, open), slots.once);
  if (open < pattern.size()) read_slots(pattern.substr(open + 1, pattern.rfind(')') - open - 1), slots.repeated);
  return slots;
}

void read_line(std::string_view pattern, std::span<const Cell> cells, const Line& line, Segment& segment, Findings& findings) {
  const Slots& slots = cached(pattern);
  for (size_t i = 0; i < cells.size(); ++i) {
    const Slot* slot = slot_at(slots, i);
    if (slot == nullptr) {
      const bool text = !slots.once.empty() && slots.once.back().form == "text" && !segment.fields.empty();
      findings.add(Deviation::field_extra, cells[i].place, cells[i].text);
      // A slash inside of a free text parts nothing.
      if (text && segment.fields.back().read()) {
        Field& last = segment.fields.back();
        last.text.append("/").append(cells[i].text);
        last.parts.front().value = last.text;
      }
      continue;
    }
    if (cells[i].text.empty()) {
      if (!slot->optional) findings.add(Deviation::field_missing, cells[i].place, slot->name);
      continue;
    }
    segment.fields.push_back(read_field(*slot, cells[i], i >= slots.once.size() || (segment.repeats && !segment.rows)));
    if (!segment.fields.back().read()) findings.add(Deviation::field_format, cells[i].place, cells[i].text);
  }
  for (size_t i = cells.size(); i < slots.once.size(); ++i)
    if (!slots.once[i].optional) findings.add(Deviation::field_missing, line.place, slots.once[i].name);
}

bool fits(std::string_view pattern, std::span<const Cell> cells) {
  const Slots& slots = cached(pattern);
  std::vector<Part> parts;
  for (size_t i = 0; i < cells.size(); ++i) {
    const Slot* slot = slot_at(slots, i);
    if (slot == nullptr) return false;
    if (cells[i].text.empty() ? !slot->optional : !match_form(slot->form, cells[i].text, parts)) return false;
  }
  return std::all_of(slots.once.begin() + static_cast<std::ptrdiff_t>(std::min(cells.size(), slots.once.size())), slots.once.end(),
                     [](const Slot& slot) { return slot.optional; });
}

}  // namespace fairway::gateway::cargo_imp
