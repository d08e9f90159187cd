#include "unit/http/support.h"

namespace fairway::http::test {
namespace {

TEST(Stop, AnswersWhatItHasTaken) {
  Gate gate;
  std::atomic<int> started = 0;
  Router router;
  router.add(Method::get, "/", [&](const Request&, const Responder& responder) {
    ++started;
    gate.pass();
    responder.send(text("done"));
  });
  ServerOptions options;
  options.workers = 2;
  auto server = serve(std::move(router), std::move(options));
  Peer idle(server->address());
  Peer half(server->address());
  half.send("GET / HTTP/1.1\r\nHo");
  std::vector<std::unique_ptr<Peer>> peers;
  for (int n = 0; n < 6; ++n) {  // two run, four wait for a worker
    peers.push_back(std::make_unique<Peer>(server->address()));
    peers.back()->send(get("/"));
  }
  ASSERT_TRUE(eventually([&] { return started == 2 && server->figures().queued == 4; }));
  std::thread stopper([&] { server->stop(10s); });
  EXPECT_TRUE(idle.closes());
  EXPECT_TRUE(half.closes());
  EXPECT_TRUE(eventually([&] { return !Peer(server->address()).connected(); })) << "no new connections";
  gate.open();
  for (const auto& peer : peers) {
    const Reply reply = peer->read_reply();
    EXPECT_EQ(reply.body, "done");
    EXPECT_EQ(reply.field("connection"), "close");
    EXPECT_TRUE(peer->closes());
  }
  stopper.join();
  EXPECT_EQ(server->figures().connections, 0u);
}

TEST(Stop, IsOverWhenPatienceIs) {
  Gate gate;
  std::atomic<bool> running = false;
  std::atomic<bool> over = false;
  Router router;
  router.add(Method::get, "/", [&](const Request&, const Responder& responder) {
    running = true;
    gate.pass();
    responder.send(text("nobody reads this"));
    over = true;
  });
  auto server = serve(std::move(router));
  Peer peer(server->address());
  peer.send(get("/"));
  ASSERT_TRUE(eventually([&] { return running.load(); }));
  const auto start = Clock::now();
  server->stop(100ms);
  EXPECT_LT(Clock::now() - start, 2s);
  EXPECT_FALSE(over);
  EXPECT_TRUE(peer.closes());
  gate.open();
  server.reset();
  EXPECT_TRUE(over) << "the destructor waits for the handler";
}

TEST(Stop, CutsStreamsAfterWhatTheyHaveQueued) {
  std::shared_ptr<Stream> stream;
  std::atomic<bool> closed = false;
  Router router;
  router.add(Method::get, "/events", [&](const Request&, const Responder& responder) {
    stream = responder.stream(text({}));
    stream->on_close([&] { closed = true; });
    stream->write(std::make_shared<const std::string>(1u << 20, 'e'));
  });
  auto server = serve(std::move(router));
  Peer peer(server->address());
  peer.send(get("/events"));
  ASSERT_TRUE(peer.wait_for("\r\n\r\n"));
  std::thread stopper([&] { server->stop(10s); });
  const std::string all = peer.read_to_end();
  stopper.join();
  EXPECT_TRUE(peer.ended());
  EXPECT_EQ(static_cast<size_t>(std::ranges::count(all, 'e')) > (1u << 20), true) << "everything queued, and the e's of the head";
  EXPECT_FALSE(all.ends_with("0\r\n\r\n")) << "nobody takes it for complete";
  EXPECT_TRUE(closed);
  EXPECT_FALSE(stream->open());
  bool called = false;
  stream->on_close([&] { called = true; });
  EXPECT_TRUE(called) << "from here, since there are no I/O threads any more";
}

// An export that a worker is writing is running: it is not cut.
TEST(Stop, LetsARunningExportEnd) {
  std::atomic<bool> started = false;
  Router router;
  router.add(Method::get, "/export", [&](const Request&, const Responder& responder) {
    const auto stream = responder.stream(text({}));
    started = true;
    for (int piece = 0; piece < 20; ++piece) {
      stream->write(std::make_shared<const std::string>("piece;"));
      std::this_thread::sleep_for(10ms);
    }
  });
  auto server = serve(std::move(router));
  Peer peer(server->address());
  peer.send(get("/export"));
  ASSERT_TRUE(eventually([&] { return started.load(); }));
  std::thread stopper([&] { server->stop(10s); });
  EXPECT_EQ(peer.read_reply().body.size(), 20 * 6u);
  stopper.join();
}

TEST(Stop, RespondersAndStreamsMayOutliveTheServer) {
  std::vector<Responder> responders;
  std::vector<std::shared_ptr<Stream>> streams;
  std::mutex mutex;
  Router router;
  router.add(Method::get, "/later", [&](const Request&, Responder responder) {
    const std::scoped_lock lock(mutex);
    responders.push_back(std::move(responder));
  });
  router.add(Method::get, "/events", [&](const Request&, const Responder& responder) {
    const std::scoped_lock lock(mutex);
    streams.push_back(responder.stream(text({})));
  });
  auto server = serve(std::move(router));
  Peer a(server->address());
  Peer b(server->address());
  Peer c(server->address());
  a.send(get("/later"));
  b.send(get("/events"));
  c.send(get("/later"));
  ASSERT_TRUE(eventually([&] {
    const std::scoped_lock lock(mutex);
    return responders.size() == 2 && streams.size() == 1;
  }));
  server->stop(10ms);
  server.reset();
  responders.front().send(text("too late"));
  const auto late = responders.back().stream(text({}));
  EXPECT_FALSE(late->open());
  EXPECT_FALSE(streams.front()->write(std::make_shared<const std::string>("too late")));
  responders.clear();
  streams.clear();
}

TEST(Stop, TwiceAndAtOnceIsOnce) {
  auto server = serve(simple_router());
  std::vector<std::thread> stoppers;
  for (int n = 0; n < 4; ++n) stoppers.emplace_back([&] { server->stop(1s); });
  for (auto& stopper : stoppers) stopper.join();
  server->stop(1s);
}

// Connections that come and go, pipelines, late answers and streams, and the server stopped in the middle of it; for the
// sanitizers to watch.
TEST(Stop, UnderLoad) {
  for (int round = 0; round < 5; ++round) {
    std::mutex mutex;
    std::vector<Responder> waiting;
    std::vector<std::shared_ptr<Stream>> streams;
    std::atomic<bool> over = false;
    std::atomic<int> served = 0;
    Router router = simple_router();
    router.add(Method::get, "/inline", nullptr, [](const Request&, const Responder& responder) { return responder.send(text("i")), true; });
    router.add(Method::get, "/later", [&](const Request&, Responder responder) {
      const std::scoped_lock lock(mutex);
      waiting.push_back(std::move(responder));
    });
    const auto subscribe = [&](const Request&, const Responder& responder) {
      const std::scoped_lock lock(mutex);
      streams.push_back(responder.stream(text({})));
    };
    const auto at_once = [&](const Request& request, const Responder& responder) { return subscribe(request, responder), true; };
    router.add(Method::get, "/events", subscribe, round % 2 == 0 ? AtOnce() : at_once);
    ServerOptions options;
    options.io_threads = 2;
    options.workers = 3;
    options.on_answer = [&](Method, std::string_view, int, int64_t) { ++served; };
    auto server = serve(std::move(router), std::move(options));
    const std::string address = server->address();

    std::thread committer([&] {
      while (!over) {
        std::this_thread::sleep_for(1ms);
        std::vector<Responder> batch;
        const auto event = std::make_shared<const std::string>("data: tick\n\n");
        const std::scoped_lock lock(mutex);
        batch.swap(waiting);
        for (const Responder& responder : batch) responder.send(text("committed"));
        std::erase_if(streams, [&](const auto& stream) { return !stream->write(event); });
      }
    });
    std::vector<std::thread> clients;
    for (int client = 0; client < 8; ++client) {
      clients.emplace_back([&, client] {
        while (!over) {
          Peer peer(address);
          if (!peer.connected()) return;
          if (client % 4 == 3) {
            peer.send(get("/events"));
            peer.wait_for("tick", 20ms);
            continue;
          }
          peer.send(get("/") + get("/later") + get("/inline") + get("/none") + get("/"));
          for (int reply = 0; reply < 5; ++reply) {
            if (peer.read_reply().status == 0) break;
          }
        }
      });
    }
    ASSERT_TRUE(eventually([&] { return served > 300; }));
    const auto start = Clock::now();
    server->stop(30s);
    EXPECT_LT(Clock::now() - start, 30s) << "nothing hangs";
    EXPECT_EQ(server->figures().connections, 0u);
    EXPECT_EQ(server->figures().streams, 0u);
    if (round % 2 == 0) server.reset();
    over = true;
    for (auto& client : clients) client.join();
    committer.join();
  }
}

}  // namespace
}  // namespace fairway::http::test
