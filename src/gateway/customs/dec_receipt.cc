#include "gateway/customs/dec_receipt.h"

#include <array>

#include "gateway/customs/xml.h"

namespace fairway::gateway::customs {
namespace {

constexpr std::string_view kResponse = "DecImportResponse";
constexpr std::string_view kResult = "DEC_RESULT";
constexpr std::string_view kData = "DEC_DATA";  // around DEC_RESULT before 2018
constexpr const char* kNamespace = "http://www.chinaport.gov.cn/dec";

constexpr auto kResponseRows = std::to_array<ElementRow<DecReceipt>>({
    {"ResponseCode", &DecReceipt::code, 10, Holds::code},
    {"ErrorMessage", &DecReceipt::note, 2000},
    {"ClientSeqNo", &DecReceipt::client_seq_no, 64, Holds::code},
    {"SeqNo", &DecReceipt::seq_no, 18, Holds::code},
    {"TrnPreId", &DecReceipt::trn_pre_id, 18, Holds::code},
});
constexpr auto kResultRows = std::to_array<ElementRow<DecReceipt>>({
    {"CUS_CIQ_NO", &DecReceipt::seq_no, 18, Holds::code},
    {"ENTRY_ID", &DecReceipt::entry_id, 18, Holds::code},
    {"NOTICE_DATE", &DecReceipt::notice_date, 32, Holds::code},
    {"CHANNEL", &DecReceipt::code, 10, Holds::code},
    {"NOTE", &DecReceipt::note, 2000},
    {"CUSTOM_MASTER", &DecReceipt::custom_master, 4, Holds::code},
    {"I_E_DATE", &DecReceipt::ie_date, 32, Holds::code},
    {"D_DATE", &DecReceipt::d_date, 32, Holds::code},
    {"SEQ_NO", &DecReceipt::seq_no, 18, Holds::code},  // as older versions call CUS_CIQ_NO
});

std::span<const ElementRow<DecReceipt>> rows_of(ReceiptKind kind) {
  // The last row of a result is for reading alone.
  return kind == ReceiptKind::import_response ? std::span<const ElementRow<DecReceipt>>(kResponseRows) : kResultRows;
}

}  // namespace

bool begins_dec_receipt(std::string_view bytes) {
  const std::string root = root_name(bytes);
  return root == kResponse || root == kResult || root == kData;
}

Result<std::string> write_dec_receipt(const DecReceipt& receipt) {
  const bool response = receipt.kind == ReceiptKind::import_response;
  if (receipt.code.empty() || (response ? receipt.client_seq_no : receipt.seq_no).empty())
    return fail(Code::invalid, "an incomplete receipt", "it has no number or no code", "give both");
  const std::span<const ElementRow<DecReceipt>> all = rows_of(receipt.kind);
  const std::span<const ElementRow<DecReceipt>> rows = response ? all : all.first(all.size() - 1);
  const std::string name(response ? kResponse : kResult);
  TRY_OK(check_elements<DecReceipt>(rows, receipt, name));
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = xml.append_child(name.c_str());
  if (response) root.append_attribute("xmlns") = kNamespace;
  write_elements<DecReceipt>(root, rows, receipt);
  return written(xml);
}

Result<DecReceipt> read_dec_receipt(std::string_view bytes, std::vector<Diagnostic>& diagnostics) {
  pugi::xml_document xml;
  pugi::xml_node root = TRY(open_xml(bytes, xml));
  if (local_name(root) == kData) root = child_named(root, kResult);
  DecReceipt receipt;
  if (local_name(root) == kResponse)
    receipt.kind = ReceiptKind::import_response;
  else if (local_name(root) != kResult)
    return fail(Code::unsupported, "not a receipt of the single window", "there is no DecImportResponse and no DEC_RESULT",
                "send a receipt");
  Remarks remarks(diagnostics);
  read_elements<DecReceipt>(root, rows_of(receipt.kind), receipt, remarks);
  if (receipt.code.empty() || (receipt.seq_no.empty() && receipt.client_seq_no.empty()))
    remark_at(root, Severity::error, "customs.part_missing", "the receipt has no number or no code", remarks);
  return receipt;
}

}  // namespace fairway::gateway::customs
