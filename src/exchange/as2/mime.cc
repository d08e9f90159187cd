#include "exchange/as2/mime.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::exchange::as2 {
namespace {

constexpr size_t kBoundaryBytesMax = 70;  // RFC 2046, 5.1.1
constexpr size_t kFieldsMax = 100;

std::string_view find(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, [](const auto& field) { return std::string_view(field.first); });
  return found == fields.end() ? std::string_view() : found->second;
}

// Takes the next line off the text; without its end.
std::string_view take_line(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_token_character(char c) {
  constexpr std::string_view kSpecials = "()<>@,;:\\\"/[]?=";
  return c > 0x20 && c < 0x7f && kSpecials.find(c) == std::string_view::npos;
}

std::string_view take_token(std::string_view& text) {
  const size_t size = static_cast<size_t>(std::ranges::find_if_not(text, is_token_character) - text.begin());
  const std::string_view token = text.substr(0, size);
  text.remove_prefix(size);
  return token;
}

// A quoted string (RFC 822, 3.3) from its first quote on; nullopt where it does not end.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string out;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return out;
    }
    if (text[i] == '\\' && ++i == text.size()) break;
    out += text[i];
  }
  return std::nullopt;
}

void skip_blanks(std::string_view& text) { text = text.substr(std::min(text.find_first_not_of(" \t"), text.size())); }

}  // namespace

std::string_view Entity::field(std::string_view lower_name) const { return find(fields, lower_name); }
std::string_view MediaType::parameter(std::string_view lower_name) const { return find(parameters, lower_name); }

Result<Entity> parse_entity(std::string_view text) {
  Entity entity;
  const size_t whole = text.size();
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (whole - text.size() > limits::kMimeHeaderBytesMax || entity.fields.size() > kFieldsMax)
      return fail(Code::too_large, "the header of a part is too large", {},
                  "at most " + std::to_string(limits::kMimeHeaderBytesMax) + " bytes");
    if (line.empty()) {
      entity.body = text;
      return entity;
    }
    if ((line.front() == ' ' || line.front() == '\t') && !entity.fields.empty()) {
      entity.fields.back().second.append(" ").append(trim(line));
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || !std::ranges::all_of(line.substr(0, colon), is_token_character))
      return fail(Code::invalid, "a line of a part's header is no field", legible(line));
    entity.fields.emplace_back(to_lower(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
  }
  return fail(Code::invalid, "a part has no empty line behind its header");
}

Result<MediaType> parse_media_type(std::string_view text) {
  const auto broken = fail(Code::invalid, "not a media type", legible(text));
  MediaType media;
  skip_blanks(text);
  const std::string_view type = take_token(text);
  if (type.empty() || !text.starts_with('/')) return broken;
  text.remove_prefix(1);
  const std::string_view subtype = take_token(text);
  if (subtype.empty()) return broken;
  media.type = to_lower(type) + "/" + to_lower(subtype);
  for (skip_blanks(text); text.starts_with(';'); skip_blanks(text)) {
    text.remove_prefix(1);
    skip_blanks(text);
    if (text.empty()) break;  // a semicolon at the end
    const std::string_view name = take_token(text);
    skip_blanks(text);
    if (name.empty() || !text.starts_with('=') || media.parameters.size() == kFieldsMax) return broken;
    text.remove_prefix(1);
    skip_blanks(text);
    const bool is_quoted = text.starts_with('"');
    auto value = is_quoted ? take_quoted(text) : std::optional(std::string(take_token(text)));
    if (!value || (!is_quoted && value->empty())) return broken;
    media.parameters.emplace_back(to_lower(name), std::move(*value));
  }
  return text.empty() ? Result<MediaType>(std::move(media)) : broken;
}

Result<std::vector<std::string_view>> split_multipart(std::string_view body, std::string_view boundary) {
  if (boundary.empty() || boundary.size() > kBoundaryBytesMax) return fail(Code::invalid, "not a boundary", legible(boundary));
  const std::string delimiter = "--" + std::string(boundary);
  std::vector<std::string_view> parts;
  std::optional<size_t> begins;  // of the part that is open
  for (size_t at = 0; at < body.size();) {
    const size_t line_begins = at;
    const size_t end = body.find('\n', at);
    std::string_view line = body.substr(at, end == std::string_view::npos ? end : end - at);
    at = end == std::string_view::npos ? body.size() : end + 1;
    if (!line.starts_with(delimiter)) continue;
    line.remove_prefix(delimiter.size());
    const bool is_last = line.starts_with("--");
    if (is_last) line.remove_prefix(2);
    if (!trim(line).empty()) continue;  // a longer boundary, of a multipart inside
    if (begins) {
      size_t ends = line_begins;  // without the line end before it
      if (ends > *begins && body[ends - 1] == '\n') --ends;
      if (ends > *begins && body[ends - 1] == '\r') --ends;
      parts.push_back(body.substr(*begins, ends - *begins));
    }
    if (is_last) {
      if (parts.empty()) return fail(Code::invalid, "a multipart without parts");
      return parts;
    }
    if (parts.size() == limits::kMimePartsMax)
      return fail(Code::too_large, "too many parts", {}, "at most " + std::to_string(limits::kMimePartsMax));
    begins = at;
  }
  return fail(Code::invalid, "a multipart does not end", legible(boundary));
}

Result<std::string> decode_body(const Entity& entity) {
  const std::string encoding = to_lower(trim(entity.field("content-transfer-encoding")));
  if (encoding.empty() || encoding == "binary" || encoding == "8bit" || encoding == "7bit") return std::string(entity.body);
  if (encoding != "base64")
    return fail(Code::unsupported, "unknown Content-Transfer-Encoding", legible(encoding), "send it as binary or base64");
  std::string packed;
  packed.reserve(entity.body.size());
  for (const char c : entity.body)
    if (c != '\r' && c != '\n' && c != ' ' && c != '\t') packed += c;
  return from_base64(packed);
}

Result<std::string> as2_name(std::string_view field) {
  constexpr size_t kNameBytesMax = 128;
  std::string_view text = trim(field);
  std::optional<std::string> name(text);
  if (text.starts_with('"')) {
    name = take_quoted(text);
    if (!text.empty()) name.reset();
  }
  const auto printable = [](char c) { return c >= 0x20 && c < 0x7f; };
  if (name && !name->empty() && name->size() <= kNameBytesMax && std::ranges::all_of(*name, printable)) return *name;
  return fail(Code::invalid, "not the name of an AS2 system", legible(field), "1 to 128 printable characters (RFC 4130, 6.2)");
}

}  // namespace fairway::exchange::as2
