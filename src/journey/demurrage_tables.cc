// The certificate for people: headings with tables, from which a page and a paper are made.
#include "journey/demurrage.h"

namespace fairway::journey {
namespace {

std::string spoken(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c == '_') c = ' ';
  return out;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : ", ").append(text);
  return out;
}

std::string joined(const std::vector<Position>& entries) {
  std::string out;
  for (const Position entry : entries) out.append(out.empty() ? "" : ", ").append(std::to_string(entry));
  return out;
}

std::string party(const PartyId& id, const PartyNames& names) {
  const PartyName who = names(id);
  return who.name.empty() ? id : who.role.empty() ? who.name : who.name + " (" + who.role + ")";
}

std::string what(const CertificateLine& line) {
  std::string out = spoken(name(line.event.milestone));
  if (line.event.classifier != Classifier::actual) out += ", " + std::string(name(line.event.classifier));
  if (line.event.window.begins) out += "; from " + to_rfc3339(*line.event.window.begins);
  if (line.event.window.ends) out += "; until " + to_rfc3339(*line.event.window.ends);
  if (!line.event.reason.empty()) out += "; reason: " + line.event.reason;
  return out;
}

std::string remarks(const CertificateLine& line) {
  std::vector<std::string> out;
  if (line.status != ClaimStatus::current) out.emplace_back(name(line.status));
  if (!line.amends.empty()) out.push_back("amends " + joined(line.amends));
  if (!line.amended_by.empty()) out.push_back("amended by " + joined(line.amended_by));
  if (!line.contradicts.empty()) out.push_back("contradicts " + joined(line.contradicts));
  return joined(out);
}

CertificateTable timeline(const Certificate& certificate, const PartyNames& names) {
  CertificateTable table{
      .heading = "What the record says",
      .text = "Observed: when it happened, as the party says. Reported: when the party wrote it. Logged: when Fairway accepted it.",
      .columns = {"Entry", "Observed", "Reported", "Logged", "What", "Where", "Who says so", "Remarks"},
      .rows = {}};
  for (const CertificateLine& line : certificate.lines)
    table.rows.push_back({std::to_string(line.entry), to_rfc3339(line.event.occurred),
                          line.event.created ? to_rfc3339(*line.event.created) : std::string("–"), to_rfc3339_utc(line.logged_us),
                          what(line), line.event.place.key(), party(line.party, names), remarks(line)});
  return table;
}

CertificateTable free_time(const Certificate& certificate) {
  CertificateTable table{.heading = "Free time by the asker's terms",
                         .text = certificate.why_no_free_time,
                         .columns = {"Started by entry", "Starts", "First free day", "Last free day", "Stopped by entry", "Stopped",
                                     "Days charged", "Refusals"},
                         .rows = {}};
  if (certificate.free_time.size() > 1) table.text = "The claims contradict each other: one line for each pair of them.";
  for (const FreeTime& time : certificate.free_time)
    table.rows.push_back({std::to_string(time.started_by), to_rfc3339(time.starts), time.first_day, time.last_day,
                          time.ended_by ? std::to_string(*time.ended_by) : std::string("not in the record"),
                          time.stopped ? to_rfc3339(*time.stopped) : std::string(), std::to_string(time.charged.size()),
                          joined(time.refusals)});
  return table;
}

CertificateTable interruptions(const Certificate& certificate) {
  CertificateTable table{.heading = "Holds and outages during it",
                         .text = "Shown as the parties say. They stop the clock only where the last column says so.",
                         .columns = {"What", "From", "Until", "Entries", "Stops the clock"},
                         .rows = {}};
  if (certificate.free_time.empty()) return table;
  for (const Interruption& stretch : certificate.free_time.front().interruptions)
    table.rows.push_back({std::string(name(stretch.kind)), to_rfc3339_utc(stretch.from_us),
                          stretch.to_us ? to_rfc3339_utc(*stretch.to_us) : std::string("not in the record"), joined(stretch.entries),
                          stretch.stops_clock ? "yes" : "no"});
  return table;
}

CertificateTable fields(const Certificate& certificate) {
  CertificateTable table{.heading = "What an invoice must state (46 CFR 541.6)",
                         .text = "",
                         .columns = {"Field", "Clause", "Value", "Origin", "Entries"},
                         .rows = {}};
  for (const InvoiceField& field : certificate.fields)
    table.rows.push_back(
        {std::string(field.name), std::string(field.clause), joined(field.values), std::string(name(field.origin)), joined(field.entries)});
  return table;
}

}  // namespace

std::vector<CertificateTable> tables_of(const Certificate& certificate, const PartyNames& names) {
  return {timeline(certificate, names), free_time(certificate), interruptions(certificate), fields(certificate)};
}

}  // namespace fairway::journey
