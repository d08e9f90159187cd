#include <gtest/gtest.h>

#include "engine_support.h"
#include "filing/form/evaluator.h"

namespace fairway::filing::engine_tests {
namespace {

const CodeLists kNoLists;

Result<Expression> parse(std::string_view text, RowSet rows = 0) {
  return Expression::parse(text, {regimes().schema(), kNoLists, kNoLists, rows, {}});
}

// Rotterdam to Singapore by sea, and on to Johor by road.
const Record& on_to_johor() {
  static const Record kRecord = [] {
    Record made = import_into_singapore();
    put(made, "goods[1].quantity", "12");
    put(made, "goods[1].unit", "DZN");
    put(made, "goods[2].quantity", "0.5");
    put(made, "goods[2].originCountry", "DE");
    put(made, "goods[2].containers", "CSQU3054383");
    put(made, "legs[2].mode", "ROAD");
    put(made, "legs[2].from", "SGSIN");
    put(made, "legs[2].to", "MYJHB");
    put(made, "legs[2].vehicle", "JKL1234");
    put(made, "legs[2].departure", "2026-12-01T09:00:00+08:00");
    return made;
  }();
  return kRecord;
}

std::string yields(std::string_view text, RowSet rows = 0, uint32_t row = 0) {
  const auto expression = parse(text, rows);
  if (!expression) return expression.error().text();
  const Setting setting = on("2026-11-24", 1'795'492'800'000'000);
  Evaluator evaluator(*regimes().find("sg"), on_to_johor(), setting);
  const std::vector<uint32_t> all = {0, 1};
  evaluator.set_form(all, "2026-11-24");
  for (const Group group : {Group::goods, Group::containers, Group::legs}) evaluator.set_row(group, row, row);
  return std::string(evaluator.text_of(evaluator.run(*expression)));
}

struct Case {
  std::string_view text, value;
};

TEST(Expression, yields_what_the_reference_says) {
  static constexpr Case kCases[] = {
      {"'text'", "text"},
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"-2 + 5", "3"},
      {"7 / 4", "1.75"},
      {"1 / 0", ""},
      {"10 - 4 - 3", "3"},
      {"2 < 10 and not (2 > 10)", "yes"},
      {"'2' < 10", "yes"},
      {"no or yes and no", "no"},
      {"'b' in ('a', 'b')", "yes"},
      {"packages in (11, 12)", "yes"},
      {"invoice.incoterm = 'FOB'", "yes"},
      {"importer.name = 'x' or importer.name != 'x'", "no"},
      {"present(importer.uen) and absent(importer.name)", "yes"},
      {"first(importer.name, consignee.name, 'nobody')", "Lim Trading"},
      {"if(packages > 10, 'many', 'few')", "many"},
      {"if(packages > 100, 'many')", ""},
      {"concat(invoice.currency, ' ', invoice.amount)", "USD 1000"},
      {"upper('ab') = 'AB'", "yes"},
      {"digits('深圳A', 2, 3)", "圳A"},
      {"starts('85044090', '8504') and contains('ABC', 'B')", "yes"},
      {"length('深圳A')", "5"},
      {"shape('24HK12', '99AA99')", "yes"},
      {"round(2.345, 2)", "2.35"},
      {"round_up(2.341, 2)", "2.35"},
      {"min(3, 1, 2) + max(3, 1, 2)", "4"},
      {"count(goods)", "2"},
      {"count(goods, item.originCountry = 'DE')", "2"},
      {"sum(goods.amount)", "1000"},
      {"sum(goods.amount, item.hs = '850440')", "333.33"},
      {"sum(goods, item.quantity * 2)", "25"},
      {"any(goods, item.quantity < 1) and not all(goods, item.quantity < 1)", "yes"},
      {"joined(goods.hs)", "850440, 852351"},
      {"joined(goods.originCountry)", "DE"},
      {"joined(goods.row, item.quantity < 1)", "2"},
      {"joined(goods.row, ',')", "1,2"},
      {"joined(containers, joined(goods.row, contains(item.containers, container.number)))", "2"},
      {"same(goods.originCountry) and not same(goods.hs)", "yes"},
      {"same(goods, digits(item.hs, 1, 2))", "yes"},
      {"country('SGSIN')", "SG"},
      {"within('SGSIN') and not within('MYJHB')", "yes"},
      {"day(legs[1].arrival)", "an error"},
      {"day(arrival)", "2026-12-01"},
      {"days(today, arrival)", "7"},
      {"minutes(arrival, dispatch)", "150"},
      {"arrival < dispatch", "yes"},
      {"day(arrival) = '2026-12-01'", "yes"},
      {"now < arrival", "yes"},
      {"trade", "transhipment"},
      {"inbound.vessel", "EVER GIVEN"},
      {"outbound.vehicle", "JKL1234"},
      {"count(legs, crossing = 'in') + count(legs, crossing = 'out')", "2"},
      {"convert(12, 'DZN', 'H87')", "144"},
      {"convert(1, 'TNE', 'KGM')", "1000"},
      {"convert(1, 'KGM', 'LTR')", ""},
      {"money(100, 'USD')", "135"},
      {"money(100, 'SGD')", "100"},
      {"money(100, 'XXX')", ""},
      {"customs_value('CIF')", "1485"},
      {"customs_value('FOB')", "1350"},
      {"container_number('CSQU3054383') and container_number('MSKU9070323') and not container_number('CSQU3054384')", "yes"},
      {"uscc('91510100569680768F') and uscc('91310107132231740K') and not uscc('91310107132231740L')", "yes"},
      {"awb('16012345675') and awb('160-12345675') and not awb('16012345676')", "yes"},
      {"imo_number('9811000') and not imo_number('9811001')", "yes"},
      {"post_box('P.O. Box 12, Central') and post_box('GPO BOX12') and post_box('郵政信箱 12 號')", "yes"},
      {"post_box('Expo Boxing Ltd, 8 Box Hill Road')", "no"},
  };
  for (const Case& known : kCases) {
    if (known.value == "an error") {
      EXPECT_FALSE(parse(known.text)) << known.text;
    } else {
      EXPECT_EQ(yields(known.text), known.value) << known.text;
    }
  }
}

TEST(Expression, knows_the_row_at_hand) {
  const RowSet goods = row_of(Group::goods);
  EXPECT_EQ(yields("item.hs", goods, 1), "852351");
  EXPECT_EQ(yields("row", goods, 1), "2");
  EXPECT_EQ(yields("item.amount / sum(goods.amount)", goods, 1), "0.66667");
  EXPECT_EQ(yields("customs_value('CIF')", goods, 1), "990");
  EXPECT_EQ(yields("convert(item.quantity, item.unit, 'NMB')", goods, 0), "144");
  EXPECT_EQ(yields("crossing", row_of(Group::legs), 1), "out");
}

TEST(Expression, says_what_is_wrong_and_where) {
  static constexpr Case kCases[] = {
      {"", ""},
      {"consignor.nam", "at character 14: there is no item consignor.nam"},
      {"goods.hs", "there is no item goods.hs"},
      {"item.hs", "no item is at hand here"},
      {"leg.vessel", "no leg is at hand here"},
      {"1 +", "it ends where a value was expected"},
      {"(1", "')' is missing"},
      {"'open", "a text is not closed"},
      {"1 2", "nothing more was expected here"},
      {"1 ? 2", "nothing more was expected here"},
      {"present()", "present() takes 1 values, not 0"},
      {"present(ucr, ucr)", "present() takes 1 values, not 2"},
      {"sum(prices.x)", "sum() begins with goods, allgoods, containers, documents or legs"},
      {"sum(goods)", "too few or too many values"},
      {"any(goods)", "too few or too many values"},
      {"map('nowhere', ucr)", "there is no maps/nowhere.csv"},
      {"listed(ucr, 'x')", "begins with the name of a list"},
      {"customs_value('EXW')", "is of 'CIF' or of 'FOB'"},
      {"field.value", "no fields of a form are known here"},
      {"crossing = 'in'", "no leg is at hand here"},
      {"1.2.3", "not a decimal number"},
  };
  for (const Case& known : kCases) {
    const auto made = parse(known.text);
    if (known.value.empty()) {
      EXPECT_TRUE(made && made->empty());
    } else if (made) {
      ADD_FAILURE() << known.text << " was taken";
    } else {
      EXPECT_NE(made.error().text().find(known.value), std::string::npos) << known.text << ": " << made.error().text();
    }
  }
}

TEST(Expression, is_bounded) {
  EXPECT_FALSE(parse(std::string(200, '(') + "1" + std::string(200, ')')));
  std::string sum = "1";
  for (int i = 0; i < 5'000; ++i) sum += "+(1)";
  EXPECT_FALSE(parse(sum));
}

}  // namespace
}  // namespace fairway::filing::engine_tests
