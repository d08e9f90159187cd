#include "exchange/filing/sheet_upload.h"

#include "base/bytes.h"
#include "base/gzip.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "exchange/account_answers.h"
#include "exchange/filing/rooms.h"
#include "filing/life/json_parts.h"
#include "filing/record/sheet.h"

namespace fairway::exchange {
namespace {

constexpr std::string_view kWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string_view type_of(const http::Request& request) {
  const std::string_view type = request.header("content-type");
  return trim(type.substr(0, type.find(';')));
}

struct Tally {
  size_t created = 0, replaced = 0, refused = 0;
};

void append_error(JsonWriter& writer, const Error& error) {
  writer.member("status", "refused").key("problem").begin_object().member("code", name(error.code)).member("title", error.message);
  writer.optional_member("detail", error.detail).optional_member("hint", error.hint).end_object();
}

// Every field that the sheet has otherwise; what it does not have stays, and so does who gave what it says as well.
Status lay_over(filing::Record& record, const filing::Record& sheet) {
  for (size_t group = 0; group < filing::kGroups; ++group) {
    const auto which = static_cast<filing::Group>(group);
    for (uint32_t row = 0; row < sheet.rows(which); ++row) {
      for (const filing::Item& item : sheet.schema().items(which)) {
        const filing::Path path{{item.group, item.id}, row};
        const filing::Field& field = sheet.field(path);
        if (field.present() && field.value != record.field(path).value) TRY_OK(record.put(path, field.value, field.source));
      }
    }
  }
  return {};
}

class Upload {
 public:
  Upload(Services& services, const access::Viewer& viewer, bool replaces) : services_(services), viewer_(viewer), replaces_(replaces) {}

  void take(JsonWriter& writer, filing::SheetConsignment& one) {
    writer.begin_object().optional_member("reference", one.reference).member("place", one.place);
    if (!one.record) {
      ++tally.refused;
      writer.member("status", "refused");
    } else if (const auto made = keep(one); !made) {
      ++tally.refused;
      append_error(writer, made.error());
    } else {
      writer.member("status", made->second).member("id", made->first);
    }
    filing::append_findings(writer, "findings", one.findings);
    writer.end_object();
  }

  Tally tally;

 private:
  // The id, and "created" or "replaced".
  Result<std::pair<std::string, std::string_view>> keep(const filing::SheetConsignment& one) {
    filing::Book& book = services_.filings->book;
    const auto known = TRY(book.named(viewer_.party.id, one.reference));
    if (known && replaces_) {
      TRY(book.change(*known, viewer_.person, [&](filing::Consignment& now) { return lay_over(now.record, *one.record); }));
      ++tally.replaced;
      return std::pair(*known, std::string_view("replaced"));
    }
    filing::Consignment consignment{
        .id = {}, .owner = viewer_.party.id, .reference = one.reference, .record = *one.record, .participants = {}, .follows = {}};
    auto added = TRY(book.add(std::move(consignment), viewer_.person));
    ++tally.created;
    return std::pair(std::move(added.id), std::string_view("created"));
  }

  Services& services_;
  const access::Viewer& viewer_;
  const bool replaces_;
};

}  // namespace

bool is_sheet(const http::Request& request) {
  const std::string_view type = type_of(request);
  return type == "text/csv" || type == kWorkbook;
}

Result<http::Response> upload_sheet(Services& services, const http::Request& request, const access::Viewer& viewer) {
  filing::SheetOrigin origin;
  const std::string* file = request.query_value("file");
  origin.file = file != nullptr && file->size() <= limits::kKeyLabelBytesMax ? *file
                : type_of(request) == kWorkbook                              ? "sheet.xlsx"
                                                                             : "sheet.csv";
  origin.party = viewer.party.id;
  origin.person = viewer.person;
  origin.at_us = services.env.now_us();
  const std::string* replace = request.query_value("replace");
  Upload upload(services, viewer, replace != nullptr && *replace == "yes");
  auto sheets = TRY(filing::read_sheet(services.filings->regimes.schema(), request.body, origin));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("consignments").begin_array();
  for (filing::SheetConsignment& one : sheets) upload.take(writer, one);
  writer.end_array().member("created", upload.tally.created).member("replaced", upload.tally.replaced);
  writer.member("refused", upload.tally.refused).end_object();
  return private_answer(std::move(out));
}

}  // namespace fairway::exchange
