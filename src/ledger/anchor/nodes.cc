#include "ledger/anchor/nodes.h"

#include "base/bytes.h"
#include "base/log.h"
#include "ledger/anchor/digest.h"
#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

// A node's own words for a transaction that it has already; no two kinds of nodes have the same.
constexpr std::string_view kKnownAlready[] = {"already known", "already imported", "known transaction", "nonce too low", "already exists"};

bool has_it_already(const Error& error) {
  const std::string said = to_lower(error.detail);
  for (const std::string_view words : kKnownAlready)
    if (said.find(words) != std::string::npos) return true;
  return false;
}

std::string describe_anchored(const Anchored& anchored) {
  return "size " + std::to_string(anchored.size) + " with root " + to_base64(view(anchored.root));
}

}  // namespace

Nodes::Nodes(std::vector<Node> nodes, uint64_t chain_id, size_t agree) : chain_id_(chain_id), agree_(agree) {
  nodes_.reserve(nodes.size());
  for (Node& node : nodes) nodes_.push_back({std::move(node), false});
}

Result<Nodes> Nodes::open(const Profile& profile, const std::atomic<bool>* give_up) {
  std::vector<Node> nodes;
  for (const std::string& url : profile.nodes) nodes.emplace_back(TRY(JsonRpc::open(url, give_up)));
  return Nodes(std::move(nodes), profile.chain_id, profile.agree);
}

Status Nodes::check_chain(Member& member) {
  if (member.of_chain) return {};
  const uint64_t id = TRY(member.node.chain_id());
  if (id != chain_id_)
    return fail(Code::conflict, "the node is of another chain", std::to_string(id) + ", not " + std::to_string(chain_id_));
  member.of_chain = true;
  return {};
}

void Nodes::note(const Member& member, std::string_view question, std::string trouble) {
  std::string& known = troubles_[{member.node.name(), std::string(question)}];
  if (known.empty()) log::warn("anchor: {}, asked for {}: {}", member.node.name(), question, trouble);
  known = std::move(trouble);
}

void Nodes::clear(const Member& member, std::string_view question) { troubles_.erase({member.node.name(), std::string(question)}); }

Error Nodes::undecided(std::string_view question, size_t answered, const std::string& who_says_what) const {
  const std::string detail = who_says_what.empty() ? std::string() : who_says_what.substr(2);
  if (answered < agree_)
    return {Code::unavailable, "too few nodes answer when asked for " + std::string(question), detail,
            std::to_string(agree_) + " must say the same; nothing is believed until they do"};
  return {Code::conflict, "the nodes differ when asked for " + std::string(question), detail,
          std::to_string(agree_) + " must say the same; nothing is believed until they do"};
}

Status Nodes::send(std::string_view raw) {
  Error last{Code::unavailable, "no node takes the transaction", {}, {}};
  bool taken = false;
  for (Member& member : nodes_) {
    Status done = check_chain(member);
    if (done) {
      const Result<Hash> sent = member.node.send(raw);
      if (sent || has_it_already(sent.error()))
        taken = true;
      else
        done = std::unexpected(sent.error());
    }
    if (done)
      clear(member, "sending");
    else {
      note(member, "sending", done.error().text());
      last.detail += (last.detail.empty() ? "" : "; ") + member.node.name() + ": " + done.error().text();
    }
  }
  return taken ? Status() : Status(std::unexpected(std::move(last)));
}

std::vector<std::string> Nodes::troubles() const {
  std::vector<std::string> all;
  for (const auto& [where, trouble] : troubles_) all.push_back(where.first + ", asked for " + where.second + ": " + trouble);
  return all;
}

Result<Anchored> contract_latest(Nodes& nodes, const Address& contract) {
  return nodes.agreed<Anchored>(
      "what is anchored",
      [&](Node& node) -> Result<Anchored> {
        const std::string answer = TRY(node.call(contract, call_data("latest()")));
        return anchored_from(answer);
      },
      describe_anchored);
}

Result<WitnessSet> contract_witnesses(Nodes& nodes, const Address& contract) {
  return nodes.agreed<WitnessSet>(
      "the contract's witnesses",
      [&](Node& node) -> Result<WitnessSet> {
        const std::string answer = TRY(node.call(contract, call_data("witnesses()")));
        return witnesses_from(answer);
      },
      [](const WitnessSet& set) {
        std::string text = std::to_string(set.threshold) + " of";
        for (const Address& witness : set.witnesses) text += " " + to_text(witness);
        return text;
      });
}

Status check_contract(Nodes& nodes, const Address& contract, std::string_view origin) {
  const std::string answer = TRY(nodes.agreed<std::string>(
      "the contract's origin", [&](Node& node) { return node.call(contract, call_data("originHash()")); },
      [](const std::string& bytes) { return bytes.empty() ? "no contract there" : to_data(bytes); }));
  const Result<Hash> of_contract = word_from(answer);
  if (!of_contract) return fail(Code::conflict, "no anchor's contract is at this address", to_text(contract));
  if (*of_contract != origin_hash(origin))
    return fail(Code::conflict, "the contract is another log's", to_text(contract) + " is not of " + std::string(origin),
                "deploy one for this log: fairway admin ledger anchor deploy");
  return {};
}

}  // namespace fairway::ledger::anchor
