#include "filing/life/kept.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_writer.h"
#include "base/limits.h"
#include "filing/life/json_parts.h"
#include "filing/life/keys.h"

namespace fairway::filing {
namespace {

constexpr size_t kPage = 200;

void append_answer(JsonWriter& writer, const Answer& answer) {
  writer.begin_object().member("id", answer.id).member("status", answer.status).optional_member("number", answer.number);
  writer.optional_member("lodgement", answer.lodgement).member("at", answer.at_us);
  if (answer.contradicts) writer.member("contradicts", true);
  writer.end_object();
}

void append_lodgement(JsonWriter& writer, const Lodgement& one) {
  writer.begin_object().member("id", one.id).member("kind", name(one.kind)).member("by", one.by).member("digest", one.digest).end_object();
}

// Who stands for which group from now on. The person's name is not in the log.
void append_confirmations(JsonWriter& writer, const FilingChange& change) {
  const auto is_in = [](const Filing* filing, const GroupConfirmation& wanted) {
    return filing != nullptr && std::ranges::any_of(filing->confirmations, [&](const GroupConfirmation& one) {
             return one.group == wanted.group && one.digest == wanted.digest && one.person == wanted.person && one.at_us == wanted.at_us;
           });
  };
  writer.key("confirmed").begin_array();
  for (const GroupConfirmation& one : change.after.confirmations)
    if (!is_in(change.before, one))
      writer.begin_object().member("group", one.group).member("person", one.person).member("digest", one.digest).end_object();
  writer.end_array();
  writer.key("undone").begin_array();
  if (change.before != nullptr)
    for (const GroupConfirmation& one : change.before->confirmations)
      if (!is_in(&change.after, one)) writer.value(one.group);
  writer.end_array();
}

store::NewEntry entry_of(const FilingChange& change) {
  const Filing& after = change.after;
  store::NewEntry entry;
  entry.kind = EntryKind::filing;
  entry.party = after.party;
  entry.received_us = change.now_us;
  entry.terms = {{filing_key(after.id), std::string(change.what)}, {"filings-of/" + after.consignment, after.id}};
  JsonWriter writer(entry.body);
  writer.begin_object().member("filing", after.id).member("consignment", after.consignment).member("form", after.key.text());
  writer.member("action", change.what).optional_member("person", change.person).member("state", name(after.state));
  writer.member("standing", name(after.standing)).member("recordVersion", after.record_version).member("stale", after.stale);
  writer.optional_member("bundle", after.bundle).member("digest", after.draft.digest());
  append_confirmations(writer, change);
  writer.key("lodgements").begin_array();
  for (size_t i = change.before == nullptr ? 0 : change.before->lodgements.size(); i < after.lodgements.size(); ++i)
    append_lodgement(writer, after.lodgements[i]);
  writer.end_array().key("answers").begin_array();
  for (size_t i = change.before == nullptr ? 0 : change.before->answers.size(); i < after.answers.size(); ++i)
    append_answer(writer, after.answers[i]);
  writer.end_array().optional_member("number", after.number).member("paid", after.paid).end_object();
  return entry;
}

Status put_indexes(store::Snapshot& snapshot, store::Batch& batch, const FilingChange& change) {
  const Filing& after = change.after;
  for (size_t i = change.before == nullptr ? 0 : change.before->lodgements.size(); i < after.lodgements.size(); ++i)
    batch.state.push_back({lodgement_key(after.lodgements[i].id), after.id, 0});
  if (after.number.empty() || (change.before != nullptr && change.before->number == after.number)) return {};
  // A number that is another filing's already stays that one's.
  const std::string key = number_key(after.authority, after.number);
  if (!TRY(snapshot.state(key))) batch.state.push_back({key, after.id, std::nullopt});
  return {};
}

}  // namespace

std::string to_json(const Consignment& consignment) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", consignment.id).member("owner", consignment.owner).optional_member("reference", consignment.reference);
  writer.member("recordVersion", consignment.record_version).key("participants").begin_array();
  for (const Participant& one : consignment.participants) {
    writer.begin_object().member("party", one.party);
    append_texts(writer, "regimes", one.regimes);
    writer.member("edits", one.edits).end_object();
  }
  writer.end_array();
  append_references(writer, "follows", consignment.follows);
  writer.member("created", consignment.created_us).member("changed", consignment.changed_us).end_object();
  return out;
}

Result<std::optional<Consignment>> read_consignment(store::Snapshot& snapshot, const Schema& schema, std::string_view id) {
  if (!is_id(id)) return std::nullopt;
  const auto found = TRY(snapshot.state(consignment_key(id)));
  if (!found) return std::nullopt;
  const json::value parsed = TRY(parse_json(found->value));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "a consignment is not as it should be", std::string(id));
  const auto record_version = static_cast<uint64_t>(integer_of(*object, "recordVersion").value_or(1));
  const auto record = TRY(snapshot.state(record_key(id, record_version)));
  if (!record) return fail(Code::internal, "a version of a consignment is not there", std::string(id));
  Consignment consignment{.id = std::string(id),
                          .owner = std::string(text_of(*object, "owner")),
                          .reference = std::string(text_of(*object, "reference")),
                          .record_version = record_version,
                          .record = TRY(record_from_json(schema, record->value)),
                          .participants = {},
                          .follows = TRY(references_in(*object, "follows")),
                          .created_us = integer_of(*object, "created").value_or(0),
                          .changed_us = integer_of(*object, "changed").value_or(0),
                          .version = found->version};
  TRY_OK(each_object(*object, "participants", [&](const json::object& item) -> Status {
    consignment.participants.push_back(
        {std::string(text_of(item, "party")), texts_in(item, "regimes"), truth_of(item, "edits").value_or(false)});
    return {};
  }));
  return consignment;
}

Result<std::optional<Filing>> read_filing(store::Snapshot& snapshot, std::string_view id) {
  if (!is_id(id)) return std::nullopt;
  const auto found = TRY(snapshot.state(filing_key(id)));
  if (!found) return std::nullopt;
  Filing filing = TRY(filing_from_json(found->value));
  filing.version = found->version;
  return filing;
}

Result<std::vector<Filing>> read_filings_of(store::Snapshot& snapshot, std::string_view consignment) {
  std::vector<Filing> filings;
  if (!is_id(consignment)) return filings;
  const std::string prefix = filings_of_prefix(consignment);
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(prefix, after, kPage));
    for (const auto& [key, unused] : page) {
      auto filing = TRY(read_filing(snapshot, std::string_view(key).substr(prefix.size())));
      if (!filing) return fail(Code::internal, "a listed filing is not there", key);
      filings.push_back(std::move(*filing));
    }
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  std::ranges::stable_sort(filings, {}, &Filing::created_us);
  return filings;
}

Status put_filing(store::Snapshot& snapshot, store::Batch& batch, const FilingChange& change) {
  std::string text = to_json(change.after);
  if (text.size() > limits::kFilingBytesMax)
    return fail(Code::too_large, "the filing is too large", fmt::format("{} bytes", text.size()),
                fmt::format("at most {}", limits::kFilingBytesMax));
  batch.state.push_back({filing_key(change.after.id), std::move(text), change.before == nullptr ? 0 : change.before->version});
  batch.entries.push_back(entry_of(change));
  return put_indexes(snapshot, batch, change);
}

Result<bool> commit_or_conflict(store::Store& store, store::Batch batch, int attempt) {
  const Result<store::Receipt> receipt = store.commit_and_wait(std::move(batch));
  if (receipt) return true;
  if (receipt.error().code == Code::conflict && attempt < kTries) return false;
  return std::unexpected(receipt.error());
}

}  // namespace fairway::filing
