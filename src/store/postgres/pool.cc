#include "store/postgres/pool.h"

#include "base/limits.h"

namespace fairway::store::postgres {
namespace {

constexpr std::chrono::seconds kBorrowPatience{5};
constexpr int64_t kReconnectPauseNs = 100'000'000;

}  // namespace

Result<Pool::Loan> Pool::borrow() {
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, kBorrowPatience, [&] { return !idle_.empty() || open_ < limits::kPostgresReadersMax; }))
      return fail(Code::overloaded, "all connections to the database are in use", {}, "try again later");
    if (!idle_.empty()) {
      Loan loan(*this, std::move(idle_.back()));
      idle_.pop_back();
      return loan;
    }
    if (failure_.has_value() && env_.steady_ns() - failed_at_ns_ < kReconnectPauseNs) return std::unexpected(*failure_);
    ++open_;
  }
  Result<std::unique_ptr<Connection>> connection = connect();
  if (connection.has_value()) return Loan(*this, std::move(*connection));
  return std::unexpected(std::move(connection).error());
}

Result<std::unique_ptr<Connection>> Pool::connect() {
  constexpr Patience kPatience{.statement = std::chrono::minutes(5), .idle_in_transaction = std::chrono::minutes(5)};
  auto opened = Connection::open(url_, "fairway reader", kPatience);
  const std::lock_guard lock(mutex_);
  if (opened.has_value()) {
    failure_.reset();
    return std::move(*opened);
  }
  --open_;
  failure_ = opened.error();
  failed_at_ns_ = env_.steady_ns();
  returned_.notify_one();
  return std::unexpected(*failure_);
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (connection->alive())
    idle_.push_back(std::move(connection));
  else
    --open_;
  returned_.notify_one();
}

void Pool::drop_idle() {
  const std::lock_guard lock(mutex_);
  open_ -= idle_.size();
  idle_.clear();
  returned_.notify_all();
}

}  // namespace fairway::store::postgres
