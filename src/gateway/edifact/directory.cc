#include "gateway/edifact/directory.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <mutex>
#include <optional>

#include "gateway/edifact/interchange.h"

namespace fairway::gateway::edifact {

extern const std::span<const DirectoryText> kDirectoryTexts;  // oldest first
extern const DirectoryText kServiceDirectory3, kServiceDirectory4;

namespace {

constexpr size_t kDirectoriesMax = 8;  // one bit each in a row

// Takes the text up to the next blank.
std::string_view take_word(std::string_view& text) {
  const size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

uint32_t number_of(std::string_view digits, uint32_t otherwise) {
  uint32_t value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::span<const DirectoryRow> rows_named(std::span<const DirectoryRow> pool, std::string_view name) {
  const auto found = std::ranges::equal_range(pool, name, {}, &DirectoryRow::name);
  return {found.begin(), found.end()};
}

// "1131!" → number and status, and the representation of the element.
ComponentRule component_rule(const DirectoryText& text, std::string_view word, bool mandatory) {
  ComponentRule rule;
  rule.number = static_cast<uint16_t>(number_of(word.substr(0, 4), 0));
  rule.mandatory = mandatory;
  const DirectoryRow* row = text.elements.find(word.substr(0, 4));
  std::string_view form = row != nullptr ? row->text : "an..512";
  rule.type = form.starts_with("an") ? ElementType::alphanumeric : form.starts_with("a") ? ElementType::alphabetic : ElementType::numeric;
  form.remove_prefix(form.starts_with("an") ? 2 : 1);
  const bool variable = form.starts_with("..");
  rule.max = static_cast<uint16_t>(number_of(form.substr(variable ? 2 : 0), 0));
  rule.min = variable ? 1 : rule.max;
  return rule;
}

struct ElementWord {
  std::string_view tag;
  bool mandatory = false;
  uint32_t repeats = 1;
};

ElementWord parse_element(std::string_view word) {
  ElementWord out{word.substr(0, 4)};
  word.remove_prefix(4);
  out.mandatory = word.starts_with('!');
  const size_t times = word.find('x');
  if (times != std::string_view::npos) out.repeats = number_of(word.substr(times + 1), 1);
  return out;
}

// A release as a number that grows with time: "95B" < "00B" < "16A". Nothing where it is not of that form.
std::optional<int> age_of(std::string_view release) {
  const auto digit = [&](size_t i) { return release[i] >= '0' && release[i] <= '9'; };
  if (release.size() != 3 || !digit(0) || !digit(1) || release[2] < 'A' || release[2] > 'Z') return std::nullopt;
  const int year = (release[0] - '0') * 10 + release[1] - '0';
  constexpr int kFirstYear = 88;  // no directory is older than 1988
  return (year >= kFirstYear ? year : year + 100) * 26 + release[2] - 'A';
}

// The compiled form of kDirectoryTexts[index], made by whoever asks first.
const Directory& compiled(size_t index, int syntax_version) {
  struct Slot {
    std::once_flag once;
    std::unique_ptr<const Directory> directory;
  };
  static std::array<std::array<Slot, 2>, kDirectoriesMax> slots;
  const bool repeating = syntax_version >= kRepetitionSyntax;
  Slot& slot = slots[index][repeating ? 1 : 0];
  std::call_once(slot.once, [&] {
    slot.directory = std::make_unique<const Directory>(kDirectoryTexts[index], repeating, &service_directory(syntax_version));
  });
  return *slot.directory;
}

}  // namespace

const DirectoryRow* DirectoryRows::find(std::string_view name) const {
  for (const DirectoryRow& row : rows_named(pool_, name))
    if ((row.directories & directory_) != 0) return &row;
  return nullptr;
}

Directory::Directory(const DirectoryText& text, bool repeating, const Directory* service) : text_(&text) {
  for (const DirectoryRow& row : text.segments.all()) compile_segment(row, repeating);
  std::ranges::sort(segments_, {}, &SegmentRule::tag);
  for (const DirectoryRow& row : text.messages.all()) compile_message(row, service != nullptr ? service : this);
}

void Directory::compile_segment(const DirectoryRow& row, bool repeating) {
  SegmentRule& segment = segments_.emplace_back();
  segment.tag = pack_tag(row.name);
  segment.name = row.name;
  for (std::string_view rest = row.text; !rest.empty();) {
    const ElementWord word = parse_element(take_word(rest));
    ElementRule element{.tag = word.tag, .first = static_cast<uint16_t>(segment.components.size()), .mandatory = word.mandatory};
    element.repeats = static_cast<uint16_t>(repeating ? word.repeats : 1);
    const DirectoryRow* composite = text_->composites.find(word.tag);
    std::string_view parts = composite != nullptr ? composite->text : word.tag;
    while (!parts.empty()) {
      const std::string_view part = take_word(parts);
      segment.components.push_back(component_rule(*text_, part, part.ends_with('!')));
    }
    element.count = static_cast<uint16_t>(segment.components.size() - element.first);
    for (uint16_t i = 0; i < element.count && composite != nullptr; ++i)
      if (segment.components[element.first + i].mandatory) element.mandatory_components |= uint64_t{1} << i;
    const size_t positions = repeating ? 1 : word.repeats;
    for (size_t i = 0; i < positions && segment.elements.size() < kSegmentPositionsMax; ++i) {
      if (element.mandatory) segment.mandatory_elements |= uint64_t{1} << segment.elements.size();
      segment.elements.push_back(element);
      element.mandatory = false;  // further repeats may be left out
    }
  }
}

void Directory::compile_message(const DirectoryRow& row, const Directory* service) {
  MessageRule& message = messages_.emplace_back();
  message.type = row.name;
  std::vector<uint16_t> open;  // heads of the groups we are in
  std::string_view rest = row.text;
  const auto add = [&](std::string_view name, std::string_view suffix) {
    TableNode& node = message.nodes.emplace_back();
    node.tag = pack_tag(name);
    node.mandatory = suffix.starts_with('!');
    const size_t digits = suffix.find_first_of("0123456789");
    node.repeats = digits != std::string_view::npos ? number_of(suffix.substr(digits), 1) : 1;
    node.head = open.empty() ? kNoGroup : open.back();
    node.group = open.empty() ? 0 : message.nodes[open.back()].group;
  };
  while (!rest.empty()) {
    std::string_view word = take_word(rest);
    if (const size_t bracket = word.find('['); bracket != std::string_view::npos) {  // "SG1!x9[RFF!"
      const size_t number_end = word.find_first_not_of("0123456789", 2);
      add({}, word.substr(number_end, bracket - number_end));
      message.nodes.back().group = static_cast<uint16_t>(number_of(word.substr(2), 0));
      open.push_back(static_cast<uint16_t>(message.nodes.size() - 1));
      word.remove_prefix(bracket + 1);
      message.nodes.back().tag = pack_tag(word.substr(0, 3));
    }
    const size_t closes = word.size() - std::min(word.find(']'), word.size());
    add(word.substr(0, 3), word.substr(3, word.size() - 3 - closes));
    const SegmentRule* rule = segment(message.nodes.back().tag);
    message.nodes.back().segment = rule != nullptr ? rule : service->segment(message.nodes.back().tag);
    for (size_t i = 0; i < closes; ++i) {
      message.nodes[open.back()].end = static_cast<uint16_t>(message.nodes.size());
      open.pop_back();
    }
  }
}

const SegmentRule* Directory::segment(uint32_t tag) const {
  const auto found = std::ranges::lower_bound(segments_, tag, {}, &SegmentRule::tag);
  return found != segments_.end() && found->tag == tag ? &*found : nullptr;
}

const MessageRule* Directory::message(std::string_view type) const {
  const auto found = std::ranges::lower_bound(messages_, type, {}, &MessageRule::type);
  return found != messages_.end() && found->type == type ? &*found : nullptr;
}

Lookup find_tables(std::string_view type, std::string_view version, std::string_view release, int syntax_version) {
  const Directory& service = service_directory(syntax_version);
  if (const MessageRule* message = service.message(type)) return {&service, message, true};
  uint8_t having = 0;  // the directories that have the message
  for (const DirectoryRow& row : rows_named(kDirectoryTexts.front().messages.pool(), type)) having |= row.directories;
  const std::optional<int> wanted = age_of(release);
  std::optional<size_t> best;
  for (size_t i = 0; i < kDirectoryTexts.size(); ++i) {
    if ((having & kDirectoryTexts[i].messages.directory()) == 0) continue;
    if (!best || (wanted && *age_of(kDirectoryTexts[i].release) <= *wanted)) best = i;
  }
  if (!best) return {};
  const Directory& directory = compiled(*best, syntax_version);
  return {&directory, directory.message(type), version == "D" && directory.release() == release};
}

const Directory& service_directory(int syntax_version) {
  static const Directory before_4(kServiceDirectory3, false, nullptr);
  static const Directory since_4(kServiceDirectory4, true, nullptr);
  return syntax_version >= kRepetitionSyntax ? since_4 : before_4;
}

std::span<const DirectoryText> directory_texts() { return kDirectoryTexts; }

}  // namespace fairway::gateway::edifact
