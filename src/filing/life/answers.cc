// What an authority's answer does to a filing. An answer is kept whatever it says; it takes no later state back, and one that does not
// agree with what is known is flagged and has no effect.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"
#include "filing/life/standing.h"

namespace fairway::filing {
namespace {

enum class Effect : uint8_t {
  heard,     // the authority has it
  advances,  // on the authority's way, to the row's state
  queries,
  rejects,  // the original: the authority has nothing
  refuses,  // an amendment or a cancellation: all stays as it was
  amends,   // the amendment is what the authority has
  cancels,
  pays,
  contradicts,  // there is nothing that it could be of
};

struct AnswerRow {
  std::string_view status;
  Effect original, amendment, cancellation;
  State to;  // of `advances`
};
constexpr std::array kAnswers = {
    AnswerRow{"received", Effect::heard, Effect::heard, Effect::heard, State::lodged},
    AnswerRow{"inspection", Effect::heard, Effect::heard, Effect::heard, State::lodged},
    AnswerRow{"accepted", Effect::advances, Effect::amends, Effect::cancels, State::accepted},
    AnswerRow{"queried", Effect::queries, Effect::queries, Effect::queries, State::queried},
    AnswerRow{"rejected", Effect::rejects, Effect::refuses, Effect::refuses, State::rejected},
    AnswerRow{"amended", Effect::contradicts, Effect::amends, Effect::contradicts, State::accepted},
    AnswerRow{"cancelled", Effect::cancels, Effect::cancels, Effect::cancels, State::cancelled},
    AnswerRow{"released", Effect::advances, Effect::advances, Effect::advances, State::released},
    AnswerRow{"closed", Effect::advances, Effect::advances, Effect::advances, State::closed},
    AnswerRow{"paid", Effect::pays, Effect::pays, Effect::pays, State::draft},
};

Effect effect_of(const AnswerRow& row, Kind kind) {
  if (kind == Kind::amendment) return row.amendment;
  return kind == Kind::cancellation ? row.cancellation : row.original;
}

// How far the authority's way a standing is; −1 for what is off it.
int rank_of(State standing) {
  constexpr std::array kWay = {State::draft, State::lodged, State::queried, State::accepted, State::released, State::closed};
  const auto* found = std::ranges::find(kWay, standing);
  return found == kWay.end() ? -1 : static_cast<int>(found - kWay.begin());
}

bool is_work(State state) { return state == State::draft || state == State::checked || state == State::confirmed; }

Lodgement* last_of(Filing& filing, auto&& wanted) {
  const auto found = std::find_if(filing.lodgements.rbegin(), filing.lodgements.rend(), wanted);
  return found == filing.lodgements.rend() ? nullptr : &*found;
}

// Said of the goods and their declaration as they are, not of one sending.
bool is_of_the_filing(std::string_view status) {
  return status == "inspection" || status == "released" || status == "closed" || status == "paid";
}

// The lodgement that an answer is of where the authority names none.
Lodgement* fitting(Filing& filing, const Answer& answer) {
  const auto of_kind = [&](Kind kind) { return last_of(filing, [kind](const Lodgement& one) { return one.kind == kind; }); };
  if (answer.status == "amended") return of_kind(Kind::amendment);
  if (answer.status == "cancelled") {
    Lodgement* cancellation = of_kind(Kind::cancellation);
    return cancellation != nullptr ? cancellation : of_kind(Kind::original);
  }
  if (is_of_the_filing(answer.status)) return of_kind(Kind::original);
  // "accepted" without a name is hardly said of a cancellation: that is "cancelled".
  const auto waits = [&](const Lodgement& one) {
    const bool undecided = one.answered_us == 0 || one.outcome == "queried";
    return undecided && (one.kind != Kind::cancellation || answer.status != "accepted");
  };
  if (Lodgement* found = last_of(filing, waits)) return found;
  return last_of(filing, [&](const Lodgement& one) { return one.kind == Kind::original || answer.status == one.outcome; });
}

Lodgement* lodgement_of(Filing& filing, const Answer& answer) {
  if (answer.lodgement.empty()) return fitting(filing, answer);
  Lodgement* named = last_of(filing, [&](const Lodgement& one) { return one.id == answer.lodgement; });
  const bool is_settled = named != nullptr && named->kind != Kind::original && named->answered_us != 0;
  return is_settled && is_of_the_filing(answer.status) ? fitting(filing, answer) : named;
}

// When the authority last said that, of all answers that counted.
int64_t last_said_us(const Filing& filing, std::string_view status) {
  int64_t latest = 0;
  for (const Answer& answer : filing.answers)
    if (answer.status == status && !answer.contradicts) latest = std::max(latest, answer.at_us);
  return latest;
}

void decide(Lodgement& lodgement, const Answer& answer) {
  if (lodgement.answered_us == 0) lodgement.answered_us = answer.received_us;
  if (lodgement.outcome.empty() || lodgement.outcome == "queried") lodgement.outcome = answer.status;
}

bool advance(Filing& filing, Lodgement& lodgement, const Answer& answer, State to) {
  const bool is_original = lodgement.kind == Kind::original;
  if (filing.standing == State::rejected) return false;
  if (filing.standing == State::cancelled) return to == State::accepted;
  if (lodgement.kind == Kind::amendment && !answer.lodgement.empty() && filing.offered) {
    filing.lodged = std::exchange(filing.offered, std::nullopt);
    decide(lodgement, answer);
  }
  if (is_original) decide(lodgement, answer);
  const bool asked_since = filing.standing == State::queried && to == State::accepted && answer.at_us < last_said_us(filing, "queried");
  if (rank_of(to) > rank_of(filing.standing) && !asked_since) filing.standing = to;
  return true;
}

bool query(Filing& filing, Lodgement& lodgement, const Answer& answer) {
  if (lodgement.kind != Kind::original) {
    if (!lodgement.outcome.empty()) return lodgement.outcome == "queried";
    decide(lodgement, answer);
    filing.state = State::queried;
    return true;
  }
  const bool after_acceptance = filing.standing == State::accepted && answer.at_us > last_said_us(filing, "accepted");
  if (filing.standing == State::lodged || after_acceptance) filing.standing = State::queried;
  decide(lodgement, answer);
  return filing.standing != State::rejected;
}

bool reject(Filing& filing, Lodgement& lodgement, const Answer& answer) {
  const int rank = rank_of(filing.standing);
  if (filing.standing == State::cancelled) return true;
  if (rank > rank_of(State::queried)) return false;
  decide(lodgement, answer);
  filing.standing = State::rejected;
  filing.lodged.reset();
  return true;
}

bool refuse(Filing& filing, Lodgement& lodgement, const Answer& answer) {
  if (!lodgement.outcome.empty() && lodgement.outcome != "queried") return lodgement.outcome == "rejected";
  decide(lodgement, answer);
  if (lodgement.kind == Kind::cancellation) return true;
  filing.offered.reset();
  if (!is_work(filing.state)) filing.state = State::rejected;
  return true;
}

bool amend(Filing& filing, Lodgement& lodgement, const Answer& answer) {
  if (filing.standing == State::cancelled || lodgement.outcome == "accepted" || lodgement.outcome == "amended") return true;
  if (lodgement.outcome == "rejected" || !filing.offered) return false;
  decide(lodgement, answer);
  filing.lodged = std::exchange(filing.offered, std::nullopt);
  if (rank_of(filing.standing) < rank_of(State::accepted)) filing.standing = State::accepted;
  return true;
}

bool cancel(Filing& filing, Lodgement& lodgement, const Answer& answer) {
  const bool on_its_own = lodgement.kind == Kind::original;  // nobody asked for it
  if (filing.standing == State::closed || lodgement.outcome == "rejected") return false;
  if (on_its_own && (filing.standing == State::released || filing.standing == State::rejected)) return false;
  for (Lodgement& one : filing.lodgements)
    if (one.answered_us == 0 || &one == &lodgement) decide(one, answer);
  filing.standing = State::cancelled;
  filing.offered.reset();
  return true;
}

// What is to be done now.
void settle(Filing& filing) {
  if (filing.standing == State::cancelled || filing.standing == State::closed) {
    filing.state = filing.standing;
    return;
  }
  const Lodgement* open = open_lodgement(filing);
  if (open != nullptr && open->kind == Kind::cancellation) {
    filing.state = State::cancelling;
  } else if (open != nullptr && (open->kind == Kind::amendment || open->sent_us == 0)) {
    filing.state = open->sent_us == 0 ? State::lodging : State::lodged;
  } else if (!is_work(filing.state)) {
    const Lodgement& last = filing.lodgements.back();
    const bool mends =
        last.kind == Kind::amendment && last.outcome == name(filing.state);  // rejected or queried: somebody has to look at it
    const bool differs = filing.lodged && !filing.offered && filing.lodged->digest() != filing.draft.digest();
    if (!mends) filing.state = differs ? work_state(filing) : filing.standing;
  }
}

// Whether the answer agrees with what is known; if so it has had its effect.
bool apply(Filing& filing, const Answer& answer, int64_t now_us) {
  const auto* row = std::ranges::find(kAnswers, answer.status, &AnswerRow::status);
  Lodgement* lodgement = lodgement_of(filing, answer);
  if (lodgement == nullptr) return false;
  // An older one of its kind has had its answer, or has been given up: nothing goes back to it.
  const Lodgement* last = last_of(filing, [&](const Lodgement& one) { return one.kind == lodgement->kind; });
  if (last != lodgement) return lodgement->outcome == answer.status || answer.status == "received";
  take_as_sent(filing, *lodgement, now_us);
  switch (effect_of(*row, lodgement->kind)) {
    case Effect::heard:
      if (lodgement->kind == Kind::original && lodgement->answered_us == 0) lodgement->answered_us = answer.received_us;
      return true;
    case Effect::advances: return advance(filing, *lodgement, answer, row->to);
    case Effect::queries: return query(filing, *lodgement, answer);
    case Effect::rejects: return reject(filing, *lodgement, answer);
    case Effect::refuses: return refuse(filing, *lodgement, answer);
    case Effect::amends: return amend(filing, *lodgement, answer);
    case Effect::cancels: return cancel(filing, *lodgement, answer);
    case Effect::pays: filing.paid = true; return true;
    case Effect::contradicts: return false;
  }
  return false;
}

Status check_bounds(const Filing& filing, const Answer& answer) {
  if (answer.id.empty() || answer.id.size() > limits::kIdentifierBytesMax)
    return fail(Code::invalid, "an answer needs an id of its own", legible(answer.id));
  if (std::ranges::find(kAnswers, answer.status, &AnswerRow::status) == kAnswers.end())
    return fail(Code::invalid, "no answer of an authority", legible(answer.status), "received, accepted, queried, rejected, …");
  if (answer.text.size() > limits::kTextBytesMax || answer.number.size() > limits::kIdentifierBytesMax ||
      answer.lodgement.size() > limits::kIdentifierBytesMax || answer.remarks.size() > limits::kAnswerRemarksMax ||
      answer.containers.size() > limits::kAnswerRemarksMax)
    return fail(Code::too_large, "the answer is too long", answer.id);
  if (filing.answers.size() >= limits::kAnswersPerFilingMax)
    return fail(Code::too_large, "the filing has too many answers", std::to_string(filing.answers.size()));
  return {};
}

}  // namespace

void take_as_sent(Filing& filing, Lodgement& lodgement, int64_t now_us) {
  if (lodgement.sent_us != 0) return;
  lodgement.sent_us = now_us;
  filing.changed_us = now_us;
  if (lodgement.kind == Kind::cancellation) return;
  filing.state = State::lodged;
  if (lodgement.kind == Kind::amendment) return;
  filing.lodged = filing.draft;
  filing.standing = State::lodged;
}

Result<bool> take_answer(Filing& filing, Answer answer, int64_t now_us) {
  if (std::ranges::find(filing.answers, answer.id, &Answer::id) != filing.answers.end()) return false;
  TRY_OK(check_bounds(filing, answer));
  if (answer.received_us == 0) answer.received_us = now_us;
  if (answer.at_us == 0) answer.at_us = answer.received_us;
  answer.contradicts = !apply(filing, answer, now_us);
  if (!answer.contradicts) {
    const bool is_newest =
        std::ranges::none_of(filing.answers, [&](const Answer& one) { return !one.number.empty() && one.at_us > answer.at_us; });
    if (!answer.number.empty() && answer.status != "rejected" && (filing.number.empty() || is_newest)) filing.number = answer.number;
    settle(filing);
  }
  filing.answers.push_back(std::move(answer));
  filing.changed_us = now_us;
  return true;
}

}  // namespace fairway::filing
