// IoLoop: one I/O thread with its connections and, on the first loop, the listening sockets. Private to src/http.
//
// start(), the posting functions and join() are for the server's thread; everything else happens on the loop's own.
#pragma once

#include <functional>
#include <memory>

#include "http/connection.h"
#include "http/listen.h"

namespace fairway::http {

class IoLoop {
 public:
  virtual ~IoLoop() = default;
  [[nodiscard]] static std::unique_ptr<IoLoop> start(std::shared_ptr<ServerState> state, WorkerPool& workers);

  // Accepts from the socket, which it takes over, and hands each connection to `place`.
  virtual void listen(Listening listening, bool local, std::function<void(Accepted)> place) = 0;
  virtual void adopt(Accepted accepted) = 0;

  // The three steps of Server::stop.
  virtual void finish() = 0;  // no more connections or requests
  virtual void cut_streams() = 0;
  virtual void join() = 0;  // closes what is left and ends the thread
};

}  // namespace fairway::http
