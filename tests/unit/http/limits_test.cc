// Each limit of base/limits.h that the server keeps, reached.
#include "base/limits.h"

#include "unit/http/support.h"

namespace fairway::http::test {
namespace {

Router echo_size_router() {
  Router router = simple_router();
  router.add(Method::post, "/",
             [](const Request& request, const Responder& responder) { responder.send(text(std::to_string(request.body.size()))); });
  return router;
}

std::string upload_head(size_t size) { return "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n"; }

TEST(HttpLimits, TheLargestBodyPassesAndOneByteMoreDoesNot) {
  const auto server = serve(echo_size_router());
  Peer peer(server->address());
  peer.send(upload_head(limits::kRequestBodyBytesMax));
  const std::string piece(1u << 20, 'b');
  for (size_t sent = 0; sent < limits::kRequestBodyBytesMax; sent += piece.size()) ASSERT_TRUE(peer.send(piece));
  EXPECT_EQ(peer.read_reply().body, std::to_string(limits::kRequestBodyBytesMax));
  const Reply refused = peer.ask(upload_head(limits::kRequestBodyBytesMax + 1));
  EXPECT_EQ(refused.status, 413);
  EXPECT_NE(refused.body.find("too_large"), std::string::npos);
  EXPECT_TRUE(peer.closes());
}

TEST(HttpLimits, AChunkedBodyIsBoundedToo) {
  const auto server = serve(echo_size_router());
  Peer peer(server->address());
  peer.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(1u << 20, 'c') + "\r\n";
  for (size_t sent = 0; sent <= limits::kRequestBodyBytesMax; sent += 1u << 20) peer.send(chunk);
  EXPECT_EQ(peer.read_reply().status, 413) << "and the answer is not lost, though the peer was still sending";
}

TEST(HttpLimits, TargetAndHeader) {
  const auto server = serve(simple_router());
  Peer longest(server->address());
  EXPECT_EQ(longest.ask(get("/?" + std::string(limits::kRequestTargetBytesMax - 2, 'q'))).status, 200);
  EXPECT_EQ(longest.ask(get("/?" + std::string(limits::kRequestTargetBytesMax - 1, 'q'))).status, 414);
  EXPECT_TRUE(longest.closes());
  Peer large(server->address());
  EXPECT_EQ(large.ask(get("/", "X: " + std::string(limits::kRequestHeaderBytesMax - 100, 'x') + "\r\n")).status, 200);
  EXPECT_EQ(large.ask(get("/", "X: " + std::string(limits::kRequestHeaderBytesMax, 'x') + "\r\n")).status, 431);
  EXPECT_TRUE(large.closes());
}

// One field a packet: no single read is large.
TEST(HttpLimits, AHeaderThatNeverEnds) {
  const auto server = serve(simple_router());
  Peer peer(server->address());
  peer.send("GET / HTTP/1.1\r\nHost: t\r\n");
  size_t sent = 0;
  const std::string field = "X-Drip: " + std::string(500, 'd') + "\r\n";
  while (sent < limits::kRequestHeaderBytesMax * 4 && peer.send(field)) {
    sent += field.size();
    if (peer.wait_for("\r\n\r\n", 2ms)) break;
  }
  EXPECT_EQ(peer.read_reply().status, 431);
  EXPECT_LT(sent, limits::kRequestHeaderBytesMax * 2);
}

TEST(HttpLimits, ConnectionsPastTheMostAreToldSo) {
  ServerOptions options;
  options.limits.connections_max = 3;
  const auto server = serve(simple_router(), std::move(options));
  std::vector<std::unique_ptr<Peer>> peers;
  for (int n = 0; n < 3; ++n) {
    peers.push_back(std::make_unique<Peer>(server->address()));
    EXPECT_EQ(peers.back()->ask(get("/")).status, 200);
  }
  Peer extra(server->address());
  extra.send(get("/"));
  const Reply reply = extra.read_reply();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.field("retry-after"), "1");
  EXPECT_EQ(reply.field("connection"), "close");
  EXPECT_TRUE(extra.closes());
  extra.close();
  peers.pop_back();
  ASSERT_TRUE(eventually([&] { return server->figures().connections <= 2; }));
  Peer next(server->address());
  EXPECT_EQ(next.ask(get("/")).status, 200);
}

TEST(HttpLimits, RequestsPastTheQueueAreRefused) {
  Gate gate;
  ServerOptions options;
  options.workers = 2;
  options.limits.requests_queued_max = 5;
  const auto server = serve(gated_router(gate), std::move(options));
  std::vector<std::unique_ptr<Peer>> peers;
  for (int n = 0; n < 12; ++n) {
    peers.push_back(std::make_unique<Peer>(server->address()));
    peers.back()->send(get("/"));
    // Two run, five wait; each must be in its place before the next comes.
    const size_t waiting = static_cast<size_t>(std::clamp(n - 1, 0, 5));
    ASSERT_TRUE(eventually([&] { return server->figures().queued == waiting; })) << n;
  }
  for (int n = 7; n < 12; ++n) {
    const Reply reply = peers[static_cast<size_t>(n)]->read_reply();
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.field("retry-after"), "1");
  }
  gate.open();
  for (int n = 0; n < 7; ++n) EXPECT_EQ(peers[static_cast<size_t>(n)]->read_reply().status, 200);
  EXPECT_EQ(peers.back()->ask(get("/")).status, 200) << "a refusal does not end the connection";
}

// The real queue of limits::kRequestsQueuedMax, filled by pipelining.
TEST(HttpLimits, TheWholeQueue) {
  Gate gate;
  ServerOptions options;
  options.workers = 1;
  const auto server = serve(gated_router(gate), std::move(options));
  std::string burst;
  for (size_t n = 0; n < limits::kRequestsPipelinedMax; ++n) burst += get("/");
  const size_t connections = limits::kRequestsQueuedMax / limits::kRequestsPipelinedMax + 2;
  std::vector<std::unique_ptr<Peer>> peers;
  for (size_t n = 0; n < connections; ++n) {
    peers.push_back(std::make_unique<Peer>(server->address()));
    peers.back()->send(burst);
  }
  ASSERT_TRUE(eventually([&] { return server->figures().queued == limits::kRequestsQueuedMax; }));
  EXPECT_EQ(peers.back()->read_reply().status, 503);
  gate.open();
  EXPECT_EQ(peers.front()->read_reply().status, 200);
}

TEST(HttpLimits, BodiesTogether) {
  Gate gate;
  std::atomic<int> handled = 0;
  Router router;
  router.add(Method::post, "/", [&](const Request& request, const Responder& responder) {
    ++handled;
    gate.pass();
    responder.send(text(std::to_string(request.body.size())));
  });
  ServerOptions options;
  options.limits.bodies_bytes_max = 3u << 20;
  const auto server = serve(std::move(router), std::move(options));
  const std::string two(2u << 20, 't');
  Peer first(server->address());
  first.send(upload_head(two.size()) + two);
  ASSERT_TRUE(eventually([&] { return handled == 1; }));
  Peer second(server->address());
  second.send(upload_head(two.size()) + two);
  const Reply refused = second.read_reply();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("retry-after"), "1");
  EXPECT_TRUE(second.closes());
  gate.open();
  EXPECT_EQ(first.read_reply().body, std::to_string(two.size()));
  Peer third(server->address());
  EXPECT_EQ(third.ask(upload_head(3u << 20) + two + two.substr(0, 1u << 20)).status, 200) << "what was taken is given back";
}

ServerOptions impatient() {
  ServerOptions options;
  options.limits.idle_max = 200ms;
  return options;
}

TEST(HttpLimits, AnIdleConnectionIsClosed) {
  const auto server = serve(simple_router(), impatient());
  Peer silent(server->address());
  Peer used(server->address());
  EXPECT_EQ(used.ask(get("/")).status, 200);
  EXPECT_TRUE(silent.closes());
  EXPECT_TRUE(used.closes());
  EXPECT_EQ(used.received(), "");
}

TEST(HttpLimits, AHeaderThatDripsIsGivenUp) {
  const auto server = serve(simple_router(), impatient());
  Peer peer(server->address());
  const auto start = Clock::now();
  const std::string request = get("/" + std::string(2000, 'd'));
  for (const char byte : request) {
    if (!peer.send({&byte, 1}) || peer.wait_for("\r\n\r\n", 10ms)) break;
  }
  EXPECT_EQ(peer.read_reply().status, 408) << "each byte is soon, the whole is late";
  EXPECT_LT(Clock::now() - start, 5s);
  EXPECT_TRUE(peer.closes());
}

TEST(HttpLimits, ABodyThatStopsIsGivenUp) {
  const auto server = serve(echo_size_router(), impatient());
  Peer peer(server->address());
  peer.send(upload_head(100) + "half of");
  EXPECT_EQ(peer.read_reply().status, 408);
  EXPECT_TRUE(peer.closes());
}

// Slow, but above limits::kRequestBodyBytesPerSecondMin: each 8 KiB buy a second.
TEST(HttpLimits, ASteadyBodyMayTakeItsTime) {
  const auto server = serve(echo_size_router(), impatient());
  Peer peer(server->address());
  constexpr size_t kPiece = limits::kRequestBodyBytesPerSecondMin;
  peer.send(upload_head(6 * kPiece));
  for (int piece = 0; piece < 6; ++piece) {
    peer.send(std::string(kPiece, 's'));
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(peer.read_reply().body, std::to_string(6 * kPiece));
}

TEST(HttpLimits, ASlowHandlerIsNotAnIdlePeer) {
  Router router;
  router.add(Method::get, "/", [](const Request&, const Responder& responder) {
    std::this_thread::sleep_for(600ms);
    responder.send(text("late"));
  });
  const auto server = serve(std::move(router), impatient());
  Peer peer(server->address());
  EXPECT_EQ(peer.ask(get("/")).body, "late");
}

TEST(HttpLimits, APeerThatDoesNotReadItsAnswerIsClosed) {
  Router router;
  router.add(Method::get, "/", [](const Request&, const Responder& responder) { responder.send(text(std::string(64u << 20, 'x'))); });
  const auto server = serve(std::move(router), impatient());
  Peer peer(server->address(), 4096);
  peer.send(get("/"));
  EXPECT_TRUE(eventually([&] { return server->figures().connections == 1; }));
  EXPECT_TRUE(eventually([&] { return server->figures().connections == 0; }));
}

}  // namespace
}  // namespace fairway::http::test
