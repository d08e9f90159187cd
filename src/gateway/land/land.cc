#include "gateway/land/land.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json_scan.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/json_slices.h"
#include "gateway/land/csv.h"
#include "gateway/land/json_read.h"
#include "gateway/land/mapper.h"
#include "gateway/land/sheet.h"
#include "gateway/land/xlsx.h"

namespace fairway::gateway::land {
namespace {

constexpr size_t kBytesLookedAt = 4096;

// Gives each record of an input with its message, which holds what was found so far; false from it ends the reading.
using Records = std::function<bool(const Record&, DecodedMessage)>;

bool give_object(std::string_view body, std::string_view object, std::string at, const Records& records) {
  DecodedMessage message;
  message.format = "LAND";
  message.type = "land " + std::string(kVersion);
  place_in(message, body, object);
  Record record;
  record.at = std::move(at);
  record.offset = message.offset;
  if (object.size() > limits::kLandMessageBytesMax)
    note(message, Severity::error, "land.too_large",
         "a message has at most " + std::to_string(limits::kLandMessageBytesMax) + " bytes; send it in parts", record.at, record.offset);
  else if (!object.starts_with('{'))
    note(message, Severity::error, "land.json_type", "a message is a JSON object", record.at, record.offset);
  else
    read_json(object, record, message);
  return records(record, std::move(message));
}

Status each_in_json(std::string_view bytes, const Records& records) {
  const std::string_view text = trim(without_byte_order_mark(bytes));
  if (text.starts_with('{')) {
    TRY(json_value_end(text, 0));
    give_object(bytes, text, "", records);
    return {};
  }
  if (!text.starts_with('['))
    return fail(Code::invalid, "not messages of land transport", text.empty() ? "an empty body" : "JSON without an object or array",
                "send one message, or an array of them");
  const std::vector<std::string_view> objects = TRY(json_slices(text, "too many messages"));
  for (size_t i = 0; i < objects.size(); ++i)
    if (!give_object(bytes, objects[i], "/" + std::to_string(i), records)) break;
  return {};
}

Status each_in_csv(std::string_view bytes, const Records& records) {
  const std::string text = TRY(csv_text(bytes));
  bool going_on = true;
  Sheet sheet("", "", [&](const Record& record, DecodedMessage message) { going_on = records(record, std::move(message)); });
  each_csv_row(text, csv_separator(text), [&](CsvRow& row) {
    const std::string_view raw = std::string_view(text).substr(row.offset, row.length);
    SheetRow taken{row.number,        row.offset, row.length, to_hex(sha256(raw)), std::move(row.cells), std::move(row.problem),
                   row.problem_column};
    return sheet.take(taken) && going_on;
  });
  return {};
}

// A workbook may hold sheets for people beside those for us.
bool is_ours(const WorkbookSheet& sheet) { return has_headings(sheet.rows.front().cells); }

Status each_in_xlsx(std::string_view bytes, const Records& records) {
  const Workbook workbook = TRY(read_workbook(bytes));
  const std::string hash = to_hex(sha256(bytes));
  const bool several = workbook.sheets.size() > 1;
  const bool any_ours = std::ranges::any_of(workbook.sheets, is_ours);
  for (const WorkbookSheet& read : workbook.sheets) {
    if (any_ours ? !is_ours(read) : &read != &workbook.sheets.front()) continue;
    bool going_on = true;
    const bool is_type = find_type(to_lower(read.name)) != nullptr;
    Sheet sheet(several ? read.name + "!" : "", is_type ? to_lower(read.name) : "",
                [&](const Record& record, DecodedMessage message) { going_on = records(record, std::move(message)); });
    for (const WorkbookRow& row : read.rows) {
      SheetRow taken{row.number, 0, bytes.size(), hash, row.cells, row.problem, row.problem_column};
      if (!sheet.take(taken) || !going_on) break;
    }
    if (!going_on) break;
  }
  return {};
}

using Each = Status (*)(std::string_view bytes, const Records& records);

// Counts what comes out: past the limit the rest is refused in one message, and what was read before it stands.
Status decode_each(Each each, std::string_view bytes, const Sink& sink) {
  size_t count = 0;
  return each(bytes, [&](const Record& record, DecodedMessage message) {
    if (count >= limits::kEventsPerRequestMax) {
      note(message, Severity::error, "land.too_many",
           "past " + std::to_string(limits::kEventsPerRequestMax) + " events the rest of a body is not read; send it in parts", record.at,
           record.offset);
      sink(std::move(message));
      return false;
    }
    if (message.ok) map_record(record, message);
    if (!message.ok) message.events.clear();
    count += std::max<size_t>(1, message.events.size());
    sink(std::move(message));
    return true;
  });
}

void write_values(JsonWriter& writer, const Record& record) {
  for (const MemberRow& row : members()) {
    const Value* first = record.find(row.member);
    if (first == nullptr) continue;
    if (row.holds != Holds::reference) {
      writer.member(row.name, first->text);
      continue;
    }
    writer.key(row.name).begin_array();
    for (const Value& value : record.values)
      if (value.member == row.member) writer.value(value.text);
    writer.end_array();
  }
}

void write_items(JsonWriter& writer, std::string_view name, const std::vector<Record>& items) {
  if (items.empty()) return;
  writer.key(name).begin_array();
  for (const Record& item : items) {
    writer.begin_object();
    write_values(writer, item);
    writer.end_object();
  }
  writer.end_array();
}

Status raw_each(Each each, std::string_view bytes, const Lines& sink) {
  return each(bytes, [&](const Record& record, const DecodedMessage&) {
    std::string line;
    JsonWriter writer(line);
    writer.begin_object();
    write_values(writer, record);
    write_items(writer, "positions", record.positions);
    write_items(writer, "readings", record.readings);
    write_items(writer, "goodsItems", record.goods);
    if (!record.kept.empty()) writer.key("kept").raw("{" + record.kept + "}");
    writer.end_object();
    sink(line);
    return true;
  });
}

}  // namespace

bool begins_land(std::string_view bytes) {
  return (bytes.starts_with('{') || bytes.starts_with('[')) &&
         bytes.substr(0, kBytesLookedAt).find("\"fairwayLand\"") != std::string_view::npos;
}

bool begins_xlsx(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }
bool begins_csv(std::string_view bytes) { return begins_sheet(bytes); }

Status decode_land(std::string_view bytes, const Sink& sink) { return decode_each(each_in_json, bytes, sink); }
Status decode_csv(std::string_view bytes, const Sink& sink) { return decode_each(each_in_csv, bytes, sink); }
Status decode_xlsx(std::string_view bytes, const Sink& sink) { return decode_each(each_in_xlsx, bytes, sink); }

Status raw_land(std::string_view bytes, const Lines& sink) { return raw_each(each_in_json, bytes, sink); }
Status raw_csv(std::string_view bytes, const Lines& sink) { return raw_each(each_in_csv, bytes, sink); }
Status raw_xlsx(std::string_view bytes, const Lines& sink) { return raw_each(each_in_xlsx, bytes, sink); }

Result<std::string> template_csv(std::string_view type) {
  const TypeRow* found = find_type(type);
  if (found == nullptr) return fail(Code::not_found, "no such template", legible(type), "GET /v1/templates lists them");
  std::string out(kByteOrderMark);
  for (const Member member : found->columns) out.append(member == found->columns.front() ? "" : ",").append(row(member).name);
  return out += "\r\n";
}

}  // namespace fairway::gateway::land
