#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/cargo_xml/cargo_xml.h"
#include "gateway/cargo_xml/deviation.h"
#include "gateway/cargo_xml/kinds.h"
#include "gateway/cargo_xml/map.h"
#include "gateway/cargo_xml/raw.h"

namespace fairway::gateway::cargo_xml {
namespace {

constexpr std::string_view kSpaces = "iata:";

constexpr std::array kKinds = std::to_array<Kind>({
    {"XFWB", "Waybill", "iata:waybill:1", 5, map_waybill},
    {"XFZB", "HouseWaybill", "iata:housewaybill:1", 4, map_house},
    {"XFSU", "StatusMessage", "iata:statusmessage:1", 6, map_statuses},
    {"XFFM", "FlightManifest", "iata:flightmanifest:1", 4, map_flight},
    {"XFBL", "FreightBookedList", "iata:freightbookedlist:1", 3, map_flight, true},
});

bool is_cargo_xml(std::string_view root, std::string_view space) {
  return space.starts_with(kSpaces) || (space.empty() && find_kind(root) != nullptr);
}

// "3.00" as 3; 0 where it is no version.
int version_of(std::string_view text) {
  int version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  const bool whole = end == text.data() + text.size() || *end == '.';
  return error == std::errc() && whole && version > 0 ? version : 0;
}

// "Deletion", as code lists write it in one word or as a number of UN/EDIFACT 1225.
bool takes_back(std::string_view purpose) {
  constexpr std::array<std::string_view, 6> kPurposes = {"DELETION", "DELETE", "CANCELLATION", "CANCEL", "1", "3"};
  return std::ranges::find(kPurposes, to_upper(purpose)) != kPurposes.end();
}

std::string party_of(const View& message, std::string_view field) {
  const Element* party = message.field(field);
  if (party == nullptr) return {};
  const std::string_view scheme = party->attribute("schemeID");
  return legible(scheme.empty() ? party->text : party->text + ":" + std::string(scheme), limits::kIdentifierBytesMax);
}

// What every message has, and how far it is one that is known.
void read_header(const Document& document, const Kind* kind, DecodedMessage& out, air::Claims& claims) {
  const View message(document, 0, Group::message);
  const air::Origin root = message.origin();
  constexpr size_t kTypeBytesMax = 64;
  const std::string_view version = message.text("version");
  out.format = "CARGO-XML";
  out.type = kind == nullptr ? legible(document.root().name, kTypeBytesMax) : std::string(kind->id);
  if (!version.empty()) out.type.append(" ").append(legible(version, kTypeBytesMax));
  out.message = legible(message.text("id"), limits::kIdentifierBytesMax);
  out.document = legible(message.text("document"), limits::kIdentifierBytesMax);
  out.interchange_sender = party_of(message, "sender");
  out.interchange_recipient = party_of(message, "recipient");
  if (kind == nullptr) return note(claims, Deviation::message_unknown, root, document.root().name);
  if (document.space != kind->space) note(claims, Deviation::namespace_unknown, root, document.space);
  const int number = version_of(version);
  if (number == 0 || number > kind->version_max) note(claims, Deviation::version_unknown, message.origin("version"), version);
  report_unknown(document, claims);
}

void complete(DecodedMessage& out, std::string_view bytes) {
  out.offset = 0;
  out.length = bytes.size();
  out.hash = to_hex(sha256(bytes));
  out.text = bytes;  // which is UTF-8
  out.identity = "cargo-xml:" + to_hex(sha256(out.interchange_sender + "\n" + out.hash));
}

Result<Document> read(std::string_view bytes) {
  Document document = TRY(read_document(bytes));
  if (!is_cargo_xml(document.root().name, document.space))
    return fail(Code::unsupported, "not a message of Cargo-XML", legible(document.root().name), "its root is in a namespace iata:…");
  return document;
}

}  // namespace

std::span<const Kind> kinds() { return kKinds; }

const Kind* find_kind(std::string_view root) {
  const auto found = std::ranges::find(kKinds, root, &Kind::root);
  return found == kKinds.end() ? nullptr : &*found;
}

bool begins_cargo_xml(std::string_view bytes) {
  const RootName root = root_of(bytes);
  return !root.name.empty() && is_cargo_xml(root.name, root.space);
}

Status decode_cargo_xml(std::string_view bytes, const Context& context, const MessageSink& sink) {
  const Document document = TRY(read(bytes));
  const Kind* kind = find_kind(document.root().name);
  DecodedMessage out;
  air::Claims claims(out, kPrefix);
  read_header(document, kind, out, claims);
  const View message(document, 0, Group::message);
  const bool is_taken_back = takes_back(message.text("purpose"));
  if (is_taken_back) note(claims, Deviation::purpose_not_applied, message.origin("purpose"), message.text("purpose"));
  Values values(claims, context.received_us);
  if (kind != nullptr && !is_taken_back) {
    Mapping mapping{message, claims, values, kind->is_booked};
    kind->map(mapping);
  }
  complete(out, bytes);
  sink(std::move(out));
  return {};
}

Status raw_cargo_xml(std::string_view bytes, const Context&, const LineSink& sink) {
  const Document document = TRY(read(bytes));
  DecodedMessage out;
  air::Claims claims(out, kPrefix);
  read_header(document, find_kind(document.root().name), out, claims);
  sink(raw_json(document, out));
  return {};
}

}  // namespace fairway::gateway::cargo_xml
