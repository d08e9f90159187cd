// Receipts of the Mainland's customs as answers to filings: DecImportResponse and DEC_RESULT for declarations, and the answers to
// manifests.
//
// What a code means is the regime's: codes/receipts.csv for CHANNEL, codes/manifest_receipts.csv for StatementCode. A code that is not
// there has no effect: it comes out as Heard::problem, for somebody to look at. Pure; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/status.h"
#include "filing/lodge/channel.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

class ReceiptCodes {
 public:
  // Code::invalid where the tables say a status that there is not.
  [[nodiscard]] static Result<ReceiptCodes> of(const Regime& regime);
  // Those of the tables in the program.
  [[nodiscard]] static const ReceiptCodes& built_in();
  // "" for a code that is not known.
  [[nodiscard]] std::string_view declaration(std::string_view channel) const;
  [[nodiscard]] std::string_view manifest(std::string_view code) const;

 private:
  [[nodiscard]] static Result<ReceiptCodes> from(const Table& declarations, const Table& manifests);
  std::map<std::string, std::string, std::less<>> declarations_, manifests_;
};

// Whether the bytes begin as one of these receipts does.
[[nodiscard]] bool begins_receipt(std::string_view bytes);

// Heard::lodgement is the sender's own number (ClientSeqNo, MessageID) where the receipt has it; Answer::number the unified number
// 统一编号, or by road the 货物运输批次号; what customs themselves number a declaration with is the remark "EntryId". Code::invalid and
// Code::unsupported as the readers of gateway/customs.
[[nodiscard]] Result<Heard> read_receipt(std::string_view bytes, const ReceiptCodes& codes = ReceiptCodes::built_in());

}  // namespace fairway::filing
