// /v1/reference-data: published code lists, as of any day; and on the local socket their import.
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "refdata/library.h"

namespace fairway::exchange {
namespace {

using refdata::Library;
using refdata::Table;

std::string query_text(const http::Request& request, std::string_view name) {
  const std::string* text = request.query_value(name);
  return text != nullptr ? *text : std::string();
}

void append_row(JsonWriter& writer, const refdata::CodeRow& row) {
  writer.begin_object().member("code", row.code);
  const std::string_view members = std::string_view(row.json).substr(1, row.json.size() - 2);
  if (!members.empty()) writer.raw(members);
  writer.end_object();
}

Result<http::Response> list_tables(Services& services, const http::Request&, const ViewerPtr&) {
  Library library(services.store, services.env);
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("tables").begin_array();
  for (const refdata::TableRow& table : refdata::tables()) {
    writer.begin_object().member("table", table.name).member("publisher", table.source).key("versions").begin_array();
    const auto versions = TRY(library.versions(table.table));
    for (const refdata::Version& version : versions) refdata::append_json(writer, version);
    writer.end_array().end_object();
  }
  writer.end_array().end_object();
  return private_answer(std::move(out));
}

Result<http::Response> list_rows(Services& services, const http::Request& request, const ViewerPtr&) {
  const Table table = TRY(refdata::table_from(request.parameter("table")));
  const PageWish wish = TRY(page_in(request));
  Library library(services.store, services.env);
  const refdata::Page page = TRY(library.list(table, query_text(request, "prefix"), wish.after, wish.limit, query_text(request, "at")));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("table", refdata::row(table).name).key("version");
  refdata::append_json(writer, page.version);
  writer.key("rows").begin_array();
  for (const refdata::CodeRow& row : page.rows) append_row(writer, row);
  writer.end_array();
  if (!page.next.empty()) writer.member("next", cursor_of(page.next));
  writer.end_object();
  return private_answer(std::move(out));
}

// A terminal's code is two: /v1/reference-data/terminals/HKHKG/HITHK.
Result<http::Response> find_row(Services& services, const http::Request& request, const ViewerPtr&) {
  const Table table = TRY(refdata::table_from(request.parameter("table")));
  std::string code(request.parameter("code"));
  if (const std::string_view facility = request.parameter("facility"); !facility.empty()) code.append("/").append(facility);
  Library library(services.store, services.env);
  const refdata::Found found = TRY(library.find(table, code, query_text(request, "at")));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("table", refdata::row(table).name).key("version");
  refdata::append_json(writer, found.version);
  append_row(writer.key("row"), found.row);
  writer.end_object();
  return private_answer(std::move(out));
}

Result<http::Response> import(store::Store& store, Env& env, const http::Request& request) {
  const Table table = TRY(refdata::table_from(request.parameter("table")));
  Library library(store, env);
  const refdata::Imported imported =
      TRY(library.import(table, request.body, {query_text(request, "effectiveFrom"), query_text(request, "source")}));
  return private_answer(refdata::to_json(imported), imported.unchanged ? 200 : 201);
}

}  // namespace

void add_refdata_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/reference-data", answering(services, &access::Viewer::may_read, list_tables));
  router.add(http::Method::get, "/v1/reference-data/{table}", answering(services, &access::Viewer::may_read, list_rows));
  router.add(http::Method::get, "/v1/reference-data/{table}/{code}", answering(services, &access::Viewer::may_read, find_row));
  router.add(http::Method::get, "/v1/reference-data/{table}/{code}/{facility}", answering(services, &access::Viewer::may_read, find_row));
}

void add_refdata_admin_routes(http::Router& router, store::Store& store, Env& env) {
  router.add(http::Method::post, "/admin/reference-data/{table}",
             answering_anybody([&store, &env](const http::Request& request) { return import(store, env, request); }));
}

}  // namespace fairway::exchange
