#include "ledger/witness/judge.h"

#include <algorithm>
#include <span>

#include "base/bytes.h"
#include "ledger/witness/signed_by.h"

namespace fairway::ledger::witness {
namespace {

std::unexpected<Refused> refuse(Refusal why, std::string message, bool suspicious = false) {
  return std::unexpected(Refused{why, std::move(message), suspicious});
}

std::string lines_of(const Note& note, std::span<const size_t> signatures) {
  std::string lines;
  for (const size_t index : signatures) lines += signature_line(note.signatures[index]);
  return lines;
}

}  // namespace

Result<FollowedLog> followed_log_from(std::string_view text) {
  text = trim(text);
  const size_t sign = text.rfind('=');
  FollowedLog log;
  log.keys.push_back(TRY(verifier_key_from(sign == std::string_view::npos ? text : text.substr(sign + 1))));
  log.origin = sign == std::string_view::npos ? log.keys.front().name : std::string(text.substr(0, sign));
  if (log.keys.front().kind != SignatureKind::ed25519)
    return fail(Code::invalid, "not the key of a log", legible(text, 200), "a log signs with type 0x01; this is a witness's key");
  const bool is_line = std::ranges::none_of(log.origin, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (log.origin.empty() || log.origin.size() > limits::kKeyNameBytesMax || !is_line || !is_valid_utf8(log.origin))
    return fail(Code::invalid, "not the origin of a log", legible(log.origin), "VKEY or ORIGIN=VKEY");
  return log;
}

std::expected<Claim, Refused> claim_from(const FollowedLog& log, std::string_view text) {
  const auto note = note_from(text);
  if (!note) return refuse(Refusal::malformed, note.error().text());
  auto checkpoint = checkpoint_from(note->text);
  if (!checkpoint) return refuse(Refusal::malformed, checkpoint.error().text());
  if (checkpoint->origin != log.origin) return refuse(Refusal::unknown_origin, "this log is not followed here");
  const auto verified = signed_by(*note, log.keys);
  if (!verified) return refuse(Refusal::unsigned_note, verified.error().text());
  return Claim{std::move(*checkpoint), note->text, lines_of(*note, verified->signatures)};
}

std::expected<void, Refused> judge(const Claim& claim, const AddCheckpoint& request, const Seen& seen) {
  const Checkpoint& next = claim.checkpoint;
  if (request.old_size > next.size) return refuse(Refusal::malformed, "the old size is larger than the checkpoint's");
  if (request.old_size != seen.size) return refuse(Refusal::not_from_here, "the old size is not the one that was cosigned last");
  // Of the empty tree nothing is to be proved, and there is only one.
  if (seen.size == 0) {
    if (!request.proof.empty()) return refuse(Refusal::not_proved, "from size 0 the proof is empty");
    if (next.size == 0 && next.root != empty_root()) return refuse(Refusal::not_proved, "a tree of size 0 has another root");
    return {};
  }
  if (next.size == seen.size) {
    if (next.root != seen.root) return refuse(Refusal::not_from_here, "this size has been cosigned with another root", true);
    if (!request.proof.empty()) return refuse(Refusal::not_proved, "from a size to the same the proof is empty");
    return {};
  }
  if (const Status proved = verify_consistency(seen.size, next.size, seen.root, next.root, request.proof); !proved)
    return refuse(Refusal::not_proved, proved.error().text(), true);
  return {};
}

}  // namespace fairway::ledger::witness
