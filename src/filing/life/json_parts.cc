#include "filing/life/json_parts.h"

namespace fairway::filing {
namespace {

void append(JsonWriter& writer, std::string_view member, const Words& words) {
  writer.key(member).begin_object().optional_member("en", words.en).optional_member("hant", words.hant);
  writer.optional_member("hans", words.hans).end_object();
}

Words words_in(const json::object& object, std::string_view member) {
  const json::object* words = object_of(object, member);
  if (words == nullptr) return {};
  return {std::string(text_of(*words, "en")), std::string(text_of(*words, "hant")), std::string(text_of(*words, "hans"))};
}

}  // namespace

void append_texts(JsonWriter& writer, std::string_view member, const std::vector<std::string>& texts) {
  writer.key(member).begin_array();
  for (const std::string& text : texts) writer.value(text);
  writer.end_array();
}

std::vector<std::string> texts_in(const json::object& object, std::string_view member) {
  std::vector<std::string> texts;
  if (const json::array* items = array_of(object, member))
    for (const json::value& item : *items)
      if (const json::string* text = item.if_string()) texts.emplace_back(*text);
  return texts;
}

void append_references(JsonWriter& writer, std::string_view member, const std::vector<Reference>& references) {
  writer.key(member).begin_array();
  for (const Reference& reference : references) writer.value(reference.key());
  writer.end_array();
}

Result<std::vector<Reference>> references_in(const json::object& object, std::string_view member) {
  std::vector<Reference> references;
  for (const std::string& key : texts_in(object, member)) references.push_back(TRY(Reference::from_key(key)));
  return references;
}

void append_findings(JsonWriter& writer, std::string_view member, const std::vector<Finding>& findings) {
  writer.key(member).begin_array();
  for (const Finding& finding : findings) {
    writer.begin_object().member("rule", finding.rule).member("weight", name(finding.weight)).optional_member("form", finding.form);
    writer.optional_member("field", finding.field).optional_member("path", finding.path);
    append(writer, "message", finding.message);
    append(writer, "cure", finding.cure);
    writer.optional_member("source", finding.source).end_object();
  }
  writer.end_array();
}

Result<std::vector<Finding>> findings_in(const json::object& object, std::string_view member) {
  std::vector<Finding> findings;
  TRY_OK(each_object(object, member, [&](const json::object& item) -> Status {
    Finding finding;
    finding.rule = text_of(item, "rule");
    finding.weight = text_of(item, "weight") == name(Weight::warning) ? Weight::warning : Weight::blocking;
    finding.form = text_of(item, "form");
    finding.field = text_of(item, "field");
    finding.path = text_of(item, "path");
    finding.message = words_in(item, "message");
    finding.cure = words_in(item, "cure");
    finding.source = text_of(item, "source");
    findings.push_back(std::move(finding));
    return {};
  }));
  return findings;
}

Status each_object(const json::object& object, std::string_view member, const std::function<Status(const json::object&)>& take) {
  const json::array* items = array_of(object, member);
  if (items == nullptr) return {};
  for (const json::value& item : *items)
    if (const json::object* one = item.if_object()) TRY_OK(take(*one));
  return {};
}

}  // namespace fairway::filing
