#include "store/postgres/erasing.h"

#include <unordered_map>

#include "store/postgres/statements.h"

namespace fairway::store::postgres {
namespace {

constexpr Patience kPatience{.lock = std::chrono::seconds(60), .statement = Patience::kForever, .idle_in_transaction = Patience::kForever};

// Index entries go in any case, however few rows are dead. The submissions held what other servers handed over.
constexpr const char* kVacuums[] = {"VACUUM (INDEX_CLEANUP ON) entry", "VACUUM (INDEX_CLEANUP ON) term",
                                    "VACUUM (INDEX_CLEANUP ON) identity", "VACUUM (INDEX_CLEANUP ON) state",
                                    "VACUUM (INDEX_CLEANUP ON) submission"};

Array array_of(std::span<const Position> positions) {
  Array array(Oid::int8);
  for (const Position position : positions) array.add_int8(static_cast<int64_t>(position));
  return array;
}

}  // namespace

Result<std::vector<Erasure>> traces_in(const std::string& url, std::span<const Position> positions) {
  const std::unique_ptr<Connection> connection = TRY(Connection::open(url, "fairway erasing", kPatience));
  connection->queue(kEntriesAt, Params().array(array_of(positions)));
  connection->queue(kTermsOf, Params().array(array_of(positions)));
  connection->queue(kIdentitiesOf, Params().array(array_of(positions)));
  const std::vector<Rows> rows = TRY(connection->flush());
  std::unordered_map<Position, Erasure> found;
  for (int row = 0; row < rows[0].count(); ++row) {
    const auto position = static_cast<Position>(rows[0].int8(row, 0));
    found[position].left = {.position = position, .kind = EntryKind::erased, .party = {}, .received_us = rows[0].int8(row, 3), .body = {}};
  }
  for (int row = 0; row < rows[1].count(); ++row)
    found[static_cast<Position>(rows[1].int8(row, 0))].terms.emplace_back(rows[1].bytes(row, 1));
  for (int row = 0; row < rows[2].count(); ++row)
    found[static_cast<Position>(rows[2].int8(row, 0))].identities.emplace_back(rows[2].bytes(row, 1));
  std::vector<Erasure> erasures;
  for (const Position position : positions) {
    Erasure& erasure = found[position];
    if (erasure.left.position == 0) return fail(Code::not_found, "there is no entry at the position", std::to_string(position));
    erasures.push_back(erasure);
  }
  return erasures;
}

Status vacuum(const std::string& url) {
  const std::unique_ptr<Connection> connection = TRY(Connection::open(url, "fairway erasing", kPatience));
  for (const char* statement : kVacuums) TRY_OK(connection->run_script(statement));
  return {};
}

}  // namespace fairway::store::postgres
