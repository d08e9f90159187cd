#include "http/tls_keeper.h"

#include <sys/stat.h>

#include "base/env.h"
#include "base/instant.h"
#include "base/log.h"

namespace fairway::http {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;

// Changes whenever one of the files does, or is exchanged for another.
std::string look_of(const ServerTls& files) {
  std::string look;
  for (const std::string* file : {&files.certificate_file, &files.key_file, &files.client_ca_file}) {
    struct stat found{};
    if (file->empty() || ::stat(file->c_str(), &found) != 0) {
      look += "-;";
      continue;
    }
    look += fmt::format("{}:{}:{}:{}.{};", found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
  }
  return look;
}

}  // namespace

Result<std::unique_ptr<TlsKeeper>> TlsKeeper::start(ServerTls files) {
  std::string look = look_of(files);
  auto first = TRY(TlsContext::load(files));
  return std::unique_ptr<TlsKeeper>(new TlsKeeper(std::move(files), std::move(first), std::move(look)));
}

TlsKeeper::TlsKeeper(ServerTls files, std::shared_ptr<const TlsContext> first, std::string look)
    : files_(std::move(files)), current_(std::move(first)), seen_(std::move(look)) {
  warn_of_the_end();
  thread_ = std::thread([this] { watch(); });
}

TlsKeeper::~TlsKeeper() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::shared_ptr<const TlsContext> TlsKeeper::current() const {
  const std::scoped_lock lock(mutex_);
  return current_;
}

void TlsKeeper::reload() {
  {
    const std::scoped_lock lock(mutex_);
    wanted_ = true;
  }
  changed_.notify_all();
}

void TlsKeeper::watch() {
  while (true) {
    bool wanted = false;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, files_.check_period, [this] { return wanted_ || ending_; });
      if (ending_) return;
      wanted = std::exchange(wanted_, false);
    }
    if (wanted || look_of(files_) != seen_) load_again();
    if (Env::system().now_us() - warned_us_ > kDayUs) warn_of_the_end();
  }
}

// The look is taken first, so that what changes meanwhile is seen the next time; a broken file is spoken of once.
void TlsKeeper::load_again() {
  seen_ = look_of(files_);
  auto loaded = TlsContext::load(files_);
  if (!loaded) return log::error("the TLS certificate stays as it was: {}", loaded.error().text());
  {
    const std::scoped_lock lock(mutex_);
    current_ = std::move(*loaded);
  }
  log::info("new connections get the TLS certificate of {}, good until {}", files_.certificate_file,
            to_rfc3339_utc(current()->not_after_us()));
  warn_of_the_end();
}

void TlsKeeper::warn_of_the_end() {
  warned_us_ = Env::system().now_us();
  if (const auto warning = expiry_warning(current()->not_after_us(), warned_us_)) log::warn("{} ({})", *warning, files_.certificate_file);
}

}  // namespace fairway::http
