// Receipts 回执 of the single window for a DecMessage: whether it was taken in (DecImportResponse), and what customs decided (DEC_RESULT).
//
// The first names the sender's own number (ClientSeqNo) and gives the unified number 统一编号; what follows names only that. The codes of
// CHANNEL are not public: what each means is the regime's table codes/receipts.csv, not this file. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::customs {

enum class ReceiptKind : uint8_t {
  import_response,  // DecImportResponse
  result,           // DEC_RESULT
};

struct DecReceipt {
  ReceiptKind kind = ReceiptKind::result;
  std::string client_seq_no;  // the sender's; import_response alone has it
  std::string seq_no;         // 统一编号: SeqNo, or CUS_CIQ_NO
  std::string entry_id;       // 海关编号, 18 digits, once customs have given it
  std::string code;           // ResponseCode ("0": taken in), or CHANNEL
  std::string note;           // ErrorMessage, or NOTE
  std::string notice_date;    // as it stands: "2026-11-24T10:15:00", in the time of the Mainland
  std::string custom_master, ie_date, d_date, trn_pre_id;
  friend bool operator==(const DecReceipt&, const DecReceipt&) = default;
};

// Whether the bytes begin as a receipt does, by the root element.
[[nodiscard]] bool begins_dec_receipt(std::string_view bytes);

// Strict: Code::invalid names what cannot be written: a value that is too long, a receipt without number or code.
[[nodiscard]] Result<std::string> write_dec_receipt(const DecReceipt& receipt);

// DecImportResponse, DEC_RESULT, and DEC_RESULT within DEC_DATA as older versions send it. Errors as read_dec_message().
[[nodiscard]] Result<DecReceipt> read_dec_receipt(std::string_view bytes, std::vector<Diagnostic>& diagnostics);

}  // namespace fairway::gateway::customs
