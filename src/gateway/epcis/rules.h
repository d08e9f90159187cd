// What each object of EPCIS 2.0 may and must hold, as tables: GS1's EPCIS-JSON-Schema and EPCIS 2.0 section 7.4 read together.
//
// Constants; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/epcis/vocabulary.h"

namespace fairway::gateway::epcis {

enum class Form : uint8_t {
  any,
  text,
  time,         // date-time with a zone
  offset,       // "+02:00"
  uri,          // any URI; where it is an EPC, a well-formed one
  uris,         // a list of them
  unique_uris,  // each once
  uri_or_uris,
  word,          // of `vocabulary`, or a URI that is none of GS1's
  unique_words,  // a list of them, at least one, each once
  action,
  decimal,
  truth,
  hex,
  uom,
  object,   // of `item`
  objects,  // a list of them
};

struct ObjectRule;

struct MemberRule {
  std::string_view name;
  Form form = Form::any;
  bool required = false;
  Vocabulary vocabulary = {};
  const ObjectRule* item = nullptr;
  bool at_least_one = false;  // of a list
};

struct ObjectRule {
  std::span<const MemberRule> members;
  bool open = false;  // further members under prefixed names
};

// The members of each of the five event types; null for other types.
[[nodiscard]] const ObjectRule* rule_of(std::string_view event_type);
// What every event has, of whatever type.
[[nodiscard]] const ObjectRule& common_rule();

}  // namespace fairway::gateway::epcis
