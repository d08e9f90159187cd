// The HTTP server by itself, for a load generator: what one request costs, by where its handler runs.
//
//   http_echo [LISTEN [IO_THREADS [WORKERS [CERTIFICATE KEY]]]]
//
// Serves, over TLS where it has a certificate, until its standard input ends; then prints requests and CPU time.
//
//   GET  /at_once        answered on the I/O thread
//   GET  /pool           answered on a worker
//   GET  /later          answered from a third thread that collects requests for a millisecond, as a group commit does
//   POST /echo           the body back, on a worker
//   GET  /events         a stream of what is published
//   POST /publish        to all streams
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <mutex>
#include <thread>
#include <vector>

#include "http/server.h"

namespace {

using namespace fairway;
using namespace fairway::http;

Response small_answer() {
  Response response;
  response.body = R"({"reference":"MSKU1234565","events":[]})";
  return response;
}

// Answers in batches, a millisecond apart.
class Committer {
 public:
  void add(Responder responder) {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(responder));
  }
  void stop() {
    stopping_ = true;
    thread_.join();
  }

 private:
  void run() {
    while (!stopping_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      std::vector<Responder> batch;
      {
        const std::scoped_lock lock(mutex_);
        batch.swap(waiting_);
      }
      for (const Responder& responder : batch) responder.send(small_answer());
    }
  }
  std::mutex mutex_;
  std::vector<Responder> waiting_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_{[this] { run(); }};
};

class Audience {
 public:
  void join(std::shared_ptr<Stream> stream) {
    const std::scoped_lock lock(mutex_);
    streams_.push_back(std::move(stream));
  }
  void publish(std::string body) {
    const auto event = std::make_shared<const std::string>("data: " + std::move(body) + "\n\n");
    const std::scoped_lock lock(mutex_);
    std::erase_if(streams_, [&](const auto& stream) { return !stream->write(event); });
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Stream>> streams_;
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int count, char** arguments) {
  ServerOptions options;
  if (count > 1) options.listen = arguments[1];
  if (count > 2) options.io_threads = std::atoi(arguments[2]);
  if (count > 3) options.workers = std::atoi(arguments[3]);
  if (count > 5) options.tls = ServerTls{.certificate_file = arguments[4], .key_file = arguments[5], .client_ca_file = {}};
  std::atomic<int64_t> answers = 0;
  options.on_answer = [&](Method, std::string_view, int, int64_t) { answers.fetch_add(1, std::memory_order_relaxed); };

  Committer committer;
  Audience audience;
  Router router;
  const auto answer_small = [](const Request&, const Responder& responder) { responder.send(small_answer()); };
  router.add(Method::get, "/at_once", answer_small, [](const Request&, const Responder& responder) {
    responder.send(small_answer());
    return true;
  });
  router.add(Method::get, "/pool", answer_small);
  router.add(Method::get, "/later", [&](const Request&, Responder responder) { committer.add(std::move(responder)); });
  router.add(Method::post, "/echo", [](Request request, const Responder& responder) {
    Response response;
    response.content_type = "application/octet-stream";
    response.body = std::move(request.body);
    responder.send(std::move(response));
  });
  router.add(Method::get, "/events", [&](const Request&, const Responder& responder) {
    Response head;
    head.content_type = "text/event-stream";
    audience.join(responder.stream(std::move(head)));
  });
  router.add(Method::post, "/publish", [&](Request request, const Responder& responder) {
    audience.publish(std::move(request.body));
    responder.send(small_answer());
  });

  auto server = Server::start(std::move(options), std::move(router));
  if (!server) {
    std::cerr << server.error().text() << "\n";
    return 1;
  }
  std::cout << "listening on " << (*server)->address() << std::endl;
  const double cpu_before = cpu_seconds();
  std::cin.ignore(std::numeric_limits<std::streamsize>::max());
  const double cpu = cpu_seconds() - cpu_before;
  (*server)->stop(std::chrono::seconds(1));
  committer.stop();
  std::printf("%lld answers, %.2f s of CPU, %.2f us each\n", static_cast<long long>(answers.load()), cpu,
              answers.load() == 0 ? 0.0 : cpu * 1e6 / static_cast<double>(answers.load()));
  return 0;
}
