// The verbs of the program. Each takes its options and returns the exit status; docs/reference/command-line.md describes them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/ledger_commands.h"
#include "http/client.h"

namespace fairway::app {

// Exit statuses that every verb shares.
inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;     // it ran, and the answer is no: a message not ok, a refused submission, nothing found
inline constexpr int kCannotRun = 2;  // bad options, unreadable input, no server, no store

struct ServeOptions {
  std::string store = "rocksdb:./data";
  std::string listen = "127.0.0.1:8080";
  std::string portal;  // folder of the built portal; "" takes the one beside the program, if there is one
  int io_threads = 0;  // 0: one a processor, at most four
  int workers = 8;
  double requests_per_second = 500;         // that one party may read with; 0: no limit
  size_t references_a_day = 10'000;         // that one party may ask for; 0: no limit
  std::string secret_file;                  // of the vault; "" takes the one beside an embedded store
  std::vector<std::string> oidc_providers;  // "ID=ISSUER_URL,CLIENT_ID,SECRET_FILE[,NAME]"
  std::string public_url;                   // where browsers find this server; "" takes http:// and `listen`
  std::string oidc_audience;                // that machines' access tokens must name; "" takes the public URL
  int64_t sealed_days = 90;                 // after which the owners hear of sealed readings
  std::string log_level = "info";
  std::string tls_certificate, tls_key;  // PEM files; "" serves plain HTTP
  std::string tls_client_ca;             // whose client certificates are good; "" asks for none
  bool behind_tls_proxy = false;
  bool callbacks_to_private = false;  // webhooks may lead to loopback and intranets, and over plain HTTP
  int callback_attempts = 10;         // to deliver one, before it is a dead letter
  double callback_pause = 2;          // seconds before the second attempt; twice as long before each that follows
  std::string smtp, smtp_from;        // a mail server, and the address that mails come from; "" sends no mail
  std::string smtp_user, smtp_password_file, smtp_ca;
  double mail_pause = 60;                // seconds that alerts are gathered for, to go into one mail
  std::string mqtt;                      // HOST:PORT of a broker; "" takes nothing in over MQTT
  std::vector<std::string> mqtt_topics;  // "TOPIC[=PARTY]"
  std::string mqtt_client_id = "fairway", mqtt_user, mqtt_password_file, mqtt_ca;
  std::vector<std::string> ais;                    // "tcp:HOST:PORT", "udp:PORT", "file:PATH"
  std::string ais_party;                           // that they are entered for: an id, or SCHEME:VALUE
  std::string as2_name, as2_certificate, as2_key;  // "": no AS2; the last two are PEM files
  std::vector<std::string> edi_folders;            // "PARTY=DIR"
  std::string regimes;                             // folder of regimes beside those in the program; "" for none
  std::vector<std::string> authorities;            // "NAME=ADDRESS": where filings are lodged
  std::vector<std::string> authority_tokens;       // "NAME=FILE"
  std::string lodging_ends_at;                     // for tests: the step of lodging at which the program ends; "" for none
  LedgerOptions ledger;
};
int serve(const ServeOptions& options);

struct ServerOptions {  // of every command that talks to a server
  std::string url = "http://127.0.0.1:8080";
  std::string key;
  http::ClientTls tls;
};

struct DecodeOptions {
  std::string file;   // "-": standard input
  bool raw = false;   // the decoded fields of each message, as its format names them
  bool hash = false;  // the identifier by content of each event
};
int decode(const DecodeOptions& options);

struct IngestOptions {
  ServerOptions server;
  std::string path;  // a file, a folder, "-"
  bool json = false;
};
int ingest(const IngestOptions& options);

struct TrackOptions {
  ServerOptions server;
  std::string reference;
  int trip = 0;  // 0: the latest
  bool json = false;
};
int track(const TrackOptions& options);

struct TransferOptions {
  std::string store;     // either a store…
  ServerOptions server;  // …or a server
  bool from_server = false;
  std::string file = "-";
};
struct TableImportOptions {
  std::string store = "rocksdb:./data";
  std::map<std::string, std::string> files;  // by the table's name
  std::string effective_from;                // YYYY-MM-DD; "": today
  std::string source;                        // "": the file's name
};
int import_tables(const TableImportOptions& options);

int export_all(const TransferOptions& options);
int import_all(const TransferOptions& options);

struct SimulateOptions {
  uint64_t seed = 1;
  int boxes = 200;
  int days = 1;
  double rate = 0;       // messages a second; 0: as fast as it goes
  std::string out;       // a folder to write to…
  ServerOptions server;  // …or a server to send to
  bool to_server = false;
  int connections = 4;
  std::string keys;   // file of "party key name" lines, one a simulated party; "" sends everything with the server's key
  std::string start;  // RFC 3339; "": so that the last day ends now
  int journeys = 0;   // multimodal consignments
  int disturbed = 5;  // percent of their messages
  std::string truth;  // a file for what was true, a line of JSON for each box and each consignment
};
int simulate(const SimulateOptions& options);

struct AuthorityOptions {
  std::string listen = "127.0.0.1:8090";
  std::string tls_certificate, tls_key;  // PEM files; "" serves plain HTTP
  uint64_t seed = 1;
  int64_t delay_ms = 200, release_after_ms = 1000;
  int reject = 0, query = 0, outage = 0, duplicate = 0, inspect = 0;  // of a hundred
  std::string hours;                                                  // "07:00-23:00"; "": always
  std::string zone = "Asia/Hong_Kong";                                // that they are meant in
  std::string state;                                                  // a file; "" forgets everything at its end
};
int simulate_authority(const AuthorityOptions& options);

// Adds the simulated parties, and an operator, to a store, and writes their keys to a file.
struct EnrolOptions {
  std::string store = "rocksdb:./data";
  std::string keys;
};
int enrol(const EnrolOptions& options);

struct PartyOptions {
  std::string store = "rocksdb:./data";
  std::string name, role;
  std::vector<std::string> identifiers;
  std::string party, key;
  std::string label, expires;       // of a key; expires as RFC 3339
  std::vector<std::string> scopes;  // none: all
};
int admin_party_add(const PartyOptions& options);
int admin_party_list(const PartyOptions& options);
int admin_key_add(const PartyOptions& options);
int admin_key_withdraw(const PartyOptions& options);

struct PersonOptions {
  std::string store = "rocksdb:./data";
  std::string email;
  std::string party;       // to join…
  std::string name, role;  // …or to found
  std::vector<std::string> identifiers;
  std::vector<std::string> rights;  // none: all
};
int admin_invite(const PersonOptions& options);
int admin_person_list(const PersonOptions& options);
int admin_person_reset(const PersonOptions& options);

// Reads the command line, the environment (FAIRWAY_…) and a configuration file, and runs the verb.
int run(int count, const char* const* arguments);

}  // namespace fairway::app
