// /v1/holds: an authority holds containers, bills or filings; those who have to know acknowledge; the authority releases.
#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"
#include "filing/life/json_parts.h"

namespace fairway::exchange {
namespace {

using filing::Hold;

constexpr size_t kScopeMax = 500, kAddresseesMax = 50;

bool is_addressed(const Hold& hold, const PartyId& party) { return std::ranges::find(hold.addressees, party) != hold.addressees.end(); }

// An addressee reads who else has to know, and of the others that they have acknowledged, not which person did.
std::string hold_json(Services& services, const Hold& hold, const access::Viewer& viewer) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", hold.id).member("kind", filing::name(hold.kind)).key("authority");
  services.names.append(writer, hold.authority);
  writer.optional_member("notice", hold.notice);
  filing::append_references(writer, "scope", hold.scope);
  writer.optional_member("reason", hold.reason).optional_member("place", hold.place).optional_member("text", hold.text);
  writer.key("addressees").begin_array();
  for (const PartyId& party : hold.addressees) services.names.append(writer, party);
  writer.end_array().key("acknowledgements").begin_array();
  for (const filing::Acknowledgement& one : hold.acknowledgements) {
    writer.begin_object().key("party");
    services.names.append(writer, one.party);
    if (one.party == viewer.party.id) writer.optional_member("person", one.person);
    writer.member("at", to_rfc3339_utc(one.at_us)).end_object();
  }
  writer.end_array().member("placed", to_rfc3339_utc(hold.placed_us)).member("stands", hold.stands());
  if (!hold.stands()) writer.member("released", to_rfc3339_utc(hold.released_us)).optional_member("releaseText", hold.release_text);
  writer.end_object();
  return out;
}

Result<Hold> hold_in(Services& services, const json::object& body, const access::Viewer& viewer) {
  Hold hold;
  hold.kind = TRY(filing::hold_kind_from(text_of(body, "kind")));
  hold.authority = viewer.party.id;
  hold.notice = trim(text_of(body, "notice"));
  hold.reason = trim(text_of(body, "reason"));
  hold.place = trim(text_of(body, "place"));
  hold.text = trim(text_of(body, "text"));
  for (const std::string* text : {&hold.notice, &hold.reason, &hold.place, &hold.text})
    if (text->size() > limits::kTextBytesMax) return fail(Code::too_large, "a text is too long", std::to_string(text->size()));
  hold.scope = TRY(filing::references_in(body, "scope"));
  if (hold.scope.empty()) return fail(Code::invalid, "what is held?", {}, R"("scope":["equipment:MSKU1234565"])");
  const json::array* addressees = array_of(body, "addressees");
  if (hold.scope.size() > kScopeMax || (addressees != nullptr && addressees->size() > kAddresseesMax))
    return fail(Code::too_large, "too much for one hold", {}, "at most 500 references and 50 addressees");
  if (addressees == nullptr || addressees->empty()) return fail(Code::invalid, "who has to know?", {}, R"("addressees":["SMDG:OOL"])");
  for (const json::value& item : *addressees) {
    if (!item.is_string()) return fail(Code::invalid, "an addressee is a party's id or identifier");
    hold.addressees.push_back(TRY(services.registry.find_party(std::string_view(item.get_string()))).id);
  }
  return hold;
}

Result<http::Response> place(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_hold());
  const json::value parsed = TRY(object_in(request));
  const Hold wanted = TRY(hold_in(services, parsed.get_object(), *viewer));
  return private_answer(hold_json(services, TRY(services.filings->holds.place(wanted, viewer->person)), *viewer), 201);
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish wish = TRY(page_in(request));
  const std::string* standing = request.query_value("standing");
  const auto page = TRY(services.filings->holds.list(viewer->party.id, standing != nullptr && *standing == "yes", wish.after, wish.limit));
  std::vector<std::string> items;
  for (const Hold& hold : page.items) items.push_back(hold_json(services, hold, *viewer));
  return private_answer(page_json("holds", items, page.next));
}

Result<Hold> hold_for(Services& services, const http::Request& request, const access::Viewer& viewer) {
  const std::string_view id = request.parameter("hold");
  auto found = id.size() > limits::kIdentifierBytesMax ? std::nullopt : TRY(services.filings->holds.find(id));
  if (!found || !(viewer.sees_sent_by(found->authority) || is_addressed(*found, viewer.party.id)))
    return fail(Code::not_found, "no such hold", legible(id), "GET /v1/holds lists those that concern you");
  return std::move(*found);
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(hold_json(services, TRY(hold_for(services, request, *viewer)), *viewer));
}

Result<http::Response> acknowledge(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_stand_for());
  const Hold hold = TRY(hold_for(services, request, *viewer));
  if (!is_addressed(hold, viewer->party.id)) return fail(Code::forbidden, "the hold is not addressed to you", hold.id);
  return private_answer(hold_json(services, TRY(services.filings->holds.acknowledge(hold.id, viewer->party.id, viewer->person)), *viewer));
}

Result<http::Response> release(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_hold());
  const json::value parsed = request.body.empty() ? json::value(json::object()) : TRY(object_in(request));
  const std::string text(trim(text_of(parsed.get_object(), "text")));
  if (text.size() > limits::kTextBytesMax) return fail(Code::too_large, "a text is too long", std::to_string(text.size()));
  const Hold hold = TRY(hold_for(services, request, *viewer));
  if (hold.authority != viewer->party.id) return fail(Code::forbidden, "only the authority that placed it releases it", hold.id);
  return private_answer(
      hold_json(services, TRY(services.filings->holds.release(hold.id, viewer->party.id, viewer->person, text)), *viewer));
}

}  // namespace

void add_hold_routes(http::Router& router, Services& services) {
  using enum http::Method;
  router.add(post, "/v1/holds", answering(services, &access::Viewer::may_send, place));
  router.add(get, "/v1/holds", answering(services, &access::Viewer::may_read, list));
  router.add(get, "/v1/holds/{hold}", answering(services, &access::Viewer::may_read, find));
  router.add(post, "/v1/holds/{hold}/acknowledgements", answering(services, &access::Viewer::may_send, acknowledge));
  router.add(post, "/v1/holds/{hold}/release", answering(services, &access::Viewer::may_send, release));
}

}  // namespace fairway::exchange
