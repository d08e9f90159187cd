// MIME as AS2 needs it (RFC 2045, 2046, 1847): one entity with its header fields, and the parts of a multipart. Bounded, not recursive.
//
// Pure functions over bytes; the views live as long as the text. Lenient in line ends (LF alone is read), strict in everything else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace fairway::exchange::as2 {

struct Entity {
  std::vector<std::pair<std::string, std::string>> fields;  // names in lower case, folded lines joined
  std::string_view body;                                    // still in its transfer encoding
  [[nodiscard]] std::string_view field(std::string_view lower_name) const;
};

// An entity as it stands in a message: fields, an empty line, the body. Code::too_large past limits::kMimeHeaderBytesMax, Code::invalid
// where a line is no field.
[[nodiscard]] Result<Entity> parse_entity(std::string_view text);

// "application/pkcs7-mime; smime-type=signed-data; name=\"smime.p7m\"".
struct MediaType {
  std::string type;                                             // "application/pkcs7-mime", lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case
  [[nodiscard]] std::string_view parameter(std::string_view lower_name) const;
};
[[nodiscard]] Result<MediaType> parse_media_type(std::string_view text);

// The parts between the boundary's lines, each exactly as it was sent: without the line end before the delimiter, which belongs to that
// (RFC 2046, 5.1.1). Code::invalid where there is none, or the last delimiter is missing; Code::too_large past limits::kMimePartsMax.
[[nodiscard]] Result<std::vector<std::string_view>> split_multipart(std::string_view body, std::string_view boundary);

// The body out of its Content-Transfer-Encoding: base64, or 7bit, 8bit and binary, which are the body itself. Code::unsupported for others.
[[nodiscard]] Result<std::string> decode_body(const Entity& entity);

// An AS2-From or AS2-To: the name without quotes. Code::invalid unless it is 1 to 128 printable characters (RFC 4130, 6.2).
[[nodiscard]] Result<std::string> as2_name(std::string_view field);

}  // namespace fairway::exchange::as2
