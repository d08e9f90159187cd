#include "simulate/authority/conduct.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/zone.h"
#include "simulate/dice.h"

namespace fairway::simulate {
namespace {

constexpr int64_t kMs = 1'000;

uint64_t key_of(const Conduct& conduct, std::string_view text, uint64_t salt = 0) {
  const std::string digest = sha256(text);
  return mix(mix(conduct.seed, read_u64(digest.data())), salt);
}

int minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  return hour <= 24 && minute < 60 && hour * 60 + minute <= 24 * 60 ? hour * 60 + minute : -1;
}

std::string digits(Dice& dice, size_t count) {
  std::string out;
  while (out.size() < count) out += static_cast<char>('0' + dice.below(10));
  return out;
}

// Forms for which a charge is paid: declarations of imports and exports, but for those that are exempt from it; not what is only told
// ahead.
bool is_charged(const LetterView& letter) {
  if (letter.head.form.find("/aci") != std::string::npos) return false;
  const std::string_view document = letter.value("@document");
  return letter.head.format == "cusdec" && (document == "929" || document == "830") && !letter.head.form.ends_with('B');
}

class Plan {
 public:
  Plan(const Conduct& conduct, const LetterView& letter) : conduct_(conduct), letter_(letter), dice_(key_of(conduct, letter.head.id)) {}

  bool chance(uint32_t percent) { return dice_.chance(percent); }
  uint32_t below(uint32_t bound) { return dice_.below(bound); }
  void wait(int64_t ms) { now_us_ += ms * kMs; }

  filing::Answer& say(std::string_view status, std::string text) {
    Planned planned;
    planned.after_us = now_us_;
    planned.heard.filing = letter_.head.filing;
    planned.heard.lodgement = letter_.head.id;
    planned.heard.answer.id = letter_.head.id + "-" + std::to_string(planned_.size() + 1) + "-" + std::string(status);
    planned.heard.answer.status = status;
    planned.heard.answer.number = number_;
    planned.heard.answer.text = std::move(text);
    planned_.push_back(std::move(planned));
    wait(conduct_.delay_ms);
    return planned_.back().heard.answer;
  }
  // That the answers from now on name.
  void set_number(std::string number) { number_ = std::move(number); }

  // Some are told twice, the second time after the next ones.
  std::vector<Planned> finish() {
    std::vector<Planned> repeats;
    for (const Planned& planned : planned_) {
      if (!chance(conduct_.duplicate)) continue;
      repeats.push_back(planned);
      repeats.back().repeat = true;
      repeats.back().after_us += static_cast<int64_t>(dice_.between(0, 3)) * conduct_.delay_ms * kMs + 1;
    }
    std::ranges::move(repeats, std::back_inserter(planned_));
    std::ranges::stable_sort(planned_, {}, &Planned::after_us);
    return std::move(planned_);
  }

 private:
  const Conduct& conduct_;
  const LetterView& letter_;
  std::string number_;
  Dice dice_;
  int64_t now_us_ = 0;
  std::vector<Planned> planned_;
};

// Of acceptance, through an inspection of one container, to the end.
void go_on_to_the_end(Plan& plan, const Conduct& conduct, const LetterView& letter) {
  if (is_charged(letter)) plan.say("paid", "the charge is paid");
  const std::vector<std::string> containers = letter.containers();
  if (plan.chance(conduct.inspect)) {
    std::vector<std::string> others = containers;
    filing::Answer& inspection = plan.say("inspection", "selected for inspection");
    if (!containers.empty()) {
      const auto picked = plan.below(static_cast<uint32_t>(containers.size()));
      inspection.containers = {containers[picked]};
      others.erase(others.begin() + picked);
      if (!others.empty()) plan.say("released", "released but for what is inspected").containers = others;
    }
    plan.wait(conduct.release_after_ms);
    plan.say("released", "released after inspection").containers = containers;
  } else {
    plan.wait(conduct.release_after_ms);
    plan.say("released", "released").containers = containers;
  }
  plan.say("closed", "closed");
}

// A field that a person could have got wrong.
std::string some_field(Plan& plan, const LetterView& letter) {
  std::vector<std::string> names;
  for (const auto& [name, value] : letter.fields)
    if (!name.starts_with('@')) names.push_back(name);
  return names.empty() ? "" : names[plan.below(static_cast<uint32_t>(names.size()))];
}

}  // namespace

Status set_hours(Conduct& conduct, std::string_view text) {
  const size_t dash = text.find('-');
  conduct.opens = minutes_of(text.substr(0, dash));
  conduct.closes = dash == std::string_view::npos ? -1 : minutes_of(text.substr(dash + 1));
  if (conduct.opens >= 0 && conduct.closes >= 0 && conduct.opens != conduct.closes) return {};
  return fail(Code::invalid, "these are no hours", std::string(text), "HH:MM-HH:MM, for example 07:00-23:00");
}

bool is_open(const Conduct& conduct, int64_t now_us) {
  const CivilTime local = civil_of(now_us, offset_minutes_at(now_us, conduct.zone).value_or(0));
  const int now = local.hour * 60 + local.minute;
  if (conduct.opens < conduct.closes) return now >= conduct.opens && now < conduct.closes;
  return now >= conduct.opens || now < conduct.closes;
}

Mishap mishap(const Conduct& conduct, std::string_view letter, uint64_t attempt) {
  Dice dice(key_of(conduct, letter, attempt + 1));
  if (!dice.chance(conduct.outage)) return Mishap::none;
  return dice.chance(50) ? Mishap::refused_before : Mishap::lost_after;
}

std::string number_for(const Conduct& conduct, const LetterView& letter) {
  Dice dice(key_of(conduct, letter.head.filing, 7));
  if (letter.head.form.find("/aci") != std::string::npos) return "CCRN" + digits(dice, 12);
  if (letter.head.format == "dec-message") return digits(dice, 18);
  return "D" + digits(dice, 14);
}

std::vector<Planned> decide(const Conduct& conduct, const LetterView& letter, const Known& known) {
  Plan plan(conduct, letter);
  plan.wait(conduct.delay_ms);
  plan.say("received", "received");
  const bool is_original = letter.head.kind == "original";
  if (!is_original) plan.set_number(known.number);
  const auto missing = missing_fields(letter);
  if (!missing.empty()) {
    plan.say("rejected", "fields are missing").remarks = missing;
  } else if (!is_original && !known.stands) {
    plan.say("rejected", "there is nothing under this number to amend or cancel").remarks = {{"@number", "not known"}};
  } else if (letter.head.kind == "cancellation") {
    plan.say("cancelled", "cancelled");
  } else if (letter.head.kind == "amendment") {
    plan.say("amended", "amended");
    if (known.queried) go_on_to_the_end(plan, conduct, letter);
  } else if (plan.chance(conduct.reject)) {
    plan.say("rejected", "rejected").remarks = {{some_field(plan, letter), "does not agree with what is known"}};
  } else if (plan.chance(conduct.query)) {
    plan.set_number(number_for(conduct, letter));
    plan.say("queried", "please confirm").remarks = {{some_field(plan, letter), "please confirm, or amend"}};
  } else {
    plan.set_number(number_for(conduct, letter));
    plan.say("accepted", "accepted");
    go_on_to_the_end(plan, conduct, letter);
  }
  return plan.finish();
}

}  // namespace fairway::simulate
