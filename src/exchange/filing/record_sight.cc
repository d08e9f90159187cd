#include "exchange/filing/record_sight.h"

#include <algorithm>
#include <map>

namespace fairway::exchange {
namespace {

using filing::Consignment;
using filing::Field;
using filing::Group;
using filing::Path;
using filing::Record;
using filing::SourcePtr;

const filing::Participant* participant_of(const Consignment& consignment, const PartyId& party) {
  const auto found = std::ranges::find(consignment.participants, party, &filing::Participant::party);
  return found == consignment.participants.end() ? nullptr : &*found;
}

// "goods[2].hs" is the item "goods.hs".
std::string item_of(std::string_view path) {
  const size_t open = path.find('['), close = path.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos) return std::string(path);
  return std::string(path.substr(0, open)) + std::string(path.substr(close + 1));
}

// Of what somebody else gave: that it was given, by which organisation, and how sure it is.
SourcePtr outline(const SourcePtr& source, std::map<const filing::Source*, SourcePtr>& known) {
  if (!source) return source;
  SourcePtr& made = known[source.get()];
  if (made) return made;
  auto copy = std::make_shared<filing::Source>(*source);
  copy->document.clear();
  copy->person.clear();
  return made = std::move(copy);
}

}  // namespace

const PartyId& filer_of(const Consignment& consignment, std::string_view regime) {
  for (const filing::Participant& participant : consignment.participants)
    if (std::ranges::find(participant.regimes, regime) != participant.regimes.end()) return participant.party;
  return consignment.owner;
}

std::vector<std::string> regimes_of(const Consignment& consignment, const PartyId& party, const filing::Regimes& regimes) {
  std::vector<std::string> found;
  for (const filing::Regime& regime : regimes.all())
    if (filer_of(consignment, regime.code()) == party) found.push_back(regime.code());
  return found;
}

Result<std::optional<RecordSight>> RecordSight::of(const access::Viewer& viewer, const Consignment& consignment,
                                                   const filing::Regimes& regimes, const Desk& desk) {
  RecordSight sight;
  sight.party_ = viewer.party.id;
  sight.regimes_ = regimes_of(consignment, viewer.party.id, regimes);
  if (viewer.party.id == consignment.owner) {
    sight.edits_ = true;
    return std::optional(std::move(sight));
  }
  if (const filing::Participant* participant = participant_of(consignment, viewer.party.id)) {
    sight.part_ = Part::participant;
    sight.edits_ = participant->edits;
    for (const filing::PlannedFiling& planned : TRY(desk.plan(consignment.record, {}, sight.regimes_)).filings) {
      for (const filing::FilledField& field : planned.draft.fields) sight.used_.insert(field.from.begin(), field.from.end());
    }
    for (const std::string& path : sight.used_) sight.items_.insert(item_of(path));
    return std::optional(std::move(sight));
  }
  if (!viewer.is_operator()) return std::nullopt;
  sight.part_ = Part::operator_;
  for (const filing::Regime& regime : regimes.all()) sight.regimes_.push_back(regime.code());
  return std::optional(std::move(sight));
}

bool RecordSight::sees(std::string_view path, const Field& field) const {
  return whole() || used_.contains(path) || (field.source && field.source->party == party_);
}

Result<Record> RecordSight::shown(const Record& record) const {
  if (whole()) return record;
  Record out(record.schema());
  std::map<const filing::Source*, SourcePtr> outlines;
  for (size_t group = 0; group < filing::kGroups; ++group) {
    for (uint32_t row = 0; row < record.rows(static_cast<Group>(group)); ++row) {
      for (const filing::Item& item : record.schema().items(static_cast<Group>(group))) {
        const Path path{{item.group, item.id}, row};
        const Field& field = record.field(path);
        if (!field.present() || !sees(record.schema().text(path), field)) continue;
        const bool own = field.source && field.source->party == party_;
        TRY_OK(out.put(path, field.value, own ? field.source : outline(field.source, outlines)));
        if (field.confirmed) out.confirm(path, field.confirmed);
      }
    }
  }
  return out;
}

Status RecordSight::may_edit() const {
  if (edits_) return {};
  return fail(Code::forbidden, "you may not change this record", {},
              part_ == Part::operator_ ? "the operator looks, and changes nothing"
                                       : "ask the owner to let you edit: PUT /v1/consignments/{consignment}/participants");
}

Status RecordSight::may_change(const Record& before, const Record& after) const {
  TRY_OK(may_edit());
  if (whole()) return {};
  for (const Path& path : filing::changes(before, after)) {
    const std::string text = after.schema().text(path);
    const Field& was = before.field(path);
    const bool own = was.source && was.source->party == party_;
    const bool fresh = !was.present() && items_.contains(item_of(text));
    if (!own && !fresh && !used_.contains(text))
      return fail(Code::forbidden, "this field is not used by your filings", text, "leave it out; the owner fills it");
  }
  return {};
}

bool sees(const access::Viewer& viewer, const filing::Filing& filing) { return viewer.sees_sent_by(filing.party); }

}  // namespace fairway::exchange
