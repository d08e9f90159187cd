// HttpChannel: the adapter contract over HTTP(S): letters are put under their ids, answers are asked for after a cursor.
//
//   PUT {base}/letters/{id}         2xx: it has the letter (again or for the first time); 4xx: it will never take it, the problem+json says
//                                   why; anything else, or nothing: it is sent again
//   GET {base}/answers?after=CURSOR {"answers":[…],"next":"…"}
//
// docs/howto/connect-an-authority.md is the contract in words. As Channel: one thread at a time; give_up() from any.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "filing/lodge/channel.h"
#include "filing/lodge/hours.h"
#include "http/client.h"

namespace fairway::filing {

struct HttpChannelSettings {
  std::string name;   // "hk-tsw"
  std::string url;    // "https://host/path"
  std::string token;  // sent as Bearer; "" for none
  http::ClientTls tls;
  Hours hours;
};

class HttpChannel final : public Channel {
 public:
  // Code::invalid for a URL that cannot be used, and for a token that would go over the open net in the clear.
  [[nodiscard]] static Result<std::unique_ptr<HttpChannel>> make(HttpChannelSettings settings);

  [[nodiscard]] const std::string& name() const override { return settings_.name; }
  [[nodiscard]] std::optional<int64_t> opens_us(std::string_view form, int64_t now_us) const override {
    return settings_.hours.opens_us(form, now_us);
  }
  [[nodiscard]] Status send(const Letter& letter) override;
  [[nodiscard]] Result<Mail> fetch(std::string_view cursor) override;
  void give_up() override { given_up_ = true; }

 private:
  explicit HttpChannel(HttpChannelSettings settings) : settings_(std::move(settings)) {}
  [[nodiscard]] http::ClientRequest request(http::Method method, std::string_view path) const;

  HttpChannelSettings settings_;
  std::string path_;  // of the base, without a slash at its end
  std::atomic<bool> given_up_{false};
  std::unique_ptr<http::Client> client_;
};

}  // namespace fairway::filing
