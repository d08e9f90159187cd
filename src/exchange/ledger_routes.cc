// /ledger: the tree, open to everybody (C2SP tlog-tiles); GET /v1/entries/{entry}/proof; and on the local socket what `fairway admin
// ledger` asks.
#include "base/bytes.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "ledger/log.h"
#include "ledger/proof.h"
#include "ledger/spelling.h"
#include "ledger/status.h"
#include "ledger/tree_store.h"

namespace fairway::exchange {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8", kBytes = "application/octet-stream", kJson = "application/json";
constexpr std::string_view kForAWhile = "public, max-age=1", kForGood = "public, max-age=31536000, immutable";

// Anybody may check the tree, pages of other sites, too.
http::Response open_answer(std::string body, std::string_view type, std::string_view cache) {
  http::Response response;
  response.content_type = type;
  response.headers = {
      {"access-control-allow-origin", "*"}, {"cross-origin-resource-policy", "cross-origin"}, {"cache-control", std::string(cache)}};
  response.body = std::move(body);
  return response;
}

// The same, which a caller that has it already need not take again.
http::Response tagged(const http::Request& request, http::Response response) {
  const std::string tag = "\"" + to_hex(sha256(response.body).substr(0, 12)) + "\"";
  response.headers.emplace_back("etag", tag);
  if (request.header("if-none-match").find(tag) == std::string_view::npos) return response;
  response.status = 304;
  response.body.clear();
  return response;
}

std::unexpected<Error> nothing_yet() {
  Error error{Code::not_found, "the ledger has no such checkpoint yet", {}, "ask again in a second"};
  error.retry_after_s = 1;
  return std::unexpected(std::move(error));
}

Result<const ledger::Log*> log_of(const Services& services) {
  if (services.ledger == nullptr) return fail(Code::not_found, "this server keeps no ledger");
  return services.ledger;
}

using Note = Result<std::string> (ledger::TreeStore::*)();

Result<http::Response> note(Services& services, const http::Request& request, Note which) {
  const auto snapshot = TRY(services.store.snapshot());
  ledger::TreeStore tree(*snapshot);
  std::string text = TRY((tree.*which)());
  if (text.empty()) return nothing_yet();
  return tagged(request, open_answer(std::move(text), kText, kForAWhile));
}

// Up to where tiles and proofs are given out: what no checkpoint has might still come to nothing, where a store comes back from a backup.
Result<uint64_t> signed_size(ledger::TreeStore& tree) {
  const std::string text = TRY(tree.checkpoint());
  if (text.empty()) return 0;
  return TRY(ledger::checkpoint_from(TRY(ledger::note_from(text)).text)).size;
}

Result<http::Response> tile(Services& services, const http::Request& request) {
  const ledger::TileId wanted = TRY(ledger::tile_from_path("tile/" + std::string(request.parameter("tile"))));
  const auto snapshot = TRY(services.store.snapshot());
  ledger::TreeStore tree(*snapshot);
  if (wanted.width > ledger::tile_width(wanted.level, wanted.index, TRY(signed_size(tree))))
    return fail(Code::not_found, "the ledger has no such tile", legible(request.path), "no checkpoint has come that far");
  return open_answer(TRY(tree.tile(wanted)), kBytes, kForGood);
}

Result<uint64_t> size_in(const http::Request& request, const char* name) {
  const std::string* text = request.query_value(name);
  if (text == nullptr) return fail(Code::invalid, "a size is missing", name, "GET /ledger/consistency?from=N&to=M");
  const auto number = ledger::exact_number(*text);
  if (!number) return fail(Code::invalid, "not a size", name + ("=" + legible(*text)));
  return *number;
}

Result<http::Response> consistency(Services& services, const http::Request& request) {
  const uint64_t from = TRY(size_in(request, "from")), to = TRY(size_in(request, "to"));
  if (from > to) return fail(Code::invalid, "a tree does not shrink", std::to_string(from) + " to " + std::to_string(to));
  const auto snapshot = TRY(services.store.snapshot());
  ledger::TreeStore tree(*snapshot);
  if (to > TRY(signed_size(tree))) return nothing_yet();
  const ledger::NodeReader nodes = tree.nodes();
  const std::vector<ledger::Hash> proof = TRY(ledger::consistency_proof(from, to, nodes));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("from", from).member("to", to);
  writer.member("fromRoot", to_base64(ledger::view(TRY(ledger::root_of(from, nodes)))));
  writer.member("toRoot", to_base64(ledger::view(TRY(ledger::root_of(to, nodes)))));
  writer.key("proof").begin_array();
  for (const ledger::Hash& hash : proof) writer.value(to_base64(ledger::view(hash)));
  writer.end_array().end_object();
  return open_answer(std::move(out), kJson, kForGood);
}

Result<http::Response> status(Services& services, const http::Request&) {
  const auto snapshot = TRY(services.store.snapshot());
  const ledger::LedgerStatus found = TRY(ledger::status_of(*snapshot, services.ledger));
  if (found.origin.empty()) return fail(Code::not_found, "this server keeps no ledger");
  const int64_t now = services.env.now_us();
  std::string out;
  JsonWriter writer(out);
  ledger::begin_json(writer, found, warnings_of(found, services.ledger != nullptr ? services.ledger->promise_s() : 0, now), now);
  for (const auto& part : services.ledger_parts) part(writer);
  writer.end_object();
  return open_answer(std::move(out), kJson, kForAWhile);
}

Result<http::Response> key(Services& services, const http::Request& request) {
  const ledger::Log* log = TRY(log_of(services));
  return tagged(request, open_answer(ledger::to_text(log->signer().key()) + "\n", kText, kForAWhile));
}

Result<http::Response> policy(Services& services, const http::Request& request) {
  const ledger::Log* log = TRY(log_of(services));
  return tagged(request, open_answer(log->policy_text(), kText, kForAWhile));
}

Result<http::Response> proof(Services& services, const http::Request& request, const ViewerPtr&) {
  const auto entry = ledger::exact_number(request.parameter("entry"));
  if (!entry) return fail(Code::invalid, "not the number of an entry", legible(request.parameter("entry")));
  const auto snapshot = TRY(services.store.snapshot());
  ledger::TreeStore tree(*snapshot);
  http::Response response = private_answer(ledger::to_text(TRY(tree.prove(*entry))));
  response.content_type = kText;
  return response;
}

}  // namespace

void add_ledger_routes(http::Router& router, Services& services) {
  const auto open = [&](const char* path, Result<http::Response> (*answer)(Services&, const http::Request&)) {
    router.add(http::Method::get, path,
               answering_anybody([&services, answer](const http::Request& request) { return answer(services, request); }));
  };
  open("/ledger/checkpoint", [](Services& s, const http::Request& request) { return note(s, request, &ledger::TreeStore::checkpoint); });
  open("/ledger/witnessed", [](Services& s, const http::Request& request) { return note(s, request, &ledger::TreeStore::witnessed); });
  open("/ledger/tile/{tile...}", tile);
  open("/ledger/consistency", consistency);
  open("/ledger/status", status);
  open("/ledger/key", key);
  open("/ledger/policy", policy);
  router.add(http::Method::get, "/v1/entries/{entry}/proof", answering(services, &access::Viewer::may_read, proof));
}

void add_ledger_admin_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/admin/ledger/key",
             answering_anybody([&services](const http::Request& request) { return key(services, request); }));
  router.add(http::Method::get, "/admin/ledger/status",
             answering_anybody([&services](const http::Request& request) { return status(services, request); }));
}

}  // namespace fairway::exchange
