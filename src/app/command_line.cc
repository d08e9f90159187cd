// The command line: CLI11 stays in this file. Options come from the command line, then the environment, then the file named by
// --config (or FAIRWAY_CONFIG): a section a verb, the names of the options as keys.
#include <CLI/CLI.hpp>

#include "app/commands.h"
#include "app/file_command_line.h"
#include "app/ledger_command_line.h"
#include "app/server_options.h"
#include "refdata/table.h"

namespace fairway::app {
namespace {

void add_store(CLI::App& verb, std::string& store) {
  verb.add_option("--store", store, "rocksdb:DIR or postgresql://…")->envname("FAIRWAY_STORE")->capture_default_str();
}

// The verbs share one exit status; each sets what main() returns.
class CommandLine {
 public:
  CommandLine() {
    app_.set_config("--config", "", "a configuration file (TOML)")->envname("FAIRWAY_CONFIG");
    app_.set_version_flag("--version", "fairway 0.1.0");
    app_.require_subcommand(1);
    app_.fallthrough(false);
    add_serve();
    add_decode();
    add_ingest();
    add_track();
    add_transfer();
    add_import();
    add_simulate();
    add_admin();
    add_file_verbs(app_, status_);
    add_ledger_verbs(app_, status_);
  }

  int run(int count, const char* const* arguments) {
    try {
      app_.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
      const int status = app_.exit(error);
      return status == 0 ? kOk : kCannotRun;
    }
    return status_;
  }

 private:
  void add_serve() {
    CLI::App* verb = app_.add_subcommand("serve", "serve the platform on a store");
    add_store(*verb, serve_.store);
    verb->add_option("--listen", serve_.listen, "HOST:PORT")->envname("FAIRWAY_LISTEN")->capture_default_str();
    verb->add_option("--portal", serve_.portal, "folder of the built portal")->envname("FAIRWAY_PORTAL");
    verb->add_option("--io-threads", serve_.io_threads, "threads that read and write sockets; 0: one a processor, at most 4")
        ->envname("FAIRWAY_IO_THREADS")
        ->check(CLI::Range(0, 64))
        ->capture_default_str();
    verb->add_option("--workers", serve_.workers, "threads that run requests")
        ->envname("FAIRWAY_WORKERS")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    verb->add_option("--requests-per-second", serve_.requests_per_second, "reads that one party may make; 0: no limit")
        ->envname("FAIRWAY_REQUESTS_PER_SECOND")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    verb->add_option("--references-a-day", serve_.references_a_day, "different references that one party may ask for; 0: no limit")
        ->envname("FAIRWAY_REFERENCES_A_DAY")
        ->capture_default_str();
    verb->add_option("--sealed-days", serve_.sealed_days, "days after which owners hear of the sealed readings of an authority")
        ->envname("FAIRWAY_SEALED_DAYS")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    verb->add_option("--secret-file", serve_.secret_file, "the key that seals second factors; DIR.secret beside rocksdb:DIR without it")
        ->envname("FAIRWAY_SECRET_FILE");
    verb->add_option("--public-url", serve_.public_url, "where browsers find this server, for example https://port.example")
        ->envname("FAIRWAY_PUBLIC_URL");
    verb->add_option("--oidc-provider", serve_.oidc_providers, "ID=ISSUER_URL,CLIENT_ID,SECRET_FILE[,NAME]; may be given several times")
        ->allow_extra_args(false)
        ->envname("FAIRWAY_OIDC_PROVIDER");
    verb->add_option("--oidc-audience", serve_.oidc_audience, "that machines' access tokens must name; the public URL without it")
        ->envname("FAIRWAY_OIDC_AUDIENCE");
    verb->add_option("--log-level", serve_.log_level, "debug, info, warn or error")
        ->envname("FAIRWAY_LOG_LEVEL")
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
        ->capture_default_str();
    add_edi_channels(*verb);
    add_callbacks(*verb);
    add_mail(*verb);
    add_server_tls(*verb);
    add_mqtt(*verb);
    add_ais(*verb);
    add_authorities(*verb);
    add_ledger_serving(*verb, serve_.ledger);
    verb->callback([this] { status_ = serve(serve_); });
  }

  void add_authorities(CLI::App& verb) {
    verb.add_option("--regime", serve_.regimes, "a folder of further regimes, each a folder of tables")->envname("FAIRWAY_REGIMES");
    CLI::Option* names = verb.add_option("--authority", serve_.authorities,
                                         "NAME=ADDRESS: lodge filings there; http://…, https://… or folder:DIR; may be given several times")
                             ->allow_extra_args(false)
                             ->envname("FAIRWAY_AUTHORITY");
    verb.add_option("--authority-token", serve_.authority_tokens, "NAME=FILE: the bearer token for it; may be given several times")
        ->allow_extra_args(false)
        ->envname("FAIRWAY_AUTHORITY_TOKEN")
        ->needs(names);
    // For crash tests: "letter sent", or "letter sent#3" for its third time. In no help.
    verb.add_option("--lodging-ends-at", serve_.lodging_ends_at)->envname("FAIRWAY_LODGING_ENDS_AT")->group("");
  }

  void add_edi_channels(CLI::App& verb) {
    verb.add_option("--edi-folder", serve_.edi_folders, "PARTY=DIR: files dropped there come from that party; may be given several times")
        ->allow_extra_args(false)
        ->envname("FAIRWAY_EDI_FOLDER");
    CLI::Option* name =
        verb.add_option("--as2-name", serve_.as2_name, "take AS2 messages at /as2 under this name")->envname("FAIRWAY_AS2_NAME");
    CLI::Option* certificate = verb.add_option("--as2-certificate", serve_.as2_certificate,
                                               "the certificate that partners encrypt for, and check receipts by (PEM)")
                                   ->envname("FAIRWAY_AS2_CERTIFICATE")
                                   ->needs(name);
    CLI::Option* key =
        verb.add_option("--as2-key", serve_.as2_key, "its private key (PEM)")->envname("FAIRWAY_AS2_KEY")->needs(certificate);
    name->needs(certificate);
    certificate->needs(key);
  }

  void add_callbacks(CLI::App& verb) {
    verb.add_flag("--callbacks-to-private", serve_.callbacks_to_private,
                  "webhooks may lead to this machine and its networks, and over plain HTTP")
        ->envname("FAIRWAY_CALLBACKS_TO_PRIVATE");
    verb.add_option("--callback-attempts", serve_.callback_attempts, "to deliver one, before it is a dead letter")
        ->envname("FAIRWAY_CALLBACK_ATTEMPTS")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    verb.add_option("--callback-pause", serve_.callback_pause, "seconds before the second attempt; twice as long before each that follows")
        ->envname("FAIRWAY_CALLBACK_PAUSE")
        ->check(CLI::Range(0.01, 3600.0))
        ->capture_default_str();
  }

  void add_mail(CLI::App& verb) {
    CLI::Option* server =
        verb.add_option("--smtp", serve_.smtp, "mail alerts through this server: smtps://HOST:465, smtp://HOST:587 or smtp-plain://HOST:25")
            ->envname("FAIRWAY_SMTP");
    CLI::Option* from =
        verb.add_option("--smtp-from", serve_.smtp_from, "the address that mails come from")->envname("FAIRWAY_SMTP_FROM")->needs(server);
    server->needs(from);
    CLI::Option* user = verb.add_option("--smtp-user", serve_.smtp_user, "the mail server's user")->envname("FAIRWAY_SMTP_USER");
    CLI::Option* password = verb.add_option("--smtp-password-file", serve_.smtp_password_file, "a file with the user's password")
                                ->envname("FAIRWAY_SMTP_PASSWORD_FILE");
    user->needs(password);
    verb.add_option("--smtp-ca", serve_.smtp_ca, "trust these authorities for the mail server (PEM); the machine's without it")
        ->envname("FAIRWAY_SMTP_CA");
    verb.add_option("--mail-pause", serve_.mail_pause, "seconds that alerts are gathered for, to go into one mail")
        ->envname("FAIRWAY_MAIL_PAUSE")
        ->check(CLI::Range(0.01, 86400.0))
        ->capture_default_str();
  }

  void add_mqtt(CLI::App& verb) {
    CLI::Option* broker =
        verb.add_option("--mqtt", serve_.mqtt, "take messages in from this MQTT broker: HOST:PORT")->envname("FAIRWAY_MQTT");
    CLI::Option* topics =
        verb.add_option("--mqtt-topic", serve_.mqtt_topics, "TOPIC[=PARTY], the sender by id or SCHEME:VALUE; may be given several times")
            ->allow_extra_args(false)
            ->envname("FAIRWAY_MQTT_TOPIC")
            ->needs(broker);
    broker->needs(topics);
    verb.add_option("--mqtt-client-id", serve_.mqtt_client_id, "under which the broker keeps what was not taken in yet")
        ->envname("FAIRWAY_MQTT_CLIENT_ID")
        ->capture_default_str();
    verb.add_option("--mqtt-user", serve_.mqtt_user, "the broker's user")->envname("FAIRWAY_MQTT_USER");
    verb.add_option("--mqtt-password-file", serve_.mqtt_password_file, "a file with the user's password")
        ->envname("FAIRWAY_MQTT_PASSWORD_FILE");
    verb.add_option("--mqtt-ca", serve_.mqtt_ca, "speak TLS to the broker, trusting these authorities (PEM)")->envname("FAIRWAY_MQTT_CA");
  }

  void add_ais(CLI::App& verb) {
    CLI::Option* party = verb.add_option("--ais-party", serve_.ais_party, "the party that AIS is entered for: its id, or SCHEME:VALUE")
                             ->envname("FAIRWAY_AIS_PARTY");
    verb.add_option("--ais", serve_.ais, "follow AIS: tcp:HOST:PORT, udp:PORT or file:PATH; may be given several times")
        ->allow_extra_args(false)
        ->envname("FAIRWAY_AIS")
        ->needs(party);
  }

  void add_server_tls(CLI::App& verb) {
    CLI::Option* certificate = verb.add_option("--tls-certificate", serve_.tls_certificate, "speak TLS with this certificate chain (PEM)")
                                   ->envname("FAIRWAY_TLS_CERTIFICATE");
    CLI::Option* key = verb.add_option("--tls-key", serve_.tls_key, "its private key (PEM)")->envname("FAIRWAY_TLS_KEY");
    certificate->needs(key);
    key->needs(certificate);
    verb.add_option("--tls-client-ca", serve_.tls_client_ca, "take client certificates of these authorities (PEM)")
        ->envname("FAIRWAY_TLS_CLIENT_CA")
        ->needs(certificate);
    verb.add_flag("--behind-tls-proxy", serve_.behind_tls_proxy, "a proxy in front speaks TLS: every request is taken for secure")
        ->envname("FAIRWAY_BEHIND_TLS_PROXY")
        ->excludes(certificate);
  }

  void add_decode() {
    CLI::App* verb = app_.add_subcommand("decode", "show what would be understood of a file, a JSON object a line and message");
    verb->add_option("FILE", decode_.file, "the file, or - for standard input")->required();
    CLI::Option* raw = verb->add_flag("--raw", decode_.raw, "the decoded fields of each message, as its own standard names them");
    verb->add_flag("--hash", decode_.hash, "the identifier that EPCIS gives each event by its content (CBV 2.0, 8.9)")->excludes(raw);
    verb->callback([this] { status_ = decode(decode_); });
  }

  void add_ingest() {
    CLI::App* verb = app_.add_subcommand("ingest", "send a file, the files of a folder, or standard input to a server");
    verb->add_option("PATH", ingest_.path, "a file, a folder, or -")->required();
    add_server(*verb, ingest_.server);
    verb->add_flag("--json", ingest_.json, "print the receipts as JSON lines");
    verb->callback([this] { status_ = ingest(ingest_); });
  }

  void add_track() {
    CLI::App* verb = app_.add_subcommand("track", "show the journey of a container, booking, bill of lading or any other reference");
    verb->add_option("REFERENCE", track_.reference, "the reference, or KIND:VALUE")->required();
    verb->add_option("--trip", track_.trip, "an earlier trip of a container, by number")->check(CLI::Range(1, 1'000'000));
    add_server(*verb, track_.server);
    verb->add_flag("--json", track_.json, "print the journey as the API gives it");
    verb->callback([this] { status_ = track(track_); });
  }

  void add_transfer() {
    CLI::App* out = app_.add_subcommand("export", "write everything in a store, or all that a party may take from a server, as JSON lines");
    CLI::Option* from_store = out->add_option("--store", transfer_.store, "rocksdb:DIR or postgresql://…");
    CLI::Option* url =
        out->add_option("--url", transfer_.server.url, "a server, instead of a store")->envname("FAIRWAY_URL")->excludes(from_store);
    out->add_option("--key", transfer_.server.key, "your API key")->envname("FAIRWAY_KEY");
    add_client_tls(*out, transfer_.server.tls);
    out->add_option("--out", transfer_.file, "the file to write, or - for standard output")->capture_default_str();
    out->callback([this, url, from_store] {
      transfer_.from_server =
          from_store->count() == 0 && (url->count() > 0 || !transfer_.server.key.empty() || !transfer_.server.tls.certificate_file.empty());
      if (!transfer_.from_server && transfer_.store.empty())
        throw CLI::RequiredError("--store, or --url with --key or --client-certificate,");
      status_ = export_all(transfer_);
    });
  }

  // Two things that people call an import: of an export, and of the code lists that others publish.
  void add_import() {
    CLI::App* in = app_.add_subcommand("import", "read an export into an empty store, or published code lists into any");
    CLI::Option* store = in->add_option("--store", transfer_.store, "rocksdb:DIR or postgresql://…")->envname("FAIRWAY_STORE");
    CLI::Option* file = in->add_option("FILE", transfer_.file, "the export, or - for standard input")->capture_default_str();
    for (const refdata::TableRow& table : refdata::tables()) {
      const std::string name(table.name);
      in->add_option_function<std::string>(
            "--" + name, [this, name](const std::string& path) { tables_.files[name] = path; },
            "a file of " + std::string(table.source) + " to take as reference data, as published (CSV)")
          ->type_name("FILE")
          ->excludes(file);
    }
    in->add_option("--effective-from", tables_.effective_from, "the day from which the code lists count, YYYY-MM-DD; today");
    in->add_option("--source", tables_.source, "where they come from, with edition and licence; the file's name");
    in->callback([this, store] {
      if (!tables_.files.empty()) {
        if (store->count() > 0) tables_.store = transfer_.store;
        status_ = import_tables(tables_);
        return;
      }
      if (store->count() == 0) throw CLI::RequiredError("--store");
      status_ = import_all(transfer_);
    });
  }

  void add_simulate() {
    CLI::App* verb = app_.add_subcommand("simulate", "make the traffic of a port, the same for the same seed");
    verb->add_option("--seed", simulate_.seed, "any whole number")->capture_default_str();
    verb->add_option("--boxes", simulate_.boxes, "containers")->check(CLI::Range(1, 10'000'000))->capture_default_str();
    verb->add_option("--days", simulate_.days, "days of traffic")->check(CLI::Range(1, 3650))->capture_default_str();
    verb->add_option("--journeys", simulate_.journeys, "consignments from door to door by several means of transport")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    verb->add_option("--disturbed", simulate_.disturbed, "of a hundred of their messages: late, repeated, out of order, damaged or wrong")
        ->check(CLI::Range(0, 50))
        ->capture_default_str();
    verb->add_option("--truth", simulate_.truth, "write what was true to this file, a line of JSON a box and a consignment");
    verb->add_option("--rate", simulate_.rate, "messages a second; 0: as fast as it goes")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    verb->add_option("--start", simulate_.start, "the first moment, as RFC 3339; without it the last day ends now");
    CLI::Option* out = verb->add_option("--out", simulate_.out, "write the messages as files below this folder");
    CLI::Option* to = verb->add_option("--to", simulate_.server.url, "send them to this server")->excludes(out);
    verb->add_option("--key", simulate_.server.key, "the API key to send with")->envname("FAIRWAY_KEY");
    add_client_tls(*verb, simulate_.server.tls);
    CLI::Option* keys = verb->add_option("--keys", simulate_.keys, "a file with a line \"party key\" for each simulated party");
    verb->add_option("--connections", simulate_.connections, "connections to send over")->check(CLI::Range(0, 64))->capture_default_str();
    verb->add_flag("--enrol", enrolling_, "add the simulated parties to --store and write their keys to --keys, and no more")->needs(keys);
    verb->add_option("--store", enrol_.store, "the store to add the parties to")->envname("FAIRWAY_STORE")->capture_default_str();
    CLI::App* authority = verb->add_subcommand("authority", "a customs office that takes letters and answers them");
    add_simulated_authority(*authority);
    verb->callback([this, out, to, authority] {
      if (authority->parsed()) return;
      if (enrolling_) {
        enrol_.keys = simulate_.keys;
        status_ = enrol(enrol_);
        return;
      }
      if (out->count() + to->count() == 0) throw CLI::RequiredError("--out or --to");
      simulate_.to_server = to->count() > 0;
      status_ = simulate(simulate_);
    });
  }

  void add_simulated_authority(CLI::App& verb) {
    verb.add_option("--listen", authority_.listen, "HOST:PORT")->capture_default_str();
    CLI::Option* certificate = verb.add_option("--tls-certificate", authority_.tls_certificate, "serve HTTPS with this certificate (PEM)");
    CLI::Option* key = verb.add_option("--tls-key", authority_.tls_key, "its private key (PEM)")->needs(certificate);
    certificate->needs(key);
    verb.add_option("--seed", authority_.seed, "any whole number")->capture_default_str();
    verb.add_option("--delay-ms", authority_.delay_ms, "milliseconds between two answers")
        ->check(CLI::Range(0, 86'400'000))
        ->capture_default_str();
    verb.add_option("--release-after", authority_.release_after_ms,
                    "milliseconds from acceptance, or an inspection's begin, to the release")
        ->check(CLI::Range(0, 86'400'000))
        ->capture_default_str();
    const auto percent = [&](const char* name, int& value, const char* what) {
      verb.add_option(name, value, what)->check(CLI::Range(0, 100))->capture_default_str();
    };
    percent("--reject", authority_.reject, "of a hundred originals: rejected");
    percent("--query", authority_.query, "of a hundred originals: asked about");
    percent("--inspect", authority_.inspect, "of a hundred accepted: inspected");
    percent("--outage", authority_.outage, "of a hundred requests: answered with 503, half of them after the letter was taken");
    percent("--duplicate", authority_.duplicate, "of a hundred answers: given twice, the second time out of order");
    verb.add_option("--hours", authority_.hours, "HH:MM-HH:MM, when letters are taken; at any time without it");
    verb.add_option("--zone", authority_.zone, "the time zone of the hours")->capture_default_str();
    verb.add_option("--state", authority_.state, "keep everything in this file, and go on from it");
    verb.callback([this] { status_ = simulate_authority(authority_); });
  }

  void add_admin() {
    CLI::App* admin = app_.add_subcommand("admin", "manage parties, keys and people, with or without a running server");
    admin->require_subcommand(1);
    CLI::App* party = admin->add_subcommand("party", "organisations");
    party->require_subcommand(1);
    CLI::App* add = party->add_subcommand("add", "add a party; its API key is printed once, alone on standard output");
    add->add_option("NAME", party_.name, "the organisation's name")->required();
    add->add_option("--role", party_.role, "shipper, forwarder, carrier, terminal, haulier, …, operator")->required();
    add->add_option("--id,--identifier", party_.identifiers, "SCHEME:VALUE, for example SMDG:HIT; may be given several times");
    add_store(*add, party_.store);
    add->callback([this] { status_ = admin_party_add(party_); });
    CLI::App* list = party->add_subcommand("list", "list the parties as JSON lines");
    add_store(*list, party_.store);
    list->callback([this] { status_ = admin_party_list(party_); });

    add_admin_key(*admin);
    add_admin_people(*admin);
    add_ledger_admin(*admin, status_);
  }

  void add_admin_key(CLI::App& admin) {
    CLI::App* key = admin.add_subcommand("key", "API keys");
    key->require_subcommand(1);
    CLI::App* key_add = key->add_subcommand("add", "give a party a further key");
    key_add->add_option("PARTY", party_.party, "the party's id")->required();
    key_add->add_option("--label", party_.label, "what it is for, for people");
    key_add->add_option("--scope", party_.scopes, "read, send, manage or grant; may be given several times; all of them without it");
    key_add->add_option("--expires", party_.expires, "until when it works, for example 2027-01-31T00:00:00+08:00");
    add_store(*key_add, party_.store);
    key_add->callback([this] { status_ = admin_key_add(party_); });
    CLI::App* withdraw = key->add_subcommand("withdraw", "withdraw a key by its id (the part between fw_ and the next _)");
    withdraw->add_option("KEY", party_.key, "the key's id")->required();
    add_store(*withdraw, party_.store);
    withdraw->callback([this] { status_ = admin_key_withdraw(party_); });
  }

  void add_admin_people(CLI::App& admin) {
    CLI::App* invite = admin.add_subcommand("invite", "invite somebody; the invitation's token is printed once, alone on standard output");
    invite->add_option("--email", person_.email, "the address of whoever is invited")->required();
    CLI::Option* party = invite->add_option("--party", person_.party, "the id of the party to join");
    CLI::Option* name = invite->add_option("--name", person_.name, "or the name of a new organisation")->excludes(party);
    invite->add_option("--role", person_.role, "its role: shipper, forwarder, carrier, …, operator")->needs(name);
    invite->add_option("--id,--identifier", person_.identifiers, "SCHEME:VALUE of the new organisation; may be given several times")
        ->needs(name);
    invite->add_option("--rights", person_.rights, "read, send, manage or grant; may be given several times; all of them without it")
        ->delimiter(',');
    add_store(*invite, person_.store);
    invite->callback([this, party, name] {
      if (party->count() + name->count() == 0) throw CLI::RequiredError("--party, or --name with --role,");
      status_ = admin_invite(person_);
    });

    CLI::App* person = admin.add_subcommand("person", "accounts of people");
    person->require_subcommand(1);
    CLI::App* list = person->add_subcommand("list", "list the people of a party as JSON lines");
    list->add_option("PARTY", person_.party, "the party's id")->required();
    add_store(*list, person_.store);
    list->callback([this] { status_ = admin_person_list(person_); });
    CLI::App* reset = person->add_subcommand("reset", "a one-time token to set a new password with; switches the second factor off, too");
    reset->add_option("EMAIL", person_.email, "the account's address")->required();
    add_store(*reset, person_.store);
    reset->callback([this] { status_ = admin_person_reset(person_); });
  }

  CLI::App app_{"Fairway: an open port community system", "fairway"};
  int status_ = kOk;
  ServeOptions serve_;
  DecodeOptions decode_;
  IngestOptions ingest_;
  TrackOptions track_;
  TransferOptions transfer_;
  TableImportOptions tables_;
  SimulateOptions simulate_;
  AuthorityOptions authority_;
  EnrolOptions enrol_;
  bool enrolling_ = false;
  PartyOptions party_;
  PersonOptions person_;
};

}  // namespace

int run(int count, const char* const* arguments) { return CommandLine().run(count, arguments); }

}  // namespace fairway::app
