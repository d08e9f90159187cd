// The items that every regime shares, and records for the tests of src/filing/record.
#pragma once

#include <gtest/gtest.h>

#include "filing/record/record.h"
#include "filing/regime/embedded.h"

namespace fairway::filing::record_tests {

inline const Schema& core_schema() {
  static const Schema schema = [] {
    Schema made;
    for (const EmbeddedFile& file : embedded_files())
      if (file.path == "record/items.csv")
        if (const Status added = made.add(file.text, file.path); !added) ADD_FAILURE() << added.error().text();
    return made;
  }();
  return schema;
}

inline SourcePtr source_of(SourceKind kind, std::string document = {}, uint8_t confidence = 100) {
  return std::make_shared<const Source>(Source{kind, std::move(document), "pty_0123456789", {}, 1'795'000'000'000'000, confidence});
}

inline std::string value_at(const Record& record, std::string_view path) {
  const auto parsed = record.schema().parse_path(path);
  return parsed ? record.field(*parsed).value : "no such path";
}

}  // namespace fairway::filing::record_tests
