// The ledger's verbs and options; commands.h has the others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fairway::app {

// Of `fairway serve`.
struct LedgerOptions {
  std::string key_file;        // the log's Ed25519 seed; "" takes DIR.ledger-key beside rocksdb:DIR, and keeps no ledger on PostgreSQL
  std::string origin;          // what checkpoints begin with; "" takes the public URL without its scheme, with /ledger
  int batch_ms = 300;          // between two steps of sequencing
  int64_t promise_s = 60;      // within which an accepted entry is in a checkpoint
  std::string witness_policy;  // whose cosignatures are asked for; "": nobody's
  std::string anchor;          // the profile of a chain and contract; "": not anchored
  std::string timestamp;       // URL of an RFC 3161 time stamp authority; "": none
  std::string timestamp_ca;    // PEM file of who vouches for that authority; "": whom the system trusts
};

// Of `fairway admin ledger`.
struct LedgerAdminOptions {
  std::string store = "rocksdb:./data";
  LedgerOptions ledger;
};
int admin_ledger_key(const LedgerAdminOptions& options);     // prints the vkey line
int admin_ledger_status(const LedgerAdminOptions& options);  // prints what GET /ledger/status answers

// `fairway witness`: cosigns the checkpoints of logs (docs/reference/ledger.md, "Witnesses").
struct WitnessOptions {
  std::string key_file;  // an Ed25519 seed, made where it does not exist
  std::string name;      // of the key
  std::string folder;    // what was cosigned
  std::vector<std::string> logs;
  std::string listen = "127.0.0.1:8090";
  std::string tls_certificate, tls_key;
  std::string anchor_key_file;  // a secp256k1 key for contracts; "": signs no anchors
  std::string log_level = "info";
  bool print_key = false;
};
int witness(const WitnessOptions& options);

}  // namespace fairway::app
