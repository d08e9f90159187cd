#include <sys/stat.h>
#include <sys/un.h>

#include <filesystem>
#include <fstream>

#include "unit/http/support.h"

namespace fairway::http::test {
namespace {

class LocalSocket : public ::testing::Test {
 protected:
  LocalSocket() {
    std::string pattern = ::testing::TempDir() + "fairway-http-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    path_ = (folder_ / "s").string();
  }
  ~LocalSocket() override { std::filesystem::remove_all(folder_); }

  Result<std::unique_ptr<Server>> start() const {
    Router local;
    local.add(Method::get, "/who", [](const Request& request, const Responder& responder) {
      responder.send(text(request.peer + (request.local_socket ? " local" : " remote")));
    });
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.local_socket = path_;
    return Server::start(std::move(options), simple_router(), std::move(local));
  }
  std::string ask(std::string_view target) const {
    const auto client = Client::open("unix:" + path_).value();
    const auto response = client->send({Method::get, std::string(target), {}, {}});
    return response ? std::to_string(response->status) + " " + response->body.substr(0, 10) : std::string(name(response.error().code));
  }

  std::filesystem::path folder_;
  std::string path_;
};

TEST_F(LocalSocket, HasItsOwnRoutesAndNobodyElsesRights) {
  const auto server = start().value();
  struct stat file{};
  ASSERT_EQ(::stat(path_.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_EQ(ask("/who"), "200 unix local");
  EXPECT_TRUE(ask("/").starts_with("404"));
  Peer peer(server->address());
  EXPECT_EQ(peer.ask(get("/who")).status, 404) << "and the network does not have them";
}

TEST_F(LocalSocket, IsRemovedWithTheServer) {
  start().value()->stop(1s);
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_EQ(ask("/who"), "unavailable");
}

TEST_F(LocalSocket, ReplacesAStaleFile) {
  {  // a process that was killed leaves its socket file behind
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, path_.size());
    ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(socket, 1), 0);
    ::close(socket);
  }
  ASSERT_TRUE(std::filesystem::exists(path_));
  const auto server = start();
  ASSERT_TRUE(server) << server.error().text();
  EXPECT_EQ(ask("/who"), "200 unix local");
}

TEST_F(LocalSocket, LeavesALivingServerAlone) {
  const auto first = start().value();
  const auto second = start();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::unavailable);
  EXPECT_EQ(ask("/who"), "200 unix local");
}

TEST_F(LocalSocket, LeavesAFileAlone) {
  std::ofstream(path_) << "somebody's";
  const auto server = start();
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().code, Code::unavailable);
  EXPECT_EQ(std::filesystem::file_size(path_), 10u);
}

TEST_F(LocalSocket, RefusesAPathThatIsTooLong) {
  path_ = std::string(200, 'p');
  const auto server = start();
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().code, Code::invalid);
}

}  // namespace
}  // namespace fairway::http::test
