#include "gateway/ais/sentence.h"

#include <array>
#include <charconv>

namespace fairway::gateway::ais {
namespace {

std::unexpected<Error> broken(std::string_view fault, std::string_view where) {
  return fail(Code::invalid, std::string(fault), std::string(where.substr(0, 96)));
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<uint8_t> hex_byte(std::string_view text) {
  uint8_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (text.size() != 2 || error != std::errc() || end != text.data() + 2) return std::nullopt;
  return value;
}

// The text before '*', whose bytes must come to the two digits after it. What follows those is not of the sentence.
Result<std::string_view> checked(std::string_view text, std::string_view what) {
  const size_t star = text.find('*');
  if (star == std::string_view::npos || text.size() < star + 3) return broken("no checksum", what);
  const std::optional<uint8_t> said = hex_byte(text.substr(star + 1, 2));
  if (!said) return broken("no checksum at the end", what);
  uint8_t sum = 0;
  for (const char c : text.substr(0, star)) sum ^= static_cast<uint8_t>(c);
  if (sum != *said) return broken("a wrong checksum", what);
  return text.substr(0, star);
}

std::string_view take_until(std::string_view& text, char separator) {
  const size_t at = text.find(separator);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

// "1-2-1234": part, parts, group.
void read_group(std::string_view text, TagBlock& tag) {
  const auto part = number_of<uint8_t>(take_until(text, '-'));
  const auto parts = number_of<uint8_t>(take_until(text, '-'));
  if (part && parts && *part != 0 && *part <= *parts && !text.empty()) tag.part = *part, tag.parts = *parts, tag.group = text;
}

Result<TagBlock> parse_tag_block(std::string_view text) {
  constexpr int64_t kMillisecondsFrom = 100'000'000'000;  // in seconds that were the year 5138
  std::string_view fields = TRY(checked(text, text));
  TagBlock tag;
  while (!fields.empty()) {
    const std::string_view field = take_until(fields, ',');
    if (field.size() < 3 || field[1] != ':') continue;
    const std::string_view value = field.substr(2);
    if (field[0] == 's') tag.source = value;
    if (field[0] == 'g') read_group(value, tag);
    if (field[0] == 'c') tag.unix_s = number_of<int64_t>(value);
    if (tag.unix_s && *tag.unix_s >= kMillisecondsFrom) tag.unix_s = *tag.unix_s / 1000;
  }
  return tag;
}

std::string_view without_line_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  return line;
}

}  // namespace

Result<Sentence> parse_sentence(std::string_view line) {
  line = without_line_end(line);
  if (line.size() > kSentenceBytesMax) return broken("too long for a sentence", line);
  Sentence sentence;
  if (line.starts_with('\\')) {
    const size_t end = line.find('\\', 1);
    if (end == std::string_view::npos) return broken("a TAG block without its end", line);
    sentence.tag = TRY(parse_tag_block(line.substr(1, end - 1)));
    line.remove_prefix(end + 1);
  }
  if (!line.starts_with('!')) return broken("not an encapsulated sentence: it does not begin with '!'", line);
  std::string_view fields = TRY(checked(line.substr(1), line));
  const std::string_view address = take_until(fields, ',');
  if (address.size() != 5 || !(address.ends_with("VDM") || address.ends_with("VDO"))) return broken("not VDM or VDO", address);
  sentence.talker = address.substr(0, 2);
  sentence.own_ship = address.ends_with('O');
  const auto parts = number_of<uint8_t>(take_until(fields, ','));
  const auto part = number_of<uint8_t>(take_until(fields, ','));
  if (!parts || !part || *part == 0 || *part > *parts || *parts > kPartsMax) return broken("not the number of a part", line);
  sentence.parts = *parts, sentence.part = *part;
  const std::string_view sequence = take_until(fields, ',');
  if (!sequence.empty()) {
    sentence.sequence = number_of<uint8_t>(sequence);
    if (!sentence.sequence || *sentence.sequence > 9) return broken("not a sequence number", sequence);
  }
  const std::string_view channel = take_until(fields, ',');
  if (!channel.empty()) sentence.channel = channel.front();
  sentence.payload = take_until(fields, ',');
  if (sentence.payload.empty()) return broken("no payload", line);
  const auto fill_bits = number_of<uint8_t>(fields);
  if (!fill_bits || *fill_bits > 5) return broken("not a number of fill bits", fields);
  sentence.fill_bits = *fill_bits;
  return sentence;
}

}  // namespace fairway::gateway::ais
