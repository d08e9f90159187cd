// Invoices and packing lists as JSON: docs/reference/filing.md, "Invoices and packing lists".
#include <array>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/json.h"
#include "filing/record/feed_parts.h"

namespace fairway::filing {
namespace {

struct KindRow {
  std::string_view document, type;  // of the documents group
};
constexpr std::array<KindRow, 2> kKinds = {{{"invoice", "INVOICE"}, {"packing-list", "PACKING-LIST"}}};

struct MemberRow {
  std::string_view member, item;
  bool invoice_only;
};
constexpr std::array<MemberRow, 11> kMembers = {{{"number", "invoice.number", true},
                                                 {"date", "invoice.date", true},
                                                 {"currency", "invoice.currency", true},
                                                 {"amount", "invoice.amount", true},
                                                 {"incoterm", "invoice.incoterm", true},
                                                 {"incotermPlace", "invoice.incotermPlace", true},
                                                 {"packages", "packages", false},
                                                 {"packageType", "packageType", false},
                                                 {"grossMassKg", "grossMassKg", false},
                                                 {"netMassKg", "netMassKg", false},
                                                 {"marks", "marks", false}}};
// What goes into the row of the document itself.
constexpr std::array<std::string_view, 5> kOfDocument = {"number", "date", "packages", "grossMassKg", "quantity"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kSides = {{{"seller", "consignor"}, {"buyer", "consignee"}}};

std::unexpected<Error> wrong(const std::string& member, std::string expected) {
  return fail(Code::invalid, "an invoice or packing list of the wrong shape", legible(member), std::move(expected));
}

class DocumentFeed {
 public:
  DocumentFeed(const Schema& schema, const json::object& object, const KindRow& kind)
      : schema_(schema),
        object_(object),
        kind_(kind),
        filler_(schema, std::string(kind.document) + " " + legible(text_of(object, "number"))) {}

  Result<Fed> read() {
    for (const MemberRow& row : kMembers)
      if (!row.invoice_only || kind_.type == "INVOICE")
        TRY_OK(put(object_, row.member, Group::consignment, 0, row.item, std::string(row.member)));
    TRY_OK(put(Group::documents, 0, "type", kind_.type, "document"));
    for (const std::string_view member : kOfDocument) TRY_OK(put(object_, member, Group::documents, 0, member, std::string(member)));
    for (const auto& [member, prefix] : kSides) TRY_OK(side(member, std::string(prefix)));
    filler_.put(Group::documents, 0, "issuer", filler_.value(Group::consignment, 0, "consignor.name"));
    TRY_OK(lines());
    const int64_t confidence = integer_of(object_, "confidence").value_or(100);
    if (confidence < 0 || confidence > 100) return wrong("confidence", "from 0 to 100");
    filler_.fed().confidence = static_cast<uint8_t>(confidence);
    return std::move(filler_.fed());
  }

 private:
  // A wrong value is refused here, where its place can be named.
  Status put(Group group, uint32_t row, std::string_view item, std::string_view text, const std::string& place) {
    const auto ref = schema_.find(group, item);
    if (!ref || text.empty()) return {};
    if (auto normal = schema_.normalise(*ref, text); !normal) {
      normal.error().detail = place + ": " + normal.error().detail;
      return std::unexpected(std::move(normal).error());
    }
    filler_.put(group, row, item, text);
    return {};
  }

  Status put(const json::object& object, std::string_view member, Group group, uint32_t row, std::string_view item,
             const std::string& place) {
    const json::value* value = object.if_contains(member);
    if (value == nullptr || value->is_null()) return {};
    if (const json::string* text = value->if_string()) return put(group, row, item, std::string_view(text->data(), text->size()), place);
    if (value->is_number()) return put(group, row, item, json::serialize(*value), place);
    if (const bool* truth = value->if_bool()) return put(group, row, item, *truth ? "yes" : "no", place);
    return wrong(place, "text, a number, true or false");
  }

  // A name alone, or an object with the items of a party.
  Status side(std::string_view member, const std::string& prefix) {
    const json::object* object = object_of(object_, member);
    if (object == nullptr) return put(object_, member, Group::consignment, 0, prefix + ".name", std::string(member));
    for (const auto& [name, value] : *object) {
      const std::string item = prefix + "." + std::string(name), place = std::string(member) + "." + std::string(name);
      if (!schema_.find(Group::consignment, item)) return wrong(place, "name, nameLocal, address, addressLocal, country, br, uscc, …");
      TRY_OK(put(*object, name, Group::consignment, 0, item, place));
    }
    return {};
  }

  Status lines() {
    const json::array* lines = array_of(object_, "lines");
    if (lines == nullptr) return {};
    if (lines->size() > kRecordRowsMax)
      return fail(Code::too_large, "too many lines", "lines", "at most " + std::to_string(kRecordRowsMax));
    Result<Decimal> quantity = Decimal();
    for (uint32_t row = 0; row < lines->size(); ++row) {
      const std::string place = "lines[" + std::to_string(row) + "]";
      const json::object* line = (*lines)[row].if_object();
      if (line == nullptr) return wrong(place, "an object with items of goods: description, hs, quantity, …");
      for (const auto& [name, value] : *line) {
        if (!schema_.find(Group::goods, name))
          return wrong(place + "." + std::string(name), "an item of goods: description, hs, quantity, …");
        TRY_OK(put(*line, name, Group::goods, row, name, place + "." + std::string(name)));
      }
      const auto counted = Decimal::parse(filler_.value(Group::goods, row, "quantity"));
      if (quantity && counted) quantity = quantity->plus(*counted);
    }
    if (quantity && !quantity->is_zero()) filler_.put(Group::documents, 0, "quantity", quantity->text());
    return {};
  }

  const Schema& schema_;
  const json::object& object_;
  const KindRow& kind_;
  Filler filler_;
};

}  // namespace

bool is_trade_document(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  return head.starts_with('{') && head.contains("\"document\"") && (head.contains("invoice") || head.contains("packing-list"));
}

Result<Fed> read_trade_document(const Schema& schema, std::string_view text) {
  if (text.size() > kRecordBytesMax)
    return fail(Code::too_large, "an invoice or packing list is too large", "",
                "at most " + std::to_string(kRecordBytesMax >> 20) + " MiB");
  json::monotonic_resource memory;
  const json::value parsed = TRY(parse_json(text, &memory, 6));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return wrong("", "one object");
  for (const KindRow& kind : kKinds)
    if (text_of(*object, "document") == kind.document) return DocumentFeed(schema, *object, kind).read();
  return wrong("document", "invoice or packing-list");
}

}  // namespace fairway::filing
