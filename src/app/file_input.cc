#include "app/file_input.h"

#include <filesystem>

#include "app/report.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "filing/record/feed.h"
#include "filing/record/sheet.h"
#include "gateway/decoded.h"

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

std::string name_of(const std::string& file) { return file == "-" ? "standard input" : std::filesystem::path(file).filename().string(); }

// Whether a value of the record is one of the references: a container, a bill, a waybill.
bool names_one_of(const Record& record, const std::vector<Reference>& references) {
  for (const filing::Group group : {filing::Group::containers, filing::Group::documents, filing::Group::legs})
    for (uint32_t row = 0; row < record.rows(group); ++row)
      for (const filing::Item& item : record.schema().items(group)) {
        const std::string& value = record.value({group, item.id}, row);
        for (const Reference& reference : references)
          if (!value.empty() && value == reference.value()) return true;
      }
  return false;
}

// All that the bytes say of consignments: the messages' own fields, and the events in them.
Result<std::vector<filing::Fed>> all_feeds(const filing::Schema& schema, const std::string& bytes, int64_t now_us) {
  const gateway::Format format = gateway::detect(bytes);
  std::vector<filing::Fed> feeds = TRY(filing::read_feed(schema, bytes, format));
  if (format == gateway::Format::unknown) return feeds;
  TRY_OK(gateway::decode(bytes, format, {now_us}, [&](const gateway::DecodedMessage& message) {
    for (const Event& event : message.events)
      for (filing::Fed& fed : filing::feed_of(schema, event)) feeds.push_back(std::move(fed));
  }));
  return feeds;
}

}  // namespace

Result<std::vector<FiledConsignment>> read_consignments(const filing::Schema& schema, const std::string& file, int64_t now_us) {
  const std::string text = TRY(read_input(file, limits::kRequestBodyBytesMax));
  const std::string name = name_of(file);
  const std::string_view body = trim(without_byte_order_mark(text));
  if (body.empty()) return fail(Code::invalid, "there is nothing in the file", name, "a record as JSON, a CSV or an Excel workbook");
  const bool is_json = body.starts_with('{') || body.starts_with('[');
  return is_json ? read_records(schema, body, name) : read_rows(schema, text, name, now_us);
}

Status feed_from_file(FiledConsignment& consignment, const std::string& file, int64_t now_us) {
  if (!consignment.record) return {};
  Record& record = *consignment.record;
  const std::string bytes = TRY(read_input(file, limits::kRequestBodyBytesMax));
  const std::vector<filing::Fed> feeds = TRY(all_feeds(record.schema(), bytes, now_us));
  bool any = false;
  for (const filing::Fed& fed : feeds) {
    if (feeds.size() > 1 && !names_one_of(record, fed.references)) continue;
    TRY(filing::feed(record, fed, {fed.kind, "", {}, {}, now_us, fed.confidence}));
    any = true;
  }
  if (any) return {};
  return fail(Code::not_found, "the file says nothing of the consignment", name_of(file),
              "a booking, instruction, manifest or waybill that names one of its containers or papers; an invoice or packing list as JSON");
}

}  // namespace fairway::app
