#include "http/output.h"

#include <algorithm>
#include <charconv>

namespace fairway::http {

void Output::add(std::string bytes) {
  if (!bytes.empty()) pieces_.push_back({std::move(bytes), nullptr, false});
}

void Output::add(std::shared_ptr<const std::string> bytes) {
  if (!bytes->empty()) pieces_.push_back({{}, std::move(bytes), false});
}

void Output::add_counted(std::shared_ptr<const std::string> bytes) {
  if (!bytes->empty()) pieces_.push_back({{}, std::move(bytes), true});
}

size_t Output::front(std::array<std::string_view, kPiecesPerWriteMax>& views) const {
  const size_t count = std::min(pieces_.size() - next_, views.size());
  for (size_t at = 0; at < count; ++at) views[at] = pieces_[next_ + at].bytes();
  if (count != 0) views[0].remove_prefix(offset_);
  return count;
}

size_t Output::sent(size_t size) {
  size_t counted = 0;
  while (size != 0) {
    Piece& piece = pieces_[next_];
    const size_t part = std::min(size, piece.bytes().size() - offset_);
    if (piece.counted) counted += part;
    size -= part;
    offset_ += part;
    if (offset_ < piece.bytes().size()) break;
    piece = {};
    ++next_;
    offset_ = 0;
  }
  if (empty()) {
    pieces_.clear();
    next_ = 0;
  }
  return counted;
}

std::string chunk_head(size_t bytes) {
  std::array<char, 20> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), bytes, 16);
  return std::string(text.data(), end) + "\r\n";
}

}  // namespace fairway::http
