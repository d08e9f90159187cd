#include "intake/plan.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/epcis/kept.h"
#include "journey/index.h"

namespace fairway::intake {
namespace {

constexpr size_t kBatchBytesMax = 4u << 20;    // past it a new batch begins, so that one sender does not hold up the others
constexpr size_t kPlainIdentityBytesMax = 96;  // longer ids are kept by their hash
constexpr size_t kDigestBytes = 16;
constexpr size_t kStateBytes = 2048;  // about what is known of a claim

std::string message_identity(const PartyId& sender, std::string_view identity) {
  return "m/" + sender + "/" + sha256(identity).substr(0, kDigestBytes);
}

void write_named_parties(JsonWriter& writer, const std::vector<NamedParty>& parties) {
  writer.key("parties").begin_array();
  for (const NamedParty& party : parties) {
    writer.begin_object().member("role", party.role).optional_member("scheme", party.identifier.scheme);
    writer.optional_member("code", party.identifier.value).optional_member("name", party.name).end_object();
  }
  writer.end_array();
}

// The message as the log keeps it (docs/reference/log.md): its envelope, what it names, and its own text as evidence.
std::string message_body(const gateway::DecodedMessage& m) {
  std::string out;
  out.reserve(m.text.size() + 1024);
  JsonWriter writer(out);
  writer.begin_object().member("format", m.format).member("type", m.type).optional_member("sender", m.interchange_sender);
  writer.optional_member("recipient", m.interchange_recipient).optional_member("interchange", m.interchange);
  writer.optional_member("message", m.message).optional_member("document", m.document).optional_member("hash", m.hash);
  writer.member("offset", m.offset).member("length", m.length);
  writer.key("references").begin_array();
  for (const Reference& reference : m.references) writer.value(reference.key());
  writer.end_array();
  write_named_parties(writer, m.parties);
  const bool fits = m.text.size() < limits::kEntryBodyBytesMax / 2;  // escaping may double it
  if (fits) writer.member("text", m.text);
  writer.member("textKept", fits).end_object();
  return out;
}

Error clash(const Event& event) {
  return {Code::conflict, "another event with this id says something else", event.id,
          "send a new event with correctsEventID set to this id, or give it an id of its own"};
}

Error not_understood(const gateway::DecodedMessage& message) {
  for (const gateway::Diagnostic& d : message.diagnostics)
    if (d.severity == gateway::Severity::error)
      return {Code::invalid, d.message, d.position, "see the diagnostics; nothing of this message was kept"};
  return {Code::invalid, "nothing of this message was understood", message.type, "see the diagnostics"};
}

}  // namespace

std::string event_identity(const PartyId& sender, std::string_view id) {
  std::string identity = "e/" + sender + "/";
  identity += id.size() <= kPlainIdentityBytesMax ? std::string(id) : to_hex(sha256(id));
  return identity;
}

PlannedBatch& Plan::batch_for(size_t bytes) {
  if (batches_.empty() || batches_.back().batch.entries.size() >= limits::kEntriesPerBatchMax ||
      batches_.back().bytes + bytes > kBatchBytesMax) {
    batches_.emplace_back();
    ++batches_begun_;
  }
  batches_.back().bytes += bytes;
  return batches_.back();
}

void Plan::place(store::NewEntry entry, Slot slot) {
  PlannedBatch& planned = batch_for(entry.body.size() + 256);
  planned.batch.entries.push_back(std::move(entry));
  planned.slots.push_back(slot);
}

store::NewEntry event_entry(const Event& event, const PartyId& sender, int64_t received_us, std::span<const Reference> amended) {
  store::NewEntry entry;
  entry.kind = EntryKind::event;
  entry.party = sender;
  entry.received_us = received_us;
  WrittenEvent written = write_event(event);
  entry.body = std::move(written.json);
  entry.terms = journey::terms_of(event, sender, amended);
  for (std::string& key : gateway::epcis::index_keys(event)) entry.terms.push_back({std::move(key), {}});
  entry.identity = event_identity(sender, event.id);
  entry.digest = written.digest.substr(0, kDigestBytes);
  return entry;
}

void Plan::place_event(const Event& event, Slot slot) {
  // What an amendment concerns may stand under references that it names otherwise, or not at all.
  std::vector<Reference> amended;
  if (event.amendment != Amendment::none)
    if (const auto before = claims_.find(event.amends)) amended = before->references;
  store::NewEntry entry = event_entry(event, sender_, received_us_, amended);
  digests_[slot.message][slot.event] = entry.digest;
  place(std::move(entry), slot);
}

// What is known of the claim from then on stands in one batch with the telling.
void Plan::add_telling(gateway::DecodedMessage message) {
  const auto index = static_cast<uint32_t>(outcome_.messages.size());
  MessageFate fate{message.format, message.type, message.interchange, message.message, message.document};
  fate.fate = Fate::accepted;
  auto event = message.events.empty() ? std::nullopt : std::optional(std::move(message.events.front()));
  const Telling telling = claims_.tell(message.claim, std::move(event), received_us_);
  digests_.emplace_back(telling.events.size());
  derived_.emplace_back();
  fate.events.resize(telling.events.size());
  if (telling.superseded) {
    fate.fate = Fate::repeated;
    gateway::report(message, {gateway::Severity::info, "claim.superseded", "a later telling of this is known; nothing has changed", 0, "",
                              message.offset});
  } else {
    for (uint32_t i = 0; i < telling.events.size(); ++i) {
      fate.events[i].id = telling.events[i].id;
      place_event(telling.events[i], {index, i});
    }
    if (telling.changes) {
      PlannedBatch& planned = telling.events.empty() ? batch_for(kStateBytes) : batches_.back();
      claims_.save(message.claim.identity, planned.batch, batches_begun_);
    }
  }
  fate.diagnostics = std::move(message.diagnostics);
  outcome_.messages.push_back(std::move(fate));
}

void Plan::add(gateway::DecodedMessage message) {
  if (message.ok && !message.claim.identity.empty() && (message.claim.withdrawn || message.events.size() == 1))
    return add_telling(std::move(message));
  const auto index = static_cast<uint32_t>(outcome_.messages.size());
  MessageFate fate{message.format, message.type, message.interchange, message.message, message.document};
  const bool derived = !message.identity.empty();  // the ids of its events are the gateway's
  const bool keeps_message = derived && message.is_kept;
  const bool understood = !message.events.empty() || (message.ok && derived);
  fate.fate = understood ? (message.ok ? Fate::accepted : Fate::partly) : Fate::refused;
  if (!understood) fate.problem = not_understood(message);
  fate.events.resize(understood ? message.events.size() : 0);
  digests_.emplace_back(fate.events.size());
  derived_.emplace_back();

  if (understood && keeps_message) {
    store::NewEntry entry;
    entry.kind = EntryKind::message;
    entry.party = sender_;
    entry.received_us = received_us_;
    entry.body = message_body(message);
    entry.identity = message_identity(sender_, message.identity);
    place(std::move(entry), {index, Slot::kMessageItself});
  }
  for (uint32_t i = 0; i < fate.events.size(); ++i) {
    fate.events[i].id = message.events[i].id;
    place_event(message.events[i], {index, i});
  }
  if (understood && keeps_message) derived_.back() = std::move(message.events);
  fate.diagnostics = std::move(message.diagnostics);
  outcome_.messages.push_back(std::move(fate));
}

std::vector<PlannedBatch> Plan::take_batches() { return std::exchange(batches_, {}); }

void Plan::settle(std::span<const Slot> slots, const store::Receipt& receipt) {
  for (size_t i = 0; i < slots.size(); ++i) {
    const Slot slot = slots[i];
    const store::Appended& appended = receipt.entries[i];
    MessageFate& message = outcome_.messages[slot.message];
    if (slot.event == Slot::kMessageItself) {
      message.entry = appended.position;
      if (!appended.fresh && message.fate == Fate::accepted) message.fate = Fate::repeated;
    } else {
      settle_event(message.events[slot.event], slot, appended);
    }
  }
}

void Plan::settle_event(EventFate& fate, Slot slot, const store::Appended& appended) {
  const std::string& digest = digests_[slot.message][slot.event];
  const auto& derived = derived_[slot.message];
  if (appended.fresh || appended.digest == digest) {
    fate.entry = appended.position;
    fate.fate = appended.fresh ? Fate::accepted : Fate::repeated;
  } else if (!derived.empty()) {
    restate(slot, derived[slot.event], digest);
  } else {
    Event named;
    named.id = fate.id;
    fate.problem = clash(named);
    fate.fate = Fate::refused;
  }
}

// The sender tells the same happening again with other details (a weight, a seal): that corrects what it told before.
void Plan::restate(Slot slot, const Event& event, std::string_view digest) {
  Event correction = event;
  correction.id = uuid_from_digest(sha256(event.id + std::string(digest)));
  correction.amendment = Amendment::correction;
  correction.amends = event.id;
  outcome_.messages[slot.message].events[slot.event].id = correction.id;
  place_event(correction, slot);
}

Outcome Plan::finish() {
  for (MessageFate& message : outcome_.messages) {
    const auto is = [](Fate fate) { return [fate](const EventFate& event) { return event.fate == fate; }; };
    if (!message.events.empty()) {
      if (std::ranges::all_of(message.events, is(Fate::refused))) {
        message.fate = Fate::refused;
        message.problem = message.events.front().problem;
      } else if (std::ranges::any_of(message.events, is(Fate::refused))) {
        message.fate = Fate::partly;
      } else if (message.fate == Fate::accepted && std::ranges::all_of(message.events, is(Fate::repeated)) && message.entry == 0) {
        message.fate = Fate::repeated;
      }
    }
    outcome_.accepted += message.fate == Fate::accepted || message.fate == Fate::partly;
    outcome_.repeated += message.fate == Fate::repeated;
    outcome_.refused += message.fate == Fate::refused;
  }
  return std::move(outcome_);
}

}  // namespace fairway::intake
