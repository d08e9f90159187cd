// The vectors of transparency-dev/merkle: four folders of JSON files, each with what is to be checked and whether it is to fail.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "base/json.h"
#include "ledger/merkle.h"

namespace fairway::ledger::merkle_vectors_test {
namespace {

namespace fs = std::filesystem;

uint64_t unsigned_of(const json::object& object, std::string_view name) {
  const json::value& value = object.at(name);
  return value.is_uint64() ? value.as_uint64() : static_cast<uint64_t>(value.as_int64());
}

// A vector as its checker wants it; a hash of another length makes it invalid at once.
class MerkleVector {
 public:
  explicit MerkleVector(const json::object& object) : object_(object) {
    if (const json::array* proof = array_of(object, "proof"))
      for (const json::value& hash : *proof) proof_.push_back(read(std::string_view(hash.as_string())));
  }
  uint64_t number(std::string_view name) const { return unsigned_of(object_, name); }
  Hash hash(std::string_view name) { return read(text_of(object_, name)); }
  const std::vector<Hash>& proof() const { return proof_; }
  bool is_whole() const { return is_whole_; }

 private:
  Hash read(std::string_view base64) {
    const std::string bytes = from_base64(base64).value_or("");
    const auto hash = hash_from(bytes);
    if (hash) return *hash;
    // Some have "don't care" in place of roots that are only compared with each other, or, behind an empty subtree, not at all.
    const bool is_placeholder =
        bytes.starts_with("don't care") && (text_of(object_, "root1") == text_of(object_, "root2") || is_about_nothing());
    is_whole_ = is_whole_ && is_placeholder;
    return leaf_hash(bytes);
  }

  bool is_about_nothing() const { return object_.contains("start") && number("start") == number("end"); }

  const json::object& object_;
  std::vector<Hash> proof_;
  bool is_whole_ = true;
};

using Checker = Status (*)(MerkleVector& vector);
struct VectorFolder {
  std::string_view name;
  size_t files;
  Checker check;
};
const VectorFolder kVectorFolders[] = {
    {"inclusion", 98,
     [](MerkleVector& v) {
       return verify_inclusion(v.number("leafIdx"), v.number("treeSize"), v.hash("leafHash"), v.proof(), v.hash("root"));
     }},
    {"consistency", 98,
     [](MerkleVector& v) { return verify_consistency(v.number("size1"), v.number("size2"), v.hash("root1"), v.hash("root2"), v.proof()); }},
    {"subtreeinclusion", 204,
     [](MerkleVector& v) {
       return verify_subtree_inclusion(v.number("leafIdx"), v.number("start"), v.number("end"), v.hash("leafHash"), v.proof(),
                                       v.hash("root"));
     }},
    {"subtreeconsistency", 118,
     [](MerkleVector& v) {
       return verify_subtree_consistency(v.number("start"), v.number("end"), v.number("size"), v.hash("root1"), v.hash("root2"), v.proof());
     }},
};

// How many files agreed.
size_t check_folder(const fs::path& folder, Checker check) {
  size_t agreed = 0;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const auto parsed = parse_json(text.str());
    if (!parsed) {
      ADD_FAILURE() << file.path() << ": " << parsed.error().text();
      continue;
    }
    MerkleVector vector(parsed->as_object());
    const Status checked = check(vector);
    const bool failed = !checked || !vector.is_whole();
    EXPECT_EQ(failed, truth_of(parsed->as_object(), "wantErr")) << file.path();
    agreed += failed == truth_of(parsed->as_object(), "wantErr") ? 1 : 0;
  }
  return agreed;
}

TEST(MerkleVectors, AllOfTheCorpus) {
  const fs::path corpus = fs::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora/merkle";
  if (!fs::exists(corpus)) GTEST_SKIP() << "no ../shared/corpora/merkle beside the project";
  for (const VectorFolder& folder : kVectorFolders)
    EXPECT_EQ(check_folder(corpus / folder.name, folder.check), folder.files) << folder.name;
}

}  // namespace
}  // namespace fairway::ledger::merkle_vectors_test
