#include <algorithm>

#include "base/bytes.h"
#include "gateway/dcsa/arrival_notice.h"
#include "gateway/dcsa/arrival_notice_members.h"
#include "gateway/dcsa/placed_instant.h"
#include "gateway/dcsa/told_list.h"

namespace fairway::gateway::dcsa {
namespace {

constexpr std::string_view kNotices = "arrivalNotices", kNotifications = "arrivalNoticeNotifications";
constexpr std::string_view kVisualization = "arrivalNoticeVisualization";
constexpr size_t kOriginalBytesMax = limits::kEventBytesMax / 4 * 3;  // the rest of the event has to fit as well
constexpr size_t kPartiesMax = 64;
constexpr size_t kReferencesMax = limits::kReferencesPerEventMax - 4;  // leaves room for vessel and voyage

// An expected arrival: where the notice says where and when, newest name first.
struct ArrivalRow {
  std::string_view claim;
  std::string_view location;
  std::array<std::string_view, 2> dates;
};
constexpr std::array<ArrivalRow, 2> kNoticeArrivals = {{
    {"POD", "transport/portOfDischarge", {"transport/portOfDischargeArrivalDate", "transport/etaAtPortOfDischargeDate"}},
    {"PDE", "transport/placeOfDelivery", {"transport/placeOfDeliveryArrivalDate", "transport/etaAtPlaceOfDeliveryDate"}},
}};
constexpr std::array<ArrivalRow, 2> kNotificationArrivals = {{
    {"POD", "portOfDischarge", {"portOfDischargeArrivalDate", "etaAtPortOfDischargeDate"}},
    {"PDE", "placeOfDelivery", {"placeOfDeliveryArrivalDate", "etaAtPlaceOfDeliveryDate"}},
}};

const json::array* list_at(const json::object& object, std::string_view path) {
  const json::value* value = find_path(object, path);
  return value == nullptr ? nullptr : value->if_array();
}

Place place_at(const json::object& object, std::string_view location) {
  Event at;
  for (const PathText& row : kNoticeLocation) row.in(at) = text_at(object, std::string(location) + "/" + std::string(row.path));
  return at.place;
}

// "DEM 5 CD".
std::string free_time(const json::object& item) {
  std::string types = text_at(item, "typeCode");
  if (const json::array* codes = array_of(item, "typeCodes"))
    for (const json::value& code : *codes)
      if (code.is_string()) types.append(types.empty() ? "" : "/").append(code.get_string().data(), code.get_string().size());
  const std::string duration = text_at(item, "duration");
  return types.empty() || duration.empty() ? std::string() : types + " " + duration + " " + text_at(item, "timeUnit");
}

class Reader {
 public:
  // `claims`: gets what tells the claims of the message's further events from its own.
  Reader(json::object object, const std::string& position, DecodedMessage& message, std::vector<std::string>& claims)
      : object_(std::move(object)),
        position_(position),
        message_(message),
        claims_(claims),
        is_whole_(message.type == kArrivalNoticeType) {}

  void read() {
    claims_.clear();
    Event& event = message_.events.emplace_back();
    event.milestone = Milestone::notified;
    event.classifier = Classifier::actual;
    event.document_type = "ARN";
    read_transport(event);
    read_claim(event);
    read_references(event);
    read_parties(event);
    read_free_times(event);
    const Event notice = event;
    for (const ArrivalRow& row : is_whole_ ? kNoticeArrivals : kNotificationArrivals) read_arrival(notice, row);
    finish(message_.events.front());
  }

 private:
  void say(Severity severity, std::string_view path, std::string code, std::string what) {
    report(message_, {severity, std::move(code), std::move(what), 0, position_ + "/" + std::string(path), message_.offset});
  }

  std::string id_of(std::string_view claim) const {
    return uuid_from_digest(sha256("dcsaAn\n" + message_.claim.identity + "\n" + std::string(claim) + "\n" + issued_));
  }

  // A notice has no number: the bill of lading, who issued it, and whether it has charges are what it is known by.
  void read_claim(Event& event) {
    constexpr std::string_view kIssued = "issueDateTime", kBill = "transportDocumentReference";
    issued_ = text_at(object_, kIssued);
    const json::array* charges = list_at(object_, "charges");
    message_.claim.identity = (is_whole_ ? "AN\n" : "AN notification\n") + text_at(object_, "carrierCode") + "\n" + text_at(object_, kBill);
    if (charges != nullptr && !charges->empty()) message_.claim.identity += "\ncharges";
    event.id = id_of("");
    auto issued = parse_rfc3339(issued_);
    if (!issued) return say(Severity::error, kIssued, "dcsa.time", issued_.empty() ? "no issueDateTime" : "not an RFC 3339 date-time");
    if (issued->zone == ZoneSource::assumed) {
      say(Severity::warning, kIssued, "dcsa.time_zone", "a time without offset");
      issued = placed(*issued, issued_, event.place.unlocode);
    }
    message_.claim.written_us = issued->micros;
    event.occurred = *issued;
    event.created = *issued;
    erase_path(object_, kIssued);
  }

  void read_transport(Event& event) {
    event.place = place_at(object_, is_whole_ ? kNoticeArrivals[0].location : kNotificationArrivals[0].location);
    event.transport.carrier = text_at(object_, "carrierCode");
    event.transport.mode = TransportMode::vessel;
    const json::object* voyage = nullptr;  // the last one
    if (const json::array* legs = list_at(object_, kLegs))
      for (const json::value& leg : *legs)
        if (const json::object* item = leg.if_object())
          if (const json::object* of_leg = object_of(*item, "vesselVoyage")) voyage = of_leg;
    if (const json::array* voyages = list_at(object_, kVoyages))
      for (const json::value& item : *voyages)
        if (const json::object* one = item.if_object(); one != nullptr && text_at(*one, "typeCode") != "POL") voyage = one;
    if (voyage == nullptr) return;
    event.transport.vessel_name = text_at(*voyage, "vesselName");
    event.transport.vessel_imo = text_at(*voyage, "vesselIMONumber");
    event.transport.service = text_at(*voyage, "carrierServiceCode");
    event.transport.import_voyage = text_at(*voyage, "carrierImportVoyageNumber");
    if (event.transport.import_voyage.empty()) event.transport.import_voyage = text_at(*voyage, "carrierVoyageNumber");
    if (const auto vessel = Reference::make(ReferenceKind::vessel, event.transport.vessel_imo))
      event.transport.vessel_imo = vessel->value();
  }

  void add(Event& event, ReferenceKind kind, const std::string& text, std::string_view path) {
    if (text.empty()) return;
    auto reference = Reference::make(kind, text);
    if (!reference) return say(Severity::error, path, "dcsa.reference", reference.error().text());
    if (std::ranges::find(event.references, *reference) != event.references.end()) return;
    if (event.references.size() < kReferencesMax) return event.references.push_back(std::move(*reference));
    if (!std::exchange(too_many_, true)) say(Severity::warning, path, "dcsa.value", "more references than an event has room for");
  }

  void add_boxes(Event& event) {
    if (const json::array* boxes = list_at(object_, kBoxes))
      for (const json::value& item : *boxes)
        if (const json::object* box = item.if_object())
          add(event, ReferenceKind::equipment, text_at(*box, "equipment/equipmentReference"), kBoxes);
    if (const json::array* boxes = list_at(object_, "equipmentReferences"))
      for (const json::value& box : *boxes)
        if (box.is_string()) add(event, ReferenceKind::equipment, std::string(box.get_string()), "equipmentReferences");
  }

  void read_references(Event& event) {
    constexpr std::string_view kBill = "transportDocumentReference";
    const std::string bill = text_at(object_, kBill);
    add(event, ReferenceKind::transport_document, bill, kBill);
    if (bill.empty()) say(Severity::error, kBill, "dcsa.missing", "no transportDocumentReference");
    if (!event.references.empty() && event.references.front().value() == bill) erase_path(object_, kBill);
    if (const json::array* items = list_at(object_, kItems))
      for (const json::value& item : *items)
        if (const json::object* goods = item.if_object())
          add(event, ReferenceKind::booking, text_at(*goods, "carrierBookingReference"), kItems);
    add_boxes(event);
    if (const json::array* references = list_at(object_, "references"))
      for (const json::value& item : *references)
        if (const json::object* one = item.if_object(); one != nullptr && text_at(*one, "type") == "CR")
          add(event, ReferenceKind::customer_reference, text_at(*one, "value"), "references");
    for (auto& reference : references_of(event.transport))
      if (reference) event.references.push_back(std::move(*reference));
    if (event.transport.vessel_imo.empty() || event.transport.import_voyage.empty()) return;
    if (auto voyage = Reference::make(ReferenceKind::voyage, event.transport.vessel_imo + "/" + event.transport.import_voyage))
      event.references.push_back(std::move(*voyage));
  }

  static void name(Event& event, NamedParty party) {
    if (event.parties.size() < kPartiesMax && std::ranges::find(event.parties, party) == event.parties.end())
      event.parties.push_back(std::move(party));
  }

  void read_parties(Event& event) {
    const std::string provider = to_upper(text_at(object_, "carrierCodeListProvider")), carrier = to_upper(text_at(object_, "carrierCode"));
    if (!carrier.empty() && !provider.empty()) name(event, {"CA", {provider == kNmfta ? std::string(kScac) : provider, carrier}, ""});
    const json::array* parties = list_at(object_, kDocumentParties);
    if (parties == nullptr) return;
    for (const json::value& item : *parties) {
      const json::object* party = item.if_object();
      if (party == nullptr) continue;
      const std::string role = text_at(*party, "partyFunction"), called = text_at(*party, "partyName");
      const json::array* codes = array_of(*party, "identifyingCodes");
      bool known = false;
      for (size_t i = 0; codes != nullptr && i < codes->size(); ++i) {
        const json::object* code = (*codes)[i].if_object();
        if (code == nullptr) continue;
        PartyIdentifier identifier{to_upper(text_at(*code, "codeListProvider")), to_upper(text_at(*code, "partyCode"))};
        if (identifier.scheme.empty() || identifier.scheme == "ZZZ" || identifier.value.empty()) continue;
        name(event, {role, std::move(identifier), called});
        known = true;
      }
      if (!known && !called.empty()) name(event, {role, {}, called});
    }
  }

  void read_free_times(Event& event) {
    const json::array* items = list_at(object_, "freeTimes");
    if (items == nullptr) return;
    std::string said;
    for (const json::value& item : *items)
      if (const json::object* one = item.if_object(); one != nullptr && said.size() < limits::kIdentifierBytesMax)
        if (const std::string time = free_time(*one); !time.empty()) said.append(said.empty() ? "free time: " : ", ").append(time);
    event.remark = legible(said, limits::kTextBytesMax);
  }

  // A date is the day's beginning by the clock of the place.
  void read_arrival(const Event& notice, const ArrivalRow& row) {
    for (const std::string_view path : row.dates) {
      const json::value* value = find_path(object_, path);
      if (value == nullptr) continue;
      const json::object* classified = value->if_object();
      const std::string date = classified != nullptr ? text_at(*classified, "value") : text_at(object_, path);
      const auto parsed = parse_rfc3339(date.size() == 10 ? date + "T00:00:00" : date);
      if (!parsed) return say(Severity::warning, path, "dcsa.value", "not a date; kept as sent");
      const Place place = place_at(object_, row.location);
      if (place.empty()) return say(Severity::warning, row.location, "dcsa.missing", "an expected arrival nowhere");
      if (row.claim != kNoticeArrivals[0].claim && place == notice.place) return;
      Event event = notice;
      event.id = id_of(row.claim);
      event.milestone = Milestone::arrived;
      event.classifier =
          classifier_from_dcsa(classified != nullptr ? text_at(*classified, "classifier") : "EST").value_or(Classifier::estimated);
      event.occurred = parsed->zone == ZoneSource::assumed ? placed(*parsed, date, place.unlocode) : *parsed;
      event.place = place;
      event.document_type.clear();
      event.remark.clear();
      if (row.claim != kNoticeArrivals[0].claim) event.transport = {};
      message_.events.push_back(std::move(event));
      claims_.emplace_back(row.claim);
      return;
    }
  }

  void finish(Event& event) {
    const std::string_view location = is_whole_ ? kNoticeArrivals[0].location : kNotificationArrivals[0].location;
    for (const PathText& row : kNoticeLocation)
      if (!row.in(event).empty()) erase_path(object_, std::string(location) + "/" + std::string(row.path));
    if (!event.transport.carrier.empty()) erase_path(object_, "carrierCode");
    if (object_.contains(kVisualization) && json::serialize(object_).size() > kOriginalBytesMax) {
      erase_path(object_, kVisualization);
      say(Severity::warning, kVisualization, "dcsa.visualization", "the document embedded in the notice is too large to be kept");
    }
    if (!object_.empty()) event.original = "{\"" + std::string(kArrivalNoticeKept) + "\":" + json::serialize(object_) + "}";
  }

  json::object object_;
  const std::string& position_;
  DecodedMessage& message_;
  std::vector<std::string>& claims_;
  const bool is_whole_;
  std::string issued_;
  bool too_many_ = false;
};

// A claim is told by one event: the expected arrivals follow in messages of their own.
void tell_apart(DecodedMessage message, const std::vector<std::string>& claims, const std::function<void(DecodedMessage)>& sink) {
  std::vector<DecodedMessage> arrivals;
  for (size_t i = 1; i < message.events.size() && i <= claims.size(); ++i) {
    DecodedMessage& arrival = arrivals.emplace_back();
    arrival.format = message.format;
    arrival.type = kExpectedArrivalType;
    arrival.claim = {message.claim.identity + "\n" + claims[i - 1], message.claim.written_us, false};
    arrival.offset = message.offset;
    arrival.length = message.length;
    arrival.hash = message.hash;
    Event& event = arrival.events.emplace_back(std::move(message.events[i]));
    event.source.type = arrival.type;
    arrival.references = event.references;
    arrival.parties = event.parties;
  }
  if (!message.events.empty()) {
    message.events.resize(1);
    message.references = message.events.front().references;
    message.parties = message.events.front().parties;
  }
  sink(std::move(message));
  for (DecodedMessage& arrival : arrivals) sink(std::move(arrival));
}

bool is_list(std::string_view bytes, std::string_view name) {
  const std::string_view text = trim(without_byte_order_mark(bytes));
  return text.starts_with('{') && !listed_under(text, name).empty();
}

}  // namespace

bool is_arrival_notices(std::string_view bytes) { return is_list(bytes, kNotices); }
bool is_arrival_notifications(std::string_view bytes) { return is_list(bytes, kNotifications); }

Status decode_arrival_notices(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  const bool whole = is_arrival_notices(bytes);
  const std::string_view name = whole ? kNotices : kNotifications;
  std::vector<std::string> claims;
  const auto tell = [&claims](json::object object, const std::string& position, DecodedMessage& message) {
    Reader(std::move(object), position, message, claims).read();
  };
  const auto apart = [&](DecodedMessage message) { tell_apart(std::move(message), claims, sink); };
  return decode_list(bytes, listed_under(trim(without_byte_order_mark(bytes)), name), "/" + std::string(name),
                     whole ? kArrivalNoticeType : kArrivalNotificationType, tell, apart, kArrivalNoticeBytesMax);
}

}  // namespace fairway::gateway::dcsa
