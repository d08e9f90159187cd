// What the tests of land transport share: decoding, what was said, and workbooks made in memory.
#pragma once

#include <gtest/gtest.h>
#include <zip.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/land/land.h"

namespace fairway::gateway::land_test {

using Decode = Status (*)(std::string_view, const land::Sink&);

inline std::vector<DecodedMessage> decode_all(std::string_view bytes, Decode decode = land::decode_land) {
  std::vector<DecodedMessage> messages;
  const Status status = decode(bytes, [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(status.has_value()) << (status ? "" : status.error().text());
  return messages;
}

inline DecodedMessage decode_one(std::string_view bytes, Decode decode = land::decode_land) {
  std::vector<DecodedMessage> messages = decode_all(bytes, decode);
  EXPECT_EQ(messages.size(), 1u) << bytes;
  return messages.empty() ? DecodedMessage() : std::move(messages.front());
}

// "error land.time /at; warning …"
inline std::string said(const DecodedMessage& message) {
  std::string all;
  for (const Diagnostic& d : message.diagnostics)
    all.append(all.empty() ? "" : "; ").append(name(d.severity)).append(" ").append(d.code).append(" ").append(d.position);
  return all;
}

inline std::string keys_of(const Event& event) {
  std::string keys;
  for (const Reference& reference : event.references) keys.append(keys.empty() ? "" : " ").append(reference.key());
  return keys;
}

inline Error refusal_of(std::string_view bytes, Decode decode) {
  const Status status = decode(bytes, [](const DecodedMessage&) { ADD_FAILURE() << "a message came out"; });
  return status ? Error{Code::internal, "it was taken", "", ""} : status.error();
}

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string zipped(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  EXPECT_EQ(zip_source_read(target, bytes.data(), bytes.size()), static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

// A workbook as spreadsheets write it: `sheets` of name and the content of <sheetData>. Style 1 is a date and time, style 2 a date of its
// own format code.
inline std::string workbook(const Parts& sheets, const Parts& more = {}) {
  Parts parts;
  std::string list, relations;
  for (size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    list += R"(<sheet name=")" + sheets[i].first + R"(" sheetId=")" + number + R"(" r:id="rId)" + number + R"("/>)";
    relations += R"(<Relationship Id="rId)" + number + R"(" Target="worksheets/sheet)" + number + R"(.xml"/>)";
    parts.emplace_back("xl/worksheets/sheet" + number + ".xml", "<worksheet><sheetData>" + sheets[i].second + "</sheetData></worksheet>");
  }
  parts.emplace_back("xl/workbook.xml", "<workbook xmlns:r=\"r\"><workbookPr/><sheets>" + list + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
  parts.emplace_back("xl/styles.xml",
                     "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
                     "<xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
  for (const auto& part : more) parts.push_back(part);
  return zipped(parts);
}

}  // namespace fairway::gateway::land_test
