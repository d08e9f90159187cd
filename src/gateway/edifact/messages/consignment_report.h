// IFTMBF, IFTMBC, IFTMIN, IFTMCS, IFCSUM, CUSCAR and IFTSAI: bookings, instructions, contracts of carriage, manifests and schedules.
//
// What such a message says of a consignment becomes one event of its papers for each container and bill of lading that it names, each
// with every reference, party and voyage it belongs to: so bookings, bills, houses and containers are joined. Arrivals and departures
// of its stages are events of the consignment, those of a schedule of the vessel. Keeps the header and one consignment. Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/equipment_group.h"
#include "gateway/edifact/messages/itinerary.h"
#include "gateway/edifact/messages/paper_codes.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

// A container, its own references, and the papers of each item of goods that is in it.
struct ConsignmentBox {
  Origin origin;
  Equipment equipment;
  std::vector<Reference> references;
  std::vector<std::vector<Reference>> items;
  std::vector<NamedParty> parties;
  std::string quantity;
};

struct ReportedConsignment {
  Origin origin;
  std::string number;  // of CNI
  std::vector<Reference> papers;
  std::vector<NamedParty> parties;
  Itinerary itinerary;
  std::vector<ConsignmentBox> boxes;
  std::unordered_map<std::string, size_t> box_of;  // by number
  std::string remark;
  bool has_goods = false;
};

class ConsignmentReport final : public Mapper {
 public:
  ConsignmentReport(const MessageHeader& header, DecodedMessage& out) : report_(header, out) { report_.identify_by_all_references(); }

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  using Box = ConsignmentBox;
  using Consignment = ReportedConsignment;

  void begin_document(const Segment& bgm);
  void begin_consignment(Origin origin, std::string number);
  void consignment_segment(Consignment& consignment, const Segment& segment);
  void reference(Consignment& consignment, const Segment& rff);
  void party(Consignment& consignment, const Segment& nad);
  void begin_goods(Consignment& consignment);
  void end_goods(Consignment& consignment);
  void add_goods_box(Consignment& consignment, const Segment& sgp);
  [[nodiscard]] size_t add_box(Consignment& consignment, Box box);
  void state_consignment();
  void state_papers(const Consignment& consignment, const Paper& paper);
  void state_box(const Event& of_papers, const Box& box, const std::vector<Reference>& item);
  [[nodiscard]] Box* in_hand(Consignment& consignment);
  [[nodiscard]] std::vector<Reference> papers_of(const Consignment& consignment);
  [[nodiscard]] std::optional<Instant> written_at(const Consignment& consignment);
  [[nodiscard]] bool is(std::string_view type) const { return report_.header().type == type; }

  Report report_;
  DocumentCodes codes_;
  Consignment header_;
  std::optional<Consignment> current_;  // of CNI; without it the whole message is one consignment
  bool header_stated_ = false;
  enum class In : uint8_t { consignment, party, goods, equipment };
  In in_ = In::consignment;
  std::vector<Reference> item_;  // papers of the goods item in hand
  std::vector<size_t> item_boxes_;
  size_t box_in_hand_ = 0;
};

}  // namespace fairway::gateway::edifact
