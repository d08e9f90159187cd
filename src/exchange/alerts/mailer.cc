#include "exchange/alerts/mailer.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "base/bytes.h"
#include "base/limits.h"
#include "exchange/callbacks/mail_address.h"

namespace fairway::exchange {
namespace {

constexpr long kConnectSeconds = limits::kCallbackSecondsMax / 3;
constexpr std::string_view kPlain = "smtp-plain://", kStartTls = "smtp://", kTls = "smtps://";

struct EasyEnd {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// What is still to be handed over.
struct Rest {
  std::string_view text;
};

size_t read_rest(char* into, size_t size, size_t count, void* from) {
  auto& rest = *static_cast<Rest*>(from);
  const size_t taken = std::min(size * count, rest.text.size());
  std::memcpy(into, rest.text.data(), taken);
  rest.text.remove_prefix(taken);
  return taken;
}

int ends_when_stopped(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

bool is_host_and_port(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']';
  });
}

template <typename Value>
bool set(CURL* curl, CURLoption option, Value value) {
  return curl_easy_setopt(curl, option, value) == CURLE_OK;
}

}  // namespace

Result<std::unique_ptr<Mailer>> Mailer::open(MailSettings settings) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  std::unique_ptr<Mailer> mailer(new Mailer(std::move(settings)));
  const MailSettings& given = mailer->settings_;
  for (const std::string_view scheme : {kPlain, kStartTls, kTls}) {
    if (!given.server.starts_with(scheme)) continue;
    const std::string_view host = std::string_view(given.server).substr(scheme.size());
    if (!is_host_and_port(host)) break;
    mailer->tls_ = scheme != kPlain;
    mailer->curl_url_ = std::string(scheme == kTls ? kTls : kStartTls) + std::string(host);
  }
  if (mailer->curl_url_.empty())
    return fail(Code::invalid, "not a mail server", legible(given.server), "smtps://HOST:465, smtp://HOST:587 or smtp-plain://HOST:25");
  if (!mailer->tls_ && !given.user.empty())
    return fail(Code::invalid, "a password would be sent in the clear", legible(given.server), "smtps:// or smtp://");
  TRY(callbacks::mail_address_from("mailto:" + given.from));
  return mailer;
}

Result<http::Response> Mailer::carry(const std::string& url, const callbacks::Letter& letter) const {
  const std::string to = "<" + TRY(callbacks::mail_address_from(url)) + ">", from = "<" + settings_.from + ">";
  const std::unique_ptr<CURL, EasyEnd> curl(curl_easy_init());
  const std::unique_ptr<curl_slist, ListEnd> receivers(curl_slist_append(nullptr, to.c_str()));
  if (!curl || !receivers) return fail(Code::overloaded, "no room for a mail");
  Rest rest{letter.body};
  char reason[CURL_ERROR_SIZE] = "";
  bool ready = set(curl.get(), CURLOPT_URL, curl_url_.c_str()) && set(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps") &&
               set(curl.get(), CURLOPT_NOSIGNAL, 1L) && set(curl.get(), CURLOPT_ERRORBUFFER, reason) &&
               set(curl.get(), CURLOPT_MAIL_FROM, from.c_str()) && set(curl.get(), CURLOPT_MAIL_RCPT, receivers.get()) &&
               set(curl.get(), CURLOPT_UPLOAD, 1L) && set(curl.get(), CURLOPT_READFUNCTION, read_rest) &&
               set(curl.get(), CURLOPT_READDATA, &rest) && set(curl.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds) &&
               set(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(limits::kCallbackSecondsMax)) &&
               set(curl.get(), CURLOPT_NOPROGRESS, 0L) && set(curl.get(), CURLOPT_XFERINFOFUNCTION, ends_when_stopped) &&
               set(curl.get(), CURLOPT_XFERINFODATA, const_cast<std::atomic<bool>*>(&stopping_)) && set(curl.get(), CURLOPT_PROXY, "");
  if (tls_) ready = ready && set(curl.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!settings_.ca_file.empty()) ready = ready && set(curl.get(), CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (!settings_.user.empty())
    ready =
        ready && set(curl.get(), CURLOPT_USERNAME, settings_.user.c_str()) && set(curl.get(), CURLOPT_PASSWORD, settings_.password.c_str());
  if (!ready) return fail(Code::internal, "the mail could not be prepared");
  const CURLcode code = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  http::Response response;
  response.status = static_cast<int>(status);
  if (code == CURLE_OK || status >= 400) return response;
  return fail(Code::unavailable, "the mail server did not take it", legible(reason[0] != 0 ? reason : curl_easy_strerror(code), 200));
}

}  // namespace fairway::exchange
