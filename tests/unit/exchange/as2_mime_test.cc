// MIME for AS2: exact parts, bounded headers, names.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "exchange/as2/mime.h"

namespace fairway::exchange::as2 {
namespace {

TEST(As2Mime, SplitsExactly) {
  const auto parts = split_multipart("preamble\r\n--b\r\nA: 1\r\n\r\nx\r\n\r\n--bb\r\n--b \r\ny\r\n--b--\r\nepilogue\r\n--b\r\n", "b");
  ASSERT_TRUE(parts);
  EXPECT_EQ(*parts, (std::vector<std::string_view>{"A: 1\r\n\r\nx\r\n\r\n--bb", "y"}));
  EXPECT_EQ(split_multipart("--b\nx\n--b--", "b").value(), (std::vector<std::string_view>{"x"}));
  EXPECT_EQ(split_multipart("--b\r\n--b--", "b").value(), (std::vector<std::string_view>{""}));
  for (const char* text : {"", "--b", "--b\r\nx", "--b\r\nx\r\n--b\r\n", "--b--"}) EXPECT_FALSE(split_multipart(text, "b")) << text;
  EXPECT_FALSE(split_multipart("----", ""));
  std::string many;
  for (int i = 0; i < 20; ++i) many += "--b\r\nx\r\n";
  EXPECT_EQ(split_multipart(many + "--b--", "b").error().code, Code::too_large);
}

TEST(As2Mime, ReadsEntities) {
  const auto entity = parse_entity("Content-Type: a/b;\r\n  c=d\r\nX-Y:z\r\n\r\nbody\r\n");
  ASSERT_TRUE(entity);
  EXPECT_EQ(entity->field("content-type"), "a/b; c=d");
  EXPECT_EQ(entity->field("x-y"), "z");
  EXPECT_EQ(entity->body, "body\r\n");
  EXPECT_EQ(parse_entity("\r\nbody")->body, "body");
  for (const char* text : {"", "A: 1\r\n", " folded\r\n\r\n", "no colon\r\n\r\n", "a b: 1\r\n\r\n", ": 1\r\n\r\n"})
    EXPECT_FALSE(parse_entity(text)) << text;
  EXPECT_EQ(parse_entity("A: " + std::string(20'000, 'x') + "\r\n\r\n").error().code, Code::too_large);
}

TEST(As2Mime, ReadsMediaTypes) {
  const auto media = parse_media_type(R"(Multipart/Signed ; micalg=sha-256; boundary="a\"b;c" ; Protocol = "x/y";)");
  ASSERT_TRUE(media);
  EXPECT_EQ(media->type, "multipart/signed");
  EXPECT_EQ(media->parameter("boundary"), "a\"b;c");
  EXPECT_EQ(media->parameter("protocol"), "x/y");
  EXPECT_EQ(media->parameter("absent"), "");
  for (const char* text : {"", "text", "text/", "/plain", "text/plain; a", "text/plain; a=", "text/plain; a=\"b", "text/plain x"})
    EXPECT_FALSE(parse_media_type(text)) << text;
}

TEST(As2Mime, ReadsNames) {
  EXPECT_EQ(as2_name("HIT").value(), "HIT");
  EXPECT_EQ(as2_name(R"( "A \"B\" C" )").value(), "A \"B\" C");
  for (const std::string& text :
       {std::string(), std::string("\""), std::string("\"a\"b"), std::string(129, 'x'), std::string("a\tb"), std::string("\"\"")})
    EXPECT_FALSE(as2_name(text)) << text;
}

TEST(As2Mime, PartsComeBack) {
  EXPECT_TRUE(rc::check("what was joined is split into the same", [](const std::vector<std::string>& texts) {
    const std::string boundary = "=_limit";
    std::string body;
    size_t count = 0;
    for (const std::string& text : texts) {
      if (text.find(boundary) != std::string::npos || ++count > 8) return;
      body += "--" + boundary + "\r\n" + text + "\r\n";
    }
    body += "--" + boundary + "--\r\n";
    const auto parts = split_multipart(body, boundary);
    RC_ASSERT(parts.has_value() == !texts.empty());
    if (parts) RC_ASSERT(std::vector<std::string>(parts->begin(), parts->end()) == texts);
  }));
}

}  // namespace
}  // namespace fairway::exchange::as2
