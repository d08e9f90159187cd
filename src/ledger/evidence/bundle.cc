#include "ledger/evidence/bundle.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"

namespace fairway::ledger::evidence {
namespace {

std::string named(std::string_view folder, Position entry, std::string_view ending) {
  return std::string(folder).append(std::to_string(entry)).append(ending);
}

Status check(const Contents& contents) {
  if (contents.openings.empty()) return fail(Code::invalid, "a bundle without entries");
  if (contents.openings.size() > limits::kBundleEntriesMax)
    return fail(Code::too_large, "too many entries for one bundle", std::to_string(contents.openings.size()),
                "at most " + std::to_string(limits::kBundleEntriesMax));
  if (contents.openings.size() != contents.proofs.size()) return fail(Code::internal, "openings without proofs");
  return {};
}

}  // namespace

std::string opening_part(Position entry) { return named("openings/", entry, ".json"); }

std::string proof_part(Position entry) { return named("proofs/", entry, ".tlog-proof"); }

Position entry_of_part(std::string_view name, std::string_view folder, std::string_view ending) {
  if (!name.starts_with(folder) || !name.ends_with(ending) || name.size() <= folder.size() + ending.size()) return 0;
  const std::string_view digits = name.substr(folder.size(), name.size() - folder.size() - ending.size());
  Position entry = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), entry);
  if (error != std::errc() || end != digits.data() + digits.size()) return 0;
  return std::to_string(entry) == digits ? entry : 0;
}

Result<std::string> make(const Contents& contents, const Signer& log) {
  TRY_OK(check(contents));
  std::vector<Part> parts;
  parts.push_back({std::string(kPolicyPart), contents.policy});
  for (const Opening& opening : contents.openings) parts.push_back({opening_part(opening.entry), to_json(opening)});
  for (const Proof& proof : contents.proofs) parts.push_back({proof_part(proof.index + 1), to_text(proof)});
  parts.insert(parts.end(), contents.others.begin(), contents.others.end());
  const std::string manifest = to_json(Manifest{contents.origin, contents.made, contents.about, list(parts)});
  std::vector<Part> all;
  all.push_back({std::string(kManifestName), manifest});
  all.push_back({std::string(kSealName), TRY(make_seal(log, contents.origin, manifest))});
  std::ranges::move(parts, std::back_inserter(all));
  return to_zip(all);
}

const Part* Bundle::find(std::string_view name) const {
  const auto found = std::ranges::find(parts, name, &Part::name);
  return found == parts.end() ? nullptr : &*found;
}

Result<Bundle> bundle_from(std::string_view bytes) {
  Bundle bundle;
  bundle.parts = TRY(parts_of_zip(bytes));
  if (bundle.parts.size() < 2 || bundle.parts[0].name != kManifestName || bundle.parts[1].name != kSealName)
    return fail(Code::invalid, "not an evidence bundle", "", "its first two parts are manifest.json and seal");
  bundle.manifest_json = std::move(bundle.parts[0].bytes);
  bundle.seal = std::move(bundle.parts[1].bytes);
  bundle.parts.erase(bundle.parts.begin(), bundle.parts.begin() + 2);
  bundle.manifest = TRY(manifest_from_json(bundle.manifest_json));
  const std::vector<ListedPart> listed = list(bundle.parts);
  if (listed == bundle.manifest.parts) return bundle;
  const auto [there, wanted] = std::ranges::mismatch(listed, bundle.manifest.parts);
  return fail(Code::invalid, "the parts are not those of the manifest", there == listed.end() ? wanted->name : there->name,
              "a part was changed, added, left out or moved");
}

}  // namespace fairway::ledger::evidence
