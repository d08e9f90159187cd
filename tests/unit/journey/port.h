// A port for tests: events in words, and a store that is a vector.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "journey/assemble.h"
#include "journey/index.h"
#include "journey/journey_json.h"
#include "journey/visibility.h"
#include "store/store.h"

namespace fairway::journey::testing {

// Keeps entries and terms as the engines do, one entry for each sender and event id.
class Port final : public store::Snapshot {
 public:
  Position add(const Event& event, const PartyId& sender, int64_t received_us = 0, std::span<const Reference> amended = {}) {
    if (!identities_.insert(sender + "/" + event.id).second) return 0;
    const Position position = entries_.size() + 1;
    entries_.push_back({position, EntryKind::event, sender, received_us, fairway::to_json(event)});
    for (store::Term& term : terms_of(event, sender, amended)) terms_[term.key].push_back({position, term.value});
    return position;
  }

  Position last() override { return entries_.size(); }
  Result<std::vector<Entry>> entries(std::span<const Position> positions) override {
    std::vector<Entry> out;
    for (const Position position : positions) out.push_back(entries_.at(position - 1));
    return out;
  }
  Result<std::vector<Entry>> range(Position first, size_t limit) override {
    std::vector<Entry> out;
    for (Position at = first; at <= entries_.size() && out.size() < limit; ++at) out.push_back(entries_[at - 1]);
    return out;
  }
  Result<std::vector<store::TermHit>> scan(const store::TermScan& scan) override {
    ++scanned_[scan.key];
    std::vector<store::TermHit> hits = terms_[scan.key];
    if (scan.newest_first) std::ranges::reverse(hits);
    if (scan.after != 0)
      std::erase_if(hits,
                    [&](const store::TermHit& hit) { return scan.newest_first ? hit.position >= scan.after : hit.position <= scan.after; });
    if (hits.size() > scan.limit) hits.resize(scan.limit);
    return hits;
  }
  Result<std::optional<Position>> find(std::string_view) override { return std::nullopt; }
  Result<std::optional<store::StateValue>> state(std::string_view) override { return std::nullopt; }
  Result<std::vector<std::pair<std::string, store::StateValue>>> state_scan(std::string_view, std::string_view, size_t) override {
    return std::vector<std::pair<std::string, store::StateValue>>();
  }

  [[nodiscard]] size_t most_scans_of_a_term() const {
    size_t most = 0;
    for (const auto& [key, count] : scanned_) most = std::max(most, count);
    return most;
  }
  void forget_scans() { scanned_.clear(); }

 private:
  std::vector<Entry> entries_;
  std::set<std::string> identities_;
  std::map<std::string, std::vector<store::TermHit>> terms_;
  std::map<std::string, size_t> scanned_;
};

inline constexpr int64_t kHourUs = 3'600'000'000;
inline constexpr int64_t kDayUs = 24 * kHourUs;
inline constexpr int64_t kStartUs = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z

inline Reference named(std::string_view key) { return Reference::from_key(key).value(); }

// Builds an event: on("2.5", …) days after the start.
class Say {
 public:
  Say(std::string id, Milestone milestone, double day) {
    event_.id = std::move(id);
    event_.milestone = milestone;
    event_.occurred.micros = kStartUs + static_cast<int64_t>(day * 24) * kHourUs + static_cast<int64_t>(day * 24 * 60) % 60 * 60'000'000;
    event_.source = {.format = "TEST"};
  }
  Say& of(const std::vector<std::string>& keys) {
    for (const std::string& key : keys) event_.references.push_back(named(key));
    return *this;
  }
  Say& at(std::string_view unlocode, std::string_view facility = "") {
    event_.place.unlocode = unlocode, event_.place.facility = facility;
    if (!facility.empty()) event_.place.facility_provider = "SMDG";
    return *this;
  }
  Say& by(std::string_view imo, std::string_view voyage) {
    event_.transport = {.mode = TransportMode::vessel, .vessel_imo = std::string(imo), .voyage = std::string(voyage)};
    event_.references.push_back(named("vessel:" + std::string(imo)));
    if (!voyage.empty()) event_.references.push_back(named("voyage:" + std::string(imo) + "/" + std::string(voyage)));
    return *this;
  }
  // A flight with its date of departure, "CX289/2026-01-05", or its number alone.
  Say& flies(const std::string& flight) {
    const size_t slash = flight.find('/');
    event_.transport = {.mode = TransportMode::air, .vehicle = flight.substr(0, slash)};
    if (slash != std::string::npos) event_.references.push_back(named("flight:" + flight));
    return *this;
  }
  Say& drives(std::string_view truck) { return event_.transport = {.mode = TransportMode::truck, .vehicle = std::string(truck)}, *this; }
  Say& rides(std::string_view train) { return event_.transport = {.mode = TransportMode::rail, .vehicle = std::string(train)}, *this; }
  Say& pieces(uint32_t count) { return event_.cargo.pieces = count, *this; }
  Say& empty() { return event_.equipment.load = Load::empty, *this; }
  Say& laden() { return event_.equipment.load = Load::laden, *this; }
  Say& planned() { return event_.classifier = Classifier::planned, *this; }
  Say& estimated() { return event_.classifier = Classifier::estimated, *this; }
  Say& names(std::string_view code) {
    event_.parties.push_back({"CN", {"BR", std::string(code)}, ""});
    return *this;
  }
  Say& written(double day) {
    event_.created = Instant{.micros = kStartUs + static_cast<int64_t>(day * 24) * kHourUs};
    return *this;
  }
  Say& amends(Amendment amendment, std::string_view what) {
    event_.amendment = amendment, event_.amends = what;
    return *this;
  }
  Say& in_document(std::string_view number) { return event_.source.document = number, *this; }
  operator Event() const { return event_; }  // NOLINT: a builder is its event
  [[nodiscard]] const Event& event() const { return event_; }

 private:
  Event event_;
};

// Parties and grants for tests. Whoever is asked about is known; a name must be given to somebody (`calls`) to mean anything.
class Book final : public Rule {
 public:
  static constexpr std::array<std::string_view, 4> kNoPapers = {"shp", "shipper", "rival", "x"};

  Insider& party(const PartyId& id) {
    std::unique_ptr<Insider>& known = parties_[id];
    if (!known)
      known = std::make_unique<Insider>(
          Insider{id, Sees::everything(), Sees::everything(), true, std::ranges::find(kNoPapers, id) == kNoPapers.end()});
    return *known;
  }
  void calls(const PartyId& id, std::string_view code) { names_[name_hash({"BR", std::string(code)})] = id; }
  // Grants to `to`: of one reference, or of whatever `from` has a part in.
  void grants(const PartyId& from, const PartyId& to, std::string_view reference, Sees sees = Sees::everything(), bool lawful = false) {
    held_.push_back({to,
                     reference.empty() ? std::nullopt : std::optional(head_reference(named_(reference))),
                     {.id = "gr_" + std::to_string(held_.size() + 1), .from = from, .sees = sees, .lawful = lawful}});
  }
  void revoke_all() { held_.clear(); }

  Result<std::optional<Insider>> by_name(store::Snapshot&, uint64_t name) override {
    const auto found = names_.find(name);
    return found == names_.end() ? std::nullopt : std::optional(party(found->second));
  }
  Result<std::optional<Insider>> by_id(store::Snapshot&, const PartyId& id) override { return party(id); }
  Result<std::vector<Held>> held(store::Snapshot&, const PartyId& party, std::span<const HeadReference> references,
                                 std::span<const PartyId> insiders) override {
    std::vector<Held> out;
    for (const Given& given : held_) {
      if (given.to != party) continue;
      const bool concerns = given.reference ? std::ranges::find(references, *given.reference) != references.end()
                                            : std::ranges::find(insiders, given.held.from) != insiders.end();
      if (concerns) out.push_back(given.held);
    }
    return out;
  }

 private:
  struct Given {
    PartyId to;
    std::optional<HeadReference> reference;
    Held held;
  };
  static Reference named_(std::string_view key) { return Reference::from_key(key).value(); }

  std::map<PartyId, std::unique_ptr<Insider>> parties_;
  std::map<uint64_t, PartyId> names_;
  std::vector<Given> held_;
};

inline Book& book() {
  static Book all;
  return all;
}

class Viewer final : public Sight {
 public:
  explicit Viewer(PartyId id, bool everything = false, Rule& rule = book()) : id_(std::move(id)), everything_(everything), rule_(rule) {}
  [[nodiscard]] Rule& rule() const override { return rule_; }
  [[nodiscard]] const PartyId& viewer() const override { return id_; }
  [[nodiscard]] bool sees_everything() const override { return everything_; }
  [[nodiscard]] bool shows(Sees sees, const EventHead&) const override { return !sees.nothing(); }
  [[nodiscard]] bool shows_reference(Sees sees, ReferenceKind kind) const override {
    return kind != ReferenceKind::house_document || sees.has(See::house_documents);
  }
  bool redact(Event& event, Sees sees) const override {
    return std::erase_if(event.references, [&](const Reference& r) { return !shows_reference(sees, r.kind()); }) != 0;
  }

 private:
  PartyId id_;
  bool everything_;
  Rule& rule_;
};

inline Viewer operator_sight() { return Viewer("operator", true); }

// Party `id`, known in documents as BR:code.
inline Viewer sight_of(const PartyId& id, std::string_view code) {
  book().calls(id, code);
  return Viewer(id);
}

inline std::set<std::string> ids(const Journey& journey) {
  std::set<std::string> out;
  for (const Claim& claim : journey.claims) out.insert(claim.event.id);
  return out;
}

inline std::string json_of(const Journey& journey) {
  return to_json(journey, [](const PartyId& id) { return PartyName{"Name of " + id, "carrier"}; }, kStartUs);
}

}  // namespace fairway::journey::testing
