#include "gateway/air/claims.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::gateway::air {
namespace {

std::string key_of(const NamedParty& party) { return party.role + "\n" + party.identifier.key() + "\n" + party.name; }

// A UUID from what is said, so that the same message gives the same events.
std::string identity_of(Event event, std::string_view sender, bool time_of_receipt) {
  event.id.clear();
  event.created.reset();
  if (time_of_receipt) event.occurred = {};
  return uuid_from_digest(sha256(std::string(sender) + "\n" + content_digest(event)));
}

}  // namespace

std::optional<Reference> Claims::reference(ReferenceKind kind, std::string_view raw, const Origin& at) {
  if (trim(raw).empty()) return std::nullopt;
  auto made = Reference::make(kind, raw);
  if (!made) {
    note(Severity::warning, "bad_reference", made.error().text(), at);
    return std::nullopt;
  }
  if (known_references_.insert(made->key()).second) {
    out_.references.push_back(*made);
    if (made->check() == ReferenceCheck::wrong_check_digit)
      note(Severity::warning, "wrong_check_digit", "The check digit of " + made->value() + " is wrong; kept as sent.", at);
    if (made->check() == ReferenceCheck::unusual_form)
      note(Severity::info, "unusual_reference", made->value() + " has not the form of its standard; kept as sent.", at);
  }
  return *std::move(made);
}

void Claims::add_reference(std::vector<Reference>& references, ReferenceKind kind, std::string_view raw, const Origin& at) {
  auto made = reference(kind, raw, at);
  if (!made || std::ranges::find(references, *made) != references.end()) return;
  if (references.size() >= limits::kReferencesPerEventMax)
    return note_once(Severity::warning, "too_many_references", "An event has more references than it can carry; the rest was left out.",
                     at);
  references.push_back(*std::move(made));
}

void Claims::add_party(NamedParty party) { add_party(parties_, std::move(party)); }

void Claims::add_party(std::vector<NamedParty>& parties, NamedParty party) {
  if (party.identifier.value.empty() && party.name.empty()) return;
  party.name = legible(party.name, limits::kIdentifierBytesMax);
  if (parties.size() >= limits::kReferencesPerEventMax || std::ranges::find(parties, party) != parties.end()) return;
  if (known_parties_.insert(key_of(party)).second) out_.parties.push_back(party);
  parties.push_back(std::move(party));
}

void Claims::state(Event event, const Origin& at, bool time_of_receipt) {
  std::vector<NamedParty> parties = parties_;
  for (NamedParty& party : event.parties)
    if (std::ranges::find(parties, party) == parties.end()) parties.push_back(std::move(party));
  event.parties = std::move(parties);
  event.source = {};
  event.id = identity_of(event, out_.interchange_sender, time_of_receipt);
  event.source.format = out_.format;
  event.source.type = out_.type;
  event.source.interchange = out_.interchange;
  event.source.message = out_.message;
  event.source.document = out_.document;
  event.source.segment = at.segment;
  event.source.offset = at.offset;
  if (!stated_.insert(event.id).second) return;
  if (const Status valid = validate(event); !valid) return note(Severity::error, "event_refused", valid.error().text(), at);
  out_.events.push_back(std::move(event));
}

void Claims::note(Severity severity, std::string_view code, std::string message, const Origin& at) {
  report(out_, {severity, prefix_ + "." + std::string(code), std::move(message), at.segment, at.position, at.offset});
}

void Claims::note_once(Severity severity, std::string_view code, std::string message, const Origin& at) {
  if (said_.insert(std::string(code)).second) note(severity, code, std::move(message), at);
}

}  // namespace fairway::gateway::air
