// Records, paths, sheets, invoices and messages that feed records. What is taken reads back equal, and the same again changes nothing.
#include "expect.h"
#include "filing/record/feed.h"
#include "filing/record/record.h"
#include "filing/record/sheet.h"
#include "filing/regime/embedded.h"

namespace {

using namespace fairway;
using namespace fairway::filing;

const Schema& schema() {
  static const Schema made = [] {
    Schema core;
    for (const EmbeddedFile& file : embedded_files())
      if (file.path == "record/items.csv") expect(core.add(file.text, file.path).has_value());
    return core;
  }();
  return made;
}

void reads_back(const Record& record) {
  const std::string json = to_json(record);
  const auto back = record_from_json(schema(), json);
  expect(back.has_value());
  expect(to_json(*back) == json);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto path = schema().parse_path(input)) expect(schema().text(*path) == input);
  if (const auto record = record_from_json(schema(), input)) reads_back(*record);
  Record record(schema());
  if (put_fields(record, input, nullptr)) reads_back(record);
  if (const auto sheet = read_sheet(schema(), input, {"sheet", "", "", 0, 100}))
    for (const SheetConsignment& one : *sheet)
      if (one.record) reads_back(*one.record);
  for (const gateway::Format format : {gateway::Format::edifact, gateway::Format::cargo_imp, gateway::Format::unknown})
    if (const auto feeds = read_feed(schema(), input, format))
      for (const Fed& fed : *feeds) {
        Record fed_record(schema());
        expect(feed(fed_record, fed, {}).has_value());
        reads_back(fed_record);
      }
  return 0;
}
