// APERAK: conformant, to the sender, and what it says is what our own reader makes of it.
#include <gtest/gtest.h>

#include "edifact_read_support.h"
#include "gateway/edifact/decode.h"
#include "gateway/edifact/write/aperak.h"

namespace edifact_aperak {

using namespace fairway;
using namespace fairway::gateway;
using namespace fairway::gateway::edifact;

constexpr CivilTime kNow{2026, 11, 24, 9, 30, 0};
constexpr std::string_view kSubject =
    "UNB+UNOA:2+HIT:ZZZ+FAIRWAY+261124:0900+R1++++++1'UNH+1+COARRI:D:95B:UN:ITG13'BGM+44+DOC1+9'UNT+3+1'UNZ+1+R1'";

TEST(EdifactAperak, AcceptanceAndRefusalAreToldEachByItsMessage) {
  std::vector<ApplicationAnswer> answers(3);
  answers[0] = {"COARRI D.95B ITG13", "DOC1", "1", true, "", {}};
  answers[1] = {"CODECO D.95B ITG14", "DOC2", "2", false, "not allowed for this party", {}};
  answers[1].diagnostics.push_back({Severity::error, "edifact.no_time", "No time is given: it's lost.\n", 7, "DTM/1/2", 0});
  answers[1].diagnostics.push_back({Severity::info, "edifact.zone_assumed", "UTC was assumed.", 7, "DTM/1/2", 0});
  answers[2] = {"CONTRL D.3", "", "3", true, "", {}};
  const auto text = aperak(kSubject, answers, "A1", kNow);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_EQ(edifact_read::read(*text).codes(), "") << *text;
  EXPECT_TRUE(text->starts_with("UNB+UNOC:3+FAIRWAY+HIT:ZZZ+261124:0930+A1++++++1'UNH+1+APERAK:D:00B:UN'BGM+312+A1-1+29+AP'")) << *text;
  std::vector<std::string> said;
  ASSERT_TRUE(decode_edifact(*text, [&](DecodedMessage message) {
    EXPECT_TRUE(message.events.empty());
    for (const Diagnostic& found : message.diagnostics) said.push_back(found.code + " " + found.message);
  }));
  EXPECT_EQ(said, (std::vector<std::string>{
                      "edifact.acknowledged Message DOC1 was accepted by its receiver.",
                      "edifact.application_error Error ERROR: not allowed for this party",
                      "edifact.application_error Error ERROR: edifact.no_time in segment 7 at DTM/1/2: No time is given: it's lost.",
                      "edifact.rejected Message DOC2 was refused by its receiver.",
                  }));
}

TEST(EdifactAperak, AnythingThatIsSaidCanBeWritten) {
  ApplicationAnswer answer{"COARRI D.95B", "DOC", "1", false, std::string(2000, 'x') + "\xC3\xA9", {}};
  for (int i = 0; i < 200; ++i)
    answer.diagnostics.push_back({Severity::warning, "edifact.bad_time", "'+:?\xE8\xB2\xA8 " + std::string(400, 'a'), 1, "DTM", 0});
  const std::vector<ApplicationAnswer> answers = {answer};
  const auto text = aperak(kSubject, answers, "A1", kNow);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_EQ(edifact_read::read(*text).codes(), "");
}

TEST(EdifactAperak, WhatCannotBeAnsweredIsRefused) {
  const std::vector<ApplicationAnswer> contrl = {{"CONTRL D.3", "", "1", true, "", {}}},
                                       coarri = {{"COARRI D.95B", "D", "1", true, "", {}}};
  EXPECT_EQ(aperak(kSubject, contrl, "A1", kNow).error().code, Code::unsupported);
  EXPECT_EQ(aperak("UNH+1+COARRI:D:95B:UN'UNT+2+1'", coarri, "A1", kNow).error().code, Code::invalid);
}

}  // namespace edifact_aperak
