#include "gateway/edifact/scanner.h"

#include <algorithm>

#include "base/limits.h"

namespace fairway::gateway::edifact {
namespace {

constexpr size_t kRoom = 64;  // components that the first segment finds room for

constexpr unsigned bit(unsigned character_class) { return 1u << character_class; }

}  // namespace

Scanner::Scanner() { configure({}, CharacterSet::undeclared, false, Text::utf8); }

void Scanner::configure(const ServiceString& service, CharacterSet set, bool repeating, Text text) {
  set_ = set;
  text_ = text;
  for (unsigned byte = 0; byte < classes_.size(); ++byte)
    classes_[byte] = byte >= 0x80 ? high : allows(set, static_cast<unsigned char>(byte)) ? plain : forbidden;
  const auto assign = [&](char c, Class meaning) { classes_[static_cast<unsigned char>(c)] = meaning; };
  // Where one of the two ends segments the other is left over from a line end, and no deviation.
  const bool line_ends = service.terminator == '\n' || service.terminator == '\r';
  assign('\n', line_ends ? ignored : line_break);
  assign('\r', line_ends ? ignored : line_break);
  if (repeating && service.repetition != kNoServiceCharacter) assign(service.repetition, repetition);
  if (service.has_release()) assign(service.release, release);
  assign(service.component, component);
  assign(service.element, element);
  assign(service.terminator, terminator);
}

size_t Scanner::scan(std::string_view bytes) {
  count_ = 0;
  marks_.clear();
  spoiled_.clear();
  Place place;
  unsigned spoiled = 0;
  size_t start = 0;
  for (size_t at = 0;; ++at) {
    Class found = plain;
    while (at < bytes.size() && (found = class_of(bytes[at])) == plain) ++at;
    if (at >= bytes.size()) return 0;
    if (found > repetition) {
      spoiled |= bit(found);
      if (found == release) at = skip_released(bytes, at, place, spoiled);
      continue;
    }
    if (at == start)
      end_empty(place, at, found);
    else if (place.element != 0) [[likely]]
      end_value(bytes.substr(start, at - start), place, start, spoiled);
    else
      end_tag(bytes.substr(start, at - start), place, start, spoiled);
    start = at + 1;
    spoiled = 0;
    switch (found) {
      case component: ++place.component; break;
      case repetition: ++place.repetition, place.component = 1; break;
      case element: ++place.element, place.repetition = 0, place.component = 1; break;
      default:
        if (!spoiled_.empty()) mend(at + 1);
        return at + 1;
    }
  }
}

// The last byte that the release character at `at` covers: the next one that is no line break.
size_t Scanner::skip_released(std::string_view bytes, size_t at, const Place& place, unsigned& spoiled) {
  const size_t from = at++;
  for (; at < bytes.size() && class_of(bytes[at]) == line_break; ++at) spoiled |= bit(line_break);
  if (at >= bytes.size()) return at;
  const Class next = class_of(bytes[at]);
  if (next > release) spoiled |= bit(next);
  if (next < terminator || next > release)
    marks_.push_back({Deviation::release_superfluous, place.element, place.component, static_cast<uint32_t>(from)});
  return at;
}

inline void Scanner::end_value(std::string_view value, const Place& place, size_t offset, unsigned spoiled) {
  if (place.element > limits::kEdifactElementsMax || place.component > limits::kEdifactElementsMax) return;
  if (count_ == components_.size()) components_.resize(count_ * 2 + kRoom);
  if (spoiled != 0) spoiled_.push_back({static_cast<uint32_t>(count_), spoiled});
  components_[count_++] = {place.element, place.repetition, place.component, static_cast<uint32_t>(offset), value};
}

// The tag, and in its further components explicit nesting (ISO 9735:1988 9.1).
inline void Scanner::end_tag(std::string_view value, const Place& place, size_t offset, unsigned spoiled) {
  if (place.component > 1) {
    marks_.push_back({Deviation::nesting_indicator, 0, 0, static_cast<uint32_t>(offset)});
    return;
  }
  tag_ = value;
  if (spoiled != 0) spoiled_.push_back({kTag, spoiled});
}

// An empty value: is the separator before it one that ISO 9735 7.3–7.5 wants left out?
inline void Scanner::end_empty(const Place& place, size_t offset, Class separator) {
  const bool after_component = place.component > 1 && separator != component;
  if (place.element == 0) {
    if (place.component == 1) tag_ = {};
  } else if (after_component || separator == terminator) {
    const uint16_t at_component = place.component > 1 ? place.component : uint16_t{0};
    marks_.push_back({Deviation::trailing_separator, place.element, at_component, static_cast<uint32_t>(offset - 1)});
  }
}

void Scanner::mend(size_t segment_bytes) {
  constexpr size_t kUtf8BytesMax = 3;  // of one byte of a single-byte character set
  scratch_.clear();
  scratch_.reserve(segment_bytes * kUtf8BytesMax);  // no growth below: views into it stay
  for (const Spoiled& spoiled : spoiled_) {
    if (spoiled.index == kTag) {
      tag_ = mended(tag_, spoiled.classes, {});
      continue;
    }
    Component& value = components_[spoiled.index];
    value.value = mended(value.value, spoiled.classes, {{}, value.element, value.component, value.offset});
  }
  const auto kept = std::remove_if(components_.begin(), components_.begin() + static_cast<ptrdiff_t>(count_),
                                   [](const Component& c) { return c.value.empty(); });  // nothing but a line break
  count_ = static_cast<size_t>(kept - components_.begin());
}

std::string_view Scanner::mended(std::string_view raw, unsigned classes, const Mark& place) {
  const auto mark = [&](Deviation deviation) { marks_.push_back({deviation, place.element, place.component, place.offset}); };
  if ((classes & bit(line_break)) != 0) mark(Deviation::line_break_in_data);
  if ((classes & bit(forbidden)) != 0) mark(Deviation::character_not_allowed);
  if ((classes & (bit(release) | bit(line_break) | bit(ignored))) != 0) {
    unescaped_.clear();
    bool released = false;
    for (const char c : raw) {
      const Class meaning = class_of(c);
      if (meaning == line_break || meaning == ignored) continue;
      if (meaning == release && !released) {
        released = true;
        continue;
      }
      released = false;
      unescaped_ += c;
    }
    raw = unescaped_;
  } else if ((classes & bit(high)) == 0) {
    return raw;
  }
  const size_t start = scratch_.size();
  if (text_ == Text::as_sent)
    scratch_ += raw;
  else if (!append_utf8(set_, raw, scratch_))
    mark(Deviation::charset_mismatch);
  return std::string_view(scratch_).substr(start);
}

size_t Scanner::find_end(std::string_view bytes, Progress& progress) const {
  for (size_t at = 0; at < bytes.size(); ++at) {
    const Class found = class_of(bytes[at]);
    if (progress.released) {
      progress.released = found == line_break;
    } else if (found == release) {
      progress.released = true;
    } else if (found == terminator) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace fairway::gateway::edifact
