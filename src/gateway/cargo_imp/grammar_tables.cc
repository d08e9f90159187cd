#include <algorithm>
#include <array>

#include "gateway/cargo_imp/grammar.h"

namespace fairway::gateway::cargo_imp {
namespace {

using C = Continuation;
using enum Shape;

struct Form {
  std::string_view name, parts;
};
constexpr std::array kForms = std::to_array<Form>({
    {"text", ":t1-4096"},
    {"letter", ":a1"},
    {"letters", ":a1-12"},
    {"code", ":m1-12"},
    {"code3", ":m3"},
    {"number", ":n1-12"},
    {"amount", ":d1-12"},
    {"airport", ":a3"},
    {"carrier", ":m2"},
    {"country", ":a2"},
    {"currency", ":a3"},
    {"date", ":e5"},
    {"day", ":n2"},
    {"agent_code", ":n7"},
    {"awb", "airline_prefix:n3 =- serial:n7-8 [[origin:a3] destination:a3]"},
    {"quantity",
     "shipment_description:a1 pieces:n1-5 [weight_unit:w1 weight:d1-12] [=DG density_group:n1-2] [volume_unit:v2 volume:d1-12] "
     "[=DG density_group:n1-2] [total_description:a1 total_pieces:n1-5]"},
    {"weight", "unit:w1 amount:d1-12"},
    {"volume", "[volume_unit:v2 volume:d1-12] [=DG density_group:n1-2]"},
    {"moment", "date:e5 [time:n4 [=- day_change:a1]]"},
    {"date_time", "date:e5 [time:n4]"},
    {"date_year", "date:e5 year:n2"},
    {"clock", "type:a1 time:n4 [=- day_change:a1]"},
    {"flight", "carrier:m2 number:n1-4 [suffix:a1]"},
    {"leg", "[airport:a3] [carrier:m2]"},
    {"onward", "airport:a3 carrier:m2 [number:n1-4 [suffix:a1]]"},
    {"departure_arrival", "departure:a3 arrival:a3"},
    {"origin_destination", "[origin:a3] destination:a3"},
    {"unit_load_device", "type:m3 serial:s4-5 owner:m2-3 [=- loading:a1]"},
    {"unit_or_type", "type:m3 [serial:s4-5 owner:m2-3] [=- loading:a1]"},
    {"dimensions", "unit:m2-3 [length:n1-5 =- width:n1-5 =- height:n1-5]"},
    {"special_handling", "{:m3}"},
    {"charges", "{code:a2 entitlement:a1 amount:d1-12}"},
    {"charge", "identifier:a2 amount:d1-12"},
    {"exchange", "currency:a3 rate:d1-12"},
    {"office", "airport:a3 function:m2 company:m2"},
    {"rate_pieces", "[pieces:n1-5] [combination_point:a3]"},
});

// Fields that several messages share.
constexpr std::string_view kCustoms = "country:country? information:letters? control:code? text:text";
constexpr std::string_view kDimensions = "weight:weight? dimensions:dimensions pieces:number?";
constexpr std::string_view kAddressEnd = "country:country postal_code:text? (contact_type:code contact_number:text?)*";
constexpr std::string_view kNameOnwards =
    "name:text;street_address:text;place:text state:text?;country:country postal_code:text? (contact_type:code contact_number:text?)*";
constexpr std::string_view kStreetOnwards =
    "street_address:text;place:text state:text?;country:country postal_code:text? (contact_type:code contact_number:text?)*";
constexpr std::string_view kReference =
    "office:office? file:text? participant_identifier:code? participant:text? participant_airport:airport?";
constexpr std::string_view kAgent = "account:text? agent_code:agent_code? cass:text? participant:text?";

constexpr std::string_view kAtAirport = "moment:moment airport:airport quantity:quantity name:text?";
constexpr std::string_view kOffFlight =
    "flight:flight? moment:moment airport:airport quantity:quantity departure_time:clock? arrival_time:clock?";
constexpr std::string_view kOnFlight =
    "flight:flight? date:date? airports:departure_arrival quantity:quantity departure_time:clock? arrival_time:clock? volume:volume?";
constexpr std::string_view kReceiving = "receiving_carrier:carrier name:text?";
constexpr std::string_view kTransferring = "transferring_carrier:carrier name:text?";

// FSU, FSA: under an air waybill its statuses, under a status its details. DPU, FIW, FOW and DOC are in no published grammar: read as the
// other statuses at an airport are.
constexpr std::array kStatusLines = std::to_array<LineRule>({
    {"", "consignment", air_waybill, 1, "air_waybill:awb quantity:quantity?", C::none, ""},
    {"RCS", "status", tagged, 2, kAtAirport, C::alternative, "volume:volume"},
    {"FOH", "status", tagged, 2, kAtAirport, C::alternative, "volume:volume"},
    {"RCT", "status", tagged, 2, "carrier:carrier moment:moment airport:airport quantity:quantity", C::alternative, kReceiving},
    {"RCF", "status", tagged, 2, kOffFlight, C::none, ""},
    {"ARR", "status", tagged, 2, kOffFlight, C::none, ""},
    {"AWR", "status", tagged, 2, kOffFlight, C::none, ""},
    {"BKD", "status", tagged, 2, kOnFlight, C::none, ""},
    {"MAN", "status", tagged, 2, kOnFlight, C::none, ""},
    {"DEP", "status", tagged, 2, kOnFlight, C::none, ""},
    {"PRE", "status", tagged, 2, kOnFlight, C::none, ""},
    {"TRM", "status", tagged, 2, "carrier:carrier airport:airport quantity:quantity", C::none, ""},
    {"TFD", "status", tagged, 2, "carrier:carrier moment:moment airport:airport quantity:quantity transfer_manifest:text?", C::alternative,
     kTransferring},
    {"NFD", "status", tagged, 2, kAtAirport, C::none, ""},
    {"AWD", "status", tagged, 2, kAtAirport, C::none, ""},
    {"CCD", "status", tagged, 2, kAtAirport, C::none, ""},
    {"DLV", "status", tagged, 2, kAtAirport, C::none, ""},
    {"DDL", "status", tagged, 2, kAtAirport, C::none, ""},
    {"TGC", "status", tagged, 2, kAtAirport, C::none, ""},
    {"DPU", "status", tagged, 2, kAtAirport, C::none, ""},
    {"FIW", "status", tagged, 2, kAtAirport, C::none, ""},
    {"FOW", "status", tagged, 2, kAtAirport, C::none, ""},
    {"DOC", "status", tagged, 2, kAtAirport, C::none, ""},
    {"DIS", "status", tagged, 2, "flight:flight? moment:moment airport:airport discrepancy:letters quantity:quantity", C::none, ""},
    {"CRC", "status", tagged, 2, "moment:moment airport:airport quantity:quantity flight:flight? date:date? airports:departure_arrival?",
     C::none, ""},
    {"ULD", "unit_load_devices", tagged, 3, "(unit_load_device:unit_load_device)*", C::repeat, ""},
    {"OSI", "other_service_information", tagged, 3, "text:text", C::repeat, ""},
    {"OCI", "customs_information", tagged, 3, kCustoms, C::repeat, ""},
});

// FWB. From version 17 on, name, address and place have identifiers of their own; before, they are lines that continue the party's.
constexpr std::array kWaybillLines = std::to_array<LineRule>({
    {"", "consignment", air_waybill, 1, "air_waybill:awb quantity:quantity", C::none, ""},
    {"FLT", "flights", tagged, 1, "(flight:flight day:day)*", C::repeat, ""},
    {"RTG", "routing", tagged, 1, "(leg:leg)*", C::none, ""},
    {"SHP", "shipper", tagged, 1, "account:text?", C::sequence, kNameOnwards},
    {"CNE", "consignee", tagged, 1, "account:text?", C::sequence, kNameOnwards},
    {"NFY", "notify_party", tagged, 1, "name:text?", C::sequence, kStreetOnwards},
    {"NAM", "name", tagged, 2, "name:text", C::repeat, ""},
    {"ADR", "address", tagged, 2, "street_address:text", C::repeat, ""},
    {"LOC", "location", tagged, 2, "place:text state:text?", C::sequence, kAddressEnd},
    {"AGT", "agent", tagged, 1, kAgent, C::sequence, "name:text;place:text"},
    {"SSR", "special_service_request", tagged, 1, "text:text", C::repeat, ""},
    {"ACC", "accounting_information", tagged, 1, "identifier:code text:text", C::repeat, ""},
    {"CVD", "charge_declarations", tagged, 1,
     "currency:currency charge_code:text? prepaid_collect:letters? value_for_carriage:text value_for_customs:text value_for_insurance:text",
     C::none, ""},
    {"RTD", "rate_description", tagged, 1, "", C::repeat, ""},
    {"OTH", "other_charges", tagged, 1, "prepaid_collect:letter charges:charges", C::repeat, ""},
    {"PPD", "prepaid_charges", tagged, 1, "(charge:charge)*", C::repeat, ""},
    {"COL", "collect_charges", tagged, 1, "(charge:charge)*", C::repeat, ""},
    {"CER", "shippers_certification", tagged, 1, "signature:text", C::none, ""},
    {"ISU", "carriers_execution", tagged, 1, "date:date_year place:text? authorisation:text?", C::none, ""},
    {"OSI", "other_service_information", tagged, 1, "text:text", C::repeat, ""},
    {"CDC", "charges_at_destination", tagged, 1,
     "exchange:exchange collect_charges:amount charges_at_destination:amount total_collect:amount", C::none, ""},
    {"REF", "sender_reference", tagged, 1, kReference, C::none, ""},
    {"COR", "customs_origin", tagged, 1, "code:code", C::none, ""},
    {"COI", "commission", tagged, 1, "indicator:letters? amount:amount? percentage:amount?", C::none, ""},
    {"SII", "sales_incentive", tagged, 1, "amount:amount indicator:letters?", C::none, ""},
    {"ARD", "agent_reference", tagged, 1, "reference:text", C::none, ""},
    {"SPH", "special_handling", tagged, 1, "(code:code3)*", C::repeat, ""},
    {"NOM", "nominated_handling_party", tagged, 1, "name:text place:text?", C::none, ""},
    {"SRI", "shipment_reference", tagged, 1, "reference:text? supplementary:text? supplementary:text?", C::none, ""},
    {"OPI", "other_participant", tagged, 1, "name:text", C::repeat, kReference},
    {"OCI", "customs_information", tagged, 1, kCustoms, C::repeat, ""},
});

// FHL: under a master air waybill its house waybills, under each of these what is said of it.
constexpr std::array kHouseLines = std::to_array<LineRule>({
    {"MBI", "master", tagged, 1, "air_waybill:awb quantity:quantity", C::none, ""},
    {"HBS", "house", tagged, 2,
     "house_air_waybill:text route:origin_destination pieces:number weight:weight shippers_load_and_count:number? description:text?",
     C::alternative, "(special_handling:code3)*;text:text"},
    {"TXT", "description", tagged, 3, "text:text", C::repeat, ""},
    {"HTS", "commodity_codes", tagged, 3, "commodity_code:text", C::repeat, ""},
    {"OCI", "customs_information", tagged, 3, kCustoms, C::repeat, ""},
    {"SHP", "shipper", tagged, 3, "name:text?", C::sequence, kStreetOnwards},
    {"CNE", "consignee", tagged, 3, "name:text?", C::sequence, kStreetOnwards},
    {"NAM", "name", tagged, 4, "name:text", C::repeat, ""},
    {"ADR", "address", tagged, 4, "street_address:text", C::repeat, ""},
    {"LOC", "location", tagged, 4, "place:text state:text?", C::sequence, kAddressEnd},
    {"CVD", "charge_declarations", tagged, 3,
     "currency:currency prepaid_collect:letters? value_for_carriage:text value_for_customs:text value_for_insurance:text", C::none, ""},
});

// FFM: under a point of unloading its loose cargo and its unit load devices, under these their consignments.
constexpr std::array kManifestLines = std::to_array<LineRule>({
    {"", "flight", flight_part, 1,
     "part:number flight:flight date:date_time airport:airport aircraft:text? arrival_country:country? first_arrival:date_time? "
     "first_arrival_airport:airport?",
     C::none, ""},
    {"", "end", end, 1, "code:letters", C::none, ""},
    {"", "consignment", air_waybill, 3, "air_waybill:awb quantity:quantity description:text? special_handling:special_handling?",
     C::alternative, "onward:onward date:date?;(special_handling:code3)*;movement_priority:letter"},
    {"", "unloading", unloading, 1, "airport:airport nil_cargo:letters? arrival:date_time? departure:date_time?", C::none, ""},
    {"ULD", "unit_load_device", tagged, 2, "unit_load_device:unit_load_device remarks:text?", C::alternative,
     "onward:onward date:date?;volume_available:number"},
    {"DIM", "dimensions", tagged, 4, kDimensions, C::repeat, ""},
    {"OSI", "other_service_information", tagged, 4, "text:text", C::repeat, ""},
    {"COR", "customs_origin", tagged, 4, "code:code", C::none, ""},
    {"OCI", "customs_information", tagged, 4, kCustoms, C::repeat, ""},
});

constexpr std::string_view kUnits = "count:number (unit_load_device:unit_or_type contents:weight?)*";

constexpr std::array kBookedLines = std::to_array<LineRule>({
    {"", "flight", flight_part, 1, "part:number flight:flight date:date_time airport:airport aircraft:text?", C::none, ""},
    {"", "end", end, 1, "code:letters", C::none, ""},
    {"", "consignment", air_waybill, 2, "air_waybill:awb quantity:quantity description:text? special_handling:special_handling?",
     C::alternative,
     "(special_handling:code3)*;forwarding_agent:text? inward_flight:flight? inward_date:date? inward_airport:airport? priority:letter?"},
    {"", "unloading", unloading, 1, "airport:airport nil_cargo:letters?", C::none, ""},
    {"DIM", "dimensions", tagged, 3, kDimensions, C::repeat, ""},
    {"ULD", "unit_load_devices", tagged, 3, kUnits, C::repeat, "(unit_load_device:unit_or_type contents:weight?)*"},
    {"SSR", "special_service_request", tagged, 3, "text:text", C::repeat, ""},
    {"OSI", "other_service_information", tagged, 3, "text:text", C::repeat, ""},
    {"OCI", "customs_information", tagged, 3, kCustoms, C::repeat, ""},
});

// FFR, and FFA, which answers it with the same lines. CUS and PID are in no published grammar.
constexpr std::array kRequestLines = std::to_array<LineRule>({
    {"", "consignment", air_waybill, 1, "air_waybill:awb quantity:quantity description:text?", C::alternative, "(special_handling:code3)*"},
    {"", "flight", flight, 1, "flight:flight date:date airports:departure_arrival space_allocation:letters? allotment:text?", C::none, ""},
    {"ULD", "unit_load_devices", tagged, 1, kUnits, C::repeat, "(unit_load_device:unit_or_type contents:weight?)*"},
    {"SSR", "special_service_request", tagged, 1, "text:text", C::repeat, ""},
    {"OSI", "other_service_information", tagged, 1, "text:text", C::repeat, ""},
    {"REF", "booking_reference", tagged, 1, kReference, C::none, ""},
    {"DIM", "dimensions", tagged, 1, kDimensions, C::repeat, ""},
    {"PID", "product", tagged, 1, "text:text", C::repeat, ""},
    {"SHP", "shipper", tagged, 1, "account:text?", C::sequence, kNameOnwards},
    {"CNE", "consignee", tagged, 1, "account:text?", C::sequence, kNameOnwards},
    {"NAM", "name", tagged, 2, "name:text", C::repeat, ""},
    {"ADR", "address", tagged, 2, "street_address:text", C::repeat, ""},
    {"LOC", "location", tagged, 2, "place:text state:text?", C::sequence, kAddressEnd},
    {"CUS", "customer", tagged, 1, kAgent, C::sequence, "name:text;place:text"},
    {"SRI", "shipment_reference", tagged, 1, "reference:text? supplementary:text? supplementary:text?", C::none, ""},
});

constexpr std::array kAnswerLines = std::to_array<LineRule>({
    {"ACK", "acknowledgement", tagged, 1, "reason:text", C::repeat, ""},
});

constexpr std::array kMessages = std::to_array<MessageKind>({
    {"FSU", "status_update", true, false, 9, 15, kStatusLines},
    {"FSA", "status_answer", true, false, 9, 15, kStatusLines},
    {"FWB", "air_waybill_data", true, false, 9, 17, kWaybillLines},
    {"FHL", "house_waybills", true, false, 2, 5, kHouseLines},
    {"FFM", "flight_manifest", true, false, 4, 8, kManifestLines},
    {"FBL", "freight_booked_list", true, false, 2, 4, kBookedLines},
    {"FFR", "space_allocation_request", true, false, 4, 8, kRequestLines},
    {"FFA", "space_allocation_answer", true, false, 2, 4, kRequestLines},
    {"FMA", "acknowledgement", false, true, 0, 1, kAnswerLines},
    {"FNA", "error", false, true, 0, 1, kAnswerLines},
    // Known by name only.
    {"FAD", "advice_of_discrepancy"},
    {"FBR", "freight_booked_list_request"},
    {"FDA", "discrepancy_answer"},
    {"FRP", "irregularity_report"},
    {"FSB", "substitute_air_waybill"},
    {"FSL", "status_update_list"},
    {"FSR", "status_request"},
    {"FUM", "unit_load_device_manifest"},
    {"FVA", "schedule_answer"},
    {"FVR", "schedule_request"},
    {"FWC", "charges_collect"},
    {"FWR", "air_waybill_request"},
    {"FXX", "cancellation"},
    {"FYT", "free_text"},
    {"FZA", "house_waybill_data"},
    {"FZB", "house_waybill_data"},
    {"FZC", "house_waybill_charges"},
});

constexpr std::array kRateColumns = std::to_array<RateColumn>({
    {"P", "pieces:rate_pieces"},
    {"K", "gross_weight_kg:amount"},
    {"L", "gross_weight_lb:amount"},
    {"C", "rate_class:letters"},
    {"S", "commodity_item:code"},
    {"W", "chargeable_weight:amount"},
    {"R", "rate:amount"},
    {"D", "discount:amount"},
    {"T", "total:amount"},
});

constexpr std::array kGoodsLines = std::to_array<RateColumn>({
    {"NG", "nature_of_goods:text"},
    {"NC", "consolidation:text"},
    {"ND", kDimensions},
    {"NV", "volume:volume"},
    {"NU", "unit_load_device:unit_load_device"},
    {"NS", "shippers_load_and_count:number"},
    {"NH", "commodity_code:text"},
    {"NO", "country_of_origin:country"},
});

}  // namespace

const MessageKind* find_message(std::string_view id) {
  const auto found = std::ranges::find(kMessages, id, &MessageKind::id);
  return found == kMessages.end() ? nullptr : &*found;
}

std::span<const MessageKind> message_kinds() { return kMessages; }

std::string_view form_named(std::string_view name) {
  const auto found = std::ranges::find(kForms, name, &Form::name);
  return found == kForms.end() ? std::string_view() : found->parts;
}

const RateColumn* find_rate_column(char letter) {
  const auto found = std::ranges::find(kRateColumns, std::string_view(&letter, 1), &RateColumn::key);
  return found == kRateColumns.end() ? nullptr : &*found;
}

const RateColumn* find_goods_line(std::string_view code) {
  const auto found = std::ranges::find(kGoodsLines, code, &RateColumn::key);
  return found == kGoodsLines.end() ? nullptr : &*found;
}

}  // namespace fairway::gateway::cargo_imp
