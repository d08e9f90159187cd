// Replies of time-stamping authorities, their certificates, and stamps as they are kept: read or refused, nothing else. What is kept writes
// back to the same.
#include <cstdint>
#include <string>
#include <string_view>

#include "expect.h"
#include "ledger/timestamp.h"

using namespace fairway::ledger;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)verify_timestamp(text, "what was stamped", TimestampTrust{std::string(text)});
  if (const auto request = make_timestamp_request("what was stamped", std::string(16, 'n'))) (void)check_reply(text, *request, {});
  if (const auto stamp = timestamp_from_json(text)) {
    const auto again = timestamp_from_json(to_json(*stamp));
    fairway::expect(again && again->size == stamp->size && again->note == stamp->note && again->reply == stamp->reply);
  }
  return 0;
}
