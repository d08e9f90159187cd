#include "exchange/alerts/mail_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"

namespace fairway::exchange {
namespace {

constexpr size_t kReferencesShown = 8;
constexpr std::string_view kLineEnd = "\r\n";

// What stands around the alerts, by Language.
struct Frame {
  std::string_view several, evidence, entry, references, journey, why, end;
};
constexpr std::array<Frame, journey::kLanguages> kFrames = {{
    {"{} alerts", "What it rests on", "entry", "References", "The journey",
     "You get this because your organisation asked for alerts at this address.", "To end it, delete the subscription {}."},
    {"{} 項提示", "依據", "記錄", "參考編號", "行程", "貴機構要求將提示寄至此電郵地址。", "如要停止，請刪除訂閱 {}。"},
    {"{} 项提醒", "依据", "记录", "参考编号", "行程", "贵机构要求将提醒寄至此邮箱地址。", "如要停止，请删除订阅 {}。"},
}};

journey::Language language_of(const AlertHead& alert) { return journey::language_from(alert.language).value_or(journey::Language::en); }

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

// Of what others have sent, on one line.
std::string one_line(std::string_view text) {
  std::string out = legible(text, limits::kTextBytesMax);
  std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return out;
}

std::string milestone_words(const std::string& name, journey::Language language) {
  const auto milestone = milestone_from(name);
  std::string words(milestone ? journey::words_of(*milestone, language) : std::string_view(name));
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string classifier_words(const std::string& name, journey::Language language) {
  const auto classifier = classifier_from(name);
  return std::string(classifier ? journey::words_of(*classifier, language) : std::string_view(name));
}

std::string time_words(const std::string& at) {
  const auto instant = parse_rfc3339(at);
  return instant ? journey::time_text(*instant) : one_line(at);
}

void append_alert(std::string& out, const AlertHead& alert, const MailFrame& frame) {
  const journey::Language language = language_of(alert);
  const Frame& words = kFrames.at(static_cast<size_t>(language));
  out += one_line(alert.text) + "\n\n";
  out += fmt::format("{}:\n", words.evidence);
  for (const AlertHead::Evidence& claim : alert.evidence)
    out += fmt::format("  - {} {}, {}{}{} — {} ({} {})\n", milestone_words(claim.milestone, language),
                       classifier_words(claim.classifier, language), time_words(claim.at), claim.place.empty() ? "" : ", ",
                       one_line(claim.place), one_line(claim.party), words.entry, claim.entry);
  out += fmt::format("{}:", words.references);
  for (size_t i = 0; i < alert.references.size() && i < kReferencesShown; ++i) out += (i == 0 ? " " : ", ") + one_line(alert.references[i]);
  if (alert.references.size() > kReferencesShown) out += " …";
  out += "\n";
  if (!frame.public_url.empty() && !alert.journey.empty())
    out += fmt::format("{}: {}/track/{}\n", words.journey, frame.public_url, percent_encoded(alert.journey));
}

std::string subject_of(const std::vector<AlertHead>& alerts) {
  const journey::Language language = language_of(alerts.front());
  std::vector<std::string> titles;
  for (const AlertHead& alert : alerts) {
    const auto kind = journey::alert_kind_from(alert.kind);
    std::string title(kind ? journey::title_of(*kind, language) : std::string_view(alert.kind));
    if (std::ranges::find(titles, title) == titles.end()) titles.push_back(std::move(title));
  }
  const std::string what = fmt::format("{}", fmt::join(titles, ", "));
  if (alerts.size() == 1) return fmt::format("[Fairway] {}: {}", what, one_line(alerts.front().subject));
  const std::string_view several = kFrames.at(static_cast<size_t>(language)).several;
  return fmt::format("[Fairway] {}: {}", fmt::format(fmt::runtime(several), alerts.size()), what);
}

// RFC 5322, 3.3.
std::string mail_date(int64_t now_us) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilTime civil = civil_of(now_us, 0);
  return fmt::format("{:02} {} {:04} {:02}:{:02}:{:02} +0000", civil.day, kMonths.at(static_cast<size_t>(civil.month) - 1), civil.year,
                     civil.hour, civil.minute, civil.second);
}

std::string wrapped_base64(std::string_view text) {
  constexpr size_t kLine = 76;
  const std::string encoded = to_base64(text);
  std::string out;
  for (size_t at = 0; at < encoded.size(); at += kLine) out += encoded.substr(at, kLine) + std::string(kLineEnd);
  return out;
}

// A webhook's filter of alerts, and the clock by which mails leave.
class MailFilter final : public callbacks::Filter {
 public:
  MailFilter(std::unique_ptr<const callbacks::Filter> alerts, int64_t pause_us) : alerts_(std::move(alerts)), pause_us_(pause_us) {}
  [[nodiscard]] bool takes(const callbacks::Shown& shown) const override { return alerts_->takes(shown); }
  [[nodiscard]] int64_t leaves_us(int64_t came_us) const override { return (came_us / pause_us_ + 1) * pause_us_; }

 private:
  const std::unique_ptr<const callbacks::Filter> alerts_;
  const int64_t pause_us_;
};

}  // namespace

Result<std::unique_ptr<const callbacks::Filter>> MailKind::read_filter(std::string_view json) const {
  return std::make_unique<const MailFilter>(TRY(filters_.read_filter(json)), mailer_.settings().pause_us);
}

std::string encoded_words(std::string_view text) {
  constexpr size_t kBytes = 42;  // 56 in base64, and the frame around them
  std::string clean = one_line(text), out;
  for (std::string_view rest = clean; !rest.empty();) {
    size_t size = std::min(rest.size(), kBytes);
    while (size < rest.size() && size > 1 && (static_cast<unsigned char>(rest[size]) & 0xC0) == 0x80) --size;  // between characters
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + to_base64(rest.substr(0, size)) + "?=");
    rest.remove_prefix(size);
  }
  return out;
}

std::string write_mail(const std::vector<AlertHead>& alerts, const MailFrame& frame) {
  const journey::Language language = language_of(alerts.front());
  const Frame& words = kFrames.at(static_cast<size_t>(language));
  std::string body;
  for (const AlertHead& alert : alerts) {
    append_alert(body, alert, frame);
    body += "\n----\n\n";
  }
  body += std::string(words.why) + "\n" + fmt::format(fmt::runtime(words.end), frame.subscription) + "\n";
  std::string out;
  const auto header = [&](std::string_view name, std::string_view value) { out += fmt::format("{}: {}{}", name, value, kLineEnd); };
  header("From", "Fairway <" + frame.from + ">");
  header("To", "<" + frame.to + ">");
  header("Subject", encoded_words(subject_of(alerts)));
  header("Date", mail_date(frame.now_us));
  header("Message-ID", "<" + frame.id + "@" + frame.from.substr(frame.from.find('@') + 1) + ">");
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Language", name(language));
  header("Content-Transfer-Encoding", "base64");
  return out + std::string(kLineEnd) + wrapped_base64(body);
}

Result<callbacks::Letter> MailKind::write(std::span<const callbacks::Shown> shown, const callbacks::Occasion& occasion) const {
  std::vector<AlertHead> alerts;
  for (const callbacks::Shown& one : shown) alerts.push_back(TRY(alert_head_from(one.entry->body)));
  const MailSettings& settings = mailer_.settings();
  MailFrame frame{settings.from,
                  TRY(callbacks::mail_address_from(occasion.subscription.url)),
                  std::string(occasion.delivery),
                  occasion.subscription.id,
                  settings.public_url,
                  occasion.now_us};
  callbacks::Letter letter;
  letter.content_type = "message/rfc822";
  letter.body = write_mail(alerts, frame);
  return letter;
}

}  // namespace fairway::exchange
