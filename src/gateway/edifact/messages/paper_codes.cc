#include "gateway/edifact/messages/paper_codes.h"

#include <algorithm>
#include <array>

namespace fairway::gateway::edifact {
namespace {

using M = Milestone;
using K = ReferenceKind;

// The first row that fits: "" fits anything.
struct PaperRow {
  std::string_view message_type, function_1225, response_4343;
  Paper paper;
};
constexpr std::array kPapers = std::to_array<PaperRow>({
    {"IFTMBF", "", "", {M::document_requested, "CBR"}},
    {"IFTMBC", "", "RE", {M::document_rejected, "BKG"}},
    {"IFTMBC", "", "AJ", {M::document_pending_approval, "BKG"}},
    {"IFTMBC", "", "CA", {M::document_pending_update, "BKG"}},
    {"IFTMBC", "27", "", {M::document_rejected, "BKG"}},
    {"IFTMBC", "12", "", {M::document_received, "CBR"}},
    {"IFTMBC", "", "", {M::document_confirmed, "BKG"}},
    {"IFTMIN", "", "", {M::document_submitted, "SHI"}},
    {"IFTMCS", "46", "", {M::document_drafted, "TRD"}},
    {"IFTMCS", "", "RE", {M::document_rejected, "TRD"}},
    {"IFTMCS", "", "AJ", {M::document_pending_approval, "TRD"}},
    {"IFTMCS", "", "", {M::document_issued, "TRD"}},
    {"IFCSUM", "", "", {M::document_submitted, ""}},
    {"CUSCAR", "", "", {M::document_submitted, ""}},
});

// UNCL 1001, transport documents.
struct DocumentRow {
  std::string_view name_1001;
  ReferenceKind kind;
};
constexpr std::array kDocuments = std::to_array<DocumentRow>({
    {"700", K::transport_document},
    {"703", K::house_document},
    {"704", K::transport_document},
    {"705", K::transport_document},
    {"706", K::transport_document},
    {"710", K::transport_document},
    {"712", K::transport_document},
    {"714", K::house_document},
    {"716", K::house_document},
    {"740", K::air_waybill},
    {"741", K::air_waybill},
    {"340", K::shipping_instruction},
    {"610", K::shipping_instruction},
});

struct CustomsRow {
  std::string_view code;
  Milestone meaning;
};
// UNCL 7365.
constexpr std::array kIndicators = std::to_array<CustomsRow>({
    {"4", M::customs_released},
    {"8", M::customs_released},
    {"5", M::customs_selected_for_inspection},
    {"7", M::customs_held},
    {"1", M::document_confirmed},
    {"9", M::document_confirmed},
    {"2", M::document_rejected},
    {"3", M::document_rejected},
    {"6", M::document_pending_update},
    {"10", M::document_pending_update},
});
// UNCL 1001. That a response came is no release: only an indicator says so.
constexpr std::array kResponses = std::to_array<CustomsRow>({
    {"961", M::document_received},
    {"962", M::document_confirmed},
    {"963", M::document_rejected},
});

template <size_t N>
std::optional<Milestone> look_up(const std::array<CustomsRow, N>& rows, std::string_view code) {
  const auto found = std::ranges::find(rows, code, &CustomsRow::code);
  return found == rows.end() ? std::nullopt : std::optional(found->meaning);
}

}  // namespace

std::optional<Paper> paper_of(const DocumentCodes& codes) {
  const auto fits = [](std::string_view row, std::string_view said) { return row.empty() || row == said; };
  for (const PaperRow& row : kPapers)
    if (row.message_type == codes.message_type && fits(row.function_1225, codes.function_1225) &&
        fits(row.response_4343, codes.response_4343))
      return row.paper;
  return std::nullopt;
}

std::optional<ReferenceKind> document_kind_of(const DocumentCodes& codes) {
  const bool transport_contract = codes.message_type == "IFTMCS", instruction = codes.message_type == "IFTMIN";
  for (const DocumentRow& row : kDocuments)
    if (row.name_1001 == codes.name_1001 && (row.kind == K::shipping_instruction ? instruction : transport_contract)) return row.kind;
  return std::nullopt;
}

std::optional<Milestone> customs_indicator_of(std::string_view code_7365) { return look_up(kIndicators, code_7365); }
std::optional<Milestone> customs_response_of(std::string_view bgm_1001) { return look_up(kResponses, bgm_1001); }

}  // namespace fairway::gateway::edifact
