#include "filing/lodge/dec_receipt.h"

#include "base/bytes.h"
#include "base/instant.h"
#include "filing/lodge/answers.h"
#include "filing/regime/embedded.h"
#include "gateway/customs/dec_receipt.h"
#include "gateway/customs/road_manifest.h"

namespace fairway::filing {
namespace {

using namespace gateway::customs;

constexpr std::string_view kOffset = "+08:00";  // of the Mainland, all the year

std::string_view find(const std::map<std::string, std::string, std::less<>>& codes, std::string_view code) {
  const auto found = codes.find(code);
  return found == codes.end() ? std::string_view() : std::string_view(found->second);
}

Status take(const Table& table, std::map<std::string, std::string, std::less<>>& codes) {
  for (size_t row = 0; row < table.rows(); ++row) {
    const std::string& status = table.cell(row, "status");
    if (!is_answer_status(status)) return fail(Code::invalid, "this is no status of an answer", table.place(row) + ": " + status);
    codes[table.cell(row, "code")] = status;
  }
  return {};
}

Result<Table> embedded_table(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return Table::parse(file.text, path);
  return Table::parse("code,status\n", path);
}

// "2026-11-24T09:15:03", or without its hyphens and colons as older versions and manifests write it; in the time of the Mainland. 0 where
// it is none.
int64_t moment_of(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  if (digits.size() < 14) return 0;
  const std::string_view d = digits;
  std::string instant;
  for (const auto& [from, size, behind] : {std::tuple(0, 4, "-"), {4, 2, "-"}, {6, 2, "T"}, {8, 2, ":"}, {10, 2, ":"}, {12, 2, ""}})
    instant.append(d.substr(static_cast<size_t>(from), static_cast<size_t>(size))).append(behind);
  const auto parsed = parse_rfc3339(instant + std::string(kOffset));
  return parsed ? parsed->micros : 0;
}

// The authority's own id of the answer: there is none, so it is what the receipt says. The same receipt twice has the same one.
std::string id_of(std::string_view kind, std::initializer_list<std::string_view> parts) {
  std::string said;
  for (const std::string_view part : parts) said.append(part).push_back('\x1F');
  return std::string(kind) + "-" + to_hex(sha256(said)).substr(0, 32);
}

void take_status(Heard& heard, std::string_view status, std::string_view what, std::string_view code, std::string_view bytes) {
  if (!status.empty()) {
    heard.answer.status = status;
    return;
  }
  heard.problem = std::string(what) + " " + legible(code, 20) + " is not in the tables of the regime: add the code, or act by hand";
  heard.original = legible(bytes, 64u << 10);
}

Result<Heard> of_declaration(std::string_view bytes, const ReceiptCodes& codes) {
  std::vector<gateway::Diagnostic> diagnostics;
  const DecReceipt receipt = TRY(read_dec_receipt(bytes, diagnostics));
  if (receipt.code.empty() || (receipt.client_seq_no.empty() && receipt.seq_no.empty()))
    return fail(Code::invalid, "a receipt names a declaration and a code", "", "send the receipt whole");
  Heard heard;
  heard.lodgement = receipt.client_seq_no;
  heard.answer.lodgement = receipt.client_seq_no;
  heard.answer.number = receipt.seq_no;
  heard.answer.text = receipt.note;
  heard.answer.at_us = moment_of(receipt.notice_date);
  if (!receipt.entry_id.empty()) heard.answer.remarks.emplace_back("EntryId", receipt.entry_id);
  heard.answer.id =
      id_of("dec", {receipt.client_seq_no, receipt.seq_no, receipt.entry_id, receipt.code, receipt.notice_date, receipt.note});
  if (receipt.kind == ReceiptKind::import_response)
    heard.answer.status = receipt.code == "0" ? "received" : "rejected";
  else
    take_status(heard, codes.declaration(receipt.code), "CHANNEL", receipt.code, bytes);
  return heard;
}

Result<Heard> of_manifest(std::string_view bytes, const ReceiptCodes& codes) {
  std::vector<gateway::Diagnostic> diagnostics;
  const ManifestResponse response = TRY(read_manifest_response(bytes, diagnostics));
  if (response.code.empty() || response.message_id.empty())
    return fail(Code::invalid, "an answer to a manifest names its message and a code", "", "send the answer whole");
  Heard heard;
  heard.lodgement = response.message_id;
  heard.answer.lodgement = response.message_id;
  heard.answer.number = response.id;
  heard.answer.text = response.text;
  heard.answer.at_us = moment_of(response.send_time);
  heard.answer.id =
      id_of("manifest", {response.message_id, response.id, response.document, response.code, response.send_time, response.text});
  take_status(heard, codes.manifest(response.code), "StatementCode", response.code, bytes);
  return heard;
}

}  // namespace

Result<ReceiptCodes> ReceiptCodes::from(const Table& declarations, const Table& manifests) {
  ReceiptCodes codes;
  TRY_OK(take(declarations, codes.declarations_));
  TRY_OK(take(manifests, codes.manifests_));
  return codes;
}

Result<ReceiptCodes> ReceiptCodes::of(const Regime& regime) {
  return from(regime.table("codes/receipts"), regime.table("codes/manifest_receipts"));
}

const ReceiptCodes& ReceiptCodes::built_in() {
  static const ReceiptCodes built = [] {
    const auto declarations = embedded_table("regimes/cn/codes/receipts.csv");
    const auto manifests = embedded_table("regimes/cn/codes/manifest_receipts.csv");
    auto codes = declarations && manifests ? from(*declarations, *manifests) : Result<ReceiptCodes>(ReceiptCodes());
    return codes ? std::move(*codes) : ReceiptCodes();
  }();
  return built;
}

std::string_view ReceiptCodes::declaration(std::string_view channel) const { return find(declarations_, channel); }
std::string_view ReceiptCodes::manifest(std::string_view code) const { return find(manifests_, code); }

bool begins_receipt(std::string_view bytes) { return begins_dec_receipt(bytes) || begins_manifest_message(bytes); }

Result<Heard> read_receipt(std::string_view bytes, const ReceiptCodes& codes) {
  return begins_dec_receipt(bytes) ? of_declaration(bytes, codes) : of_manifest(bytes, codes);
}

}  // namespace fairway::filing
