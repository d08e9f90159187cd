#include "model/reference.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway {
namespace {

constexpr std::array<std::string_view, kReferenceKinds> kKindNames = {"equipment",
                                                                      "booking",
                                                                      "transport_document",
                                                                      "house_document",
                                                                      "vessel",
                                                                      "voyage",
                                                                      "transport_call",
                                                                      "vehicle",
                                                                      "shipping_instruction",
                                                                      "forwarder_reference",
                                                                      "purchase_order",
                                                                      "customer_reference",
                                                                      "seal",
                                                                      "air_waybill",
                                                                      "house_air_waybill",
                                                                      "road_cargo_reference",
                                                                      "consignment",
                                                                      "declaration",
                                                                      "electronic_lock",
                                                                      "flight",
                                                                      "unit_load_device",
                                                                      "vessel_mmsi",
                                                                      "wagon",
                                                                      "epc",
                                                                      "sensor",
                                                                      "logistics_object",
                                                                      "transport_order",
                                                                      "facility"};

constexpr std::array<std::string_view, 4> kCheckNames = {"passed", "unchecked", "wrong_check_digit", "unusual_form"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

// Identifiers written in groups by people ("MSCU 123456-7"): the blanks and hyphens carry nothing.
bool written_in_groups(ReferenceKind kind) {
  switch (kind) {
    case ReferenceKind::equipment:
    case ReferenceKind::vessel:
    case ReferenceKind::air_waybill:
    case ReferenceKind::vehicle:
    case ReferenceKind::vessel_mmsi:
    case ReferenceKind::wagon:
    case ReferenceKind::unit_load_device: return true;
    default: return false;
  }
}

// Names on the web, in which case tells.
bool is_uri(ReferenceKind kind) { return kind == ReferenceKind::epc || kind == ReferenceKind::logistics_object; }

std::string without(std::string_view text, std::string_view unwanted) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (unwanted.find(c) == std::string_view::npos) out += c;
  return out;
}

// "IMO 9321483" and, in some systems' data, "UN9321483".
void drop_vessel_prefix(std::string& value) {
  for (const std::string_view prefix : {"IMO", "UN"})
    if (value.starts_with(prefix) && value.size() > prefix.size() && is_digit(value[prefix.size()]))
      return void(value.erase(0, prefix.size()));
}

ReferenceCheck check_equipment(std::string_view value) {
  if (value.size() != 11 || !is_digit(value[10])) return ReferenceCheck::unusual_form;
  const int digit = iso6346_check_digit(value.substr(0, 10));
  if (digit < 0) return ReferenceCheck::unusual_form;
  return digit == value[10] - '0' ? ReferenceCheck::passed : ReferenceCheck::wrong_check_digit;
}

ReferenceCheck check_vessel(std::string_view value) {
  const int digit = value.size() == 7 ? imo_check_digit(value.substr(0, 6)) : -1;
  if (digit < 0 || !is_digit(value[6])) return ReferenceCheck::unusual_form;
  return digit == value[6] - '0' ? ReferenceCheck::passed : ReferenceCheck::wrong_check_digit;
}

// IATA: a three-digit airline prefix, seven digits, and those seven modulo seven.
ReferenceCheck check_air_waybill(std::string_view value) {
  if (value.size() != 11 || !all_digits(value)) return ReferenceCheck::unusual_form;
  int serial = 0;
  for (const char c : value.substr(3, 7)) serial = serial * 10 + (c - '0');
  return serial % 7 == value[10] - '0' ? ReferenceCheck::passed : ReferenceCheck::wrong_check_digit;
}

ReferenceCheck check(ReferenceKind kind, std::string_view value) {
  switch (kind) {
    case ReferenceKind::equipment: return check_equipment(value);
    case ReferenceKind::vessel: return check_vessel(value);
    case ReferenceKind::air_waybill: return check_air_waybill(value);
    default: return ReferenceCheck::unchecked;
  }
}

}  // namespace

std::string_view name(ReferenceKind kind) { return kKindNames.at(static_cast<size_t>(kind)); }
std::string_view name(ReferenceCheck check) { return kCheckNames.at(static_cast<size_t>(check)); }

Result<ReferenceKind> reference_kind_from(std::string_view name) {
  const auto found = std::ranges::find(kKindNames, name);
  if (found == kKindNames.end()) return fail(Code::invalid, "not a kind of reference", legible(name));
  return static_cast<ReferenceKind>(found - kKindNames.begin());
}

int iso6346_check_digit(std::string_view prefix) {
  if (prefix.size() != 10 || !std::ranges::all_of(prefix.substr(0, 4), is_upper) || !all_digits(prefix.substr(4))) return -1;
  int sum = 0;
  for (size_t i = 0; i < 10; ++i) {
    int number = prefix[i] - '0';
    if (i < 4) {  // A is 10, and the multiples of 11 are left out
      number = 10 + (prefix[i] - 'A');
      number += (number > 10) + (number > 20) + (number > 30);
    }
    sum += number << i;
  }
  return sum % 11 % 10;
}

int imo_check_digit(std::string_view six_digits) {
  if (six_digits.size() != 6 || !all_digits(six_digits)) return -1;
  int sum = 0;
  for (size_t i = 0; i < 6; ++i) sum += (six_digits[i] - '0') * (7 - static_cast<int>(i));
  return sum % 10;
}

Result<Reference> Reference::make(ReferenceKind kind, std::string_view raw) {
  std::string value = is_uri(kind) ? std::string(trim(raw)) : to_upper(trim(raw));
  if (written_in_groups(kind)) value = without(value, " -\t");
  if (kind == ReferenceKind::vessel) drop_vessel_prefix(value);
  if (value.empty()) return fail(Code::invalid, "an empty reference", std::string(name(kind)));
  if (value.size() > limits::kIdentifierBytesMax)
    return fail(Code::too_large, "a reference is too long", std::string(name(kind)) + " of " + std::to_string(value.size()) + " bytes",
                "at most " + std::to_string(limits::kIdentifierBytesMax));
  const bool has_control = std::ranges::any_of(value, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (has_control || !is_valid_utf8(value)) return fail(Code::invalid, "control characters in a reference", std::string(name(kind)));
  const ReferenceCheck outcome = fairway::check(kind, value);
  return Reference(kind, std::move(value), outcome);
}

std::string Reference::key() const {
  std::string out(name(kind_));
  out += ':';
  out += value_;
  return out;
}

Result<Reference> Reference::from_key(std::string_view key) {
  const size_t colon = key.find(':');
  if (colon == std::string_view::npos) return fail(Code::invalid, "not a reference key", legible(key), "write kind:value");
  const ReferenceKind kind = TRY(reference_kind_from(key.substr(0, colon)));
  return make(kind, key.substr(colon + 1));
}

}  // namespace fairway
