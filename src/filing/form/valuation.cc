#include "filing/form/valuation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "filing/form/compiled.h"

namespace fairway::filing {
namespace {

struct Term {
  std::string_view code;
  bool freight, insurance;  // within the price
};
// Incoterms 2020: whether the price has the main carriage in it, and the insurance (or the seller bears the risk to the end).
constexpr std::array kTerms = std::to_array<Term>({{"CFR", true, false},
                                                   {"CIF", true, true},
                                                   {"CIP", true, true},
                                                   {"CPT", true, false},
                                                   {"DAP", true, true},
                                                   {"DDP", true, true},
                                                   {"DPU", true, true},
                                                   {"EXW", false, false},
                                                   {"FAS", false, false},
                                                   {"FCA", false, false},
                                                   {"FOB", false, false}});

// 1234567.5 → "1,234,567.50".
std::string grouped(Decimal amount) {
  std::string text = amount.text(2);
  const size_t begin = text.starts_with('-') ? 1 : 0;
  for (size_t at = text.find('.'); at > begin + 3;) text.insert(at -= 3, 1, ',');
  return text;
}

class Working {
 public:
  Working(const Regime& regime, const Record& record, const Setting& setting, std::string_view day)
      : regime_(regime), record_(record), setting_(setting), day_(day), items_(regime.compiled().items()) {}

  Valuation value(Basis basis) {
    if (!prices()) return std::move(out_);
    const std::string& code = text({items_.incoterm, 0}, true);
    const auto* term = std::ranges::find(kTerms, code, &Term::code);
    if (term == kTerms.end()) {
      want({items_.incoterm, 0}, code);
      return std::move(out_);
    }
    const auto rate = rate_of(regime_, record_, setting_, day_, out_.currency, &out_.trace);
    if (!rate) return std::move(out_);
    terms_ = fmt::format("{} {} {}", out_.currency, grouped(out_.price), code);
    common_rate_ = *rate;
    auto total = out_.price.times(*rate);
    const bool cif = basis == Basis::cif;
    bool complete = total.has_value();
    if (code == "EXW") complete &= add(total, "other charges", items_.other_amount, items_.other_currency, false, false);
    if (term->freight != cif) complete &= add(total, "freight", items_.freight_amount, items_.freight_currency, !cif, true);
    if (term->insurance != cif) complete &= add(total, "insurance", items_.insurance_amount, items_.insurance_currency, !cif, true);
    if (complete && total) finish(total->round(2));
    return std::move(out_);
  }

 private:
  const std::string& text(Path path, bool needed) {
    const std::string& value = record_.value(path.item, path.row);
    if (!value.empty()) {
      out_.trace.used.push_back(path);
    } else if (needed) {
      out_.trace.missing.push_back(path);
    }
    return value;
  }

  std::optional<Decimal> number(Path path, bool needed) {
    const auto number = Decimal::parse(text(path, needed));
    return number ? std::optional(*number) : std::nullopt;
  }

  void want(Path path, std::string what) { out_.trace.wants.push_back({Trace::Want::Kind::component, path, std::move(what)}); }

  // The invoiced price of each line: its amount, else unit price times quantity, else the invoice's where there is but one line.
  bool prices() {
    out_.currency = text({items_.invoice_currency, 0}, true);
    const auto rows = static_cast<uint32_t>(record_.rows(Group::goods));
    bool complete = !out_.currency.empty() && rows > 0;
    for (uint32_t row = 0; row < rows; ++row) {
      auto price = number({items_.line_amount, row}, false);
      if (!price) {
        const auto each = number({items_.line_price, row}, false), quantity = number({items_.line_quantity, row}, false);
        const auto product = each && quantity ? each->times(*quantity) : Result<Decimal>(std::unexpected(Error{}));
        if (product) price = product->round(2);
      }
      if (!price && rows == 1) price = number({items_.invoice_amount, 0}, false);
      if (!price) {
        out_.trace.missing.push_back({items_.line_amount, row});
        want({items_.line_amount, row}, {});
        complete = false;
        continue;
      }
      out_.prices.push_back(*price);
      const auto sum = out_.price.plus(*price);
      complete = complete && sum.has_value();
      if (sum) out_.price = *sum;
    }
    return complete;
  }

  // Adds a component to the total or takes it off; false where it has to be given and is not.
  bool add(Result<Decimal>& total, std::string_view what, ItemRef amount_item, ItemRef currency_item, bool off, bool needed) {
    const auto amount = number({amount_item, 0}, needed);
    if (!amount) {
      if (needed) want({amount_item, 0}, std::string(what));
      return !needed;
    }
    const std::string& stated = text({currency_item, 0}, false);
    const std::string& currency = stated.empty() ? out_.currency : stated;
    const auto rate = rate_of(regime_, record_, setting_, day_, currency, &out_.trace);
    if (!rate) return false;
    const auto value = amount->times(*rate);
    if (!value || !total) return false;
    total = off ? total->minus(*value) : total->plus(*value);
    one_currency_ = one_currency_ && currency == out_.currency;
    parts_.push_back({off ? " − " : " + ", fmt::format("{} {} {}", what, currency, grouped(*amount)), *rate, currency});
    out_.adjusted = true;
    return total.has_value();
  }

  void finish(Decimal total) {
    if (total.is_negative()) return want({items_.invoice_amount, 0}, "less than nothing is left");
    out_.total = total;
    Decimal rest = total;
    for (size_t line = 0; line < out_.prices.size(); ++line) {
      Decimal share = rest;
      if (line + 1 < out_.prices.size()) {
        const auto product = total.times(out_.prices[line]);
        const auto part = product && !out_.price.is_zero() ? product->over(out_.price) : Result<Decimal>(Decimal(0));
        if (!part) return;
        share = part->round(2);
      }
      out_.lines.push_back(share);
      const auto left = rest.minus(share);
      if (!left) return;
      rest = *left;
    }
    out_.known = true;
    write(total);
  }

  void write(Decimal total) {
    const std::string& own = regime_.setting("currency");
    const auto times = [&](Decimal rate, std::string_view currency) { return currency == own ? std::string() : " × " + rate.text(); };
    std::string text = terms_;
    if (!one_currency_) text += times(common_rate_, out_.currency);
    for (const Part& part : parts_) text += part.sign + part.text + (one_currency_ ? "" : times(part.rate, part.currency));
    const std::string factor = one_currency_ ? times(common_rate_, out_.currency) : "";
    if (!factor.empty() && !parts_.empty()) text = "(" + text + ")";
    out_.trace.working = fmt::format("{}{} = {} {}", text, factor, own, grouped(total));
  }

  struct Part {
    std::string sign, text;
    Decimal rate;
    std::string currency;
  };

  const Regime& regime_;
  const Record& record_;
  const Setting& setting_;
  std::string_view day_;
  const CommonItems& items_;
  Valuation out_;
  std::string terms_;
  Decimal common_rate_;
  bool one_currency_ = true;
  std::vector<Part> parts_;
};

}  // namespace

Valuation customs_values(const Regime& regime, const Record& record, const Setting& setting, std::string_view day, Basis basis) {
  return Working(regime, record, setting, day).value(basis);
}

std::string working_of(const Valuation& valuation, const Regime& regime, Decimal price, Decimal value) {
  if (price == valuation.price) return valuation.trace.working;
  return fmt::format("{}; × {} ÷ {} = {} {}", valuation.trace.working, grouped(price), grouped(valuation.price), regime.setting("currency"),
                     grouped(value));
}

std::optional<Decimal> rate_of(const Regime& regime, const Record& record, const Setting& setting, std::string_view day,
                               std::string_view currency, Trace* trace) {
  const Compiled& compiled = regime.compiled();
  if (currency == compiled.currency()) return Decimal(1);
  const Path stated{compiled.items().exchange_rate, 0};
  const std::string& invoice = record.value(compiled.items().invoice_currency);
  if (currency == invoice && record.field(stated).present()) {
    if (const auto rate = Decimal::parse(record.field(stated).value)) {
      if (trace != nullptr) trace->used.push_back(stated);
      return *rate;
    }
  }
  if (const auto known = setting.rates.find(currency); known != setting.rates.end()) return known->second;
  const CodeList& table = compiled.exchange_rates();
  if (const CodeList::Entry* entry = table.find(currency, day)) {
    if (const auto rate = Decimal::parse(entry->cells[*table.column("rate")])) return *rate;
  }
  if (trace != nullptr) {
    trace->missing.push_back(stated);
    trace->wants.push_back({Trace::Want::Kind::rate, stated, std::string(currency)});
  }
  return std::nullopt;
}

}  // namespace fairway::filing
