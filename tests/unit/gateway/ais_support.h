// Writes AIS messages bit by bit and puts them into sentences.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gateway::ais_support {

struct Piece {
  size_t at = 0;
  uint64_t value = 0;
  unsigned bits = 0;
};

// "!BODY*HH"
inline std::string with_checksum(const std::string& body, char lead = '!') {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  char hex[3];
  std::snprintf(hex, sizeof hex, "%02X", sum);
  return std::string(1, lead) + body + "*" + hex;
}
// "\BODY*HH\"
inline std::string tag_block(const std::string& body) { return with_checksum(body, '\\') + "\\"; }

class Builder {
 public:
  Builder& add(uint64_t value, unsigned bits) {
    for (unsigned i = bits; i-- > 0;) bits_.push_back(i < 64 && (value >> i & 1) != 0);
    return *this;
  }
  Builder& text(std::string_view text, unsigned characters) {
    for (unsigned i = 0; i < characters; ++i) add(i < text.size() ? static_cast<uint64_t>(text[i]) & 63 : 0, 6);
    return *this;
  }
  Builder& set(size_t at, uint64_t value, unsigned bits) {
    for (unsigned i = 0; i < bits && at + i < bits_.size(); ++i) bits_[at + i] = (value >> (bits - 1 - i) & 1) != 0;
    return *this;
  }
  [[nodiscard]] size_t size() const { return bits_.size(); }

  // The armoured payload; `fill` is told the bits that were added at its end.
  [[nodiscard]] std::string payload(unsigned& fill) const {
    std::string out;
    for (size_t i = 0; i < bits_.size(); i += 6) {
      unsigned six = 0;
      for (size_t j = i; j < i + 6; ++j) six = six << 1 | (j < bits_.size() && bits_[j] ? 1u : 0u);
      out += static_cast<char>(six < 40 ? six + '0' : six - 40 + '`');
    }
    fill = static_cast<unsigned>((6 - bits_.size() % 6) % 6);
    return out;
  }

  // As many sentences as it takes.
  [[nodiscard]] std::vector<std::string> parts(char channel = 'A', int sequence = 0, std::string_view address = "AIVDM") const {
    constexpr size_t kPayloadMax = 56;
    unsigned fill = 0;
    const std::string whole = payload(fill);
    const size_t count = (whole.size() + kPayloadMax - 1) / kPayloadMax;
    std::vector<std::string> out;
    for (size_t i = 0; i < count; ++i) {
      std::string body = std::string(address) + "," + std::to_string(count) + "," + std::to_string(i + 1) + ",";
      body += (count > 1 ? std::to_string(sequence) : "") + "," + channel + "," + whole.substr(i * kPayloadMax, kPayloadMax) + ",";
      out.push_back(with_checksum(body + std::to_string(i + 1 == count ? fill : 0)));
    }
    return out;
  }
  [[nodiscard]] std::string sentences(char channel = 'A', int sequence = 0) const {
    std::string out;
    for (const std::string& part : parts(channel, sequence)) out += part + "\n";
    return out;
  }

 private:
  std::vector<bool> bits_;
};

}  // namespace fairway::gateway::ais_support
