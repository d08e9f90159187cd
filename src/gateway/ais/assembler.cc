#include "gateway/ais/assembler.h"

#include <algorithm>

namespace fairway::gateway::ais {
namespace {

std::string key_of(const Sentence& sentence) {
  std::string key(sentence.talker);
  key += sentence.own_ship ? 'O' : 'M';
  key += sentence.channel;
  key += static_cast<char>('0' + sentence.sequence.value_or(10));
  key += static_cast<char>('0' + sentence.parts);
  key += sentence.tag.source;
  return key;
}

Assembled begin(const Sentence& sentence) {
  return {.bits = {},
          .own_ship = sentence.own_ship,
          .channel = sentence.channel,
          .source = std::string(sentence.tag.source),
          .unix_s = sentence.tag.unix_s};
}

}  // namespace

Result<std::optional<Assembled>> Assembler::add(const Sentence& sentence) {
  ++sentences_;
  if (sentence.parts == 1) {
    Assembled whole = begin(sentence);
    TRY_OK(whole.bits.append(sentence.payload, sentence.fill_bits));
    return whole;
  }
  if (sentences_ % kPartsApartMax == 0) give_up_old();
  const std::string key = key_of(sentence);
  auto [found, fresh] = waiting_.try_emplace(key);
  Waiting& waiting = found->second;
  const size_t index = sentence.part - 1u;
  // The numbers go round: a part that is there already, or one that comes too late, is of the next message.
  const bool begins_anew = !fresh && (waiting.parts.at(index) || sentences_ - waiting.since > kPartsApartMax);
  if (begins_anew) ++given_up_;
  if (fresh || begins_anew)
    waiting = {.parts = std::vector<std::optional<Part>>(sentence.parts), .since = sentences_, .unix_s = std::nullopt};
  waiting.parts.at(index) = Part{std::string(sentence.payload), sentence.fill_bits};
  if (!waiting.unix_s) waiting.unix_s = sentence.tag.unix_s;
  if (!std::ranges::all_of(waiting.parts, [](const auto& part) { return part.has_value(); })) return std::nullopt;
  Assembled whole = begin(sentence);
  whole.unix_s = waiting.unix_s;
  const std::vector<std::optional<Part>> parts = std::move(waiting.parts);
  waiting_.erase(found);
  // Fill bits mean something at the end only; some senders write them elsewhere, too.
  for (size_t i = 0; i < parts.size(); ++i) TRY_OK(whole.bits.append(parts[i]->payload, i + 1 == parts.size() ? parts[i]->fill_bits : 0));
  return whole;
}

void Assembler::give_up_old() {
  given_up_ += std::erase_if(waiting_, [this](const auto& item) { return sentences_ - item.second.since > kPartsApartMax; });
}

}  // namespace fairway::gateway::ais
