#include "journey/demurrage_fields.h"

#include <algorithm>
#include <array>

namespace fairway::journey {
namespace {

constexpr std::array<std::string_view, 5> kOrigins = {"from the record", "given by the asker",
                                                      "worked out from the record by the asker's terms", "not in the record",
                                                      "left blank for the invoicer"};

class Fields {
 public:
  Fields(const Certificate& certificate, const Journey& journey, const ClockClaims& claims)
      : certificate_(certificate), journey_(journey), claims_(claims), imports_(certificate.terms.traffic == Traffic::import) {}

  std::vector<InvoiceField> make() {
    identify();
    time();
    const DemurrageTerms& terms = certificate_.terms;
    invoicers("totalAmountDue", "46 CFR 541.6(c)(1)");
    given("applicableRule", "46 CFR 541.6(c)(2)", terms.rule);
    given("rate", "46 CFR 541.6(c)(3)", terms.rate);
    given("contact", "46 CFR 541.6(d)(1)", terms.contact);
    given("disputeInformation", "46 CFR 541.6(d)(2)", terms.url);
    given("timeToDispute", "46 CFR 541.6(d)(3)", terms.time_to_dispute);
    invoicers("certifiedConsistent", "46 CFR 541.6(e)(1)");
    invoicers("certifiedNotContributed", "46 CFR 541.6(e)(2)");
    return std::move(fields_);
  }

 private:
  InvoiceField& add(std::string_view name, std::string_view clause, Origin origin) {
    InvoiceField& field = fields_.emplace_back();
    field.name = name, field.clause = clause, field.origin = origin;
    return field;
  }
  void invoicers(std::string_view name, std::string_view clause) { add(name, clause, Origin::invoicer); }
  void given(std::string_view name, std::string_view clause, const std::string& value) {
    InvoiceField& field = add(name, clause, value.empty() ? Origin::invoicer : Origin::terms);
    if (!value.empty()) field.values.push_back(value);
  }
  static void put(InvoiceField& field, const std::string& value, Position entry) {
    if (value.empty()) return;
    field.origin = Origin::record;
    if (std::ranges::find(field.values, value) == field.values.end()) field.values.push_back(value), field.entries.push_back(entry);
  }
  [[nodiscard]] const Claim& claim(size_t index) const { return journey_.claims[index]; }

  void identify() {
    InvoiceField& bills = add("billOfLadingNumbers", "46 CFR 541.6(a)(1)", Origin::not_in_record);
    for (const CertificateLine& line : certificate_.lines)
      for (const Reference& reference : line.event.references)
        if (reference.kind() == ReferenceKind::transport_document) put(bills, reference.value(), line.entry);
    InvoiceField& containers = add("containerNumbers", "46 CFR 541.6(a)(2)", Origin::not_in_record);
    for (const CertificateLine& line : certificate_.lines)
      if (const Reference* box = line.event.reference(ReferenceKind::equipment); box != nullptr)
        if (box->value() == certificate_.container) put(containers, certificate_.container, line.entry);
    if (imports_) {
      InvoiceField& port = add("portOfDischarge", "46 CFR 541.6(a)(3)", Origin::not_in_record);
      for (const CertificateLine* line : discharges()) put(port, line->event.place.unlocode, line->entry);
    }
    given("basisForBilledParty", "46 CFR 541.6(a)(4)", certificate_.terms.basis);
  }

  // The last by time, with all that contradict it.
  [[nodiscard]] std::vector<const CertificateLine*> discharges() const {
    const CertificateLine* last = nullptr;
    for (const CertificateLine& line : certificate_.lines)
      if (line.event.milestone == Milestone::discharged && line.status == ClaimStatus::current &&
          line.event.classifier == Classifier::actual)
        last = &line;
    std::vector<const CertificateLine*> out;
    if (last == nullptr) return out;
    for (const CertificateLine& line : certificate_.lines)
      if (&line == last || std::ranges::find(last->contradicts, line.entry) != last->contradicts.end()) out.push_back(&line);
    return out;
  }

  void time() {
    invoicers("invoiceDate", "46 CFR 541.6(b)(1)");
    invoicers("invoiceDueDate", "46 CFR 541.6(b)(2)");
    const DemurrageTerms& terms = certificate_.terms;
    given("allowedFreeTimeDays", "46 CFR 541.6(b)(3)", terms.free_days ? std::to_string(*terms.free_days) : std::string());
    if (!terms.free_days) fields_.back().origin = Origin::not_in_record;
    worked_out("freeTimeStarts", "46 CFR 541.6(b)(4)", [](const FreeTime& free, std::vector<std::string>& out) { out = {free.first_day}; });
    worked_out("freeTimeEnds", "46 CFR 541.6(b)(5)", [](const FreeTime& free, std::vector<std::string>& out) { out = {free.last_day}; });
    InvoiceField& available = imports_ ? add("containerAvailable", "46 CFR 541.6(b)(6)", Origin::not_in_record)
                                       : add("earliestReturn", "46 CFR 541.6(b)(7)", Origin::not_in_record);
    for (const size_t index : claims_.available) put(available, to_rfc3339(claim(index).event.occurred), claim(index).position);
    worked_out("datesCharged", "46 CFR 541.6(b)(8)", [](const FreeTime& free, std::vector<std::string>& out) { out = free.charged; });
    worked_out("daysCharged", "", [](const FreeTime& free, std::vector<std::string>& out) { out = {std::to_string(free.charged.size())}; });
  }

  // Of several computations each stands in freeTime; a field has a value only where all of them agree.
  template <typename Take>
  void worked_out(std::string_view name, std::string_view clause, Take take) {
    InvoiceField& field = add(name, clause, Origin::not_in_record);
    bool first = true;
    for (const FreeTime& free : certificate_.free_time) {
      std::vector<std::string> values;
      take(free, values);
      std::erase(values, std::string());
      if (!first && values != field.values) {
        field.values = {"contradicted: see freeTime"};
        field.entries.clear();
        return;
      }
      first = false;
      field.origin = Origin::worked_out;
      field.values = std::move(values);
      add_entry(field, free.started_by);
      if (free.ended_by) add_entry(field, *free.ended_by);
    }
  }
  static void add_entry(InvoiceField& field, Position entry) {
    if (std::ranges::find(field.entries, entry) == field.entries.end()) field.entries.push_back(entry);
  }

  const Certificate& certificate_;
  const Journey& journey_;
  const ClockClaims& claims_;
  const bool imports_;
  std::vector<InvoiceField> fields_;
};

}  // namespace

std::string_view name(Origin origin) { return kOrigins.at(static_cast<size_t>(origin)); }

std::vector<InvoiceField> invoice_fields(const Certificate& certificate, const Journey& journey, const ClockClaims& claims) {
  return Fields(certificate, journey, claims).make();
}

}  // namespace fairway::journey
