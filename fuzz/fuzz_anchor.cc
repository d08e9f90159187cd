// What nodes of a chain and witnesses answer, and profiles: read or refused, nothing else. What is kept writes back to the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ledger/anchor/node.h"
#include "ledger/anchor/profile.h"
#include "ledger/anchor/queue.h"
#include "ledger/anchor/record.h"
#include "ledger/anchor/sign_anchor.h"

using namespace fairway::ledger;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto answer = anchor::result_of_answer(text, 1)) {
    (void)anchor::block_from(*answer);
    (void)anchor::receipt_from(*answer);
  }
  if (const auto value = fairway::parse_json(text)) {
    (void)anchor::block_from(*value);
    if (const auto receipt = anchor::receipt_from(*value); receipt && *receipt) (void)anchor::anchored_in(**receipt, {}, {});
  }
  (void)anchor::profile_from(text);
  (void)anchor::signature_of_answer(text);
  (void)anchor::anchor_request_from_json(text);
  (void)anchor::witnesses_from(text);
  if (const auto queue = anchor::queue_from_json(text)) {
    const auto again = anchor::queue_from_json(to_json(*queue));
    if (!again || !(again->pending == queue->pending)) std::abort();
  }
  if (const auto record = anchor::anchor_record_from_json(text)) {
    const auto again = anchor::anchor_record_from_json(to_json(*record));
    if (!again || !(*again == *record)) std::abort();
  }
  return 0;
}
