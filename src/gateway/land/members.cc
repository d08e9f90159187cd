#include "gateway/land/members.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace fairway::gateway::land {
namespace {

using M = Member;
using enum Holds;
using K = ReferenceKind;

constexpr std::array<MemberRow, kMembers> kRows = {{
    {M::type, "type"},
    {M::message_id, "messageID"},
    {M::sent_at, "sentAt", time},
    {M::event, "event"},
    {M::classifier, "classifier"},
    {M::corrects, "corrects"},
    {M::retracts, "retracts"},
    {M::at, "at", time},
    {M::time_zone, "timeZone"},
    {M::window_begin, "windowBegin", time},
    {M::window_end, "windowEnd", kept_only},
    {M::expected_at, "expectedAt", time},
    {M::earliest_crossing, "earliestCrossing", kept_only},
    {M::equipment, "equipment", reference, K::equipment},
    {M::booking, "booking", reference, K::booking},
    {M::transport_document, "transportDocument", reference, K::transport_document},
    {M::house_document, "houseDocument", reference, K::house_document},
    {M::air_waybill, "airWaybill", reference, K::air_waybill},
    {M::house_air_waybill, "houseAirWaybill", reference, K::house_air_waybill},
    {M::road_cargo_reference, "roadCargoReference", reference, K::road_cargo_reference},
    {M::consignment, "consignment", reference, K::consignment},
    {M::declaration, "declaration", reference, K::declaration},
    {M::transport_order, "transportOrder", reference, K::transport_order},
    {M::forwarder_reference, "forwarderReference", reference, K::forwarder_reference},
    {M::customer_reference, "customerReference", reference, K::customer_reference},
    {M::purchase_order, "purchaseOrder", reference, K::purchase_order},
    {M::vehicle, "vehicle", reference, K::vehicle},
    {M::wagon, "wagon", reference, K::wagon},
    {M::electronic_lock, "electronicLock", reference, K::electronic_lock},
    {M::device, "device", reference, K::sensor},
    {M::seal, "seal", reference, K::seal},
    {M::unlocode, "unlocode"},
    {M::facility, "facility"},
    {M::facility_provider, "facilityProvider"},
    {M::place, "place"},
    {M::control_point, "controlPoint"},
    {M::latitude, "latitude", measurement},
    {M::longitude, "longitude", measurement},
    {M::mode, "mode"},
    {M::train, "train"},
    {M::barge, "barge"},
    {M::voyage, "voyage"},
    {M::carrier, "carrier"},
    {M::vessel_imo, "vesselIMONumber", reference, K::vessel},
    {M::vessel_mmsi, "vesselMMSI", reference, K::vessel_mmsi},
    {M::direction, "direction", kept_only},
    {M::iso_code, "isoCode"},
    {M::load, "load"},
    {M::gross_kg, "grossKg", measurement},
    {M::packages, "packages", measurement},
    {M::package_type, "packageType", kept_only},
    {M::goods, "goods"},
    {M::shipper, "shipper"},
    {M::shipper_name, "shipperName"},
    {M::shipper_address, "shipperAddress", kept_only},
    {M::consignee, "consignee"},
    {M::consignee_name, "consigneeName"},
    {M::consignee_address, "consigneeAddress", kept_only},
    {M::haulier, "haulier"},
    {M::haulier_name, "haulierName"},
    {M::reason, "reason"},
    {M::remark, "remark"},
    {M::kind, "kind"},
    {M::value, "value", measurement},
    {M::unit, "unit"},
}};

// What people write over their columns besides, folded as find_column() folds.
struct Alias {
  std::string_view heading;
  Member member;
};
constexpr auto kAliases = std::to_array<Alias>({
    {"container", M::equipment},
    {"containerno", M::equipment},
    {"containernumber", M::equipment},
    {"櫃號", M::equipment},
    {"柜号", M::equipment},
    {"箱号", M::equipment},
    {"bookingno", M::booking},
    {"bl", M::transport_document},
    {"blno", M::transport_document},
    {"billoflading", M::transport_document},
    {"提單號", M::transport_document},
    {"提单号", M::transport_document},
    {"ccrn", M::road_cargo_reference},
    {"truck", M::vehicle},
    {"truckno", M::vehicle},
    {"plate", M::vehicle},
    {"vehicleno", M::vehicle},
    {"vehicleregistration", M::vehicle},
    {"車牌", M::vehicle},
    {"车牌", M::vehicle},
    {"jobno", M::transport_order},
    {"job", M::transport_order},
    {"elock", M::electronic_lock},
    {"lock", M::electronic_lock},
    {"date", M::at},
    {"time", M::at},
    {"datetime", M::at},
    {"日期時間", M::at},
    {"日期时间", M::at},
    {"windowstart", M::at},
    {"terminal", M::facility},
    {"location", M::place},
    {"lat", M::latitude},
    {"lon", M::longitude},
    {"lng", M::longitude},
    {"bargename", M::barge},
    {"weight", M::gross_kg},
    {"remarks", M::remark},
    {"status", M::event},
    {"reading", M::kind},
    {"sensor", M::device},
});

std::string folded(std::string_view heading) {
  std::string out;
  for (const char c : to_lower(trim(heading)))
    if (std::string_view(" _-.*/\t\r\n").find(c) == std::string_view::npos) out += c;
  return out;
}

using Mi = Milestone;
constexpr auto planned = Classifier::planned, actual = Classifier::actual;
constexpr auto kEvents = std::to_array<EventRow>({
    {Type::truck_job, "assigned", Mi::assigned},
    {Type::truck_job, "ordered", Mi::document_requested},
    {Type::truck_job, "accepted", Mi::document_confirmed},
    {Type::truck_job, "refused", Mi::document_rejected},
    {Type::truck_job, "cancelled", Mi::document_cancelled},
    {Type::truck_job, "picked-up", Mi::picked_up},
    {Type::truck_job, "dropped-off", Mi::dropped_off},
    {Type::truck_job, "delivered", Mi::delivered},
    {Type::gate_appointment, "gate-in", Mi::gate_in, planned},
    {Type::gate_appointment, "gate-out", Mi::gate_out, planned},
    {Type::gate_appointment, "requested", Mi::appointment_requested, actual, true},
    {Type::gate_appointment, "offered", Mi::appointment_offered, actual, true},
    {Type::gate_appointment, "confirmed", Mi::appointment_confirmed, actual, true},
    {Type::gate_appointment, "refused", Mi::appointment_refused, actual, true},
    {Type::gate_appointment, "cancelled", Mi::appointment_cancelled, actual, true},
    {Type::road_cargo, "submitted", Mi::document_submitted},
    {Type::road_cargo, "accepted", Mi::document_confirmed},
    {Type::road_cargo, "refused", Mi::document_rejected},
    {Type::road_cargo, "cancelled", Mi::document_cancelled},
    {Type::bundling, "bundled", Mi::bundled},
    {Type::crossing, "crossed", Mi::crossed},
    {Type::crossing, "arrived", Mi::arrived},
    {Type::crossing, "selected-for-inspection", Mi::customs_selected_for_inspection},
    {Type::crossing, "selected-for-scan", Mi::customs_selected_for_scan},
    {Type::crossing, "inspected", Mi::inspected},
    {Type::crossing, "held", Mi::customs_held},
    {Type::crossing, "released", Mi::customs_released},
    {Type::e_lock, "position", Mi::located},
    {Type::e_lock, "arm", Mi::lock_armed},
    {Type::e_lock, "tamper", Mi::lock_tampered},
    {Type::e_lock, "hand-over", Mi::lock_handed_over},
    {Type::e_lock, "disarm", Mi::lock_disarmed},
    {Type::position, "position", Mi::located},
    {Type::rail, "load", Mi::loaded},
    {Type::rail, "depart", Mi::departed},
    {Type::rail, "arrive", Mi::arrived},
    {Type::rail, "discharge", Mi::discharged},
    {Type::barge, "load", Mi::loaded},
    {Type::barge, "depart", Mi::departed},
    {Type::barge, "arrive", Mi::arrived},
    {Type::barge, "discharge", Mi::discharged},
    {Type::sensor, "measured", Mi::measured},
    {Type::sensor, "door-opened", Mi::door_opened},
    {Type::sensor, "door-closed", Mi::door_closed},
    {Type::availability, "available", Mi::available_for_pick_up, actual, true},
    {Type::availability, "available-for-drop-off", Mi::available_for_drop_off, actual, true},
    {Type::availability, "pick-up-refused", Mi::pick_up_refused},
    {Type::availability, "held", Mi::hold_placed},
    {Type::availability, "released", Mi::hold_released},
    {Type::availability, "last-free-day", Mi::last_free_day},
    {Type::empty_return, "instructed", Mi::return_instructed, actual, true},
    {Type::empty_return, "refused", Mi::return_refused},
    {Type::outage, "began", Mi::outage_began, actual, true},
    {Type::outage, "ended", Mi::outage_ended},
});
// Where several things can happen and none is the usual one, the message has to say which.
constexpr std::array kSayWhich = {Type::gate_appointment, Type::e_lock,       Type::rail,  Type::barge,
                                  Type::availability,     Type::empty_return, Type::outage};

using Group = std::span<const Member>;
constexpr std::array kOrders = {M::transport_order, M::equipment, M::booking, M::transport_document, M::road_cargo_reference};
constexpr std::array kCargo = {M::equipment,       M::booking,           M::transport_document, M::house_document,
                               M::air_waybill,     M::consignment,       M::declaration,        M::road_cargo_reference,
                               M::transport_order, M::house_air_waybill, M::purchase_order,     M::customer_reference};
constexpr std::array kCcrn = {M::road_cargo_reference};
constexpr std::array kVehicle = {M::vehicle};
constexpr std::array kDirection = {M::direction};
constexpr std::array kCrossing = {M::road_cargo_reference, M::vehicle, M::equipment, M::consignment, M::declaration};
constexpr std::array kControlPoint = {M::control_point, M::unlocode, M::place};
constexpr std::array kLock = {M::electronic_lock};
constexpr std::array kMoving = {
    M::vehicle,     M::equipment,  M::wagon,      M::electronic_lock, M::device, M::transport_order, M::road_cargo_reference,
    M::consignment, M::vessel_imo, M::vessel_mmsi};
constexpr std::array kRail = {M::wagon, M::equipment};
constexpr std::array kBarge = {M::equipment, M::booking, M::transport_document, M::vessel_imo, M::vessel_mmsi};
constexpr std::array kPort = {M::unlocode};
constexpr std::array kDevice = {M::device, M::equipment, M::consignment};

constexpr std::array<Group, 1> kTruckJobNeeds = {kOrders};
constexpr std::array<Group, 1> kAppointmentNeeds = {kCargo};
constexpr std::array<Group, 1> kRoadCargoNeeds = {kCcrn};
constexpr std::array<Group, 3> kBundlingNeeds = {kCcrn, kVehicle, kDirection};
constexpr std::array<Group, 2> kCrossingNeeds = {kCrossing, kControlPoint};
constexpr std::array<Group, 1> kLockNeeds = {kLock};
constexpr std::array<Group, 1> kPositionNeeds = {kMoving};
constexpr std::array<Group, 1> kRailNeeds = {kRail};
constexpr std::array<Group, 1> kBargeNeeds = {kBarge};
constexpr std::array<Group, 1> kSensorNeeds = {kDevice};
constexpr std::array<Group, 1> kOutageNeeds = {kPort};

constexpr std::array kTruckJobColumns = {
    M::type,    M::message_id, M::event,    M::at,       M::transport_order, M::equipment, M::booking, M::transport_document,
    M::vehicle, M::haulier,    M::unlocode, M::facility, M::place,           M::remark};
constexpr std::array kAppointmentColumns = {M::type,      M::message_id, M::event,    M::at,      M::window_begin,       M::window_end,
                                            M::equipment, M::unlocode,   M::facility, M::booking, M::transport_document, M::vehicle,
                                            M::reason,    M::remark};
constexpr std::array kRoadCargoColumns = {M::type,
                                          M::message_id,
                                          M::event,
                                          M::at,
                                          M::expected_at,
                                          M::control_point,
                                          M::direction,
                                          M::road_cargo_reference,
                                          M::goods,
                                          M::packages,
                                          M::package_type,
                                          M::gross_kg,
                                          M::shipper,
                                          M::shipper_name,
                                          M::shipper_address,
                                          M::consignee,
                                          M::consignee_name,
                                          M::consignee_address,
                                          M::equipment,
                                          M::booking,
                                          M::transport_document,
                                          M::declaration};
constexpr std::array kBundlingColumns = {M::type,      M::message_id,    M::at,       M::road_cargo_reference, M::vehicle,
                                         M::direction, M::control_point, M::equipment};
constexpr std::array kCrossingColumns = {M::type,    M::message_id,           M::event,    M::at, M::control_point, M::direction,
                                         M::vehicle, M::road_cargo_reference, M::equipment};
constexpr std::array kLockColumns = {M::type,        M::message_id, M::event, M::at,       M::electronic_lock, M::vehicle, M::equipment,
                                     M::declaration, M::unlocode,   M::place, M::latitude, M::longitude,       M::reason};
constexpr std::array kPositionColumns = {
    M::type, M::message_id, M::at, M::latitude, M::longitude, M::vehicle, M::equipment, M::transport_order, M::road_cargo_reference};
constexpr std::array kRailColumns = {M::type,  M::message_id, M::event,    M::at,    M::equipment, M::wagon,
                                     M::train, M::unlocode,   M::facility, M::place, M::load,      M::booking};
constexpr std::array kBargeColumns = {M::type,   M::message_id, M::event,    M::at,    M::equipment, M::barge,  M::vessel_mmsi,
                                      M::voyage, M::unlocode,   M::facility, M::place, M::load,      M::booking};
constexpr std::array kSensorColumns = {M::type, M::message_id, M::at,   M::device,   M::equipment, M::consignment,
                                       M::kind, M::value,      M::unit, M::latitude, M::longitude};

constexpr std::array kAvailabilityColumns = {M::type,     M::message_id, M::event,  M::at,        M::equipment, M::transport_document,
                                             M::unlocode, M::facility,   M::reason, M::window_end};
constexpr std::array kReturnColumns = {M::type,     M::message_id, M::event, M::at,         M::equipment, M::booking,
                                       M::unlocode, M::facility,   M::place, M::window_end, M::reason};
constexpr std::array kOutageColumns = {M::type, M::message_id, M::event, M::at, M::window_end, M::unlocode, M::facility, M::reason};

using T = TransportMode;
constexpr auto kTypes = std::to_array<TypeRow>({
    {Type::truck_job, "truck-job", T::truck, kTruckJobNeeds, kTruckJobColumns},
    {Type::gate_appointment, "gate-appointment", T::truck, kAppointmentNeeds, kAppointmentColumns},
    {Type::road_cargo, "road-cargo", T::truck, kRoadCargoNeeds, kRoadCargoColumns},
    {Type::bundling, "bundling", T::truck, kBundlingNeeds, kBundlingColumns},
    {Type::crossing, "crossing", T::truck, kCrossingNeeds, kCrossingColumns},
    {Type::e_lock, "e-lock", T::truck, kLockNeeds, kLockColumns},
    {Type::position, "position", T::unknown, kPositionNeeds, kPositionColumns},
    {Type::rail, "rail", T::rail, kRailNeeds, kRailColumns},
    {Type::barge, "barge", T::barge, kBargeNeeds, kBargeColumns},
    {Type::sensor, "sensor", T::unknown, kSensorNeeds, kSensorColumns},
    {Type::availability, "availability", T::unknown, kAppointmentNeeds, kAvailabilityColumns},
    {Type::empty_return, "empty-return", T::truck, kAppointmentNeeds, kReturnColumns},
    {Type::outage, "outage", T::unknown, kOutageNeeds, kOutageColumns},
});

constexpr auto kPersonal =
    std::to_array<std::string_view>({"driver", "phone", "mobile", "email", "passport", "identitycard", "idcard", "司機", "司机"});

}  // namespace

const MemberRow& row(Member member) { return kRows.at(static_cast<size_t>(member)); }
std::span<const MemberRow> members() { return kRows; }

const MemberRow* find_member(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &MemberRow::name);
  return found == kRows.end() ? nullptr : &*found;
}

const MemberRow* find_column(std::string_view heading) {
  const std::string wanted = folded(heading);
  const auto found = std::ranges::find_if(kRows, [&](const MemberRow& candidate) { return folded(candidate.name) == wanted; });
  if (found != kRows.end()) return &*found;
  const auto alias = std::ranges::find(kAliases, wanted, &Alias::heading);
  return alias == kAliases.end() ? nullptr : &row(alias->member);
}

const EventRow* find_event(Type type, std::string_view code) {
  if (code.empty() && std::ranges::find(kSayWhich, type) != kSayWhich.end()) return nullptr;
  const auto found = std::ranges::find_if(
      kEvents, [&](const EventRow& candidate) { return candidate.type == type && (code.empty() || candidate.code == code); });
  return found == kEvents.end() ? nullptr : &*found;
}

std::string event_codes(Type type) {
  std::string out;
  for (const EventRow& candidate : kEvents)
    if (candidate.type == type) out.append(out.empty() ? "" : ", ").append(candidate.code);
  return out;
}

std::span<const TypeRow> types() { return kTypes; }
const TypeRow& row(Type type) { return kTypes.at(static_cast<size_t>(type)); }

const TypeRow* find_type(std::string_view name) {
  const auto found = std::ranges::find(kTypes, name, &TypeRow::name);
  return found == kTypes.end() ? nullptr : &*found;
}

bool is_personal(std::string_view name) {
  const std::string text = folded(name);
  return std::ranges::any_of(kPersonal, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

}  // namespace fairway::gateway::land
