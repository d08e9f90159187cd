#include "simulate/authority/own_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/instant.h"
#include "filing/lodge/answers.h"
#include "gateway/customs/dec_receipt.h"
#include "gateway/customs/road_manifest.h"

namespace fairway::simulate {
namespace {

constexpr int kMainlandOffsetMinutes = 8 * 60;

struct CodeRow {
  std::string_view status, declaration, manifest;  // CHANNEL of DEC_RESULT, StatementCode
};
constexpr std::array kCodes = {
    CodeRow{"received", "L", "00"},   CodeRow{"accepted", "G", "01"}, CodeRow{"queried", "H", "02"},
    CodeRow{"rejected", "E", "03"},   CodeRow{"amended", "", "04"},   CodeRow{"cancelled", "D", "05"},
    CodeRow{"inspection", "C", "06"}, CodeRow{"released", "P", "07"}, CodeRow{"closed", "R", "08"},
};

CivilTime mainland(int64_t micros) { return civil_of(micros, kMainlandOffsetMinutes); }

// The first names the sender's own number and gives the authority's, whatever follows names the latter alone.
std::string declaration_receipt(const LetterView& letter, const filing::Heard& heard, std::string_view number, std::string_view code) {
  gateway::customs::DecReceipt receipt;
  receipt.seq_no = number;
  if (heard.answer.status == "received") {
    receipt.kind = gateway::customs::ReceiptKind::import_response;
    receipt.client_seq_no = letter.head.id;
    receipt.code = "0";
  } else {
    const CivilTime at = mainland(heard.answer.at_us);
    receipt.code = code;
    receipt.note = heard.answer.text;
    receipt.notice_date = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", at.year, at.month, at.day, at.hour, at.minute, at.second);
  }
  return write_dec_receipt(receipt).value_or("");
}

std::string manifest_answer(const LetterView& letter, const filing::Heard& heard, std::string_view code) {
  const CivilTime at = mainland(heard.answer.at_us);
  gateway::customs::ManifestResponse response;
  response.message_id = letter.head.id;
  response.message_type = letter.value("MessageType");
  response.send_time = fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}000", at.year, at.month, at.day, at.hour, at.minute, at.second);
  response.id = heard.answer.number;
  response.code = code;
  response.text = heard.answer.text;
  return write_manifest_response(response).value_or("");
}

}  // namespace

std::string in_own_format(const LetterView& letter, const filing::Heard& heard, std::string_view number) {
  const std::string& format = letter.head.format;
  if (format == "cusdec" || format == "cuscar") return filing::write_cusres(heard, "AUTHORITY", letter.head.filing).value_or("");
  const auto row = std::ranges::find(kCodes, heard.answer.status, &CodeRow::status);
  // What is said of single containers, or of single fields, has no place in a receipt.
  const bool says_more = !heard.answer.remarks.empty() || !heard.answer.containers.empty();
  if (row == kCodes.end() || says_more) return {};
  if (format == "dec-message" && !row->declaration.empty()) return declaration_receipt(letter, heard, number, row->declaration);
  if (format == "cn-road-manifest" || format == "cn-manifest") return manifest_answer(letter, heard, row->manifest);
  return {};
}

}  // namespace fairway::simulate
