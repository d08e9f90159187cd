#include "gateway/ais/destination.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "base/instant.h"
#include "model/place.h"

namespace fairway::gateway::ais {
namespace {

// Names and words of five letters that have the form of a UN/LOCODE of a country with ports.
constexpr std::string_view kWords[] = {
    "ATSEA", "BEACH", "BEING", "BERTH", "BRAVO", "BREST", "CADIZ", "CANAL", "CHECK", "CHINA", "CLEAR", "COAST", "COLON", "CRUDE",
    "CRUSE", "DEEPS", "DELTA", "DEPOT", "DOVER", "EGYPT", "ESSEX", "FISHI", "FRANK", "FRESH", "GRAIN", "GRAND", "GREEN", "INDIA",
    "INLET", "INNER", "INSHO", "INTER", "ITALI", "ITALY", "LAGOS", "MALMO", "MALTA", "MATES", "NAVAL", "NORTH", "NOTES", "NOVAL",
    "PARIS", "PASIR", "PENDI", "PHASE", "PILOT", "PLACE", "PLANT", "PLATE", "PORTO", "PORTS", "ROADS", "SANYA", "SEATR", "SEEKS",
    "SEOUL", "SHORE", "SINES", "THAME", "TRAIN", "TRAWL", "TRIAL", "TRIES", "TUNIS", "USUAL", "VENUS",
};
static_assert(std::ranges::is_sorted(kWords));

bool is_letter_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_letter_or_digit(text[end])) ++end;
    if (end > at) words.push_back(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return words;
}

bool is_port(std::string_view code) { return is_unlocode_form(code) && !zone_of(code).empty(); }

}  // namespace

std::string unlocode_in(std::string_view destination) {
  const size_t arrow = destination.rfind('>');
  const bool by_rule = arrow != std::string_view::npos;
  const auto words = words_of(by_rule ? destination.substr(arrow + 1) : destination);
  if (words.empty()) return {};
  if (words[0].size() == 5 && is_port(words[0]) && (by_rule || !std::ranges::binary_search(kWords, words[0]))) return std::string(words[0]);
  if (words.size() < 2 || words[0].size() != 2 || words[1].size() != 3) return {};
  std::string code = std::string(words[0]) + std::string(words[1]);
  return is_port(code) && (by_rule || !std::ranges::binary_search(kWords, code)) ? code : std::string();
}

std::optional<int64_t> arrival_of(const ShipReport& report, int64_t now_us) {
  if (report.eta_month == 0 || report.eta_day == 0 || report.eta_hour > 23 || report.eta_minute > 59) return std::nullopt;
  const int year = civil_of(now_us, 0).year;
  std::optional<int64_t> nearest;
  for (const int candidate : {year - 1, year, year + 1}) {
    const auto at = micros_of({candidate, report.eta_month, report.eta_day, report.eta_hour, report.eta_minute, 0}, 0);
    if (at && (!nearest || std::abs(*at - now_us) < std::abs(*nearest - now_us))) nearest = *at;
  }
  return nearest;
}

}  // namespace fairway::gateway::ais
