// certificate.json: docs/reference/certificate.md.
#include <array>

#include "base/json_writer.h"
#include "journey/demurrage.h"

namespace fairway::journey {
namespace {

std::string_view word(Traffic traffic) { return traffic == Traffic::import ? "import" : "export"; }
std::string_view word(Charge charge) { return charge == Charge::demurrage ? "demurrage" : "detention"; }
std::string_view word(ClockStart start) { return start == ClockStart::arrival ? "arrival" : "availability"; }
std::string_view word(CountedDays days) { return days == CountedDays::calendar ? "calendar" : "working"; }

void write_list(JsonWriter& writer, std::string_view member, const std::vector<Position>& entries) {
  writer.key(member).begin_array();
  for (const Position entry : entries) writer.value(entry);
  writer.end_array();
}

void write_list(JsonWriter& writer, std::string_view member, const std::vector<std::string>& texts) {
  writer.key(member).begin_array();
  for (const std::string& text : texts) writer.value(text);
  writer.end_array();
}

void write_terms(JsonWriter& writer, const DemurrageTerms& terms) {
  writer.key("terms").begin_object();
  writer.member("traffic", word(terms.traffic)).member("charge", word(terms.charge)).member("start", word(terms.start));
  if (terms.free_days)
    writer.member("freeDays", *terms.free_days);
  else
    writer.key("freeDays").null();
  writer.member("days", word(terms.free_counted)).member("chargedDays", word(terms.charged_counted));
  writer.member("firstDay", terms.first_day_counts ? "same" : "next");
  writer.member("holdsStop", terms.holds_stop).member("outagesStop", terms.outages_stop);
  write_list(writer, "holidays", terms.holidays);
  writer.optional_member("timeZone", terms.zone).optional_member("rule", terms.rule).optional_member("rate", terms.rate);
  writer.optional_member("basis", terms.basis).optional_member("contact", terms.contact).optional_member("url", terms.url);
  writer.optional_member("timeToDispute", terms.time_to_dispute).end_object();
}

void write_fields(JsonWriter& writer, const std::vector<InvoiceField>& fields) {
  writer.key("fields").begin_array();
  for (const InvoiceField& field : fields) {
    writer.begin_object().member("field", field.name).optional_member("clause", field.clause).member("from", name(field.origin));
    write_list(writer, "values", field.values);
    write_list(writer, "entries", field.entries);
    writer.end_object();
  }
  writer.end_array();
}

void write_interruption(JsonWriter& writer, const Interruption& stretch) {
  writer.begin_object().member("kind", name(stretch.kind)).member("from", to_rfc3339_utc(stretch.from_us));
  if (stretch.to_us) writer.member("to", to_rfc3339_utc(*stretch.to_us));
  write_list(writer, "entries", stretch.entries);
  writer.member("stopsClock", stretch.stops_clock).end_object();
}

void write_free_time(JsonWriter& writer, const FreeTime& time) {
  writer.begin_object().member("startedBy", time.started_by).member("starts", to_rfc3339(time.starts));
  writer.optional_member("firstDay", time.first_day).optional_member("lastDay", time.last_day).member("ends", to_rfc3339(time.ends));
  if (time.ended_by) writer.member("stoppedBy", *time.ended_by).member("stopped", to_rfc3339(*time.stopped));
  writer.member("running", !time.ended_by.has_value());
  write_list(writer, "daysNotCounted", time.not_counted);
  write_list(writer, "daysCharged", time.charged);
  writer.member("daysChargedTotal", time.charged.size()).member("cut", time.cut);
  writer.key("interruptions").begin_array();
  for (const Interruption& stretch : time.interruptions) write_interruption(writer, stretch);
  writer.end_array();
  write_list(writer, "refusals", time.refusals);
  writer.end_object();
}

void write_window(JsonWriter& writer, const Window& window) {
  if (window.empty()) return;
  writer.key("window").begin_object();
  if (window.begins) writer.member("begins", to_rfc3339(*window.begins));
  if (window.ends) writer.member("ends", to_rfc3339(*window.ends));
  writer.end_object();
}

void write_line(JsonWriter& writer, const CertificateLine& line, const PartyNames& names) {
  const Event& event = line.event;
  writer.begin_object().member("entry", line.entry).member("kind", name(line.kind)).member("milestone", name(event.milestone));
  writer.member("classifier", name(event.classifier)).member("observedAt", to_rfc3339(event.occurred));
  if (event.created) writer.member("reportedAt", to_rfc3339(*event.created));
  writer.member("loggedAt", to_rfc3339_utc(line.logged_us));
  const PartyName who = names(line.party);
  writer.key("party").begin_object().member("id", line.party).optional_member("name", who.name).optional_member("role", who.role);
  writer.end_object().optional_member("place", event.place.key());
  write_window(writer, event.window);
  writer.optional_member("reason", event.reason).member("status", name(line.status));
  writer.optional_member("amendment", name(event.amendment)).optional_member("amendsID", event.amends);
  write_list(writer, "amends", line.amends);
  write_list(writer, "amendedBy", line.amended_by);
  write_list(writer, "contradicts", line.contradicts);
  writer.key("says").begin_array();
  for (const CitedField& field : line.says) writer.begin_object().member("path", field.path).member("value", field.value).end_object();
  writer.end_array().end_object();
}

}  // namespace

std::string to_json(const Certificate& certificate, const PartyNames& names) {
  std::string out;
  out.reserve(2'048 + 1'024 * certificate.lines.size());
  JsonWriter writer(out);
  writer.begin_object().member("format", "fairway-certificate").member("version", 1).member("container", certificate.container);
  writer.member("reference", certificate.reference).member("asOf", to_rfc3339_utc(certificate.as_of_us));
  writer.member("position", certificate.position);
  write_terms(writer, certificate.terms);
  writer.optional_member("timeZone", certificate.zone);
  write_fields(writer, certificate.fields);
  writer.key("freeTime").begin_array();
  for (const FreeTime& time : certificate.free_time) write_free_time(writer, time);
  writer.end_array().optional_member("whyNoFreeTime", certificate.why_no_free_time);
  writer.key("timeline").begin_array();
  for (const CertificateLine& line : certificate.lines) write_line(writer, line, names);
  writer.end_array().member("truncated", certificate.truncated).end_object();
  return out;
}

}  // namespace fairway::journey
