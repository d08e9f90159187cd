#include "filing/record/merge.h"

#include <fmt/format.h>

#include <array>

namespace fairway::filing {
namespace {

struct KindWords {
  SourceKind kind;
  std::string_view en, hant, hans;
};
constexpr std::array<KindWords, 7> kKindWords = {{{SourceKind::typed, "typed", "人手輸入", "人工录入"},
                                                  {SourceKind::sheet, "sheet", "試算表", "电子表格"},
                                                  {SourceKind::message, "message", "報文", "报文"},
                                                  {SourceKind::event, "what happened:", "實際事件", "实际事件"},
                                                  {SourceKind::register_, "party register", "各方登記冊", "各方登记册"},
                                                  {SourceKind::derived, "worked out", "推算", "推算"},
                                                  {SourceKind::suggested, "suggested", "系統建議", "系统建议"}}};

bool is_kind(const Field& field, SourceKind kind) { return field.source != nullptr && field.source->kind == kind; }

uint8_t confidence(const SourcePtr& source) { return source != nullptr ? source->confidence : 0; }

// Whether the same value is better kept as this source's: somebody typed it, or it is surer.
bool vouches_more(const SourcePtr& incoming, const Field& present) {
  if (is_kind(present, SourceKind::typed) || incoming == nullptr) return false;
  return incoming->kind == SourceKind::typed || incoming->confidence > confidence(present.source);
}

// The surer one, and of two that are as sure the later.
bool stands_against(const SourcePtr& incoming, const SourcePtr& present) {
  if (confidence(incoming) != confidence(present)) return confidence(incoming) > confidence(present);
  return present == nullptr || (incoming != nullptr && incoming->at_us >= present->at_us);
}

enum class Outcome : uint8_t { taken, kept, taken_with_a_word, kept_with_a_word };

// What becomes of a value that differs from the one in the field.
Outcome decide(const Item& item, const Field& present, const SourcePtr& incoming) {
  if (present.confirmed != nullptr) return Outcome::kept_with_a_word;
  const bool told = item.told && incoming != nullptr && incoming->kind == SourceKind::event;
  // The events themselves keep what was estimated when.
  if (told && is_kind(present, SourceKind::event)) return stands_against(incoming, present.source) ? Outcome::taken : Outcome::kept;
  // An estimate has not happened.
  if (told && incoming->confidence >= kConfident) return Outcome::taken_with_a_word;
  const bool typed = incoming != nullptr && incoming->kind == SourceKind::typed;
  if (typed) return Outcome::taken;
  if (is_kind(present, SourceKind::typed)) return Outcome::kept_with_a_word;
  return stands_against(incoming, present.source) ? Outcome::taken_with_a_word : Outcome::kept_with_a_word;
}

std::string with_document(std::string_view kind, const std::string& document) {
  return document.empty() ? std::string(kind) : fmt::format("{} {}", kind, document);
}

Finding conflict(const Record& record, const Aside& aside) {
  const Item& item = record.schema().item(aside.path.item);
  const Field& field = record.field(aside.path);
  const Words here = described(field.source), there = described(aside.source);
  const std::string path = record.schema().text(aside.path);
  Finding finding;
  finding.rule = kConflictRule;
  finding.weight = Weight::warning;
  finding.path = path;
  finding.message = {fmt::format("{} ({}): the record has {} ({}), beside it stands {} ({})", item.title.in("en"), path, field.value,
                                 here.en, aside.value, there.en),
                     fmt::format("{}（{}）：紀錄為 {}（{}），另有 {}（{}）", item.title.in("zh-Hant"), path, field.value, here.hant,
                                 aside.value, there.hant),
                     fmt::format("{}（{}）：记录为 {}（{}），另有 {}（{}）", item.title.in("zh-Hans"), path, field.value, here.hans,
                                 aside.value, there.hans)};
  finding.cure = {"confirm the value that is in the record, or put in the one that is right", "請確認紀錄中的值，或輸入正確的值",
                  "请确认记录中的值，或输入正确的值"};
  finding.source = "docs/reference/filing.md, The record";
  return finding;
}

}  // namespace

Result<std::vector<Path>> merge(Record& record, std::span<const FieldValue> values, const SourcePtr& source) {
  std::vector<Path> changed;
  for (const FieldValue& value : values) {
    if (value.value.empty()) continue;
    const Field present = record.field(value.path);
    if (present.value == value.value) {
      if (vouches_more(source, present)) TRY_OK(record.put(value.path, value.value, source));
      continue;
    }
    const Outcome outcome = present.present() ? decide(record.schema().item(value.path.item), present, source) : Outcome::taken;
    if (outcome == Outcome::taken || outcome == Outcome::taken_with_a_word) {
      TRY_OK(record.put(value.path, value.value, source));
      changed.push_back(value.path);
    }
    if (outcome == Outcome::taken_with_a_word) record.set_aside(value.path, present.value, present.source);
    if (outcome == Outcome::kept_with_a_word) record.set_aside(value.path, value.value, source);
  }
  return changed;
}

std::vector<Finding> conflicts(const Record& record) {
  std::vector<Finding> findings;
  findings.reserve(record.asides().size());
  for (const Aside& aside : record.asides())
    if (record.field(aside.path).present()) findings.push_back(conflict(record, aside));
  return findings;
}

Words described(const SourcePtr& source) {
  if (source == nullptr) return {"unknown", "來源不詳", "来源不详"};
  const KindWords& words = kKindWords.at(static_cast<size_t>(source->kind));
  return {with_document(words.en, source->document), with_document(words.hant, source->document),
          with_document(words.hans, source->document)};
}

}  // namespace fairway::filing
