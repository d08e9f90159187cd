// TlsKeeper: the certificate that new connections get, loaded again when its files change. Private to src/http.
//
// A thread of its own looks at the files; what it finds broken is logged and leaves the certificate as it was. Any thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "http/tls_context.h"

namespace fairway::http {

class TlsKeeper {
 public:
  // The errors of TlsContext::load.
  [[nodiscard]] static Result<std::unique_ptr<TlsKeeper>> start(ServerTls files);
  ~TlsKeeper();
  TlsKeeper(const TlsKeeper&) = delete;
  TlsKeeper& operator=(const TlsKeeper&) = delete;

  [[nodiscard]] std::shared_ptr<const TlsContext> current() const;
  // Loads the files soon, changed or not.
  void reload();

 private:
  TlsKeeper(ServerTls files, std::shared_ptr<const TlsContext> first, std::string look);
  void watch();
  void load_again();
  void warn_of_the_end();

  const ServerTls files_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const TlsContext> current_;
  bool wanted_ = false;  // reload() was called
  bool ending_ = false;
  std::string seen_;       // what the files looked like when they were loaded last
  int64_t warned_us_ = 0;  // when the end was last spoken of
  std::thread thread_;
};

}  // namespace fairway::http
