#include "base/limits.h"
#include "unit/http/support.h"

namespace fairway::http::test {
namespace {

// Subscribers, as a hub of server-sent events keeps them.
class Hub {
 public:
  Router router() {
    Router router = simple_router();
    router.add(Method::get, "/events", [this](const Request&, const Responder& responder) {
      Response head;
      head.content_type = "text/event-stream";
      auto stream = responder.stream(std::move(head));
      const std::scoped_lock lock(mutex_);
      stream->on_close([this] {
        const std::scoped_lock inner(mutex_);  // what a callback from within on_close() would never get
        ++closed_;
      });
      streams_.push_back(std::move(stream));
    });
    return router;
  }
  size_t publish(std::string event) {
    const auto bytes = std::make_shared<const std::string>(std::move(event));
    const std::scoped_lock lock(mutex_);
    size_t taken = 0;
    for (const auto& stream : streams_) taken += stream->write(bytes) ? 1 : 0;
    return taken;
  }
  [[nodiscard]] size_t size() {
    const std::scoped_lock lock(mutex_);
    return streams_.size();
  }
  [[nodiscard]] size_t closed() {
    const std::scoped_lock lock(mutex_);
    return closed_;
  }
  std::shared_ptr<Stream> last() {
    const std::scoped_lock lock(mutex_);
    return streams_.back();
  }
  void let_go() {
    std::vector<std::shared_ptr<Stream>> dropped;
    const std::scoped_lock lock(mutex_);
    dropped.swap(streams_);
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Stream>> streams_;
  size_t closed_ = 0;
};

std::shared_ptr<Stream> subscribe(Hub& hub, Peer& peer) {
  const size_t before = hub.size();
  peer.send(get("/events"));
  if (!eventually([&] { return hub.size() == before + 1; })) throw std::runtime_error("no stream came");
  return hub.last();
}

TEST(Streams, SendChunksAndEndProperly) {
  Hub hub;
  const auto server = serve(hub.router());
  Peer peer(server->address());
  const auto stream = subscribe(hub, peer);
  EXPECT_TRUE(peer.wait_for("transfer-encoding: chunked\r\n\r\n")) << "the head comes before the first event";
  EXPECT_EQ(hub.publish("data: 1\n\n"), 1u);
  EXPECT_TRUE(peer.wait_for("9\r\ndata: 1\n\n\r\n"));
  EXPECT_TRUE(stream->write(std::make_shared<const std::string>())) << "empty: nothing, not the end";
  EXPECT_EQ(hub.publish("data: 2\n\n"), 1u);
  EXPECT_EQ(server->figures().streams, 1u);
  stream->close();
  EXPECT_EQ(hub.publish("data: 3\n\n"), 0u);
  const Reply reply = peer.read_reply();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "data: 1\n\ndata: 2\n\n");
  EXPECT_EQ(peer.ask(get("/")).body, "ok") << "the connection goes on";
  EXPECT_TRUE(eventually([&] { return hub.closed() == 1; }));
  EXPECT_EQ(server->figures().streams, 0u);
}

TEST(Streams, EndWhenNobodyCanWriteAnyMore) {
  Hub hub;
  const auto server = serve(hub.router());
  Peer peer(server->address());
  subscribe(hub, peer);
  hub.publish("data: 1\n\n");
  hub.let_go();
  EXPECT_EQ(peer.read_reply().body, "data: 1\n\n");
}

TEST(Streams, ToHttp10EndWithTheConnection) {
  Hub hub;
  const auto server = serve(hub.router());
  Peer peer(server->address());
  peer.send("GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return hub.size() == 1; }));
  hub.publish("data: 1\n\n");
  hub.last()->close();
  const std::string all = peer.read_to_end();
  EXPECT_TRUE(peer.ended());
  EXPECT_TRUE(all.ends_with("\r\n\r\ndata: 1\n\n")) << all;
  EXPECT_EQ(all.find("chunked"), std::string::npos);
}

TEST(Streams, HeadOnlyTellsTheHead) {
  Hub hub;
  const auto server = serve(hub.router());
  Peer peer(server->address());
  peer.send("HEAD /events HTTP/1.1\r\nHost: t\r\n\r\n" + get("/"));
  EXPECT_EQ(peer.read_reply(true).field("content-type"), "text/event-stream");
  EXPECT_EQ(peer.read_reply().body, "ok");
  ASSERT_TRUE(eventually([&] { return hub.size() == 1; })) << "the head may be there before the handler has returned";
  EXPECT_FALSE(hub.last()->open());
}

TEST(Streams, NoticeThatThePeerHasGone) {
  Hub hub;
  const auto server = serve(hub.router());
  Peer peer(server->address());
  const auto stream = subscribe(hub, peer);
  ASSERT_TRUE(peer.wait_for("\r\n\r\n"));
  const auto start = Clock::now();
  peer.close();
  ASSERT_TRUE(eventually([&] { return hub.closed() == 1; })) << "without a write that fails";
  EXPECT_LT(Clock::now() - start, 5s);
  EXPECT_FALSE(stream->open());
  EXPECT_EQ(hub.publish("data: 1\n\n"), 0u);
  std::atomic<bool> called = false;
  stream->on_close([&] { called = true; });
  EXPECT_TRUE(eventually([&] { return called.load(); })) << "registered after the end";
}

TEST(Streams, CutOffASlowReader) {
  Hub hub;
  const auto server = serve(hub.router());
  Peer slow(server->address(), 4096);
  const auto stream = subscribe(hub, slow);
  Peer quick(server->address());
  subscribe(hub, quick);
  size_t published = 0;
  size_t received = 0;
  while (hub.publish(std::string(64u << 10, 'e')) == 2 && published < 64u << 20) {
    published += 64u << 10;
    EXPECT_LE(stream->queued_bytes(), limits::kStreamQueueBytesMax);
    quick.wait_for(std::string(1000, 'e'), 1s);
    received += quick.received().size();
    quick.read_to_end(1ms);
  }
  EXPECT_GE(published, limits::kStreamQueueBytesMax - (128u << 10));
  EXPECT_LT(published, limits::kStreamQueueBytesMax + (16u << 20)) << "the queue and what the sockets hold";
  EXPECT_TRUE(eventually([&] { return hub.closed() == 1; })) << "at once, though it reads nothing";
  EXPECT_GT(received, 0u);
  EXPECT_EQ(hub.publish("data: on\n\n"), 1u) << "the quick one goes on";
  EXPECT_TRUE(quick.wait_for("data: on\n\n"));
  EXPECT_EQ(slow.read_to_end().find("\r\n0\r\n\r\n"), std::string::npos) << "a cut answer does not look complete";
}

TEST(Streams, AnExportKeepsToItsReadersPace) {
  constexpr size_t kPieces = 400;
  size_t most_queued = 0;
  Router router;
  router.add(Method::get, "/export", [&](const Request&, const Responder& responder) {
    const auto stream = responder.stream(text({}));
    for (size_t piece = 0; piece < kPieces; ++piece) {
      if (!stream->write(std::make_shared<const std::string>(100'000, static_cast<char>('a' + piece % 26)))) return;
      most_queued = std::max(most_queued, stream->queued_bytes());
      if (!stream->wait_for_room(1u << 20, 10s)) return;
    }
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address(), 16384);
  const Reply reply = peer.ask(get("/export"));
  EXPECT_EQ(reply.body.size(), kPieces * 100'000);
  EXPECT_EQ(reply.body.back(), static_cast<char>('a' + (kPieces - 1) % 26));
  EXPECT_LE(most_queued, (1u << 20) + 100'000u);
}

TEST(Streams, WaitingForRoomEndsWithThePeer) {
  std::atomic<int> outcome = -1;
  Router router;
  router.add(Method::get, "/export", [&](const Request&, const Responder& responder) {
    const auto stream = responder.stream(text({}));
    while (stream->write(std::make_shared<const std::string>(100'000, 'x')) && stream->wait_for_room(200'000, 30s)) {
    }
    outcome = stream->open() ? 1 : 0;
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address(), 4096);
  peer.send(get("/export"));
  ASSERT_TRUE(peer.wait_for("xxxx"));
  peer.close();
  EXPECT_TRUE(eventually([&] { return outcome == 0; }));
}

TEST(Streams, WaitTheirTurnInAPipeline) {
  Hub hub;
  Gate gate;
  Router router = hub.router();
  router.add(Method::get, "/slow", [&](const Request&, const Responder& responder) {
    gate.pass();
    responder.send(text("slow"));
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  peer.send(get("/slow") + get("/events") + get("/"));
  ASSERT_TRUE(eventually([&] { return hub.size() == 1; }));
  EXPECT_EQ(hub.publish("data: early\n\n"), 1u);
  gate.open();
  EXPECT_EQ(peer.read_reply().body, "slow");
  EXPECT_TRUE(peer.wait_for("data: early\n\n"));
  hub.last()->close();
  EXPECT_EQ(peer.read_reply().body, "data: early\n\n");
  EXPECT_EQ(peer.read_reply().body, "ok");
}

TEST(Streams, PastTheMostAreRefused) {
  Hub hub;
  ServerOptions options;
  options.limits.streams_max = 2;
  const auto server = serve(hub.router(), std::move(options));
  Peer a(server->address());
  Peer b(server->address());
  Peer c(server->address());
  subscribe(hub, a);
  subscribe(hub, b);
  const auto refused = subscribe(hub, c);
  const Reply reply = c.read_reply();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.field("retry-after"), "1");
  EXPECT_FALSE(refused->open());
  EXPECT_EQ(hub.publish("data: 1\n\n"), 2u);
  a.close();
  ASSERT_TRUE(eventually([&] { return server->figures().streams == 1; }));
  EXPECT_TRUE(subscribe(hub, c)->open());
}

// Every subscriber gets every event, in order, out of one buffer.
TEST(Streams, FiveHundredSubscribersShareEachEvent) {
  Hub hub;
  const auto server = serve(hub.router());
  std::vector<std::unique_ptr<Peer>> peers;
  for (int n = 0; n < 500; ++n) {
    peers.push_back(std::make_unique<Peer>(server->address()));
    peers.back()->send(get("/events"));
  }
  ASSERT_TRUE(eventually([&] { return hub.size() == 500; }));
  std::string expected;
  for (int event = 0; event < 50; ++event) {
    const std::string bytes = "id: " + std::to_string(event) + "\n\n";
    ASSERT_EQ(hub.publish(bytes), 500u);
    expected += bytes;
  }
  hub.let_go();
  for (const auto& peer : peers) ASSERT_EQ(peer->read_reply().body, expected);
}

}  // namespace
}  // namespace fairway::http::test
