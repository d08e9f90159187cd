#include "gateway/epcis/epcis.h"

#include "base/bytes.h"
#include "base/json.h"
#include "gateway/epcis/document.h"
#include "gateway/epcis/hash.h"
#include "gateway/epcis/map.h"

namespace fairway::gateway::epcis {
namespace {

constexpr size_t kTypeBytesMax = 100;

std::string first_error(const DecodedMessage& message) {
  for (const Diagnostic& diagnostic : message.diagnostics)
    if (diagnostic.severity == Severity::error) return diagnostic.position + ": " + diagnostic.message;
  return "not valid";
}

}  // namespace

bool begins_epcis(std::string_view bytes) {
  constexpr size_t kLookedAt = 64u << 10;
  const std::string_view head = bytes.substr(0, kLookedAt);
  const auto says = [&](std::string_view text) { return head.find(text) != std::string_view::npos; };
  if (head.starts_with('<')) return says("EPCISDocument") || says("EPCISQueryDocument");
  if (!head.starts_with('{') && !head.starts_with('[')) return false;
  return says("\"EPCISDocument\"") || says("\"EPCISQueryDocument\"") || says("\"eventTimeZoneOffset\"");
}

Status decode_epcis(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  return read_document(bytes, [&](const CapturedEvent& captured, DecodedMessage message) {
    if (!captured.type().empty()) message.type.append(" ").append(legible(captured.type(), kTypeBytesMax));
    if (message.ok) map(captured, message);
    if (!message.ok) message.events.clear();
    sink(std::move(message));
  });
}

Status raw_epcis(std::string_view bytes, const std::function<void(std::string_view json_line)>& sink) {
  return read_document(bytes, [&](const CapturedEvent& captured, const DecodedMessage&) {
    if (captured.body.empty()) return;
    std::string line;
    append_json(line, captured.body);
    sink(line);
  });
}

Status event_hashes(std::string_view bytes, const std::function<void(std::string_view hash)>& sink) {
  Status all;
  TRY_OK(read_document(bytes, [&](const CapturedEvent& captured, const DecodedMessage& message) {
    if (!all) return;
    if (message.ok)
      sink(event_hash(captured));
    else
      all = fail(Code::invalid, "an event is not valid EPCIS", first_error(message), "see fairway decode");
  }));
  return all;
}

}  // namespace fairway::gateway::epcis
