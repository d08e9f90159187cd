// RocksDB joins the contract.
#include "unit/store/rocksdb_home.h"

namespace fairway::store::contract {

const bool kRocksdbRegistered =
    register_engine({"Rocksdb", []() -> Result<std::unique_ptr<Home>> { return std::make_unique<RocksdbHome>(); }});

}  // namespace fairway::store::contract
