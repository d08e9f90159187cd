#include "exchange/filing/customs_follower.h"

#include <algorithm>

#include "access/directory.h"
#include "base/bytes.h"
#include "gateway/land/control_points.h"
#include "intake/plan.h"

namespace fairway::exchange {
namespace {

constexpr size_t kPage = 200;
constexpr Position kSaveEntries = 1'000;  // that are none of it and that a restart may read again
constexpr size_t kEventsPerBatch = 200;
constexpr int64_t kClocksDifferUs = 300'000'000;  // a haulier's and ours
constexpr size_t kLodgedRemembered = 10'000;

// Most events are none, and need not be parsed to see that.
bool is_crossing(const Entry& entry) {
  return entry.kind == EntryKind::event && entry.body.find("\"milestone\":\"crossed\"") != std::string::npos;
}

bool is_of_filing(EntryKind kind) { return kind == EntryKind::filing || kind == EntryKind::bundle || kind == EntryKind::hold; }

}  // namespace

struct CustomsFollower::Subject {
  filing::Record record;
  CustomsSubject of;
};

CustomsFollower::CustomsFollower(store::Store& store, filing::Book& book, filing::Holds& holds, const filing::Regimes& regimes,
                                 access::Registry& registry, Env& env)
    : store_(store), book_(book), holds_(holds), regimes_(regimes), registry_(registry), env_(env) {}

Status CustomsFollower::turn() {
  const auto snapshot = TRY(store_.snapshot());
  if (!leads_) {
    position_ = TRY(kept_.read(*snapshot));
    leads_ = true;
  }
  const Position last = snapshot->last();
  while (position_ < last && !follower_.stopping()) {
    const std::vector<Entry> page = TRY(snapshot->range(position_ + 1, kPage));
    if (page.empty()) return {};
    bool told = false;
    for (const Entry& entry : page) {
      if (follower_.stopping()) return {};
      if (is_crossing(entry)) TRY_OK(take_crossing(entry));
      if (!is_of_filing(entry.kind)) continue;
      TRY_OK(tell(entry));
      told = true;
    }
    position_ = page.back().position;
    if (told || position_ >= kept_.last() + kSaveEntries) TRY_OK(kept_.keep(position_));
  }
  return {};
}

Status CustomsFollower::tell(const Entry& entry) {
  const auto parsed = parse_json(entry.body);
  const json::object* step = parsed ? parsed->if_object() : nullptr;
  if (step == nullptr) return {};
  switch (entry.kind) {
    case EntryKind::filing: return tell_filing(*step);
    case EntryKind::bundle: return tell_bundle(*step, entry.received_us);
    default: return tell_hold(*step);
  }
}

Status CustomsFollower::tell_filing(const json::object& step) {
  const json::array* told = array_of(step, "answers");
  const bool answers = told != nullptr && !told->empty();
  const std::string_view state = text_of(step, "state");
  if (!answers && state == "draft") return {};
  const auto filing = TRY(book_.find_filing(text_of(step, "filing")));
  if (!filing) return {};
  const auto is_news = [&](const filing::Lodgement& lodgement) { return lodgement.sent_us != 0 && !lodged_.contains(lodgement.id); };
  if (!answers && std::ranges::none_of(filing->lodgements, is_news)) return {};
  const auto subject = TRY(subject_of(*filing));
  if (!subject) return {};
  std::vector<Event> events;
  const auto add = [&](std::vector<Event> more) { std::ranges::move(more, std::back_inserter(events)); };
  for (const filing::Lodgement& lodgement : filing->lodgements)
    if (is_news(lodgement)) add(lodged_events(*filing, lodgement, subject->of));
  if (answers)
    for (const json::value& item : *told)
      if (const json::object* one = item.if_object())
        for (const filing::Answer& answer : filing->answers)
          if (answer.id == text_of(*one, "id")) add(events_of(*filing, answer, subject->of));
  TRY_OK(enter(events, filing->party));
  if (lodged_.size() > kLodgedRemembered) lodged_.clear();
  for (const filing::Lodgement& lodgement : filing->lodgements)
    if (lodgement.sent_us != 0) lodged_.insert(lodgement.id);
  return {};
}

// By the state that the entry tells: it may have gone on since.
Status CustomsFollower::tell_bundle(const json::object& step, int64_t at_us) {
  auto bundle = TRY(book_.find_bundle(text_of(step, "bundle")));
  if (!bundle) return {};
  bundle->state = text_of(step, "state");
  bundle->changed_us = at_us;
  for (const std::string& id : bundle->filings) {
    const auto filing = TRY(book_.find_filing(id));
    if (!filing) continue;
    const auto subject = TRY(subject_of(*filing));
    if (!subject) continue;
    if (const auto haulier = TRY(identifier_of(bundle->party))) subject->of.recipients.push_back(*haulier);
    TRY_OK(enter(events_of(*bundle, *filing, subject->of), bundle->party));
  }
  return {};
}

Result<std::optional<filing::Bundle>> CustomsFollower::bundle_of(const Reference& number) {
  std::set<std::string> asked;
  for (const filing::Regime& regime : regimes_.all()) {
    const filing::Table& forms = regime.table("forms");
    for (size_t row = 0; row < forms.rows(); ++row) {
      if (!asked.insert(forms.cell(row, "authority")).second) continue;
      const auto filing = TRY(book_.find_by_number(forms.cell(row, "authority"), number.value()));
      if (filing && !filing->bundle.empty()) return book_.find_bundle(filing->bundle);
    }
  }
  return std::nullopt;
}

Status CustomsFollower::take_crossing(const Entry& entry) {
  const auto event = event_from_json(entry.body);
  if (!event || event->classifier != Classifier::actual || event->amendment != Amendment::none) return {};
  for (const Reference& reference : event->references) {
    if (reference.kind() != ReferenceKind::road_cargo_reference) continue;
    const auto bundle = TRY(bundle_of(reference));
    if (!bundle || bundle->state == "crossed" || event->occurred.micros < bundle->created_us - kClocksDifferUs) continue;
    const auto sender = registry_.party(entry.party);
    if (entry.party != bundle->party && (!sender || sender->role != Role::authority)) continue;
    const auto crossed = book_.step_bundle(bundle->id, "crossed", [](filing::Bundle& now) -> Status {
      now.state = "crossed";
      return {};
    });
    // One that was undone or has expired meanwhile stays so.
    if (!crossed && crossed.error().code != Code::conflict) return std::unexpected(crossed.error());
  }
  return {};
}

// The addressees are named, and so it is theirs; where there are none it goes to all who have a part in what is held.
Status CustomsFollower::tell_hold(const json::object& step) {
  auto hold = TRY(holds_.find(text_of(step, "hold")));
  if (!hold) return {};
  std::vector<NamedParty> addressees;
  for (const PartyId& party : hold->addressees)
    if (const auto identifier = TRY(identifier_of(party))) addressees.push_back({"MR", *identifier, ""});
  const auto tell_of = [&](const filing::Hold& as_then, filing::HoldStep what) {
    std::vector<Event> events = filing::hold_events(as_then, what);
    for (Event& event : events) {
      event.parties = addressees;
      const Place point = gateway::land::control_point(event.place.name);
      if (!point.empty()) event.place = point;
    }
    return enter(events, hold->authority);
  };
  TRY_OK(tell_of(*hold, filing::HoldStep::placed));
  filing::Hold as_then = *hold;
  as_then.acknowledgements.clear();
  for (const filing::Acknowledgement& acknowledgement : hold->acknowledgements) {
    as_then.acknowledgements.push_back(acknowledgement);
    TRY_OK(tell_of(as_then, filing::HoldStep::acknowledged));
  }
  return hold->stands() ? Status() : tell_of(*hold, filing::HoldStep::released);
}

Result<std::unique_ptr<CustomsFollower::Subject>> CustomsFollower::subject_of(const filing::Filing& filing) {
  const auto consignment = TRY(book_.find_consignment(filing.consignment));
  if (!consignment) return nullptr;
  auto record = TRY(book_.version_of(filing.consignment, filing.record_version));
  auto subject = std::make_unique<Subject>(Subject{record ? std::move(*record) : consignment->record, {}});
  subject->of.record = &subject->record;
  subject->of.regime = regimes_.find(filing.key.regime);
  subject->of.declarant = TRY(identifier_of(filing.party));
  std::vector<PartyId> others = {consignment->owner};
  for (const filing::Participant& participant : consignment->participants) others.push_back(participant.party);
  for (const PartyId& party : others)
    if (const auto identifier = TRY(identifier_of(party))) subject->of.recipients.push_back(*identifier);
  return subject;
}

// Its own, or PARTY:ID for one that has none: that it is called so is written with the events that name it.
Result<std::optional<PartyIdentifier>> CustomsFollower::identifier_of(const PartyId& party) {
  const auto known = registry_.party(party);
  if (!known && known.error().code != Code::not_found) return std::unexpected(known.error());
  if (!known) return std::nullopt;
  if (!known->identifiers.empty()) return known->identifiers.front();
  PartyIdentifier identifier{"PARTY", to_upper(party)};
  names_[access::name_key(name_hash(identifier))] = party;
  return identifier;
}

Status CustomsFollower::enter(const std::vector<Event>& events, const PartyId& sender) {
  for (size_t begin = 0; begin < events.size(); begin += kEventsPerBatch) {
    store::Batch batch;
    for (size_t i = begin; i < std::min(events.size(), begin + kEventsPerBatch); ++i)
      batch.entries.push_back(intake::event_entry(events[i], sender, env_.now_us()));
    for (const auto& [key, party] : names_) batch.state.push_back({key, party, std::nullopt});
    TRY(store_.commit_and_wait(std::move(batch)));
    names_.clear();
  }
  return {};
}

}  // namespace fairway::exchange
