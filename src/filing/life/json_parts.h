// JsonParts: what the stored forms of filings, bundles, consignments and holds have in common. Pure; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/json_writer.h"
#include "filing/form/finding.h"
#include "model/reference.h"

namespace fairway::filing {

void append_texts(JsonWriter& writer, std::string_view member, const std::vector<std::string>& texts);
[[nodiscard]] std::vector<std::string> texts_in(const json::object& object, std::string_view member);
void append_references(JsonWriter& writer, std::string_view member, const std::vector<Reference>& references);
[[nodiscard]] Result<std::vector<Reference>> references_in(const json::object& object, std::string_view member);
void append_findings(JsonWriter& writer, std::string_view member, const std::vector<Finding>& findings);
[[nodiscard]] Result<std::vector<Finding>> findings_in(const json::object& object, std::string_view member);
// Each object of an array; what is no object is passed over, the first failure ends it.
[[nodiscard]] Status each_object(const json::object& object, std::string_view member,
                                 const std::function<Status(const json::object&)>& take);

}  // namespace fairway::filing
