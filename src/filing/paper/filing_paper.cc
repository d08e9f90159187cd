#include "filing/paper/filing_paper.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/zone.h"
#include "filing/paper/csv.h"
#include "filing/paper/words.h"
#include "filing/record/merge.h"
#include "paper/document.h"

namespace fairway::filing {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// "2026-11-24 08:30 +08:00", in the regime's time.
std::string local(const Regimes& regimes, const std::string& code, int64_t micros) {
  if (micros == 0) return {};
  const Regime* regime = regimes.find(code);
  const int offset = regime == nullptr ? 0 : offset_minutes_at(micros, regime->setting("zone")).value_or(0);
  const CivilTime time = civil_of(micros, offset);
  const int size = offset < 0 ? -offset : offset;
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} {}{:02}:{:02}", time.year, time.month, time.day, time.hour, time.minute,
                     offset < 0 ? '-' : '+', size / 60, size % 60);
}

std::string form_name(const Filing& filing, const Regimes& regimes, std::string_view language) {
  const Regime* regime = regimes.find(filing.key.regime);
  return regime == nullptr ? std::string() : form_title(*regime, filing.key.form).in(language);
}

std::string field_name(const Filing& filing, const Regimes& regimes, const FilledField& field, std::string_view language) {
  const Regime* regime = regimes.find(filing.key.regime);
  return regime == nullptr ? std::string() : field_title(*regime, filing.key.form, field.name).in(language);
}

std::string source_of(const FilledField& field, std::string_view language) {
  if (field.typed) return described(std::make_shared<const Source>()).in(language);
  return field.source == nullptr ? std::string() : described(field.source).in(language);
}

// Who stands for the group as it is now; null where nobody does.
const GroupConfirmation* confirmation_of(const Filing& filing, const std::string& group) {
  const std::string digest = filing.draft.digest(group);
  for (const GroupConfirmation& one : filing.confirmations)
    if (one.group == group && one.digest == digest) return &one;
  return nullptr;
}

std::vector<std::string> groups_of(const Draft& draft) {
  std::vector<std::string> groups;
  for (const FilledField& field : draft.fields)
    if (std::ranges::find(groups, field.group) == groups.end()) groups.push_back(field.group);
  return groups;
}

std::string who(const GroupConfirmation& one) { return one.name.empty() ? one.person : one.name; }

// Each person that stands for a group, once.
std::string confirmed_by(const Filing& filing) {
  std::vector<std::string> names;
  for (const std::string& group : groups_of(filing.draft))
    if (const GroupConfirmation* one = confirmation_of(filing, group); one != nullptr && std::ranges::find(names, who(*one)) == names.end())
      names.push_back(who(*one));
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

struct Writing {
  const Filing& filing;
  const Regimes& regimes;
  std::string_view language;
  paper::Document& document;

  [[nodiscard]] const std::string& word(Label wanted) const { return label(wanted, language); }
  [[nodiscard]] std::string time(int64_t micros) const { return local(regimes, filing.key.regime, micros); }

  void head() const {
    paper::KeyValues values;
    const auto add = [&](Label wanted, std::string text) {
      if (!text.empty()) values.rows.emplace_back(word(wanted), std::move(text));
    };
    add(Label::filing, filing.id);
    add(Label::form, filing.key.text());
    add(Label::consignment, filing.consignment);
    add(Label::authority, filing.authority);
    add(Label::state, state_in(filing.state, language));
    add(Label::number, filing.number);
    add(Label::deadline, time(filing.latest_us.value_or(0)));
    add(Label::digest, filing.draft.digest());
    document.blocks.emplace_back(std::move(values));
    if (filing.stale) document.blocks.emplace_back(paper::Notice{"", word(Label::stale)});
  }

  void group(const std::string& name) const {
    document.blocks.emplace_back(paper::Heading{2, group_in(name, language)});
    const GroupConfirmation* by = confirmation_of(filing, name);
    document.blocks.emplace_back(paper::Paragraph{
        by == nullptr ? word(Label::not_confirmed) : fmt::format("{}: {}, {}", word(Label::confirmed_by), who(*by), time(by->at_us))});
    paper::Table table{{{word(Label::field), 3}, {word(Label::value), 4}, {word(Label::source), 3}}, {}};
    for (const FilledField& field : filing.draft.fields) {
      if (field.group != name) continue;
      std::string source = source_of(field, language);
      if (field.confidence() < 100) source += fmt::format(" ({} %)", field.confidence());
      if (!field.working.empty()) source += (source.empty() ? "" : "\n") + field.working;
      const std::string title = field_name(filing, regimes, field, language);
      table.rows.push_back({title.empty() ? field.name : title + "\n" + field.name, field.value, std::move(source)});
    }
    document.blocks.emplace_back(std::move(table));
  }

  void findings() const {
    if (filing.findings.empty()) return;
    document.blocks.emplace_back(paper::Heading{2, word(Label::findings)});
    paper::Table table{{{word(Label::field), 2}, {word(Label::findings), 4}, {word(Label::cure), 3}}, {}};
    for (const Finding& finding : filing.findings)
      table.rows.push_back({finding.rule + "\n" + (finding.field.empty() ? finding.path : finding.field), finding.message.in(language),
                            finding.cure.in(language)});
    document.blocks.emplace_back(std::move(table));
  }

  void answers() const {
    if (filing.answers.empty()) return;
    document.blocks.emplace_back(paper::Heading{2, word(Label::answers)});
    paper::Table table{{{word(Label::made), 2}, {word(Label::state), 1}, {word(Label::number), 2}, {word(Label::value), 4}}, {}};
    for (const Answer& answer : filing.answers) {
      std::string text = answer.text;
      for (const auto& [field, remark] : answer.remarks) text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", field, remark);
      table.rows.push_back({time(answer.at_us), answer.status, answer.number, std::move(text)});
    }
    document.blocks.emplace_back(std::move(table));
  }
};

paper::Document blank(std::string title, std::string_view language, int64_t now_us) {
  paper::Document document;
  document.title = std::move(title);
  document.language = language;
  document.author = "Fairway";
  document.footer = document.title;
  document.made_us = now_us;
  return document;
}

std::vector<std::string> day_cells(const SheetLine& line, const Regimes& regimes, std::string_view language) {
  const Filing& filing = *line.filing;
  return {filing.id,
          filing.key.text(),
          form_name(filing, regimes, language),
          filing.consignment,
          line.reference,
          state_in(filing.state, language),
          filing.number,
          local(regimes, filing.key.regime, filing.latest_us.value_or(0)),
          line.charge,
          confirmed_by(filing)};
}

}  // namespace

Result<std::string> filing_pdf(const Filing& filing, const Regimes& regimes, std::string_view language, int64_t now_us) {
  std::string title = form_name(filing, regimes, language);
  paper::Document document = blank(title.empty() ? filing.key.text() : std::move(title), language, now_us);
  const Writing writing{filing, regimes, language, document};
  writing.head();
  for (const std::string& group : groups_of(filing.draft)) writing.group(group);
  writing.findings();
  writing.answers();
  return paper::to_pdf(document);
}

std::string filing_csv(const Filing& filing, const Regimes& regimes, std::string_view language) {
  std::string out(kByteOrderMark);
  append_csv_row(out, std::vector<std::string>{"field", "title", "value", "source", "confidence", "confirmed by"});
  for (const FilledField& field : filing.draft.fields) {
    const GroupConfirmation* by = confirmation_of(filing, field.group);
    append_csv_row(
        out, std::vector<std::string>{field.name, field_name(filing, regimes, field, language), field.value, source_of(field, language),
                                      std::to_string(field.confidence()), by == nullptr ? std::string() : who(*by)});
  }
  return out;
}

std::string filings_csv(std::span<const SheetLine> lines, const Regimes& regimes, std::string_view language) {
  std::string out(kByteOrderMark);
  append_csv_row(out, std::vector<std::string>{"filing", "form", "title", "consignment", "reference", "state", "number", "deadline",
                                               "charge", "confirmed by"});
  for (const SheetLine& line : lines) append_csv_row(out, day_cells(line, regimes, language));
  return out;
}

Result<std::string> filings_pdf(std::span<const SheetLine> lines, std::string_view day, const Regimes& regimes, std::string_view language,
                                int64_t now_us) {
  paper::Document document = blank(fmt::format("{} {}", label(Label::day_sheet, language), day), language, now_us);
  paper::Table table{{{label(Label::filing, language), 3},
                      {label(Label::form, language), 4},
                      {label(Label::consignment, language), 3},
                      {label(Label::state, language), 2},
                      {label(Label::deadline, language), 3},
                      {label(Label::charge, language), 2},
                      {label(Label::confirmed_by, language), 3}},
                     {}};
  for (const SheetLine& line : lines) {
    std::vector<std::string> cells = day_cells(line, regimes, language);
    const auto joined = [&](size_t first, size_t second) {
      return cells[second].empty() ? cells[first] : cells[first] + "\n" + cells[second];
    };
    table.rows.push_back({joined(0, 6), joined(1, 2), joined(3, 4), cells[5], cells[7], cells[8], cells[9]});
  }
  document.blocks.emplace_back(std::move(table));
  return paper::to_pdf(document);
}

}  // namespace fairway::filing
