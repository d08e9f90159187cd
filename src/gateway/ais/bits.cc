#include "gateway/ais/bits.h"

#include <algorithm>

namespace fairway::gateway::ais {
namespace {

constexpr uint8_t kNoArmour = 0xFF;

// Armour to six bits: '0' to 'W' are 0 to 39, '`' to 'w' 40 to 63.
constexpr std::array<uint8_t, 256> make_armour() {
  std::array<uint8_t, 256> table{};
  table.fill(kNoArmour);
  for (unsigned char c = '0'; c <= 'W'; ++c) table[c] = static_cast<uint8_t>(c - '0');
  for (unsigned char c = '`'; c <= 'w'; ++c) table[c] = static_cast<uint8_t>(c - '`' + 40);
  return table;
}
constexpr std::array<uint8_t, 256> kArmour = make_armour();

constexpr char ascii_of(uint64_t six_bits) { return static_cast<char>(six_bits < 32 ? six_bits + '@' : six_bits); }

}  // namespace

Status Bits::append(std::string_view payload, unsigned fill_bits) {
  if (size_ + payload.size() * 6 > kMax) return fail(Code::too_large, "an AIS message of more than " + std::to_string(kMax) + " bits");
  const size_t begin = size_;
  for (const char c : payload) {
    const uint64_t six = kArmour[static_cast<uint8_t>(c)];
    if (six == kNoArmour) {
      const std::string where = "character " + std::to_string((size_ - begin) / 6 + 1) + " of the payload";
      return fail(Code::invalid, "a character that carries no six bits", where);
    }
    const size_t word = size_ / 64, at = size_ % 64;
    if (at <= 58) {
      words_[word] |= six << (58 - at);
    } else {
      words_[word] |= six >> (at - 58);
      words_[word + 1] |= six << (122 - at);
    }
    size_ += 6;
  }
  const size_t kept = size_ - std::min<size_t>(fill_bits, size_ - begin);
  for (; size_ > kept; --size_) words_[(size_ - 1) / 64] &= ~(uint64_t{1} << (63 - (size_ - 1) % 64));
  return {};
}

void Bits::clear() {
  std::fill_n(words_.begin(), std::min(size_ / 64 + 1, words_.size()), 0);
  size_ = 0;
}

std::string Bits::padded_text(size_t at, unsigned characters) const {
  std::string out;
  for (unsigned i = 0; i < characters && at < size_; ++i, at += 6) {
    const char c = ascii_of(number(at, 6));
    if (c == '@') break;
    out += c;
  }
  return out;
}

std::string Bits::text(size_t at, unsigned characters) const {
  std::string out = padded_text(at, characters);
  out.resize(out.find_last_not_of(' ') + 1);
  return out;
}

std::string Bits::hex(size_t at, size_t count) const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = std::to_string(count) + ":";
  for (const size_t end = at + count; at < end; at += 8) {
    const uint64_t byte = number(at, 8);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace fairway::gateway::ais
