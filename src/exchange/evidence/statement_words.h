// The sentences of the statement, by what they say and the language. One table (statement_words.cc). Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "journey/alert_text.h"

namespace fairway::exchange::evidence {

enum class Say : uint8_t {
  title,
  summary,  // {about} {count} {for}
  proven_title,
  proven_content,
  proven_order,
  proven_time,         // {time} {size}
  proven_time_nobody,  // {size}
  proven_submitter,
  proven_anchor,
  proven_timestamp,
  proven_certificate,
  not_proven_title,
  not_truth,
  not_complete,
  not_clocks,
  not_between,
  not_signed,
  not_anchored,
  trust_title,
  trust_key,
  trust_nobody,
  trust_policy,
  hidden_title,
  hidden,
  erased,
  check_title,
  check_file,
  check_program,
  check_page,
  check_one_byte,
  facts_title,
  fact_about,
  fact_made,
  fact_made_for,
  fact_log,
  fact_size,
  fact_root,
  fact_witnesses,
  fact_nobody,
  fact_witnessed,
  entries_title,
  column_entry,
  column_said,
  column_when,
  column_submitter,
  column_fields,
  fields,         // {shown} {hidden}
  claims_erased,  // instead of what was said
  footer,
  last = footer,
};

[[nodiscard]] std::string_view words_of(Say what, journey::Language language);

}  // namespace fairway::exchange::evidence
