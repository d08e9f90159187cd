#include "gateway/customs/dec_message.h"

#include "base/limits.h"
#include "gateway/customs/xml.h"

namespace fairway::gateway::customs {
namespace {

constexpr std::string_view kRoot = "DecMessage";
constexpr const char* kNamespace = "http://www.chinaport.gov.cn/dec";
constexpr const char* kVersion = "4.8";

// A part that repeats: the element around its rows, and the names that senders give a row; the first is the one that is written.
template <typename Part>
struct RowsOf {
  std::string_view around;
  std::string_view row, row_too;
  std::vector<Part> DecMessage::* member;
};
constexpr RowsOf<DecList> kGoods = {"DecLists", "DecList", "", &DecMessage::goods};
constexpr RowsOf<DecContainer> kContainers = {"DecContainers", "Container", "DecContainer", &DecMessage::containers};
constexpr RowsOf<DecLicenseDocu> kLicences = {"DecLicenseDocus", "LicenseDocu", "DecLicenseDocu", &DecMessage::licences};
constexpr RowsOf<DecRequestCert> kCertificates = {"DecRequestCerts", "DecRequestCert", "RequestCert", &DecMessage::certificates};
constexpr RowsOf<DecOtherPack> kPacks = {"DecOtherPacks", "DecOtherPack", "OtherPack", &DecMessage::packs};
constexpr RowsOf<DecCopLimit> kQualifications = {"DecCopLimits", "DecCopLimit", "CopLimit", &DecMessage::qualifications};
constexpr RowsOf<DecCopPromise> kPromises = {"DecCopPromises", "DecCopPromise", "CopPromise", &DecMessage::promises};

template <typename Visit>
Status for_each_rows(Visit visit) {
  TRY_OK(visit(kGoods));
  TRY_OK(visit(kContainers));
  TRY_OK(visit(kLicences));
  TRY_OK(visit(kCertificates));
  TRY_OK(visit(kPacks));
  TRY_OK(visit(kQualifications));
  return visit(kPromises);
}

std::unexpected<Error> too_many(std::string_view around) {
  return fail(Code::too_large, "too many rows", std::string(around) + ": more than " + std::to_string(limits::kCustomsRowsMax),
              "divide it into several declarations");
}

template <typename Part>
Status write_rows(pugi::xml_node root, const RowsOf<Part>& rows, const DecMessage& message) {
  const std::vector<Part>& parts = message.*rows.member;
  if (parts.size() > limits::kCustomsRowsMax) return too_many(rows.around);
  if (parts.empty()) return {};
  pugi::xml_node around = root.append_child(std::string(rows.around).c_str());
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == Part{})
      return fail(Code::invalid, "an empty row", std::string(rows.row) + "[" + std::to_string(i + 1) + "]", "leave it out");
    TRY_OK(check_elements<Part>(elements_of<Part>(), parts[i], std::string(rows.row) + "[" + std::to_string(i + 1) + "]"));
    write_elements<Part>(around.append_child(std::string(rows.row).c_str()), elements_of<Part>(), parts[i]);
  }
  return {};
}

template <typename Part>
Status write_part(pugi::xml_node root, const char* name, const Part& part) {
  TRY_OK(check_elements<Part>(elements_of<Part>(), part, name));
  if (part != Part{}) write_elements<Part>(root.append_child(name), elements_of<Part>(), part);
  return {};
}

template <typename Part>
Status read_row(const pugi::xml_node& node, const RowsOf<Part>& rows, DecMessage& message, Remarks& remarks) {
  std::vector<Part>& parts = message.*rows.member;
  if (parts.size() >= limits::kCustomsRowsMax) return too_many(rows.around);
  read_elements<Part>(node, elements_of<Part>(), parts.emplace_back(), remarks);
  // A row without anything that is known says nothing.
  if (parts.back() == Part{}) parts.pop_back();
  return {};
}

// True where the element is one of this part: the rows in their element, or a row that stands beneath the root itself.
template <typename Part>
Result<bool> read_rows(const pugi::xml_node& node, const RowsOf<Part>& rows, DecMessage& message, Remarks& remarks) {
  const auto is_row = [&](std::string_view name) { return name == rows.row || (!rows.row_too.empty() && name == rows.row_too); };
  if (is_row(local_name(node))) {
    TRY_OK(read_row(node, rows, message, remarks));
    return true;
  }
  if (local_name(node) != rows.around) return false;
  for (const pugi::xml_node child : node.children()) {
    if (!is_element(child)) continue;
    if (is_row(local_name(child)))
      TRY_OK(read_row(child, rows, message, remarks));
    else
      remark_at(child, Severity::info, "customs.element_unknown", "an element that is not known is left out", remarks);
  }
  return true;
}

template <typename Part>
bool read_part(const pugi::xml_node& node, std::string_view name, Part& part, Remarks& remarks) {
  if (local_name(node) != name) return false;
  read_elements<Part>(node, elements_of<Part>(), part, remarks);
  return true;
}

Status read_child(const pugi::xml_node& node, DecMessage& message, Remarks& remarks) {
  if (read_part(node, "DecHead", message.head, remarks) || read_part(node, "DecFreeTxt", message.free_text, remarks) ||
      read_part(node, "DecSign", message.sign, remarks))
    return {};
  bool found = false;
  TRY_OK(for_each_rows([&](const auto& rows) -> Status {
    if (!found) found = TRY(read_rows(node, rows, message, remarks));
    return {};
  }));
  if (!found) remark_at(node, Severity::info, "customs.element_unknown", "an element that is not known is left out", remarks);
  return {};
}

}  // namespace

Result<std::string> write_dec_message(const DecMessage& message) {
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = xml.append_child(std::string(kRoot).c_str());
  root.append_attribute("Version") = kVersion;
  root.append_attribute("xmlns") = kNamespace;
  TRY_OK(write_part(root, "DecHead", message.head));
  TRY_OK(for_each_rows([&](const auto& rows) { return write_rows(root, rows, message); }));
  TRY_OK(write_part(root, "DecFreeTxt", message.free_text));
  TRY_OK(write_part(root, "DecSign", message.sign));
  return written(xml);
}

Result<DecMessage> read_dec_message(std::string_view bytes, std::vector<Diagnostic>& diagnostics) {
  pugi::xml_document xml;
  const pugi::xml_node root = TRY(open_xml(bytes, xml));
  if (local_name(root) != kRoot)
    return fail(Code::unsupported, "not a DecMessage", "the root element is " + path_of(root), "send a DecMessage");
  DecMessage message;
  Remarks remarks(diagnostics);
  if (!child_named(root, "DecHead")) remarks.say(Severity::error, "customs.part_missing", "there is no DecHead", path_of(root), 0);
  for (const pugi::xml_node child : root.children())
    if (is_element(child)) TRY_OK(read_child(child, message, remarks));
  return message;
}

}  // namespace fairway::gateway::customs
