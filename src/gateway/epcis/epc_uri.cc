#include "gateway/epcis/epc_uri.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace fairway::gateway::epcis {
namespace {

constexpr std::string_view kCanonical = "https://id.gs1.org/";
constexpr size_t kPrefixDigitsMin = 6, kPrefixDigitsMax = 12;  // of a GS1 company prefix
constexpr size_t kCustomBytesMax = 120;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

// Characters of set 82 as they stand in a URN or in a path, escapes among them; how many characters, or 0 where one is wrong.
size_t characters(std::string_view text) {
  constexpr std::string_view kOther = "!'()*+,-.:;=_\"<>?";
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i, ++count) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return 0;
      i += 2;
    } else if (!is_digit(text[i]) && !is_letter(text[i]) && kOther.find(text[i]) == std::string_view::npos) {
      return 0;
    }
  }
  return count;
}

// A URN writes these characters as they are, a Digital Link may escape them (RFC 3986 lets it): one spelling for both, that of the
// published event hashes. Other escapes stay.
std::string unescaped(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 7> kPlain = {
      {{"%21", '!'}, {"%28", '('}, {"%29", ')'}, {"%2A", '*'}, {"%2B", '+'}, {"%2C", ','}, {"%3A", ':'}}};
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string escape = to_upper(text.substr(i, 3));
    const auto found = std::ranges::find(kPlain, std::string_view(escape), &std::pair<std::string_view, char>::first);
    out += found == kPlain.end() ? text[i] : found->second;
    if (found != kPlain.end()) i += 2;
  }
  return out;
}

// What follows the company prefix and the reference in a URN, and where it goes.
enum class Tail : uint8_t { none, appended, qualifier };

struct Scheme {
  std::string_view name;
  std::string_view ai;
  size_t digits;            // of company prefix and reference together; 0: the reference is text
  bool indicator_first;     // the reference's first digit stands before the company prefix
  std::string_view before;  // a digit that stands before all
  bool check_digit;
  Tail tail;
  std::string_view tail_ai;
  size_t tail_max;
  bool pieces = false;       // "pp.tt" between reference and serial (ITIP)
  bool digits_tail = false;  // the tail is digits alone
};
constexpr std::array kSchemes = {
    Scheme{"sgtin", "01", 13, true, "", true, Tail::qualifier, "21", 20},
    Scheme{"sscc", "00", 17, true, "", true, Tail::none, "", 0},
    Scheme{"sgln", "414", 12, false, "", true, Tail::qualifier, "254", 20},
    Scheme{"grai", "8003", 12, false, "0", true, Tail::appended, "", 16},
    Scheme{"giai", "8004", 0, false, "", false, Tail::none, "", 30},
    Scheme{"gsrn", "8018", 17, false, "", true, Tail::none, "", 0},
    Scheme{"gsrnp", "8017", 17, false, "", true, Tail::none, "", 0},
    Scheme{"gdti", "253", 12, false, "", true, Tail::appended, "", 20},
    Scheme{"cpi", "8010", 0, false, "", false, Tail::qualifier, "8011", 12, false, true},
    Scheme{"sgcn", "255", 12, false, "", true, Tail::appended, "", 12, false, true},
    Scheme{"ginc", "401", 0, false, "", false, Tail::none, "", 30},
    Scheme{"gsin", "402", 16, false, "", true, Tail::none, "", 0},
    Scheme{"itip", "8006", 13, true, "", true, Tail::qualifier, "21", 20, true},
    Scheme{"upui", "01", 13, true, "", true, Tail::qualifier, "235", 28},
    Scheme{"pgln", "417", 12, false, "", true, Tail::none, "", 0},
};
constexpr Scheme kLgtin = {"lgtin", "01", 13, true, "", true, Tail::qualifier, "10", 20};

// Schemes that have no GS1 key, and so no Digital Link.
constexpr std::array<std::string_view, 5> kOtherSchemes = {"gid", "usdod", "adi", "bic", "imovn"};

// The text up to the next '.', which is taken off with it.
std::string_view next_field(std::string_view& rest) {
  const size_t dot = rest.find('.');
  const std::string_view field = rest.substr(0, dot);
  rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
  return field;
}

// The key of a scheme: its digits in the order of the Digital Link with the check digit; nullopt where a length is wrong.
std::optional<std::string> key_of(const Scheme& scheme, std::string_view prefix, std::string_view reference) {
  if (scheme.digits == 0) return std::string(prefix).append(unescaped(reference));
  if (!all_digits(reference) || prefix.size() + reference.size() != scheme.digits) return std::nullopt;
  std::string key(scheme.before);
  if (scheme.indicator_first) {
    if (reference.empty()) return std::nullopt;
    key += reference.front();
    reference.remove_prefix(1);
  }
  key.append(prefix).append(reference);
  if (scheme.check_digit) key += gs1_check_digit(key);
  return key;
}

bool tail_fits(const Scheme& scheme, std::string_view tail) {
  const size_t count = characters(tail);
  return count > 0 && count <= scheme.tail_max && (!scheme.digits_tail || all_digits(tail));
}

// `body` is what follows the scheme's name. A pattern has '*' for a tail, which leaves it out.
std::optional<std::string> from_urn(const Scheme& scheme, std::string_view body, bool pattern) {
  const std::string_view prefix = next_field(body);
  if (!all_digits(prefix) || prefix.size() < kPrefixDigitsMin || prefix.size() > kPrefixDigitsMax) return std::nullopt;
  const bool text_reference = scheme.digits == 0 && scheme.tail == Tail::none;
  const std::string_view reference = text_reference ? std::exchange(body, {}) : next_field(body);
  if (scheme.digits == 0) {
    const size_t count = characters(reference);
    if (count == 0 || prefix.size() + count > 30) return std::nullopt;
  }
  auto key = key_of(scheme, prefix, reference);
  if (!key) return std::nullopt;
  if (scheme.pieces) {
    const std::string_view piece = next_field(body), total = next_field(body);
    if (piece.size() != 2 || total.size() != 2 || !all_digits(piece) || !all_digits(total)) return std::nullopt;
    key->append(piece).append(total);
  }
  std::string link = std::string(kCanonical).append(scheme.ai).append("/").append(*key);
  if (scheme.tail == Tail::none) return body.empty() ? std::optional(link) : std::nullopt;
  if (pattern) return body == "*" ? std::optional(link) : std::nullopt;
  if (!tail_fits(scheme, body)) return std::nullopt;
  if (scheme.tail == Tail::appended) return link.append(unescaped(body));
  if (scheme.name == "sgln" && body == "0") return link;  // a location without extension
  return link.append("/").append(scheme.tail_ai).append("/").append(unescaped(body));
}

std::optional<std::string> link_of_urn(std::string_view uri) {
  constexpr std::string_view kId = "urn:epc:id:", kPattern = "urn:epc:idpat:", kClass = "urn:epc:class:lgtin:";
  if (uri.starts_with(kClass)) return from_urn(kLgtin, uri.substr(kClass.size()), false);
  const bool pattern = uri.starts_with(kPattern);
  if (!pattern && !uri.starts_with(kId)) return std::nullopt;
  const std::string_view rest = uri.substr(pattern ? kPattern.size() : kId.size());
  const size_t colon = rest.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto scheme = std::ranges::find(kSchemes, rest.substr(0, colon), &Scheme::name);
  return scheme == kSchemes.end() ? std::nullopt : from_urn(*scheme, rest.substr(colon + 1), pattern);
}

// A pattern with more than its serial left open: one field for each of the scheme's, '*' or characters.
bool is_open_pattern(std::string_view uri) {
  constexpr std::string_view kPattern = "urn:epc:idpat:";
  if (!uri.starts_with(kPattern) || !uri.ends_with(".*")) return false;
  const std::string_view rest = uri.substr(kPattern.size());
  const size_t colon = rest.find(':');
  if (colon == std::string_view::npos) return false;
  const bool known = std::ranges::find(kSchemes, rest.substr(0, colon), &Scheme::name) != kSchemes.end() || rest.starts_with("gid:");
  return known && rest.substr(colon + 1).find("*.") != std::string_view::npos && characters(rest.substr(colon + 1)) > 0;
}

bool is_other_scheme(std::string_view uri) {
  constexpr std::string_view kId = "urn:epc:id:";
  if (!uri.starts_with(kId)) return false;
  const std::string_view rest = uri.substr(kId.size());
  const size_t colon = rest.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view name = rest.substr(0, colon), body = rest.substr(colon + 1);
  if (std::ranges::find(kOtherSchemes, name) == kOtherSchemes.end()) return false;
  if (name == "imovn") return body.size() == 7 && all_digits(body);
  if (name == "bic")  // three letters, the category and seven digits of ISO 6346
    return body.size() == 11 && std::ranges::all_of(body.substr(0, 4), is_letter) && all_digits(body.substr(4));
  return body.size() <= kCustomBytesMax && characters(body) > 0 && body.find('.') != std::string_view::npos;
}

struct KeyRow {
  std::string_view ai, name;  // "01", "gtin"
  size_t digits;              // it begins with
  size_t more;                // characters that may follow them
  bool more_digits = false;   // …and are digits
};
constexpr std::array kKeys = {
    KeyRow{"00", "sscc", 18, 0},    KeyRow{"01", "gtin", 14, 0},   KeyRow{"253", "gdti", 13, 17}, KeyRow{"255", "gcn", 13, 12, true},
    KeyRow{"401", "ginc", 4, 26},   KeyRow{"402", "gsin", 17, 0},  KeyRow{"414", "gln", 13, 0},   KeyRow{"417", "party", 13, 0},
    KeyRow{"8003", "grai", 14, 16}, KeyRow{"8004", "giai", 4, 26}, KeyRow{"8006", "itip", 18, 0}, KeyRow{"8010", "cpid", 4, 26},
    KeyRow{"8017", "gsrnp", 18, 0}, KeyRow{"8018", "gsrn", 18, 0},
};

// Qualifiers from fine to coarse; only the finest one there is stays. An empty canonical AI: never kept (a variant of a product).
struct QualifierRow {
  std::string_view key, ai, name;
  bool kept = true;
};
constexpr std::array kQualifiers = {
    QualifierRow{"01", "21", "ser"},          QualifierRow{"01", "235", "tpx"},   QualifierRow{"01", "10", "lot"},
    QualifierRow{"01", "22", "cpv", false},   QualifierRow{"8006", "21", "ser"},  QualifierRow{"8006", "10", "lot"},
    QualifierRow{"8006", "22", "cpv", false}, QualifierRow{"414", "254", "glnx"}, QualifierRow{"8010", "8011", "cpsn"},
};

std::optional<std::string> key_value(const KeyRow& key, std::string_view text) {
  std::string value(text);
  if (key.ai == "01") {  // GTIN-8, -12 and -13 are filled up with zeros
    if (!all_digits(text) || (text.size() != 8 && text.size() < 12) || text.size() > 14) return std::nullopt;
    value.insert(0, 14 - text.size(), '0');
  }
  if (value.size() < key.digits || !all_digits(std::string_view(value).substr(0, key.digits))) return std::nullopt;
  const std::string_view more = std::string_view(value).substr(key.digits);
  if (more.empty()) return value;
  const size_t count = characters(more);
  if (count == 0 || count > key.more || (key.more_digits && !all_digits(more))) return std::nullopt;
  return value;
}

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty() && segments.size() < 32) {
    const size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  if (!segments.empty() && segments.back().empty()) segments.pop_back();
  return segments;
}

std::optional<std::string> with_qualifiers(const KeyRow& key, std::string_view value, std::span<const std::string_view> rest) {
  if (rest.size() % 2 != 0) return std::nullopt;
  size_t finest = kQualifiers.size();
  std::string_view kept;
  for (size_t i = 0; i < rest.size(); i += 2) {
    const auto found = std::ranges::find_if(
        kQualifiers, [&](const QualifierRow& row) { return row.key == key.ai && (row.ai == rest[i] || row.name == rest[i]); });
    const size_t count = characters(rest[i + 1]);
    if (found == kQualifiers.end() || count == 0 || count > 30) return std::nullopt;
    const auto index = static_cast<size_t>(found - kQualifiers.begin());
    if (found->kept && index < finest) finest = index, kept = rest[i + 1];
  }
  std::string link = std::string(kCanonical).append(key.ai).append("/").append(unescaped(value));
  if (finest < kQualifiers.size()) link.append("/").append(kQualifiers[finest].ai).append("/").append(unescaped(kept));
  return link;
}

std::optional<std::string> link_of_url(std::string_view uri) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!uri.starts_with(scheme)) continue;
    std::string_view path = uri.substr(scheme.size());
    path = path.substr(0, path.find_first_of("?#"));
    const size_t slash = path.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::vector<std::string_view> segments = segments_of(path.substr(slash + 1));
    for (size_t i = 0; i + 1 < segments.size(); ++i) {
      const auto key = std::ranges::find_if(kKeys, [&](const KeyRow& row) { return row.ai == segments[i] || row.name == segments[i]; });
      if (key == kKeys.end()) continue;
      const auto value = key_value(*key, segments[i + 1]);
      if (value) return with_qualifiers(*key, *value, std::span(segments).subspan(i + 2));
    }
  }
  return std::nullopt;
}

}  // namespace

bool is_uri(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size() || !is_letter(text.front())) return false;
  const auto in_scheme = [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; };
  if (!std::ranges::all_of(text.substr(0, colon), in_scheme)) return false;
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7f || std::string_view("<>\"{}|\\^`").find(c) != std::string_view::npos;
  });
}

EpcForm epc_form(std::string_view uri) {
  const bool canonical_host = uri.starts_with(kCanonical) || uri.starts_with("http://id.gs1.org/");
  if (!uri.starts_with("urn:epc:") && !canonical_host) return digital_link(uri) ? EpcForm::valid : EpcForm::not_epc;
  return digital_link(uri) || is_other_scheme(uri) || is_open_pattern(uri) ? EpcForm::valid : EpcForm::malformed;
}

std::optional<std::string> digital_link(std::string_view uri) { return uri.starts_with("urn:epc:") ? link_of_urn(uri) : link_of_url(uri); }

std::string canonical_uri(std::string_view uri) {
  auto link = digital_link(uri);
  return link ? std::move(*link) : std::string(uri);
}

char gs1_check_digit(std::string_view digits) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) sum += (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace fairway::gateway::epcis
