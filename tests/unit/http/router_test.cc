#include <gtest/gtest.h>

#include "http/routing.h"
#include "http/server.h"

namespace fairway::http {
namespace {

Router port_router() {
  Router router;
  const Handler nothing = [](const Request&, const Responder&) {};
  // The winners are added last, so that it is not the order of adding that decides.
  router.add(Method::get, "/{rest...}", nothing);
  router.add(Method::get, "/v1/{kind}/{reference}", nothing);
  router.add(Method::get, "/v1/{kind}/newest", nothing);
  router.add(Method::get, "/v1/journeys/{reference}", nothing);
  router.add(Method::get, "/v1/journeys/newest", nothing);
  router.add(Method::post, "/v1/journeys/{reference}", nothing);
  router.add(Method::get, "/", nothing);
  router.add(Method::get, "/files/{rest...}", nothing);
  router.add(Method::post, "/v1/events", nothing, [](const Request&, const Responder&) { return false; });
  return router;
}

std::string pattern_for(std::string_view path, Method method = Method::get) {
  static const Router router = port_router();
  const auto match = router.match(method, path);
  return match ? std::string(match->pattern) : std::string(name(match.error().code));
}

TEST(Router, PrefersLiteralsFromTheLeft) {
  EXPECT_EQ(pattern_for("/"), "/");
  EXPECT_EQ(pattern_for("/v1/journeys/newest"), "/v1/journeys/newest");
  EXPECT_EQ(pattern_for("/v1/journeys/MSKU1234565"), "/v1/journeys/{reference}");
  EXPECT_EQ(pattern_for("/v1/vessels/newest"), "/v1/{kind}/newest");
  EXPECT_EQ(pattern_for("/v1/vessels/9321483"), "/v1/{kind}/{reference}");
  EXPECT_EQ(pattern_for("/v1/vessels/9321483/calls"), "/{rest...}");
  EXPECT_EQ(pattern_for("/files/a/b.js"), "/files/{rest...}");
  EXPECT_EQ(pattern_for("/files/"), "/files/{rest...}");
  EXPECT_EQ(pattern_for("/files"), "/{rest...}");
}

TEST(Router, ASegmentIsNeverEmpty) {
  EXPECT_EQ(pattern_for("/v1/journeys/", Method::post), "unsupported") << "only the rest takes it";
  EXPECT_EQ(pattern_for("/v1/journeys/"), "/{rest...}");
  EXPECT_EQ(pattern_for("/v1/journeys/X", Method::post), "/v1/journeys/{reference}");
}

TEST(Router, FallsBackWhereTheBetterPathLacksTheMethod) {
  // "/v1/journeys/newest" takes no POST, the pattern beside it does.
  EXPECT_EQ(pattern_for("/v1/journeys/newest", Method::post), "/v1/journeys/{reference}");
  EXPECT_EQ(pattern_for("/v1/journeys/newest", Method::head), "/v1/journeys/newest");
}

TEST(Router, WhatTakesAnyRestStandsInForNoRouteOfAnotherMethod) {
  EXPECT_EQ(pattern_for("/v1/events"), "unsupported");
  const Router router = port_router();
  const auto match = router.match(Method::get, "/v1/events");
  ASSERT_FALSE(match);
  EXPECT_EQ(match.error().detail, "POST");
}

TEST(Router, NamesTheAllowedMethods) {
  const Router router = port_router();
  const auto match = router.match(Method::del, "/v1/journeys/X");
  ASSERT_FALSE(match);
  EXPECT_EQ(match.error().code, Code::unsupported);
  EXPECT_EQ(match.error().detail, "GET, HEAD, POST");
}

TEST(Router, DecodesParametersWithinTheirSegment) {
  const Router router = port_router();
  const auto match = router.match(Method::get, "/v1/journeys/HLCU%2FHKG%20123");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->parameters, (Fields{{"reference", "HLCU/HKG 123"}}));
  EXPECT_EQ(match->at_once, nullptr);
  EXPECT_EQ(router.match(Method::post, "/v1/%65vents")->pattern, "/v1/events");
  EXPECT_NE(router.match(Method::post, "/v1/events")->at_once, nullptr);
  EXPECT_EQ(router.match(Method::get, "/v1/journeys/%zz").error().code, Code::invalid);
}

TEST(Router, TheRestIsOnePathWithoutDots) {
  const Router router = port_router();
  EXPECT_EQ(router.match(Method::get, "/files/a/b%20c")->parameters, (Fields{{"rest", "a/b c"}}));
  for (const auto path : {"/files/../x", "/files/a/..", "/files/%2e%2e/x", "/files/a%2f..%2fx", "/files/./x"}) {
    EXPECT_EQ(router.match(Method::get, path).error().code, Code::not_found) << path;
  }
  EXPECT_TRUE(router.match(Method::get, "/files/..x/.y"));
}

TEST(Target, TakesOriginAndAbsoluteForm) {
  EXPECT_EQ(split_target("/a/b?c=d?e")->path, "/a/b");
  EXPECT_EQ(split_target("/a/b?c=d?e")->query, "c=d?e");
  EXPECT_EQ(split_target("/a#f?x")->path, "/a");
  EXPECT_EQ(split_target("http://h:1/a?b")->path, "/a");
  EXPECT_EQ(split_target("http://h")->path, "/");
  EXPECT_EQ(split_target("http://h?b=c")->path, "/");
  EXPECT_FALSE(split_target("*"));
  EXPECT_FALSE(split_target("host:443"));
  EXPECT_FALSE(split_target(""));
}

}  // namespace
}  // namespace fairway::http
