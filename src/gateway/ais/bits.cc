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
  for (const char c : payload) {
    const uint64_t six = kArmour[static_cast<uint8_t>(c)];
    if (six == kNoArmour) return fail(Code::invalid, "a character that carries no six bits", std::string(1, c));
    const size_t word = size_ / 64, at = size_ % 64;
    if (at <= 58) {
      words_[word] |= six << (58 - at);
    } else {
      words_[word] |= six >> (at - 58);
      words_[word + 1] |= six << (122 - at);
    }
    size_ += 6;
  }
  const size_t kept = size_ - std::min<size_t>(fill_bits, size_);
  for (; size_ > kept; --size_) words_[(size_ - 1) / 64] &= ~(uint64_t{1} << (63 - (size_ - 1) % 64));
  return {};
}

uint64_t Bits::number(size_t at, unsigned count) const {
  if (count == 0 || at >= kMax) return 0;
  const size_t word = at / 64, offset = at % 64;
  uint64_t value = words_[word] << offset;
  if (offset != 0 && offset + count > 64) value |= words_[word + 1] >> (64 - offset);
  return value >> (64 - count);
}

int64_t Bits::signed_number(size_t at, unsigned count) const {
  const auto shifted = static_cast<int64_t>(number(at, count) << (64 - count));
  return shifted >> (64 - count);
}

std::string Bits::text(size_t at, unsigned characters) const {
  std::string out;
  for (unsigned i = 0; i < characters && at + 6 <= size_; ++i, at += 6) {
    const char c = ascii_of(number(at, 6));
    if (c == '@') break;
    out += c;
  }
  out.resize(out.find_last_not_of(' ') + 1);
  return out;
}

std::string Bits::hex(size_t at, size_t count) const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = std::to_string(count) + ":";
  for (size_t end = at + count; at < end; at += 8) {
    const auto bits = static_cast<unsigned>(std::min<size_t>(8, end - at));
    const uint64_t byte = number(at, bits) << (8 - bits);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace fairway::gateway::ais
