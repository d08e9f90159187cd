#include "exchange/evidence/statement.h"

#include <algorithm>
#include <initializer_list>

#include "base/bytes.h"
#include "base/instant.h"
#include "exchange/evidence/statement_words.h"

namespace fairway::exchange::evidence {
namespace {

constexpr size_t kReferencesNamedMax = 6;  // of one entry

// The sentence with its {fields} filled in. What is filled in is text of others and is not looked through for fields.
std::string filled(std::string_view words, std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string out;
  while (!words.empty()) {
    const size_t open = words.find('{'), close = words.find('}', open);
    out += words.substr(0, open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const std::string_view name = words.substr(open + 1, close - open - 1);
    for (const auto& [field, value] : fields)
      if (field == name) out += value;
    words.remove_prefix(close + 1);
  }
  return out;
}

std::string utc(int64_t micros) { return to_rfc3339_utc(micros); }

std::string said(const StatedEntry& entry, journey::Language language) {
  if (entry.erased) return std::string(words_of(Say::claims_erased, language));
  if (!entry.event) return entry.kind;
  const Event& event = *entry.event;
  std::string milestone(journey::words_of(event.milestone, language));
  std::ranges::replace(milestone, '_', ' ');
  std::string text = milestone + " (" + std::string(journey::words_of(event.classifier, language)) + ")";
  if (const std::string place = journey::place_text(event.place); !place.empty()) text += "\n" + place;
  size_t named = 0;
  for (const Reference& reference : event.references) {
    if (++named > kReferencesNamedMax) {
      text += " …";
      break;
    }
    text += (named == 1 ? "\n" : ", ") + reference.value();
  }
  return text;
}

paper::Table entries_table(const Stated& stated, journey::Language language) {
  const auto title = [&](Say what) { return std::string(words_of(what, language)); };
  paper::Table table;
  table.columns = {{title(Say::column_entry), 1},
                   {title(Say::column_said), 3},
                   {title(Say::column_when), 2},
                   {title(Say::column_submitter), 2},
                   {title(Say::column_fields), 1.5}};
  for (const StatedEntry& entry : stated.entries) {
    const std::string when = entry.event ? journey::time_text(entry.event->occurred) : utc(entry.received_us);
    table.rows.push_back(
        {std::to_string(entry.entry), said(entry, language), when, entry.submitter,
         filled(words_of(Say::fields, language), {{"shown", std::to_string(entry.shown)}, {"hidden", std::to_string(entry.hidden)}})});
  }
  return table;
}

struct Writer {
  const Stated& stated;
  const journey::Language language;
  paper::Document& document;

  [[nodiscard]] std::string words(Say what) const { return std::string(words_of(what, language)); }
  void heading(Say what) const { document.blocks.emplace_back(paper::Heading{1, words(what)}); }
  void list(std::initializer_list<std::pair<bool, std::string>> items) const {
    paper::List list;
    for (const auto& [there, text] : items)
      if (there) list.items.push_back(text);
    document.blocks.emplace_back(std::move(list));
  }

  void summary() const {
    const std::string count = std::to_string(stated.entries.size());
    document.blocks.emplace_back(paper::Paragraph{
        filled(words_of(Say::summary, language),
               {{"about", stated.about}, {"count", count}, {"for", stated.made_for}, {"log", stated.witnessed.checkpoint.origin}})});
  }
  void proven() const {
    const std::string size = std::to_string(stated.witnessed.checkpoint.size);
    const std::string time = utc(static_cast<int64_t>(stated.witnessed.median_time_s()) * 1'000'000);
    const bool seen = !stated.witnessed.witnesses.empty();
    heading(Say::proven_title);
    list({{true, words(Say::proven_content)},
          {true, words(Say::proven_order)},
          {true, filled(words_of(seen ? Say::proven_time : Say::proven_time_nobody, language), {{"time", time}, {"size", size}})},
          {true, words(Say::proven_submitter)},
          {stated.has_anchor, words(Say::proven_anchor)},
          {stated.has_timestamp, words(Say::proven_timestamp)},
          {stated.has_certificate, words(Say::proven_certificate)}});
  }
  void not_proven() const {
    heading(Say::not_proven_title);
    list({{true, words(Say::not_truth)},
          {true, words(Say::not_complete)},
          {true, words(Say::not_clocks)},
          {!stated.witnessed.witnesses.empty(), words(Say::not_between)},
          {true, words(Say::not_signed)},
          {!stated.has_anchor, words(Say::not_anchored)}});
  }
  void trust() const {
    heading(Say::trust_title);
    const bool seen = !stated.witnessed.witnesses.empty();
    list({{true, words(seen ? Say::trust_key : Say::trust_nobody)}, {true, words(Say::trust_policy)}});
  }
  void hidden() const {
    const bool hides = std::ranges::any_of(stated.entries, [](const StatedEntry& entry) { return entry.hidden != 0; });
    const bool erased = std::ranges::any_of(stated.entries, &StatedEntry::erased);
    if (hides) document.blocks.emplace_back(paper::Notice{words(Say::hidden_title), words(Say::hidden)});
    if (erased) document.blocks.emplace_back(paper::Notice{words(Say::claims_erased), words(Say::erased)});
  }
  void check() const {
    heading(Say::check_title);
    list({{true, words(Say::check_file)},
          {true, words(Say::check_program)},
          {stated.has_verifier, words(Say::check_page)},
          {true, words(Say::check_one_byte)}});
  }
  void facts() const {
    const ledger::Checkpoint& checkpoint = stated.witnessed.checkpoint;
    std::string witnesses;
    for (const std::string& witness : stated.witnesses) witnesses += (witnesses.empty() ? "" : ", ") + witness;
    heading(Say::facts_title);
    paper::KeyValues facts;
    facts.rows = {{words(Say::fact_about), stated.about},
                  {words(Say::fact_made), utc(stated.made_us)},
                  {words(Say::fact_made_for), stated.made_for},
                  {words(Say::fact_log), checkpoint.origin},
                  {words(Say::fact_size), std::to_string(checkpoint.size)},
                  {words(Say::fact_root), to_base64(ledger::view(checkpoint.root))},
                  {words(Say::fact_witnesses), witnesses.empty() ? words(Say::fact_nobody) : witnesses}};
    if (!witnesses.empty())
      facts.rows.emplace_back(words(Say::fact_witnessed), utc(static_cast<int64_t>(stated.witnessed.median_time_s()) * 1'000'000));
    document.blocks.emplace_back(std::move(facts));
  }
};

}  // namespace

paper::Document statement_of(const Stated& stated, journey::Language language) {
  paper::Document document;
  document.title = words_of(Say::title, language);
  document.language = journey::name(language);
  document.author = stated.witnessed.checkpoint.origin;
  document.made_us = stated.made_us;
  document.footer = filled(words_of(Say::footer, language), {{"log", stated.witnessed.checkpoint.origin}});
  const Writer writer{stated, language, document};
  writer.summary();
  writer.proven();
  writer.not_proven();
  writer.trust();
  writer.hidden();
  writer.check();
  writer.facts();
  writer.heading(Say::entries_title);
  document.blocks.emplace_back(entries_table(stated, language));
  document.blocks.insert(document.blocks.end(), stated.more.begin(), stated.more.end());
  return document;
}

}  // namespace fairway::exchange::evidence
