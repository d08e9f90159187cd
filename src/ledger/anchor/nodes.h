// Nodes: several nodes of one chain, asked the same and compared. A node may lie, be behind or be away; what enough of them say alike is
// believed, and who says otherwise is named.
//
// Not thread-safe. Errors: Code::conflict where the nodes differ and no answer has enough voices (detail: who says what),
// Code::unavailable where too few answer.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/node.h"
#include "ledger/anchor/profile.h"

namespace fairway::ledger::anchor {

class Nodes {
 public:
  Nodes(std::vector<Node> nodes, uint64_t chain_id, size_t agree);
  [[nodiscard]] static Result<Nodes> open(const Profile& profile, const std::atomic<bool>* give_up = nullptr);

  // What `agree` nodes answer alike (operator==): the first one's answer. `question` stands in what is said of nodes that differ;
  // `describe` writes an answer for people.
  template <typename Answer>
  [[nodiscard]] Result<Answer> agreed(std::string_view question, const std::function<Result<Answer>(Node&)>& ask,
                                      const std::function<std::string(const Answer&)>& describe);

  // Hands a signed transaction to every node; ok if one has taken it or has it already.
  [[nodiscard]] Status send(std::string_view raw);
  // Every answer, of nodes that are of this chain.
  template <typename Answer>
  [[nodiscard]] std::vector<Answer> answers(const std::function<Result<Answer>(Node&)>& ask);

  // What is wrong with which node now: "http://node: says otherwise …". It goes when the node agrees on the same question again.
  [[nodiscard]] std::vector<std::string> troubles() const;
  [[nodiscard]] size_t size() const { return nodes_.size(); }

 private:
  struct Member {
    Node node;
    bool of_chain = false;  // its chain id has been seen to be the right one
  };
  [[nodiscard]] Status check_chain(Member& member);
  [[nodiscard]] Error undecided(std::string_view question, size_t answered, const std::string& who_says_what) const;
  void note(const Member& member, std::string_view question, std::string trouble);
  void clear(const Member& member, std::string_view question);

  std::vector<Member> nodes_;
  uint64_t chain_id_;
  size_t agree_;
  std::map<std::pair<std::string, std::string>, std::string> troubles_;  // (node, question)
};

// The contract's state after the newest block, as enough nodes see it.
[[nodiscard]] Result<Anchored> contract_latest(Nodes& nodes, const Address& contract);
[[nodiscard]] Result<WitnessSet> contract_witnesses(Nodes& nodes, const Address& contract);
// Code::conflict where it is another log's contract, or none.
[[nodiscard]] Status check_contract(Nodes& nodes, const Address& contract, std::string_view origin);

template <typename Answer>
Result<Answer> Nodes::agreed(std::string_view question, const std::function<Result<Answer>(Node&)>& ask,
                             const std::function<std::string(const Answer&)>& describe) {
  struct Voice {
    Member* member;
    Answer answer;
    size_t alike = 0;
  };
  std::vector<Voice> voices;
  std::string who_says_what;
  for (Member& member : nodes_) {
    const Status of_chain = check_chain(member);
    Result<Answer> answer = of_chain ? ask(member.node) : Result<Answer>(std::unexpected(of_chain.error()));
    if (!answer) {
      note(member, question, answer.error().text());
      who_says_what += "; " + member.node.name() + ": " + answer.error().text();
      continue;
    }
    who_says_what += "; " + member.node.name() + " says " + describe(*answer);
    voices.push_back({&member, std::move(*answer)});
  }
  const Voice* winner = nullptr;
  for (Voice& voice : voices) {
    for (const Voice& other : voices) voice.alike += other.answer == voice.answer ? 1 : 0;
    if (voice.alike >= agree_ && winner == nullptr) winner = &voice;
  }
  for (const Voice& voice : voices) {
    const bool differs = winner != nullptr ? !(voice.answer == winner->answer) : voice.alike < voices.size();
    if (differs)
      note(*voice.member, question, "says otherwise than others: " + describe(voice.answer));
    else
      clear(*voice.member, question);
  }
  if (winner != nullptr) return winner->answer;
  return std::unexpected(undecided(question, voices.size(), who_says_what));
}

template <typename Answer>
std::vector<Answer> Nodes::answers(const std::function<Result<Answer>(Node&)>& ask) {
  std::vector<Answer> all;
  for (Member& member : nodes_) {
    if (!check_chain(member)) continue;
    if (Result<Answer> answer = ask(member.node)) all.push_back(std::move(*answer));
  }
  return all;
}

}  // namespace fairway::ledger::anchor
