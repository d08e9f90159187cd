#include "ledger/receipt.h"

#include <bit>

#include "base/bytes.h"
#include "ledger/field_slices.h"
#include "ledger/sha256.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

constexpr std::string_view kFirstLine = "fairway-receipt/v1";
constexpr std::string_view kDigestTag = "\x12";

char* put_length(char* to, uint64_t length, int bytes) {
  while (bytes-- > 0) *to++ = static_cast<char>(length >> 8 * bytes);
  return to;
}

// A field as it is digested: both lengths are there, so that no two lists of fields are one text. Put in place in one go: every entry that
// is taken in comes by here.
void append_field(std::string& out, std::string_view path, std::string_view value) {
  const size_t at = out.size(), path_bytes = path.size(), value_bytes = value.size();
  out.resize(at + 2 + path_bytes + 4 + value_bytes);
  char* to = out.data() + at;
  to = put_length(to, path_bytes, 2);
  to += path.copy(to, path_bytes);
  to = put_length(to, value_bytes, 4);
  value.copy(to, value_bytes);
}

// Leaves that no promise fills: nothing hashes to it with the tag of a leaf or a node before it.
const Hash& filler() {
  static const Hash nothing = empty_root();
  return nothing;
}

// Level by level from the leaves up to the root. The number of leaves is a power of two.
std::vector<std::vector<Hash>> levels_over(std::vector<Hash> leaves) {
  std::vector<std::vector<Hash>> levels = {std::move(leaves)};
  while (levels.back().size() > 1) {
    const std::vector<Hash>& below = levels.back();
    std::vector<Hash> level;
    level.reserve(below.size() / 2);
    for (size_t i = 0; i < below.size(); i += 2) level.push_back(node_hash(below[i], below[i + 1]));
    levels.push_back(std::move(level));
  }
  return levels;
}

Result<ReceiptTerms> terms_from(std::string_view text) {
  const auto wrong = fail(Code::invalid, "the note is no receipt's", legible(text, 200));
  ReceiptTerms terms;
  if (take_line(text) != kFirstLine) return wrong;
  const auto origin = take_line(text), root = take_line(text), by = take_line(text);
  if (!by || !text.empty()) return wrong;
  terms.origin = *origin;
  terms.root = TRY(exact_hash(*root));
  terms.by_s = TRY(exact_number(*by));
  return terms;
}

}  // namespace

Hash entry_digest(std::span<const Field> fields) {
  std::string text(kDigestTag);
  for (const Field& field : fields) append_field(text, field.path, field.value);
  return sha256_of({text});
}

// Every entry that is taken in comes by here: nothing is allocated.
Hash entry_digest(const Entry& entry) {
  thread_local FieldSlices fields;
  thread_local std::string text;
  fields.read(entry);
  text = kDigestTag;
  for (size_t i = 0; i < fields.size(); ++i) append_field(text, fields.path(i), fields.value(i));
  return sha256_of({text});
}

std::optional<Hash> entry_digest(const Opening& opening) {
  std::string text(kDigestTag);
  for (const OpenedField& field : opening.fields) {
    if (!field.field) return std::nullopt;
    append_field(text, field.field->path, field.field->value);
  }
  return sha256_of({text});
}

std::string to_text(const ReceiptTerms& terms) {
  return std::string(kFirstLine) + "\n" + terms.origin + "\n" + to_base64(view(terms.root)) + "\n" + std::to_string(terms.by_s) + "\n";
}

Result<std::vector<Receipt>> sign_receipts(std::vector<Promise> promises, uint64_t by_s, const Signer& signer) {
  std::vector<Hash> leaves;
  leaves.reserve(std::bit_ceil(promises.size()));
  for (const Promise& promise : promises) leaves.push_back(leaf_hash(to_json(promise)));
  leaves.resize(std::bit_ceil(leaves.size()), filler());
  const auto levels = levels_over(std::move(leaves));
  const ReceiptTerms terms{signer.key().name, levels.back().front(), by_s};
  Note note{to_text(terms), {}};
  note.signatures.push_back(TRY(signer.sign(note.text, 0)));
  const std::string signed_note = to_text(note);
  std::vector<Receipt> receipts;
  receipts.reserve(promises.size());
  for (size_t i = 0; i < promises.size(); ++i) {
    Receipt receipt{std::move(promises[i]), i, {}, signed_note};
    for (size_t level = 0; level + 1 < levels.size(); ++level) receipt.path.push_back(levels[level][(i >> level) ^ 1]);
    receipts.push_back(std::move(receipt));
  }
  return receipts;
}

Result<ReceiptTerms> verify_receipt(const Receipt& receipt, const VerifierKey& key) {
  const Note note = TRY(note_from(receipt.note));
  if (note.signatures.size() != 1) return fail(Code::forbidden, "a receipt has the log's signature and no other");
  TRY_OK(verify(key, note.text, note.signatures.front()));
  ReceiptTerms terms = TRY(terms_from(note.text));
  if (terms.origin != key.name) return fail(Code::forbidden, "the receipt is of another log", legible(terms.origin), legible(key.name));
  if (receipt.path.size() >= 64) return fail(Code::invalid, "no receipts so many are signed together");
  const Status included =
      verify_inclusion(receipt.index, uint64_t{1} << receipt.path.size(), leaf_hash(to_json(receipt.promise)), receipt.path, terms.root);
  if (!included) return fail(Code::forbidden, "the log has not signed this promise", included.error().message);
  return terms;
}

}  // namespace fairway::ledger
