#include "ledger/evidence/manifest.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::ledger::evidence {
namespace {

constexpr std::string_view kFormat = "fairway-evidence";
constexpr std::string_view kSealLine = "fairway-evidence/v1\n";

}  // namespace

std::string to_json(const Manifest& manifest) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("format", kFormat).member("version", 1).member("origin", manifest.origin).member("made", manifest.made);
  writer.member("about", manifest.about).key("parts").begin_array();
  for (const ListedPart& part : manifest.parts)
    writer.begin_object().member("name", part.name).member("bytes", part.bytes).member("sha256", part.sha256).end_object();
  writer.end_array().end_object();
  return out;
}

Result<Manifest> manifest_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "the manifest is no object");
  if (text_of(*object, "format") != kFormat || integer_of(*object, "version") != 1)
    return fail(Code::unsupported, "not a manifest of this format and version", std::string(text_of(*object, "format").substr(0, 64)),
                "a newer fairway may know it");
  Manifest manifest;
  manifest.origin = text_of(*object, "origin");
  manifest.made = text_of(*object, "made");
  manifest.about = text_of(*object, "about");
  if (const json::array* parts = array_of(*object, "parts"))
    for (const json::value& item : *parts) {
      const json::object* part = item.if_object();
      if (part == nullptr) return fail(Code::invalid, "a part of the manifest is no object");
      const int64_t bytes = integer_of(*part, "bytes").value_or(-1);
      if (bytes < 0) return fail(Code::invalid, "a part of the manifest without a size");
      manifest.parts.push_back({std::string(text_of(*part, "name")), static_cast<uint64_t>(bytes), std::string(text_of(*part, "sha256"))});
    }
  if (to_json(manifest) != text) return fail(Code::invalid, "the manifest is not spelt as a manifest is", "", "it was changed");
  return manifest;
}

std::vector<ListedPart> list(std::span<const Part> parts) {
  std::vector<ListedPart> listed;
  listed.reserve(parts.size());
  for (const Part& part : parts) listed.push_back({part.name, part.bytes.size(), to_hex(sha256(part.bytes))});
  return listed;
}

std::string seal_text(std::string_view origin, std::string_view manifest_json) {
  return std::string(kSealLine).append(origin).append("\n").append(to_base64(sha256(manifest_json))).append("\n");
}

Result<std::string> make_seal(const Signer& signer, std::string_view origin, std::string_view manifest_json) {
  Note note{seal_text(origin, manifest_json), {}};
  note.signatures.push_back(TRY(signer.sign(note.text, 0)));
  return to_text(note);
}

Status verify_seal(std::string_view seal, std::string_view origin, std::string_view manifest_json, const Policy& policy) {
  const Note note = TRY(note_from(seal));
  if (to_text(note) != seal) return fail(Code::invalid, "the seal is not spelt as a note is");
  if (note.text != seal_text(origin, manifest_json))
    return fail(Code::forbidden, "the seal is not of this manifest", "", "the manifest or the seal was changed");
  std::vector<VerifierKey> keys;
  for (const PolicyLog& log : policy.logs)
    if (log.key.name == origin) keys.push_back(log.key);
  if (keys.empty()) return fail(Code::forbidden, "the policy names no log of this origin", std::string(origin));
  const VerifiedNote verified = TRY(verify(note, keys));
  if (verified.unknown != 0) return fail(Code::forbidden, "the seal has a signature of a key that the policy does not name");
  return {};
}

}  // namespace fairway::ledger::evidence
