// The reason of an alert in plain words, with its figures, for people: English, and Chinese in traditional and simplified characters.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "journey/alerts.h"

namespace fairway::journey {

enum class Language : uint8_t { en, zh_hant, zh_hans };
inline constexpr size_t kLanguages = 3;
[[nodiscard]] std::string_view name(Language language);  // "en", "zh-Hant", "zh-Hans"
[[nodiscard]] Result<Language> language_from(std::string_view name);

[[nodiscard]] std::string text_of(const Alert& alert, Language language);
// "late", "on hold", …: what a subject line begins with.
[[nodiscard]] std::string_view title_of(AlertKind kind, Language language);
[[nodiscard]] std::string_view words_of(Milestone milestone, Language language);
// "planned", "estimated", "actual".
[[nodiscard]] std::string_view words_of(Classifier classifier, Language language);
// "2026-11-22 14:00 +08:00", in the instant's own offset.
[[nodiscard]] std::string time_text(const Instant& instant);
// "35 min", "7 h 30 min", "2 d 4 h".
[[nodiscard]] std::string duration_text(int64_t micros, Language language);
// The name as sent with the code behind it, or the code alone; "" where neither is known.
[[nodiscard]] std::string place_text(const Place& place);

}  // namespace fairway::journey
