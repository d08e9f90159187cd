#include "http/client.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <filesystem>

#include "base/limits.h"
#include "unit/http/support.h"

namespace fairway::http::test {
namespace {

std::unique_ptr<Client> client_of(const Server& server, std::chrono::milliseconds patience = 10s) {
  return Client::open("http://" + server.address(), {.patience = patience}).value();
}

// Has a new socket listen on this host; its port.
std::string listen_here(int socket) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::listen(socket, 16);
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return std::to_string(ntohs(address.sin_port));
}

// Says the same bytes to every connection, then closes it; what a broken server might say.
class Parrot {
 public:
  enum class Pace { at_once, byte_by_byte };
  explicit Parrot(std::string says, Pace pace = Pace::at_once) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    url_ = "http://127.0.0.1:" + listen_here(socket_);
    thread_ = std::thread([this, says = std::move(says), pace] { serve(says, pace); });
  }
  ~Parrot() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void serve(const std::string& says, Pace pace) {
    while (true) {
      const int peer = ::accept(socket_, nullptr, nullptr);
      if (peer < 0) return;
      ++connections_;
      std::array<char, 4096> room;
      (void)!::recv(peer, room.data(), room.size(), 0);
      const int on = 1;
      ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      const size_t step = pace == Pace::at_once ? std::max<size_t>(says.size(), 1) : 1;
      for (size_t at = 0; at < says.size(); at += step) {
        ::send(peer, says.data() + at, step, MSG_NOSIGNAL);
        if (pace == Pace::byte_by_byte) std::this_thread::sleep_for(1ms);
      }
      ::close(peer);
    }
  }
  int socket_;
  std::string url_;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

TEST(HttpClient, AsksAndKeepsItsConnection) {
  Router router;
  router.add(Method::post, "/{x}", [](const Request& request, const Responder& responder) {
    Response response = text(std::string(request.header("x-key")) + request.query[0].second + request.body);
    response.status = 201;
    response.headers = {{"location", "/there"}};
    responder.send(std::move(response));
  });
  const auto server = serve(std::move(router));
  const auto client = client_of(*server);
  for (int n = 0; n < 3; ++n) {
    const auto response = client->send({Method::post, "/a?q=2", {{"X-Key", "1"}}, "3"});
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->content_type, "text/plain");
    EXPECT_EQ(find(response->headers, "location"), "/there");
    EXPECT_EQ(response->body, "123");
  }
  EXPECT_EQ(client->send({Method::get, "/a", {}, {}})->status, 405);
  const auto head = client->send({Method::head, "/a/b", {}, {}});
  EXPECT_EQ(head->status, 404);
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(server->figures().connections, 1u);
}

TEST(HttpClient, ConnectsAgainWhereTheServerHasClosed) {
  auto server = serve(simple_router());
  const auto client = client_of(*server);
  ASSERT_TRUE(client->send({Method::get, "/", {}, {}}));
  ServerOptions options;
  options.listen = server->address();
  server->stop(1s);
  server.reset();
  const auto gone = client->send({Method::get, "/", {}, {}});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, Code::unavailable);
  Router router = simple_router();
  router.add(Method::post, "/", [](const Request& request, const Responder& responder) { responder.send(text(request.body)); });
  options.limits.idle_max = 50ms;
  const auto next = Server::start(std::move(options), std::move(router));
  ASSERT_TRUE(next) << next.error().text();
  EXPECT_EQ(client->send({Method::get, "/", {}, {}})->body, "ok");
  ASSERT_TRUE(eventually([&] { return (*next)->figures().connections == 0; }));
  EXPECT_EQ(client->send({Method::post, "/", {}, "posted"})->body, "posted") << "nothing of it had been sent to the closed one";
}

TEST(HttpClient, BigBodiesBothWays) {
  Router router;
  router.add(Method::put, "/", [](Request request, const Responder& responder) { responder.send(text(std::move(request.body))); });
  const auto server = serve(std::move(router));
  const std::string body(5'000'000, 'b');
  const auto response = client_of(*server)->send({Method::put, "/", {}, body});
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_TRUE(response->body == body);
}

TEST(HttpClient, HearsARefusalBeforeItsBodyIsThrough) {
  const auto server = serve(simple_router());
  const auto response = client_of(*server)->send({Method::post, "/", {}, std::string(limits::kRequestBodyBytesMax + 1, 'x')});
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->status, 413);
}

TEST(HttpClient, StreamsPieceByPiece) {
  Gate gate;
  Router router;
  router.add(Method::get, "/events", [&](const Request&, const Responder& responder) {
    const auto stream = responder.stream(text({}));
    stream->write(std::make_shared<const std::string>("first;"));
    gate.pass();
    stream->write(std::make_shared<const std::string>("second;"));
  });
  const auto server = serve(std::move(router));
  const auto client = client_of(*server);
  std::string seen;
  const auto response = client->stream({Method::get, "/events", {}, {}}, [&](std::string_view piece) {
    seen += piece;
    gate.open();  // which the second piece waits for
    return true;
  });
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(seen, "first;second;");
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(client->stream({Method::get, "/none", {}, {}}, [](std::string_view) { return true; })->body.substr(0, 8), "{\"type\":");
}

TEST(HttpClient, StopsAStreamWhenItHasSeenEnough) {
  std::atomic<bool> gone = false;
  Router router = simple_router();
  router.add(Method::get, "/endless", [&](const Request&, const Responder& responder) {
    const auto stream = responder.stream(text({}));
    stream->on_close([&] { gone = true; });
    while (stream->write(std::make_shared<const std::string>("more;")) && stream->wait_for_room(1000, 10s)) {
    }
  });
  const auto server = serve(std::move(router));
  const auto client = client_of(*server);
  int pieces = 0;
  EXPECT_EQ(client->stream({Method::get, "/endless", {}, {}}, [&](std::string_view) { return ++pieces < 3; })->status, 200);
  EXPECT_EQ(pieces, 3);
  EXPECT_TRUE(eventually([&] { return gone.load(); }));
  EXPECT_EQ(client->send({Method::get, "/", {}, {}})->body, "ok");
}

TEST(HttpClient, AStreamThatIsCutIsAnError) {
  std::shared_ptr<Stream> stream;
  Router router;
  router.add(Method::get, "/events", [&](const Request&, const Responder& responder) {
    stream = responder.stream(text({}));
    stream->write(std::make_shared<const std::string>("a part"));
  });
  const auto server = serve(std::move(router));
  std::thread stopper;
  const auto response = client_of(*server)->stream({Method::get, "/events", {}, {}}, [&](std::string_view) {
    if (!stopper.joinable()) stopper = std::thread([&] { server->stop(1s); });
    return true;
  });
  stopper.join();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Code::unavailable);
}

TEST(HttpClient, GivesUpOnASilentServer) {
  Router router;
  std::vector<Responder> kept;
  router.add(Method::get, "/", [&](const Request&, Responder responder) { kept.push_back(std::move(responder)); });
  const auto server = serve(std::move(router));
  const auto client = client_of(*server, 100ms);
  const auto start = Clock::now();
  const auto response = client->send({Method::get, "/", {}, {}});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Code::unavailable);
  EXPECT_LT(Clock::now() - start, 3s);
  server->stop(0s);
}

TEST(HttpClient, ToldBadThingsSaysSo) {
  struct Case {
    std::string says;
    Code code;
  };
  const std::vector<Case> cases = {
      {"", Code::unavailable},
      {"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort", Code::unavailable},
      {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n", Code::unavailable},
      {"HTTP/1.1 200 OK\r\ncontent-le", Code::unavailable},
      {"SSH-2.0-OpenSSH_9.2\r\n", Code::invalid},
      {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", Code::invalid},
      {"HTTP/1.1 200 OK\r\nx: " + std::string(100'000, 'x') + "\r\n\r\n", Code::invalid},
  };
  for (const Case& row : cases) {
    const Parrot parrot(row.says);
    const auto response = Client::open(parrot.url()).value()->send({Method::get, "/", {}, {}});
    ASSERT_FALSE(response) << row.says.substr(0, 60);
    EXPECT_EQ(response.error().code, row.code) << response.error().text();
    EXPECT_EQ(parrot.connections(), 1) << "a first connection that fails is not tried again";
  }
}

TEST(HttpClient, TakesInterimAnswersAndBodiesThatEndWithTheConnection) {
  const Parrot parrot(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.0 200 OK\r\ncontent-type: a/b\r\n\r\nto the end");
  const auto client = Client::open(parrot.url()).value();
  for (int n = 0; n < 2; ++n) {
    const auto response = client->send({Method::get, "/", {}, {}});
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "to the end");
    EXPECT_EQ(response->content_type, "a/b");
    EXPECT_EQ(find(response->headers, "link"), "") << "an interim answer's fields are not the answer's";
  }
}

TEST(HttpClient, ReadsTheSameByteByByte) {
  const std::string head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
  for (const auto& [chunks, body] :
       std::vector<std::pair<std::string, std::string>>{{"0\r\n\r\n", ""}, {"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", "abc"}}) {
    const Parrot parrot(head + chunks, Parrot::Pace::byte_by_byte);
    const auto response = Client::open(parrot.url()).value()->send({Method::get, "/", {}, {}});
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, body);
  }
}

TEST(HttpClient, ARequestThatWasNotReadIsNotRepeatedForever) {
  // Closes every connection after the first request; a second one on the same connection meets silence, once.
  const Parrot parrot("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
  const auto client = Client::open(parrot.url()).value();
  for (int n = 0; n < 3; ++n) EXPECT_EQ(client->send({Method::get, "/", {}, {}})->body, "ok");
  EXPECT_EQ(parrot.connections(), 3);
}

TEST(HttpClient, TooLargeAnAnswer) {
  const std::string body(limits::kResponseBodyBytesMax + 1, 'x');
  const std::string length = "content-length: " + std::to_string(body.size()) + "\r\n\r\n";
  for (const std::string& says : {"HTTP/1.1 200 OK\r\n" + length, "HTTP/1.1 200 OK\r\n\r\n" + body}) {
    const Parrot parrot(says);
    const auto client = Client::open(parrot.url()).value();
    const auto response = client->send({Method::get, "/", {}, {}});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Code::too_large);
  }
}

TEST(HttpClient, RefusesWhatCannotBeWrittenAsHttp) {
  const auto client = Client::open("http://127.0.0.1:1").value();
  EXPECT_EQ(client->send({Method::get, "/a b", {}, {}}).error().code, Code::invalid);
  EXPECT_EQ(client->send({Method::get, "/a\r\nx: y", {}, {}}).error().code, Code::invalid);
  EXPECT_EQ(client->send({Method::get, "", {}, {}}).error().code, Code::invalid);
  EXPECT_EQ(client->send({Method::get, "/", {{"x", "a\r\nb: c"}}, {}}).error().code, Code::invalid);
  EXPECT_EQ(client->send({Method::get, "/", {}, {}}).error().code, Code::unavailable) << "nobody listens there";
}

TEST(HttpClient, RefusesOtherUrls) {
  for (const auto url : {"", "127.0.0.1:80", "ftp://h", "http://", "http:///x", "http://h/path", "http://h:port", "http://h:", "http://a b",
                         "unix:", "http://[::1", "http://user@h"}) {
    EXPECT_FALSE(Client::open(url)) << url;
  }
  for (const auto url : {"http://h", "https://h/", "http://[::1]:80", "unix:/run/x"}) EXPECT_TRUE(Client::open(url)) << url;
}

// A TLS server with a certificate of its own making, for "localhost".
class TlsEcho {
 public:
  TlsEcho() : context_(SSL_CTX_new(TLS_server_method())), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    make_certificate();
    port_ = listen_here(socket_);
    thread_ = std::thread([this] { serve(); });
  }
  ~TlsEcho() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
    SSL_CTX_free(context_);
    std::filesystem::remove(certificate_file_);
  }
  [[nodiscard]] const std::string& port() const { return port_; }
  [[nodiscard]] const std::string& certificate_file() const { return certificate_file_; }

 private:
  void make_certificate() {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost");
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate, key, EVP_sha256());
    SSL_CTX_use_certificate(context_, certificate);
    SSL_CTX_use_PrivateKey(context_, key);
    std::string pattern = ::testing::TempDir() + "fairway-tls-XXXXXX";
    const int file = ::mkstemp(pattern.data());
    FILE* stream = ::fdopen(file, "w");
    PEM_write_X509(stream, certificate);
    ::fclose(stream);
    certificate_file_ = pattern;
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  void serve() {
    while (true) {
      const int peer = ::accept(socket_, nullptr, nullptr);
      if (peer < 0) return;
      SSL* ssl = SSL_new(context_);
      SSL_set_fd(ssl, peer);
      std::array<char, 4096> room;
      while (SSL_accept(ssl) == 1 && SSL_read(ssl, room.data(), room.size()) > 0) {
        constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret";
        SSL_write(ssl, kAnswer.data(), kAnswer.size());
      }
      SSL_free(ssl);
      ::close(peer);
    }
  }

  SSL_CTX* context_;
  int socket_;
  std::string port_;
  std::string certificate_file_;
  std::thread thread_;
};

TEST(HttpClient, VerifiesWhoAnswersOverTls) {
  ::signal(SIGPIPE, SIG_IGN);  // for the OpenSSL server here; the client needs none of it
  const TlsEcho echo;
  const ClientRequest request{Method::get, "/", {}, {}};
  const auto untrusted = Client::open("https://localhost:" + echo.port()).value()->send(request);
  ASSERT_FALSE(untrusted);
  EXPECT_EQ(untrusted.error().code, Code::unavailable);
  EXPECT_NE(untrusted.error().detail.find("certificate verify failed"), std::string::npos) << untrusted.error().text();

  ::setenv("SSL_CERT_FILE", echo.certificate_file().c_str(), 1);
  auto client = Client::open("https://localhost:" + echo.port()).value();
  for (int n = 0; n < 3; ++n) {
    const auto trusted = client->send(request);
    ASSERT_TRUE(trusted) << trusted.error().text();
    EXPECT_EQ(trusted->body, "secret");
  }
  client.reset();  // the server there takes one connection at a time
  const auto misnamed = Client::open("https://127.0.0.1:" + echo.port()).value()->send(request);
  ASSERT_FALSE(misnamed) << "the certificate is for another name";
  EXPECT_NE(misnamed.error().detail.find("certificate verify failed"), std::string::npos) << misnamed.error().text();
  ::unsetenv("SSL_CERT_FILE");
}

}  // namespace
}  // namespace fairway::http::test
