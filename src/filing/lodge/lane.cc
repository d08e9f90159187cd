#include "filing/lodge/lane.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "filing/lodge/answers.h"
#include "filing/lodge/letter.h"

namespace fairway::filing {
namespace {

constexpr size_t kPage = 200;
constexpr int64_t kPauseMaxUs = 600'000'000;
constexpr int kFailuresInARow = 3;         // then the channel is out, and not one letter
constexpr int64_t kLookUsALetter = 2'000;  // many letters that wait are looked through less often
constexpr std::string_view kMachine = "";

std::string stray_prefix(std::string_view channel) { return "stray/" + std::string(channel) + "/"; }
std::string inbox_key(std::string_view channel) { return "inbox/" + std::string(channel); }

}  // namespace

Outbox::Lane::Lane(store::Store& store, Book& book, Env& env, std::unique_ptr<Channel> channel, const Settings& settings)
    : store_(store), book_(book), env_(env), channel_(std::move(channel)), settings_(settings) {
  figures_.channel = channel_->name();
}

Outbox::Figures Outbox::Lane::figures() {
  const std::lock_guard lock(mutex_);
  return figures_;
}

Status Outbox::Lane::turn() {
  const int64_t now_us = env_.now_us();
  if (now_us >= look_again_us_ || waiting_.empty()) {
    const auto snapshot = TRY(store_.snapshot());
    TRY_OK(look(*snapshot));
    look_again_us_ = now_us + static_cast<int64_t>(waiting_.size()) * kLookUsALetter;
  }
  if (!retried_strays_) TRY_OK(retry_strays());
  if (now_us >= sending_.until_us) TRY_OK(send_letters());
  if (env_.now_us() >= fetching_.until_us) TRY_OK(fetch());
  return {};
}

Status Outbox::Lane::look(store::Snapshot& snapshot) {
  waiting_.clear();
  const std::string prefix = outbox_prefix(channel_->name());
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(prefix, after, kPage));
    for (const auto& [key, stored] : page) {
      const auto letter = letter_from_json(stored.value);
      if (!letter) {
        log::error("a letter cannot be read and is left where it is: {}: {}", key, letter.error().text());
        continue;
      }
      waiting_.push_back({letter->ordered_us, letter->id, letter->filing, letter->form});
    }
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  std::ranges::sort(waiting_, {}, [](const Waiting& one) { return std::tie(one.ordered_us, one.id); });
  std::erase_if(letter_, [&](const auto& entry) { return std::ranges::find(waiting_, entry.first, &Waiting::id) == waiting_.end(); });
  size_t strays = 0;
  const std::string aside = stray_prefix(channel_->name());
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(aside, after, kPage));
    strays += page.size();
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  const std::lock_guard lock(mutex_);
  figures_.waiting = waiting_.size();
  figures_.oldest_us = waiting_.empty() ? 0 : waiting_.front().ordered_us;
  figures_.strays = strays;
  return {};
}

// The oldest first; what follows a letter of the same filing waits for it.
Status Outbox::Lane::send_letters() {
  std::set<std::string> held;  // filings of which a letter waits
  std::vector<std::string> done;
  int failures = 0;
  for (const Waiting& waiting : waiting_) {
    const int64_t now_us = env_.now_us();
    const auto pause = letter_.find(waiting.id);
    const bool waits = (pause != letter_.end() && now_us < pause->second.until_us) || channel_->opens_us(waiting.form, now_us);
    if (waits || held.contains(waiting.filing)) {
      held.insert(waiting.filing);
      continue;
    }
    bool reached = false;
    TRY_OK(send(waiting, reached));
    if (reached) {
      failures = 0;
      done.push_back(waiting.id);
      continue;
    }
    held.insert(waiting.filing);
    lengthen(letter_[waiting.id]);
    if (++failures == kFailuresInARow) break;
  }
  if (done.empty() && failures > 0)
    lengthen(sending_);
  else
    sending_ = {};
  std::erase_if(waiting_, [&](const Waiting& one) { return std::ranges::find(done, one.id) != done.end(); });
  return {};
}

// `reached`: the authority has it, or has refused it for good.
Status Outbox::Lane::send(const Waiting& waiting, bool& reached) {
  const auto snapshot = TRY(store_.snapshot());
  const auto stored = TRY(snapshot->state(outbox_key(channel_->name(), waiting.id)));
  reached = true;
  if (!stored) return {};
  const Letter letter = TRY(letter_from_json(stored->value));
  crash_point("letter read");
  const Status sent = channel_->send(letter);
  crash_point("letter sent");
  if (sent) {
    TRY_OK(note_sent(letter));
    well();
  } else if (sent.error().code == Code::unavailable) {
    trouble("sending " + letter.id, sent.error());
    reached = false;
  } else {
    log::warn("{} refuses {} of {}: {}", channel_->name(), letter.id, letter.filing, sent.error().text());
    TRY_OK(note_refused(letter, sent.error()));
  }
  crash_point("sending noted");
  return {};
}

Status Outbox::Lane::note_sent(const Letter& letter) {
  const store::StateWrite erase{outbox_key(channel_->name(), letter.id), std::nullopt, std::nullopt};
  const auto noted = book_.step(letter.filing, "sent", kMachine,
                                [&](Filing& filing) { return filing::note_sent(filing, letter.id, env_.now_us()); }, {&erase, 1});
  if (noted) return {};
  if (noted.error().code == Code::unavailable || noted.error().code == Code::overloaded) return std::unexpected(noted.error());
  log::error("{} was sent, and its filing cannot take that: {}", letter.id, noted.error().text());
  return write_state(erase.key, std::nullopt);
}

// What the authority will never take is rejected, in its own words.
Status Outbox::Lane::note_refused(const Letter& letter, const Error& refusal) {
  Heard heard{letter.filing, letter.id, {}, {}, {}};
  heard.answer.id = "refused:" + letter.id;
  heard.answer.lodgement = letter.id;
  heard.answer.status = "rejected";
  heard.answer.text = refusal.detail.empty() ? refusal.message : refusal.message + ": " + refusal.detail;
  if (!refusal.hint.empty()) heard.answer.remarks.emplace_back("", refusal.hint);
  heard.answer.at_us = env_.now_us();
  TRY_OK(take(heard));
  return write_state(outbox_key(channel_->name(), letter.id), std::nullopt);
}

Status Outbox::Lane::fetch() {
  const std::string key = inbox_key(channel_->name());
  const auto snapshot = TRY(store_.snapshot());
  const auto kept = TRY(snapshot->state(key));
  const std::string cursor = kept ? kept->value : std::string();
  auto mail = channel_->fetch(cursor);
  if (!mail) {
    trouble("asking for answers", mail.error());
    lengthen(fetching_);
    return {};
  }
  crash_point("answers fetched");
  for (const Heard& heard : mail->heard) {
    TRY_OK(take(heard));
    crash_point("answer taken");
  }
  if (mail->cursor != cursor) TRY_OK(write_state(key, mail->cursor));
  crash_point("cursor kept");
  fetching_ = {};
  if (waiting_.empty()) well();
  return {};
}

Status Outbox::Lane::take(const Heard& heard) {
  std::string why = heard.problem;
  if (why.empty() && TRY(apply(heard, why))) return {};
  return put_aside(heard, why);
}

// Whether it is of a filing here, which has taken it; `why` not.
Result<bool> Outbox::Lane::apply(const Heard& heard, std::string& why) {
  const auto filing = TRY(filing_of(heard));
  if (!filing) {
    why = "no filing here is known by what it names";
    return false;
  }
  Answer answer = heard.answer;
  answer.lodgement = heard.lodgement;
  answer.received_us = env_.now_us();
  const auto taken = book_.step(filing->id, answer.status, kMachine, [&](Filing& one) -> Status {
    TRY(take_answer(one, answer, env_.now_us()));
    return {};
  });
  if (taken) return true;
  if (taken.error().code == Code::unavailable || taken.error().code == Code::overloaded) return std::unexpected(taken.error());
  why = taken.error().text();
  return false;
}

// An authority answers for what was brought to it, and for nothing else.
Result<std::optional<Filing>> Outbox::Lane::filing_of(const Heard& heard) {
  std::optional<Filing> filing;
  if (!heard.lodgement.empty()) filing = TRY(book_.find_by_lodgement(heard.lodgement));
  if (!filing && !heard.filing.empty()) filing = TRY(book_.find_filing(heard.filing));
  if (!filing && !heard.answer.number.empty()) filing = TRY(book_.find_by_number(channel_->name(), heard.answer.number));
  if (filing && filing->authority != channel_->name()) filing.reset();
  return filing;
}

Status Outbox::Lane::put_aside(const Heard& heard, const std::string& why) {
  const std::string what = heard.problem.empty() ? to_json(heard) : heard.original;
  log::warn("{}: an answer is put aside: {}", channel_->name(), why);
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("why", legible(why, 500)).member("received", env_.now_us());
  json.member("readable", heard.problem.empty()).member("answer", what).end_object();
  const std::string id = heard.problem.empty() ? heard.answer.id : "";
  return write_state(stray_prefix(channel_->name()) + to_hex(sha256(id + "\n" + what)).substr(0, 32), text);
}

// What was unknown may be known by now: a number that came later, a filing that was brought from another store.
Status Outbox::Lane::retry_strays() {
  const auto snapshot = TRY(store_.snapshot());
  const std::string prefix = stray_prefix(channel_->name());
  for (std::string after;;) {
    const auto page = TRY(snapshot->state_scan(prefix, after, kPage));
    for (const auto& [key, stored] : page) {
      const auto parsed = parse_json(stored.value);
      const json::object* object = parsed ? parsed->if_object() : nullptr;
      if (object == nullptr || !truth_of(*object, "readable").value_or(false)) continue;
      const auto heard = read_answer(text_of(*object, "answer"));
      std::string why;
      if (heard && TRY(apply(*heard, why))) TRY_OK(write_state(key, std::nullopt));
    }
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  retried_strays_ = true;
  return {};
}

Status Outbox::Lane::write_state(std::string key, std::optional<std::string> value) {
  store::Batch batch;
  batch.state.push_back({std::move(key), std::move(value), std::nullopt});
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

void Outbox::Lane::lengthen(Pause& pause) const {
  int64_t wait_us = settings_.first_pause_us;
  for (int i = 0; i < pause.failures && wait_us < kPauseMaxUs; ++i) wait_us *= 2;
  ++pause.failures;
  pause.until_us = env_.now_us() + std::min(wait_us, kPauseMaxUs);
}

void Outbox::Lane::trouble(std::string_view what, const Error& error) {
  const std::lock_guard lock(mutex_);
  if (figures_.trouble.empty()) log::warn("{}: {} failed, and will be tried again: {}", channel_->name(), what, error.text());
  figures_.trouble = error.text();
}

void Outbox::Lane::well() {
  const std::lock_guard lock(mutex_);
  if (!figures_.trouble.empty()) log::info("{} answers again", channel_->name());
  figures_.trouble.clear();
}

}  // namespace fairway::filing
