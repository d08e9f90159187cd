#include "ledger/field_slices.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.h"
#include "base/json_scan.h"
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

bool is_blank_composite(std::string_view value) {
  return std::ranges::all_of(value.substr(1, value.size() - 2), [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
}

bool is_composite(std::string_view value, char open) { return value.front() == open && !is_blank_composite(value); }

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

}  // namespace

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

Status FieldSlices::read_body() {
  const size_t rows = rows_.size();
  TRY_OK(each_json_member(body_, [this](std::string_view member, std::string_view value) { return read_member(member, value); }));
  if (rows_.size() != rows) return {};
  const size_t path_at = text_.size();
  text_ += "body";
  return add_body_field(path_at, trim(body_));
}

Status FieldSlices::read_member(std::string_view member, std::string_view value) {
  const size_t path_at = text_.size();
  text_ += "body/";
  append_name(member);
  if (is_composite(value, '[')) return read_elements(path_at, value);
  if (is_composite(value, '{') && std::ranges::find(kSplitMembers, std::string_view(text_).substr(path_at + 5)) != kSplitMembers.end())
    return read_members(path_at, value);
  return add_body_field(path_at, value);
}

// The list's own path is what each element's begins with: it is written again before each.
Status FieldSlices::read_elements(size_t path_at, std::string_view list) {
  const size_t stem = text_.size() - path_at;
  size_t place = 0;
  return each_json_element(list, [&](std::string_view element) {
    const size_t at = place == 0 ? path_at : text_.size();
    if (place != 0) text_.append(text_, path_at, stem);
    std::array<char, 24> digits;
    const char* end = std::to_chars(digits.begin(), digits.end(), place++).ptr;
    text_ += '/';
    text_ += std::string_view(digits.data(), static_cast<size_t>(end - digits.data()));
    return add_body_field(at, element);
  });
}

Status FieldSlices::read_members(size_t path_at, std::string_view object) {
  const size_t stem = text_.size() - path_at;
  bool first = true;
  return each_json_member(object, [&](std::string_view member, std::string_view value) {
    const size_t at = first ? path_at : text_.size();
    if (!first) text_.append(text_, path_at, stem);
    first = false;
    text_ += '/';
    append_name(member);
    return add_body_field(at, value);
  });
}

Status FieldSlices::add_body_field(size_t path_at, std::string_view value) {
  const size_t path_bytes = text_.size() - path_at;
  if (path_bytes > kPathBytesMax) return fail(Code::too_large, "a member's name is too long");
  if (rows_.size() == limits::kLedgerFieldsMax) return fail(Code::too_large, "more fields than are committed to one by one");
  rows_.push_back({path_at, path_bytes, static_cast<size_t>(value.data() - body_.data()), value.size(), true});
  return {};
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
