#include "store/postgres/postgres_store.h"

#include "base/log.h"
#include "store/postgres/erasing.h"
#include "store/postgres/move.h"
#include "store/postgres/schema.h"
#include "store/postgres/sequencer.h"
#include "store/postgres/snapshot.h"
#include "store/postgres/statements.h"

namespace fairway::store {
namespace postgres {
namespace {

// Migrations wait for those of another server that starts.
constexpr Patience kOpeningPatience{
    .lock = std::chrono::minutes(10), .statement = Patience::kForever, .idle_in_transaction = Patience::kForever};

constexpr Statement kIdentifyServer{"identify_server", "SELECT uuid_send(gen_random_uuid())"};
constexpr Statement kDurability{"durability", "SELECT current_setting('fsync') = 'on'"};

class PostgresStore final : public Store {
 public:
  PostgresStore(std::string url, const std::string& server, Position last, Env& env)
      : url_(url),
        pool_(url, env),
        sequencer_(url, server, progress_, env),
        watch_(std::move(url), server, [this](const std::optional<Observation>& seen) { observe(seen); }, sequencer_.backend()) {
    progress_.advance(last);
  }

  void commit(Batch batch, Completion done) override { sequencer_.commit(std::move(batch), std::move(done)); }
  Result<std::unique_ptr<Snapshot>> snapshot() override { return take_snapshot(pool_); }
  bool reads_at_once() const override { return false; }
  Position wait_past(Position position, std::chrono::milliseconds patience) override { return progress_.wait_past(position, patience); }
  Status writable() override { return sequencer_.writable(); }

  Figures figures() override {
    return {.engine = "postgresql",
            .last = progress_.last(),
            .batches = progress_.batches,
            .commits = progress_.commits,
            .entries = progress_.entries,
            .repeats = progress_.repeats,
            .errors = progress_.errors,
            .queued = sequencer_.queued(),
            .sequencer = sequencer_.leads()};
  }

  Result<std::vector<Erasure>> traces(std::span<const Position> positions) override { return traces_in(url_, positions); }
  Status purge(std::span<const Erasure> /*erasures*/, std::span<const std::string> /*states*/) override { return vacuum(url_); }

  Status export_lines(const std::function<Status(std::string_view)>& line) override { return export_store(url_, line); }

  Status import_lines(const std::function<Result<std::optional<std::string>>()>& next) override {
    progress_.advance(TRY(import_store(url_, next)));
    return {};
  }

 private:
  void observe(const std::optional<Observation>& seen) {
    if (seen.has_value()) progress_.advance(seen->last);
    sequencer_.observe(seen);
  }

  const std::string url_;
  Pool pool_;
  Progress progress_;
  Sequencer sequencer_;
  Watch watch_;  // ends first
};

}  // namespace
}  // namespace postgres

Result<std::unique_ptr<Store>> open_postgres(std::string_view url, Env& env) {
  using namespace postgres;  // NOLINT(google-build-using-namespace): this function is the engine's one way out
  const std::unique_ptr<Connection> connection = TRY(Connection::open(std::string(url), "fairway opening", kOpeningPatience));
  TRY_OK(migrate(*connection));
  connection->queue(kIdentifyServer);
  connection->queue(kDurability);
  connection->queue(kLast);
  const std::vector<Rows> rows = TRY(connection->flush());
  if (!rows[1].truth(0, 0)) log::warn("store: the database runs with fsync off: what it acknowledges can be lost");
  const auto last = static_cast<Position>(rows[2].int8(0, 0));
  return std::make_unique<PostgresStore>(std::string(url), std::string(rows[0].bytes(0, 0)), last, env);
}

}  // namespace fairway::store
