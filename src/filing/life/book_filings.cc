#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "filing/life/kept.h"
#include "filing/life/keys.h"
#include "filing/life/standing.h"
#include "filing/lodge/letter.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kList = "filings";

// The consignment is expected to stay at this version while the batch is written: what is filled from it now, and what it marks stale when
// it changes, cannot pass each other.
Status expect_consignment(store::Snapshot& snapshot, store::Batch& batch, Filing& filing) {
  const std::string key = consignment_key(filing.consignment);
  const auto kept = is_id(filing.consignment) ? TRY(snapshot.state(key)) : std::nullopt;
  if (!kept) return not_there("consignment", filing.consignment);
  const json::value parsed = TRY(parse_json(kept->value));
  const json::object* object = parsed.if_object();
  const auto now = static_cast<uint64_t>(object == nullptr ? 0 : integer_of(*object, "recordVersion").value_or(0));
  if (filing.record_version < now) filing.stale = true;
  batch.state.push_back({key, kept->value, kept->version});
  return {};
}

Status claim_form(store::Snapshot& snapshot, store::Batch& batch, const Filing& filing) {
  const std::string key = form_key(filing.consignment, filing.key);
  const auto taken = TRY(snapshot.state(key));
  if (taken) {
    const auto other = TRY(read_filing(snapshot, taken->value));
    if (other && other->state != State::cancelled)
      return fail(Code::conflict, "the consignment has a filing of this form", other->id, "go on with that one, or cancel it first");
  }
  batch.state.push_back({key, filing.id, taken ? taken->version : 0});
  return {};
}

bool has_key(const store::Batch& batch, std::string_view key) {
  return std::ranges::any_of(batch.state, [&](const store::StateWrite& write) { return write.key == key; });
}

// The letters of what was ordered, and out with those of what the authority has.
Status put_letters(store::Batch& batch, const Filing& before, const Filing& after, const Book::LetterWriter& write_letter) {
  for (size_t i = 0; i < after.lodgements.size(); ++i) {
    const Lodgement& lodgement = after.lodgements[i];
    const std::string key = outbox_key(after.authority, lodgement.id);
    if (i >= before.lodgements.size()) {
      if (!write_letter) return fail(Code::unsupported, "this server lodges nothing", after.authority);
      batch.state.push_back({key, to_json(TRY(write_letter(after, lodgement))), 0});
    } else if (before.lodgements[i].sent_us == 0 && lodgement.sent_us != 0 && !has_key(batch, key)) {
      batch.state.push_back({key, std::nullopt, std::nullopt});
    }
  }
  return {};
}

Result<std::optional<Filing>> read_named(store::Store& store, const std::string& key) {
  const auto snapshot = TRY(store.snapshot());
  const auto id = TRY(snapshot->state(key));
  if (!id) return std::nullopt;
  return read_filing(*snapshot, id->value);
}

}  // namespace

Result<Filing> Book::add(Filing filing, std::string_view person) {
  if (filing.party.empty()) return fail(Code::invalid, "a filing is somebody's");
  filing.id = "fil_" + random_id(env_, kIdCharacters);
  filing.confirmations.clear(), filing.lodgements.clear(), filing.answers.clear();
  filing.lodged.reset(), filing.offered.reset(), filing.bundle.clear(), filing.number.clear();
  filing.paid = filing.stale = false;
  filing.standing = State::draft;
  filing.state = work_state(filing);
  filing.version = 0;
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    filing.created_us = filing.changed_us = env_.now_us();
    store::Batch batch;
    TRY_OK(expect_consignment(*snapshot, batch, filing));
    TRY_OK(claim_form(*snapshot, batch, filing));
    const std::string prefix = filings_of_prefix(filing.consignment);
    const size_t others = TRY(snapshot->state_scan(prefix, "", limits::kFilingsPerConsignmentMax)).size();
    if (others >= limits::kFilingsPerConsignmentMax)
      return fail(Code::too_large, "the consignment has too many filings", std::to_string(others));
    batch.state.push_back({prefix + filing.id, "", std::nullopt});
    batch.state.push_back({list_key(kList, filing.party, filing.created_us, filing.id), "", std::nullopt});
    TRY_OK(put_filing(*snapshot, batch, {nullptr, filing, "drafted", person, filing.created_us}));
    if (!TRY(commit_or_conflict(store_, std::move(batch), attempt))) continue;
    filing.version = 1;
    return filing;
  }
}

Result<Filing> Book::step(std::string_view id, std::string_view what, std::string_view person, const std::function<Status(Filing&)>& step,
                          std::span<const store::StateWrite> with) {
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    const auto before = TRY(read_filing(*snapshot, id));
    if (!before) return not_there("filing", id);
    Filing after = *before;
    TRY_OK(step(after));
    store::Batch batch;
    batch.state.assign(with.begin(), with.end());
    const bool has_changed = to_json(after) != to_json(*before);
    if (has_changed) {
      const bool is_filled_anew = after.record_version != before->record_version || after.draft.digest() != before->draft.digest();
      if (is_filled_anew || (before->stale && !after.stale)) TRY_OK(expect_consignment(*snapshot, batch, after));
      TRY_OK(put_letters(batch, *before, after, write_letter_));
      TRY_OK(put_filing(*snapshot, batch, {&*before, after, what, person, env_.now_us()}));
    }
    if (batch.state.empty()) return after;
    if (!TRY(commit_or_conflict(store_, std::move(batch), attempt))) continue;
    if (has_changed) after.version = before->version + 1;
    return after;
  }
}

Result<std::optional<Filing>> Book::find_filing(std::string_view id) { return read_filing(*TRY(store_.snapshot()), id); }

Result<std::optional<Filing>> Book::find_by_lodgement(std::string_view lodgement) {
  if (!is_id(lodgement)) return std::nullopt;
  return read_named(store_, lodgement_key(lodgement));
}

Result<std::optional<Filing>> Book::find_by_number(std::string_view authority, std::string_view number) {
  if (!is_id(authority) || number.empty()) return std::nullopt;
  return read_named(store_, number_key(authority, number));
}

Result<std::vector<Filing>> Book::filings_of(std::string_view consignment) { return read_filings_of(*TRY(store_.snapshot()), consignment); }

Result<PageOf<Filing>> Book::filings(const PartyId& party, std::string_view after, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  PageOf<Filing> page;
  std::string last;
  TRY_OK(walk_list(*snapshot, kList, party, after, [&](std::string_view name, std::string_view id) -> Result<bool> {
    if (page.items.size() == std::min(limit, limits::kFilingsPageSizeMax)) {
      page.next = last;
      return false;
    }
    auto filing = TRY(read_filing(*snapshot, id));
    if (!filing) return fail(Code::internal, "a listed filing is not there", std::string(id));
    page.items.push_back(std::move(*filing));
    last = name;
    return true;
  }));
  return page;
}

}  // namespace fairway::filing
