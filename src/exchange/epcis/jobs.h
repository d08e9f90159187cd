// Capture jobs: what became of each document that a party sent to POST /epcis/capture. Kept in the store's state, so that a restart
// forgets none; past limits::kEpcisJobsPerPartyMax the oldest of a party go.
//
// Functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/json_writer.h"
#include "base/status.h"
#include "intake/outcome.h"
#include "model/party.h"
#include "store/store.h"

namespace fairway::exchange::epcis {

enum class Behaviour : uint8_t { rollback, proceed };
[[nodiscard]] std::string_view name(Behaviour behaviour);
[[nodiscard]] Result<Behaviour> behaviour_from(std::string_view text);  // "" is rollback, EPCIS's default

struct JobError {
  std::string type = "epcisException:ValidationException";
  std::string title, detail;
  int status = 400;
};

struct Job {
  std::string id;
  int64_t created_us = 0, finished_us = 0;
  Behaviour behaviour = Behaviour::rollback;
  bool success = false;
  size_t captured = 0, repeated = 0;  // events
  std::vector<JobError> errors;       // at most limits::kEpcisJobErrorsMax
};
void add_error(Job& job, JobError error);
// Enters what intake made of the document.
void settle(Job& job, const intake::Outcome& outcome);

// An id of a new job: jobs are listed in its order.
[[nodiscard]] std::string new_job_id(Env& env);
[[nodiscard]] std::string to_json(const Job& job);

// What lets the oldest jobs go where one more would be too many; taken before the job begins.
[[nodiscard]] Result<std::vector<store::StateWrite>> make_room(store::Snapshot& snapshot, const PartyId& party);
[[nodiscard]] store::StateWrite keep_job(const PartyId& party, const Job& job);
// The job's JSON; Code::not_found where the party has no such job.
[[nodiscard]] Result<std::string> find_job(store::Snapshot& snapshot, const PartyId& party, std::string_view id);
struct JobPage {
  std::vector<std::string> jobs;  // JSON, the oldest first
  std::string next;               // id that the next page begins after, "" at the end
};
[[nodiscard]] Result<JobPage> list_jobs(store::Snapshot& snapshot, const PartyId& party, std::string_view after, size_t limit);

}  // namespace fairway::exchange::epcis
