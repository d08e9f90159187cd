// CUSRES as an answer. GEI C012 7365 tells the status; a closed declaration has no code in the list, and says so in words.
#include <algorithm>
#include <array>

#include "base/instant.h"
#include "filing/lodge/answers.h"
#include "gateway/customs/paper.h"
#include "gateway/customs/row_name.h"

namespace fairway::filing {
namespace {

using gateway::customs::Paper;
using gateway::customs::PaperField;

struct StatusRow {
  std::string_view status, code_7365, text_7364;
};
// The first row of a status is how it is written.
constexpr std::array kStatusRows = {
    StatusRow{"received", "17", ""},       // message received
    StatusRow{"accepted", "32", ""},       // transaction accepted
    StatusRow{"accepted", "1", ""},        // message content accepted
    StatusRow{"accepted", "9", ""},        // declaration accepted awaiting goods arrival
    StatusRow{"queried", "6", ""},         // all documents or as specified to be produced
    StatusRow{"rejected", "33", ""},       // transaction rejected
    StatusRow{"rejected", "2", ""},        // message content rejected with comment
    StatusRow{"rejected", "3", ""},        // message content rejected without comment
    StatusRow{"amended", "15", ""},        // response after correction, correction approved
    StatusRow{"rejected", "16", ""},       // response after correction, correction not approved
    StatusRow{"cancelled", "129", ""},     // cancellation executed
    StatusRow{"inspection", "5", ""},      // goods required for examination
    StatusRow{"inspection", "7", ""},      // goods detained
    StatusRow{"released", "4", ""},        // goods released
    StatusRow{"paid", "97", ""},           // beneficiary has received funds
    StatusRow{"closed", "ZZZ", "CLOSED"},  // mutually defined
};

// 963 tells of errors: without a GEI it is a rejection.
constexpr std::string_view kNoCode = "ZZZ";
constexpr std::string_view kGeneral = "961", kErrors = "963";

std::string status_of(const Paper& paper) {
  const std::string_view code = paper.value("@status"), text = paper.value("@statusText");
  for (const StatusRow& row : kStatusRows)
    if (row.code_7365 == code && (row.text_7364.empty() || row.text_7364 == text)) return std::string(row.status);
  return code.empty() && paper.value("@document") == kErrors ? "rejected" : std::string();
}

}  // namespace

Result<Heard> read_cusres(std::string_view bytes) {
  const Paper paper = TRY(gateway::customs::read_paper(bytes));
  if (paper.type != "CUSRES") return fail(Code::unsupported, "an answer in EDIFACT is a CUSRES", paper.type);
  Heard heard;
  heard.filing = paper.value("@filing");
  heard.lodgement = paper.value("@lodgement");
  Answer& answer = heard.answer;
  answer.id = paper.id;
  answer.lodgement = heard.lodgement;
  answer.status = status_of(paper);
  answer.number = paper.value("@number");
  answer.text = paper.value("@text");
  answer.at_us = paper.written_us;
  if (const auto at = parse_rfc3339(paper.value("@at"))) answer.at_us = at->micros;
  for (const PaperField& field : paper.fields) {
    const auto name = gateway::customs::row_name(field.name);
    if (name.name == "container.number") answer.containers.push_back(field.value);
    if (name.scope != "remark") continue;
    if (answer.remarks.size() < name.row) answer.remarks.resize(name.row);
    auto& [about, said] = answer.remarks[name.row - 1];
    if (name.name == "remark.field") about = field.value;
    if (name.name == "remark.text") said = field.value;
    if (name.name == "remark.code" && said.empty() && field.value != kNoCode) said = field.value;
  }
  if (answer.status.empty())
    return fail(Code::invalid, "the CUSRES does not say what became of the declaration",
                "GEI '" + std::string(paper.value("@status")) + "'");
  if (answer.id.empty()) return fail(Code::invalid, "the CUSRES has no document number", "BGM/2/1");
  return heard;
}

Result<std::string> write_cusres(const Heard& heard, std::string_view sender, std::string_view recipient) {
  const Answer& answer = heard.answer;
  const auto row = std::ranges::find(kStatusRows, answer.status, &StatusRow::status);
  if (row == kStatusRows.end()) return fail(Code::invalid, "a CUSRES has no word for this status", answer.status);
  Paper paper;
  paper.type = "CUSRES";
  paper.id = answer.id;
  paper.sender = sender;
  paper.recipient = recipient;
  paper.written_us = answer.at_us;
  const auto add = [&](std::string name, std::string_view value) {
    if (!value.empty()) paper.fields.push_back({std::move(name), std::string(value)});
  };
  add("@document", answer.status == "rejected" ? kErrors : kGeneral);
  add("@function", "11");
  add("@at", to_rfc3339({.micros = answer.at_us - answer.at_us % 60'000'000, .text = {}}));
  add("@text", answer.text);
  add("@status", row->code_7365);
  add("@statusText", row->text_7364);
  add("@lodgement", heard.lodgement);
  add("@filing", heard.filing);
  add("@number", answer.number);
  for (size_t i = 0; i < answer.containers.size(); ++i) add("container[" + std::to_string(i + 1) + "].number", answer.containers[i]);
  for (size_t i = 0; i < answer.remarks.size(); ++i) {
    const std::string at = "remark[" + std::to_string(i + 1) + "].";
    add(at + "field", answer.remarks[i].first);
    add(at + "code", kNoCode);
    add(at + "text", answer.remarks[i].second);
  }
  return write_paper(paper);
}

}  // namespace fairway::filing
