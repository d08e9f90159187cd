// What the tests of witnesses share: a log whose notes say what a test wants, scratch folders, and a witness behind HTTP that may
// misbehave.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "http/server.h"
#include "ledger/policy.h"
#include "ledger/witness/routes.h"
#include "unit/ledger/support.h"

namespace fairway::ledger::witness {

inline constexpr const char* kOrigin = "port.example/ledger";
inline const Hash kOtherRoot = leaf_hash("another tree");

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "fairway-witness-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// A log that signs whatever a test has it sign.
class TestLog {
 public:
  explicit TestLog(uint64_t size, char seed = 'l') : tree_(size), signer_(test_signer(kOrigin, SignatureKind::ed25519, seed)) {}
  [[nodiscard]] std::string note(uint64_t size) const { return note(size, tree_.root(size)); }
  [[nodiscard]] std::string note(uint64_t size, const Hash& root, const std::string& origin = kOrigin) const {
    Note note{to_text(Checkpoint{origin, size, root, {}}), {}};
    note.signatures.push_back(signer_->sign(note.text, 0).value());
    return to_text(note);
  }
  [[nodiscard]] std::string request(uint64_t from, uint64_t to) const {
    return to_text(AddCheckpoint{from, consistency_proof(from, to, tree_.reader()).value(), note(to)});
  }
  [[nodiscard]] Checkpoint head() const { return {kOrigin, tree_.range().size(), tree_.root(tree_.range().size()), {}}; }
  [[nodiscard]] const VerifierKey& key() const { return signer_->key(); }
  [[nodiscard]] FollowedLog followed() const { return {kOrigin, {signer_->key()}}; }
  [[nodiscard]] const MemoryTree& tree() const { return tree_; }

 private:
  MemoryTree tree_;
  std::unique_ptr<Signer> signer_;
};

// A witness that answers as it should, or does what `mode` says.
class HttpWitness {
 public:
  enum class Mode { honest, away, another_key, another_text, boasting, unmonitored, garbage };

  HttpWitness(const std::string& folder, const TestLog& log, char seed) : name_(std::string("w") + seed), seed_(seed) {
    remember_from(folder, log);
    http::Router router;
    const http::Handler handler = [this](const http::Request& request, const http::Responder& responder) { answer(request, responder); };
    router.add(http::Method::post, "/{rest...}", handler);
    router.add(http::Method::get, "/{rest...}", handler);
    http::ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.workers = 2;
    server_ = http::Server::start(std::move(options), std::move(router)).value();
  }
  // Goes on with what another folder remembers; not while it is asked.
  void remember_from(const std::string& folder, const TestLog& log) {
    witness_ = Witness::open(folder, signer(seed_), {log.followed()}, Env::system()).value();
    inner_ = std::make_unique<http::Router>();
    add_routes(*inner_, *witness_);
  }
  [[nodiscard]] PolicyWitness policy_witness() const { return {name_, witness_->key(), "http://" + server_->address()}; }
  [[nodiscard]] Witness& witness() { return *witness_; }

  std::atomic<Mode> mode = Mode::honest;
  std::atomic<int> delay_ms = 0;
  std::atomic<int> posts = 0;

 private:
  [[nodiscard]] std::unique_ptr<Signer> signer(char seed) const { return test_signer(name_, SignatureKind::cosignature, seed); }
  static http::Response plain(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
  }
  void answer(const http::Request& request, const http::Responder& responder) {
    std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms.load()));
    const bool is_post = request.method == http::Method::post;
    if (is_post) ++posts;
    const auto note = is_post ? note_from(add_checkpoint_from(request.body).value_or(AddCheckpoint{}).note) : Result<Note>(Note{});
    const std::string text = note ? note->text : "";
    switch (mode.load()) {
      case Mode::away: return responder.send(plain(503, "not now"));
      case Mode::another_key: return responder.send(plain(200, signature_line(signer('?')->sign(text, 1).value())));
      case Mode::another_text: return responder.send(plain(200, signature_line(signer(seed_)->sign("x\n1\ny\n", 1).value())));
      case Mode::boasting: return responder.send(is_post ? plain(409, "999999\n") : plain(404, ""));
      case Mode::garbage: return responder.send(plain(200, std::string(1000, '\xff')));
      case Mode::unmonitored:
        if (!is_post) return responder.send(plain(404, ""));
        break;
      case Mode::honest: break;
    }
    const auto match = inner_->match(request.method, request.path);
    if (!match) return responder.send(http::problem(match.error()));
    http::Request passed = request;
    passed.path_parameters = match->parameters;
    (*match->handler)(std::move(passed), responder);
  }

  const std::string name_;
  const char seed_;
  std::unique_ptr<Witness> witness_;
  std::unique_ptr<http::Router> inner_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace fairway::ledger::witness
