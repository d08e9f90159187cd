// Shipment: what is true of one booking in the simulated world: its boxes, parties, references and every time. It follows from the seed
// and its number alone, so that nothing of it needs to be kept. Value type; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulate/schedule.h"

namespace fairway::simulate {

enum class Trade : uint8_t { export_by_truck, export_by_river, import_by_truck, import_by_river, transhipment, empties };
[[nodiscard]] std::string_view name(Trade trade);

// What a sender gets wrong about the shipment's first box, at its gate.
enum class Fault : uint8_t {
  none,
  wrong_check_digit,    // the container number in the gate report
  wrong_document_code,  // BGM 1001 of another report
  broken_segment,       // the message is cut off
  wrong_charset,        // bytes outside of the declared character set
  duplicate,            // the same interchange twice
  late,                 // the gate report comes hours after what follows it
  correction,           // a wrong gate time, then a replacement
  cancellation,         // a gate report of the wrong box, then its cancellation
  conflicting_claim,    // line and terminal disagree on the time of the vessel move
};
inline constexpr uint32_t kFaults = 10;
[[nodiscard]] std::string_view name(Fault fault);
// How far the line's time of a move is from the terminal's where their claims conflict.
inline constexpr Seconds kConflict = 5 * kHour;

// A box's load state, size and times. Times that its trade does not have are 0.
struct Box {
  uint32_t index = 0;
  std::string number;
  std::string_view size_type;
  bool empty = false;
  int tare_kg = 0, gross_kg = 0;
  std::string seal, truck;
  Seconds empty_out = 0, gate = 0, discharge = 0, load = 0, empty_back = 0;
};

struct Shipment {
  uint32_t id = 0;
  Trade trade = Trade::export_by_truck;
  Fault fault = Fault::none;
  bool rolled = false;           // left behind by `call`, loaded by its onward call
  const Call* call = nullptr;    // the vessel it was booked on, or came with
  const Call* onward = nullptr;  // the vessel it leaves with where that is another one
  const Port* load_port = nullptr;
  const Port* discharge_port = nullptr;
  int load_days = 0, discharge_days = 0;  // of the voyage before and after Hong Kong
  const Port* river_port = nullptr;
  const Company *shipper = nullptr, *consignee = nullptr, *forwarder = nullptr, *haulier = nullptr;
  std::string booking, bill_of_lading, forwarder_reference, barge, barge_sign, barge_voyage;
  Seconds booked = 0, issued = 0, barge_departure = 0, barge_arrival = 0, customs = 0;
  std::array<Box, kBlockBoxes> boxes;
  size_t box_count = 0;

  [[nodiscard]] bool is_export() const { return trade == Trade::export_by_truck || trade == Trade::export_by_river; }
  [[nodiscard]] bool is_import() const { return trade == Trade::import_by_truck || trade == Trade::import_by_river; }
  [[nodiscard]] bool loads() const { return !is_import(); }
  [[nodiscard]] bool discharges() const { return is_import() || trade == Trade::transhipment; }
  // The call whose cranes load it.
  [[nodiscard]] const Call& loading_call() const { return onward != nullptr ? *onward : *call; }
  [[nodiscard]] Seconds origin_departure() const { return call->planned_arrival - load_days * kDay; }
  [[nodiscard]] Seconds destination_arrival() const { return loading_call().departure + discharge_days * kDay; }
};

// Shipments of a block are numbered block * 4 + 0 … ; nothing where the block has no such one.
inline constexpr uint32_t kShipmentsPerBlock = 4;
[[nodiscard]] std::optional<Shipment> shipment(const Schedule& schedule, uint32_t id);

}  // namespace fairway::simulate
