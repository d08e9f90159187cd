// Answers as they come over the wire: JSON of the adapter contract, CUSRES, or another format that an authority has of its own.
//
//   {"id","lodgement"?,"filing"?,"status","number"?,"text"?,"remarks"?:[{"field","text"}],"containers"?:["…"],"at","raw"?}
//
// `raw` is the answer in the authority's own format: it is read, and what stands beside it fills in what it leaves open.
// docs/howto/connect-an-authority.md is the contract in words. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "filing/lodge/channel.h"

namespace fairway::filing {

// One answer in any format, told by how it begins. Code::invalid says what is wrong with it.
[[nodiscard]] Result<Heard> read_answer(std::string_view bytes);
// A page {"answers":[…],"next":"…"}. An answer that cannot be read is in it all the same, with Heard::problem: it must not block the
// others. Code::invalid where the page itself is none.
[[nodiscard]] Result<Channel::Mail> read_answers(std::string_view json);
[[nodiscard]] std::string to_json(const Heard& heard);

// CUSRES. GEI tells the status (docs/reference/customs-edifact.md), BGM 1004 is the answer's id.
[[nodiscard]] Result<Heard> read_cusres(std::string_view bytes);
// As an authority writes it.
[[nodiscard]] Result<std::string> write_cusres(const Heard& heard, std::string_view sender, std::string_view recipient);

// "received", "accepted", "queried", "rejected", "amended", "cancelled", "inspection", "released", "closed", "paid".
[[nodiscard]] bool is_answer_status(std::string_view status);

}  // namespace fairway::filing
