#include "ledger/field_slices.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::ledger {
namespace {

// Of these members of a body each member is a field of its own, so that it can be shown without its neighbours.
constexpr std::array<std::string_view, 4> kSplitMembers = {"place", "transport", "equipment", "cargo"};

constexpr size_t kPathBytesMax = 1'024;

// A parser keeps about ten times the size of the largest text that it has read: for larger ones it is made anew.
constexpr size_t kKeptParserBytesMax = 256u << 10, kKeptTextBytesMax = 1u << 20;

bool parses(simdjson::dom::parser& parser, std::string_view text) {
  simdjson::dom::element root;
  return parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS && root.is_object();
}

// A member's name without its escapes; `raw` has been found to be good JSON.
std::string unescaped(std::string_view raw) {
  std::string quoted;
  quoted.reserve(raw.size() + 2);
  quoted.append("\"").append(raw).append("\"");
  simdjson::dom::parser parser;
  std::string_view text;
  const bool good = parser.parse(quoted).get(text) == simdjson::SUCCESS;
  return std::string(good ? text : raw);
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Bytes at which a scan stops: inside a string its end and escapes, in a composite brackets and strings, after a number or word whatever
// is no part of it.
constexpr std::array<bool, 256> bytes_of(std::string_view bytes) {
  std::array<bool, 256> stops{};
  for (const char c : bytes) stops[static_cast<unsigned char>(c)] = true;
  return stops;
}
constexpr std::array<bool, 256> kStringStops = bytes_of("\"\\"), kCompositeStops = bytes_of("\"{}[]"), kWordStops = bytes_of(",]} \n\r\t");

}  // namespace

// Runs once over a body that a parser has found to be good JSON: it tells where things are, not whether they are right. It never leaves
// the text, whatever that is.
class FieldSlices::Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  // The next byte that is not blank; 0 at the end.
  char peek() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  // What stands between the quotes of the string that comes next.
  std::string_view string() {
    take('"');
    const size_t begin = at_;
    skip_string();
    return text_.substr(begin, at_ - begin - (at_ != begin));
  }
  // Whether a list or an object comes next with something in it.
  bool is_composite(char open) {
    if (peek() != open) return false;
    size_t after = at_ + 1;
    while (after < text_.size() && is_blank(text_[after])) ++after;
    return after < text_.size() && text_[after] != (open == '[' ? ']' : '}');
  }
  // The value that comes next; empty where it has more than so many brackets within each other.
  std::string_view value(size_t depth_max) {
    const char first = peek();
    const size_t begin = at_;
    if (first == '"') {
      ++at_;
      skip_string();
    } else if (first != '{' && first != '[') {
      skip_to(kWordStops);
    } else if (!skip_composite(depth_max)) {
      return {};
    }
    return text_.substr(begin, at_ - begin);
  }

 private:
  void skip_to(const std::array<bool, 256>& stops) {
    while (at_ < text_.size() && !stops[static_cast<unsigned char>(text_[at_])]) ++at_;
  }
  // From within a string to after its quote.
  void skip_string() {
    for (skip_to(kStringStops); at_ < text_.size() && text_[at_] == '\\'; skip_to(kStringStops)) at_ += 2;
    at_ = std::min(at_ + 1, text_.size());
  }
  bool skip_composite(size_t depth_max) {
    for (size_t depth = 0; at_ < text_.size(); skip_to(kCompositeStops)) {
      const char c = text_[at_++];
      if (c == '"') {
        skip_string();
      } else if (c == '{' || c == '[') {
        if (depth++ == depth_max) return false;
      } else if (--depth == 0) {
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
};

void FieldSlices::read(const Entry& entry) {
  body_ = entry.body;
  if (text_.capacity() > kKeptTextBytesMax) text_ = {};
  text_.clear();
  rows_.clear();
  std::string value;
  append_json_string(value, name(entry.kind));
  add_own_field("kind", value);
  value.clear();
  if (is_valid_utf8(entry.party))
    append_json_string(value, entry.party);
  else
    JsonWriter(value).begin_object().member("base64", to_base64(entry.party)).end_object();
  add_own_field("party", value);
  std::array<char, 24> digits;
  add_own_field("received", {digits.data(), std::to_chars(digits.begin(), digits.end(), entry.received_us).ptr});

  const size_t rows = rows_.size(), bytes = text_.size();
  if (is_json_object() && read_body()) return;
  rows_.resize(rows);
  text_.resize(bytes);
  add_own_field("body", '"' + to_base64(entry.body) + '"');
}

bool FieldSlices::is_json_object() {
  if (body_.size() <= kKeptParserBytesMax) return parses(parser_, body_);
  simdjson::dom::parser once;
  return parses(once, body_);
}

bool FieldSlices::read_body() {
  const size_t rows = rows_.size();
  Scan scan(body_);
  if (scan.is_composite('{')) {
    scan.take('{');
    do {
      if (!read_member(scan)) return false;
    } while (scan.take(','));
  }
  if (rows_.size() != rows) return true;
  const size_t path_at = text_.size();
  text_ += "body";
  Scan whole(body_);
  return add_body_field(whole, path_at, 1);
}

bool FieldSlices::read_member(Scan& scan) {
  const size_t path_at = text_.size();
  text_ += "body/";
  append_name(scan.string());
  scan.take(':');
  if (scan.is_composite('[')) return read_elements(scan, path_at);
  if (scan.is_composite('{') && std::ranges::find(kSplitMembers, std::string_view(text_).substr(path_at + 5)) != kSplitMembers.end())
    return read_members(scan, path_at);
  return add_body_field(scan, path_at, limits::kJsonDepthMax);
}

// The list's own path is what each element's begins with: it is written again before each.
bool FieldSlices::read_elements(Scan& scan, size_t path_at) {
  const size_t stem = text_.size() - path_at;
  size_t at = path_at, place = 0;
  scan.take('[');
  do {
    if (place != 0) {
      at = text_.size();
      text_.append(text_, path_at, stem);
    }
    append_number(place++);
    if (!add_body_field(scan, at, limits::kJsonDepthMax - 1)) return false;
  } while (scan.take(','));
  scan.take(']');
  return true;
}

bool FieldSlices::read_members(Scan& scan, size_t path_at) {
  const size_t stem = text_.size() - path_at;
  scan.take('{');
  for (size_t at = path_at;;) {
    text_ += '/';
    append_name(scan.string());
    scan.take(':');
    if (!add_body_field(scan, at, limits::kJsonDepthMax - 1)) return false;
    if (!scan.take(',')) break;
    at = text_.size();
    text_.append(text_, path_at, stem);
  }
  scan.take('}');
  return true;
}

bool FieldSlices::add_body_field(Scan& scan, size_t path_at, size_t depth_max) {
  const size_t path_bytes = text_.size() - path_at;
  const std::string_view value = scan.value(depth_max);
  if (value.empty() || path_bytes > kPathBytesMax || rows_.size() == limits::kLedgerFieldsMax) return false;
  rows_.push_back({path_at, path_bytes, static_cast<size_t>(value.data() - body_.data()), value.size(), true});
  return true;
}

void FieldSlices::append_number(size_t number) {
  std::array<char, 24> digits;
  text_ += '/';
  text_ += std::string_view(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

void FieldSlices::add_own_field(std::string_view path, std::string_view value) {
  rows_.push_back({text_.size(), path.size(), text_.size() + path.size(), value.size(), false});
  text_ += path;
  text_ += value;
}

void FieldSlices::append_name(std::string_view raw) {
  if (std::ranges::none_of(raw, [](char c) { return c == '\\' || c == '~' || c == '/'; })) {
    text_ += raw;
    return;
  }
  for (const char c : raw.find('\\') == std::string_view::npos ? std::string(raw) : unescaped(raw)) {
    if (c == '~') text_ += "~0";
    if (c == '/') text_ += "~1";
    if (c != '~' && c != '/') text_ += c;
  }
}

}  // namespace fairway::ledger
