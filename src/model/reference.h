// Reference: a typed, normalised identifier of the trade. It cannot be built unchecked, and it is never refused for a wrong check
// digit that a sender really sent: it is kept and flagged.
//
// Value types; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

enum class ReferenceKind : uint8_t {
  equipment,           // container number, ISO 6346
  booking,             // carrier booking reference
  transport_document,  // bill of lading or sea waybill, master where there are houses
  house_document,      // house bill of lading
  vessel,              // IMO ship number
  voyage,              // a carrier's voyage of one vessel: "<vessel or carrier>/<voyage number>"
  transport_call,      // a visit of a vessel, train or truck to one place
  vehicle,             // truck registration
  shipping_instruction,
  forwarder_reference,
  purchase_order,
  customer_reference,
  seal,
  air_waybill,
  house_air_waybill,
  road_cargo_reference,  // Hong Kong CCRN
  consignment,           // UCR
  declaration,
  electronic_lock,
  flight,            // a flight on its date: "CX831/2026-11-23"
  unit_load_device,  // ULD of an aircraft
  vessel_mmsi,       // a vessel's radio identity (MMSI)
  wagon,             // rail wagon
  epc,               // GS1 identifier as a URI (case is kept)
  sensor,            // a sensor or tracker
  logistics_object,  // ONE Record logistics object, its URI (case is kept)
  transport_order,   // a haulier's job
  facility,          // a terminal, depot or port that something is said of: "HKHKG/HIT", "HKHKG"
};
inline constexpr size_t kReferenceKinds = 28;

[[nodiscard]] std::string_view name(ReferenceKind kind);  // "equipment", "booking", "transport_document", …
[[nodiscard]] Result<ReferenceKind> reference_kind_from(std::string_view name);

// What checking the value showed. Only the kinds with a check rule (equipment, vessel, air waybill) are ever flagged.
enum class ReferenceCheck : uint8_t {
  passed,
  unchecked,  // the kind has no check rule
  wrong_check_digit,
  unusual_form,  // not the form of the standard: a shipper-owned box, a blank IMO number
};
[[nodiscard]] std::string_view name(ReferenceCheck check);

class Reference {
 public:
  // Normalises (upper case, but for URIs; blanks, hyphens and prefixes such as "IMO" removed where the kind has none) and checks.
  // Code::invalid only for an empty value, one longer than limits::kIdentifierBytesMax, or control characters.
  [[nodiscard]] static Result<Reference> make(ReferenceKind kind, std::string_view raw);

  [[nodiscard]] ReferenceKind kind() const { return kind_; }
  [[nodiscard]] const std::string& value() const { return value_; }
  [[nodiscard]] ReferenceCheck check() const { return check_; }
  // "equipment:MSCU1234566": one string that is unique over all kinds; the key of indexes.
  [[nodiscard]] std::string key() const;
  // What key() wrote. Code::invalid otherwise.
  [[nodiscard]] static Result<Reference> from_key(std::string_view key);

  // Same kind and value; the check follows from them.
  friend bool operator==(const Reference& a, const Reference& b) { return a.kind_ == b.kind_ && a.value_ == b.value_; }
  friend std::strong_ordering operator<=>(const Reference& a, const Reference& b) {
    if (a.kind_ != b.kind_) return a.kind_ <=> b.kind_;
    return a.value_.compare(b.value_) <=> 0;
  }

 private:
  Reference(ReferenceKind kind, std::string value, ReferenceCheck check) : kind_(kind), value_(std::move(value)), check_(check) {}

  ReferenceKind kind_;
  std::string value_;
  ReferenceCheck check_;
};

// The check digit of ISO 6346 for four letters and six digits (letters 10… without 11, 22, 33; weights 2^i; mod 11, 10 is 0);
// −1 where `prefix` is not of that form. "CSQU305438" gives 3.
[[nodiscard]] int iso6346_check_digit(std::string_view prefix);
// The check digit of an IMO ship number's first six digits (weights 7…2, last digit of the sum); −1 where not six digits.
[[nodiscard]] int imo_check_digit(std::string_view six_digits);

}  // namespace fairway
