// Holder: what a server does with the sequencer's lease: give positions to batches, its own and those others submitted.
//
// Every group is one transaction, fenced by the lease's epoch. A group whose COMMIT was sent but not answered is kept until the
// lease has been taken anew, by whomever: then the old transaction has ended and the group's mark tells what became of it.
// The sequencer's thread only. A Fault that comes back means that the turn is over; batches are settled, put back or kept by then.
#pragma once

#include <optional>
#include <string>

#include "store/postgres/batch_queue.h"
#include "store/postgres/log_writer.h"

namespace fairway::store::postgres {

class Holder {
 public:
  // `queue` and `progress` outlive the holder.
  Holder(std::string server, BatchQueue& queue, Progress& progress) : server_(std::move(server)), queue_(queue), progress_(progress) {}

  [[nodiscard]] const std::optional<Lease>& lease() const { return lease_; }
  // Takes the lease if nobody else holds it.
  [[nodiscard]] Done take_lease(Connection& connection);
  [[nodiscard]] Done renew_lease(Connection& connection);
  void drop_lease();
  // Lets another server take it at once.
  void give_lease_back(Connection& connection);

  // Writes one group: batches of the queue (`own`), submissions that wait, or both. Needs the lease.
  [[nodiscard]] Done commit(Connection& connection, bool own, bool submissions);

  [[nodiscard]] bool unresolved() const { return unresolved_.has_value(); }
  // Finds out what became of the unresolved group; after take_lease on a new connection.
  [[nodiscard]] Done resolve(Connection& connection);
  // Settles it with this error: its outcome stays unknown.
  void abandon(const Error& error);

 private:
  struct Work {
    std::vector<Submission> submissions;
    Parcel own;
    [[nodiscard]] size_t parts() const { return submissions.size() + own.size(); }
  };
  struct Unresolved {
    std::string mark;
    Parcel own;
    std::vector<Result<Receipt>> receipts;
  };

  [[nodiscard]] Outcome<Work> collect(Connection& connection, bool own, bool submissions);
  [[nodiscard]] Done commit_group(Connection& connection, Work work);
  [[nodiscard]] Done break_off(Connection& connection, Work work, Unresolved group, const Fault& fault);
  [[nodiscard]] Done reject(Connection& connection, Work work, const Fault& fault);

  const std::string server_;
  BatchQueue& queue_;
  Progress& progress_;
  std::optional<Lease> lease_;
  std::optional<Unresolved> unresolved_;
  uint64_t groups_ = 0;  // marks given out
  size_t alone_ = 0;     // how many parts are still to be written each by itself, to find the one that the database refuses
};

}  // namespace fairway::store::postgres
