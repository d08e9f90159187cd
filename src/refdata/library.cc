#include "refdata/library.h"

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/limits.h"
#include "refdata/built_in.h"

namespace fairway::refdata {
namespace {

std::string versions_key(Table table) { return "refdata/" + std::string(row(table).name); }

std::string rows_prefix(Table table, uint32_t version) {
  char number[16];
  std::snprintf(number, sizeof number, "%06u", version);
  return versions_key(table) + "/" + number + "/";
}

struct Versions {
  std::vector<Version> all;  // in the order of their numbers
  uint64_t state = 0;        // version of the state's value, 0: absent
};

Version version_from(const json::object& object) {
  Version version;
  version.number = static_cast<uint32_t>(integer_of(object, "version").value_or(0));
  version.effective_from = text_of(object, "effectiveFrom");
  version.source = text_of(object, "source");
  version.sha256 = text_of(object, "sha256");
  version.rows = static_cast<uint64_t>(integer_of(object, "rows").value_or(0));
  version.imported_us = integer_of(object, "importedUs").value_or(0);
  return version;
}

std::string stored_form(const std::vector<Version>& all) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  for (const Version& one : all) {
    writer.begin_object().member("version", one.number).member("effectiveFrom", one.effective_from).member("source", one.source);
    writer.member("sha256", one.sha256).member("rows", one.rows).member("importedUs", one.imported_us).end_object();
  }
  writer.end_array();
  return out;
}

Result<Versions> read_versions(store::Snapshot& snapshot, Table table) {
  const auto state = TRY(snapshot.state(versions_key(table)));
  Versions out;
  if (!state) return out;
  out.state = state->version;
  const json::value parsed = TRY(parse_json(state->value));
  const json::array* array = parsed.if_array();
  if (array == nullptr) return fail(Code::internal, "the versions of a table are not as they should be", versions_key(table));
  for (const json::value& item : *array)
    if (const json::object* object = item.if_object()) out.all.push_back(version_from(*object));
  return out;
}

// The one that counts on a day: of those that have begun the one that began last, and of two from the same day the newer.
const Version* on_day(const std::vector<Version>& all, std::string_view day) {
  const Version* best = nullptr;
  for (const Version& one : all) {
    const bool has_begun = one.effective_from <= day;
    if (has_begun && (best == nullptr || std::tuple(one.effective_from, one.number) > std::tuple(best->effective_from, best->number)))
      best = &one;
  }
  return best;
}

store::NewEntry entry_of(Table table, const Version& version) {
  store::NewEntry entry;
  entry.kind = EntryKind::document;
  entry.party = "operator";
  entry.received_us = version.imported_us;
  JsonWriter writer(entry.body);
  writer.begin_object().member("referenceData", row(table).name).key("version");
  append_json(writer, version);
  writer.end_object();
  return entry;
}

std::unexpected<Error> no_such_code(Table table, std::string_view code, std::string_view day) {
  return fail(Code::not_found, "the table does not have this code", std::string(row(table).name) + " " + legible(code),
              "as of " + std::string(day) + "; ask with ?at= for another day");
}

}  // namespace

void append_json(JsonWriter& writer, const Version& version) {
  writer.begin_object().member("version", version.number).optional_member("effectiveFrom", version.effective_from);
  writer.optional_member("source", version.source).optional_member("sha256", version.sha256).member("rows", version.rows);
  if (version.imported_us != 0) writer.member("importedAt", to_rfc3339_utc(version.imported_us));
  writer.end_object();
}

std::string to_json(const Imported& imported) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("version");
  append_json(writer, imported.version);
  writer.member("unchanged", imported.unchanged).member("refused", imported.read.refused).key("findings").begin_array();
  for (const Finding& finding : imported.read.findings) {
    writer.begin_object().member("row", finding.row).optional_member("column", finding.column).member("message", finding.message);
    writer.optional_member("hint", finding.hint).end_object();
  }
  writer.end_array().end_object();
  return out;
}

Result<std::string> Library::day(std::string_view date) const {
  if (date.empty()) return to_rfc3339_utc(env_.now_us()).substr(0, 10);
  if (date.size() == 10 && parse_rfc3339(std::string(date) + "T00:00:00Z")) return std::string(date);
  return fail(Code::invalid, "not a date", legible(date), "write it as YYYY-MM-DD");
}

Status Library::write_rows(Table table, uint32_t version, const std::vector<CodeRow>& rows) {
  constexpr size_t kRowsPerBatch = 2'000;
  const std::string prefix = rows_prefix(table, version);
  for (size_t from = 0; from < rows.size(); from += kRowsPerBatch) {
    store::Batch batch;
    for (size_t i = from; i < std::min(from + kRowsPerBatch, rows.size()); ++i)
      batch.state.push_back({prefix + rows[i].code, rows[i].json, std::nullopt});
    TRY(store_.commit_and_wait(std::move(batch)));
  }
  return {};
}

// The rows go first and under a number that nobody reads yet: an import that breaks off leaves the table as it was.
Result<Imported> Library::import(Table table, std::string_view bytes, const ImportWish& wish) {
  const std::string from = TRY(day(wish.effective_from));
  Imported out;
  out.read = TRY(read_table(table, bytes));
  Versions known = TRY(read_versions(*TRY(store_.snapshot()), table));
  const std::string hash = to_hex(sha256(bytes));
  for (const Version& one : known.all) {
    if (one.sha256 != hash || one.effective_from != from) continue;
    out.version = one;
    out.unchanged = true;
    return out;
  }
  if (known.all.size() >= limits::kRefdataVersionsMax)
    return fail(Code::too_large, "the table has too many versions", std::string(row(table).name),
                "at most " + std::to_string(limits::kRefdataVersionsMax));
  const uint32_t number = known.all.empty() ? 1 : known.all.back().number + 1;
  out.version = {number, from, wish.source, hash, out.read.rows.size(), env_.now_us()};
  TRY_OK(write_rows(table, number, out.read.rows));
  known.all.push_back(out.version);
  store::Batch last;
  last.state.push_back({versions_key(table), stored_form(known.all), known.state});
  last.entries.push_back(entry_of(table, out.version));
  TRY(store_.commit_and_wait(std::move(last)));
  out.read.rows.clear();
  return out;
}

Result<std::vector<Version>> Library::versions(Table table) { return TRY(read_versions(*TRY(store_.snapshot()), table)).all; }

Result<Found> Library::find(Table table, std::string_view code, std::string_view date) {
  const std::string wanted = to_upper(trim(code));
  const std::string as_of = TRY(day(date));
  const auto snapshot = TRY(store_.snapshot());
  const Versions known = TRY(read_versions(*snapshot, table));
  const Version* version = on_day(known.all, as_of);
  if (version == nullptr) {
    if (auto row = built_in(table, wanted)) return Found{{}, std::move(*row)};
    return no_such_code(table, code, as_of);
  }
  if (wanted.size() > limits::kIdentifierBytesMax / 2) return no_such_code(table, code, as_of);
  const auto state = TRY(snapshot->state(rows_prefix(table, version->number) + wanted));
  if (!state) return no_such_code(table, code, as_of);
  return Found{*version, {wanted, state->value}};
}

Result<Page> Library::list(Table table, std::string_view prefix, std::string_view after, size_t limit, std::string_view date) {
  const std::string as_of = TRY(day(date));
  const auto snapshot = TRY(store_.snapshot());
  const Versions known = TRY(read_versions(*snapshot, table));
  const Version* version = on_day(known.all, as_of);
  Page page;
  if (version == nullptr) {
    page.rows = built_in_rows(table, to_upper(prefix));
    return page;
  }
  page.version = *version;
  const std::string rows = rows_prefix(table, version->number);
  const std::string begin = rows + to_upper(prefix).substr(0, limits::kIdentifierBytesMax / 4);
  const auto found = TRY(snapshot->state_scan(begin, after.empty() ? "" : rows + std::string(after), limit + 1));
  for (const auto& [key, state] : found) {
    if (page.rows.size() == limit) {
      page.next = page.rows.back().code;
      break;
    }
    page.rows.push_back({key.substr(rows.size()), state.value});
  }
  return page;
}

}  // namespace fairway::refdata
