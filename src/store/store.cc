#include "store/store.h"

#include <filesystem>
#include <future>

#include "store/postgres/postgres_store.h"
#include "store/rocksdb/rocksdb_store.h"

namespace fairway::store {
namespace {

constexpr std::string_view kRocksdbScheme = "rocksdb:";
constexpr std::string_view kPostgresSchemes[] = {"postgresql://", "postgres://"};

}  // namespace

Result<std::vector<std::optional<StateValue>>> Snapshot::states(std::span<const std::string> keys) {
  std::vector<std::optional<StateValue>> found;
  found.reserve(keys.size());
  for (const std::string& key : keys) found.push_back(TRY(state(key)));
  return found;
}

Result<Receipt> Store::commit_and_wait(Batch batch) {
  // Shared: the store's thread may still be inside set_value when this one has its outcome and goes on.
  const auto promise = std::make_shared<std::promise<Result<Receipt>>>();
  std::future<Result<Receipt>> outcome = promise->get_future();
  commit(std::move(batch), [promise](Result<Receipt> result) { promise->set_value(std::move(result)); });
  return outcome.get();
}

Result<std::unique_ptr<Store>> open(std::string_view url, Env& env) {
  if (url.starts_with(kRocksdbScheme) && url.size() > kRocksdbScheme.size()) return open_rocksdb(url.substr(kRocksdbScheme.size()), env);
  for (const std::string_view scheme : kPostgresSchemes)
    if (url.starts_with(scheme)) return open_postgres(url, env);
  // The whole URL is not shown: it may carry a password.
  return fail(Code::invalid, "not the address of a store", std::string(url.substr(0, url.find(':'))),
              "rocksdb:DIR, or postgresql://USER@HOST/DATABASE");
}

bool exists(std::string_view url) {
  if (!url.starts_with(kRocksdbScheme)) return true;
  return std::filesystem::exists(std::filesystem::path(url.substr(kRocksdbScheme.size())) / "CURRENT");
}

}  // namespace fairway::store
