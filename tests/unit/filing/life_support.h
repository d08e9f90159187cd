// Filings to try steps and answers on: a draft of two groups, of which a test sets the values.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "filing/life/filing.h"

namespace fairway::filing::life_test {

inline constexpr int64_t kSecond = 1'000'000;
inline constexpr int64_t kStart = 1'795'400'000 * kSecond;

inline SourcePtr source_of(uint8_t confidence) {
  Source source;
  source.party = "pty_owner", source.person = "usr_typist", source.at_us = kStart, source.confidence = confidence;
  return std::make_shared<const Source>(source);
}

// Groups "parties" and "values", each with one field.
inline Draft draft_of(std::string party, std::string value, uint8_t confidence = 100) {
  Draft draft;
  draft.key = {"xx", "1", 0};
  draft.day = "2026-11-24";
  draft.fields = {{.name = "importer.name",
                   .value = std::move(party),
                   .group = "parties",
                   .from = {"importer.name"},
                   .working = "",
                   .source = source_of(100)},
                  {.name = "item[1].value",
                   .value = std::move(value),
                   .group = "values",
                   .from = {"goods[1].amount"},
                   .working = "1 × 2",
                   .source = source_of(confidence)}};
  return draft;
}

inline Finding blocking_finding() {
  Finding finding;
  finding.rule = "V13", finding.field = "item[1].value", finding.path = "goods[1].amount";
  finding.message = {"wrong", "錯", "错"};
  return finding;
}

inline Filing new_filing(Draft draft = draft_of("Wing On", "100")) {
  Filing filing;
  filing.id = "fil_1", filing.consignment = "cns_1", filing.party = "pty_owner", filing.key = draft.key;
  filing.authority = "xx-tsw", filing.message = "cusdec";
  EXPECT_TRUE(refill(filing, std::move(draft), {}, 1, kStart));
  return filing;
}

inline Status confirm_group(Filing& filing, std::string_view group, std::string person = "usr_anna", bool looked_at = false) {
  return confirm(filing, group, {.group = {}, .person = std::move(person), .name = "Anna", .at_us = 0, .digest = {}}, looked_at,
                 kStart + kSecond);
}
inline void confirm_all(Filing& filing) {
  for (const std::string& group : unconfirmed(filing)) EXPECT_TRUE(confirm_group(filing, group, "usr_anna", true));
}

inline Status order(Filing& filing, std::string id, Kind kind = Kind::original, std::string by = "usr_anna") {
  Lodgement lodgement;
  lodgement.id = std::move(id), lodgement.kind = kind, lodgement.by = std::move(by);
  return order_lodgement(filing, std::move(lodgement), kStart + 2 * kSecond);
}

// What the authority says, `at` seconds after the start.
inline Answer answer_of(std::string id, std::string status, int64_t at, std::string lodgement = {}) {
  Answer answer;
  answer.id = std::move(id), answer.status = std::move(status), answer.at_us = kStart + at * kSecond;
  answer.lodgement = std::move(lodgement);
  return answer;
}
inline bool hear(Filing& filing, std::string id, std::string status, int64_t at, std::string lodgement = {}) {
  const auto fresh = take_answer(filing, answer_of(std::move(id), std::move(status), at, std::move(lodgement)), kStart + at * kSecond);
  EXPECT_TRUE(fresh) << fresh.error().text();
  return fresh.value_or(false);
}

// Confirmed, ordered as ldg_1, and with the authority.
inline Filing lodged_filing() {
  Filing filing = new_filing();
  confirm_all(filing);
  EXPECT_TRUE(order(filing, "ldg_1"));
  EXPECT_TRUE(note_sent(filing, "ldg_1", kStart + 3 * kSecond));
  return filing;
}
inline Filing accepted_filing() {
  Filing filing = lodged_filing();
  EXPECT_TRUE(hear(filing, "a1", "accepted", 10));
  return filing;
}

}  // namespace fairway::filing::life_test
