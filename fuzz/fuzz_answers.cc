// What comes back from authorities: any bytes, as a page of answers, as one answer and as CUSDEC, CUSCAR and CUSRES, are read without a
// crash; a paper that was read and can be written has one form, which reads back to itself. The first byte says as what the rest is read.
#include <cstdint>

#include "expect.h"
#include "filing/lodge/answers.h"
#include "gateway/customs/paper.h"

namespace {

using namespace fairway;

void check(const filing::Heard& heard) {
  expect(filing::is_answer_status(heard.answer.status));
  expect(!heard.answer.id.empty());
}

void check_page(std::string_view bytes) {
  const auto page = filing::read_answers(bytes);
  if (!page) return;
  for (const filing::Heard& heard : page->heard)
    if (heard.problem.empty()) check(heard);
}

void check_answer(std::string_view bytes) {
  const auto heard = filing::read_answer(bytes);
  if (!heard) return expect(!heard.error().message.empty());
  check(*heard);
  const auto again = filing::read_answer(filing::to_json(*heard));
  expect(again.has_value());
  expect(filing::to_json(*again) == filing::to_json(*heard));
}

void check_paper(std::string_view bytes) {
  const auto paper = gateway::customs::read_paper(bytes);
  if (!paper) return expect(!paper.error().message.empty());
  const auto written = gateway::customs::write_paper(*paper);
  if (!written) return expect(!written.error().message.empty());
  const auto back = gateway::customs::read_paper(*written);
  expect(back.has_value());
  const auto again = gateway::customs::write_paper(*back);
  expect(again.has_value());
  expect(*again == *written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr void (*kChecks[])(std::string_view) = {check_page, check_answer, check_paper};
  kChecks[data[0] % 3](std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1));
  return 0;
}
