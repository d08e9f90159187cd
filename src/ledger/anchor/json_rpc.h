// JsonRpc: calls to one node of an Ethereum-like chain, JSON-RPC 2.0 over HTTP. What a node answers is another's word: bounded, parsed
// strictly, and believed by nobody but those who compare it (nodes.h).
//
// Not thread-safe; one a thread. Errors: Code::unavailable where the node does not answer or answers what is no JSON-RPC,
// Code::forbidden where it refuses the call (detail: its own words), Code::invalid for a URL that is none.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/status.h"

namespace fairway::ledger::anchor {

// The call's result out of the answer to call `id`.
[[nodiscard]] Result<json::value> result_of_answer(std::string_view answer, uint64_t id);

class JsonRpc {
 public:
  // Sends a body, gives the answer's.
  using Post = std::function<Result<std::string>(const std::string& body)>;
  JsonRpc(std::string name, Post post) : name_(std::move(name)), post_(std::move(post)) {}
  // `url`: http:// or https://, with a path or not. Once `give_up` is true every wait ends; it may be null.
  [[nodiscard]] static Result<JsonRpc> open(std::string_view url, const std::atomic<bool>* give_up = nullptr);

  // `parameters`: a JSON array as text.
  [[nodiscard]] Result<json::value> call(std::string_view method, std::string_view parameters);
  // Scheme, host and port: a path may hold a provider's key.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  Post post_;
  uint64_t calls_ = 0;
};

// A URL as the HTTP client wants it: what it connects to, and what is asked for there ("/" for none).
struct SplitUrl {
  std::string host;
  std::string target;
};
[[nodiscard]] Result<SplitUrl> split_url(std::string_view url);
// POSTs JSON there over a connection that is kept; Code::unavailable for a status of 300 or more, with what was said.
[[nodiscard]] Result<JsonRpc::Post> json_poster(std::string_view url, const std::atomic<bool>* give_up);

}  // namespace fairway::ledger::anchor
