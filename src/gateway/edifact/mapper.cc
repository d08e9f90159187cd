#include "gateway/edifact/mapper.h"

#include <array>

#include "gateway/edifact/messages/bayplan.h"
#include "gateway/edifact/messages/equipment_report.h"
#include "gateway/edifact/messages/reference_reader.h"
#include "gateway/edifact/messages/status_report.h"

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

constexpr std::array kMappers = {Row{"CODECO", make<EquipmentReport>}, Row{"COARRI", make<EquipmentReport>}, Row{"BAPLIE", make<Bayplan>},
                                 Row{"IFTSTA", make<StatusReport>}};

}  // namespace

std::string type_of(const MessageHeader& header) {
  std::string type = header.type;
  if (!header.version.empty() || !header.release.empty()) type += " " + header.version + "." + header.release;
  if (!header.association.empty()) type += " " + header.association;
  return type;
}

std::unique_ptr<Mapper> mapper_for(const MessageHeader& header, DecodedMessage& out) {
  for (const Row& candidate : kMappers)
    if (candidate.message_type == header.type) return candidate.maker(header, out);
  return make<ReferenceReader>(header, out);
}

}  // namespace fairway::gateway::edifact
