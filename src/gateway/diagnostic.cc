#include "gateway/decoded.h"

namespace fairway::gateway {

void append_json(JsonWriter& writer, const Diagnostic& d) {
  writer.begin_object().member("severity", name(d.severity)).member("code", d.code).member("message", d.message);
  writer.member("segment", d.segment).member("position", d.position).member("offset", d.offset).end_object();
}

}  // namespace fairway::gateway
