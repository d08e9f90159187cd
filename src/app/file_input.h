// What `fairway file plan` and `check` read: records as JSON, or sheets. Errors name the file and the place in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "filing/form/finding.h"
#include "filing/record/record.h"

namespace fairway::app {

struct FiledConsignment {
  std::string reference;
  std::string place;                     // "house-bills.csv row 2", or the file
  std::optional<filing::Record> record;  // none: it cannot be read, and the findings say why
  std::vector<filing::Finding> findings;
};

// {"fields":{…}}, a list of those, or a sheet (CSV, XLSX). "-" is standard input.
[[nodiscard]] Result<std::vector<FiledConsignment>> read_consignments(const filing::Schema& schema, const std::string& file,
                                                                      int64_t now_us);

// Merges what a message, an invoice or a packing list in the file says into the consignment. Of a message about several consignments what
// names a container or a paper of this one. Code::not_found where it says nothing of it.
[[nodiscard]] Status feed_from_file(FiledConsignment& consignment, const std::string& file, int64_t now_us);

}  // namespace fairway::app
