// Feed: what messages, events, invoices and packing lists say of consignments, as fields of a record that each may go into.
//
// A message may speak of many consignments: each comes out for itself, with the references that it goes by. feed() puts one into a record:
// rows find their own (containers by number, documents by kind and number, legs by mode and place, goods by code and description), values
// go in by merge.h. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "filing/record/merge.h"
#include "filing/record/record.h"
#include "gateway/decoded.h"
#include "model/event.h"
#include "model/reference.h"

namespace fairway::filing {

struct Fed {
  Record record;                      // with rows of its own
  std::vector<Reference> references;  // that the consignment goes by there
  std::string document;               // "IFTMIN SI0001", "FWB 160-12345675", "invoice INV-1"
  SourceKind kind = SourceKind::message;
  uint8_t confidence = 90;
};

inline constexpr size_t kFedMax = 2'000;  // consignments that one message speaks of

// EDIFACT (IFTMBF, IFTMBC, IFTMIN, IFTMCS, IFCSUM, CUSCAR), Cargo-IMP (FWB, FHL), and the JSON of invoices and packing lists; of other
// formats nothing. Code::invalid for a JSON document that is wrong, naming the member; the gateways' errors.
[[nodiscard]] Result<std::vector<Fed>> read_feed(const Schema& schema, std::string_view bytes, gateway::Format format);

// A claim's voyage, vessel, vehicle, times, seals and locks are what happened; names of parties, sizes and masses are what was said.
[[nodiscard]] std::vector<Fed> feed_of(const Schema& schema, const Event& event);

// {"document":"invoice"|"packing-list","number","date",…}: docs/reference/filing.md, "Invoices and packing lists".
[[nodiscard]] bool is_trade_document(std::string_view bytes);
[[nodiscard]] Result<Fed> read_trade_document(const Schema& schema, std::string_view json);

// Answers which fields of `record` have another value now. `base` says who gave it and when; kind, document and confidence are the Fed's.
[[nodiscard]] Result<std::vector<Path>> feed(Record& record, const Fed& fed, const Source& base);

}  // namespace fairway::filing
