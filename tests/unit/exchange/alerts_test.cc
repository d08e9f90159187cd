// Alerts: rules as they are sent and kept, and mails. The watch is driven from outside, in tests/blackbox/test_alerts.py.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "exchange/alerts/mail_kind.h"
#include "exchange/alerts/rules.h"
#include "exchange/callbacks/mail_address.h"

namespace fairway::exchange::alerts_unit {
namespace {

TEST(AlertRules, ReadBackAsTheyAreKept) {
  auto rule = alert_rule_from_request(R"({"kinds":["hold","late"],"references":["equipment:MSCU1234566"],"language":"zh-Hans","label":"x",
    "lateHoursSea":7.5,"freeDays":0,"freeDaysAt":{"hkhkg/HIT":3,"NLRTM":4}})");
  ASSERT_TRUE(rule) << rule.error().text();
  rule->id = "ar_1", rule->party = "pty_1", rule->since = 7, rule->created_us = 12;
  const auto back = alert_rule_from_state(alert_rule_key("pty_1", "ar_1"), to_json(*rule));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(to_json(*back), to_json(*rule));
  EXPECT_EQ(back->party, "pty_1");
  EXPECT_TRUE(wants(back->settings, journey::AlertKind::hold));
  EXPECT_FALSE(wants(back->settings, journey::AlertKind::stopped));
  EXPECT_EQ(back->settings.late_sea_us, 27'000'000'000);
  EXPECT_EQ(back->settings.free_days_at.at("HKHKG/HIT"), 3);
}

TEST(AlertRules, RefuseWhatTheyDoNotKnow) {
  for (const char* text : {"", "[]", "{\"kinds\":[]}", "{\"kinds\":\"late\"}", "{\"kinds\":[\"later\"]}", "{\"kinds\":[1]}",
                           "{\"references\":[\"x\"]}", "{\"language\":\"fr\"}", "{\"language\":1}", "{\"lateHoursSea\":0.1}",
                           "{\"lateHoursSea\":\"6\"}", "{\"stoppedHoursLand\":1e300}", "{\"freeDays\":1.5}", "{\"freeDays\":366}",
                           "{\"freeDaysAt\":{\"HK\":1}}", "{\"freeDaysAt\":{\"HKHKGHIT\":1}}", "{\"since\":1}", "{\"unknown\":1}"})
    EXPECT_FALSE(alert_rule_from_request(text)) << text;
  EXPECT_TRUE(alert_rule_from_request("{}")) << "all kinds, all that one sees";
}

TEST(MailAddress, IsPlainOrRefused) {
  for (const char* url : {"mailto:a@b.example", "mailto:ops+night@line.example", "mailto:a.b@localhost", "mailto:x@1.example"})
    EXPECT_TRUE(callbacks::mail_address_from(url)) << url;
  for (const std::string& address :
       {std::string(), std::string("a"), std::string("a@"), std::string("@b"), std::string("a b@c"), std::string("a@b\r\nBcc: x@y"),
        std::string("a@b,c@d"), std::string("<a@b>"), std::string("a@@b"), std::string(".a@b"), std::string("a..b@c"), std::string("a@b."),
        std::string("a@-b"), std::string("a@b?cc=x"), std::string("a@b\0c", 5), std::string("\"a\"@b"), std::string("a@b>"),
        std::string(65, 'x') + "@b", "a@" + std::string(260, 'b')})
    EXPECT_FALSE(callbacks::mail_address_from("mailto:" + address)) << address;
  EXPECT_FALSE(callbacks::mail_address_from("https://a@b"));
}

std::string decoded(const std::string& words) {
  std::string out;
  for (size_t at = 0; (at = words.find("=?UTF-8?B?", at)) != std::string::npos;) {
    at += 10;
    out += from_base64(std::string_view(words).substr(at, words.find("?=", at) - at)).value();
  }
  return out;
}

TEST(MailHeader, IsEncodedBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "延a誤";
  const std::string words = encoded_words(text);
  EXPECT_EQ(decoded(words), text);
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find("\r\n", at), words.size());
    EXPECT_LE(end - at, 76u);
    const std::string_view word = trim(std::string_view(words).substr(at, end - at));
    EXPECT_TRUE(is_valid_utf8(decoded(std::string(word))));
    at = end + 2;
  }
  EXPECT_EQ(decoded(encoded_words("a\r\nBcc: x@y")), "a  Bcc: x@y");
}

TEST(Mail, SaysWhyAndOnWhatGround) {
  AlertHead alert{"al_1",
                  "ar_1",
                  "hold",
                  "critical",
                  "MSCU1234566\r\nBcc: all@d.example",
                  "MSCU1234566: held.\nFrom: x",
                  "en",
                  "equipment:MSCU 1/2",
                  {"equipment:MSCU1234566"},
                  {{41, "Line\r\n.\r\nQUIT", "customs_held", "actual", "2026-11-22T14:00:00+08:00", "Hong Kong (HKHKG)"}}};
  const std::string mail = write_mail(
      {alert, alert}, {"port@fairway.example", "ops@line.example", "d-1", "am_1", "https://port.example", 1'795'422'000'000'000});
  const size_t end = mail.find("\r\n\r\n");
  ASSERT_NE(end, std::string::npos);
  const std::string head = mail.substr(0, end);
  EXPECT_NE(head.find("To: <ops@line.example>\r\n"), std::string::npos);
  EXPECT_NE(head.find("Message-ID: <d-1@fairway.example>\r\n"), std::string::npos);
  EXPECT_EQ(head.find("Bcc"), std::string::npos);
  std::string body;
  for (const char c : mail.substr(end))
    if (c != '\r' && c != '\n') body += c;
  const std::string text = from_base64(body).value();
  EXPECT_NE(text.find("MSCU1234566: held. From: x\n"), std::string::npos);
  EXPECT_NE(text.find("  - customs held actual, 2026-11-22 14:00 +08:00, Hong Kong (HKHKG) — Line  .  QUIT (entry 41)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("https://port.example/track/equipment%3AMSCU%201%2F2\n"), std::string::npos);
  EXPECT_NE(text.find("delete the subscription am_1"), std::string::npos);
}

TEST(Mailer, RefusesAServerItShouldNotUse) {
  for (const char* server :
       {"", "mail.example", "http://a", "smtp://", "smtps://a b", "smtp://user@host", "smtp://host/path?x", "smtp://h\r\nx"})
    EXPECT_FALSE(Mailer::open({.server = server, .from = "a@b.example"})) << server;
  EXPECT_FALSE(Mailer::open({.server = "smtp-plain://a:25", .from = "a@b.example", .user = "u", .password = "p"}))
      << "a password in the clear";
  EXPECT_FALSE(Mailer::open({.server = "smtps://a", .from = "a@b\r\nx"}));
  EXPECT_TRUE(Mailer::open({.server = "smtps://a:465", .from = "a@b.example", .user = "u", .password = "p"}));
}

}  // namespace
}  // namespace fairway::exchange::alerts_unit
