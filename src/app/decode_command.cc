// `fairway decode`: what would be understood of a file, with no server.
#include <iostream>

#include "app/commands.h"
#include "app/report.h"
#include "base/limits.h"
#include "gateway/decoded.h"

namespace fairway::app {

int decode(const DecodeOptions& options) {
  const auto bytes = read_input(options.file, limits::kRequestBodyInflatedBytesMax);
  if (!bytes) return complain(bytes.error(), kCannotRun);
  bool all_ok = true;
  const Status read = gateway::decode(*bytes, gateway::detect(*bytes), [&](const gateway::DecodedMessage& message) {
    all_ok = all_ok && message.ok;
    std::cout << gateway::to_json(message) << "\n";
  });
  if (!read) return complain(read.error(), kCannotRun);
  return all_ok ? kOk : kFailed;
}

}  // namespace fairway::app
