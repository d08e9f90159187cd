// Land transport and sensors: Fairway's own messages, as JSON (openapi/schemas/land), as CSV and as XLSX.
//
// One JSON object is one message, a row of a sheet another; each stands or falls on its own. docs/reference/land.md and
// docs/reference/sensors.md describe them. Pure functions; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::land {

using Sink = std::function<void(DecodedMessage)>;
using Lines = std::function<void(std::string_view)>;

// Whether the first bytes are such a message: JSON with "fairwayLand" near its beginning; a ZIP archive; a row of our headings.
[[nodiscard]] bool begins_land(std::string_view bytes);
[[nodiscard]] bool begins_xlsx(std::string_view bytes);
[[nodiscard]] bool begins_csv(std::string_view bytes);

// One object, or an array of them. An Error, before the first message, where the body cannot be cut into messages: Code::invalid (not JSON,
// nested too deep), Code::too_large (more than limits::kEventsPerRequestMax).
[[nodiscard]] Status decode_land(std::string_view bytes, const Sink& sink);
// Every row below the headings, at most limits::kEventsPerRequestMax. An Error where the file as a whole cannot be read: Code::unsupported
// (another encoding than UTF-8; an archive that is no workbook), Code::invalid, Code::too_large (past the bounds of what it unpacks to).
[[nodiscard]] Status decode_csv(std::string_view bytes, const Sink& sink);
[[nodiscard]] Status decode_xlsx(std::string_view bytes, const Sink& sink);

// The members of each message as they were read, one JSON object a line.
[[nodiscard]] Status raw_land(std::string_view bytes, const Lines& sink);
[[nodiscard]] Status raw_csv(std::string_view bytes, const Lines& sink);
[[nodiscard]] Status raw_xlsx(std::string_view bytes, const Lines& sink);

// An empty sheet for messages of a type, to be filled in: its row of headings, as CSV with a byte order mark, which spreadsheets want.
// Code::not_found where there is no such type.
[[nodiscard]] Result<std::string> template_csv(std::string_view type);

}  // namespace fairway::gateway::land
