// The code lists of container messages as tables: what a qualifier or code of EDIFACT means in Fairway's model.
//
// Mappers look up here and nowhere else; the milestones of reports are in model/milestone.h. Sources: the UN directories' UNCL,
// UN/ECE Recommendations 19 (mode of transport) and 24 (status), and what ITIGG and SMDG traffic shows (standards.md 4.5). Pure;
// any thread.
#pragma once

#include <optional>
#include <string_view>

#include "model/event.h"

namespace fairway::gateway::edifact {

// What a time of a means of transport says (DTM 2005 beside TDT and LOC): 133 is an estimated departure.
struct CallTime {
  Milestone milestone;
  Classifier classifier;
};
[[nodiscard]] std::optional<CallTime> call_time_of(std::string_view dtm_2005);

// The kind of reference of RFF 1153, where Fairway keeps one.
[[nodiscard]] std::optional<ReferenceKind> reference_kind_of(std::string_view rff_1153);

// What EQD 8053 identifies: a container or swap body, or a vehicle; nothing for loose equipment (gensets, pallets).
[[nodiscard]] std::optional<ReferenceKind> equipment_kind_of(std::string_view eqd_8053);

// By 8067 (Recommendation 19), else by the type of means 8179.
[[nodiscard]] TransportMode mode_of(std::string_view tdt_8067, std::string_view tdt_8179);

// The scheme of a party or carrier code from 3055 and the code itself ("COS" with agency 20 → "SMDG"); "ZZZ" where nobody says.
[[nodiscard]] std::string_view scheme_of(std::string_view agency_3055, std::string_view code);

// The provider of a facility code from 3055: 306 → "SMDG", 20 → "BIC", else as sent.
[[nodiscard]] std::string_view facility_provider_of(std::string_view agency_3055);

// DCSA sealSource from SEL 9303; "" where there is none.
[[nodiscard]] std::string_view seal_source_of(std::string_view sel_9303);

enum class Mass { gross, equipment_gross, tare, verified };
// From MEA 6311 and 6313 ("AAE" and "T", or "WT" alone).
[[nodiscard]] std::optional<Mass> mass_of(std::string_view mea_6311, std::string_view mea_6313);
// Kilograms in one unit of 6411 ("KGM", "TNE", "LBR"); 0 where the unit is not one of mass.
[[nodiscard]] double kilograms_in(std::string_view unit_6411);

// What an IFTSTA status says. The classifier is that of a status that only announces.
struct StatusMeaning {
  Milestone milestone;
  Classifier classifier = Classifier::actual;
  TransportMode mode = TransportMode::unknown;
};
// From C555: the code (Recommendation 24's numbers, else the letters of ANSI X12 data element 157 that carriers use), else from
// well-known words of the free text ("Rail Departed from …").
[[nodiscard]] std::optional<StatusMeaning> status_of(std::string_view code_4405, std::string_view text_4404);

// The code by which a status message says that this happened, whatever the means; "" where there is none that reads back as it. A code
// of letters is of ANSI X12, agency 182.
[[nodiscard]] std::string_view status_code_of(Milestone milestone);

// RFF 1153 of a reference; "" where Fairway writes none.
[[nodiscard]] std::string_view rff_code_of(ReferenceKind kind);
// 3055 of a scheme, "ZZZ" where it has none of its own; scheme_of() of it and the code gives the scheme again.
[[nodiscard]] std::string_view agency_of(std::string_view scheme);
// SEL 9303 of a DCSA sealSource; "" where there is none.
[[nodiscard]] std::string_view seal_code_of(std::string_view source);

// Values that stand where a reference is mandatory and there is none ("1", "TBA", "N/A").
[[nodiscard]] bool is_placeholder(std::string_view reference);

}  // namespace fairway::gateway::edifact
