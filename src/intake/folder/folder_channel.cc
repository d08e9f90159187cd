#include "intake/folder/folder_channel.h"

#include <algorithm>
#include <future>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/log.h"
#include "gateway/edifact/contrl.h"
#include "http/message.h"

namespace fairway::intake {
namespace {

constexpr auto kPeriod = std::chrono::milliseconds(500);
constexpr int64_t kSettleNs = 1'000'000'000;
constexpr int64_t kRestNs = 5'000'000'000;   // after something failed
constexpr size_t kAnswerNameBytesMax = 200;  // of 255, with room for the ending

// The answer's name; that of a file with an overlong one is told by its digest.
std::string answer_name(const std::string& name, std::string_view ending) {
  return (name.size() <= kAnswerNameBytesMax ? name : to_hex(sha256(name))) + std::string(ending);
}

std::string mark_of(std::string_view bytes) { return to_hex(sha256(bytes).substr(0, 8)); }

Result<Outcome> take_and_wait(Intake& intake, const Submission& submission) {
  std::promise<Result<Outcome>> promise;
  std::future<Result<Outcome>> settled = promise.get_future();
  intake.take(submission, [&promise](Result<Outcome> outcome) { promise.set_value(std::move(outcome)); });
  return settled.get();
}

// The same file gets the same answer: its control reference comes from its bytes.
Result<std::string> contrl_of(std::string_view bytes, Env& env) {
  constexpr size_t kReferenceCharacters = 14;  // 0020 is an..14
  return gateway::edifact::contrl(bytes, to_upper(to_hex(sha256(bytes)).substr(0, kReferenceCharacters)), civil_of(env.now_us(), 0));
}

bool passes(const Error& error) { return error.code == Code::unavailable || error.code == Code::overloaded; }

}  // namespace

FolderChannel::FolderChannel(Intake& intake, Env& env, std::vector<Folder> folders, std::function<void(const Outcome&)> on_outcome)
    : intake_(intake), env_(env), on_outcome_(std::move(on_outcome)) {
  for (Folder& folder : folders) watched_.push_back({std::move(folder), {}, {}});
  if (!watched_.empty()) thread_ = std::thread([this] { run(); });
}

FolderChannel::~FolderChannel() { stop(); }

void FolderChannel::stop() {
  stopping_.store(true);
  if (thread_.joinable()) thread_.join();
}

void FolderChannel::run() {
  while (!stopping_.load()) {
    for (Watched& watched : watched_) {
      if (env_.steady_ns() < watched.rests_until_ns) continue;
      const Status looked = look(watched);
      const std::string trouble = looked ? "" : looked.error().text();
      if (!trouble.empty() && trouble != watched.trouble) log::warn("the folder {} waits: {}", watched.folder.files.path(), trouble);
      watched.trouble = trouble;
      watched.rests_until_ns = looked ? 0 : env_.steady_ns() + kRestNs;
    }
    if (!stopping_.load()) std::this_thread::sleep_for(kPeriod);
  }
}

Status FolderChannel::look(Watched& watched) {
  const std::vector<FolderFiles::File> files = TRY(watched.folder.files.list());
  std::erase_if(watched.seen,
                [&](const auto& known) { return std::ranges::find(files, known.first, &FolderFiles::File::name) == files.end(); });
  for (const FolderFiles::File& file : files) {
    if (stopping_.load()) return {};
    if (complete(watched, file)) TRY_OK(take(watched, file.name));
  }
  return {};
}

bool FolderChannel::complete(Watched& watched, const FolderFiles::File& file) {
  const int64_t now_ns = env_.steady_ns();
  Seen& seen = watched.seen[file.name];
  if (seen.since_ns == 0 || seen.file != file) {
    seen = {file, now_ns};
    return false;
  }
  return now_ns - seen.since_ns >= kSettleNs;
}

// An Error leaves the file where it is, for later.
Status FolderChannel::take(Watched& watched, const std::string& name) {
  const Result<std::string> bytes = watched.folder.files.read(name);
  if (!bytes && bytes.error().code == Code::not_found) return {};
  if (!bytes && bytes.error().code == Code::too_large) return refuse(watched, name, mark_of(name), bytes.error());
  if (!bytes) return std::unexpected(bytes.error());
  const Result<Outcome> outcome = take_and_wait(intake_, {watched.folder.sender, *bytes, gateway::Format::unknown, {}});
  if (outcome) return keep(watched, name, *bytes, *outcome);
  if (passes(outcome.error())) return std::unexpected(outcome.error());
  return refuse(watched, name, mark_of(*bytes), outcome.error());
}

Status FolderChannel::keep(Watched& watched, const std::string& name, std::string_view bytes, const Outcome& outcome) {
  FolderFiles& files = watched.folder.files;
  on_outcome_(outcome);
  TRY_OK(files.answer(answer_name(name, ".receipt.json"), to_json(outcome)));
  if (gateway::detect(bytes) == gateway::Format::edifact) {
    // Where there can be none, as for a CONTRL itself, the receipt says what was wrong.
    if (const auto contrl = contrl_of(bytes, env_)) TRY_OK(files.answer(answer_name(name, ".contrl.edi"), *contrl));
  }
  const bool refused = outcome.http_status() == 422;
  log::info("{} of {}: {} accepted, {} repeated, {} refused", legible(name), watched.folder.sender->party.id, outcome.accepted,
            outcome.repeated, outcome.refused);
  return files.shelve(name, refused ? "failed" : "done", mark_of(bytes));
}

Status FolderChannel::refuse(Watched& watched, const std::string& name, std::string_view mark, const Error& error) {
  log::warn("{} of {} is refused: {}", legible(name), watched.folder.sender->party.id, error.text());
  TRY_OK(watched.folder.files.answer(answer_name(name, ".error.json"), http::problem(error, legible(name)).body));
  return watched.folder.files.shelve(name, "failed", mark);
}

}  // namespace fairway::intake
