#include "ledger/witness/ask.h"

#include <array>

#include "base/bytes.h"
#include "ledger/spelling.h"
#include "ledger/witness/memory.h"
#include "ledger/witness/request.h"
#include "ledger/witness/signed_by.h"

namespace fairway::ledger::witness {
namespace {

constexpr int kAttemptsMax = 4;  // for one checkpoint: another client of the same log may be asking meanwhile
constexpr size_t kAnswerBytesMax = limits::kNoteBytesMax;
constexpr std::array<std::string_view, 7> kNames = {"waiting", "cosigned", "away", "refused", "lying", "ahead", "fork"};

Answer say(Standing standing, std::string error) { return Answer{standing, std::nullopt, std::move(error)}; }

// "http://host:8080/some/where" in the part that is connected to and the part before every path.
std::pair<std::string, std::string> split(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  if (url.starts_with("unix:")) return {std::string(url), ""};
  const size_t scheme = url.find("://");
  const size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos) return {std::string(url), ""};
  return {std::string(url.substr(0, path)), std::string(url.substr(path))};
}

std::string said(const http::Response& response) {
  const std::string_view body = trim(response.body);
  return "it answered " + std::to_string(response.status) + (body.empty() ? "" : ": " + legible(body, 200));
}

}  // namespace

std::string_view name(Standing standing) { return kNames[static_cast<size_t>(standing)]; }

Result<Asker> Asker::open(const PolicyWitness& witness, std::chrono::milliseconds patience, const std::atomic<bool>* give_up) {
  if (witness.url.empty()) return fail(Code::invalid, "the policy gives no URL for this witness", witness.name);
  auto [server, prefix] = split(witness.url);
  http::ClientOptions options;
  options.patience = patience;
  options.whole = patience;
  options.give_up = give_up;
  options.answer_bytes_max = kAnswerBytesMax;
  std::unique_ptr<http::Client> client = TRY(http::Client::open(server, options));
  return Asker(witness.key, std::move(prefix), std::move(client));
}

Answer Asker::cosign(const Shown& shown, const NodeReader& nodes) {
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    if (auto answer = once(shown, nodes)) return std::move(*answer);
  }
  return say(Standing::away, "it names another size each time");
}

std::optional<Answer> Asker::once(const Shown& shown, const NodeReader& nodes) {
  AddCheckpoint request;
  // Of a larger tree no proof leads here; asked from nothing, it says what it has.
  request.old_size = size_ <= shown.checkpoint.size ? size_ : 0;
  auto proof = consistency_proof(request.old_size, shown.checkpoint.size, nodes);
  if (!proof) return say(Standing::waiting, "the proof cannot be read: " + proof.error().text());
  request.proof = std::move(*proof);
  request.note = shown.note;
  http::ClientRequest post;
  post.method = http::Method::post;
  post.target = prefix_ + "/add-checkpoint";
  post.headers.emplace_back("content-type", "text/plain; charset=utf-8");
  post.body = to_text(request);
  const auto response = client_->send(post);
  if (!response) return say(Standing::away, response.error().text());
  switch (response->status) {
    case 200: return cosignature(*response, shown);
    case 403:
    case 404: return say(Standing::refused, said(*response) + "; its operator follows this log with `fairway witness --log VKEY`");
    case 409: return conflict(*response, shown);
    case 422:
      return say(Standing::fork,
                 "it does not find that this tree grew out of the one of size " + std::to_string(size_) + " that it has cosigned");
    default: return say(Standing::away, said(*response));
  }
}

// The size that it has cosigned last. Of the size that was named to it, it has another root (v1.0.0; later drafts answer 422).
std::optional<Answer> Asker::conflict(const http::Response& response, const Shown& shown) {
  const auto size = exact_number(trim(response.body));
  const uint64_t named = size_ <= shown.checkpoint.size ? size_ : 0;
  if (!size) return say(Standing::away, said(response));
  if (*size == named && named == shown.checkpoint.size)
    return say(Standing::fork, "it has cosigned size " + std::to_string(named) + " with another root");
  if (*size < cosigned_) {
    ++went_back_;
    cosigned_ = *size;
  }
  size_ = *size;
  if (*size > shown.checkpoint.size)
    return say(Standing::ahead,
               "it has cosigned size " + std::to_string(*size) + ", this log has signed " + std::to_string(shown.checkpoint.size));
  if (*size == named) return say(Standing::away, "it contradicts itself: " + said(response));
  return std::nullopt;
}

Answer Asker::cosignature(const http::Response& response, const Shown& shown) {
  std::string_view rest = response.body;
  std::string wrong = "no cosignature of the key that the policy gives";
  for (size_t count = 0; count < limits::kNoteSignaturesMax; ++count) {
    const auto line = take_line(rest);
    if (!line) break;
    auto signature = signature_from_line(std::string(*line) + "\n");
    if (!signature || signature->name != key_.name || signature->id != key_.id) continue;
    const Status holds = verify(key_, shown.text, *signature);
    if (!holds) {
      wrong = holds.error().text();
      break;
    }
    size_ = shown.checkpoint.size;
    cosigned_ = std::max(cosigned_, size_);
    return {Standing::cosigned, std::move(*signature), {}};
  }
  return say(Standing::lying, wrong);
}

Result<std::optional<Remembered>> Asker::remembered(std::string_view origin, std::span<const VerifierKey> log) {
  http::ClientRequest get;
  get.target = prefix_ + "/" + origin_hex(origin) + "/checkpoint";
  const http::Response response = TRY(client_->send(get));
  if (response.status == 404 || response.status == 405) return std::optional<Remembered>();
  if (response.status != 200) return fail(Code::unavailable, "the witness does not answer", said(response));
  const Note note = TRY(note_from(response.body));
  const Checkpoint checkpoint = TRY(checkpoint_from(note.text));
  if (checkpoint.origin != origin) return fail(Code::forbidden, "the witness shows another log's checkpoint", legible(checkpoint.origin));
  TRY_OK(signed_by(note, {&key_, 1}));
  TRY_OK(signed_by(note, log));
  size_ = checkpoint.size;
  cosigned_ = std::max(cosigned_, size_);
  return std::optional(Remembered{checkpoint.size, checkpoint.root});
}

}  // namespace fairway::ledger::witness
