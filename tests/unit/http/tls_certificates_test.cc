// Certificates: the server's, exchanged while it serves, and the client's.
#include "http/client.h"
#include "unit/http/tls_support.h"

namespace fairway::http::test {
namespace {

// "/" names whoever showed a certificate.
Router naming_router() {
  Router router;
  router.add(Method::get, "/", [](const Request& request, const Responder& responder) {
    const auto& certificate = request.client_certificate;
    responder.send(text(certificate ? certificate->fingerprint + " " + certificate->subject : "nobody"));
  });
  return router;
}

std::string fingerprint_at(const Server& server) { return TlsPeer(server.address()).fingerprint(); }

void write(const std::string& file, std::string_view text) { std::ofstream(file, std::ios::trunc) << text; }

TEST(TlsCertificates, ANewOneIsTakenWhenItsFilesChange) {
  Authority authority;
  const IssuedCertificate old = authority.issue("server");
  const auto server = serve(naming_router(), with_tls(old));
  TlsPeer open(server->address());
  EXPECT_EQ(open.ask(get("/")).status, 200);
  EXPECT_EQ(open.fingerprint(), old.fingerprint);

  const IssuedCertificate renewed = authority.issue("server");
  ASSERT_EQ(renewed.certificate_file, old.certificate_file);
  EXPECT_TRUE(eventually([&] { return fingerprint_at(*server) == renewed.fingerprint; }));
  EXPECT_EQ(open.ask(get("/")).status, 200) << "open connections go on";
}

TEST(TlsCertificates, ABrokenOneLeavesTheOldInPlace) {
  Authority authority;
  const IssuedCertificate old = authority.issue("server");
  const auto server = serve(naming_router(), with_tls(old));
  write(old.certificate_file, "no certificate");
  server->reload_certificates();
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(fingerprint_at(*server), old.fingerprint);
  std::filesystem::remove(old.key_file);
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(fingerprint_at(*server), old.fingerprint);
  const IssuedCertificate renewed = authority.issue("server");
  EXPECT_TRUE(eventually([&] { return fingerprint_at(*server) == renewed.fingerprint; })) << "and the next good one is taken";
}

TEST(TlsCertificates, ReloadDoesNotWaitForTheNextLook) {
  Authority authority;
  const IssuedCertificate old = authority.issue("server");
  ServerOptions options = with_tls(old);
  options.tls->check_period = 1h;
  const auto server = serve(naming_router(), std::move(options));
  const IssuedCertificate renewed = authority.issue("server");
  EXPECT_EQ(fingerprint_at(*server), old.fingerprint);
  server->reload_certificates();
  EXPECT_TRUE(eventually([&] { return fingerprint_at(*server) == renewed.fingerprint; }));
}

TEST(TlsCertificates, AClientMayShowOneAndABadOneEndsTheHandshake) {
  Authority authority, members("Members"), strangers("Strangers");
  const auto server = serve(naming_router(), with_tls(authority.issue("server"), members.file()));
  const IssuedCertificate member = members.issue("gate");
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsPeer known(server->address(), {.version_max = version, .certificate = member});
    EXPECT_EQ(known.ask(get("/")).body, member.fingerprint + " CN=gate,O=Harbour Haulage");
    TlsPeer nobody(server->address(), {.version_max = version});
    EXPECT_EQ(nobody.ask(get("/")).body, "nobody");

    TlsPeer stranger(server->address(), {.version_max = version, .certificate = strangers.issue("gate")});
    EXPECT_EQ(stranger.ask(get("/")).status, 0);
    EXPECT_EQ(stranger.failure(), "tlsv1 alert unknown ca");
    TlsPeer late(server->address(), {.version_max = version, .certificate = members.issue("late", {-2 * kHourSeconds, -kHourSeconds})});
    EXPECT_EQ(late.ask(get("/")).status, 0);
    EXPECT_EQ(late.failure(), "sslv3 alert certificate expired");
  }
}

TEST(TlsCertificates, AServerThatDoesNotAskSeesNone) {
  Authority authority;
  const auto server = serve(naming_router(), with_tls(authority.issue("server")));
  TlsPeer peer(server->address(), {.certificate = authority.issue("gate")});
  EXPECT_EQ(peer.ask(get("/")).body, "nobody");
}

TEST(TlsCertificates, AResumedSessionKeepsTheClients) {
  Authority authority;
  const auto server = serve(naming_router(), with_tls(authority.issue("server"), authority.file()));
  const IssuedCertificate member = authority.issue("gate");
  TlsPeer first(server->address(), {.certificate = member});
  EXPECT_TRUE(first.ask(get("/")).body.starts_with(member.fingerprint));
  SSL_SESSION* session = SSL_get1_session(first.ssl());
  TlsPeer second(server->address(), {.resume = session});
  EXPECT_EQ(SSL_session_reused(second.ssl()), 1);
  EXPECT_TRUE(second.ask(get("/")).body.starts_with(member.fingerprint));
  SSL_SESSION_free(session);
}

TEST(TlsCertificates, OurClientTrustsAnExtraAuthorityAndShowsItsOwn) {
  Authority authority;
  const auto server = serve(naming_router(), with_tls(authority.issue("server"), authority.file()));
  const IssuedCertificate member = authority.issue("gate");
  const auto ask = [&](const ClientTls& tls, const std::string& host = "127.0.0.1") {
    const std::string port = server->address().substr(server->address().rfind(':'));
    return Client::open("https://" + host + port, {.tls = tls}).value()->send({Method::get, "/", {}, {}});
  };
  EXPECT_EQ(ask({.ca_file = authority.file()}).value().body, "nobody");
  EXPECT_EQ(ask({.ca_file = authority.file()}, "localhost").value().body, "nobody");
  const auto named = ask({authority.file(), member.certificate_file, member.key_file});
  ASSERT_TRUE(named) << named.error().text();
  EXPECT_TRUE(named->body.starts_with(member.fingerprint)) << named->body;

  EXPECT_EQ(ask({}).error().code, Code::unavailable) << "the system's authorities do not know it";
  const std::string missing = authority.folder() + "/missing.pem";
  for (const ClientTls& tls :
       {ClientTls{missing, {}, {}}, ClientTls{{}, missing, member.key_file}, ClientTls{{}, member.certificate_file, missing},
        ClientTls{{}, member.certificate_file, authority.issue("other").key_file}}) {
    const auto refused = ask(tls);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::invalid) << refused.error().text();
  }
}

TEST(TlsCertificates, OurClientSendsAgainOverANewConnectionWhereTheOldHasEnded) {
  Authority authority;
  ServerOptions options = with_tls(authority.issue("server"));
  options.limits.idle_max = 50ms;
  Router router;
  router.add(Method::post, "/", [](const Request&, const Responder& responder) { responder.send(text("done")); });
  const auto server = serve(std::move(router), std::move(options));
  const auto client = Client::open("https://" + server->address(), {.tls = {.ca_file = authority.file()}}).value();
  for (int n = 0; n < 3; ++n) {
    const auto response = client->send({Method::post, "/", {}, "body"});
    ASSERT_TRUE(response) << response.error().text();
    ASSERT_TRUE(eventually([&] { return server->figures().connections == 0; }));
  }
}

}  // namespace
}  // namespace fairway::http::test
