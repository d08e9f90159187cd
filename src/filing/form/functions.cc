// The names that expressions know; docs/reference/filing.md says what each is.
#include <algorithm>
#include <array>

#include "filing/form/evaluator.h"

namespace fairway::filing {
namespace {

using Form = Function::Form;
constexpr uint8_t kMany = 32;

constexpr std::array kFunctions = std::to_array<Function>({
    {"absent", &Evaluator::is_absent, 1, 1},
    {"all", &Evaluator::all, 1, 1, Form::aggregate},
    {"any", &Evaluator::any, 1, 1, Form::aggregate},
    {"arrival", &Evaluator::arrival, 0, 0, Form::word},
    {"awb", &Evaluator::air_waybill, 1, 1},
    {"charge", &Evaluator::charge_due, 2, 3},
    {"concat", &Evaluator::concat, 1, kMany},
    {"container_number", &Evaluator::container_number, 1, 1},
    {"contains", &Evaluator::contains, 2, 2},
    {"convert", &Evaluator::convert, 3, 3},
    {"count", &Evaluator::count, 0, 1, Form::aggregate},
    {"country", &Evaluator::country, 1, 1},
    {"crossing", &Evaluator::crossing_of_leg, 0, 0, Form::word},
    {"customs_value", &Evaluator::customs_value, 1, 1},
    {"day", &Evaluator::date_of, 1, 1},
    {"days", &Evaluator::days, 2, 2},
    {"digits", &Evaluator::digits, 3, 3},
    {"dispatch", &Evaluator::dispatch, 0, 0, Form::word},
    {"first", &Evaluator::first, 1, kMany},
    {"if", &Evaluator::choice, 2, 3},
    {"imo_number", &Evaluator::imo_number, 1, 1},
    {"joined", &Evaluator::joined, 1, 3, Form::aggregate},
    {"length", &Evaluator::length, 1, 1},
    {"listed", &Evaluator::listed, 1, 1, Form::list},
    {"map", &Evaluator::mapped, 1, 1, Form::list},
    {"max", &Evaluator::most, 1, kMany},
    {"min", &Evaluator::least, 1, kMany},
    {"minutes", &Evaluator::minutes, 2, 2},
    {"money", &Evaluator::money, 2, 2},
    {"now", &Evaluator::now, 0, 0, Form::word},
    {"post_box", &Evaluator::post_box, 1, 1},
    {"present", &Evaluator::is_present, 1, 1},
    {"round", &Evaluator::round, 2, 2},
    {"round_up", &Evaluator::round_up, 2, 2},
    {"row", &Evaluator::row_number, 0, 0, Form::word},
    {"same", &Evaluator::same, 1, 2, Form::aggregate},
    {"shape", &Evaluator::shape, 2, 2},
    {"starts", &Evaluator::starts, 2, 2},
    {"sum", &Evaluator::sum, 1, 2, Form::aggregate},
    {"today", &Evaluator::today, 0, 0, Form::word},
    {"trade", &Evaluator::trade, 0, 0, Form::word},
    {"upper", &Evaluator::upper, 1, 1},
    {"uscc", &Evaluator::unified_code, 1, 1},
    {"within", &Evaluator::within, 1, 1},
});
static_assert(std::ranges::is_sorted(kFunctions, {}, &Function::name));

}  // namespace

const Function* find_function(std::string_view name) {
  const auto found = std::ranges::lower_bound(kFunctions, name, {}, &Function::name);
  return found != kFunctions.end() && found->name == name ? &*found : nullptr;
}

}  // namespace fairway::filing
