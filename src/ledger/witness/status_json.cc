// The status of the witnesses as GET /ledger/status shows it.
#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "ledger/witness/cosigners.h"

namespace fairway::ledger::witness {

std::string to_json(std::span<const WitnessStatus> witnesses) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  for (const WitnessStatus& witness : witnesses) {
    writer.begin_object().member("name", witness.name).member("url", witness.url).member("standing", name(witness.standing));
    writer.member("size", witness.size).member("cosignatures", witness.cosignatures).member("failures", witness.failures);
    if (witness.answered_us != 0) writer.member("answered", to_rfc3339_utc(witness.answered_us));
    if (witness.cosignatures != 0) writer.member("tookMs", static_cast<double>(witness.took_us) / 1000);
    if (witness.went_back != 0) writer.member("wentBack", witness.went_back);
    writer.optional_member("error", legible(witness.error, 500)).end_object();
  }
  writer.end_array();
  return out;
}

}  // namespace fairway::ledger::witness
