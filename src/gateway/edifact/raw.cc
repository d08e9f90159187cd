#include "gateway/edifact/raw.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/decoded.h"
#include "gateway/edifact/decode.h"
#include "gateway/edifact/reader.h"

namespace fairway::gateway::edifact {
namespace {

std::string position_of(const Component& value) { return std::to_string(value.element) + "/" + std::to_string(value.component); }

// "3227", or "C517/3225" for a component of a composite; "" where the table has no such position.
std::string identity_of(const SegmentRule& rule, const Component& value) {
  if (value.element == 0 || value.element > rule.elements.size()) return {};
  const ElementRule& element = rule.elements[value.element - 1u];
  if (value.component == 0 || value.component > element.count) return {};
  std::string number = std::to_string(rule.components[element.first + value.component - 1u].number);
  number.insert(0, 4 - std::min<size_t>(number.size(), 4), '0');
  const bool composite = element.tag.size() == 4 && (element.tag[0] < '0' || element.tag[0] > '9');
  return composite ? std::string(element.tag) + "/" + number : number;
}

void append_segment(JsonWriter& json, const Segment& segment, const SegmentRule* rule) {
  json.begin_object().member("tag", segment.tag);
  if (segment.number != 0) json.member("number", segment.number);
  json.member("offset", segment.offset).key("values").begin_array();
  for (const Component& value : segment.components) {
    json.begin_object().member("position", position_of(value));
    if (value.repetition != 0) json.member("repetition", value.repetition + 1);
    if (rule != nullptr) json.optional_member("element", identity_of(*rule, value));
    json.member("value", value.value).end_object();
  }
  json.end_array().end_object();
}

// A line is held back until the next message begins or the input ends: what the trailers show stands in the line before them.
class RawWriter final : public ReaderHandler {
 public:
  explicit RawWriter(const std::function<void(std::string_view)>& sink) : sink_(sink) {}

  void interchange_begins(const Interchange& interchange) override { version_ = interchange.version; }
  void interchange_ends() override {
    interchange_.clear();
    version_ = Interchange().version;
  }
  void group_ends() override { functional_group_.clear(); }

  void envelope(const Segment& segment) override {
    std::string* const header = segment.tag == "UNB" ? &interchange_ : segment.tag == "UNG" ? &functional_group_ : nullptr;
    if (header == nullptr) return;
    header->clear();
    JsonWriter json(*header);
    append_segment(json, segment, service_directory(version_).segment(pack_tag(segment.tag)));
  }

  void message_begins(const MessageHeader& header, uint64_t offset) override {
    release();
    ++messages_;
    tables_ = find_tables(header.type, header.version, header.release, version_);
    JsonWriter& json = writer_.emplace(line_);
    json.begin_object().member("format", "EDIFACT").member("type", type_of(header));
    json.optional_member("reference", header.reference).member("offset", offset);
    if (tables_.message != nullptr) json.member("tables", tables_.directory->release());
    if (!interchange_.empty()) json.key("interchange").raw(interchange_);
    if (!functional_group_.empty()) json.key("functional_group").raw(functional_group_);
    json.key("segments").begin_array();
    in_message_ = true;
  }

  void segment(const Segment& segment) override {
    if (!in_message_ || line_.size() > limits::kEdifactRawBytesMax) return;
    if (segment.opens_group)
      open(segment.group);
    else
      stand_in(segment.group);
    append_segment(*writer_, segment, rule_of(segment));
  }

  void message_ends(uint64_t) override {
    stand_in(0);
    writer_->end_array();
    in_message_ = false;
  }

  void finding(const Finding& finding) override {
    if (findings_.size() < limits::kDiagnosticsPerMessageMax)
      findings_.push_back(to_diagnostic(finding));
    else
      ++findings_left_out_;
  }

  Status finish() {
    release();
    if (too_large_) return fail(Code::too_large, "a message is too large to be shown as one line", std::to_string(*too_large_) + " bytes");
    if (messages_ != 0) return {};
    return fail(Code::invalid, "the EDIFACT input holds no message", "", "an interchange holds at least one message from UNH to UNT");
  }

 private:
  [[nodiscard]] const SegmentRule* rule_of(const Segment& segment) const {
    const uint32_t tag = pack_tag(segment.tag);
    const SegmentRule* rule = tables_.directory != nullptr ? tables_.directory->segment(tag) : nullptr;
    return rule != nullptr ? rule : service_directory(version_).segment(tag);
  }

  // The group around `group`, 0 at the top level.
  [[nodiscard]] uint16_t parent_of(uint16_t group) const {
    if (tables_.message == nullptr) return 0;
    const std::vector<TableNode>& nodes = tables_.message->nodes;
    for (const TableNode& node : nodes)
      if (node.is_group() && node.group == group) return node.head == kNoGroup ? uint16_t{0} : nodes[node.head].group;
    return 0;
  }

  void begin_group(uint16_t group, bool continues) {
    writer_->begin_object().member("group", group);
    if (continues) writer_->member("continues", true);
    writer_->key("segments").begin_array();
    open_.push_back(group);
  }

  void end_group() {
    writer_->end_array().end_object();
    open_.pop_back();
  }

  void open(uint16_t group) {
    stand_in(parent_of(group));
    begin_group(group, false);
  }

  // Leaves the groups inside of `group`. One that a segment out of its order had closed is gone on with in a further part of it.
  void stand_in(uint16_t group) {
    while (!open_.empty() && open_.back() != group && std::ranges::find(open_, group) != open_.end()) end_group();
    if (group == 0)
      while (!open_.empty()) end_group();
    if (group == 0 || (!open_.empty() && open_.back() == group)) return;
    stand_in(parent_of(group));  // as deep as the table nests
    begin_group(group, true);
  }

  void release() {
    if (!writer_) return;
    JsonWriter& json = *writer_;
    json.key("diagnostics").begin_array();
    for (const Diagnostic& diagnostic : findings_) append_json(json, diagnostic);
    json.end_array();
    if (findings_left_out_ != 0) json.member("diagnostics_left_out", findings_left_out_);
    json.end_object();
    if (line_.size() > limits::kEdifactRawBytesMax)
      too_large_ = line_.size();
    else if (!too_large_)
      sink_(line_);
    findings_.clear();
    findings_left_out_ = 0;
    line_.clear();
    writer_.reset();
  }

  const std::function<void(std::string_view)>& sink_;
  int version_ = Interchange().version;
  std::string interchange_, functional_group_;  // UNB and UNG as JSON
  Lookup tables_;
  std::string line_;
  std::optional<JsonWriter> writer_;  // of the line in hand
  bool in_message_ = false;
  std::vector<uint16_t> open_;  // groups, from the outermost
  std::vector<Diagnostic> findings_;
  uint64_t findings_left_out_ = 0, messages_ = 0;
  std::optional<size_t> too_large_;
};

}  // namespace

Status raw_edifact(std::string_view bytes, const std::function<void(std::string_view)>& sink) {
  TRY_OK(check_encoding(bytes));
  RawWriter writer(sink);
  Reader reader(writer);
  reader.feed(bytes);
  reader.finish();
  return writer.finish();
}

}  // namespace fairway::gateway::edifact
