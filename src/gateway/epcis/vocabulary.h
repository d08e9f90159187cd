// The words of the Core Business Vocabulary 2.0: what EPCIS writes bare in JSON, as URN in older XML, and as web URI in the event hash.
//
// Constants; any thread. CBV 2.0 sections 7.1 to 7.7, and the enumerations of GS1's EPCIS-JSON-Schema.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fairway::gateway::epcis {

enum class Vocabulary : uint8_t {
  biz_step,
  disposition,
  biz_transaction_type,
  source_dest_type,
  error_reason,
  measurement_type,
  alert_type,
  component,
};
inline constexpr size_t kVocabularies = 8;

[[nodiscard]] std::span<const std::string_view> words(Vocabulary vocabulary);
[[nodiscard]] bool is_word(Vocabulary vocabulary, std::string_view text);

// "shipping" gives "https://ref.gs1.org/cbv/BizStep-shipping"; nullopt for what is not a bare word of the vocabulary.
[[nodiscard]] std::optional<std::string> web_uri(Vocabulary vocabulary, std::string_view word);

// The bare word of any of its spellings (bare, URN, web URI, CURIE "cbv:BizStep-shipping", "gs1:Temperature"); other text as it is.
[[nodiscard]] std::string bare_word(Vocabulary vocabulary, std::string_view text);

// A value of the standard vocabularies written as URN, CURIE or under an older address as its web URI; other text as it is.
[[nodiscard]] std::string standard_uri(std::string_view text);

}  // namespace fairway::gateway::epcis
