#include "gateway/land/json_read.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/land/values.h"

namespace fairway::gateway::land {
namespace {

constexpr size_t kKeptBytesMax = limits::kEventBytesMax / 4;
constexpr size_t kKeptDepthMax = limits::kOriginalDepthMax - 2;  // it stands in an object, perhaps in one more
constexpr std::string_view kVersionMember = "fairwayLand";

struct ListRow {
  std::string_view name;
  std::vector<Record> Record::* items;
};
constexpr std::array kLists = {ListRow{"positions", &Record::positions}, ListRow{"readings", &Record::readings},
                               ListRow{"goodsItems", &Record::goods}};

std::string escaped(std::string_view name) {
  std::string out = "/";
  for (const char c : legible(name, 128)) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

std::string unescaped(std::string_view name) {
  if (name.find('\\') == std::string_view::npos) return std::string(name);
  const auto parsed = parse_json("\"" + std::string(name) + "\"");
  return parsed && parsed->is_string() ? std::string(parsed->as_string()) : std::string(name);
}

// Looks at the names of all members below; the depth of `value` is bounded by its parser.
bool names_person(const json::value& value) {
  if (const json::object* object = value.if_object())
    return std::ranges::any_of(*object, [](const auto& member) { return is_personal(member.key()) || names_person(member.value()); });
  if (const json::array* array = value.if_array()) return std::ranges::any_of(*array, names_person);
  return false;
}

class ObjectReader {
 public:
  ObjectReader(std::string_view object, Record& record, DecodedMessage& message, bool top)
      : object_(object), record_(record), message_(message), top_(top) {}

  void read() {
    const Status read = each_json_member(object_, [this](std::string_view name, std::string_view value) -> Status {
      member(unescaped(name), value);
      return {};
    });
    if (!read) note(message_, Severity::error, "land.json", read.error().text(), record_.at, record_.offset);
  }

 private:
  [[nodiscard]] uint64_t offset_of(std::string_view value) const {
    return record_.offset + static_cast<uint64_t>(value.data() - object_.data());
  }

  void say(Severity severity, std::string_view value, const std::string& at, std::string code, std::string what) {
    note(message_, severity, std::move(code), std::move(what), at, offset_of(value));
  }

  void member(const std::string& name, std::string_view value) {
    const std::string at = record_.at + escaped(name);
    if (top_ && name == kVersionMember) return version(value, at);
    if (const MemberRow* row = find_member(name)) return known(*row, value, at);
    const auto list = std::ranges::find(kLists, name, &ListRow::name);
    if (top_ && list != kLists.end()) return items(record_.*list->items, value, at);
    keep(name, value, at);
  }

  void version(std::string_view value, const std::string& at) {
    if (value != "\"1.0\"")
      say(Severity::warning, value, at, "land.version", legible(value, 32) + " is not a known version; read as " + std::string(kVersion));
  }

  void known(const MemberRow& row, std::string_view value, const std::string& at) {
    if (!value.starts_with('[')) return one(row, value, at);
    if (row.holds != Holds::reference)
      return say(Severity::warning, value, at, "land.json_type", "one value is expected here; the list is ignored");
    size_t index = 0;
    const Status cut = each_json_element(value, [&](std::string_view element) -> Status {
      one(row, element, at + "/" + std::to_string(index++));
      return {};
    });
    if (!cut) say(Severity::error, value, at, "land.json", cut.error().text());
  }

  void one(const MemberRow& row, std::string_view value, const std::string& at) {
    if (value == "null") return;
    if (row.holds != Holds::reference && record_.find(row.member) != nullptr)
      return say(Severity::warning, value, at, "land.duplicate", "a member is there twice; the first one counts");
    std::string text;
    if (value.starts_with('"')) {
      const auto parsed = parse_json(value);
      if (!parsed) return say(Severity::error, value, at, "land.json", parsed.error().text());
      text = trim(std::string_view(parsed->as_string()));
    } else if (value.starts_with('{') || value.starts_with('[')) {
      return say(Severity::warning, value, at, "land.json_type", "text or a number is expected here; ignored");
    } else {
      text = value;
    }
    if (text.size() > limits::kTextBytesMax)
      return say(Severity::error, value, at, "land.too_long", "a text has at most " + std::to_string(limits::kTextBytesMax) + " bytes");
    if (!text.empty()) add_value(record_, {row.member, std::move(text), at, offset_of(value)}, message_);
  }

  void items(std::vector<Record>& items, std::string_view value, const std::string& at) {
    if (!value.starts_with('[')) return say(Severity::error, value, at, "land.json_type", "a list of objects is expected here");
    const Status cut = each_json_element(value, [&](std::string_view element) -> Status {
      if (items.size() > limits::kLandEventsPerMessageMax) return {};  // the mapper says that they are too many
      Record& item = items.emplace_back();
      item.at = at + "/" + std::to_string(items.size() - 1);
      item.offset = offset_of(element);
      if (element.starts_with('{'))
        ObjectReader(element, item, message_, false).read();
      else
        say(Severity::error, element, item.at, "land.json_type", "an object is expected here");
      return {};
    });
    if (!cut) say(Severity::error, value, at, "land.json", cut.error().text());
  }

  void keep(const std::string& name, std::string_view value, const std::string& at) {
    const auto parsed = parse_json(value, {}, kKeptDepthMax);
    if (is_personal(name) || (parsed && names_person(*parsed)))
      return say(Severity::warning, value, at, "land.personal_data", "this is about a person and is not kept; leave it out");
    if (!parsed || record_.kept.size() + value.size() > kKeptBytesMax)
      return say(Severity::warning, value, at, "land.not_kept", "not a known member, and too long or nested too deep to be kept");
    if (!record_.kept.empty()) record_.kept += ',';
    append_json_string(record_.kept, name);
    record_.kept.append(":").append(json::serialize(*parsed));
    say(Severity::info, value, at, "land.unknown_member", quoted(name) + " is not a known member; kept as sent");
  }

  std::string_view object_;
  Record& record_;
  DecodedMessage& message_;
  bool top_;
};

}  // namespace

void read_json(std::string_view object, Record& record, DecodedMessage& message) {
  if (const auto parsed = parse_json(object); !parsed)
    return note(message, Severity::error, "land.json", parsed.error().text(), record.at, record.offset);
  ObjectReader(object, record, message, true).read();
}

}  // namespace fairway::gateway::land
