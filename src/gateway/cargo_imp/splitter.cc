#include "gateway/cargo_imp/splitter.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/cargo_imp/grammar.h"

namespace fairway::gateway::cargo_imp {
namespace {

constexpr size_t kLineCharactersMax = 69;
constexpr size_t kAddressCharacters = 7;  // of a type B address: city, office, company
constexpr size_t kAddressesMax = 32;
constexpr size_t kFirstLineBytesMax = 64;  // that are looked at

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alphanumeric(char c) { return is_digit(c) || is_upper(c); }
bool is_in_character_set(char c) { return is_alphanumeric(c) || c == ' ' || c == '.' || c == '-' || c == '/'; }
// SOH, STX, ETX and VT frame type B messages.
bool is_framing(char c) { return c >= '\x01' && c <= '\x1F' && c != '\t'; }

struct Header {
  std::string_view id;  // of the grammar's table
  std::string version;
};

// "FSU/14", "FMA". What follows the line tells an answer without a version from a point of unloading: FNA is Freetown, too.
std::optional<Header> read_header(std::string_view line, std::string_view after) {
  constexpr size_t kIdentifier = 3, kVersionDigitsMax = 3;
  const std::string_view id = line.substr(0, kIdentifier);
  const MessageKind* kind = find_message(id);
  if (kind == nullptr) return std::nullopt;
  if (line.size() == kIdentifier) {
    const bool answers = !kind->versioned && to_upper(trim(after.substr(0, kFirstLineBytesMax))).starts_with("ACK/");
    return answers ? std::optional(Header{kind->id, {}}) : std::nullopt;
  }
  const std::string_view version = line.substr(std::min(line.size(), kIdentifier + 1));
  if (line[kIdentifier] != '/' || version.empty() || version.size() > kVersionDigitsMax || !std::ranges::all_of(version, is_digit))
    return std::nullopt;
  return Header{kind->id, std::string(version)};
}

// The words of a line between blanks.
std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> found;
  while (!line.empty() && found.size() <= kAddressesMax) {
    const size_t begin = std::min(line.find_first_not_of(' '), line.size());
    const size_t end = std::min(line.find(' ', begin), line.size());
    if (end > begin) found.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
  return found;
}

bool is_address(std::string_view word) { return word.size() == kAddressCharacters && std::ranges::all_of(word, is_alphanumeric); }

// "QK HKGFMCX FRAFMLH"
bool is_address_line(std::string_view line) {
  const std::vector<std::string_view> found = words(line);
  const bool priority =
      found.size() > 1 && found.size() <= kAddressesMax && found[0].size() == 2 && std::ranges::all_of(found[0], is_upper);
  return priority && std::all_of(found.begin() + 1, found.end(), is_address);
}

// ".HKGKKCX 231105"
bool is_origin_line(std::string_view line) {
  if (!line.starts_with('.') || line.size() <= kAddressCharacters) return false;
  return is_address(line.substr(1, kAddressCharacters)) && (line.size() == kAddressCharacters + 1 || line[kAddressCharacters + 1] == ' ');
}

// Cuts bytes into lines, and finds what is unusual about each.
class LineCutter {
 public:
  explicit LineCutter(std::string_view bytes) : bytes_(bytes) {
    if (bytes.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  [[nodiscard]] std::string_view rest() const { return bytes_.substr(std::min(at_, bytes_.size())); }

  // The next line into `line`, its deviations into `found` (of the message that is being read); false at the end.
  bool next(Line& line, Findings& found) {
    if (at_ >= bytes_.size()) return false;
    const size_t begin = at_;
    const size_t end = std::min(bytes_.find_first_of("\r\n", begin), bytes_.size());
    at_ = end;
    const bool carriage_return = at_ < bytes_.size() && bytes_[at_] == '\r';
    if (carriage_return) ++at_;
    const bool line_feed = at_ < bytes_.size() && bytes_[at_] == '\n';
    if (line_feed) ++at_;
    line.place = {0, ++number_, 1, begin};
    const std::string_view raw = bytes_.substr(begin, end - begin);
    if (carriage_return != line_feed) found.add(Deviation::line_break, at_column(line, raw.size()));
    normalise(raw, line, found);
    return true;
  }

 private:
  static Place at_column(const Line& line, size_t index) {
    Place place = line.place;
    place.column = static_cast<uint32_t>(index + 1);
    place.offset += index;
    return place;
  }

  static void normalise(std::string_view raw, Line& line, Findings& found) {
    line.text.clear();
    if (raw.size() > limits::kCargoImpLineBytesMax) return found.add(Deviation::line_too_long, line.place, raw.substr(0, 16));
    while (!raw.empty() && is_framing(raw.front())) raw.remove_prefix(1), ++line.place.offset;
    while (!raw.empty() && is_framing(raw.back())) raw.remove_suffix(1);
    const size_t length = std::min(raw.find_last_not_of(" \t") + 1, raw.size());
    if (length < raw.size() && length > 0) found.add(Deviation::trailing_blank, at_column(line, length));
    raw = raw.substr(0, length);
    if (const auto lower = std::ranges::find_if(raw, is_lower); lower != raw.end())
      found.add(Deviation::lower_case, at_column(line, static_cast<size_t>(lower - raw.begin())));
    line.text = is_valid_utf8(raw) ? to_upper(raw) : legible(to_upper(raw), 3 * limits::kCargoImpLineBytesMax);
    std::ranges::replace_if(line.text, is_framing, ' ');
    std::ranges::replace(line.text, '\t', ' ');
    const auto odd = std::ranges::find_if_not(line.text, is_in_character_set);
    if (odd != line.text.end()) {
      const auto index = static_cast<size_t>(odd - line.text.begin());
      found.add(Deviation::character, at_column(line, index), std::string_view(line.text).substr(index, 8));
    }
    if (line.text.size() > kLineCharactersMax) found.add(Deviation::line_length, at_column(line, kLineCharactersMax));
  }

  std::string_view bytes_;
  size_t at_ = 0;
  uint32_t number_ = 0;
};

class Splitter {
 public:
  Splitter(std::string_view bytes, const std::function<void(MessageText)>& sink) : bytes_(bytes), sink_(sink) {}

  size_t run() {
    LineCutter cutter(bytes_);
    Line line;
    while (true) {
      Findings found;
      if (!cutter.next(line, found)) break;
      take(std::move(line), found, cutter.rest());
      line = {};
    }
    end_message(bytes_.size());
    return count_;
  }

 private:
  void take(Line line, const Findings& found, std::string_view after) {
    const std::string_view text = line.text;
    if (is_address_line(text) || is_origin_line(text)) return take_envelope(line, found);
    if (const auto header = read_header(text, after); header && begins_message()) return begin_message(*header, std::move(line), found);
    if (!open_) {
      if (text.empty() && found.all().empty()) return;
      begin_waiting(line);
      if (!text.empty()) waiting_.findings.add(Deviation::text_outside, line.place, text);
      return;
    }
    merge(found, line, message_);
    if (text.empty()) {
      if (!blank_) blank_ = line.place;
      return;
    }
    if (blank_) message_.findings.add(Deviation::blank_line, *blank_);
    blank_.reset();
    if (message_.lines.size() >= limits::kCargoImpLinesPerMessageMax)
      return message_.findings.add(Deviation::message_too_large, line.place);
    message_.lines.push_back(std::move(line));
  }

  // In FMA and FNA the first identifier begins what they repeat of the message that they answer, a further one a new message.
  bool begins_message() {
    const bool answers = open_ && find_message(message_.id)->answers;
    if (!answers) return true;
    if (echoing_) return true;
    echoing_ = true;
    return false;
  }

  void begin_message(const Header& header, Line line, const Findings& found) {
    const uint64_t begin = waiting_begun_ ? waiting_.offset : line.place.offset;
    end_message(begin);
    message_ = std::move(waiting_);
    waiting_ = {};
    waiting_begun_ = echoing_ = false;
    open_ = true;
    message_.id = header.id;
    message_.version = header.version;
    message_.offset = begin;
    merge(found, line, message_);
    message_.lines.push_back(std::move(line));
  }

  void take_envelope(const Line& line, const Findings& found) {
    // An envelope after a message begins the next one.
    if (open_) end_message(line.place.offset);
    begin_waiting(line);
    for (const Finding& finding : found.all()) waiting_.findings.add(finding.deviation, finding.place, finding.detail);
    Envelope& envelope = waiting_.envelope;
    if (line.text.starts_with('.')) {
      envelope.origin = line.text.substr(1, kAddressCharacters);
      envelope.stamp = trim(std::string_view(line.text).substr(kAddressCharacters + 1));
      return;
    }
    const std::vector<std::string_view> found_words = words(line.text);
    envelope.priority = found_words.front();
    for (size_t i = 1; i < found_words.size() && envelope.addresses.size() < kAddressesMax; ++i)
      envelope.addresses.emplace_back(found_words[i]);
  }

  void begin_waiting(const Line& line) {
    if (!waiting_begun_) waiting_.offset = line.place.offset;
    waiting_begun_ = true;
  }

  static void merge(const Findings& found, Line& line, MessageText& message) {
    line.place.segment = static_cast<uint32_t>(message.lines.size()) + 1;
    for (const Finding& finding : found.all()) {
      Place place = finding.place;
      place.segment = line.place.segment;
      message.findings.add(finding.deviation, place, finding.detail);
    }
  }

  void end_message(uint64_t end) {
    blank_.reset();
    if (!open_) return;
    open_ = false;
    message_.length = end - message_.offset;
    ++count_;
    sink_(std::move(message_));
    message_ = {};
  }

  std::string_view bytes_;
  const std::function<void(MessageText)>& sink_;
  MessageText message_;         // while open_
  MessageText waiting_;         // what stands before the next one
  std::optional<Place> blank_;  // the first of those after the last line
  bool open_ = false, waiting_begun_ = false, echoing_ = false;
  size_t count_ = 0;
};

}  // namespace

size_t split(std::string_view bytes, const std::function<void(MessageText)>& sink) { return Splitter(bytes, sink).run(); }

bool begins_as_cargo_imp(std::string_view bytes) {
  LineCutter cutter(bytes.substr(0, 4 * limits::kCargoImpLineBytesMax));
  Line line;
  Findings found;
  while (cutter.next(line, found))
    if (!line.text.empty())
      return read_header(line.text, cutter.rest()).has_value() || is_address_line(line.text) || is_origin_line(line.text);
  return false;
}

}  // namespace fairway::gateway::cargo_imp
