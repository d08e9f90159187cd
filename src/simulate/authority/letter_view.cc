#include "simulate/authority/letter_view.h"

#include <algorithm>
#include <array>
#include <functional>
#include <pugixml.hpp>

#include "base/bytes.h"
#include "base/json.h"
#include "gateway/customs/paper.h"
#include "gateway/customs/row_name.h"

namespace fairway::simulate {
namespace {

constexpr size_t kFieldsMax = 100'000;
constexpr size_t kDepthMax = 32;

// What a form cannot do without, by its format; one of the others will do instead of the first: road cargo has a consignor with an address.
struct Wanted {
  std::string_view format, name, instead, or_else = {};
};
constexpr std::array kWanted = {
    Wanted{"cusdec", "importer.name", "exporter.name", "consignor.address"},
    Wanted{"cuscar", "carrier.name", "carrier.code"},
    Wanted{"dec-message", "TradeName", "OwnerName"},
    Wanted{"dec-message", "IEFlag", "IEFlag"},
    Wanted{"cn-road-manifest", "MessageID", "ID"},
    Wanted{"json", "consignor.name", "consignee.name"},
};

Status check_said(std::string_view what, std::string_view said, std::string_view header) {
  if (said.empty() || header.empty() || said == header) return {};
  return fail(Code::invalid, "the letter says something else than its headers", std::string(what) + ": " + legible(said));
}

Result<LetterView> read_edifact(const LetterHeaders& head, std::string_view body) {
  gateway::customs::Paper paper = TRY(gateway::customs::read_paper(body));
  TRY_OK(check_said("id", paper.id, head.id));
  TRY_OK(check_said("filing", paper.value("@filing"), head.filing));
  TRY_OK(check_said("form", paper.value("@form"), head.form));
  LetterView view{head, {}};
  for (gateway::customs::PaperField& field : paper.fields) view.fields.emplace_back(std::move(field.name), std::move(field.value));
  return view;
}

Result<LetterView> read_json(const LetterHeaders& head, std::string_view body) {
  const json::value parsed = TRY(parse_json(body));
  const json::object* object = parsed.if_object();
  const json::object* fields = object == nullptr ? nullptr : object_of(*object, "fields");
  if (fields == nullptr) return fail(Code::invalid, "a letter in JSON has its fields in \"fields\"");
  TRY_OK(check_said("id", text_of(*object, "lodgement"), head.id));
  TRY_OK(check_said("filing", text_of(*object, "filing"), head.filing));
  LetterView view{head, {}};
  for (const auto& [name, value] : *fields)
    if (const json::string* text = value.if_string(); text != nullptr && view.fields.size() < kFieldsMax)
      view.fields.emplace_back(std::string(name), std::string(*text));
  return view;
}

void gather(const pugi::xml_node& node, size_t depth, LetterView& view) {
  if (depth > kDepthMax || view.fields.size() > kFieldsMax) return;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (!child.text().empty()) view.fields.emplace_back(child.name(), child.text().as_string());
    gather(child, depth + 1, view);
  }
}

Result<LetterView> read_xml(const LetterHeaders& head, std::string_view body) {
  pugi::xml_document document;
  const pugi::xml_parse_result read = document.load_buffer(body.data(), body.size());
  if (!read) return fail(Code::invalid, "the letter is no XML", read.description());
  LetterView view{head, {}};
  gather(document, 0, view);
  return view;
}

}  // namespace

std::string_view LetterView::value(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string> LetterView::containers() const {
  std::vector<std::string> numbers;
  for (const auto& [name, value] : fields) {
    const bool is_container = gateway::customs::row_name(name).name == "container.number" || name == "ContainerId";
    if (is_container && std::ranges::find(numbers, value) == numbers.end()) numbers.push_back(value);
  }
  return numbers;
}

Result<LetterView> read_letter(const LetterHeaders& head, std::string_view body) {
  if (head.id.empty() || head.filing.empty() || head.form.empty()) return fail(Code::invalid, "the headers do not say what the letter is");
  const std::string_view text = trim(without_byte_order_mark(body));
  if (text.starts_with("UN")) return read_edifact(head, text);
  if (text.starts_with('<')) return read_xml(head, text);
  return read_json(head, text);
}

std::vector<std::pair<std::string, std::string>> missing_fields(const LetterView& letter) {
  std::vector<std::pair<std::string, std::string>> missing;
  if (letter.head.kind == "cancellation") return missing;
  for (const Wanted& wanted : kWanted) {
    if (wanted.format != letter.head.format) continue;
    if (!letter.value(wanted.name).empty() || !letter.value(wanted.instead).empty() || !letter.value(wanted.or_else).empty()) continue;
    missing.emplace_back(wanted.name, "must be given");
  }
  return missing;
}

}  // namespace fairway::simulate
