// The ledger's texts come from anybody: any bytes are refused or read, and what reads writes back byte for byte. The first byte says which.
#include <cstdint>
#include <string>
#include <string_view>

#include "expect.h"
#include "ledger/commitment.h"
#include "ledger/policy.h"
#include "ledger/proof.h"
#include "ledger/receipt.h"
#include "ledger/tile.h"

namespace {

using namespace fairway;
using namespace fairway::ledger;

template <typename Read, typename Write>
void reads_as_written(std::string_view text, Read read, Write write) {
  if (const auto value = read(text)) expect(write(*value) == text);
}

void policy(std::string_view text) {
  const auto read = policy_from(text);
  if (!read) return;
  expect(!read->quorum.empty());
  std::vector<size_t> all;
  for (size_t i = 0; i < read->witnesses.size(); ++i) all.push_back(i);
  expect(is_quorum(*read, all));  // if all have seen it, whoever must have has
}

void bundle(std::string_view text) {
  const auto entries = entries_of(text);
  if (!entries) return;
  std::string written;
  for (const std::string_view entry : *entries) expect(append_entry(written, entry).has_value());
  expect(written == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto written = [](const auto& value) { return to_text(value); };
  const auto as_json = [](const auto& value) { return to_json(value); };
  switch (data[0] % 9) {
    case 0: reads_as_written(text, note_from, written); break;
    case 1: reads_as_written(text, verifier_key_from, written); break;
    case 2: reads_as_written(text, checkpoint_from, written); break;
    case 3: policy(text); break;
    case 4: reads_as_written(text, proof_from, written); break;
    case 5: reads_as_written(text, tile_from_path, tile_path); break;
    case 6: reads_as_written(text, opening_from_json, as_json); break;
    case 7: reads_as_written(text, receipt_from_json, as_json); break;
    default: bundle(text); break;
  }
  return 0;
}
