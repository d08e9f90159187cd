#include "ledger/anchor/abi.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "ledger/anchor/digest.h"
#include "ledger/anchor/keccak.h"

namespace fairway::ledger::anchor {
namespace {

constexpr size_t kWord = 32;

Result<uint64_t> number_from(std::string_view word) {
  if (word.size() != kWord || word.substr(0, 24).find_first_not_of('\0') != std::string_view::npos)
    return fail(Code::invalid, "the contract's answer has no number where one is expected");
  return read_u64(word.data() + 24);
}

Result<std::string_view> word_at(std::string_view answer, size_t index) {
  if (answer.size() / kWord <= index) return fail(Code::invalid, "the contract's answer is too short", std::to_string(answer.size()));
  return answer.substr(index * kWord, kWord);
}

std::string selector(std::string_view signature) { return keccak256(signature).substr(0, 4); }

}  // namespace

std::string abi_word(uint64_t number) {
  std::string word(24, '\0');
  append_u64(word, number);
  return word;
}

std::string abi_word(const Address& address) { return std::string(12, '\0').append(view(address)); }

std::string abi_word(const Hash& hash) { return std::string(view(hash)); }

std::string deploy_data(std::string_view code, std::string_view origin, const WitnessSet& set, uint64_t delay_s) {
  std::string data(code);
  // Four words before what the second one, the place of the list, points to.
  data += abi_word(origin_hash(origin)) + abi_word(4 * kWord) + abi_word(set.threshold) + abi_word(delay_s);
  data += abi_word(set.witnesses.size());
  for (const Address& witness : set.witnesses) data += abi_word(witness);
  return data;
}

std::string anchor_data(uint64_t size, const Hash& root, std::string_view signatures) {
  std::string data = selector("anchor(uint64,bytes32,bytes)") + abi_word(size) + abi_word(root) + abi_word(3 * kWord);
  data += abi_word(signatures.size());
  data += signatures;
  data.append((kWord - signatures.size() % kWord) % kWord, '\0');
  return data;
}

std::string call_data(std::string_view signature) { return selector(signature); }

Result<Anchored> anchored_from(std::string_view answer) {
  if (answer.size() != 2 * kWord) return fail(Code::invalid, "latest() answers two words", std::to_string(answer.size()));
  return Anchored{TRY(number_from(answer.substr(0, kWord))), TRY(hash_from(answer.substr(kWord)))};
}

Result<WitnessSet> witnesses_from(std::string_view answer) {
  const uint64_t place = TRY(number_from(TRY(word_at(answer, 0))));
  WitnessSet set;
  set.threshold = TRY(number_from(TRY(word_at(answer, 1))));
  if (place != 2 * kWord) return fail(Code::invalid, "witnesses() answers its list after two words", std::to_string(place));
  const uint64_t count = TRY(number_from(TRY(word_at(answer, 2))));
  if (count > limits::kAnchorWitnessesMax || answer.size() != (3 + count) * kWord)
    return fail(Code::invalid, "witnesses() answers another number of witnesses than it has", std::to_string(count));
  for (size_t i = 0; i < count; ++i) {
    const std::string_view word = TRY(word_at(answer, 3 + i));
    if (word.substr(0, 12).find_first_not_of('\0') != std::string_view::npos)
      return fail(Code::invalid, "the contract's answer has no address where one is expected");
    set.witnesses.push_back(TRY(address_from_bytes(word.substr(12))));
  }
  return set;
}

Result<Hash> word_from(std::string_view answer) { return hash_from(answer); }

Hash anchored_topic() {
  Hash topic{};
  std::ranges::copy(keccak256("Anchored(bytes32,uint64,bytes32)"), topic.begin());
  return topic;
}

}  // namespace fairway::ledger::anchor
