#include "gateway/ais/assembler.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace fairway::gateway::ais {
namespace {

constexpr uint8_t kNoSequence = 10;

uint32_t key_of(const Sentence& sentence) {
  const auto byte = [](char c) { return static_cast<uint32_t>(static_cast<uint8_t>(c)); };
  uint32_t key = byte(sentence.talker[0]) << 24 | byte(sentence.talker[1]) << 16 | byte(sentence.channel) << 8;
  key |= static_cast<uint32_t>(sentence.sequence.value_or(kNoSequence)) << 4 | sentence.parts;
  return sentence.own_ship ? key | 1u << 31 : key;  // talkers are ASCII
}

bool differ(std::string_view a, std::string_view b) { return !a.empty() && !b.empty() && a != b; }

}  // namespace

Result<const Assembled*> Assembler::add(const Sentence& sentence, uint64_t number) {
  ++sentences_;
  if (sentence.parts == 1) {
    whole_.bits.clear();
    whole_.own_ship = sentence.own_ship;
    whole_.channel = sentence.channel;
    whole_.source = sentence.tag.source;
    whole_.unix_s = sentence.tag.unix_s;
    whole_.parts = 1;
    whole_.sentences[0] = number;
    TRY_OK(whole_.bits.append(sentence.payload, sentence.fill_bits));
    return &whole_;
  }
  Waiting& waiting = waiting_for(sentence);
  Part& part = waiting.parts[sentence.part - 1u];
  part.came = true;
  part.fill_bits = sentence.fill_bits;
  part.payload = sentence.payload;
  part.number = number;
  if (!waiting.unix_s) waiting.unix_s = sentence.tag.unix_s;
  if (waiting.source.empty()) waiting.source = sentence.tag.source;
  if (waiting.group.empty()) waiting.group = sentence.tag.group;
  if (++waiting.came < waiting.count) return nullptr;
  TRY_OK(join(waiting, sentence));
  return &whole_;
}

std::vector<GivenUp> Assembler::take_given_up() { return std::exchange(given_up_, {}); }

void Assembler::finish() {
  for (Waiting& waiting : waiting_)
    if (waiting.used) give_up(waiting);
}

bool Assembler::belongs(const Waiting& waiting, const Sentence& sentence, uint32_t key) {
  if (!waiting.used || waiting.key != key) return false;
  if (differ(waiting.group, sentence.tag.group)) return false;
  // Only the first sentence of a TAG group has to name its source.
  const bool same_group = !waiting.group.empty() && waiting.group == sentence.tag.group;
  return same_group || !differ(waiting.source, sentence.tag.source);
}

Assembler::Waiting& Assembler::waiting_for(const Sentence& sentence) {
  const uint32_t key = key_of(sentence);
  for (Waiting& waiting : waiting_) {
    if (!waiting.used) continue;
    const bool late = sentences_ - waiting.since > kPartsApartMax;
    if (late) give_up(waiting);
    if (late || !belongs(waiting, sentence, key)) continue;
    const auto& seconds = sentence.tag.unix_s;
    const bool apart = seconds && waiting.unix_s && std::abs(*seconds / 2 - *waiting.unix_s / 2) > kPartsApartSecondsMax / 2;
    if (!apart && !waiting.parts[sentence.part - 1u].came) return waiting;
    give_up(waiting);  // the numbers go round: this is the next message of the same name
    break;
  }
  return begin(sentence, key);
}

Assembler::Waiting& Assembler::begin(const Sentence& sentence, uint32_t key) {
  auto free = std::ranges::find(waiting_, false, &Waiting::used);
  if (free == waiting_.end()) free = waiting_.emplace(waiting_.end());
  free->used = true;
  free->key = key;
  free->since = sentences_;
  free->source.clear(), free->group.clear();
  free->unix_s.reset();
  for (Part& part : free->parts) part.came = false;
  free->came = 0;
  free->count = sentence.parts;
  return *free;
}

void Assembler::give_up(Waiting& waiting) {
  GivenUp lost{.sentences = {}, .came = 0, .parts = waiting.count};
  for (const Part& part : waiting.parts)
    if (part.came) lost.sentences[lost.came++] = part.number;
  if (given_up_.size() < kGivenUpMax) given_up_.push_back(lost);
  waiting.used = false;
}

Status Assembler::join(Waiting& waiting, const Sentence& sentence) {
  waiting.used = false;
  whole_.bits.clear();
  whole_.own_ship = sentence.own_ship;
  whole_.channel = sentence.channel;
  whole_.source = waiting.source;
  whole_.unix_s = waiting.unix_s;
  whole_.parts = waiting.count;
  for (size_t i = 0; i < waiting.count; ++i) {
    const Part& part = waiting.parts[i];
    whole_.sentences[i] = part.number;
    // Fill bits mean something at the end only; some senders write them elsewhere, too.
    TRY_OK(whole_.bits.append(part.payload, i + 1u == waiting.count ? part.fill_bits : 0));
  }
  return {};
}

}  // namespace fairway::gateway::ais
