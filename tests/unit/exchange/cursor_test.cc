// Cursors: where a page begins, the way back, and that a cursor is good for its query alone.
#include "exchange/cursor.h"

#include <gtest/gtest.h>

namespace fairway::exchange::cursor_test {
namespace {

TEST(CursorTest, LeadsForwardAndBack) {
  const Cursor second = Cursor().next(10), third = second.next(20);
  EXPECT_EQ(third.after(), 20u);
  EXPECT_EQ(third.previous()->after(), 10u);
  EXPECT_EQ(second.previous()->after(), 0u);
  EXPECT_FALSE(Cursor().previous());
}

TEST(CursorTest, IsReadAsItWasWritten) {
  Cursor far;
  for (Position at = 1; at <= 40; ++at) far = far.next(at * 7);
  for (const Cursor& cursor : {Cursor().next(1), Cursor().next(1).next(2), far, Cursor{{}, false, true}}) {
    const auto again = parse_cursor(cursor.text("ab12"), "ab12");
    ASSERT_TRUE(again) << cursor.text("ab12");
    EXPECT_EQ(again->starts, cursor.starts);
    EXPECT_EQ(again->forgot, cursor.forgot);
    EXPECT_EQ(again->last, cursor.last);
    EXPECT_FALSE(parse_cursor(cursor.text("ab12"), "ab13"));
  }
}

TEST(CursorTest, ForgetsRatherThanLeadsAstray) {
  Cursor back;
  for (Position at = 1; at <= 40; ++at) back = back.next(at);
  Position last = back.after();
  for (auto before = back.previous(); before; before = back.previous()) {
    EXPECT_EQ(before->after(), last - 1);
    last = before->after();
    back = *before;
  }
  EXPECT_GT(last, 1u);
}

TEST(CursorTest, RefusesWhatIsNone) {
  for (const char* wrong : {"", "-", "-ab", "7", "x-ab", "1.-ab.", "1..2-ab", "1,2-ab", "~-ab", "last", "99999999999999999999999-ab",
                            "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17-ab"})
    EXPECT_FALSE(parse_cursor(wrong, "ab")) << wrong;
}

}  // namespace
}  // namespace fairway::exchange::cursor_test
