// TLS as clients see it: the handshake and its limits, and everything that HTTP does over it.
#include "http/tls_context.h"
#include "unit/http/tls_support.h"

namespace fairway::http::test {
namespace {

// "/" says what the handler saw of the connection, "/echo" gives the body back.
Router telling_router() {
  Router router;
  router.add(Method::get, "/",
             [](const Request& request, const Responder& responder) { responder.send(text(request.secure ? "secure" : "open")); });
  router.add(Method::post, "/echo", [](const Request& request, const Responder& responder) { responder.send(text(request.body)); });
  return router;
}

std::string post(std::string_view target, std::string_view body) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

TEST(Tls, ServesBothVersions) {
  Authority authority;
  const IssuedCertificate issued = authority.issue("server");
  const auto server = serve(telling_router(), with_tls(issued));
  for (const auto& [version, name] : {std::pair{TLS1_2_VERSION, "TLSv1.2"}, {TLS1_3_VERSION, "TLSv1.3"}}) {
    TlsPeer peer(server->address(), {.version_min = version, .version_max = version});
    ASSERT_TRUE(peer.established()) << peer.failure();
    EXPECT_EQ(peer.version(), name);
    EXPECT_EQ(peer.fingerprint(), issued.fingerprint);
    for (int n = 0; n < 3; ++n) {
      const Reply reply = peer.ask(get("/"));
      EXPECT_EQ(reply.body, "secure");
      EXPECT_EQ(reply.field("strict-transport-security"), "max-age=31536000");
    }
  }
}

TEST(Tls, RefusesWhatIsOlderOrWeaker) {
  Authority authority;
  const auto server = serve(telling_router(), with_tls(authority.issue("server")));
  const TlsPeer older(server->address(), {.version_max = TLS1_1_VERSION});
  EXPECT_FALSE(older.established());
  EXPECT_EQ(older.failure(), "tlsv1 alert protocol version");
  const TlsPeer stranger(server->address(), {.protocol = "h2"});
  EXPECT_FALSE(stranger.established());
  EXPECT_EQ(stranger.failure(), "tlsv1 alert no application protocol");
  TlsPeer good(server->address(), {.protocol = "http/1.1"});
  EXPECT_EQ(good.ask(get("/")).status, 200);
}

TEST(Tls, DoesNotRenegotiate) {
  Authority authority;
  const auto server = serve(telling_router(), with_tls(authority.issue("server")));
  TlsPeer peer(server->address(), {.version_max = TLS1_2_VERSION});
  ASSERT_TRUE(peer.established());
  EXPECT_EQ(SSL_session_reused(peer.ssl()), 0);
  EXPECT_STREQ(SSL_COMP_get_name(SSL_get_current_compression(peer.ssl())), nullptr);
  SSL_renegotiate(peer.ssl());
  EXPECT_NE(SSL_do_handshake(peer.ssl()), 1);
}

TEST(Tls, TellsAPlainClientWhatToDo) {
  Authority authority;
  const auto server = serve(telling_router(), with_tls(authority.issue("server")));
  for (const auto& request : {get("/"), post("/echo", "body")}) {
    Peer peer(server->address());
    const Reply reply = peer.ask(request);
    EXPECT_EQ(reply.status, 400);
    EXPECT_NE(reply.body.find("speaks TLS"), std::string::npos) << reply.body;
    EXPECT_EQ(reply.field("strict-transport-security"), "");
    EXPECT_TRUE(peer.closes());
  }
  Peer noise(server->address());
  noise.send(std::string(100, '\x17'));
  EXPECT_TRUE(noise.closes());
  EXPECT_TRUE(eventually([&] { return server->figures().connections == 0; }));
}

TEST(Tls, ASlowHandshakeIsCutAndHoldsNobodyUp) {
  Authority authority;
  ServerOptions options = with_tls(authority.issue("server"));
  options.limits.handshake_max = 200ms;
  const auto server = serve(telling_router(), std::move(options));
  Peer silent(server->address());
  Peer slow(server->address());
  slow.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6));  // the beginning of a ClientHello
  const auto start = Clock::now();
  TlsPeer quick(server->address());
  EXPECT_EQ(quick.ask(get("/")).status, 200);
  EXPECT_TRUE(silent.closes());
  EXPECT_TRUE(slow.closes());
  EXPECT_GE(Clock::now() - start, 150ms);
  EXPECT_EQ(quick.ask(get("/")).status, 200) << "an established one may be idle for longer";
}

TEST(Tls, CarriesLargeBodiesBothWays) {
  Authority authority;
  const auto server = serve(telling_router(), with_tls(authority.issue("server")));
  std::string body(8u << 20, '\0');
  for (size_t at = 0; at < body.size(); ++at) body[at] = static_cast<char>('a' + at * 7 % 26);
  TlsPeer peer(server->address());
  ASSERT_TRUE(peer.send(post("/echo", body)));
  EXPECT_TRUE(peer.read_reply().body == body);
  EXPECT_EQ(peer.ask(get("/")).status, 200) << "and goes on";
}

// More than the sockets hold, to a reader that waits before it reads.
TEST(Tls, StreamsToASlowReader) {
  Authority authority;
  Router router;
  static constexpr size_t kChunk = 40'000, kChunks = 200;
  router.add(Method::get, "/events", [](const Request&, const Responder& responder) {
    const auto stream = responder.stream(text({}));
    for (size_t n = 0; n < kChunks; ++n) {
      stream->write(std::make_shared<const std::string>(kChunk, static_cast<char>('a' + n % 26)));
      stream->wait_for_room(limits::kStreamQueueBytesMax / 2, 10s);
    }
  });
  const auto server = serve(std::move(router), with_tls(authority.issue("server")));
  TlsPeer peer(server->address(), {}, 4096);
  peer.send(get("/events"));
  std::this_thread::sleep_for(50ms);
  const Reply reply = peer.read_reply();
  ASSERT_EQ(reply.body.size(), kChunk * kChunks);
  for (size_t n = 0; n < kChunks; ++n) EXPECT_EQ(reply.body[n * kChunk + kChunk / 2], static_cast<char>('a' + n % 26));
  EXPECT_EQ(peer.ask(get("/nothing")).status, 404) << "the connection goes on";
}

TEST(Tls, AnswersPipelinedRequestsInOrder) {
  Authority authority;
  Router router;
  router.add(Method::get, "/{number}",
             [](const Request& request, const Responder& responder) { responder.send(text(std::string(request.parameter("number")))); });
  const auto server = serve(std::move(router), with_tls(authority.issue("server")));
  TlsPeer peer(server->address());
  std::string requests;
  for (int n = 0; n < 500; ++n) requests += get("/" + std::to_string(n), "X-Weight: " + std::string(300, 'x') + "\r\n");
  std::thread sender([&] { peer.send(requests); });
  sender.join();
  for (int n = 0; n < 500; ++n) ASSERT_EQ(peer.read_reply().body, std::to_string(n));
}

TEST(Tls, AnswersAfterTheClientHasEndedItsHalf) {
  Authority authority;
  Gate gate;
  Router router;
  router.add(Method::get, "/", [&](const Request&, const Responder& responder) {
    gate.pass();
    responder.send(text("still here"));
  });
  const auto server = serve(std::move(router), with_tls(authority.issue("server")));
  TlsPeer peer(server->address());
  peer.send(get("/"));
  peer.end_sending();
  std::this_thread::sleep_for(20ms);
  gate.open();
  EXPECT_EQ(peer.read_reply().body, "still here");
  EXPECT_TRUE(peer.closes());
  EXPECT_TRUE(peer.was_told());
}

TEST(Tls, SlowRequestsAndIdleConnectionsEnd) {
  Authority authority;
  ServerOptions options = with_tls(authority.issue("server"));
  options.limits.idle_max = 100ms;
  const auto server = serve(telling_router(), std::move(options));
  TlsPeer slow(server->address());
  slow.send("GET / HT");
  EXPECT_EQ(slow.read_reply().status, 408);
  EXPECT_TRUE(slow.closes());
  TlsPeer idle(server->address());
  EXPECT_EQ(idle.ask(get("/")).status, 200);
  EXPECT_TRUE(idle.closes());
  EXPECT_TRUE(idle.was_told());
}

TEST(Tls, OneConnectionTooManyIsToldSo) {
  Authority authority;
  ServerOptions options = with_tls(authority.issue("server"));
  options.limits.connections_max = 1;
  const auto server = serve(telling_router(), std::move(options));
  TlsPeer first(server->address());
  EXPECT_EQ(first.ask(get("/")).status, 200);
  TlsPeer extra(server->address());
  ASSERT_TRUE(extra.established());
  EXPECT_EQ(extra.read_reply().status, 503);
  EXPECT_TRUE(extra.closes());
}

TEST(Tls, StopAnswersWhatItHasTakenAndCutsStreams) {
  Authority authority;
  Gate gate;
  std::atomic<bool> started = false;
  Router router;
  router.add(Method::get, "/", [&](const Request&, const Responder& responder) {
    started = true;
    gate.pass();
    responder.send(text("done"));
  });
  std::shared_ptr<Stream> stream;
  std::atomic<bool> streaming = false;
  router.add(Method::get, "/events", [&](const Request&, const Responder& responder) {
    stream = responder.stream(text({}));
    stream->write(std::make_shared<const std::string>("event"));
    streaming = true;
  });
  const auto server = serve(std::move(router), with_tls(authority.issue("server")));
  Peer shaking(server->address());
  TlsPeer idle(server->address());
  TlsPeer busy(server->address());
  TlsPeer listening(server->address());
  busy.send(get("/"));
  listening.send(get("/events"));
  ASSERT_TRUE(eventually([&] { return started && streaming; }));
  std::thread stopper([&] { server->stop(10s); });
  EXPECT_TRUE(idle.closes());
  EXPECT_TRUE(idle.was_told());
  EXPECT_TRUE(shaking.closes());
  gate.open();
  EXPECT_EQ(busy.read_reply().body, "done");
  EXPECT_TRUE(busy.closes());
  const std::string all = listening.read_to_end();
  EXPECT_NE(all.find("event"), std::string::npos);
  EXPECT_FALSE(all.ends_with("0\r\n\r\n"));
  stopper.join();
  EXPECT_EQ(server->figures().connections, 0u);
}

TEST(Tls, ManyConnectionsAtOnce) {
  Authority authority;
  ServerOptions options = with_tls(authority.issue("server"));
  options.io_threads = 2;
  const auto server = serve(telling_router(), std::move(options));
  std::atomic<int> answered = 0;
  std::vector<std::jthread> clients;
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&] {
      for (int round = 0; round < 5; ++round) {
        TlsPeer peer(server->address());
        for (int n = 0; n < 5; ++n) answered += peer.ask(post("/echo", std::string(20'000, 'x'))).body.size() == 20'000 ? 1 : 0;
      }
    });
  }
  clients.clear();
  EXPECT_EQ(answered, 8 * 5 * 5);
}

TEST(Tls, SessionsAreResumed) {
  Authority authority;
  const auto server = serve(telling_router(), with_tls(authority.issue("server")));
  TlsPeer first(server->address());
  EXPECT_EQ(first.ask(get("/")).status, 200);
  SSL_SESSION* session = SSL_get1_session(first.ssl());
  TlsPeer second(server->address(), {.resume = session});
  EXPECT_EQ(SSL_session_reused(second.ssl()), 1);
  EXPECT_EQ(second.ask(get("/")).status, 200);
  SSL_SESSION_free(session);
}

TEST(Tls, FilesThatCannotBeUsedAreNamed) {
  Authority authority;
  const IssuedCertificate issued = authority.issue("server");
  const IssuedCertificate other = authority.issue("other");
  const auto start = [](const ServerTls& tls) {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.tls = tls;
    return Server::start(std::move(options), Router());
  };
  const std::string missing = authority.folder() + "/missing.pem";
  for (const auto& [tls, wrong] : {std::pair{ServerTls{missing, issued.key_file, {}}, missing},
                                   {ServerTls{issued.certificate_file, missing, {}}, missing},
                                   {ServerTls{issued.certificate_file, other.key_file, {}}, other.key_file},
                                   {ServerTls{issued.certificate_file, issued.key_file, issued.key_file}, issued.key_file}}) {
    const auto started = start(tls);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Code::invalid);
    EXPECT_TRUE(started.error().detail.starts_with(wrong)) << started.error().text();
  }
}

TEST(Tls, TheEndOfACertificateIsSpokenOfInTime) {
  constexpr int64_t kDay = 86'400'000'000;
  const int64_t now = 1'700'000'000'000'000;
  EXPECT_FALSE(expiry_warning(now + 15 * kDay, now));
  EXPECT_EQ(expiry_warning(now + 13 * kDay, now), "the TLS certificate ends on 2023-11-27T22:13:20Z");
  EXPECT_EQ(expiry_warning(now - 1'000'000, now), "the TLS certificate ended on 2023-11-14T22:13:19Z");
}

TEST(Tls, BehindAProxyEveryRequestIsSecure) {
  ServerOptions options;
  options.behind_tls_proxy = true;
  const auto proxied = serve(telling_router(), std::move(options));
  Peer through(proxied->address());
  const Reply reply = through.ask(get("/"));
  EXPECT_EQ(reply.body, "secure");
  EXPECT_EQ(reply.field("strict-transport-security"), "max-age=31536000");

  const auto plain = serve(telling_router());
  Peer peer(plain->address());
  const Reply open = peer.ask(get("/"));
  EXPECT_EQ(open.body, "open");
  EXPECT_EQ(open.field("strict-transport-security"), "");
}

}  // namespace
}  // namespace fairway::http::test
