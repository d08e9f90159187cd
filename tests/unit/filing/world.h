// Consignments by chance, each consistent in itself: what the property tests and bench/filing.cc file. A seed gives the same one always.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/instant.h"
#include "filing/record/record.h"
#include "model/reference.h"

namespace fairway::filing::world {

using Fields = std::vector<std::pair<std::string, std::string>>;  // path and value

class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed * 2 + 1) {}
  uint64_t next() {  // SplitMix64
    uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  uint64_t between(uint64_t least, uint64_t most) { return least + next() % (most - least + 1); }
  template <typename T, size_t N>
  const T& of(const std::array<T, N>& all) {
    return all[next() % N];
  }

 private:
  uint64_t state_;
};

struct Article {
  std::string_view hs, hkhs, cn, unit, en, zh;
  int64_t cents, grams;  // of one
};
// Codes that are in the excerpts of both sides' tables; rice goes on a form of its own.
inline constexpr std::array kArticles = std::to_array<Article>({
    {"610910", "61091000", "6109100021", "H87", "T-shirts of cotton, knitted", "棉制针织T恤衫", 450, 180},
    {"620342", "62034200", "6203429069", "H87", "Trousers of cotton", "棉制男裤", 990, 420},
    {"640399", "64039900", "6403990090", "NPR", "Footwear with leather uppers", "皮革制面鞋", 2450, 900},
    {"847130", "84713000", "8471309000", "H87", "Portable computers", "便携式电脑", 49900, 1600},
    {"851713", "85171300", "8517130000", "H87", "Smartphones", "智能手机", 29900, 350},
    {"910211", "91021100", "9102110000", "H87", "Wrist-watches, electric", "电子手表", 1999, 90},
    {"901910", "90191000", "9019101000", "H87", "Massage apparatus", "按摩器具", 3500, 2100},
    {"100630", "10063000", "1006302001", "KGM", "Rice, milled", "籼米精米", 120, 1000},
});

struct Leg {
  std::string_view mode, from, to;
};
struct Route {
  std::string_view name;
  std::string_view consignor, consignee;  // countries
  std::vector<Leg> legs;
  bool boxes = true;
};
inline const std::vector<Route>& routes() {
  static const std::vector<Route> kRoutes = {
      {"factory by road, then to sea", "CN", "NL", {{"ROAD", "CNSZX", "HKHKG"}, {"SEA", "HKHKG", "NLRTM"}}},
      {"by sea, then over the bridge", "DE", "CN", {{"SEA", "DEHAM", "HKHKG"}, {"ROAD", "HKHKG", "CNSZX"}}},
      {"barge, then to sea, with a change on the way",
       "CN",
       "US",
       {{"RIVER", "CNCAN", "HKHKG"}, {"SEA", "HKHKG", "KRPUS"}, {"SEA", "KRPUS", "USLAX"}}},
      {"into Hong Kong by sea", "DE", "HK", {{"SEA", "DEHAM", "HKHKG"}}},
      {"out of Hong Kong by air", "HK", "JP", {{"AIR", "HKHKG", "JPNRT"}}, false},
      {"within the bay, by road", "HK", "CN", {{"ROAD", "HKHKG", "CNSZX"}}},
  };
  return kRoutes;
}

inline constexpr int64_t kNowUs = 1'795'492'800'000'000;  // 2026-11-24T04:00:00Z
inline constexpr std::string_view kToday = "2026-11-24";

class Maker {
 public:
  explicit Maker(uint64_t seed) : chance_(seed), route_(routes()[chance_.next() % routes().size()]) {}

  Fields make() {
    parties();
    legs();
    goods();
    invoice();
    boxes();
    papers();
    mainland();
    return std::move(fields_);
  }

 private:
  void put(std::string path, std::string value) { fields_.emplace_back(std::move(path), std::move(value)); }
  void row(std::string_view group, size_t number, std::string_view item, std::string value) {
    put(fmt::format("{}[{}].{}", group, number, item), std::move(value));
  }
  static std::string decimal(int64_t units, int scale) { return Decimal(units, scale).text(); }

  void party(const std::string& role, std::string_view country) {
    put(role + ".country", std::string(country));
    if (country == "CN") {
      put(role + ".name", "Shenzhen Dapeng Electronics Co Ltd");
      put(role + ".nameLocal", "深圳大鹏电子有限公司");
      put(role + ".address", "18 Haibin Road, Dapeng, Shenzhen");
      put(role + ".uscc", "91310107132231740K");
      put(role + ".customs", "4403160ABC");
    } else if (country == "HK") {
      put(role + ".name", "Wing On Trading Ltd");
      put(role + ".nameLocal", "永安貿易有限公司");
      put(role + ".address", "8/F, 12 Wing Lok Street, Sheung Wan");
      put(role + ".br", "12345678");
    } else {
      put(role + ".name", "Van Dijk Handel BV");
      put(role + ".address", "Wilhelminakade 901");
    }
  }

  void parties() {
    put("reference", fmt::format("REF{}", chance_.between(100'000, 999'999)));
    party("consignor", route_.consignor);
    party("consignee", route_.consignee);
    const bool between = route_.consignor != "HK" && route_.consignee != "HK";
    through_ = between && chance_.next() % 2 == 0;
    if (through_) put("throughDocument", "MAEU123456789");
    // Somebody of Hong Kong buys and sells on where there is no through bill.
    if (between && !through_) party("importer", "HK"), party("exporter", "HK");
    party("declarant", "CN");
    put("declarant.br", "87654321");
    put("carrier.name", "Pearl Delta Lines");
    put("carrier.code", "PDLN");
    put("forwarder.name", "Kwun Tong Forwarding Ltd");
    put("countryOfDispatch", std::string(route_.consignor));
    put("countryOfDestination", std::string(route_.consignee));
    put("countryOfTrading", std::string(route_.consignor == "CN" ? route_.consignee : route_.consignor));
    put("placeOfLoading", std::string(route_.legs.front().from));
    put("placeOfDischarge", std::string(route_.legs.back().to));
  }

  static std::string moment(int64_t hours) { return to_rfc3339_utc(kNowUs + hours * 3'600'000'000); }

  void legs() {
    auto hours = static_cast<int64_t>(chance_.between(26, 60));
    for (size_t i = 0; i < route_.legs.size(); ++i) {
      const Leg& leg = route_.legs[i];
      const size_t n = i + 1;
      row("legs", n, "mode", std::string(leg.mode));
      row("legs", n, "from", std::string(leg.from));
      row("legs", n, "to", std::string(leg.to));
      row("legs", n, "loadingStarts", moment(hours - 2));
      row("legs", n, "departure", moment(hours));
      hours += static_cast<int64_t>(chance_.between(3, 20));
      row("legs", n, "arrival", moment(hours));
      hours += static_cast<int64_t>(chance_.between(6, 30));
      row("legs", n, "carrierCode", "PDLN");
      row("legs", n, "cnClearance", "001");
      row("legs", n, "customs", "5301");
      if (leg.mode == "ROAD") {
        row("legs", n, "vehicle", "FV1234");
        row("legs", n, "driver", "陳大文");
        row("legs", n, "driverCode", "4400123456");
        row("legs", n, "controlPoint", "LMC");
        row("legs", n, "document", fmt::format("54{:011}", chance_.between(1, 99'999'999)));
      } else if (leg.mode == "AIR") {
        const uint64_t serial = chance_.between(1'000'000, 9'999'999);
        row("legs", n, "flight", "CX500");
        row("legs", n, "document", fmt::format("160{}{}", serial, serial % 7));
      } else {
        row("legs", n, "vessel", leg.mode == "SEA" ? "EVER GIVEN" : "YUE HAI 88");
        row("legs", n, "imo", "9811000");
        row("legs", n, "voyage", fmt::format("{}W", chance_.between(100, 999)));
        row("legs", n, "container", "yes");
        row("legs", n, "document", fmt::format("PDLN{}", chance_.between(1'000'000, 9'999'999)));
      }
    }
  }

  void goods() {
    const size_t lines = chance_.between(1, 8);
    int64_t packages = 0, gross = 0, net = 0;
    box_count_ = route_.boxes ? chance_.between(1, 3) : 0;
    const bool mixed = chance_.next() % 4 == 0;  // rice beside the rest: two forms
    for (size_t n = 1; n <= lines; ++n) {
      const Article& article = mixed && n == 1 ? kArticles.back() : kArticles[chance_.next() % (kArticles.size() - 1)];
      const auto quantity = static_cast<int64_t>(chance_.between(10, 900));
      const auto cartons = static_cast<int64_t>(chance_.between(1, 40));
      const int64_t net_grams = quantity * article.grams, gross_grams = net_grams + cartons * 700;
      row("goods", n, "description", std::string(article.en));
      row("goods", n, "descriptionLocal", std::string(article.zh));
      row("goods", n, "hs", std::string(article.hs));
      row("goods", n, "hkhs", std::string(article.hkhs));
      row("goods", n, "cnCode", std::string(article.cn));
      row("goods", n, "cnElements", fmt::format("{}|境内自主品牌|零售|{}型", article.zh, n));
      row("goods", n, "originCountry", route_.consignor == "HK" ? "VN" : std::string(route_.consignor));
      row("goods", n, "quantity", decimal(quantity, 0));
      row("goods", n, "unit", std::string(article.unit));
      row("goods", n, "packages", decimal(cartons, 0));
      row("goods", n, "packageType", "CT");
      row("goods", n, "netMassKg", decimal(net_grams, 3));
      row("goods", n, "grossMassKg", decimal(gross_grams, 3));
      row("goods", n, "unitPrice", decimal(article.cents, 2));
      row("goods", n, "amount", decimal(article.cents * quantity, 2));
      row("goods", n, "brand", "DAPENG");
      packages += cartons, gross += gross_grams, net += net_grams, cents_ += article.cents * quantity, quantity_ += quantity;
    }
    lines_ = lines, packages_ = packages, gross_ = gross;
    put("packages", decimal(packages, 0));
    put("packageType", "CT");
    put("marks", "DP/ROTTERDAM/1-UP");
    put("grossMassKg", decimal(gross, 3));
    put("netMassKg", decimal(net, 3));
    put("description", "Consumer goods as listed");
  }

  void invoice() {
    static constexpr std::array<std::string_view, 6> kTerms = {"EXW", "FOB", "CFR", "CIF", "FCA", "DAP"};
    static constexpr std::array<std::string_view, 4> kCurrencies = {"USD", "EUR", "CNY", "HKD"};
    put("invoice.number", fmt::format("INV{}", chance_.between(1000, 9999)));
    put("invoice.date", "2026-11-20");
    put("invoice.currency", std::string(chance_.of(kCurrencies)));
    put("invoice.amount", decimal(cents_, 2));
    put("invoice.incoterm", std::string(chance_.of(kTerms)));
    put("freight.amount", decimal(cents_ / 40, 2));
    put("freight.currency", std::string(chance_.of(kCurrencies)));
    put("insurance.amount", decimal(cents_ / 500, 2));
    put("contract.number", "C-2026-118");
  }

  void boxes() {
    std::vector<std::string> numbers;
    for (size_t n = 1; n <= box_count_; ++n) {
      const std::string prefix = fmt::format("MSKU{:06}", chance_.between(1, 999'999));
      numbers.push_back(prefix + std::to_string(iso6346_check_digit(prefix)));
      row("containers", n, "number", numbers.back());
      row("containers", n, "type", "22G1");
      row("containers", n, "seals", fmt::format("SL{}", chance_.between(10'000, 99'999)));
      row("containers", n, "load", "FULL");
      row("containers", n, "tareKg", "2200");
      row("containers", n, "grossKg", "12000");
    }
    for (size_t line = 1; line <= lines_ && !numbers.empty(); ++line) {
      // The first line is in all of them, so that none is empty.
      std::string all;
      for (const std::string& number : numbers) all += (all.empty() ? "" : " ") + number;
      row("goods", line, "containers", line == 1 ? all : numbers[line % numbers.size()]);
    }
  }

  void papers() {
    row("documents", 1, "type", "INVOICE");
    row("documents", 1, "number", "INV-1");
    row("documents", 2, "type", "PACKING-LIST");
    row("documents", 2, "number", "PL-1");
    row("documents", 2, "packages", decimal(packages_, 0));
    row("documents", 2, "grossMassKg", decimal(gross_, 3));
  }

  void mainland() {
    put("cn.tradeMode", "0110");
    put("cn.levyNature", "101");
    put("cn.dutyMode", "1");
    put("cn.customMaster", "5301");
    put("cn.entyPort", "470301");
    put("cn.despPort", "DEU057");
    put("cn.distinatePort", "NLD033");
    put("cn.district", "44031");
    put("cn.dest", "440307");
    put("cn.goodsPlace", "Yantian bonded yard 3");
    put("cn.specialRelation", "no");
    put("cn.priceInfluence", "no");
    put("cn.royalty", "no");
  }

  Chance chance_;
  const Route& route_;
  Fields fields_;
  bool through_ = false;
  size_t lines_ = 0, box_count_ = 0;
  int64_t packages_ = 0, gross_ = 0, cents_ = 0, quantity_ = 0;
};

inline Fields consignment(uint64_t seed) { return Maker(seed).make(); }

inline Result<Record> record_of(const Schema& schema, const Fields& fields) {
  Record record(schema);
  const auto source = std::make_shared<const Source>(Source{SourceKind::message, "IFTMBF 4711", "pty_0123456789", {}, kNowUs, 98});
  for (const auto& [path, value] : fields) {
    const Path at = TRY(schema.parse_path(path));
    TRY_OK(record.put(at, TRY(schema.normalise(at.item, value)), source));
  }
  return record;
}

}  // namespace fairway::filing::world
