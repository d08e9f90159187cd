// The Reader's way with bytes: opening, chunks, segments cut in two. envelope.cc has its way with segments.
#include "gateway/edifact/reader.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kServiceStringTag = "UNA";
constexpr size_t kServiceStringBytes = 9;  // "UNA" and six characters
constexpr size_t kTagBytes = 3;

bool is_line_end(char c) { return c == '\r' || c == '\n'; }
// Blanks, and what old systems fill or end files with.
bool is_blank(char c) { return is_line_end(c) || c == ' ' || c == '\t' || c == '\0' || c == '\x1A'; }

// What the segment says that it is; nothing where its bytes are no tag.
std::string_view tag_in_front(std::string_view bytes) {
  const std::string_view tag = bytes.substr(0, kTagBytes);
  return is_tag(tag) ? tag : std::string_view();
}

}  // namespace

Reader::Reader(ReaderHandler& handler, Text text) : handler_(handler), text_(text) {}

void Reader::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (phase_ == Phase::opening)
      bytes = take_opening(bytes);
    else if (phase_ == Phase::oversize || !carried_.empty())
      bytes = finish_carried(bytes);
    else
      bytes = read_whole_segments(bytes);
  }
}

// Collects the bytes that decide on the service characters: UNA with its six, or the byte after the first tag.
std::string_view Reader::take_opening(std::string_view bytes) {
  while (!bytes.empty() && carried_.size() < kServiceStringBytes) {
    const char c = bytes.front();
    bytes.remove_prefix(1);
    if (carried_.empty() && is_blank(c)) {
      ++offset_;
      continue;
    }
    carried_ += c;
    if (at_start_ && carried_ == kByteOrderMark) {
      offset_ += carried_.size();
      carried_.clear();
    }
    if (at_start_ && kByteOrderMark.starts_with(carried_)) continue;
    at_start_ = false;
  }
  if (carried_.size() == kServiceStringBytes) begin_stream_of_segments();
  return bytes;
}

// The opening is complete, or the input ends within it.
void Reader::begin_stream_of_segments() {
  std::string opening = std::move(carried_);
  carried_.clear();
  reset_interchange();
  if (opening.starts_with(kServiceStringTag) && opening.size() == kServiceStringBytes) {
    const ServiceString stated = service_string_from(std::string_view(opening).substr(kTagBytes));
    if (is_usable(stated))
      interchange_.service = stated;
    else
      report_at(Deviation::service_string_invalid, Level::interchange, kServiceStringTag);
    offset_ += opening.size();
    opening.clear();
  } else if (opening.size() > kTagBytes && opening[kTagBytes] == kInformationSeparators.element) {
    interchange_.service = kInformationSeparators;
  }
  configure_scanner(false);
  phase_ = Phase::segments;
  feed(opening);
}

void Reader::configure_scanner(bool repeating) {
  scanner_.configure(interchange_.service, character_set(interchange_.syntax), repeating, text_);
}

std::string_view Reader::skip_blanks(std::string_view bytes) {
  size_t at = 0;
  for (; at < bytes.size() && is_blank(bytes[at]); ++at) {
    if (is_line_end(bytes[at]) || blanks_reported_ || where_ == Where::after_interchange) continue;
    blanks_reported_ = true;
    report_at(Deviation::blank_between_segments, where_ == Where::message ? Level::segment : Level::interchange, {}, {}, at);
  }
  offset_ += at;
  return bytes.substr(at);
}

std::string_view Reader::read_whole_segments(std::string_view bytes) {
  while (phase_ == Phase::segments) {
    bytes = skip_blanks(bytes);
    if (bytes.empty()) return bytes;
    const size_t length = scanner_.scan(bytes.substr(0, limits::kEdifactSegmentBytesMax));
    if (length == 0) return finish_carried(bytes);
    take_segment(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return bytes;
}

// Adds to the segment in progress up to its terminator, and reads it once that has come. A segment past the limit is not kept; only
// its end is looked for.
std::string_view Reader::finish_carried(std::string_view bytes) {
  const size_t end = scanner_.find_end(bytes, progress_);
  const std::string_view part = bytes.substr(0, end);
  unfinished_ += part.size();
  if (unfinished_ <= limits::kEdifactSegmentBytesMax)
    carried_ += part;
  else if (phase_ != Phase::oversize)
    phase_ = Phase::oversize, carried_.append(part.substr(0, kTagBytes)).resize(kTagBytes);
  if (end == std::string_view::npos) return {};
  end_carried();
  return bytes.substr(end);
}

void Reader::end_carried() {
  if (phase_ == Phase::oversize) {
    phase_ = Phase::segments;
    drop_oversize();
  } else if (scanner_.scan(carried_) != 0) {
    take_segment(carried_);
  }
  carried_.clear();
  progress_ = {};
  unfinished_ = 0;
}

// A segment that was too long to keep still counts as one.
void Reader::drop_oversize() {
  segment_ = {};
  segment_.tag = tag_in_front(carried_);
  segment_.offset = offset_;
  if (where_ == Where::message) segment_.number = ++segments_;
  report(Deviation::segment_too_long);
  offset_ += unfinished_;
}

void Reader::take_segment(std::string_view bytes) {
  segment_.tag = scanner_.tag();
  segment_.number = 0;
  segment_.offset = offset_;
  segment_.group = 0;
  segment_.opens_group = false;
  segment_.components = scanner_.components();
  segment_bytes_ = static_cast<uint32_t>(bytes.size());
  dispatch(pack_tag(segment_.tag));
  offset_ += bytes.size();
}

void Reader::finish() {
  if (phase_ == Phase::opening && !carried_.empty()) begin_stream_of_segments();
  if (!carried_.empty()) finish_unterminated();
  if (where_ == Where::message) cut_message(offset_);
  if (in_group_) cut_group();
  if (interchange_.headed) cut_interchange();
}

// The input ends within a segment. A trailer still says what it says; anything else may be cut in its middle and is left out.
void Reader::finish_unterminated() {
  const size_t length = unfinished_;
  const std::string tag(tag_in_front(carried_));
  const bool trailer = phase_ != Phase::oversize && (tag == "UNT" || tag == "UNE" || tag == "UNZ");
  segment_ = {};
  segment_.tag = tag;
  segment_.offset = offset_;
  if (where_ == Where::message) segment_.number = segments_ + 1;
  if (where_ != Where::after_interchange)
    report(Deviation::segment_unterminated);
  else if (!trailing_reported_)
    report(Deviation::trailing_data);
  if (trailer) {
    carried_ += interchange_.service.terminator;
    unfinished_ = 0;
    end_carried();
  }
  offset_ += trailer ? 0 : length;
  carried_.clear();
}

}  // namespace fairway::gateway::edifact
