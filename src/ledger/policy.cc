#include "ledger/policy.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/bytes.h"
#include "base/limits.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

constexpr std::string_view kNone = "none";
constexpr size_t kAnyNumber = limits::kPolicyBytesMax;

// A text that is read line by line into a policy.
class PolicyReader {
 public:
  Result<Policy> read(std::string_view text);

 private:
  using Words = std::span<const std::string_view>;
  struct Statement {
    std::string_view keyword;
    size_t words_min, words_max;  // after the keyword
    Status (PolicyReader::*read)(Words words);
    std::string_view form;
  };
  Status read_line(Words words);
  Status read_log(Words words);
  Status read_witness(Words words);
  Status read_group(Words words);
  Status read_quorum(Words words);
  Status define(std::string_view name);
  Status use(std::string_view name) const;

  static constexpr std::array<Statement, 4> kStatements = {{
      {"log", 1, 2, &PolicyReader::read_log, "log VKEY [URL]"},
      {"witness", 2, 3, &PolicyReader::read_witness, "witness NAME VKEY [URL]"},
      {"group", 3, kAnyNumber, &PolicyReader::read_group, "group NAME K|any|all MEMBER…"},
      {"quorum", 1, 1, &PolicyReader::read_quorum, "quorum NAME|none"},
  }};

  Policy policy_;
  std::unordered_set<std::string_view> names_;    // of witnesses and groups
  std::unordered_set<std::string_view> members_;  // those that are in a group
  size_t statements_ = 0;
};

bool is_permitted(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view kBlank = " \t";
  std::vector<std::string_view> words;
  for (size_t at = line.find_first_not_of(kBlank); at != std::string_view::npos; at = line.find_first_not_of(kBlank, at)) {
    const size_t end = std::min(line.find_first_of(kBlank, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

// Keys of the same name and kind are told apart by nothing else: two that are one public key would count twice.
template <typename Known>
Status check_new(const std::vector<Known>& known, const VerifierKey& key, SignatureKind kind) {
  if (key.kind != kind)
    return fail(Code::invalid, "the key is of the wrong kind", key.name, "a log signs with kind 01, a witness with kind 04");
  if (std::ranges::any_of(known, [&](const Known& other) { return other.key.bytes == key.bytes; }))
    return fail(Code::invalid, "the public key stands there already", key.name);
  return {};
}

Status PolicyReader::define(std::string_view name) {
  if (name == kNone) return fail(Code::invalid, "'none' is no name", legible(name));
  if (!names_.insert(name).second) return fail(Code::invalid, "the name stands there already", legible(name));
  return {};
}

Status PolicyReader::use(std::string_view name) const {
  if (!names_.contains(name)) return fail(Code::invalid, "no witness or group of that name stands above", legible(name));
  return {};
}

Status PolicyReader::read_log(Words words) {
  VerifierKey key = TRY(verifier_key_from(words[0]));
  TRY_OK(check_new(policy_.logs, key, SignatureKind::ed25519));
  policy_.logs.push_back({std::move(key), std::string(words.size() > 1 ? words[1] : "")});
  return {};
}

Status PolicyReader::read_witness(Words words) {
  TRY_OK(define(words[0]));
  VerifierKey key = TRY(verifier_key_from(words[1]));
  TRY_OK(check_new(policy_.witnesses, key, SignatureKind::cosignature));
  policy_.witnesses.push_back({std::string(words[0]), std::move(key), std::string(words.size() > 2 ? words[2] : "")});
  return {};
}

Status PolicyReader::read_group(Words words) {
  const Words members = words.subspan(2);
  PolicyGroup group{std::string(words[0]), 0, {members.begin(), members.end()}};
  if (words[1] == "any") {
    group.threshold = 1;
  } else if (words[1] == "all") {
    group.threshold = members.size();
  } else {
    const auto threshold = exact_number(words[1]);
    if (!threshold || *threshold < 1 || *threshold > members.size())
      return fail(Code::invalid, "a group asks for 1 to all of its members", legible(words[1]));
    group.threshold = *threshold;
  }
  for (const std::string_view member : members) {
    TRY_OK(use(member));
    // So each witness counts in one way, and no group can come to hold itself.
    if (!members_.insert(member).second) return fail(Code::invalid, "the name is in a group already", legible(member));
  }
  TRY_OK(define(words[0]));
  policy_.groups.push_back(std::move(group));
  return {};
}

Status PolicyReader::read_quorum(Words words) {
  if (!policy_.quorum.empty()) return fail(Code::invalid, "a policy has one quorum");
  if (words[0] != kNone) TRY_OK(use(words[0]));
  policy_.quorum = words[0];
  return {};
}

Status PolicyReader::read_line(Words words) {
  const auto statement = std::ranges::find(kStatements, words.front(), &Statement::keyword);
  if (statement == kStatements.end()) return fail(Code::invalid, "a line of a policy begins otherwise", legible(words.front()));
  words = words.subspan(1);
  if (words.size() < statement->words_min || words.size() > statement->words_max)
    return fail(Code::invalid, "too many or too few words", "", std::string(statement->form));
  if (++statements_ > limits::kPolicyLinesMax) return fail(Code::too_large, "the policy names too many logs, witnesses and groups");
  return (this->*statement->read)(words);
}

Result<Policy> PolicyReader::read(std::string_view text) {
  size_t number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string where = "line " + std::to_string(number);
    if (!std::ranges::all_of(line, is_permitted)) return fail(Code::invalid, "a policy has no control characters", where);
    const std::vector<std::string_view> words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) continue;
    if (auto read = read_line(words); !read) {
      Error error = std::move(read).error();
      error.detail = error.detail.empty() ? where : where + ": " + error.detail;
      return std::unexpected(std::move(error));
    }
  }
  if (policy_.quorum.empty())
    return fail(Code::invalid, "a policy has a quorum", "line " + std::to_string(number), "quorum NAME, or quorum none");
  return std::move(policy_);
}

}  // namespace

Result<Policy> policy_from(std::string_view text) {
  if (text.size() > limits::kPolicyBytesMax)
    return fail(Code::too_large, "the policy is too large", std::to_string(text.size()) + " bytes");
  return PolicyReader().read(text);
}

bool is_quorum(const Policy& policy, std::span<const size_t> witnesses) {
  if (policy.quorum == kNone) return true;
  std::unordered_map<std::string_view, bool> has_seen;
  for (const size_t witness : witnesses)
    if (witness < policy.witnesses.size()) has_seen[policy.witnesses[witness].name] = true;
  // A group's members stand above it.
  for (const PolicyGroup& group : policy.groups) {
    const auto seen = std::ranges::count_if(group.members, [&](const std::string& member) { return has_seen.contains(member); });
    if (static_cast<size_t>(seen) >= group.threshold) has_seen[group.name] = true;
  }
  return has_seen.contains(policy.quorum);
}

uint64_t Witnessed::median_time_s() const {
  if (times_s.empty()) return 0;
  std::vector<uint64_t> times = times_s;
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return *middle;
}

Result<Witnessed> verify_checkpoint(const Policy& policy, std::string_view note, bool strict) {
  const Note read = TRY(note_from(note));
  Witnessed witnessed;
  witnessed.checkpoint = TRY(checkpoint_from(read.text));
  std::vector<VerifierKey> keys;
  keys.reserve(policy.logs.size() + policy.witnesses.size());
  for (const PolicyLog& log : policy.logs) keys.push_back(log.key);
  for (const PolicyWitness& witness : policy.witnesses) keys.push_back(witness.key);
  const VerifiedNote verified = TRY(verify(read, keys));
  witnessed.unknown_signatures = verified.unknown;
  if (strict && verified.unknown > 0)
    return fail(Code::forbidden, "the checkpoint has signatures of keys that the policy does not name", std::to_string(verified.unknown));
  bool is_signed = false;
  for (size_t i = 0; i < verified.keys.size(); ++i) {
    const size_t key = verified.keys[i];
    if (strict && std::ranges::count(verified.keys, key) > 1)
      return fail(Code::forbidden, "the checkpoint has two signatures of one key", legible(keys[key].name));
    if (key < policy.logs.size()) {
      is_signed = is_signed || keys[key].name == witnessed.checkpoint.origin;
      continue;
    }
    const size_t witness = key - policy.logs.size();
    if (std::ranges::count(witnessed.witnesses, witness) > 0) continue;
    witnessed.witnesses.push_back(witness);
    witnessed.times_s.push_back(TRY(time_of(read.signatures[verified.signatures[i]], SignatureKind::cosignature)));
  }
  if (!is_signed)
    return fail(Code::forbidden, "no log of this origin that the policy names has signed the checkpoint",
                legible(witnessed.checkpoint.origin));
  if (!is_quorum(policy, witnessed.witnesses))
    return fail(Code::forbidden, "too few witnesses have cosigned the checkpoint", std::to_string(witnessed.witnesses.size()),
                "quorum " + policy.quorum);
  return witnessed;
}

}  // namespace fairway::ledger
