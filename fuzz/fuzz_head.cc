// Event heads come out of the store: any bytes must decode to a head or be refused, and what decodes must write back to the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "journey/index.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto head = fairway::journey::decode_head({reinterpret_cast<const char*>(data), size});
  if (!head) return 0;
  std::string written;
  fairway::journey::append_head(written, *head);
  const auto again = fairway::journey::decode_head(written);
  if (!again || !(*again == *head)) std::abort();
  return 0;
}
