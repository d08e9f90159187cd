// `fairway decode`: what would be understood of a file, with no server.
#include <iostream>

#include "app/commands.h"
#include "app/report.h"
#include "base/env.h"
#include "base/limits.h"
#include "gateway/decoded.h"

namespace fairway::app {
namespace {

void print_line(std::string_view line) { std::cout << line << "\n"; }

}  // namespace

int decode(const DecodeOptions& options) {
  const auto bytes = read_input(options.file, limits::kRequestBodyInflatedBytesMax);
  if (!bytes) return complain(bytes.error(), kCannotRun);
  const gateway::Format format = gateway::detect(*bytes);
  const gateway::Context context{Env::system().now_us()};
  bool all_ok = true;
  Status read;
  if (options.hash)
    read = gateway::content_hashes(*bytes, format, print_line);
  else if (options.raw)
    read = gateway::decode_raw(*bytes, format, context, print_line);
  else
    read = gateway::decode(*bytes, format, context, [&](const gateway::DecodedMessage& message) {
      all_ok = all_ok && message.ok;
      print_line(gateway::to_json(message));
    });
  if (!read) return complain(read.error(), kCannotRun);
  return all_ok ? kOk : kFailed;
}

}  // namespace fairway::app
