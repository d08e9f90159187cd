#include "intake/claims.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "intake/plan.h"

namespace fairway::intake {
namespace {

// A claim told more often than this begins anew: what was told is retracted, so that its state stays small.
constexpr size_t kTellingsMax = 32;
constexpr size_t kDigestBytes = 16;

Instant instant_of(int64_t micros) {
  Instant instant;
  instant.micros = micros;
  return instant;
}

}  // namespace

std::string Claims::key_of(std::string_view identity) const {
  return "claim/" + sender_ + "/" + to_hex(sha256(identity).substr(0, kDigestBytes));
}

Claims::Known& Claims::known(const std::string& key) {
  const auto [found, fresh] = known_.try_emplace(key);
  Known& known = found->second;
  if (!fresh) return known;
  const auto state = stored_.state(key);
  if (!state) return known;
  known.version = state->version;
  const auto parsed = parse_json(state->value);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr) return known;
  known.told = true;
  known.written_us = integer_of(*object, "writtenUs").value_or(0);
  known.withdrawn = truth_of(*object, "withdrawn").value_or(false);
  if (const json::array* tellings = array_of(*object, "tellings"))
    for (const json::value& id : *tellings)
      if (const json::string* text = id.if_string()) known.tellings.emplace_back(text->data(), text->size());
  return known;
}

std::optional<Event> Claims::find(const std::string& id) const {
  const auto now = told_now_.find(id);
  return now != told_now_.end() ? std::optional(now->second) : stored_.event(event_identity(sender_, id));
}

void Claims::withdraw(Known& known, int64_t written_us, std::vector<Event>& events) {
  for (const std::string& id : known.tellings) {
    std::optional<Event> told = find(id);
    if (!told) continue;
    told->id = uuid_from_digest(sha256("withdrawn\n" + id));
    told->amendment = Amendment::retraction;
    told->amends = id;
    told->created = instant_of(written_us);
    events.push_back(std::move(*told));
  }
  known.tellings.clear();
}

Telling Claims::tell(const gateway::Claim& claim, std::optional<Event> event, int64_t received_us) {
  Known& known = this->known(key_of(claim.identity));
  const int64_t written_us = claim.written_us != 0 ? claim.written_us : received_us;
  Telling telling;
  const bool again = known.told && written_us == known.written_us;
  telling.superseded = (known.told && written_us < known.written_us) || (again && known.withdrawn);
  if (telling.superseded) return telling;
  if (claim.withdrawn) {
    withdraw(known, written_us, telling.events);
  } else if (again && !known.tellings.empty() && known.tellings.back() == event->id) {
    // As it was told before, unless the sender says two things at one time: the store knows by its digest.
    if (const auto before = find(event->id)) event->amendment = before->amendment, event->amends = before->amends;
    telling.events.push_back(std::move(*event));
    return telling;
  } else {
    if (known.tellings.size() >= kTellingsMax) withdraw(known, written_us, telling.events);
    if (!known.tellings.empty()) event->amendment = Amendment::correction, event->amends = known.tellings.back();
    known.tellings.push_back(event->id);
    told_now_.insert_or_assign(event->id, *event);
    telling.events.push_back(std::move(*event));
  }
  known.told = true;
  known.written_us = written_us;
  known.withdrawn = claim.withdrawn;
  telling.changes = true;
  return telling;
}

void Claims::save(std::string_view identity, store::Batch& batch, size_t batch_number) {
  const std::string key = key_of(identity);
  Known& known = this->known(key);
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("writtenUs", known.written_us).member("withdrawn", known.withdrawn).key("tellings").begin_array();
  for (const std::string& id : known.tellings) json.value(id);
  json.end_array().end_object();
  if (known.batch_number == batch_number) {
    batch.state[known.write].value = std::move(text);
    return;
  }
  known.batch_number = batch_number;
  known.write = batch.state.size();
  batch.state.push_back({key, std::move(text), known.version});
  ++known.version;
}

}  // namespace fairway::intake
