#include "base/bytes.h"
#include "gateway/dcsa/arrival_notice.h"
#include "gateway/dcsa/arrival_notice_members.h"

namespace fairway::gateway::dcsa {
namespace {

json::object kept_of(const Event& event) {
  const auto parsed = event.original.empty() ? Result<json::value>(json::object()) : parse_json(event.original);
  const json::object* kept = parsed && parsed->is_object() ? object_of(parsed->get_object(), kArrivalNoticeKept) : nullptr;
  return kept == nullptr ? json::object() : *kept;
}

void put_text(json::object& out, std::string_view path, std::string_view text) {
  if (!text.empty()) put_path(out, path, json::string(text));
}

void put_voyage(json::object& out, const Transport& transport) {
  json::object voyage;
  put_text(voyage, "vesselName", transport.vessel_name);
  put_text(voyage, "vesselIMONumber", transport.vessel_imo);
  put_text(voyage, "carrierServiceCode", transport.service);
  put_text(voyage, "carrierImportVoyageNumber", transport.import_voyage);
  if (!voyage.empty()) put_path(out, kLegs, json::array({json::object({{"vesselVoyage", std::move(voyage)}})}));
}

// One object for each reference of the kind, with its value at the path.
void put_references(json::object& out, std::string_view list, const Event& event, ReferenceKind kind, std::string_view path) {
  json::array items;
  for (const Reference& reference : event.references) {
    if (reference.kind() != kind) continue;
    json::object item;
    put_text(item, path, reference.value());
    items.push_back(std::move(item));
  }
  if (!items.empty()) put_path(out, list, std::move(items));
}

void put_parties(json::object& out, const Event& event, bool whole) {
  json::array parties;
  for (const NamedParty& party : event.parties) {
    if (party.role == "CA") {
      const bool scac = party.identifier.scheme == kScac;
      if (!out.contains("carrierCodeListProvider") && !whole)
        put_text(out, "carrierCodeListProvider", scac ? kNmfta : party.identifier.scheme);
      continue;
    }
    json::object item;
    put_text(item, "partyFunction", party.role);
    put_text(item, "partyName", party.name);
    if (!party.identifier.value.empty())
      item["identifyingCodes"] =
          json::array({json::object({{"codeListProvider", party.identifier.scheme}, {"partyCode", party.identifier.value}})});
    parties.push_back(std::move(item));
  }
  if (!whole && !parties.empty()) out[kDocumentParties] = std::move(parties);
}

}  // namespace

bool is_arrival_notice_event(const Event& event) {
  return event.source.type == kArrivalNoticeType && event.milestone == Milestone::notified && event.amendment != Amendment::retraction;
}

// Where the event's viewer may not see what the model has no field for, the notice is made of the fields.
json::object arrival_notice_object(const Event& event, int64_t received_us) {
  json::object out;
  const json::object kept = kept_of(event);
  put_text(out, "issueDateTime", event.created ? to_rfc3339(*event.created) : to_rfc3339_utc(received_us));
  put_text(out, "carrierCode", event.transport.carrier);
  if (const Reference* bill = event.reference(ReferenceKind::transport_document);
      bill != nullptr && !kept.contains("transportDocumentReference"))
    put_text(out, "transportDocumentReference", bill->value());
  for (const PathText& row : kNoticeLocation) put_text(out, "transport/portOfDischarge/" + std::string(row.path), row.in(event));
  const bool whole = !event.original.empty();
  if (!whole) {
    put_voyage(out, event.transport);
    put_references(out, kBoxes, event, ReferenceKind::equipment, "equipment/equipmentReference");
    put_references(out, kItems, event, ReferenceKind::booking, "carrierBookingReference");
  }
  put_parties(out, event, whole);
  merge(out, kept);
  return out;
}

}  // namespace fairway::gateway::dcsa
