#include "journey/journey_json.h"

#include <array>
#include <map>

#include "base/json_writer.h"

namespace fairway::journey {
namespace {

constexpr std::array<std::string_view, 4> kStatuses = {"current", "corrected", "retracted", "superseded"};
constexpr std::array<std::string_view, 3> kLegStates = {"planned", "under_way", "done"};
constexpr std::array<std::string_view, 5> kConflictKinds = {"time", "place", "order", "load", "transport"};

class Writer {
 public:
  Writer(std::string& out, const Journey& journey, const PartyNames& names) : out_(out), writer_(out), journey_(journey), names_(names) {}

  void write(int64_t as_of_us) {
    writer_.begin_object();
    write_reference("reference", journey_.reference, false);
    writer_.member("asOf", to_rfc3339_utc(as_of_us)).member("position", journey_.position);
    list("references", journey_.references, [this](const JourneyReference& r) { write_reference("", r, true); });
    list("trips", journey_.trips, [this](const TripSummary& trip) { write_trip(trip); });
    write_status();
    list("customs", journey_.customs, [this](const CustomsStatus& status) { write_customs(status); });
    list("legs", journey_.legs, [this](const Leg& leg) { write_leg(leg); });
    list("milestones", journey_.milestones, [this](const MilestoneGroup& group) { write_group(group); });
    list("events", journey_.claims, [this](const Claim& claim) { write_claim(claim); });
    list("conflicts", journey_.conflicts, [this](const Conflict& conflict) { write_conflict(conflict); });
    list("expected", journey_.expected, [this](const Expected& expected) { write_expected(expected); });
    writer_.member("truncated", journey_.truncated).end_object();
  }

 private:
  template <typename Item, typename Write>
  void list(std::string_view member, const std::vector<Item>& items, const Write& write) {
    writer_.key(member).begin_array();
    for (const Item& item : items) write(item);
    writer_.end_array();
  }

  void write_reference(std::string_view member, const JourneyReference& r, bool with_sharing) {
    if (!member.empty()) writer_.key(member);
    writer_.begin_object().member("kind", name(r.reference.kind())).member("value", r.reference.value());
    const ReferenceCheck check = r.reference.check();
    if (check == ReferenceCheck::wrong_check_digit || check == ReferenceCheck::unusual_form) writer_.member("flag", name(check));
    if (with_sharing && r.over_shared) writer_.member("overShared", true);
    writer_.end_object();
  }

  void write_place(std::string_view member, const Place& place) {
    writer_.key(member).begin_object();
    writer_.optional_member("UNLocationCode", place.unlocode).optional_member("facilityCode", place.facility);
    writer_.optional_member("facilityCodeListProvider", place.facility_provider).optional_member("facilityTypeCode", place.facility_type);
    writer_.optional_member("name", place.name).end_object();
  }

  void write_trip(const TripSummary& trip) {
    writer_.begin_object()
        .member("number", trip.number)
        .member("from", to_rfc3339_utc(trip.from_us))
        .member("to", to_rfc3339_utc(trip.to_us));
    writer_.member("current", trip.current).optional_member("booking", trip.booking).end_object();
  }

  void write_status() {
    writer_.key("status");
    if (!journey_.status) {
      writer_.null();
      return;
    }
    const Event& event = journey_.claims[*journey_.status].event;
    writer_.begin_object().member("milestone", name(event.milestone)).member("classifier", name(event.classifier));
    writer_.member("at", to_rfc3339(event.occurred));
    write_place("place", event.place);
    if (const Reference* box = event.reference(ReferenceKind::equipment)) writer_.member("equipment", box->value());
    writer_.end_object();
  }

  void write_times(std::string_view member, const LegTimes& times) {
    writer_.key(member).begin_object();
    if (times.planned) writer_.member("planned", to_rfc3339(*times.planned));
    if (times.estimated) writer_.member("estimated", to_rfc3339(*times.estimated));
    if (times.actual) writer_.member("actual", to_rfc3339(*times.actual));
    writer_.end_object();
  }

  void write_leg(const Leg& leg) {
    writer_.begin_object().member("number", leg.number).member("mode", name(leg.mode));
    write_place("from", leg.from);
    write_place("to", leg.to);
    const Transport& t = leg.transport;
    writer_.optional_member("vesselName", t.vessel_name)
        .optional_member("vesselIMONumber", t.vessel_imo)
        .optional_member("voyage", t.voyage);
    writer_.optional_member("service", t.service).optional_member("vehicle", t.vehicle);
    list("carries", leg.carries, [this](const std::string& unit) { writer_.value(unit); });
    write_times("departed", leg.departed);
    write_times("arrived", leg.arrived);
    writer_.member("state", name(leg.state)).end_object();
  }

  void write_entries(std::string_view member, const std::vector<size_t>& claims) {
    list(member, claims, [this](size_t claim) { writer_.value(journey_.claims[claim].position); });
  }

  void write_group(const MilestoneGroup& group) {
    writer_.begin_object().member("milestone", name(group.milestone));
    writer_.optional_member("equipment", group.equipment).optional_member("document", group.document);
    if (!group.place.empty()) write_place("place", group.place);
    if (group.leg != 0) writer_.member("leg", group.leg);
    write_entries("planned", group.planned);
    write_entries("estimated", group.estimated);
    write_entries("actual", group.actual);
    if (group.latest_estimate) writer_.member("latestEstimate", journey_.claims[*group.latest_estimate].position);
    writer_.member("conflict", group.conflict).end_object();
  }

  // The stored body is one JSON object: its members are taken over as they are.
  void write_claim(const Claim& claim) {
    more_.clear();
    JsonWriter more(more_);
    more.begin_object().member("entry", claim.position).member("receivedAt", to_rfc3339_utc(claim.received_us));
    more.key("party").raw(party_of(claim.sender));
    more.member("status", name(claim.status)).member("conflict", claim.conflict).end_object();
    more_[0] = ',';
    writer_.raw(std::string_view(claim.body).substr(0, claim.body.rfind('}')));
    out_ += more_;
  }

  const std::string& party_of(const PartyId& id) {
    std::string& written = parties_[id];
    if (!written.empty()) return written;
    const PartyName known = names_(id);
    JsonWriter party(written);
    party.begin_object().member("id", id).optional_member("name", known.name).optional_member("role", known.role).end_object();
    return written;
  }

  // State, since when, and the claim that says so.
  void write_standing(const CustomsStanding& stands, std::string_view since) {
    const Claim& claim = journey_.claims[stands.claim];
    writer_.member("state", name(stands.state)).member(since, to_rfc3339(claim.event.occurred)).member("entry", claim.position);
  }

  void write_customs(const CustomsStatus& status) {
    writer_.begin_object().optional_member("equipment", status.equipment).optional_member("document", status.document);
    writer_.optional_member("regime", status.regime);
    write_standing(status.stands, "since");
    writer_.optional_member("number", status.number).key("party").raw(party_of(journey_.claims[status.stands.claim].sender));
    writer_.member("paid", status.paid).member("conflict", status.conflict);
    list("declarations", status.papers, [this](const CustomsPaper& paper) {
      writer_.begin_object().optional_member("number", paper.number).optional_member("form", paper.form);
      write_standing(paper.stands, "since");
      writer_.member("paid", paper.paid).end_object();
    });
    list("said", status.said, [this](const CustomsVoice& voice) {
      writer_.begin_object().key("party").raw(party_of(voice.sender));
      write_standing(voice.stands, "since");
      writer_.end_object();
    });
    list("history", status.history, [this](const CustomsStanding& step) {
      writer_.begin_object();
      write_standing(step, "at");
      writer_.end_object();
    });
    writer_.end_object();
  }

  void write_conflict(const Conflict& conflict) {
    writer_.begin_object().member("kind", name(conflict.kind)).member("milestone", name(conflict.milestone));
    writer_.optional_member("equipment", conflict.equipment);
    write_entries("entries", conflict.claims);
    writer_.member("text", conflict.text).end_object();
  }

  void write_expected(const Expected& expected) {
    writer_.begin_object().member("milestone", name(expected.milestone));
    if (!expected.place.empty()) write_place("place", expected.place);
    writer_.optional_member("equipment", expected.equipment);
    if (expected.at) writer_.member("at", to_rfc3339(*expected.at));
    if (expected.classifier) writer_.member("classifier", name(*expected.classifier));
    writer_.member("text", expected.text).end_object();
  }

  std::string& out_;
  JsonWriter writer_;
  const Journey& journey_;
  const PartyNames& names_;
  std::string more_;
  std::map<PartyId, std::string> parties_;
};

}  // namespace

std::string_view name(ClaimStatus status) { return kStatuses.at(static_cast<size_t>(status)); }
std::string_view name(LegState state) { return kLegStates.at(static_cast<size_t>(state)); }
std::string_view name(ConflictKind kind) { return kConflictKinds.at(static_cast<size_t>(kind)); }

void append_json(std::string& out, const Journey& journey, const PartyNames& names, int64_t as_of_us) {
  Writer(out, journey, names).write(as_of_us);
}

std::string to_json(const Journey& journey, const PartyNames& names, int64_t as_of_us) {
  std::string out;
  out.reserve(2048 + journey.claims.size() * 1024);
  append_json(out, journey, names, as_of_us);
  return out;
}

}  // namespace fairway::journey
