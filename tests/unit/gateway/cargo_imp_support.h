// Reads air cargo messages for the tests, and finds the files of the public corpus.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gateway/cargo_imp/cargo_imp.h"
#include "gateway/cargo_imp/message.h"

namespace cargo_imp_test {

using namespace fairway::gateway::cargo_imp;
using fairway::gateway::DecodedMessage;

inline std::vector<Message> read_all(std::string_view bytes) {
  std::vector<Message> messages;
  split(bytes, [&](MessageText text) { messages.push_back(read_message(std::move(text))); });
  return messages;
}

// The codes of a message's findings without their "cargo_imp.", each with its place: "lower_case 3:1".
inline std::string findings_of(const Message& message) {
  std::string all;
  for (const Finding& finding : message.findings.all()) {
    const fairway::gateway::Diagnostic diagnostic = to_diagnostic(finding);
    all += (all.empty() ? "" : ", ") + diagnostic.code.substr(diagnostic.code.find('.') + 1) + " " + diagnostic.position;
  }
  return all;
}

// Lines with CR LF after each, as the standard has them.
inline std::string lines(std::initializer_list<std::string_view> texts) {
  std::string all;
  for (const std::string_view text : texts) all.append(text).append("\r\n");
  return all;
}

// "" where the corpus is absent.
inline std::string sample(const std::string& name) {
  std::ifstream file(std::filesystem::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora/cargo-imp" / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

#define FAIRWAY_AIR_SAMPLE(bytes, name)   \
  const std::string bytes = sample(name); \
  if ((bytes).empty()) GTEST_SKIP() << "the corpus beside the project is absent: " << (name)

}  // namespace cargo_imp_test
