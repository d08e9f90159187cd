#include "ledger/anchor/profile.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "base/bytes.h"
#include "base/limits.h"
#include "ledger/anchor/json_rpc.h"

namespace fairway::ledger::anchor {
namespace {

constexpr size_t kProfileBytesMax = 64u << 10;
constexpr uint64_t kDay = 86'400;

Result<uint64_t> number_in(std::string_view text, uint64_t min, uint64_t max) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < min || number > max)
    return fail(Code::invalid, "a number from " + std::to_string(min) + " to " + std::to_string(max) + " is wanted", legible(text));
  return number;
}

template <typename Number>
Status put_number(Number& into, std::string_view text, uint64_t min, uint64_t max) {
  into = static_cast<Number>(TRY(number_in(text, min, max)));
  return {};
}

Status put_text(std::string& into, std::string_view text) {
  into = text;
  return text.empty() ? Status(fail(Code::invalid, "a value is wanted")) : Status();
}

Status put_node(Profile& profile, std::string_view text) {
  TRY(split_url(text));
  if (std::ranges::find(profile.nodes, text) != profile.nodes.end()) return fail(Code::invalid, "the node is named twice", legible(text));
  if (profile.nodes.size() == limits::kAnchorNodesMax) return fail(Code::too_large, "too many nodes");
  profile.nodes.emplace_back(text);
  return {};
}

Status put_fee(Profile& profile, std::string_view text) {
  if (text == "zero")
    profile.fee.kind = FeeKind::zero;
  else if (text == "legacy")
    profile.fee.kind = FeeKind::legacy;
  else if (text == "eip1559")
    profile.fee.kind = FeeKind::eip1559;
  else
    return fail(Code::invalid, "the fee is zero, legacy or eip1559", legible(text));
  return {};
}

Status put_confirmations(Profile& profile, std::string_view text) {
  profile.confirmations.reset();
  if (text != "finalized") profile.confirmations = TRY(number_in(text, 1, 100'000));
  return {};
}

Status put_witness(Profile& profile, std::string_view text) {
  const size_t blank = text.find_first_of(" \t");
  AnchorWitness witness{TRY(address_from(text.substr(0, blank))), {}};
  if (blank != std::string_view::npos) {
    witness.url = trim(text.substr(blank));
    const SplitUrl split = TRY(split_url(witness.url));
    if (split.target.ends_with('/')) witness.url.resize(split.host.size() + split.target.size() - 1);
  }
  if (profile.witnesses.size() == limits::kAnchorWitnessesMax) return fail(Code::too_large, "too many witnesses");
  profile.witnesses.push_back(std::move(witness));
  return {};
}

struct Name {
  std::string_view name;
  Status (*put)(Profile&, std::string_view);
  bool repeats = false;
};
constexpr uint64_t kWeiMax = 1'000'000'000'000'000'000;  // a whole coin for a unit of gas: a slip
constexpr Name kNames[] = {
    {"name", [](Profile& p, std::string_view v) { return put_text(p.name, v); }},
    {"chain-id", [](Profile& p, std::string_view v) { return put_number(p.chain_id, v, 1, (uint64_t{1} << 62) - 1); }},
    {"node", put_node, true},
    {"agree", [](Profile& p, std::string_view v) { return put_number(p.agree, v, 1, limits::kAnchorNodesMax); }},
    {"contract",
     [](Profile& p, std::string_view v) -> Status {
       p.contract = TRY(address_from(v));
       return {};
     }},
    {"sender-key", [](Profile& p, std::string_view v) { return put_text(p.sender_key_file, v); }},
    {"fee", put_fee},
    {"gas-price", [](Profile& p, std::string_view v) { return put_number(p.fee.gas_price_wei, v, 0, kWeiMax); }},
    {"priority-fee", [](Profile& p, std::string_view v) { return put_number(p.fee.priority_fee_wei, v, 0, kWeiMax); }},
    {"max-fee", [](Profile& p, std::string_view v) { return put_number(p.fee.max_fee_wei, v, 0, kWeiMax); }},
    {"confirmations", put_confirmations},
    {"interval", [](Profile& p, std::string_view v) { return put_number(p.interval_s, v, 1, 30 * kDay); }},
    {"stuck-after", [](Profile& p, std::string_view v) { return put_number(p.stuck_s, v, 1, kDay); }},
    {"poll-ms", [](Profile& p, std::string_view v) { return put_number(p.poll_ms, v, 50, 600'000); }},
    {"witness", put_witness, true},
};

Status read_line(Profile& profile, std::string_view line, std::set<std::string_view>& seen) {
  const size_t equals = line.find('=');
  if (equals == std::string_view::npos) return fail(Code::invalid, "a line is NAME = VALUE", legible(line));
  const std::string_view name = trim(line.substr(0, equals));
  const auto* known = std::ranges::find(kNames, name, &Name::name);
  if (known == std::end(kNames)) return fail(Code::invalid, "no such name in a profile", legible(name));
  if (!known->repeats && !seen.insert(known->name).second) return fail(Code::invalid, "the name stands twice", legible(name));
  return known->put(profile, trim(line.substr(equals + 1)));
}

Status finish(Profile& profile) {
  if (profile.name.empty()) return fail(Code::invalid, "the profile has no name");
  if (profile.chain_id == 0) return fail(Code::invalid, "the profile has no chain-id");
  if (profile.nodes.size() < 2)
    return fail(Code::invalid, "the profile wants two nodes or more", {},
                "one node alone could say what it likes; ask another member's, too");
  if (profile.agree == 0) profile.agree = profile.nodes.size() / 2 + 1;
  if (profile.agree > profile.nodes.size())
    return fail(Code::invalid, "more nodes shall agree than there are", std::to_string(profile.agree));
  if (2 * profile.agree <= profile.nodes.size())
    return fail(Code::invalid, "fewer nodes than half shall agree: two answers could win", std::to_string(profile.agree));
  std::ranges::sort(profile.witnesses, {}, &AnchorWitness::address);
  if (std::ranges::adjacent_find(profile.witnesses, {}, &AnchorWitness::address) != profile.witnesses.end())
    return fail(Code::invalid, "a witness is named twice");
  return {};
}

}  // namespace

Result<Profile> profile_from(std::string_view text) {
  if (text.size() > kProfileBytesMax) return fail(Code::too_large, "the profile is too long");
  if (!is_valid_utf8(text)) return fail(Code::invalid, "the profile is no text");
  Profile profile;
  std::set<std::string_view> seen;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    if (Status read = read_line(profile, line, seen); !read) {
      read.error().message += ", in line " + std::to_string(number) + " of the profile";
      return std::unexpected(std::move(read).error());
    }
  }
  TRY_OK(finish(profile));
  return profile;
}

Result<Profile> load_profile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Code::not_found, "cannot read the chain's profile", path);
  std::string text(kProfileBytesMax + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  return profile_from(text);
}

Status check_set(WitnessSet& set) {
  std::ranges::sort(set.witnesses);
  if (std::ranges::adjacent_find(set.witnesses) != set.witnesses.end()) return fail(Code::invalid, "a witness is named twice");
  if (set.witnesses.size() > limits::kAnchorWitnessesMax) return fail(Code::too_large, "a contract has at most 32 witnesses");
  if (std::ranges::find(set.witnesses, Address{}) != set.witnesses.end()) return fail(Code::invalid, "the address 0 is no witness");
  if (set.threshold > set.witnesses.size() || 2 * set.threshold <= set.witnesses.size())
    return fail(Code::invalid, "the threshold is more than half of the witnesses, and not more than there are",
                std::to_string(set.threshold), "two quorums must share a witness, or each could sign another tree");
  return {};
}

}  // namespace fairway::ledger::anchor
