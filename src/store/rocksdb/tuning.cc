#include "store/rocksdb/tuning.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

namespace fairway::store {
namespace {

// Replayed after a crash at more than 50 MB/s: the start stays within seconds however large the store is.
constexpr uint64_t kWalBytesMax = 192u << 20;
// Memtables that fit the processor's cache: at 256 MB an event costs half as much again.
constexpr size_t kMemtableBytes = 8u << 20;
constexpr size_t kAscendingMemtableBytes = 32u << 20;  // written at its end alone
constexpr int kMemtablesWaiting = 6;                   // for their flush, before writers wait for it too
// Indexes take keys from all over: fewer, larger files at the top level save rewriting the level below for each.
constexpr int kMemtablesMerged = 4;
constexpr int kTopLevelFiles = 8;
constexpr int kFilterBitsPerKey = 10;
constexpr int kOpenFilesMax = 4096;
constexpr size_t kInfoLogBytes = 4u << 20;
constexpr size_t kInfoLogs = 4;

// What a family's bloom filters know: nothing, its keys, or its terms (the keys without their positions). Most sorted runs have no part
// of what is asked for.
enum class Filter : uint8_t { none, key, term };

// How a family's keys come: a few at any time, one after the other, or from all over.
enum class Order : uint8_t { few, ascending, scattered };

struct FamilyRow {
  const char* name;
  rocksdb::CompressionType compression;
  size_t block_bytes;
  Order order;
  Filter filter;
};
// In the order of Family.
constexpr FamilyRow kRows[] = {
    {"default", rocksdb::kNoCompression, 4u << 10, Order::few, Filter::none},
    {"log", rocksdb::kLZ4Compression, 8u << 10, Order::ascending, Filter::none},
    {"term", rocksdb::kLZ4Compression, 8u << 10, Order::scattered, Filter::term},
    {"state", rocksdb::kLZ4Compression, 8u << 10, Order::few, Filter::key},
    {"identity", rocksdb::kNoCompression, 4u << 10, Order::scattered, Filter::key},
};

// The prefix of a stored term that layout.h's append_term_prefix() writes: all but the position.
class TermPrefix final : public rocksdb::SliceTransform {
 public:
  [[nodiscard]] const char* Name() const override { return "fairway.TermPrefix"; }
  [[nodiscard]] rocksdb::Slice Transform(const rocksdb::Slice& key) const override { return {key.data(), key.size() - sizeof(Position)}; }
  [[nodiscard]] bool InDomain(const rocksdb::Slice& key) const override { return key.size() > sizeof(Position); }
};

// The store recovers by itself (recovery.h): RocksDB's own attempts would race with it.
class NoRecoveryOfItsOwn final : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/, rocksdb::Status /*error*/, bool* auto_recovery) override {
    *auto_recovery = false;
  }
};

rocksdb::ColumnFamilyOptions family_options(const FamilyRow& row, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = row.block_bytes;
  table.format_version = 5;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.whole_key_filtering = row.filter == Filter::key;
  if (row.filter != Filter::none) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBitsPerKey));

  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compression = row.compression;
  // What is soon written again below stays as it is.
  if (row.order == Order::scattered) options.compression_per_level = {rocksdb::kNoCompression, row.compression};
  options.write_buffer_size = kMemtableBytes;
  options.max_write_buffer_number = kMemtablesWaiting;
  if (row.order == Order::ascending) {
    // No file has keys of another's range: each goes down to its level as it is, and is never written again.
    options.write_buffer_size = kAscendingMemtableBytes;
    options.level0_file_num_compaction_trigger = 1;
  }
  if (row.order == Order::scattered) {
    options.min_write_buffer_number_to_merge = kMemtablesMerged;
    options.max_write_buffer_number = kMemtablesMerged + kMemtablesWaiting;
    options.level0_file_num_compaction_trigger = kTopLevelFiles;
  }
  if (row.filter != Filter::none) options.memtable_prefix_bloom_size_ratio = 0.05;
  options.memtable_whole_key_filtering = row.filter == Filter::key;
  if (row.filter == Filter::term) options.prefix_extractor = std::make_shared<TermPrefix>();
  // A group's keys come sorted: one hint for the whole memtable finds each key's place from the one before it.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(0));
  options.level_compaction_dynamic_level_bytes = true;
  return options;
}

}  // namespace

rocksdb::DBOptions database_options(const RocksdbOptions& options) {
  rocksdb::DBOptions db;
  if (options.files != nullptr) db.env = options.files;
  db.create_if_missing = true;
  db.create_missing_column_families = true;
  db.max_background_jobs = options.background_threads;
  db.allow_concurrent_memtable_write = false;  // there is one writer; and hints (below) go with one writer only
  db.max_total_wal_size = kWalBytesMax;
  db.max_open_files = kOpenFilesMax;
  db.listeners.push_back(std::make_shared<NoRecoveryOfItsOwn>());
  db.info_log_level = rocksdb::WARN_LEVEL;
  db.max_log_file_size = kInfoLogBytes;
  db.keep_log_file_num = kInfoLogs;
  return db;
}

std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(const RocksdbOptions& options) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const FamilyRow& row : kRows) descriptors.emplace_back(row.name, family_options(row, cache));
  return descriptors;
}

}  // namespace fairway::store
