// Interchange and functional group as their headers state them, for the reader and the writer alike. Plain values; any thread.
#pragma once

#include <string>

#include "gateway/edifact/service_string.h"

namespace fairway::gateway::edifact {

inline constexpr int kRepetitionSyntax = 4;  // the first syntax version with a repetition separator

// S002 or S003: 0004/0010, 0007, 0008/0014, 0042/0046.
struct InterchangeParty {
  std::string id, qualifier, routing, sub_routing;
};

// UNA and UNB.
struct Interchange {
  ServiceString service;
  bool headed = false;  // by a UNB; false around bare messages
  std::string syntax;   // 0001 "UNOA"
  int version = 3;      // 0002
  InterchangeParty sender, recipient;
  std::string date, time;    // 0017 YYMMDD, from version 4 on CCYYMMDD; 0019 HHMM
  std::string reference;     // 0020
  std::string application;   // 0026
  bool acknowledge = false;  // 0031: the sender wants a CONTRL
  bool test = false;         // 0035
};

// UNG.
struct FunctionalGroup {
  std::string type;       // 0038
  std::string reference;  // 0048
  InterchangeParty sender, recipient;
};

}  // namespace fairway::gateway::edifact
