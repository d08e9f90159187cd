#include "filing/lodge/edifact_letter.h"

#include <algorithm>

#include "gateway/customs/paper.h"

namespace fairway::filing {
namespace {

using gateway::customs::Paper;

// BGM 1001 and 1225.
constexpr std::string_view kImport = "929", kExport = "830", kManifest = "785";
std::string_view function_of(Kind kind) { return kind == Kind::original ? "9" : kind == Kind::amendment ? "5" : "1"; }

bool has_party(const Draft& draft, std::string_view role) {
  return std::ranges::any_of(draft.fields, [&](const FilledField& field) { return field.name.starts_with(role) && !field.value.empty(); });
}

Result<std::string> write(std::string_view type, std::string_view document, const Draft& draft, const LetterHead& head) {
  Paper paper;
  paper.type = type;
  paper.id = head.id;
  paper.sender = head.sender;
  paper.recipient = head.authority;
  paper.written_us = head.ordered_us;
  const auto add = [&](std::string name, std::string_view value) {
    if (!value.empty()) paper.fields.push_back({std::move(name), std::string(value)});
  };
  add("@document", document);
  add("@form", draft.key.text());
  add("@function", function_of(head.kind));
  add("@filing", head.filing);
  add("@number", head.number);
  add("@reason", head.reason);
  for (const FilledField& field : draft.fields) add(field.name, field.value);
  return write_paper(paper);
}

}  // namespace

Result<std::string> cusdec_letter(const Draft& draft, const LetterHead& head) {
  return write("CUSDEC",
               has_party(draft, "importer.")   ? kImport
               : has_party(draft, "exporter.") ? kExport
                                               : std::string_view(),
               draft, head);
}

Result<std::string> cuscar_letter(const Draft& draft, const LetterHead& head) { return write("CUSCAR", kManifest, draft, head); }

}  // namespace fairway::filing
