// What the routes stand on, and the way every route takes: who asks is settled before a handler runs.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access_log.h"
#include "access/grant_book.h"
#include "access/identity.h"
#include "access/quota.h"
#include "base/env.h"
#include "exchange/callbacks/callbacks.h"
#include "exchange/feed.h"
#include "exchange/metrics.h"
#include "exchange/party_names.h"
#include "exchange/sight.h"
#include "http/server.h"
#include "intake/ais_feed.h"
#include "intake/intake.h"
#include "store/store.h"

namespace fairway {
class JsonWriter;
}
namespace fairway::ledger {
class Log;
class ReceiptSigner;
}  // namespace fairway::ledger

namespace fairway::exchange {

struct FilingRooms;

// Owned by app/serve.cc, alive as long as the server.
struct Services {
  store::Store& store;
  Env& env;
  access::Identity& identity;
  access::Registry& registry;            // the identity's…
  access::Authenticator& authenticator;  // …and so is this
  access::Quota& quota;
  access::GrantBook& grants;
  access::AccessLog& access_log;
  AccessRule& rule;
  intake::Intake& intake;
  PartyNames& names;
  Feed& feed;
  callbacks::Callbacks& callbacks;
  Metrics& metrics;
  std::function<http::Server::Figures()> http_figures;  // once the server is up
  std::function<std::vector<intake::AisFeed::Figures>()> feed_figures;
  ledger::Log* ledger = nullptr;                                 // null: this server keeps none
  std::vector<std::function<void(JsonWriter&)>> ledger_parts{};  // what others add to GET /ledger/status, a member each
  ledger::ReceiptSigner* receipts = nullptr;                     // null where no ledger is kept
  FilingRooms* filings = nullptr;                                // null: this server has none; exchange/filing/rooms.h
};

using ViewerPtr = std::shared_ptr<const access::Viewer>;
using PrivateHandler = std::function<void(http::Request, ViewerPtr, http::Responder)>;

// Who asks, by whatever the request shows for it: Code::unauthorized where nothing of it holds.
[[nodiscard]] Result<ViewerPtr> authenticate(Services& services, const http::Request& request);

// What access says of the request before it is looked at: &Viewer::may_read and the like; null for what everybody may who is known.
using May = Status (access::Viewer::*)() const;

// Whether the viewer may, and has not had its share for now. What is read counts.
[[nodiscard]] Status admit(Services& services, May may, const http::Request& request, const access::Viewer& viewer);

// The handler behind the credentials of the request: without good ones the answer is 401, for rights that do not include this 403, for a
// party that reads too fast 429, and the handler does not run.
[[nodiscard]] http::Handler authenticated(Services& services, May may, PrivateHandler handler);

// What is not there and what the viewer may not see are answered alike, and at the same time: an answer that shows nothing leaves at a
// whole multiple of 10 ms after the request came, and either takes less. From the operator nothing is hidden.
void level_time(http::Response& response, const access::Viewer& viewer);

// A handler that only computes an answer: an Error becomes problem+json.
using Answer = std::function<Result<http::Response>(const http::Request&, const ViewerPtr&)>;
[[nodiscard]] http::Handler answering(Services& services, May may, Answer answer);
// The same tried at once (http::AtOnce), where neither the viewer's key nor the store makes it wait. The answer is nullopt where it would
// take long: a worker's.
using ShortAnswer = std::function<Result<std::optional<http::Response>>(const http::Request&, const ViewerPtr&)>;
[[nodiscard]] http::AtOnce answering_at_once(Services& services, May may, ShortAnswer answer);

// The request's body, unpacked where Content-Encoding says gzip.
[[nodiscard]] Result<std::string> body_of(http::Request& request);

// All routes of the public listener but the portal's files.
void add_routes(http::Router& router, Services& services);
// The routes of the local socket, for `fairway admin` beside a running server; guarded by the socket's file mode.
void add_admin_routes(http::Router& router, access::Identity& identity);
void add_refdata_admin_routes(http::Router& router, store::Store& store, Env& env);
void add_ledger_admin_routes(http::Router& router, Services& services);

}  // namespace fairway::exchange
