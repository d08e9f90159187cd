#include <fcntl.h>

#include "base/json.h"
#include "unit/http/support.h"

namespace fairway::http::test {
namespace {

TEST(Server, RoutesWithParametersQueryAndFields) {
  Router router;
  router.add(Method::get, "/v1/journeys/{reference}", [](const Request& request, const Responder& responder) {
    std::string seen = std::string(request.parameter("reference")) + "|" + request.path + "|" + request.target + "|";
    for (const auto& [name, value] : request.query) seen += name + "=" + value + ";";
    seen += "|" + std::string(request.header("authorization")) + "|" + request.peer + (request.local_socket ? "|local" : "|tcp");
    responder.send(text(seen));
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  const Reply reply = peer.ask(get("/v1/journeys/HLCU%2F1%20%E6%B8%AF?a=1&b=x+y&a=%26", "Authorization: Bearer k\r\n"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body,
            "HLCU/1 港|/v1/journeys/HLCU/1 港|/v1/journeys/HLCU%2F1%20%E6%B8%AF?a=1&b=x+y&a=%26|a=1;b=x y;a=&;|Bearer k|127.0.0.1|tcp");
  EXPECT_EQ(reply.field("content-type"), "text/plain");
  EXPECT_TRUE(reply.field("date").ends_with(" GMT"));
}

TEST(Server, AnswersWhatNobodyHandlesWithProblems) {
  Router router = simple_router();
  router.add(Method::post, "/", [](const Request&, const Responder& responder) { responder.send(text("posted")); });
  router.add(Method::get, "/{x}", [](const Request&, const Responder& responder) { responder.send(text("x")); });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  struct Case {
    std::string request;
    int status;
    std::string_view code;
  };
  for (const Case& row : std::initializer_list<Case>{{get("/no/where?x=1"), 404, "not_found"},
                                                     {"DELETE / HTTP/1.1\r\nHost: t\r\n\r\n", 405, "unsupported"},
                                                     {"BREW / HTTP/1.1\r\nHost: t\r\n\r\n", 405, "unsupported"},
                                                     {get("/%zz"), 400, "invalid"},
                                                     {get("/?a=%"), 400, "invalid"},
                                                     {get("/%00"), 400, "invalid"},
                                                     {get("/%ff"), 400, "invalid"},
                                                     {"OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n", 400, "invalid"}}) {
    const Reply reply = peer.ask(row.request);
    EXPECT_EQ(reply.status, row.status) << row.request;
    EXPECT_EQ(reply.field("content-type"), "application/problem+json");
    const auto body = parse_json(reply.body);
    ASSERT_TRUE(body) << reply.body;
    EXPECT_EQ(text_of(body->as_object(), "code"), row.code);
    EXPECT_EQ(integer_of(body->as_object(), "status"), row.status);
    EXPECT_EQ(reply.field("allow"), row.status == 405 ? "GET, HEAD, POST" : "");
  }
  EXPECT_EQ(peer.ask(get("/")).body, "ok") << "none of them ends the connection";
}

TEST(Server, HeadHasTheFieldsOfGetAndNoBody) {
  const auto server = serve(simple_router());
  Peer peer(server->address());
  peer.send("HEAD / HTTP/1.1\r\nHost: t\r\n\r\nHEAD /none HTTP/1.1\r\nHost: t\r\n\r\n" + get("/"));
  const Reply head = peer.read_reply(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("content-length"), "2");
  EXPECT_EQ(peer.read_reply(true).status, 404);
  EXPECT_EQ(peer.read_reply().body, "ok");
}

TEST(Server, AnswersInStepsOfTimeWhereAsked) {
  static constexpr std::chrono::milliseconds kStep(30);
  Router router = simple_router();
  router.add(Method::get, "/quick", [](const Request&, const Responder& responder) {
    Response response = text("quick");
    response.time_step = kStep;
    responder.send(std::move(response));
  });
  router.add(Method::get, "/slow", [](const Request&, const Responder& responder) {
    std::this_thread::sleep_for(kStep + std::chrono::milliseconds(5));
    Response response = text("slow");
    response.time_step = kStep;
    responder.send(std::move(response));
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  const auto time_of = [&](const std::string& path) {
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(peer.ask(get(path)).body, path.substr(1));
    return std::chrono::steady_clock::now() - began;
  };
  EXPECT_GE(time_of("/quick"), kStep);
  EXPECT_GE(time_of("/slow"), 2 * kStep);
  peer.send(get("/quick") + get("/"));
  EXPECT_EQ(peer.read_reply().body, "quick") << "what comes after it waits for it";
  EXPECT_EQ(peer.read_reply().body, "ok");
  peer.send(get("/quick"));  // and is gone before the answer
}

TEST(Server, TakesBodiesOfBothKinds) {
  Router router;
  router.add(Method::post, "/echo", [](Request request, const Responder& responder) { responder.send(text(std::move(request.body))); });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: t\r\n";
  EXPECT_EQ(peer.ask(head + "Content-Length: 5\r\n\r\nhello").body, "hello");
  EXPECT_EQ(peer.ask(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n").body, "hello world");
  EXPECT_EQ(peer.ask(head + "Content-Length: 0\r\n\r\n").body, "");
  EXPECT_EQ(peer.ask(head + "\r\n").status, 200);
  std::string big(8u << 20, '\0');
  for (size_t at = 0; at < big.size(); ++at) big[at] = static_cast<char>(at * 2654435761u >> 13);
  std::thread sender([&] { peer.send(head + "Content-Length: " + std::to_string(big.size()) + "\r\n\r\n" + big); });
  const Reply reply = peer.read_reply();
  sender.join();
  EXPECT_TRUE(reply.body == big);
}

TEST(Server, AddsDefaultFieldsWhereTheHandlerSetNone) {
  Router router = simple_router();
  router.add(Method::get, "/own", [](const Request&, const Responder& responder) {
    Response response = text("own");
    response.headers = {
        {"x-frame-options", "SAMEORIGIN"}, {"x-evil", "a\r\nset-cookie: b\nc"}, {"content-length", "99"}, {"connection", "close"}};
    responder.send(std::move(response));
  });
  ServerOptions options;
  options.default_headers = {{"x-frame-options", "DENY"}, {"x-content-type-options", "nosniff"}};
  const auto server = serve(std::move(router), std::move(options));
  Peer peer(server->address());
  for (const auto path : {"/", "/none"}) {
    const Reply reply = peer.ask(get(path));
    EXPECT_EQ(reply.field("x-frame-options"), "DENY");
    EXPECT_EQ(reply.field("x-content-type-options"), "nosniff");
  }
  const Reply own = peer.ask(get("/own"));
  EXPECT_EQ(own.field("x-frame-options"), "SAMEORIGIN");
  EXPECT_EQ(own.head.find("DENY"), std::string::npos);
  EXPECT_EQ(own.field("set-cookie"), "") << "a value cannot begin another field";
  EXPECT_EQ(own.field("x-evil"), "a  set-cookie: b c");
  EXPECT_EQ(own.field("content-length"), "3");
  EXPECT_EQ(own.body, "own");
  EXPECT_EQ(peer.ask("garbage\r\n\r\n").field("x-frame-options"), "DENY");
}

TEST(Server, StatusesWithoutBodySendNone) {
  Router router = simple_router();
  for (const int status : {204, 304}) {
    router.add(Method::get, "/" + std::to_string(status), [status](const Request&, const Responder& responder) {
      Response response = text("must not be sent");
      response.status = status;
      responder.send(std::move(response));
    });
  }
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  peer.send(get("/204") + get("/304") + get("/"));
  EXPECT_EQ(peer.read_reply().status, 204);
  EXPECT_EQ(peer.read_reply().status, 304);
  EXPECT_EQ(peer.read_reply().body, "ok");
}

TEST(Server, WhatIsNotAnsweredAtOnceGoesToAWorker) {
  Router router;
  std::atomic<int> tried = 0;
  const std::thread::id here = std::this_thread::get_id();
  std::atomic<std::thread::id> at_once_on = here, handled_on = here;
  const Handler by_worker = [&](const Request& request, const Responder& responder) {
    handled_on = std::this_thread::get_id();
    responder.send(text("worker " + std::string(request.parameter("what"))));
  };
  router.add(Method::get, "/{what}", by_worker, [&](const Request& request, const Responder& responder) {
    ++tried;
    at_once_on = std::this_thread::get_id();
    if (request.parameter("what") != "short") return false;
    responder.send(text("at once"));
    return true;
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  EXPECT_EQ(peer.ask(get("/short")).body, "at once");
  EXPECT_EQ(handled_on.load(), here);
  EXPECT_EQ(peer.ask(get("/long")).body, "worker long");
  EXPECT_EQ(tried, 2);
  EXPECT_NE(handled_on.load(), at_once_on.load());
}

TEST(Server, AHandlerThatDoesNotAnswerOrThrowsIs500) {
  Router router = simple_router();
  router.add(Method::get, "/drop", [](const Request&, const Responder&) {});
  const Handler unreached = [](const Request&, const Responder& responder) { responder.send(text("from a worker")); };
  router.add(Method::get, "/drop-at-once", unreached, [](const Request&, const Responder&) { return true; });
  router.add(Method::get, "/throw", [](const Request&, const Responder&) { throw std::runtime_error("a library's"); });
  router.add(Method::get, "/throw-at-once", unreached, [](const Request&, const Responder&) -> bool { throw 1; });
  router.add(Method::get, "/twice", [](const Request&, const Responder& responder) {
    responder.send(text("first"));
    responder.send(text("second"));
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  for (const auto path : {"/drop", "/drop-at-once", "/throw", "/throw-at-once"}) {
    const Reply reply = peer.ask(get(path));
    EXPECT_EQ(reply.status, 500) << path;
    EXPECT_NE(reply.body.find("urn:fairway:problem:internal"), std::string::npos);
  }
  EXPECT_EQ(peer.ask(get("/twice")).body, "first");
  EXPECT_EQ(peer.ask(get("/")).body, "ok");
}

TEST(Server, SharesBodiesServedManyTimes) {
  const auto page = std::make_shared<const std::string>(std::string(100'000, 'p'));
  Router router;
  router.add(Method::get, "/", [page](const Request&, const Responder& responder) {
    Response response;
    response.shared_body = page;
    responder.send(std::move(response));
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  EXPECT_TRUE(peer.ask(get("/")).body == *page);
  EXPECT_TRUE(peer.ask(get("/")).body == *page);
}

// Answers come later, from another thread, last request first.
TEST(Server, PipelinedAnswersKeepTheirOrder) {
  std::mutex mutex;
  std::vector<std::pair<std::string, Responder>> waiting;
  Router router;
  router.add(Method::get, "/{n}", [&](const Request& request, Responder responder) {
    const std::scoped_lock lock(mutex);
    waiting.emplace_back(request.parameter("n"), std::move(responder));
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  constexpr int kRequests = 20;
  std::string all;
  for (int n = 0; n < kRequests; ++n) all += get("/" + std::to_string(n));
  peer.send(all);
  ASSERT_TRUE(eventually([&] {
    const std::scoped_lock lock(mutex);
    return waiting.size() == kRequests;
  })) << "requests that change nothing run side by side";
  std::thread([&] {
    std::ranges::sort(waiting, std::greater{}, [](const auto& entry) { return std::stoi(entry.first); });
    for (const auto& [n, responder] : waiting) responder.send(text(n));
    waiting.clear();
  }).join();
  for (int n = 0; n < kRequests; ++n) EXPECT_EQ(peer.read_reply().body, std::to_string(n));
}

// RFC 9112, 9.3.2: what may change something waits for what was asked before, and holds up what is asked after it.
TEST(Server, PipelinedChangesRunOneByOne) {
  std::atomic<int> running = 0;
  std::atomic<bool> overlapped = false;
  std::string order;
  const auto slow = [&](const Request& request, const Responder& responder) {
    if (running.fetch_add(1) != 0) overlapped = true;
    std::this_thread::sleep_for(5ms);
    order += request.body;
    running.fetch_sub(1);
    responder.send(text(request.body));
  };
  Router router;
  router.add(Method::post, "/", slow);
  router.add(Method::get, "/", slow);
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  std::string all;
  for (int n = 0; n < 8; ++n) {
    all += "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\n" + std::to_string(n);
    if (n % 3 == 0) all += get("/");
  }
  peer.send(all);
  for (int n = 0; n < 8; ++n) {
    EXPECT_EQ(peer.read_reply().body, std::to_string(n));
    if (n % 3 == 0) {
      EXPECT_EQ(peer.read_reply().status, 200);
    }
  }
  EXPECT_FALSE(overlapped);
  EXPECT_EQ(order, "01234567");
}

TEST(Server, PipeliningPastTheLimitWaitsAndLosesNothing) {
  const auto server = serve(simple_router());
  Peer peer(server->address());
  constexpr int kRequests = 5'000;  // far past limits::kRequestsPipelinedMax
  std::thread sender([&] {
    for (int n = 0; n < kRequests; ++n) peer.send(get("/"));
    peer.end_sending();
  });
  const std::string all = peer.read_to_end();
  sender.join();
  size_t answers = 0;
  for (size_t at = all.find("\r\n\r\nok"); at != std::string::npos; at = all.find("\r\n\r\nok", at + 1)) ++answers;
  EXPECT_EQ(answers, static_cast<size_t>(kRequests));
  EXPECT_TRUE(peer.ended());
}

TEST(Server, KeepsTheConnectionAsTheProtocolSays) {
  const auto server = serve(simple_router());
  Peer modern(server->address());
  EXPECT_EQ(modern.ask(get("/")).field("connection"), "");
  EXPECT_EQ(modern.ask(get("/", "Connection: close\r\n")).field("connection"), "close");
  EXPECT_TRUE(modern.closes());
  Peer old(server->address());
  EXPECT_EQ(old.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").field("connection"), "keep-alive");
  EXPECT_EQ(old.ask("GET / HTTP/1.0\r\n\r\n").field("connection"), "close");
  EXPECT_TRUE(old.closes());
}

TEST(Server, AnswersAPeerThatHasEndedItsHalf) {
  Gate gate;
  const auto server = serve(gated_router(gate, "late"));
  Peer peer(server->address());
  peer.send(get("/"));
  peer.end_sending();
  std::this_thread::sleep_for(20ms);
  gate.open();
  EXPECT_EQ(peer.read_reply().body, "late");
  EXPECT_TRUE(peer.closes());
}

TEST(Server, SaysContinueWhenTheBodyIsAwaited) {
  Router router;
  router.add(Method::post, "/", [](Request request, const Responder& responder) { responder.send(text(std::move(request.body))); });
  router.add(Method::get, "/slow", [](const Request&, const Responder& responder) {
    std::this_thread::sleep_for(20ms);
    responder.send(text("slow"));
  });
  const auto server = serve(std::move(router));
  Peer peer(server->address());
  const std::string head = "POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: ";
  EXPECT_EQ(peer.ask(head + "2\r\n\r\n").status, 100);
  EXPECT_EQ(peer.ask("hi").body, "hi");
  peer.send(get("/slow") + head + "3\r\n\r\n");
  EXPECT_EQ(peer.read_reply().body, "slow") << "the interim answer waits for its turn";
  EXPECT_EQ(peer.read_reply().status, 100);
  EXPECT_EQ(peer.ask("abc").body, "abc");
  EXPECT_EQ(peer.ask(head + "99999999999\r\n\r\n").status, 413) << "without the body";
  EXPECT_TRUE(peer.closes());
}

TEST(Server, ReportsEveryAnswer) {
  std::mutex mutex;
  std::vector<std::string> reports;
  ServerOptions options;
  options.on_answer = [&](Method method, std::string_view pattern, int status, int64_t ns) {
    const std::scoped_lock lock(mutex);
    reports.push_back(std::string(name(method)) + " " + std::string(pattern) + " " + std::to_string(status) + (ns > 0 ? "" : " no time"));
  };
  Router router;
  router.add(Method::get, "/v1/{x}", [](const Request&, const Responder& responder) { responder.send(text("x")); });
  const auto server = serve(std::move(router), std::move(options));
  Peer peer(server->address());
  peer.ask(get("/v1/a"));
  peer.ask(get("/none"));
  peer.ask("nonsense\r\n\r\n");
  ASSERT_TRUE(peer.closes());
  const std::scoped_lock lock(mutex);
  EXPECT_EQ(reports, (std::vector<std::string>{"GET /v1/{x} 200", "GET  404", "OTHER  400"}));
}

TEST(Server, ServesAThousandConnectionsOnSeveralLoops) {
  ServerOptions options;
  options.io_threads = 2;
  const auto server = serve(simple_router(), std::move(options));
  std::vector<std::unique_ptr<Peer>> peers;
  for (int n = 0; n < 1000; ++n) {
    peers.push_back(std::make_unique<Peer>(server->address()));
    ASSERT_TRUE(peers.back()->connected());
    peers.back()->send(get("/"));
  }
  for (const auto& peer : peers) ASSERT_EQ(peer->read_reply().body, "ok");
  EXPECT_EQ(server->figures().connections, 1000u);
  for (const auto& peer : peers) ASSERT_EQ(peer->ask(get("/")).body, "ok");
  peers.clear();
  EXPECT_TRUE(eventually([&] { return server->figures().connections == 0; }));
}

TEST(Listen, RefusesWhatIsNoAddress) {
  for (const auto listen : {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:99999", ":80", "::1:80", "a b:80"}) {
    ServerOptions options;
    options.listen = listen;
    EXPECT_FALSE(Server::start(std::move(options), {})) << listen;
  }
}

TEST(Listen, SaysWhatItGotAndThatAPortIsTaken) {
  const auto server = serve(simple_router());
  EXPECT_TRUE(server->address().starts_with("127.0.0.1:"));
  EXPECT_NE(server->address(), "127.0.0.1:0");
  ServerOptions again;
  again.listen = server->address();
  const auto second = Server::start(std::move(again), {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::unavailable);
}

TEST(Listen, AServerCanTakeItsPortAgainAtOnce) {
  auto server = serve(simple_router());
  const std::string address = server->address();
  Peer peer(address);
  peer.ask(get("/"));
  server->stop(1s);  // its side closes first and leaves TIME_WAIT behind
  server.reset();
  ServerOptions options;
  options.listen = address;
  EXPECT_TRUE(Server::start(std::move(options), simple_router()));
}

TEST(Listen, TakesIpv6AndIpv4OnOneSocket) {
  ServerOptions options;
  options.listen = "[::]:0";
  Router router;
  router.add(Method::get, "/", [](const Request& request, const Responder& responder) { responder.send(text(request.peer)); });
  const auto server = Server::start(std::move(options), std::move(router));
  if (!server) GTEST_SKIP() << "no IPv6 here: " << server.error().text();
  EXPECT_TRUE((*server)->address().starts_with("[::]:"));
  Peer peer((*server)->address());
  EXPECT_EQ(peer.ask(get("/")).body, "127.0.0.1");
}

}  // namespace
}  // namespace fairway::http::test
