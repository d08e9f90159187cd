// The tree, without a store: what an entry costs to hash in, and how long it takes to prove one of a million and to check the proof with
// four witnesses' cosignatures. `bench_ledger_core [ENTRIES]`
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include "base/env.h"
#include "ledger/proof.h"
#include "ledger/tile.h"

namespace {

using namespace fairway;
using namespace fairway::ledger;

constexpr int kWitnesses = 4, kRounds = 2'000;

// Tiles as a server keeps them: the hashes of every eighth level.
struct Tiles {
  std::map<std::pair<int, uint64_t>, std::string> bytes;
  CompactRange range;

  void append(const Hash& leaf) {
    range.append(leaf, [&](NodeId id, const Hash& hash) {
      if (id.level % 8 == 0) bytes[{id.level / 8, id.index / kTileWidth}] += view(hash);
    });
  }
  NodeReader reader() const {
    return [this](std::span<const NodeId> nodes) -> Result<std::vector<Hash>> {
      std::vector<Hash> hashes;
      for (const NodeId& node : nodes) {
        const TileId tile = tile_of(node);
        hashes.push_back(TRY(node_from_tile(node, bytes.at({tile.level, tile.index}))));
      }
      return hashes;
    };
  }
};

std::string entry(uint64_t index) { return "entry of 33 bytes, number " + std::to_string(10'000'000 + index); }

template <typename Work>
double median_us(Work work) {
  std::vector<double> times;
  for (int round = 0; round < kRounds; ++round) {
    const int64_t begun = Env::system().steady_ns();
    work(round);
    times.push_back(static_cast<double>(Env::system().steady_ns() - begun) / 1e3);
  }
  std::ranges::sort(times);
  std::printf("  median %.1f us, 99 of 100 below %.1f us\n", times[times.size() / 2], times[times.size() * 99 / 100]);
  return times[times.size() / 2];
}

std::string policy_text(const Signer& log, const std::vector<std::unique_ptr<Signer>>& witnesses) {
  std::string text = "log " + to_text(log.key()) + "\n", group = "group all-of-them all";
  for (const auto& witness : witnesses) {
    text += "witness " + witness->key().name + " " + to_text(witness->key()) + "\n";
    group += " " + witness->key().name;
  }
  return text + group + "\nquorum all-of-them\n";
}

}  // namespace

int main(int argc, char** argv) {
  const uint64_t size = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  Tiles tiles;
  const int64_t begun = Env::system().steady_ns();
  for (uint64_t i = 0; i < size; ++i) tiles.append(leaf_hash(entry(i)));
  const double seconds = static_cast<double>(Env::system().steady_ns() - begun) / 1e9;
  std::printf("%.0f entries a second are hashed into the tree and its tiles (one thread)\n", static_cast<double>(size) / seconds);

  const auto log = make_signer("example.com/log", SignatureKind::ed25519, std::string(32, 'l')).value();
  std::vector<std::unique_ptr<Signer>> witnesses;
  for (int i = 0; i < kWitnesses; ++i)
    witnesses.push_back(
        make_signer("W" + std::to_string(i), SignatureKind::cosignature, std::string(32, static_cast<char>('0' + i))).value());
  const Policy policy = policy_from(policy_text(*log, witnesses)).value();
  Note note{to_text(Checkpoint{"example.com/log", size, tiles.range.root(), {}}), {}};
  note.signatures.push_back(log->sign(note.text, 0).value());
  for (const auto& witness : witnesses) note.signatures.push_back(witness->sign(note.text, 1'800'000'000).value());
  const std::string checkpoint = to_text(note);

  std::vector<std::string> proofs;
  const auto index_of = [&](int round) { return static_cast<uint64_t>(round) * 7'919'777 % size; };
  std::printf("a proof is made, as text (one of %llu entries)\n", static_cast<unsigned long long>(size));
  median_us([&](int round) {
    const uint64_t index = index_of(round);
    proofs.push_back(to_text(Proof{entry(index), index, inclusion_proof(index, size, tiles.reader()).value(), checkpoint}));
  });
  std::printf("a proof is read and checked, with %d cosignatures\n", kWitnesses);
  bool good = true;
  median_us([&](int round) {
    const Proof proof = proof_from(proofs[static_cast<size_t>(round)]).value();
    good = good && verify(proof, proof.extra, policy).has_value();
  });
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
