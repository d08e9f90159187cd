#include "filing/lodge/answers.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "filing/lodge/dec_receipt.h"

namespace fairway::filing {
namespace {

constexpr std::array<std::string_view, 10> kStatuses = {"received",  "accepted",   "queried",  "rejected", "amended",
                                                        "cancelled", "inspection", "released", "closed",   "paid"};
constexpr size_t kOriginalBytesMax = 64u << 10;  // of what could not be read, kept to be looked at

Status bounded(std::string_view what, std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return {};
  return fail(Code::too_large, "the answer's " + std::string(what) + " is too long", {}, std::to_string(bytes_max) + " bytes at most");
}

Status check(const Heard& heard) {
  const Answer& answer = heard.answer;
  if (answer.id.empty()) return fail(Code::invalid, "an answer has an id of its own", "id");
  if (!is_answer_status(answer.status)) return fail(Code::invalid, "this is no status of an answer", legible(answer.status));
  if (heard.lodgement.empty() && heard.filing.empty() && answer.number.empty())
    return fail(Code::invalid, "an answer names a lodgement, a filing or a number", answer.id);
  TRY_OK(bounded("id", answer.id, limits::kIdentifierBytesMax));
  TRY_OK(bounded("lodgement", heard.lodgement, limits::kIdentifierBytesMax));
  TRY_OK(bounded("filing", heard.filing, limits::kIdentifierBytesMax));
  TRY_OK(bounded("number", answer.number, limits::kIdentifierBytesMax));
  TRY_OK(bounded("text", answer.text, limits::kTextBytesMax));
  if (answer.remarks.size() > limits::kAnswerRemarksMax) return fail(Code::too_large, "an answer has too many remarks", answer.id);
  for (const auto& [field, text] : answer.remarks) {
    TRY_OK(bounded("remark", field, limits::kIdentifierBytesMax));
    TRY_OK(bounded("remark", text, limits::kTextBytesMax));
  }
  if (answer.containers.size() > limits::kEdifactConsignmentBoxesMax)
    return fail(Code::too_large, "an answer names too many containers", answer.id);
  for (const std::string& container : answer.containers) TRY_OK(bounded("container", container, limits::kIdentifierBytesMax));
  return {};
}

void lay_over(std::string& value, std::string_view told) {
  if (value.empty()) value = told;
}

// An answer in an authority's own format.
Result<Heard> read_own_format(std::string_view text) {
  if (text.starts_with("UNA") || text.starts_with("UNB")) return read_cusres(text);
  if (begins_receipt(text)) return read_receipt(text);
  return fail(Code::unsupported, "an answer is JSON, CUSRES or a receipt of the Mainland's customs", legible(text, 20));
}

Result<Heard> from_object(const json::object& object) {
  Heard heard;
  if (const std::string_view raw = trim(text_of(object, "raw")); !raw.empty()) heard = TRY(read_own_format(raw));
  Answer& answer = heard.answer;
  lay_over(answer.id, text_of(object, "id"));
  lay_over(heard.lodgement, text_of(object, "lodgement"));
  lay_over(heard.filing, text_of(object, "filing"));
  lay_over(answer.status, text_of(object, "status"));
  lay_over(answer.number, text_of(object, "number"));
  lay_over(answer.text, text_of(object, "text"));
  if (const json::array* remarks = array_of(object, "remarks"); remarks != nullptr && answer.remarks.empty())
    for (const json::value& remark : *remarks)
      if (const json::object* one = remark.if_object()) answer.remarks.emplace_back(text_of(*one, "field"), text_of(*one, "text"));
  if (const json::array* containers = array_of(object, "containers"); containers != nullptr && answer.containers.empty())
    for (const json::value& container : *containers)
      if (const json::string* text = container.if_string()) answer.containers.emplace_back(*text);
  if (const std::string_view at = text_of(object, "at"); !at.empty() && answer.at_us == 0) answer.at_us = TRY(parse_rfc3339(at)).micros;
  answer.lodgement = heard.lodgement;
  // A code of an authority's own format that is not known: what stands beside it may say what it means.
  if (!heard.problem.empty() && answer.status.empty()) return heard;
  heard.problem.clear(), heard.original.clear();
  TRY_OK(check(heard));
  return heard;
}

}  // namespace

bool is_answer_status(std::string_view status) { return std::ranges::find(kStatuses, status) != kStatuses.end(); }

Result<Heard> read_answer(std::string_view bytes) {
  const std::string_view text = trim(without_byte_order_mark(bytes));
  if (!text.starts_with('{')) {
    Heard heard = TRY(read_own_format(text));
    if (heard.problem.empty()) TRY_OK(check(heard));
    return heard;
  }
  const json::value parsed = TRY(parse_json(text));
  return from_object(parsed.as_object());
}

Result<Channel::Mail> read_answers(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* page = parsed.if_object();
  const json::array* answers = page == nullptr ? nullptr : array_of(*page, "answers");
  if (answers == nullptr) return fail(Code::invalid, "a page of answers is an object with \"answers\" and \"next\"");
  Channel::Mail mail;
  mail.cursor = text_of(*page, "next");
  TRY_OK(bounded("cursor", mail.cursor, limits::kIdentifierBytesMax));
  for (const json::value& item : *answers) {
    const json::object* object = item.if_object();
    Result<Heard> heard = object == nullptr ? Result<Heard>(fail(Code::invalid, "an answer is a JSON object")) : from_object(*object);
    if (!heard) {
      Heard broken;
      broken.problem = heard.error().text();
      broken.original = legible(json::serialize(item), kOriginalBytesMax);
      heard = std::move(broken);
    }
    mail.heard.push_back(std::move(*heard));
  }
  return mail;
}

std::string to_json(const Heard& heard) {
  const Answer& answer = heard.answer;
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("id", answer.id);
  json.optional_member("lodgement", heard.lodgement).optional_member("filing", heard.filing).member("status", answer.status);
  json.optional_member("number", answer.number).optional_member("text", answer.text);
  if (!answer.remarks.empty()) {
    json.key("remarks").begin_array();
    for (const auto& [field, text] : answer.remarks) json.begin_object().member("field", field).member("text", text).end_object();
    json.end_array();
  }
  if (!answer.containers.empty()) {
    json.key("containers").begin_array();
    for (const std::string& container : answer.containers) json.value(container);
    json.end_array();
  }
  if (answer.at_us != 0) json.member("at", to_rfc3339_utc(answer.at_us));
  json.end_object();
  return out;
}

}  // namespace fairway::filing
