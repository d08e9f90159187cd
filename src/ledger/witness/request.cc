#include "ledger/witness/request.h"

#include "base/bytes.h"
#include "ledger/spelling.h"

namespace fairway::ledger::witness {
namespace {

constexpr std::string_view kOld = "old ";

}  // namespace

std::string to_text(const AddCheckpoint& request) {
  std::string text = std::string(kOld) + std::to_string(request.old_size) + "\n";
  for (const Hash& hash : request.proof) text += to_base64(view(hash)) + "\n";
  return text + "\n" + request.note;
}

Result<AddCheckpoint> add_checkpoint_from(std::string_view body) {
  if (body.size() > kRequestBytesMax) return fail(Code::too_large, "the request is too large", std::to_string(body.size()) + " bytes");
  AddCheckpoint request;
  const auto first = take_line(body);
  if (!first || !first->starts_with(kOld)) return fail(Code::invalid, "the first line is the old size", legible(first.value_or("")));
  const auto old_size = exact_number(first->substr(kOld.size()));
  if (!old_size) return fail(Code::invalid, "the old size is a decimal number without leading zeros", legible(*first));
  request.old_size = *old_size;
  while (true) {
    const auto line = take_line(body);
    if (!line) return fail(Code::invalid, "an empty line stands between the proof and the checkpoint");
    if (line->empty()) break;
    if (request.proof.size() == kProofLinesMax) return fail(Code::invalid, "a proof has at most 63 lines");
    const auto hash = exact_hash(*line);
    if (!hash) return fail(Code::invalid, "a line of the proof is 32 bytes of base64", legible(*line));
    request.proof.push_back(*hash);
  }
  request.note = body;
  return request;
}

}  // namespace fairway::ledger::witness
