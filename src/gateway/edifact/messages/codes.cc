#include "gateway/edifact/messages/codes.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace fairway::gateway::edifact {
namespace {

using C = Classifier;
using K = ReferenceKind;
using M = Milestone;
using T = TransportMode;

template <typename Value>
struct Row {
  std::string_view code;
  Value value;
};

template <typename Value, size_t N>
std::optional<Value> look_up(const std::array<Row<Value>, N>& rows, std::string_view code) {
  const auto found = std::ranges::find(rows, code, &Row<Value>::code);
  if (found == rows.end()) return std::nullopt;
  return found->value;
}

// UNCL 2005; 136 is "actual" from D.13B and used so before.
constexpr std::array kCallTimes = std::to_array<Row<CallTime>>({
    {"132", {M::arrived, C::estimated}},
    {"178", {M::arrived, C::actual}},
    {"232", {M::arrived, C::planned}},
    {"133", {M::departed, C::estimated}},
    {"136", {M::departed, C::actual}},
    {"186", {M::departed, C::actual}},
    {"189", {M::departed, C::planned}},
});

// UNCL 1153.
constexpr std::array kReferenceKinds1153 = std::to_array<Row<K>>({
    {"BN", K::booking},
    {"BM", K::transport_document},
    {"MB", K::transport_document},
    {"AAS", K::transport_document},
    {"AEX", K::transport_document},
    {"AFA", K::transport_document},
    {"AAM", K::transport_document},
    {"BH", K::house_document},
    {"HWB", K::house_document},
    {"ABH", K::house_document},
    {"AWB", K::air_waybill},
    {"MWB", K::air_waybill},
    {"EQ", K::equipment},
    {"AAQ", K::equipment},
    {"SI", K::customer_reference},
    {"CU", K::customer_reference},
    {"CR", K::customer_reference},
    {"AAO", K::customer_reference},
    {"ANT", K::customer_reference},
    {"FF", K::forwarder_reference},
    {"ON", K::purchase_order},
    {"CO", K::purchase_order},
    {"OP", K::purchase_order},
    {"SN", K::seal},
    {"UCN", K::consignment},
    {"ABT", K::declaration},
    {"AAE", K::declaration},
    {"ED", K::declaration},
    {"ABZ", K::vehicle},
    {"AAJ", K::customer_reference},  // delivery, release and acceptance orders
    {"RE", K::customer_reference},
    {"ATX", K::customer_reference},
    {"ATY", K::customer_reference},
});

// UNCL 8053.
constexpr std::array kEquipmentKinds = std::to_array<Row<K>>({
    {"CN", K::equipment},
    {"SW", K::equipment},
    {"AM", K::equipment},
    {"", K::equipment},
    {"TE", K::vehicle},
    {"AE", K::vehicle},
    {"RR", K::vehicle},
    {"CH", K::vehicle},
});

// UN/ECE Recommendation 19, one digit.
constexpr std::array kModes = std::to_array<Row<T>>({
    {"1", T::vessel},
    {"2", T::rail},
    {"3", T::truck},
    {"4", T::air},
    {"8", T::barge},
});

// UNCL 8179 and Recommendation 28, as far as container messages use them.
constexpr std::array kMeansTypes = std::to_array<Row<T>>({
    {"6", T::air},
    {"8", T::barge},
    {"9", T::vessel},
    {"11", T::vessel},
    {"13", T::vessel},
    {"23", T::rail},
    {"25", T::rail},
    {"31", T::truck},
    {"32", T::truck},
    {"33", T::truck},
    {"34", T::truck},
});

// UNCL 3055. A code of agency 20 is decided by its form: the registry's own codes have four letters, the liner codes of real
// traffic three.
constexpr std::array kSchemes = std::to_array<Row<std::string_view>>({
    {"3", "IATA"},
    {"5", "ISO"},
    {"6", "UN"},
    {"9", "GLN"},
    {"16", "DUNS"},
    {"53", "FIATA"},
    {"54", "IMO"},
    {"86", "SENDER"},
    {"87", "CARRIER"},
    {"91", "SELLER"},
    {"92", "BUYER"},
    {"166", "SCAC"},
    {"182", "SCAC"},
    {"306", "SMDG"},
});

// UNCL 9303 against DCSA sealSource.
constexpr std::array kSealSources = std::to_array<Row<std::string_view>>({
    {"CA", "CAR"},
    {"SH", "SHI"},
    {"CU", "CUS"},
    {"AC", "PHY"},
});

constexpr std::array kMasses = std::to_array<Row<Mass>>({
    {"G", Mass::gross},
    {"AAD", Mass::gross},
    {"AAB", Mass::gross},
    {"WT", Mass::gross},
    {"EGW", Mass::equipment_gross},
    {"AET", Mass::equipment_gross},
    {"T", Mass::tare},
    {"VGM", Mass::verified},
});

constexpr std::array kUnits = std::to_array<Row<double>>({
    {"KGM", 1.0},
    {"TNE", 1000.0},
    {"LBR", 0.45359237},
    {"", 1.0},
});

// UN/ECE Recommendation 24 (and 9011 of D.95B, the same numbers).
constexpr std::array kNumberedStatus = std::to_array<Row<StatusMeaning>>({
    {"1", {M::arrived}},
    {"3", {M::arrived}},
    {"6", {M::document_confirmed}},
    {"7", {M::document_void}},
    {"8", {M::customs_released}},
    {"9", {M::customs_released}},
    {"12", {M::customs_released}},
    {"13", {M::picked_up}},
    {"17", {M::customs_held}},
    {"21", {M::dropped_off}},
    {"22", {M::dropped_off}},
    {"24", {M::departed}},
    {"26", {M::discharged, C::actual, T::rail}},
    {"27", {M::departed}},
    {"28", {M::stripped}},
    {"29", {M::discharged}},
    {"40", {M::arrived}},
    {"48", {M::loaded}},
    {"59", {M::discharged}},
    {"70", {M::loaded, C::actual, T::rail}},
    {"78", {M::document_released}},
    {"79", {M::loaded}},
    {"83", {M::resealed}},
    {"92", {M::stowed}},
    {"93", {M::stuffed}},
    {"94", {M::stuffed}},
});

// ANSI X12 data element 157, as carriers put it into C555 under an agency of their own.
constexpr std::array kLetteredStatus = std::to_array<Row<StatusMeaning>>({
    {"A", {M::arrived}},
    {"P", {M::departed}},
    {"C", {M::departed, C::estimated}},
    {"E", {M::arrived, C::estimated}},
    {"D", {M::dropped_off}},
    {"I", {M::gate_in}},
    {"OA", {M::gate_out}},
    {"AE", {M::loaded, C::actual, T::vessel}},
    {"AL", {M::loaded, C::actual, T::rail}},
    {"AM", {M::loaded, C::actual, T::truck}},
    {"AO", {M::loaded, C::actual, T::barge}},
    {"AP", {M::loaded, C::actual, T::barge}},
    {"AF", {M::picked_up, C::actual, T::truck}},
    {"AG", {M::dropped_off, C::estimated}},
    {"AR", {M::arrived, C::actual, T::rail}},
    {"RL", {M::departed, C::actual, T::rail}},
    {"UR", {M::discharged, C::actual, T::rail}},
    {"UV", {M::discharged, C::actual, T::vessel}},
    {"VA", {M::arrived, C::actual, T::vessel}},
    {"VD", {M::departed, C::actual, T::vessel}},
    {"BF", {M::document_confirmed}},
    {"BR", {M::document_released}},
    {"CR", {M::document_released}},
    {"CT", {M::customs_released}},
    {"CS", {M::resealed}},
    {"EE", {M::picked_up}},
    {"RD", {M::dropped_off}},
});

struct Phrase {
  std::string_view words;  // lower case
  StatusMeaning meaning;
};

// Whole or beginning words of the free text; the first row that occurs wins, so the longer stand before what they contain.
constexpr std::array kPhrases = std::to_array<Phrase>({
    {"rail depart", {M::departed, C::actual, T::rail}},
    {"departed by rail", {M::departed, C::actual, T::rail}},
    {"rail arriv", {M::arrived, C::actual, T::rail}},
    {"arrived by rail", {M::arrived, C::actual, T::rail}},
    {"vessel depart", {M::departed, C::actual, T::vessel}},
    {"vessel arriv", {M::arrived, C::actual, T::vessel}},
    {"barge depart", {M::departed, C::actual, T::barge}},
    {"barge arriv", {M::arrived, C::actual, T::barge}},
    {"feeder depart", {M::departed, C::actual, T::vessel}},
    {"feeder arriv", {M::arrived, C::actual, T::vessel}},
    {"unloaded from rail", {M::discharged, C::actual, T::rail}},
    {"unload", {M::discharged}},
    {"discharg", {M::discharged}},
    {"loaded on rail", {M::loaded, C::actual, T::rail}},
    {"loaded on truck", {M::loaded, C::actual, T::truck}},
    {"loaded on barge", {M::loaded, C::actual, T::barge}},
    {"loaded", {M::loaded}},
    {"gate out", {M::gate_out}},
    {"gate-out", {M::gate_out}},
    {"out-gate", {M::gate_out}},
    {"gated out", {M::gate_out}},
    {"gate in", {M::gate_in}},
    {"gate-in", {M::gate_in}},
    {"in-gate", {M::gate_in}},
    {"gated in", {M::gate_in}},
    {"customs release", {M::customs_released}},
    {"customs clear", {M::customs_released}},
    {"released by customs", {M::customs_released}},
    {"customs hold", {M::customs_held}},
    {"held by customs", {M::customs_held}},
    {"booking confirm", {M::document_confirmed}},
    {"empty return", {M::dropped_off}},
    {"empty pick", {M::picked_up}},
    {"stuffed", {M::stuffed}},
    {"stripped", {M::stripped}},
    {"picked up", {M::picked_up}},
    {"pick up", {M::picked_up}},
    {"delivered", {M::dropped_off}},
    {"stowed", {M::stowed}},
    {"depart", {M::departed}},
    {"sailed", {M::departed}},
    {"arriv", {M::arrived}},
});

// Words before which a phrase says the opposite.
constexpr std::array<std::string_view, 4> kDenials = {"not ", "cancel", "fail", "delay"};
constexpr std::array<std::string_view, 4> kForecasts = {"estimated", "expected", "eta ", "etd "};

constexpr std::array<std::string_view, 12> kPlaceholders = {"1", "0", "-", ".", "NA", "N/A", "NIL", "NONE", "TBA", "TBN", "XXX", "UNKNOWN"};

bool contains_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

// A phrase counts only at the beginning of a word: "reloaded" must not be found in "preloaded".
bool occurs(std::string_view text, std::string_view words) {
  for (size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1))
    if (at == 0 || text[at - 1] < 'a' || text[at - 1] > 'z') return true;
  return false;
}

std::optional<StatusMeaning> status_of_text(std::string_view sent) {
  const std::string text = to_lower(sent);
  if (contains_any(text, kDenials)) return std::nullopt;
  for (const Phrase& phrase : kPhrases) {
    if (!occurs(text, phrase.words)) continue;
    StatusMeaning meaning = phrase.meaning;
    if (contains_any(text, kForecasts)) meaning.classifier = Classifier::estimated;
    return meaning;
  }
  return std::nullopt;
}

}  // namespace

std::optional<CallTime> call_time_of(std::string_view dtm_2005) { return look_up(kCallTimes, dtm_2005); }
std::optional<ReferenceKind> reference_kind_of(std::string_view rff_1153) { return look_up(kReferenceKinds1153, rff_1153); }
std::optional<ReferenceKind> equipment_kind_of(std::string_view eqd_8053) { return look_up(kEquipmentKinds, eqd_8053); }

TransportMode mode_of(std::string_view tdt_8067, std::string_view tdt_8179) {
  if (const auto mode = look_up(kModes, tdt_8067)) return *mode;
  return look_up(kMeansTypes, tdt_8179).value_or(TransportMode::unknown);
}

std::string_view scheme_of(std::string_view agency_3055, std::string_view code) {
  if (const auto scheme = look_up(kSchemes, agency_3055)) return *scheme;
  if (agency_3055 == "20") return code.size() == 4 ? "BIC" : "SMDG";
  return "ZZZ";
}

std::string_view facility_provider_of(std::string_view agency_3055) {
  if (agency_3055 == "306") return "SMDG";
  return agency_3055 == "20" ? "BIC" : agency_3055;
}

std::string_view seal_source_of(std::string_view sel_9303) { return look_up(kSealSources, sel_9303).value_or(""); }

std::optional<Mass> mass_of(std::string_view mea_6311, std::string_view mea_6313) {
  if (const auto mass = look_up(kMasses, mea_6313)) return mass;
  return mea_6313.empty() || mea_6313 == "AAE" ? look_up(kMasses, mea_6311) : std::nullopt;
}

double kilograms_in(std::string_view unit_6411) { return look_up(kUnits, unit_6411).value_or(0.0); }

namespace {

struct Means {
  std::string_view words;  // lower case
  TransportMode mode;
};
constexpr std::array kMeans = {Means{"by rail", TransportMode::rail}, Means{"by barge", TransportMode::barge},
                               Means{"by truck", TransportMode::truck}, Means{"by road", TransportMode::truck},
                               Means{"by vessel", TransportMode::vessel}};

// By what means, where the words name it ("ARRIVED AT TERMINAL BY BARGE"): the vessel that a message goes on to name may be another.
TransportMode means_in(std::string_view text) {
  const std::string lower = to_lower(text);
  for (const Means& means : kMeans)
    if (lower.find(means.words) != std::string::npos) return means.mode;
  return TransportMode::unknown;
}

}  // namespace

std::optional<StatusMeaning> status_of(std::string_view code_4405, std::string_view text_4404) {
  const std::string code = to_upper(code_4405);
  std::optional<StatusMeaning> by_code = look_up(kNumberedStatus, code);
  if (!by_code) by_code = look_up(kLetteredStatus, code);
  std::optional<StatusMeaning> by_text = status_of_text(text_4404);
  if (by_text && by_text->mode == TransportMode::unknown) by_text->mode = means_in(text_4404);
  if (!by_code) return by_text;
  // The code decides what happened; the text may add by what means ("P": departed, "Rail Departed …").
  if (by_text && by_text->milestone == by_code->milestone && by_code->mode == TransportMode::unknown) by_code->mode = by_text->mode;
  return by_code;
}

std::string_view status_code_of(Milestone milestone) {
  const auto says = [&](const Row<StatusMeaning>& row) {
    return row.value.milestone == milestone && row.value.classifier == C::actual && row.value.mode == T::unknown;
  };
  if (const auto found = std::ranges::find_if(kNumberedStatus, says); found != kNumberedStatus.end()) return found->code;
  const auto found = std::ranges::find_if(kLetteredStatus, says);
  return found == kLetteredStatus.end() ? std::string_view() : found->code;
}

std::string_view rff_code_of(ReferenceKind kind) {
  if (kind == K::equipment || kind == K::vehicle) return {};  // these have segments of their own
  if (kind == K::customer_reference) return "CR";             // SI, the first of its kind, is the shipper's own
  const auto found = std::ranges::find(kReferenceKinds1153, kind, &Row<K>::value);
  return found == kReferenceKinds1153.end() ? std::string_view() : found->code;
}

std::string_view agency_of(std::string_view scheme) {
  if (scheme == "BIC") return "20";
  const auto found = std::ranges::find(kSchemes, scheme, &Row<std::string_view>::value);
  return found == kSchemes.end() ? std::string_view("ZZZ") : found->code;
}

std::string_view seal_code_of(std::string_view source) {
  const auto found = std::ranges::find(kSealSources, source, &Row<std::string_view>::value);
  return found == kSealSources.end() || source.empty() ? std::string_view() : found->code;
}

bool is_placeholder(std::string_view reference) {
  return std::ranges::find(kPlaceholders, to_upper(trim(reference))) != kPlaceholders.end();
}

}  // namespace fairway::gateway::edifact
