// Evidence: any bytes are read as a bundle, as its manifest, as a proof and as a time stamp without a crash; what reads well is written
// again to the same bytes; nothing is proven by chance.
#include <cstdint>

#include "expect.h"
#include "ledger/evidence/timestamp.h"
#include "ledger/evidence/verify.h"

namespace {

using namespace fairway;
using namespace fairway::ledger;

constexpr std::string_view kDigest = "0123456789abcdef0123456789abcdef";

// The parts behind a manifest that lists them and a seal, so that what is behind these first gates is reached as well.
void look_behind(std::string_view bytes) {
  const size_t half = bytes.size() / 2;
  const std::vector<evidence::Part> parts = {{"policy.txt", std::string(bytes.substr(0, half))},
                                             {"openings/1.json", std::string(bytes.substr(half))},
                                             {"anchor.json", std::string(bytes)},
                                             {"certificate.json", std::string(bytes)}};
  const std::string manifest = evidence::to_json(evidence::Manifest{"o", "now", "entry:1", evidence::list(parts)});
  std::vector<evidence::Part> all = {{"manifest.json", manifest}, {"seal", std::string(bytes)}};
  all.insert(all.end(), parts.begin(), parts.end());
  const auto zip = evidence::to_zip(all);
  if (!zip) return;
  expect(evidence::bundle_from(*zip).has_value());
  expect(!evidence::verify_bundle(*zip, nullptr).holds());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto parts = evidence::parts_of_zip(bytes)) expect(*evidence::to_zip(*parts) == bytes);
  if (const auto manifest = evidence::manifest_from_json(bytes)) expect(evidence::to_json(*manifest) == bytes);
  expect(!evidence::verify_bundle(bytes, nullptr).holds());
  expect(!evidence::stamp_from(bytes, kDigest).has_value());
  look_behind(bytes);
  return 0;
}
