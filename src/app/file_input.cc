#include "app/file_input.h"

#include <filesystem>

#include "app/report.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "filing/record/sheet.h"

namespace fairway::app {
namespace {

using filing::Record;

// One record. The reference may stand beside the fields, as in what the server takes.
Result<FiledConsignment> read_record(const filing::Schema& schema, std::string_view text, std::string place) {
  FiledConsignment one;
  one.place = std::move(place);
  auto record = filing::record_from_json(schema, text);
  if (!record) {
    record.error().detail = one.place + (record.error().detail.empty() ? "" : ": " + record.error().detail);
    return std::unexpected(std::move(record).error());
  }
  one.record = std::move(*record);
  if (const auto item = schema.find(filing::Group::consignment, "reference")) one.reference = one.record->value(*item);
  return one;
}

Result<std::vector<FiledConsignment>> read_records(const filing::Schema& schema, std::string_view text, const std::string& name) {
  std::vector<FiledConsignment> all;
  if (text.starts_with('{')) {
    all.push_back(TRY(read_record(schema, text, name)));
    return all;
  }
  TRY_OK(each_json_element(text, [&](std::string_view element) -> Status {
    all.push_back(TRY(read_record(schema, element, name + " [" + std::to_string(all.size()) + "]")));
    return {};
  }));
  return all;
}

Result<std::vector<FiledConsignment>> read_rows(const filing::Schema& schema, std::string_view text, const std::string& name,
                                                int64_t now_us) {
  std::vector<FiledConsignment> all;
  for (filing::SheetConsignment& one : TRY(filing::read_sheet(schema, text, {name, {}, {}, now_us, 100})))
    all.push_back({std::move(one.reference), std::move(one.place), std::move(one.record), std::move(one.findings)});
  return all;
}

}  // namespace

Result<std::vector<FiledConsignment>> read_consignments(const filing::Schema& schema, const std::string& file, int64_t now_us) {
  const std::string text = TRY(read_input(file, limits::kRequestBodyBytesMax));
  const std::string name = file == "-" ? "standard input" : std::filesystem::path(file).filename().string();
  const std::string_view body = trim(without_byte_order_mark(text));
  if (body.empty()) return fail(Code::invalid, "there is nothing in the file", name, "a record as JSON, a CSV or an Excel workbook");
  const bool is_json = body.starts_with('{') || body.starts_with('[');
  return is_json ? read_records(schema, body, name) : read_rows(schema, text, name, now_us);
}

}  // namespace fairway::app
