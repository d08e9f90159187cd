// The Reader's way with segments: interchange, functional group, message, and the place and definition of each data segment.
#include <charconv>

#include "base/limits.h"
#include "gateway/edifact/reader.h"

namespace fairway::gateway::edifact {
namespace {

constexpr uint32_t kInterchangeHeader = pack_tag("UNB"), kInterchangeTrailer = pack_tag("UNZ");
constexpr uint32_t kGroupHeader = pack_tag("UNG"), kGroupTrailer = pack_tag("UNE");
constexpr uint32_t kMessageHeader = pack_tag("UNH"), kMessageTrailer = pack_tag("UNT");

bool is_service_tag(std::string_view tag) { return tag.starts_with("UN") || tag.starts_with("UC"); }

// The guides whose association assigned code some senders put into 0068: "ITG10", "SMDG22".
bool is_guide_code(std::string_view text) {
  for (const std::string_view guide : {"ITG", "SMDG"})
    if (text.starts_with(guide) && text.size() > guide.size() && text.size() <= 6 && text[guide.size()] >= '0' && text[guide.size()] <= '9')
      return true;
  return false;
}

void read_party(const Segment& segment, uint16_t element, InterchangeParty& out) {
  out = {std::string(segment.at(element, 1)), std::string(segment.at(element, 2)), std::string(segment.at(element, 3)),
         std::string(segment.at(element, 4))};
}

}  // namespace

void Reader::dispatch(uint32_t tag) {
  switch (tag) {
    case kInterchangeHeader: return begin_interchange();
    case kInterchangeTrailer: return end_interchange();
    case kGroupHeader: return begin_group();
    case kGroupTrailer: return end_group();
    case kMessageHeader: return begin_message();
    case kMessageTrailer: return end_message();
    default: return data_segment(tag);
  }
}

void Reader::reset_interchange() {
  interchange_ = {};
  header_ = {};
  tables_ = {};
  references_.clear();
  messages_ = groups_ = group_messages_ = 0;
  bare_messages_ = false;
}

void Reader::begin_interchange() {
  if (where_ == Where::message) cut_message(offset_);
  if (in_group_) cut_group();
  if (interchange_.headed) cut_interchange();
  const ServiceString service = interchange_.service;
  reset_interchange();
  where_ = Where::outside;
  interchange_.service = service;
  interchange_.headed = true;
  interchange_.syntax = value(1, 1);
  const std::string_view version = value(1, 2);
  const bool known = version.size() == 1 && version[0] >= '1' && version[0] <= '4';
  if (known) interchange_.version = version[0] - '0';
  read_party(segment_, 2, interchange_.sender);
  read_party(segment_, 3, interchange_.recipient);
  interchange_.date = value(4, 1);
  interchange_.time = value(4, 2);
  interchange_.reference = value(5);
  interchange_.application = value(7);
  interchange_.acknowledge = value(9) == "1";
  interchange_.test = value(11) == "1";
  header_.interchange_sender = interchange_.sender.id;
  header_.interchange_sender_qualifier = interchange_.sender.qualifier;
  header_.interchange_recipient = interchange_.recipient.id;
  header_.interchange_recipient_qualifier = interchange_.recipient.qualifier;
  header_.interchange = interchange_.reference;
  header_.test = interchange_.test;
  handler_.interchange_begins(interchange_);
  report_marks();
  if (!known && !version.empty()) report(Deviation::syntax_version_unknown, 1, 2, 0, version);
  if (character_set(interchange_.syntax) == CharacterSet::unsupported) report(Deviation::charset_unsupported, 1, 1, 0, interchange_.syntax);
  hand_on_envelope();
  configure_scanner(interchange_.version >= kRepetitionSyntax);
}

void Reader::end_interchange() {
  if (where_ == Where::message) cut_message(offset_);
  if (in_group_) cut_group();
  if (interchange_.headed) {
    report_marks();
    check_trailer(groups_ != 0 ? groups_ : messages_, Deviation::interchange_count, interchange_.reference,
                  Deviation::interchange_reference);
    if (messages_ == 0) report(Deviation::interchange_empty);
    hand_on_envelope();
    handler_.interchange_ends();
  } else if (where_ == Where::after_interchange) {
    report(Deviation::trailing_data);
  } else {
    report(Deviation::interchange_header_missing);
  }
  interchange_.headed = false;
  where_ = Where::after_interchange;
  trailing_reported_ = false;
  phase_ = Phase::opening;  // another interchange may follow, with a UNA of its own
}

void Reader::cut_interchange() {
  report_at(Deviation::interchange_unterminated, Level::interchange, "UNZ");
  if (messages_ == 0) report_at(Deviation::interchange_empty, Level::interchange, "UNZ");
  interchange_.headed = false;
  handler_.interchange_ends();
}

void Reader::begin_group() {
  if (where_ == Where::message) cut_message(offset_);
  if (in_group_) cut_group();
  where_ = Where::outside;
  in_group_ = true;
  ++groups_;
  group_messages_ = 0;
  references_.clear();  // 0062 need only be unique within its group
  group_.type = value(1);
  group_.reference = value(5);
  read_party(segment_, 2, group_.sender);
  read_party(segment_, 3, group_.recipient);
  handler_.group_begins(group_);
  report_marks();
  if (bare_messages_) report(Deviation::groups_and_messages_mixed);
  hand_on_envelope();
}

void Reader::end_group() {
  if (where_ == Where::message) cut_message(offset_);
  if (!in_group_) return report(Deviation::segment_outside_message);
  report_marks();
  check_trailer(group_messages_, Deviation::group_count, group_.reference, Deviation::group_reference);
  if (group_messages_ == 0) report(Deviation::group_empty);
  hand_on_envelope();
  in_group_ = false;
  handler_.group_ends();
}

void Reader::cut_group() {
  report_at(Deviation::group_unterminated, Level::group, "UNE");
  in_group_ = false;
  handler_.group_ends();
}

void Reader::hand_on_envelope() {
  check_definition(service_directory(interchange_.version).segment(pack_tag(segment_.tag)));
  handler_.envelope(segment_);
}

void Reader::read_header() {
  const std::string_view type = value(2, 1), version = value(2, 2), release = value(2, 3);
  if (tables_.directory == nullptr || header_.type != type || header_.version != version || header_.release != release) {
    header_.type = type;
    header_.version = version;
    header_.release = release;
    tables_ = find_tables(type, version, release, interchange_.version);
  }
  header_.reference = value(1);
  header_.agency = value(2, 4);
  header_.association = value(2, 5);
}

void Reader::begin_message() {
  if (where_ == Where::message) cut_message(offset_);
  where_ = Where::message;
  segments_ = segment_.number = 1;
  ++messages_;
  ++group_messages_;
  read_header();
  const bool misplaced = header_.association.empty() && is_guide_code(value(3));
  if (misplaced) header_.association = value(3);
  handler_.message_begins(header_, offset_);
  report_marks();
  if (misplaced) report(Deviation::association_misplaced, 3, 0, 0, header_.association);
  if (header_.type.empty())
    report(Deviation::message_header_incomplete, 2, 1);
  else if (tables_.message == nullptr)
    report(Deviation::message_unknown, 2, 1, 0, header_.type);
  else if (!tables_.exact)
    report(Deviation::release_substituted, 2, 3, 0, "D." + std::string(tables_.directory->release()));
  if (in_group_ && !group_.type.empty() && group_.type != header_.type) report(Deviation::group_type_mixed, 2, 1, 0, header_.type);
  if (!in_group_ && groups_ != 0) report(Deviation::groups_and_messages_mixed);
  bare_messages_ = bare_messages_ || !in_group_;
  if (interchange_.headed && !references_.insert(header_.reference, header_.type))
    report(Deviation::message_reference_duplicate, 1, 0, 0, header_.reference);
  if (tables_.message != nullptr) walker_.start(*tables_.message);
  check_place(kMessageHeader);
  handler_.segment(segment_);
}

void Reader::end_message() {
  if (where_ != Where::message) return data_segment(kMessageTrailer);
  segment_.number = ++segments_;
  report_marks();
  check_place(kMessageTrailer);
  check_trailer(segments_, Deviation::segment_count, header_.reference, Deviation::message_reference);
  handler_.segment(segment_);
  where_ = Where::outside;
  handler_.message_ends(offset_ + segment_bytes_);
}

void Reader::cut_message(uint64_t end) {
  report_at(Deviation::message_unterminated, Level::message, "UNT");
  where_ = Where::outside;
  handler_.message_ends(end);
}

void Reader::data_segment(uint32_t tag) {
  if (where_ == Where::message) {
    segment_.number = ++segments_;
    if (segments_ > limits::kEdifactSegmentsPerMessageMax) {
      if (segments_ == limits::kEdifactSegmentsPerMessageMax + 1) report(Deviation::message_too_large);
      return;
    }
    report_marks();
    if (segment_.tag.empty()) return report(Deviation::segment_empty);
    check_place(tag);
    handler_.segment(segment_);
  } else if (where_ == Where::after_interchange) {
    if (!trailing_reported_) report(Deviation::trailing_data);
    trailing_reported_ = true;
  } else {
    report(segment_.tag.empty() ? Deviation::segment_empty : Deviation::segment_outside_message);
  }
}

void Reader::check_place(uint32_t tag) {
  if (tables_.message == nullptr) {
    if (!is_tag(segment_.tag)) report(Deviation::tag_malformed);
    return check_definition(is_service_tag(segment_.tag) ? service_directory(interchange_.version).segment(tag) : nullptr);
  }
  const Walker::Step& step = walker_.step(tag);
  segment_.group = step.node != nullptr ? step.node->group : walker_.group();
  segment_.opens_group = step.opens_group;
  for (const TableNode* node : walker_.missing()) {
    const bool group = node->is_group();
    const std::string name = {static_cast<char>(node->tag >> 16), static_cast<char>(node->tag >> 8), static_cast<char>(node->tag)};
    report_at(group ? Deviation::group_missing : Deviation::segment_missing, Level::segment, name,
              node->group != 0 ? "SG" + std::to_string(node->group) + " " + name : name);
  }
  if (step.node != nullptr) {
    if (step.deviation) report(*step.deviation);
    return check_definition(step.node->segment);
  }
  const SegmentRule* rule = tables_.directory->segment(tag);
  if (rule == nullptr) rule = service_directory(interchange_.version).segment(tag);
  report(!is_tag(segment_.tag) ? Deviation::tag_malformed : rule == nullptr ? Deviation::segment_unknown : *step.deviation);
  check_definition(rule);
}

void Reader::check_definition(const SegmentRule* rule) {
  if (rule == nullptr) return;
  const ServiceString& service = interchange_.service;
  const char decimal = service.stated && interchange_.version < kRepetitionSyntax ? service.decimal : kAnyDecimalMark;
  element_deviations_.clear();
  check_elements(*rule, segment_.components, decimal, segment_bytes_ - 1, element_deviations_);
  for (const ElementDeviation& found : element_deviations_) {
    const bool surplus = found.deviation == Deviation::too_many_elements || found.deviation == Deviation::too_many_components;
    report(surplus && is_service_tag(segment_.tag) ? Deviation::service_element_unexpected : found.deviation, found.element,
           found.component, found.offset, found.detail);
  }
}

// The count and the reference of UNT, UNE or UNZ against what came.
void Reader::check_trailer(uint64_t counted, Deviation wrong_count, std::string_view reference, Deviation wrong_reference) {
  const bool interchange = wrong_count == Deviation::interchange_count;
  const std::string_view stated_text = value(1), stated_reference = value(2);
  uint64_t stated = 0;
  const auto [end, error] = std::from_chars(stated_text.data(), stated_text.data() + stated_text.size(), stated);
  if (error == std::errc() && stated != counted)
    report(wrong_count, 1, 0, 0, std::to_string(stated) + " stated, " + std::to_string(counted) + " received");
  if (stated_reference != reference && (!stated_reference.empty() || interchange)) report(wrong_reference, 2, 0, 0, stated_reference);
}

Level Reader::level() const {
  if (segment_.tag == "UNH" || segment_.tag == "UNT") return where_ == Where::message ? Level::message : Level::interchange;
  if (segment_.tag == "UNG" || segment_.tag == "UNE") return Level::group;
  if (segment_.tag == "UNB" || segment_.tag == "UNZ" || where_ != Where::message) return Level::interchange;
  return Level::segment;
}

void Reader::report(Deviation deviation, uint16_t element, uint16_t component, uint32_t offset, std::string_view detail) {
  handler_.finding({deviation, level(), segment_.tag, segment_.number, element, component, segment_.offset + offset, detail});
}

void Reader::report_at(Deviation deviation, Level level, std::string_view tag, std::string_view detail, uint64_t ahead) {
  const uint32_t number = level == Level::segment || level == Level::message ? segments_ : 0;
  handler_.finding({deviation, level, tag, number, 0, 0, offset_ + ahead, detail});
}

void Reader::report_marks() {
  for (const Mark& mark : scanner_.marks()) report(mark.deviation, mark.element, mark.component, mark.offset);
}

}  // namespace fairway::gateway::edifact
