#pragma once

#include "base/limits.h"

namespace fairway::limits {

// Land transport and sensors
inline constexpr size_t kLandMessageBytesMax = 1u << 20;    // one JSON message, with all of its positions or readings
inline constexpr size_t kLandEventsPerMessageMax = 1'000;   // that one message makes
inline constexpr size_t kSheetColumnsMax = 200;             // of an uploaded sheet; what stands further right is not read
inline constexpr size_t kSheetCellBytesMax = 32u << 10;     // one cell
inline constexpr size_t kWorkbookPartBytesMax = 16u << 20;  // one part of an .xlsx, unpacked
inline constexpr size_t kWorkbookBytesMax = 48u << 20;      // all that is unpacked of one
inline constexpr size_t kWorkbookMarkupMax = 2'000'000;     // elements, and attributes, of one part
inline constexpr size_t kWorkbookTextBytesMax = 32u << 20;  // all of its cells together
inline constexpr size_t kWorkbookPartsMax = 2'000;
inline constexpr size_t kWorkbookSheetsMax = 50;
inline constexpr size_t kMqttMessagesWaitingMax = 1'000;  // received and not durable yet; the broker keeps the rest
inline constexpr size_t kThresholdsPerReferenceMax = 32;  // kinds of reading that one consignment has limits for

}  // namespace fairway::limits
