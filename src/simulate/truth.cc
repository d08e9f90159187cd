#include "simulate/truth.h"

#include "base/instant.h"
#include "base/json_writer.h"

namespace fairway::simulate {
namespace {

void add_time(JsonWriter& writer, std::string_view name, Seconds at) {
  if (at != 0) writer.member(name, to_rfc3339_utc(at * 1'000'000));
}

void add_call(JsonWriter& writer, std::string_view name, const Call& call) {
  writer.key(name).begin_object().member("vessel", call.vessel).member("imo", call.imo).member("service", call.service);
  writer.member("terminal", call.terminal->code).member("voyageIn", call.voyage_in).member("voyageOut", call.voyage_out);
  add_time(writer, "plannedArrival", call.planned_arrival);
  add_time(writer, "arrival", call.arrival);
  add_time(writer, "plannedDeparture", call.planned_departure);
  add_time(writer, "departure", call.departure);
  writer.end_object();
}

}  // namespace

void append_truth(std::string& out, const Shipment& s, size_t box_number) {
  const Box& box = s.boxes[box_number];
  JsonWriter writer(out);
  writer.begin_object().member("container", box.number).member("trade", name(s.trade)).member("carrier", s.call->carrier->smdg);
  if (s.trade != Trade::empties) {
    writer.member("booking", s.booking).member("billOfLading", s.bill_of_lading).member("forwarderReference", s.forwarder_reference);
    writer.member("shipper", s.shipper->slug).member("consignee", s.consignee->slug).member("forwarder", s.forwarder->slug);
  }
  if (box.gate != 0) writer.member("haulier", s.haulier->slug).member("truck", box.truck);
  writer.member("loadPort", s.load_port->unlocode).member("dischargePort", s.discharge_port->unlocode);
  if (s.river_port != nullptr) writer.member("riverPort", s.river_port->unlocode).member("barge", s.barge);
  add_call(writer, "call", *s.call);
  if (s.onward != nullptr) add_call(writer, "onwardCall", *s.onward);
  if (s.rolled) writer.member("rolled", true);
  writer.key("times").begin_object();
  add_time(writer, "booked", s.trade == Trade::empties ? 0 : s.booked);
  add_time(writer, "emptyOut", box.empty_out);
  add_time(writer, s.is_import() ? "gateOut" : "gateIn", box.gate);
  add_time(writer, "discharged", box.discharge);
  add_time(writer, "loaded", box.load);
  add_time(writer, "customsReleased", s.customs);
  add_time(writer, "emptyBack", box.empty_back);
  writer.end_object();
  // The fault is in the messages of the first box of a booking.
  if (box_number == 0) writer.optional_member("fault", name(s.fault));
  writer.end_object();
}

}  // namespace fairway::simulate
