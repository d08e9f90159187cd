#include "ledger/proof.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1", kExtra = "extra ", kIndex = "index ";
constexpr size_t kExtraBytesMax = 0xFFFF;  // an entry of a log is no longer
constexpr size_t kProofBytesMax = 2 * kExtraBytesMax + limits::kProofHashesMax * 64 + limits::kNoteBytesMax;

std::unexpected<Error> wrong(std::string message, std::string_view found = {}) {
  return fail(Code::invalid, std::move(message), legible(found));
}

}  // namespace

std::string to_text(const Proof& proof) {
  std::string text = std::string(kFirstLine) + "\n";
  if (!proof.extra.empty()) text += std::string(kExtra) + to_base64(proof.extra) + "\n";
  text += std::string(kIndex) + std::to_string(proof.index) + "\n";
  for (const Hash& hash : proof.hashes) text += to_base64(view(hash)) + "\n";
  return text + "\n" + proof.checkpoint;
}

Result<Proof> proof_from(std::string_view text) {
  if (text.size() > kProofBytesMax) return fail(Code::too_large, "the proof is too large", std::to_string(text.size()) + " bytes");
  Proof proof;
  auto line = take_line(text);
  if (line != kFirstLine) return wrong("the text is no proof", line.value_or(""));
  line = take_line(text);
  if (line && line->starts_with(kExtra)) {
    proof.extra = TRY(exact_base64(line->substr(kExtra.size())));
    if (proof.extra.empty()) return wrong("a proof without extra bytes has no line for them", *line);
    line = take_line(text);
  }
  if (!line || !line->starts_with(kIndex)) return wrong("a proof names its entry's index", line.value_or(""));
  proof.index = TRY(exact_number(line->substr(kIndex.size())));
  while ((line = take_line(text)) && !line->empty()) {
    if (proof.hashes.size() == limits::kProofHashesMax) return wrong("a proof has too many hashes");
    proof.hashes.push_back(TRY(exact_hash(*line)));
  }
  if (!line) return wrong("a proof has an empty line before its checkpoint");
  TRY_OK(note_from(text));
  proof.checkpoint = text;
  return proof;
}

Result<Witnessed> verify(const Proof& proof, std::string_view entry, const Policy& policy) {
  // Nothing else vouches for what the proof says beside itself.
  if (!proof.extra.empty() && proof.extra != entry) return fail(Code::forbidden, "the proof is of another entry");
  Witnessed witnessed = TRY(verify_checkpoint(policy, proof.checkpoint, true));
  const Checkpoint& checkpoint = witnessed.checkpoint;
  auto included = verify_inclusion(proof.index, checkpoint.size, leaf_hash(entry), proof.hashes, checkpoint.root);
  if (!included) return fail(Code::forbidden, "the entry is not in the tree of the checkpoint", included.error().message);
  return witnessed;
}

}  // namespace fairway::ledger
