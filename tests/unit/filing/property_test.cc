// Consignments by chance: a consistent one has no blocking finding, and a planted fault is found by its rule and by no other.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "engine_support.h"
#include "world.h"

namespace fairway::filing::engine_tests {
namespace {

constexpr uint64_t kSeeds = 120;

const Setting kSetting{std::string(world::kToday), world::kNowUs, {}};
const std::vector<std::string> kBothSides = {"cn", "hk"};

Plan planned(const Record& record, const std::map<std::string, Overrides, std::less<>>& overrides = {}) {
  auto plan = make_plan(regimes(), record, kSetting, overrides, kBothSides);
  if (!plan) ADD_FAILURE() << plan.error().text();
  return plan ? std::move(*plan) : Plan();
}

std::vector<Finding> all_findings(const Plan& plan) {
  std::vector<Finding> all = plan.across;
  for (const PlannedFiling& filing : plan.filings) all.insert(all.end(), filing.findings.begin(), filing.findings.end());
  return all;
}

std::string told(const Finding& finding) {
  return finding.rule + " " + finding.form + " " + finding.field + " " + finding.path + ": " + finding.message.en;
}

Record world_record(uint64_t seed) {
  auto record = world::record_of(regimes().schema(), world::consignment(seed));
  if (!record) ADD_FAILURE() << record.error().text();
  return record ? std::move(*record) : Record(regimes().schema());
}

TEST(Property, a_consistent_consignment_has_no_blocking_finding) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Plan plan = planned(world_record(seed));
    EXPECT_FALSE(plan.filings.empty()) << seed;
    for (const Finding& finding : all_findings(plan)) EXPECT_NE(finding.weight, Weight::blocking) << seed << " " << told(finding);
  }
}

// A fault that is put into a consistent consignment, and the rule that has to find it.
struct Fault {
  std::string_view name;
  std::set<std::string> rules;
  // False where the consignment has nothing to spoil in that way.
  std::function<bool(Record& record, const Plan& plan, std::map<std::string, Overrides, std::less<>>& overrides)> spoil;
};

using Laid = std::map<std::string, Overrides, std::less<>>;

std::string get(const Record& record, std::string_view path) {
  const auto parsed = record.schema().parse_path(path);
  return parsed ? record.field(*parsed).value : "";
}

std::string more(const std::string& number, int64_t by) { return Decimal::parse(number)->plus(Decimal(by))->text(); }

bool has(const Plan& plan, std::string_view key) { return find(plan, key) != nullptr; }
bool declared_to_the_mainland(const Plan& plan) { return has(plan, "cn/dec-import") || has(plan, "cn/dec-export"); }

// The filing by road into or out of Hong Kong.
std::string road_filing(const Plan& plan) {
  for (const PlannedFiling& filing : plan.filings) {
    if (filing.key.regime == "hk" && filing.key.form == "aci") return filing.key.text();
  }
  return {};
}

bool lay_over(const Plan& plan, Laid& overrides, const std::string& key, const std::string& field, const std::string& value) {
  const PlannedFiling* filing = find(plan, key);
  if (filing == nullptr || filing->draft.find(field) == nullptr) return false;
  overrides[key][field] = value;
  return true;
}

const std::vector<Fault>& faults() {
  static const std::vector<Fault> kFaults = {
      {"net mass of a line above its gross",
       {"V13"},
       [](Record& record, const Plan&, Laid&) {
         put(record, "goods[1].netMassKg", more(get(record, "goods[1].grossMassKg"), 1));
         return true;
       }},
      {"gross mass of the whole is not that of the lines",
       {"V13"},
       [](Record& record, const Plan&, Laid&) {
         const std::string wrong = more(get(record, "grossMassKg"), 50);
         put(record, "grossMassKg", wrong);
         put(record, "documents[2].grossMassKg", wrong);
         return true;
       }},
      {"packing list counts another number of packages",
       {"V16"},
       [](Record& record, const Plan&, Laid&) {
         put(record, "documents[2].packages", more(get(record, "packages"), 1));
         return true;
       }},
      {"check digit of a container",
       {"V01"},
       [](Record& record, const Plan&, Laid&) {
         const std::string right = get(record, "containers[1].number");
         if (right.empty()) return false;
         std::string wrong = right;
         wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
         put(record, "containers[1].number", wrong);
         for (uint32_t line = 1; line <= record.rows(Group::goods); ++line) {
           const std::string path = "goods[" + std::to_string(line) + "].containers";
           std::string all = get(record, path);
           if (const size_t at = all.find(right); at != std::string::npos) put(record, path, all.replace(at, right.size(), wrong));
         }
         return true;
       }},
      {"a line is in a container that is not there",
       {"V15"},
       [](Record& record, const Plan& plan, Laid&) {
         if (record.rows(Group::containers) == 0 || !declared_to_the_mainland(plan)) return false;
         put(record, "goods[1].containers", get(record, "goods[1].containers") + " CSQU3054383");
         return true;
       }},
      {"price times quantity is not the amount",
       {"V13"},
       [](Record& record, const Plan& plan, Laid&) {
         if (!declared_to_the_mainland(plan) || has(plan, "hk/1") || has(plan, "hk/1A") || has(plan, "hk/2")) return false;
         put(record, "goods[1].amount", more(get(record, "goods[1].amount"), 40));
         return true;
       }},
      {"the importer lives in a post-office box",
       {"V07"},
       [](Record& record, const Plan& plan, Laid&) {
         if (!has(plan, "hk/1") && !has(plan, "hk/1A")) return false;
         put(record, get(record, "importer.name").empty() ? "consignee.address" : "importer.address", "GPO Box 1234, Hong Kong");
         return true;
       }},
      {"Hong Kong's code is of another heading",
       {"V08"},
       [](Record& record, const Plan& plan, Laid&) {
         if ((!has(plan, "hk/1") && !has(plan, "hk/2")) || declared_to_the_mainland(plan)) return false;
         if (record.rows(Group::goods) != 1 || get(record, "goods[1].hs") == "100630") return false;
         put(record, "goods[1].hkhs", get(record, "goods[1].hs") == "901910" ? "85171300" : "90191000");
         put(record, "goods[1].hkUnit", "H87");
         put(record, "goods[1].hkQuantity", "5");
         return true;
       }},
      {"social credit code",
       {"V02"},
       [](Record& record, const Plan& plan, Laid&) {
         if (!declared_to_the_mainland(plan)) return false;
         put(record, "declarant.uscc", "91310107132231740L");
         return true;
       }},
      {"the lock opens another pair of clearance points",
       {"V22"},
       [](Record& record, const Plan& plan, Laid&) {
         const std::string key = road_filing(plan);
         if (key.empty()) return false;
         const std::string leg = "legs[" + std::to_string(find(plan, key)->key.leg) + "].";
         put(record, leg + "selsPoint", "AAT");
         put(record, leg + "selsFarPoint", "9999");
         put(record, leg + "lockArmed", "2026-11-24T05:00:00Z");
         return true;
       }},
      {"the lorry weighs more on one side",
       {"X.weight"},
       [](Record& record, const Plan& plan, Laid& overrides) {
         return lay_over(plan, overrides, road_filing(plan), "grossMassKg", more(get(record, "grossMassKg"), 50));
       }},
      {"the lorry has more packages on one side",
       {"X.packages"},
       [](Record& record, const Plan& plan, Laid& overrides) {
         return lay_over(plan, overrides, road_filing(plan), "packages", more(get(record, "packages"), 1));
       }},
      {"the lorry has another number on one side",
       {"X.vehicle"},
       [](Record&, const Plan& plan, Laid& overrides) {
         return declared_to_the_mainland(plan) && lay_over(plan, overrides, road_filing(plan), "vesselId", "AB9999");
       }},
      {"another origin on one side",
       {"X.origin"},
       [](Record&, const Plan& plan, Laid& overrides) {
         if (!declared_to_the_mainland(plan) || has(plan, "hk/1A") || (!has(plan, "hk/2") && !has(plan, "hk/1"))) return false;
         return lay_over(plan, overrides, has(plan, "cn/dec-import") ? "cn/dec-import" : "cn/dec-export", "item[1].OriginCountry", "276");
       }},
      {"another invoiced amount on one side",
       {"X.value"},
       [](Record& record, const Plan& plan, Laid& overrides) {
         const bool in = has(plan, "cn/dec-import");
         const std::string key = in ? "hk/2" : "hk/1";
         const PlannedFiling* filing = find(plan, key);
         if (!declared_to_the_mainland(plan) || filing == nullptr || filing->items.size() != record.rows(Group::goods)) return false;
         return lay_over(plan, overrides, key, "invoice.amount", more(get(record, "invoice.amount"), 7));
       }},
      {"a name is missing",
       {"field.required"},
       [](Record& record, const Plan& plan, Laid&) {
         if (!has(plan, "cn/dec-import") && !has(plan, "cn/dec-export")) return false;
         put(record, "declarant.name", "");
         put(record, "declarant.nameLocal", "");
         return true;
       }},
      {"a name is too long",
       {"field.length"},
       [](Record& record, const Plan&, Laid&) {
         put(record, "consignor.name", std::string(180, 'X'));
         return true;
       }},
  };
  return kFaults;
}

TEST(Property, a_planted_fault_is_found_by_its_rule_and_by_no_other) {
  for (const Fault& fault : faults()) {
    size_t tried = 0;
    for (uint64_t seed = 0; seed < kSeeds && tried < 12; ++seed) {
      Record record = world_record(seed);
      const Plan before = planned(record);
      Laid overrides;
      if (!fault.spoil(record, before, overrides)) continue;
      ++tried;
      std::set<std::string> known, found;
      for (const Finding& finding : all_findings(before)) known.insert(told(finding));
      std::string text;
      for (const Finding& finding : all_findings(planned(record, overrides))) {
        if (known.contains(told(finding))) continue;
        found.insert(finding.rule);
        text += told(finding) + "\n";
      }
      EXPECT_EQ(found, fault.rules) << fault.name << ", seed " << seed << "\n" << text;
    }
    EXPECT_GE(tried, 3u) << fault.name;
  }
}

}  // namespace
}  // namespace fairway::filing::engine_tests
