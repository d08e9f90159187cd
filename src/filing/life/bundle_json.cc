#include "filing/life/book.h"
#include "filing/life/json_parts.h"

namespace fairway::filing {

std::string to_json(const Bundle& bundle) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", bundle.id).member("party", bundle.party).member("vehicle", bundle.vehicle);
  writer.optional_member("trailer", bundle.trailer).optional_member("driver", bundle.driver);
  append_texts(writer, "filings", bundle.filings);
  writer.member("crossing", bundle.crossing_us).optional_member("controlPoint", bundle.control_point).member("state", bundle.state);
  if (bundle.earliest_us) writer.member("earliest", *bundle.earliest_us);
  append_findings(writer, "findings", bundle.findings);
  writer.member("created", bundle.created_us).member("changed", bundle.changed_us).end_object();
  return out;
}

Result<Bundle> bundle_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a bundle is a JSON object");
  Bundle bundle;
  bundle.id = text_of(*object, "id");
  bundle.party = text_of(*object, "party");
  bundle.vehicle = text_of(*object, "vehicle");
  bundle.trailer = text_of(*object, "trailer");
  bundle.driver = text_of(*object, "driver");
  bundle.filings = texts_in(*object, "filings");
  bundle.crossing_us = integer_of(*object, "crossing").value_or(0);
  bundle.control_point = text_of(*object, "controlPoint");
  bundle.state = text_of(*object, "state");
  bundle.earliest_us = integer_of(*object, "earliest");
  bundle.findings = TRY(findings_in(*object, "findings"));
  bundle.created_us = integer_of(*object, "created").value_or(0);
  bundle.changed_us = integer_of(*object, "changed").value_or(0);
  return bundle;
}

}  // namespace fairway::filing
