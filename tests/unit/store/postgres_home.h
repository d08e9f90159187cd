// A PostgreSQL store in a schema of its own that goes away with it, in the database that FAIRWAY_TEST_POSTGRES names.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string>

#include "store/postgres/connection.h"
#include "store/postgres/postgres_store.h"
#include "unit/store/contract.h"

namespace fairway::store::contract {

class PostgresHome final : public Home {
 public:
  static Result<std::unique_ptr<PostgresHome>> make() {
    const char* database = std::getenv("FAIRWAY_TEST_POSTGRES");
    if (database == nullptr) return fail(Code::unavailable, "no PostgreSQL to test on", {}, "set FAIRWAY_TEST_POSTGRES to postgresql://…");
    std::unique_ptr<PostgresHome> home(new PostgresHome(database));
    TRY_OK(home->script("CREATE SCHEMA " + home->schema_));
    return home;
  }
  ~PostgresHome() override { static_cast<void>(script("DROP SCHEMA " + schema_ + " CASCADE")); }

  Result<std::unique_ptr<Store>> open() override { return open_postgres(url(), Env::system()); }
  void pretend_newer() override { ASSERT_TRUE(script("UPDATE " + schema_ + ".schema_version SET version = version + 1").has_value()); }

  [[nodiscard]] std::string url() const {
    const char separator = database_.find('?') == std::string::npos ? '?' : '&';
    return database_ + separator + "options=-csearch_path%3D" + schema_;
  }
  [[nodiscard]] std::unique_ptr<postgres::Connection> connect() const {
    auto connection = postgres::Connection::open(url(), "fairway test", {});
    EXPECT_TRUE(connection.has_value()) << connection.error().message;
    return std::move(*connection);
  }

 private:
  explicit PostgresHome(std::string database) : database_(std::move(database)) {
    static int made = 0;
    schema_ = "fairway_test_" + std::to_string(getpid()) + "_" + std::to_string(++made);
  }
  [[nodiscard]] Status script(const std::string& sql) const {
    const auto connection = TRY(postgres::Connection::open(database_, "fairway test", {}));
    TRY_OK(connection->run_script(sql.c_str()));
    return {};
  }

  const std::string database_;
  std::string schema_;
};

}  // namespace fairway::store::contract
