// /v1/consignments/{consignment}/…: the versions of a record, invoices and packing lists put into it, who confirmed what of it, who takes
// part.
#include <charconv>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/filing/consignment_answers.h"
#include "exchange/filing/consignment_body.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"

namespace fairway::exchange {
namespace {

constexpr size_t kPathsMax = 5'000;  // that are confirmed at once

// Who of a person's organisation did it is told to that organisation; others read that somebody did.
std::string version_json(const filing::RecordVersion& version, const std::vector<std::string>& changed, bool tells_person) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("recordVersion", version.number).member("at", to_rfc3339_utc(version.at_us));
  if (tells_person) writer.optional_member("person", version.person);
  writer.key("changed").begin_array();
  for (const std::string& path : changed) writer.value(path);
  writer.end_array();
  if (tells_person) writer.member("changes", version.changed_count);
  writer.end_object();
  return out;
}

// To a participant a version tells which of the fields that it sees have changed.
std::vector<std::string> seen_of(const filing::RecordVersion& version, const RecordSight& sight) {
  if (sight.whole()) return version.changed;
  std::vector<std::string> changed;
  for (const std::string& path : version.changed)
    if (sight.sees(path, filing::Field())) changed.push_back(path);
  return changed;
}

Result<http::Response> versions(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish wish = TRY(page_in(request));
  uint64_t after = 0;
  std::from_chars(wish.after.data(), wish.after.data() + wish.after.size(), after);
  const SeenConsignment seen = TRY(consignment_in(services, request, *viewer));
  const auto found = TRY(services.filings->book.versions(seen.consignment.id, after, wish.limit + 1));
  std::vector<std::string> items;
  std::string next;
  for (const filing::RecordVersion& version : found) {
    if (items.size() == wish.limit) {
      next = std::to_string(version.number - 1);
      break;
    }
    items.push_back(version_json(version, seen_of(version, seen.sight), seen.sight.whole()));
  }
  return private_answer(page_json("versions", items, next));
}

// Somebody stands for fields of the record as they are.
Result<http::Response> confirm(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_stand_for());
  const json::value parsed = TRY(object_in(request));
  const json::array* paths = array_of(parsed.get_object(), "paths");
  if (paths == nullptr || paths->empty()) return fail(Code::invalid, "which fields?", {}, R"({"paths":["invoice.amount"]})");
  if (paths->size() > kPathsMax) return fail(Code::too_large, "too many fields at once", std::to_string(paths->size()));
  const SeenConsignment seen = TRY(consignment_in(services, request, *viewer));
  TRY_OK(seen.sight.may_edit());
  const auto confirmation = std::make_shared<const filing::Confirmation>(filing::Confirmation{viewer->person, services.env.now_us()});
  TRY(services.filings->book.change(seen.consignment.id, viewer->person, [&](filing::Consignment& now) -> Status {
    for (const json::value& item : *paths) {
      const std::string_view text = item.is_string() ? std::string_view(item.get_string()) : std::string_view();
      const filing::Path path = TRY(now.record.schema().parse_path(text));
      const filing::Field& field = now.record.field(path);
      if (!field.present() || !seen.sight.sees(now.record.schema().text(path), field))
        return fail(Code::invalid, "there is no value to confirm", legible(text));
      now.record.confirm(path, confirmation);
    }
    return {};
  }));
  const SeenConsignment after = TRY(consignment_in(services, request, *viewer));
  return private_answer(TRY(consignment_json(services, after, after.consignment.record)));
}

// Drafts of a party that does not file any more end, and what they say of the record goes; what it has lodged stays its own.
Status end_drafts(Services& services, const filing::Consignment& consignment, const access::Viewer& viewer) {
  for (const filing::Filing& filing : TRY(services.filings->book.filings_of(consignment.id))) {
    if (filing.party == filer_of(consignment, filing.key.regime) || !filing.lodgements.empty()) continue;
    TRY(services.filings->book.step(filing.id, "cancelled", viewer.person, [](filing::Filing& draft) -> Status {
      if (!draft.lodgements.empty()) return {};  // lodged meanwhile
      draft.state = filing::State::cancelled;
      draft.stale = false;
      draft.draft.fields.clear();
      draft.draft.missing.clear();
      draft.overrides.clear();
      draft.findings.clear();
      draft.confirmations.clear();
      return {};
    }));
  }
  return {};
}

Result<http::Response> set_participants(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  const json::array* wanted = array_of(parsed.get_object(), "participants");
  if (wanted == nullptr) return fail(Code::invalid, "who takes part?", {}, R"({"participants":[{"party":"USCC:…","regimes":["cn"]}]})");
  const SeenConsignment seen = TRY(consignment_in(services, request, *viewer));
  if (seen.sight.part() != RecordSight::Part::owner) return fail(Code::forbidden, "the owner says who takes part");
  const auto participants = TRY(participants_from(services, *wanted, viewer->party.id));
  TRY(services.filings->book.change(seen.consignment.id, viewer->person, [&](filing::Consignment& now) -> Status {
    now.participants = participants;
    return {};
  }));
  const auto changed = TRY(services.filings->book.find_consignment(seen.consignment.id));
  if (changed) TRY_OK(end_drafts(services, *changed, *viewer));
  const SeenConsignment after = TRY(consignment_in(services, request, *viewer));
  return private_answer(TRY(consignment_json(services, after, after.consignment.record)));
}

}  // namespace

void add_record_routes(http::Router& router, Services& services) {
  using enum http::Method;
  const std::string at = "/v1/consignments/{consignment}";
  router.add(get, at + "/versions", answering(services, &access::Viewer::may_read, versions));
  router.add(post, at + "/confirmations", answering(services, &access::Viewer::may_send, confirm));
  router.add(put, at + "/participants", answering(services, &access::Viewer::may_send, set_participants));
}

}  // namespace fairway::exchange
