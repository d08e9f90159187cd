#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/bytes.h"
#include "gateway/cargo_imp/cargo_imp.h"
#include "gateway/cargo_imp/manifests.h"
#include "gateway/cargo_imp/map.h"

namespace fairway::gateway::cargo_imp {
namespace {

using Map = void (*)(Mapping&);
struct MapRow {
  std::string_view id;
  Map map;
};
constexpr std::array kMaps = std::to_array<MapRow>({
    {"FSU", map_statuses},
    {"FSA", map_statuses},
    {"FWB", map_waybill},
    {"FHL", map_houses},
    {"FFM", map_manifest},
    {"FBL", map_manifest},
    {"FFR", map_request},
    {"FFA", map_request},
    {"FMA", map_answer},
    {"FNA", map_answer},
});

std::unexpected<Error> no_message() {
  return fail(Code::invalid, "the input holds no air cargo message", "", "a message begins with its identifier on a line, such as FSU/15");
}

// The flight manifests of the whole input: which message is a part that has no others, which is one that was there already.
struct Manifests {
  std::unordered_set<size_t> incomplete, repeated;
  // Who sent the parts that have no envelope, because that of another part stands for all: what a part states is the same, and has the same
  // identity, whether it comes with the others or in an envelope of its own.
  std::unordered_map<size_t, std::string> senders;
};

Manifests find_manifests(std::string_view bytes) {
  Manifests found;
  FlightManifests manifests;
  std::unordered_map<std::string, std::string> sender_of;
  std::vector<ManifestPart> nameless;
  size_t index = 0;
  split(bytes, [&](MessageText text) {
    const size_t self = index++;
    if (text.id != "FFM") return;
    const std::string sender = text.envelope.origin;
    auto part = manifest_part(read_message(std::move(text)));
    if (!part) return;
    part->index = self;
    if (!sender.empty()) sender_of.emplace(part->flight, sender);
    if (sender.empty()) nameless.push_back(*part);
    if (manifests.add(*part) == FlightManifests::Taken::repeated) found.repeated.insert(self);
  });
  for (const ManifestPart& part : manifests.incomplete()) found.incomplete.insert(part.index);
  for (const ManifestPart& part : nameless)
    if (const auto sender = sender_of.find(part.flight); sender != sender_of.end()) found.senders.emplace(part.index, sender->second);
  return found;
}

// The message's own bytes and what follows from them. A message has no number: its bytes are its identity, with the year that its dates
// were placed in, since the same line a year later is another claim.
void complete(DecodedMessage& out, std::string_view bytes, uint64_t offset, uint64_t length) {
  const std::string_view raw = bytes.substr(offset, length);
  out.offset = offset;
  out.length = length;
  out.hash = to_hex(sha256(raw));
  out.text = is_valid_utf8(raw) ? std::string(raw) : legible(raw, 3 * raw.size());
  const int year = out.events.empty() ? 0 : civil_of(out.events.front().occurred.micros, 0).year;
  out.identity = "cargo-imp:" + to_hex(sha256(out.interchange_sender + "\n" + std::to_string(year) + "\n" + out.hash));
}

DecodedMessage decode_message(MessageText text, int64_t received_us, const Manifests& manifests, size_t index) {
  Message message = read_message(std::move(text));
  const Place head = message.segments.empty() ? Place{1, 0, 0, 0} : message.segments.front().place;
  if (manifests.incomplete.contains(index)) message.findings.add(Deviation::manifest_incomplete, head);
  if (manifests.repeated.contains(index)) message.findings.add(Deviation::manifest_part_repeated, head);
  DecodedMessage out;
  out.format = "CARGO-IMP";
  out.type = std::string(message.id) + (message.version.empty() ? "" : "/" + message.version);
  out.interchange_sender = message.envelope.origin;
  if (const auto sender = manifests.senders.find(index); sender != manifests.senders.end()) out.interchange_sender = sender->second;
  out.interchange_recipient = message.envelope.addresses.empty() ? "" : message.envelope.addresses.front();
  out.interchange = legible(message.envelope.stamp);
  for (const Finding& finding : message.findings.all()) report(out, to_diagnostic(finding));
  air::Claims claims(out, "cargo_imp");
  Times times(claims, received_us, message.envelope);
  Mapping mapping{message, claims, times};
  const auto row = std::ranges::find(kMaps, message.id, &MapRow::id);
  if (row != kMaps.end()) row->map(mapping);
  return out;
}

}  // namespace

Status decode_cargo_imp(std::string_view bytes, const Context& context, const MessageSink& sink) {
  const bool has_manifests = bytes.find("FFM/") != bytes.npos || bytes.find("ffm/") != bytes.npos;
  const Manifests manifests = has_manifests ? find_manifests(bytes) : Manifests();
  size_t index = 0;
  const size_t count = split(bytes, [&](MessageText text) {
    const uint64_t offset = text.offset, length = text.length;
    DecodedMessage out = decode_message(std::move(text), context.received_us, manifests, index++);
    complete(out, bytes, offset, length);
    sink(std::move(out));
  });
  if (count == 0) return no_message();
  return {};
}

Status raw_cargo_imp(std::string_view bytes, const Context&, const LineSink& sink) {
  const size_t count = split(bytes, [&](MessageText text) { sink(to_json(read_message(std::move(text)))); });
  if (count == 0) return no_message();
  return {};
}

}  // namespace fairway::gateway::cargo_imp
