#include "filing/lodge/dec_letter.h"

#include <array>

#include "filing/lodge/mainland_values.h"
#include "gateway/customs/dec_message.h"

namespace fairway::filing {
namespace {

using namespace gateway::customs;

constexpr std::string_view kDeclare = "C";  // OperType: the declaration is to be passed on to customs

template <typename Part>
bool put(Part& part, std::string_view name, std::string_view value) {
  const ElementRow<Part>* row = find_element<Part>(elements_of<Part>(), name);
  if (row != nullptr) part.*row->member = mainland_value(value, row->holds);
  return row != nullptr;
}

template <typename Part>
bool put(std::vector<Part>& parts, size_t row, std::string_view name, std::string_view value) {
  if (find_element<Part>(elements_of<Part>(), name) == nullptr) return false;
  if (parts.size() <= row) parts.resize(row + 1);
  return put(parts[row], name, value);
}

// Fields of the form as a whole that the message has in rows of its own: at most one of each.
template <typename Part>
bool put_first(std::vector<Part>& parts, std::string_view name, std::string_view value) {
  return put(parts, 0, name, value);
}

bool put_field(DecMessage& message, const FilledField& field) {
  const RowName at = row_name_in(field.name);
  if (at.group == "item") return put(message.goods, at.row, at.field, field.value);
  if (at.group == "container") return put(message.containers, at.row, at.field, field.value);
  if (at.group == "document") return put(message.licences, at.row, at.field, field.value);
  return at.group.empty() && (put(message.head, at.field, field.value) || put(message.free_text, at.field, field.value) ||
                              put_first(message.qualifications, at.field, field.value) ||
                              put_first(message.certificates, at.field, field.value) || put_first(message.promises, at.field, field.value));
}

// Rows that nothing was put into: documents of the record that customs have no code for.
template <typename Part>
void drop_empty(std::vector<Part>& parts) {
  std::erase(parts, Part{});
}

// Which declaration it is. The unified number where customs gave no number of their own.
void put_number(DecHead& head, std::string_view number) {
  // 18 digits are customs' own; the unified number begins with a letter, or is of an older kind.
  const bool own = number.size() == 18 && number.find_first_not_of("0123456789") == std::string_view::npos;
  (own ? head.entry_id : head.seq_no) = number;
}

DecSign sign_of(const LetterHead& head) {
  static constexpr std::array<std::string_view, 3> kNotes = {"", "修改申请：", "撤销申请："};  // by Kind
  DecSign sign;
  sign.oper_type = kDeclare;
  sign.client_seq_no = head.id;
  sign.sign_date = mainland_moment(head.ordered_us) + "00";
  const std::string_view note = kNotes[static_cast<size_t>(head.kind)];
  if (!note.empty()) sign.note = std::string(note) + mainland_value(head.reason, Holds::text);
  return sign;
}

}  // namespace

Result<std::string> dec_letter(const Draft& draft, const LetterHead& head) {
  DecMessage message;
  if (head.kind == Kind::cancellation) {
    for (const std::string_view name : {"IEFlag", "CustomMaster"})
      if (const FilledField* field = draft.find(name)) put(message.head, name, field->value);
  } else {
    for (const FilledField& field : draft.fields)
      if (!field.value.empty() && !put_field(message, field))
        return fail(Code::invalid, "DecMessage has no such element", field.name, "mend fields.csv of the regime");
    message.free_text.voy_no = message.head.voyage_no;
    drop_empty(message.licences);
  }
  if (head.kind != Kind::original) put_number(message.head, head.number);
  message.sign = sign_of(head);
  return write_dec_message(message);
}

}  // namespace fairway::filing
