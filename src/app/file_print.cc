#include "app/file_print.h"

#include <fmt/format.h>

#include <iostream>

namespace fairway::app {
namespace {

// "zh-Hant" → "hant": the member of {"en","hant","hans"}; English where that one is empty.
std::string_view in(const json::object* words, std::string_view language) {
  if (words == nullptr) return {};
  const bool is_chinese = language.starts_with("zh");
  const bool is_traditional = language.contains("Hant") || language.contains("HK") || language.contains("TW");
  const std::string_view text = text_of(*words, !is_chinese ? "en" : is_traditional ? "hant" : "hans");
  return text.empty() ? text_of(*words, "en") : text;
}

std::string_view title_of(const json::object& object, std::string_view language) { return in(object_of(object, "title"), language); }

size_t count_of(const json::object& object, std::string_view member) {
  const json::array* list = array_of(object, member);
  return list == nullptr ? 0 : list->size();
}

std::string charge_of(const json::object& filing) {
  const json::object* charge = object_of(filing, "charge");
  if (charge == nullptr) return {};
  return fmt::format("{} {}", text_of(*charge, "currency"), text_of(*charge, "total"));
}

std::string deadline_of(const json::object& filing) {
  if (const json::object* deadline = object_of(filing, "deadline")) return local_time(text_of(*deadline, "latest"));
  const std::string_view waits = text_of(filing, "deadlineWaitsFor");
  return waits.empty() ? std::string("-") : fmt::format("once known: {}", waits);
}

template <typename Visit>
void each_object(const json::object& object, std::string_view member, const Visit& visit) {
  if (const json::array* list = array_of(object, member))
    for (const json::value& item : *list)
      if (const json::object* one = item.if_object()) visit(*one);
}

void print_table(const json::object& plan, std::string_view language) {
  std::cout << fmt::format("  {:<12} {:<44} {:<12} {:<26} {:<14} {}\n", "filing", "what", "who", "by", "charge", "missing");
  each_object(plan, "filings", [&](const json::object& filing) {
    std::cout << fmt::format("  {:<12} {:<44} {:<12} {:<26} {:<14} {}\n", text_of(filing, "key"), title_of(filing, language),
                             text_of(filing, "filer"), deadline_of(filing), charge_of(filing), count_of(filing, "missing"));
  });
}

// The title of a field of the filing by its name.
std::string_view field_title(const json::object& filing, std::string_view name, std::string_view language) {
  std::string_view title;
  each_object(filing, "fields", [&](const json::object& field) {
    if (text_of(field, "name") == name) title = title_of(field, language);
  });
  return title;
}

void print_missing(const json::object& plan, std::string_view language) {
  bool begun = false;
  each_object(plan, "filings", [&](const json::object& filing) {
    const json::array* missing = array_of(filing, "missing");
    if (missing == nullptr || missing->empty()) return;
    if (!begun) std::cout << "\nmissing\n";
    begun = true;
    for (const json::value& name : *missing)
      if (const json::string* text = name.if_string())
        std::cout << fmt::format("  {:<12} {:<28} {}\n", text_of(filing, "key"), std::string_view(*text),
                                 field_title(filing, *text, language));
  });
}

void print_exempted(const json::object& plan, std::string_view language) {
  if (count_of(plan, "exempted") == 0) return;
  std::cout << "\nexempted\n";
  each_object(plan, "exempted", [&](const json::object& exempted) {
    std::cout << fmt::format("  {:<12} {}: {}  {}\n", text_of(exempted, "key"), text_of(exempted, "category"), title_of(exempted, language),
                             text_of(exempted, "evidence"));
  });
}

void print_finding(const json::object& finding, std::string_view language) {
  const std::string_view form = text_of(finding, "form");
  std::string_view place = text_of(finding, "field");
  if (place.empty()) place = text_of(finding, "path");
  std::cout << fmt::format("  {} {:<10} {:<28} {:<14} {}\n", text_of(finding, "weight") == "blocking" ? "!" : "?",
                           form.empty() ? "record" : form, place, text_of(finding, "rule"), in(object_of(finding, "message"), language));
  if (const std::string_view cure = in(object_of(finding, "cure"), language); !cure.empty()) std::cout << "      → " << cure << "\n";
  if (const std::string_view source = text_of(finding, "source"); !source.empty()) std::cout << "      (" << source << ")\n";
}

// Of a plan with its filings, or of one filing.
size_t print_all_findings(const json::object& plan, std::string_view language) {
  size_t count = count_of(plan, "across") + count_of(plan, "findings");
  each_object(plan, "filings", [&](const json::object& filing) { count += count_of(filing, "findings"); });
  if (count == 0) return 0;
  std::cout << "\nfindings (! blocks, ? warns)\n";
  for (const std::string_view own : {"across", "findings"})
    each_object(plan, own, [&](const json::object& finding) { print_finding(finding, language); });
  each_object(plan, "filings", [&](const json::object& filing) {
    each_object(filing, "findings", [&](const json::object& finding) { print_finding(finding, language); });
  });
  return count;
}

// A group of fields: who stands for it, or what of it is to be looked at first.
void print_group(const json::object& filing, const json::object& group) {
  const std::string_view name = text_of(group, "group");
  if (const json::object* confirmed = object_of(group, "confirmed")) {
    std::cout << fmt::format("  {:<12} confirmed by {} at {}\n", name, text_of(*confirmed, "name"), local_time(text_of(*confirmed, "at")));
    return;
  }
  std::cout << fmt::format("  {:<12} not confirmed\n", name);
  const json::array* unsure = array_of(group, "lookAt");
  if (unsure == nullptr) return;
  for (const json::value& item : *unsure)
    if (const json::string* field = item.if_string())
      each_object(filing, "fields", [&](const json::object& filled) {
        if (text_of(filled, "name") == std::string_view(*field))
          std::cout << fmt::format("      look at {} = {} ({} %)\n", std::string_view(*field), text_of(filled, "value"),
                                   integer_of(filled, "confidence").value_or(0));
      });
}

bool blocks(const json::object& object, std::string_view member) {
  bool any = false;
  each_object(object, member, [&](const json::object& finding) { any = any || text_of(finding, "weight") == "blocking"; });
  return any;
}

}  // namespace

void print_plan(const json::object& plan, std::string_view language) {
  if (count_of(plan, "filings") == 0)
    std::cout << "  nothing has to be filed\n";
  else
    print_table(plan, language);
  print_missing(plan, language);
  print_exempted(plan, language);
  print_all_findings(plan, language);
  if (const json::object* typing = object_of(plan, "typing"))
    std::cout << fmt::format("\ntyped: {} of {} fields ({:.1f} %)\n", integer_of(*typing, "typed").value_or(0),
                             integer_of(*typing, "total").value_or(0), 100 * number_of(*typing, "rate").value_or(0));
}

void print_plan_findings(const json::object& plan, std::string_view language) {
  if (print_all_findings(plan, language) == 0) std::cout << "  nothing was found\n";
}

void print_findings(const json::array& findings, std::string_view language) {
  for (const json::value& item : findings)
    if (const json::object* finding = item.if_object()) print_finding(*finding, language);
}

void print_filing(const json::object& filing, std::string_view language) {
  std::cout << fmt::format("{}  {}  {}\n", text_of(filing, "id"), text_of(filing, "key"), title_of(filing, language));
  std::cout << "  state: " << text_of(filing, "state");
  if (truth_of(filing, "stale").value_or(false)) std::cout << ", the record has changed since";
  if (truth_of(filing, "late").value_or(false)) std::cout << ", late";
  if (const std::string_view number = text_of(filing, "number"); !number.empty()) std::cout << "\n  number: " << number;
  if (const std::string_view latest = text_of(filing, "latest"); !latest.empty()) std::cout << "\n  by: " << local_time(latest);
  if (const std::string_view next = text_of(filing, "next"); !next.empty()) std::cout << "\n  next: " << next;
  std::cout << "\n";
  each_object(filing, "groups", [&](const json::object& group) { print_group(filing, group); });
  each_object(filing, "answers", [&](const json::object& answer) {
    std::cout << fmt::format("  {}  {} {}\n", local_time(text_of(answer, "at")), text_of(answer, "status"), text_of(answer, "text"));
    each_object(answer, "remarks", [&](const json::object& remark) {
      std::cout << fmt::format("      {} {}\n", text_of(remark, "field"), text_of(remark, "text"));
    });
  });
  if (const json::array* missing = array_of(filing, "missing"); missing != nullptr && !missing->empty()) {
    std::cout << "\nmissing\n";
    for (const json::value& name : *missing)
      if (const json::string* text = name.if_string())
        std::cout << fmt::format("  {:<28} {}\n", std::string_view(*text), field_title(filing, *text, language));
  }
  if (count_of(filing, "findings") == 0) return;
  std::cout << "\nfindings (! blocks, ? warns)\n";
  print_findings(*array_of(filing, "findings"), language);
}

void print_filing_lines(const json::array& filings, std::string_view language) {
  std::cout << fmt::format("  {:<16} {:<12} {:<40} {:<11} {:<26} {}\n", "filing", "form", "what", "state", "by", "next");
  for (const json::value& item : filings)
    if (const json::object* filing = item.if_object())
      std::cout << fmt::format("  {:<16} {:<12} {:<40} {:<11} {:<26} {}\n", text_of(*filing, "id"), text_of(*filing, "key"),
                               title_of(*filing, language), text_of(*filing, "state"), local_time(text_of(*filing, "latest")),
                               text_of(*filing, "next"));
}

bool has_blocking(const json::object& object) {
  bool any = blocks(object, "across") || blocks(object, "findings");
  each_object(object, "filings", [&](const json::object& filing) { any = any || blocks(filing, "findings"); });
  return any;
}

std::string local_time(std::string_view rfc3339) {
  if (rfc3339.size() < 20) return std::string(rfc3339);
  const std::string_view offset = rfc3339.ends_with('Z') ? "UTC" : rfc3339.substr(rfc3339.size() - 6);
  return fmt::format("{} {} {}", rfc3339.substr(0, 10), rfc3339.substr(11, 5), offset);
}

}  // namespace fairway::app
