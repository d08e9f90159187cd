#include "exchange/epcis/jobs.h"

#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"

namespace fairway::exchange::epcis {
namespace {

constexpr std::array<std::string_view, 2> kBehaviours = {"rollback", "proceed"};
constexpr size_t kRandomCharacters = 6;
constexpr size_t kPruneAtOnce = 100;

std::string prefix_of(const PartyId& party) { return "epcis/job/" + party + "/"; }

JobError error_of(const intake::EventFate& event) {
  JobError error;
  const bool clash = event.problem && event.problem->code == Code::conflict;
  error.type = clash ? "epcisException:ResourceAlreadyExistsException" : error.type;
  error.status = clash ? 409 : 400;
  error.title = event.problem ? event.problem->message : "the event was refused";
  error.detail = event.id;
  return error;
}

}  // namespace

std::string_view name(Behaviour behaviour) { return kBehaviours.at(static_cast<size_t>(behaviour)); }

Result<Behaviour> behaviour_from(std::string_view text) {
  if (text.empty() || text == "rollback") return Behaviour::rollback;
  if (text == "proceed") return Behaviour::proceed;
  return fail(Code::invalid, "not a behaviour on errors", "GS1-Capture-Error-Behaviour: " + legible(text), "rollback or proceed");
}

void add_error(Job& job, JobError error) {
  job.success = false;
  if (job.errors.size() < limits::kEpcisJobErrorsMax) job.errors.push_back(std::move(error));
}

void settle(Job& job, const intake::Outcome& outcome) {
  for (const intake::MessageFate& message : outcome.messages) {
    for (const intake::EventFate& event : message.events) {
      job.captured += event.fate == intake::Fate::accepted;
      job.repeated += event.fate == intake::Fate::repeated;
      if (event.fate == intake::Fate::refused) add_error(job, error_of(event));
    }
    if (!message.events.empty()) continue;
    for (const gateway::Diagnostic& finding : message.diagnostics)
      if (finding.severity == gateway::Severity::error) add_error(job, {.title = finding.message, .detail = finding.position});
  }
}

std::string new_job_id(Env& env) {
  std::string time;
  append_u64(time, static_cast<uint64_t>(env.now_us()));
  return to_hex(time) + "-" + random_id(env, kRandomCharacters);
}

std::string to_json(const Job& job) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("captureID", job.id).member("createdAt", to_rfc3339_utc(job.created_us));
  json.member("finishedAt", to_rfc3339_utc(job.finished_us)).member("running", false).member("success", job.success);
  json.member("captureErrorBehaviour", name(job.behaviour)).member("captured", job.captured).member("repeated", job.repeated);
  json.key("errors").begin_array();
  for (const JobError& error : job.errors)
    json.begin_object()
        .member("type", error.type)
        .member("title", legible(error.title, limits::kTextBytesMax))
        .member("status", error.status)
        .optional_member("detail", legible(error.detail, limits::kTextBytesMax))
        .end_object();
  json.end_array().end_object();
  return out;
}

Result<std::vector<store::StateWrite>> make_room(store::Snapshot& snapshot, const PartyId& party) {
  std::vector<store::StateWrite> writes;
  const auto there = TRY(snapshot.state_scan(prefix_of(party), "", limits::kEpcisJobsPerPartyMax + kPruneAtOnce));
  const size_t over = there.size() < limits::kEpcisJobsPerPartyMax ? 0 : there.size() + 1 - limits::kEpcisJobsPerPartyMax;
  for (size_t i = 0; i < over; ++i) writes.push_back({there[i].first, std::nullopt, std::nullopt});
  return writes;
}

store::StateWrite keep_job(const PartyId& party, const Job& job) { return {prefix_of(party) + job.id, to_json(job), std::nullopt}; }

Result<std::string> find_job(store::Snapshot& snapshot, const PartyId& party, std::string_view id) {
  if (id.size() > limits::kEpcisQueryNameBytesMax) return fail(Code::not_found, "there is no such capture job", legible(id));
  const auto found = TRY(snapshot.state(prefix_of(party) + std::string(id)));
  if (!found) return fail(Code::not_found, "there is no such capture job", legible(id));
  return found->value;
}

Result<JobPage> list_jobs(store::Snapshot& snapshot, const PartyId& party, std::string_view after, size_t limit) {
  const std::string prefix = prefix_of(party);
  if (after.size() > limits::kEpcisQueryNameBytesMax) return fail(Code::invalid, "not a nextPageToken", legible(after));
  const auto there = TRY(snapshot.state_scan(prefix, after.empty() ? std::string() : prefix + std::string(after), limit + 1));
  JobPage page;
  for (const auto& [key, value] : there) {
    if (page.jobs.size() == limit) {
      page.next = there[limit - 1].first.substr(prefix.size());
      break;
    }
    page.jobs.push_back(value.value);
  }
  return page;
}

}  // namespace fairway::exchange::epcis
