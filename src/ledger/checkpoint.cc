#include "ledger/checkpoint.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

std::unexpected<Error> wrong(int line, std::string message, std::string_view found) {
  return fail(Code::invalid, std::move(message), "line " + std::to_string(line) + " of the checkpoint: " + legible(found));
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(view(checkpoint.root)) + "\n";
  for (const std::string& line : checkpoint.extensions) text += line + "\n";
  return text;
}

Result<Checkpoint> checkpoint_from(std::string_view text) {
  if (text.size() > limits::kNoteBytesMax)
    return fail(Code::too_large, "the checkpoint is too large", std::to_string(text.size()) + " bytes");
  if (!text.ends_with('\n')) return fail(Code::invalid, "a checkpoint ends with a line feed");
  Checkpoint checkpoint;
  int number = 0;
  while (const auto line = take_line(text)) {
    ++number;
    if (line->empty()) return wrong(number, "a checkpoint has no empty lines", *line);
    if (number == 1) {
      checkpoint.origin = *line;
    } else if (number == 2) {
      const auto size = exact_number(*line);
      if (!size) return wrong(number, "a checkpoint's size is a decimal number without leading zeros", *line);
      checkpoint.size = *size;
    } else if (number == 3) {
      const auto root = exact_hash(*line);
      if (!root) return wrong(number, "a checkpoint's root is 32 bytes of base64", *line);
      checkpoint.root = *root;
    } else {
      checkpoint.extensions.emplace_back(*line);
    }
  }
  if (number < 3) return fail(Code::invalid, "a checkpoint has origin, size and root", std::to_string(number) + " lines");
  return checkpoint;
}

}  // namespace fairway::ledger
