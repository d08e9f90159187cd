// Demurrage: the certificate of one container's free time: what the record says of everything that a dispute about demurrage or detention
// turns on, line by line, and what follows from it by the asker's terms. docs/reference/certificate.md.
//
// It judges nothing. Contradicting claims stand side by side, and the free time is worked out once from each; holds and outages are shown
// and stop no clock unless the asker's terms say so; what the record does not say is marked so. Every line cites the entry of the log and
// the entry's fields, with the very bytes that the ledger commits to, so that an evidence bundle proves it.
//
// Pure functions over values; any thread. Errors: Code::invalid for terms that make no sense and for a container that is not on the
// journey.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "journey/journey.h"
#include "journey/journey_json.h"

namespace fairway::journey {

enum class Traffic : uint8_t { import, export_ };
enum class Charge : uint8_t { demurrage, detention };
enum class CountedDays : uint8_t { calendar, working };  // working: Monday to Friday, without the asker's holidays
// Of demurrage: from the discharge (for exports the gate-in), or from when the container was available (for exports, could be brought).
enum class ClockStart : uint8_t { arrival, availability };

// What the asker says. Tariffs and contracts are not in the record.
struct DemurrageTerms {
  std::string container;  // "" where the journey has one, or was asked for by one
  Traffic traffic = Traffic::import;
  Charge charge = Charge::demurrage;
  ClockStart start = ClockStart::arrival;
  std::optional<int> free_days;
  CountedDays free_counted = CountedDays::calendar;
  CountedDays charged_counted = CountedDays::calendar;
  bool first_day_counts = false;      // the day on which the clock starts is the first free day; else the one after it
  bool holds_stop = false;            // a day touched by a hold counts neither as free nor as charged
  bool outages_stop = false;          // nor one touched by an outage
  std::vector<std::string> holidays;  // "2026-12-25", ascending
  std::string zone;                   // IANA; "" for the clock of the place
  std::string rule, rate, basis;      // tariff or contract, rate by day, why the billed party is the right one
  std::string contact, url, time_to_dispute;
};
// From the parameters of a query or a command line, by name (docs/reference/certificate.md); null for one that is not given.
[[nodiscard]] Result<DemurrageTerms> demurrage_terms_from(const std::function<const std::string*(std::string_view name)>& parameter);
[[nodiscard]] std::vector<std::string_view> demurrage_parameters();

// A field of an entry as the ledger commits to it: a path of docs/reference/ledger.md and the JSON under it, byte for byte. A path that
// ends in "/*" is of any one element of the list.
struct CitedField {
  std::string path, value;
  friend bool operator==(const CitedField&, const CitedField&) = default;
};

enum class LineKind : uint8_t { move, availability, appointment, refusal, hold, instruction, outage, paper };
[[nodiscard]] std::string_view name(LineKind kind);

struct CertificateLine {
  Position entry = 0;
  LineKind kind = LineKind::move;
  PartyId party;          // who says so
  int64_t logged_us = 0;  // when Fairway accepted it
  Event event;            // as the viewer sees it: `occurred` is when it was observed, `created` when it was reported
  ClaimStatus status = ClaimStatus::current;
  std::vector<Position> amends;  // the lines that it corrects or retracts
  std::vector<Position> amended_by;
  std::vector<Position> contradicts;
  std::vector<CitedField> says;
};

// A stretch in which the container could not be had, or the place did not serve, as far as claims say.
struct Interruption {
  LineKind kind = LineKind::hold;  // or outage
  int64_t from_us = 0;
  std::optional<int64_t> to_us;  // none: nobody says that it ended
  std::vector<Position> entries;
  bool stops_clock = false;
};

struct FreeTime {
  Position started_by = 0;
  std::optional<Position> ended_by;  // none: it has not ended, as far as the record goes
  Instant starts, ends;              // ends: the first moment after the last free day
  std::string first_day, last_day;   // "2026-01-09"; "" where there is no free day
  std::optional<Instant> stopped;
  std::vector<std::string> not_counted;  // days within, that were not counted
  std::vector<std::string> charged;      // days
  std::vector<Interruption> interruptions;
  std::vector<Position> refusals;  // lines of refused slots, pick-ups and returns while the clock ran
  bool cut = false;                // more than kChargedDaysMax days, and these are the first
};
inline constexpr size_t kChargedDaysMax = 400;

// Where the value of a field that an invoice must have comes from.
enum class Origin : uint8_t { record, terms, worked_out, not_in_record, invoicer };
[[nodiscard]] std::string_view name(Origin origin);  // "from the record", "given by the asker", …

struct InvoiceField {
  std::string_view name, clause;  // "containerNumbers", "46 CFR 541.6(a)(2)"
  Origin origin = Origin::not_in_record;
  std::vector<std::string> values;
  std::vector<Position> entries;
};

struct Certificate {
  std::string container, reference;  // reference: as asked for, "kind:value"
  Position position = 0;             // of the log that it shows
  int64_t as_of_us = 0;
  DemurrageTerms terms;
  std::string zone;  // whose clock the days are of; "" where only the claims' own offsets are known
  std::vector<CertificateLine> lines;
  std::vector<FreeTime> free_time;  // one for each pair of claims that start and stop the clock
  std::string why_no_free_time;     // where there is none
  std::vector<InvoiceField> fields;
  bool truncated = false;
};

[[nodiscard]] Result<Certificate> make_certificate(const Journey& journey, const DemurrageTerms& terms, int64_t as_of_us);

// certificate.json: one spelling, without blanks.
[[nodiscard]] std::string to_json(const Certificate& certificate, const PartyNames& names);

// For people: headings with a table each, as plain values.
struct CertificateTable {
  std::string heading, text;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};
[[nodiscard]] std::vector<CertificateTable> tables_of(const Certificate& certificate, const PartyNames& names);

}  // namespace fairway::journey
