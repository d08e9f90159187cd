#include "gateway/edifact/mapper.h"

#include <array>

#include "gateway/edifact/messages/acknowledgement.h"
#include "gateway/edifact/messages/bayplan.h"
#include "gateway/edifact/messages/consignment_report.h"
#include "gateway/edifact/messages/customs_response.h"
#include "gateway/edifact/messages/equipment_order.h"
#include "gateway/edifact/messages/equipment_report.h"
#include "gateway/edifact/messages/reference_reader.h"
#include "gateway/edifact/messages/status_report.h"
#include "gateway/edifact/messages/weight_report.h"

namespace fairway::gateway::edifact {
namespace {

using Maker = std::unique_ptr<Mapper> (*)(const MessageHeader&, DecodedMessage&);

template <typename Kind>
std::unique_ptr<Mapper> make(const MessageHeader& header, DecodedMessage& out) {
  return std::make_unique<Kind>(header, out);
}

struct Row {
  std::string_view message_type;
  Maker maker;
};

constexpr std::array kMappers = std::to_array<Row>({
    {"CODECO", make<EquipmentReport>},   {"COARRI", make<EquipmentReport>},   {"BAPLIE", make<Bayplan>},
    {"IFTSTA", make<StatusReport>},      {"COPRAR", make<EquipmentOrder>},    {"COPARN", make<EquipmentOrder>},
    {"COPINO", make<EquipmentOrder>},    {"CODENO", make<EquipmentOrder>},    {"IFTMBF", make<ConsignmentReport>},
    {"IFTMBC", make<ConsignmentReport>}, {"IFTMIN", make<ConsignmentReport>}, {"IFTMCS", make<ConsignmentReport>},
    {"IFCSUM", make<ConsignmentReport>}, {"CUSCAR", make<ConsignmentReport>}, {"IFTSAI", make<ConsignmentReport>},
    {"VERMAS", make<WeightReport>},      {"CUSRES", make<CustomsResponse>},   {"APERAK", make<ApplicationAcknowledgement>},
    {"CONTRL", make<SyntaxReport>},
});

}  // namespace

std::string type_of(const MessageHeader& header) {
  std::string type = header.type;
  if (!header.version.empty() || !header.release.empty()) type += " " + header.version + "." + header.release;
  if (!header.association.empty()) type += " " + header.association;
  return type;
}

std::vector<std::string_view> mapped_types() {
  std::vector<std::string_view> out;
  out.reserve(kMappers.size());
  for (const Row& row : kMappers) out.push_back(row.message_type);
  return out;
}

std::unique_ptr<Mapper> mapper_for(const MessageHeader& header, DecodedMessage& out) {
  for (const Row& candidate : kMappers)
    if (candidate.message_type == header.type) return candidate.maker(header, out);
  return make<ReferenceReader>(header, out);
}

}  // namespace fairway::gateway::edifact
