// Messages of customs: any bytes are read without a crash, the same way twice; what was read and can be written reads back equal.
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "expect.h"
#include "gateway/customs/dec_message.h"
#include "gateway/customs/dec_receipt.h"
#include "gateway/customs/road_manifest.h"

namespace {

using namespace fairway;
using namespace fairway::gateway;

template <typename Message>
void check(std::string_view bytes, Result<Message> (*read)(std::string_view, std::vector<Diagnostic>&),
           Result<std::string> (*write)(const Message&)) {
  std::vector<Diagnostic> notes, more;
  const Result<Message> message = read(bytes, notes);
  for (const Diagnostic& note : notes) expect(note.offset <= bytes.size() && is_valid_utf8(note.position) && is_valid_utf8(note.message));
  if (!message) {
    expect(!message.error().message.empty());
    return;
  }
  expect(read(bytes, more).value() == *message);
  const Result<std::string> written = write(*message);
  if (!written) return;
  expect(is_valid_utf8(*written));
  const Result<Message> again = read(*written, more);
  expect(again.has_value() && *again == *message);
  expect(write(*again).value() == *written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(bytes, customs::read_dec_message, customs::write_dec_message);
  check(bytes, customs::read_dec_receipt, customs::write_dec_receipt);
  check(bytes, customs::read_road_manifest, customs::write_road_manifest);
  check(bytes, customs::read_manifest_response, customs::write_manifest_response);
  (void)customs::begins_dec_receipt(bytes);
  (void)customs::begins_manifest_message(bytes);
  return 0;
}
