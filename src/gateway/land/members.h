// The messages of land transport and everything they may say: types, what can happen in each, and the members that JSON objects and
// the columns of sheets share.
//
// Tables (members.cc) and pure look-ups; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/event.h"

namespace fairway::gateway::land {

inline constexpr std::string_view kVersion = "1.0";

enum class Type : uint8_t {
  truck_job,
  gate_appointment,
  road_cargo,
  bundling,
  crossing,
  e_lock,
  position,
  rail,
  barge,
  sensor,
  availability,
  empty_return,
  outage
};

enum class Member : uint8_t {
  // the message
  type,
  message_id,
  sent_at,
  event,
  classifier,
  corrects,
  retracts,
  // when
  at,
  time_zone,
  window_begin,
  window_end,
  expected_at,
  earliest_crossing,
  // what it is about
  equipment,
  booking,
  transport_document,
  house_document,
  air_waybill,
  house_air_waybill,
  road_cargo_reference,
  consignment,
  declaration,
  transport_order,
  forwarder_reference,
  customer_reference,
  purchase_order,
  vehicle,
  wagon,
  electronic_lock,
  device,
  seal,
  // where
  unlocode,
  facility,
  facility_provider,
  place,
  control_point,
  latitude,
  longitude,
  // by what
  mode,
  train,
  barge,
  voyage,
  carrier,
  vessel_imo,
  vessel_mmsi,
  direction,
  // the load
  iso_code,
  load,
  gross_kg,
  packages,
  package_type,
  goods,
  // who
  shipper,
  shipper_name,
  shipper_address,
  consignee,
  consignee_name,
  consignee_address,
  haulier,
  haulier_name,
  reason,
  remark,
  // what a sensor says
  kind,
  value,
  unit,
};
inline constexpr size_t kMembers = 65;

enum class Holds : uint8_t {
  text,
  time,
  reference,    // may be there several times
  kept_only,    // the model has no field for it: kept as sent
  measurement,  // a number
};

struct MemberRow {
  Member member;
  std::string_view name;  // in JSON and, whatever its case, as a column
  Holds holds = Holds::text;
  ReferenceKind kind = ReferenceKind::equipment;  // of a reference
};
[[nodiscard]] const MemberRow& row(Member member);
[[nodiscard]] std::span<const MemberRow> members();
// By its name in JSON.
[[nodiscard]] const MemberRow* find_member(std::string_view name);
// By the heading of a column: case, blanks, hyphens and underscores do not count, and common other names are known.
[[nodiscard]] const MemberRow* find_column(std::string_view heading);

// What can happen in a message of a type. The first row of a type is what is meant where the message does not say.
struct EventRow {
  Type type;
  std::string_view code;
  Milestone milestone;
  Classifier classifier = Classifier::actual;
  bool has_window = false;  // windowBegin and windowEnd are the event's window; `at` is when it was said
};
[[nodiscard]] const EventRow* find_event(Type type, std::string_view code);
[[nodiscard]] std::string event_codes(Type type);  // "arm, position, tamper, …"

struct TypeRow {
  Type type;
  std::string_view name;
  TransportMode mode = TransportMode::unknown;
  // Every group needs one of its members: what a message of this type makes no sense without.
  std::span<const std::span<const Member>> needs;
  std::span<const Member> columns;  // of its template, in order
};
[[nodiscard]] std::span<const TypeRow> types();
[[nodiscard]] const TypeRow& row(Type type);
[[nodiscard]] const TypeRow* find_type(std::string_view name);

// Whether a member that we do not know is about a person ("driverName", "phone"): such are never kept.
[[nodiscard]] bool is_personal(std::string_view name);

}  // namespace fairway::gateway::land
