// Pool: connections for reading, a bounded number, opened as they are needed and kept for the next reader.
//
// Any thread. A connection that was lost is dropped; after a failure to connect, the next attempt waits a moment and readers are
// answered with Code::unavailable meanwhile. Code::overloaded where all connections stay in use for too long.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/env.h"
#include "store/postgres/connection.h"

namespace fairway::store::postgres {

class Pool {
 public:
  Pool(std::string url, Env& env) : url_(std::move(url)), env_(env) {}

  // A connection on loan; it goes back when the loan ends. The pool outlives its loans.
  class Loan {
   public:
    Loan(Pool& pool, std::unique_ptr<Connection> connection) : pool_(&pool), connection_(std::move(connection)) {}
    ~Loan() {
      if (connection_ != nullptr) pool_->give_back(std::move(connection_));
    }
    Loan(Loan&&) noexcept = default;
    Loan& operator=(Loan&&) = delete;
    [[nodiscard]] Connection* operator->() const { return connection_.get(); }
    [[nodiscard]] Connection& operator*() const { return *connection_; }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  [[nodiscard]] Result<Loan> borrow();
  // Closes the connections that nobody has on loan: after one of them turned out to be lost, the others are too.
  void drop_idle();

 private:
  void give_back(std::unique_ptr<Connection> connection);
  [[nodiscard]] Result<std::unique_ptr<Connection>> connect();

  const std::string url_;
  Env& env_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  size_t open_ = 0;  // idle and on loan
  std::optional<Error> failure_;
  int64_t failed_at_ns_ = 0;
};

}  // namespace fairway::store::postgres
