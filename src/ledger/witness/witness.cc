#include "ledger/witness/witness.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/log.h"
#include "ledger/witness/signed_by.h"

namespace fairway::ledger::witness {
namespace {

constexpr size_t kRecentMax =
    4'096;  // trees of one log that are remembered for has_cosigned(): a while of those that an anchor may ask for
constexpr std::string_view kSizeType = "text/x.tlog.size";
constexpr std::string_view kNoteType = "text/plain; charset=utf-8";

http::Response plain(int status, std::string_view type, std::string body) {
  http::Response response;
  response.status = status;
  response.content_type = type;
  response.body = std::move(body);
  return response;
}

}  // namespace

Result<std::unique_ptr<Witness>> Witness::open(const std::string& folder, std::unique_ptr<const Signer> signer,
                                               const std::vector<FollowedLog>& logs, Env& env) {
  std::unique_ptr<Witness> witness(new Witness(std::move(signer), env));
  std::vector<std::string> origins;
  for (const FollowedLog& log : logs) {
    auto& followed = witness->logs_[log.origin];
    if (!followed) {
      followed = std::make_unique<Followed>();
      followed->log.origin = log.origin;
      origins.push_back(log.origin);
    }
    followed->log.keys.insert(followed->log.keys.end(), log.keys.begin(), log.keys.end());
  }
  if (origins.empty()) return fail(Code::invalid, "a witness follows at least one log", {}, "--log VKEY");
  if (origins.size() > limits::kWitnessLogsMax)
    return fail(Code::too_large, "a witness follows at most " + std::to_string(limits::kWitnessLogsMax) + " logs");
  witness->memory_ = TRY(Memory::open(folder, std::move(origins)));
  for (auto& [origin, followed] : witness->logs_) {
    followed->record = TRY(witness->memory_->load(origin));
    if (!followed->record.note.empty()) followed->recent.push_back(followed->record.seen);
    witness->by_hex_.emplace(origin_hex(origin), followed.get());
  }
  return witness;
}

Witness::Followed* Witness::find(std::string_view note) {
  const auto found = logs_.find(note.substr(0, note.find('\n')));
  return found == logs_.end() ? nullptr : found->second.get();
}

http::Response Witness::add_checkpoint(std::string_view body) {
  const auto request = add_checkpoint_from(body);
  if (!request) return http::problem(request.error());
  Followed* followed = find(request->note);
  if (followed == nullptr) return http::problem(fail(Code::not_found, "this log is not followed here").error());
  const auto claim = claim_from(followed->log, request->note);
  const std::scoped_lock lock(followed->mutex);
  if (!claim) return refuse(*followed, claim.error());
  if (const auto verdict = judge(*claim, *request, followed->record.seen); !verdict) return refuse(*followed, verdict.error());
  return cosign(*followed, *claim, *request);
}

// A signature is made before the record of it, so that the record holds it, and leaves after.
http::Response Witness::cosign(Followed& followed, const Claim& claim, const AddCheckpoint& request) {
  const auto signature = signer_->sign(claim.text, static_cast<uint64_t>(env_.now_us() / 1'000'000));
  if (!signature) return http::problem(signature.error());
  const std::string line = signature_line(*signature);
  const Record next{{claim.checkpoint.size, claim.checkpoint.root}, claim.text + "\n" + claim.log_signatures + line};
  const bool is_repeat = next.seen == followed.record.seen && !followed.record.note.empty();
  if (!is_repeat) {
    if (const Status kept = memory_->record(followed.log.origin, next); !kept) {
      log::error("{}", kept.error().text());
      return http::problem(kept.error());
    }
    followed.recent.push_back(next.seen);
    if (followed.recent.size() > kRecentMax) followed.recent.pop_front();
    log::debug("cosigned {} from size {} to {}", followed.log.origin, request.old_size, next.seen.size);
  }
  followed.record = next;
  ++followed.cosigned;
  return plain(200, kNoteType, line);
}

http::Response Witness::refuse(Followed& followed, const Refused& refused) const {
  ++followed.refused;
  const uint64_t size = followed.record.seen.size;
  log::write(refused.suspicious ? log::Level::warn : log::Level::debug,
             fmt::format("refused a checkpoint of {} ({}): {}; cosigned last: size {}", followed.log.origin, static_cast<int>(refused.why),
                         refused.message, size));
  if (refused.why == Refusal::not_from_here) return plain(409, kSizeType, std::to_string(size) + "\n");
  return http::problem(static_cast<int>(refused.why), Error{Code::invalid, refused.message, {}, {}});
}

Result<std::string> Witness::checkpoint(std::string_view origin_hex) const {
  const auto found = by_hex_.find(origin_hex);
  if (found == by_hex_.end()) return fail(Code::not_found, "this log is not followed here");
  const std::scoped_lock lock(found->second->mutex);
  if (found->second->record.note.empty()) return fail(Code::not_found, "nothing of this log has been cosigned yet");
  return found->second->record.note;
}

Status Witness::has_cosigned(std::string_view origin, const Seen& tree, std::string_view text) const {
  const auto found = logs_.find(origin);
  if (found == logs_.end()) return fail(Code::not_found, "this log is not followed here");
  {
    const std::scoped_lock lock(found->second->mutex);
    const std::deque<Seen>& recent = found->second->recent;
    if (std::ranges::find(recent, tree) != recent.end()) return {};
  }
  if (text.empty()) return fail(Code::forbidden, "this witness has not cosigned that tree", {}, "send the cosigned checkpoint along");
  const Note note = TRY(note_from(text));
  const Checkpoint checkpoint = TRY(checkpoint_from(note.text));
  if (checkpoint.origin != origin || Seen{checkpoint.size, checkpoint.root} != tree)
    return fail(Code::forbidden, "the checkpoint is another than the one asked about");
  TRY_OK(signed_by(note, {&signer_->key(), 1}));
  return {};
}

Witness::Figures Witness::figures() const {
  Figures figures;
  for (const auto& [origin, followed] : logs_) {
    const std::scoped_lock lock(followed->mutex);
    figures.cosigned += followed->cosigned;
    figures.refused += followed->refused;
    figures.logs.push_back({origin, followed->record.seen.size});
  }
  return figures;
}

}  // namespace fairway::ledger::witness
