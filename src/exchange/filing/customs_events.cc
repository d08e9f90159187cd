#include "exchange/filing/customs_events.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/zone.h"
#include "gateway/land/control_points.h"

namespace fairway::exchange {
namespace {

using filing::Filing;
using filing::Group;
using filing::Record;
using M = Milestone;

// What an answer says, by what it answers.
struct AnswerRow {
  std::string_view status;
  M original, amendment, cancellation;
};
constexpr std::array kAnswers = {
    AnswerRow{"accepted", M::declaration_accepted, M::declaration_amended, M::declaration_cancelled},
    AnswerRow{"queried", M::declaration_queried, M::declaration_queried, M::declaration_queried},
    AnswerRow{"rejected", M::declaration_rejected, M::document_amendment_declined, M::document_cancellation_declined},
    AnswerRow{"amended", M::declaration_amended, M::declaration_amended, M::declaration_amended},
    AnswerRow{"cancelled", M::declaration_cancelled, M::declaration_cancelled, M::declaration_cancelled},
    AnswerRow{"inspection", M::customs_selected_for_inspection, M::customs_selected_for_inspection, M::customs_selected_for_inspection},
    AnswerRow{"released", M::declaration_released, M::declaration_released, M::declaration_released},
    AnswerRow{"closed", M::declaration_closed, M::declaration_closed, M::declaration_closed},
    AnswerRow{"paid", M::duty_paid, M::duty_paid, M::duty_paid},
};

struct BundleRow {
  std::string_view state;
  M milestone;
};
constexpr std::array kBundleStates = {
    BundleRow{"bundled", M::bundled},
    BundleRow{"inspected", M::inspection_finished},
    BundleRow{"crossed", M::crossed},
    BundleRow{"unbundled", M::unbundled},
};

struct DocumentRow {
  std::string_view type;
  ReferenceKind kind;
};
constexpr std::array kDocuments = {
    DocumentRow{"BILL", ReferenceKind::transport_document},
    DocumentRow{"MASTER-BILL", ReferenceKind::transport_document},
    DocumentRow{"HOUSE-BILL", ReferenceKind::house_document},
    DocumentRow{"AIR-WAYBILL", ReferenceKind::air_waybill},
    DocumentRow{"HOUSE-AIR-WAYBILL", ReferenceKind::house_air_waybill},
};

const std::string& value_of(const Record& record, Group group, std::string_view name, uint32_t row = 0) {
  static const std::string kNone;
  const auto item = record.schema().find(group, name);
  return item ? record.value(*item, row) : kNone;
}

void add_reference(std::vector<Reference>& references, ReferenceKind kind, std::string_view value) {
  if (value.empty()) return;
  auto made = Reference::make(kind, value);
  if (made && std::ranges::find(references, *made) == references.end()) references.push_back(std::move(*made));
}

// The words of what the authority has been sent.
class Sent {
 public:
  explicit Sent(const Filing& filing) {
    for (const filing::FilledField& field : (filing.lodged ? *filing.lodged : filing.draft).fields) {
      size_t begin = 0;
      while (begin < field.value.size()) {
        const size_t end = std::min(field.value.find_first_of(" ,;/|\n", begin), field.value.size());
        if (end > begin) words_.insert(to_upper(field.value.substr(begin, end - begin)));
        begin = end + 1;
      }
    }
  }
  [[nodiscard]] bool names(const Reference& reference) const { return words_.contains(reference.value()); }

 private:
  std::set<std::string> words_;
};

std::vector<Reference> documents_of(const Record& record) {
  std::vector<Reference> out;
  for (uint32_t row = 0; row < record.rows(Group::documents); ++row) {
    const auto* const found = std::ranges::find(kDocuments, value_of(record, Group::documents, "type", row), &DocumentRow::type);
    if (found != kDocuments.end()) add_reference(out, found->kind, value_of(record, Group::documents, "number", row));
  }
  for (uint32_t row = 0; row < record.rows(Group::legs); ++row) {
    const std::string &mode = value_of(record, Group::legs, "mode", row), &master = value_of(record, Group::legs, "master", row);
    const bool by_air = mode == "AIR";
    if (!by_air && mode != "SEA" && mode != "RIVER") continue;
    const ReferenceKind of_master = by_air ? ReferenceKind::air_waybill : ReferenceKind::transport_document;
    const ReferenceKind of_house = by_air ? ReferenceKind::house_air_waybill : ReferenceKind::house_document;
    add_reference(out, of_master, master);
    add_reference(out, master.empty() ? of_master : of_house, value_of(record, Group::legs, "document", row));
  }
  if (out.size() > kCustomsDocumentsMax) out.erase(out.begin() + static_cast<ptrdiff_t>(kCustomsDocumentsMax), out.end());
  return out;
}

// Those that are the consignment's alone: what the filing itself names, and where it names none, all of the record's.
std::vector<Reference> containers_of(const Record& record, const Filing& filing, const std::vector<std::string>& wanted) {
  std::vector<Reference> all, named, out;
  const Sent sent(filing);
  for (uint32_t row = 0; row < record.rows(Group::containers); ++row) {
    const auto box = Reference::make(ReferenceKind::equipment, value_of(record, Group::containers, "number", row));
    if (!box || value_of(record, Group::containers, "load", row) == "PART") continue;
    all.push_back(*box);
    if (sent.names(*box)) named.push_back(*box);
  }
  for (Reference& box : named.empty() ? all : named) {
    const bool is_wanted = wanted.empty() || std::ranges::any_of(wanted, [&](const std::string& name) {
                             const auto one = Reference::make(ReferenceKind::equipment, name);
                             return one && *one == box;
                           });
    if (is_wanted) out.push_back(std::move(box));
  }
  return out;
}

// Road cargo has a number of its own kind: forms that are bundled with a vehicle.
ReferenceKind number_kind(const Filing& filing, const filing::Regime* regime) {
  if (regime == nullptr) return ReferenceKind::declaration;
  const filing::Table& forms = regime->table("forms");
  for (size_t row = 0; row < forms.rows(); ++row)
    if (forms.cell(row, "form") == filing.key.form && forms.cell(row, "bundled") == "yes") return ReferenceKind::road_cargo_reference;
  return ReferenceKind::declaration;
}

// Where the goods come into the territory or leave it: the control point of the carriage that crosses its border, or the place there.
Place customs_place(const Record& record, const Filing& filing, const filing::Regime* regime) {
  if (regime == nullptr) return {};
  const auto covers = [&](const std::string& place) { return place.size() >= 2 && regime->covers(place.substr(0, 2)); };
  for (uint32_t row = 0; row < record.rows(Group::legs); ++row) {
    if (filing.key.leg != 0 && filing.key.leg != row + 1) continue;
    const std::string &from = value_of(record, Group::legs, "from", row), &to = value_of(record, Group::legs, "to", row);
    if (covers(from) == covers(to)) continue;
    const Place point = gateway::land::control_point(value_of(record, Group::legs, "controlPoint", row));
    if (covers(point.unlocode)) return point;
    Place place;
    place.unlocode = covers(to) ? to : from;
    if (is_unlocode_form(place.unlocode)) return place;
  }
  for (const std::string_view item : {"placeOfDischarge", "placeOfLoading", "placeOfDelivery", "placeOfOrigin"}) {
    const std::string& code = value_of(record, Group::consignment, item);
    if (covers(code) && is_unlocode_form(code)) return {.unlocode = code};
  }
  return {};
}

Instant instant_of(int64_t micros, const filing::Regime* regime) {
  const std::string_view zone = regime == nullptr ? std::string_view() : std::string_view(regime->setting("zone"));
  const auto offset = zone.empty() ? Result<int>(0) : offset_minutes_at(micros, zone);
  return {.micros = micros,
          .offset_minutes = static_cast<int16_t>(offset.value_or(0)),
          .zone = offset && !zone.empty() ? ZoneSource::place : ZoneSource::assumed,
          .text = {}};
}

std::vector<NamedParty> parties_of(const Filing& filing, const CustomsSubject& subject) {
  // EDIFACT 3035: CM customs, AE declarant's agent or declarant, MR message recipient.
  std::vector<NamedParty> out = {{"CM", {"AUTHORITY", to_upper(filing.authority)}, ""}};
  if (subject.declarant) out.push_back({"AE", *subject.declarant, ""});
  for (const PartyIdentifier& recipient : subject.recipients) {
    const bool known = std::ranges::any_of(out, [&](const NamedParty& party) { return party.identifier == recipient; });
    if (!known) out.push_back({"MR", recipient, ""});
  }
  return out;
}

struct Telling {
  M milestone;
  std::string_view key;  // what makes the event this one, beside the filing and the container
  int64_t at_us, created_us;
  std::string_view number, text;
};

Event event_of(const Filing& filing, const CustomsSubject& subject, const Telling& telling) {
  Event event;
  event.milestone = telling.milestone;
  event.occurred = instant_of(telling.at_us, subject.regime);
  event.created = instant_of(telling.created_us, subject.regime);
  event.place = customs_place(*subject.record, filing, subject.regime);
  event.parties = parties_of(filing, subject);
  event.remark = legible(telling.text, limits::kIdentifierBytesMax);
  event.source.format = kFilingFormat;
  event.source.type = filing.key.text();
  event.source.document = filing.id;
  add_reference(event.references, number_kind(filing, subject.regime), telling.number);
  return event;
}

// One for each container, or one where there is none; nothing where nothing joins it to a journey.
std::vector<Event> for_each_unit(const Filing& filing, const CustomsSubject& subject, const Telling& telling, const Event& whole,
                                 const std::vector<std::string>& wanted) {
  std::vector<Event> out;
  const auto add = [&](const Reference* box) {
    Event event = whole;
    if (box != nullptr) event.references.push_back(*box);
    for (const Reference& document : documents_of(*subject.record))
      if (std::ranges::find(event.references, document) == event.references.end()) event.references.push_back(document);
    if (event.references.empty())
      add_reference(event.references, ReferenceKind::consignment, value_of(*subject.record, Group::consignment, "ucr"));
    event.id = to_hex(sha256(filing.id + "|" + std::string(telling.key) + "|" + (box == nullptr ? "" : box->value()))).substr(0, 32);
    if (validate(event)) out.push_back(std::move(event));
  };
  for (const Reference& box : containers_of(*subject.record, filing, wanted)) add(&box);
  if (out.empty()) add(nullptr);
  return out;
}

// What it answers: the lodgement that it names, else the last one.
const filing::Lodgement* answered(const Filing& filing, const filing::Answer& answer) {
  for (const filing::Lodgement& lodgement : filing.lodgements)
    if (lodgement.id == answer.lodgement) return &lodgement;
  return filing.lodgements.empty() ? nullptr : &filing.lodgements.back();
}

}  // namespace

std::vector<Event> lodged_events(const Filing& filing, const filing::Lodgement& lodgement, const CustomsSubject& subject) {
  if (lodgement.sent_us == 0 || lodgement.kind != filing::Kind::original || subject.record == nullptr) return {};
  const Telling telling{M::declaration_lodged, lodgement.id, lodgement.sent_us, lodgement.sent_us, filing.number, {}};
  return for_each_unit(filing, subject, telling, event_of(filing, subject, telling), {});
}

std::vector<Event> events_of(const Filing& filing, const filing::Answer& answer, const CustomsSubject& subject) {
  const auto* const row = std::ranges::find(kAnswers, answer.status, &AnswerRow::status);
  if (row == kAnswers.end() || answer.contradicts || subject.record == nullptr) return {};
  const filing::Lodgement* lodgement = answered(filing, answer);
  const filing::Kind kind = lodgement == nullptr ? filing::Kind::original : lodgement->kind;
  const M milestone = kind == filing::Kind::original ? row->original : kind == filing::Kind::amendment ? row->amendment : row->cancellation;
  const std::string& number = answer.number.empty() ? filing.number : answer.number;
  // Nothing is answered before it was sent: authorities write whole seconds, by clocks of their own.
  const int64_t at_us = std::max(answer.at_us != 0 ? answer.at_us : answer.received_us, lodgement == nullptr ? 0 : lodgement->sent_us);
  const Telling telling{milestone, answer.id, at_us, answer.received_us, number, answer.text};
  return for_each_unit(filing, subject, telling, event_of(filing, subject, telling), answer.containers);
}

std::vector<Event> events_of(const filing::Bundle& bundle, const Filing& filing, const CustomsSubject& subject) {
  const auto* const row = std::ranges::find(kBundleStates, bundle.state, &BundleRow::state);
  if (row == kBundleStates.end() || subject.record == nullptr) return {};
  const auto tell = [&](M milestone, int64_t at_us) {
    const std::string key = bundle.id + "/" + std::string(name(milestone));
    const Telling telling{milestone, key, at_us, bundle.changed_us, filing.number, {}};
    Event event = event_of(filing, subject, telling);
    event.source.document = bundle.id;
    event.transport = {.mode = TransportMode::truck, .vehicle = bundle.vehicle};
    add_reference(event.references, ReferenceKind::vehicle, bundle.vehicle);
    if (const Place point = gateway::land::control_point(bundle.control_point); !point.empty()) event.place = point;
    if (milestone == M::crossing_permitted) event.window.begins = instant_of(*bundle.earliest_us, subject.regime);
    return for_each_unit(filing, subject, telling, event, {});
  };
  std::vector<Event> out = tell(row->milestone, bundle.state == "bundled" ? bundle.created_us : bundle.changed_us);
  if (bundle.is_live() && bundle.earliest_us)
    for (Event& event : tell(M::crossing_permitted, bundle.created_us)) out.push_back(std::move(event));
  return out;
}

}  // namespace fairway::exchange
