// Scanner: takes one segment apart into its components.
//
// One pass over the bytes finds separators, released characters and characters outside of the character set. Values are views into
// the input where they stand as they are; only what needs its release characters or line breaks taken out, or another encoding, is
// copied. Views live until the next scan() and as long as the input. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/edifact/charset.h"
#include "gateway/edifact/deviation.h"
#include "gateway/edifact/segment.h"
#include "gateway/edifact/service_string.h"

namespace fairway::gateway::edifact {

enum class Text : uint8_t {
  utf8,     // values are converted to UTF-8
  as_sent,  // values keep the sender's bytes
};

// A deviation that the characters alone show.
struct Mark {
  Deviation deviation;
  uint16_t element = 0, component = 0;
  uint32_t offset = 0;  // from the segment's tag
};

class Scanner {
 public:
  Scanner();

  // `repeating`: the repetition separator is in force.
  void configure(const ServiceString& service, CharacterSet set, bool repeating, Text text);

  // Takes the segment at the front of `bytes` apart. Its length with the terminator, or 0 where the terminator is not there.
  [[nodiscard]] size_t scan(std::string_view bytes);

  [[nodiscard]] std::string_view tag() const { return tag_; }
  [[nodiscard]] std::span<const Component> components() const { return std::span(components_).first(count_); }
  [[nodiscard]] std::span<const Mark> marks() const { return marks_; }

  // How far a segment that scan() could not finish has got, for finding its end in what comes later.
  struct Progress {
    bool released = false;  // the last character releases the next
  };
  // The length up to and with the terminator, or npos; keeps count in `progress`.
  [[nodiscard]] size_t find_end(std::string_view bytes, Progress& progress) const;

 private:
  // What a byte means. Everything from `release` on spoils a value: it cannot be handed on as it stands.
  enum Class : uint8_t { plain, terminator, element, component, repetition, release, line_break, ignored, high, forbidden };
  struct Spoiled {
    uint32_t index;  // in components_, or kTag
    uint32_t classes;
  };
  static constexpr uint32_t kTag = UINT32_MAX;

  struct Place {
    uint16_t element = 0, repetition = 0, component = 1;
  };
  void end_value(std::string_view value, const Place& place, size_t offset, unsigned spoiled);
  void end_tag(std::string_view value, const Place& place, size_t offset, unsigned spoiled);
  void end_empty(const Place& place, size_t offset, Class separator);
  size_t skip_released(std::string_view bytes, size_t at, const Place& place, unsigned& spoiled);
  void mend(size_t segment_bytes);
  std::string_view mended(std::string_view raw, unsigned classes, const Mark& place);
  [[nodiscard]] Class class_of(char c) const { return classes_[static_cast<unsigned char>(c)]; }

  std::array<Class, 256> classes_{};
  CharacterSet set_ = CharacterSet::undeclared;
  Text text_ = Text::utf8;

  std::string_view tag_;
  std::vector<Component> components_;  // the first count_ are of this segment; the rest is room
  size_t count_ = 0;
  std::vector<Mark> marks_;
  std::vector<Spoiled> spoiled_;
  std::string unescaped_, scratch_;
};

}  // namespace fairway::gateway::edifact
