#include "exchange/callbacks/subscription.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::exchange::callbacks {
namespace {

std::unexpected<Error> bad_url(std::string_view url, std::string hint) {
  return fail(Code::invalid, "not a URL to call back", legible(url), std::move(hint));
}

bool is_plain(char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\'; }

}  // namespace

std::string_view name(State state) { return state == State::active ? "active" : "paused"; }

std::string to_json(const Subscription& subscription) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("kind", subscription.kind).member("party", subscription.party).member("url", subscription.url);
  writer.optional_member("label", subscription.label).key("filter").raw(subscription.filter).key("secrets").begin_array();
  for (const SealedSecret& secret : subscription.secrets)
    writer.begin_object().member("sealed", secret.sealed).member("ends", secret.ends_us).end_object();
  writer.end_array().member("state", name(subscription.state)).optional_member("reason", subscription.reason);
  writer.member("created", subscription.created_us).end_object();
  return out;
}

Result<Subscription> subscription_from_json(std::string_view id, std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  const json::object* filter = object != nullptr ? object_of(*object, "filter") : nullptr;
  if (filter == nullptr) return fail(Code::internal, "a subscription is not as it should be", legible(id));
  Subscription subscription;
  subscription.id = id;
  subscription.kind = text_of(*object, "kind");
  subscription.party = text_of(*object, "party");
  subscription.url = text_of(*object, "url");
  subscription.label = text_of(*object, "label");
  subscription.filter = json::serialize(*filter);
  if (const json::array* secrets = array_of(*object, "secrets"))
    for (const json::value& item : *secrets)
      if (const json::object* secret = item.if_object())
        subscription.secrets.push_back({std::string(text_of(*secret, "sealed")), integer_of(*secret, "ends").value_or(0)});
  subscription.state = text_of(*object, "state") == "active" ? State::active : State::paused;
  subscription.reason = text_of(*object, "reason");
  subscription.created_us = integer_of(*object, "created").value_or(0);
  return subscription;
}

Result<Address> address_from(std::string_view url) {
  if (url.size() > limits::kCallbackUrlBytesMax)
    return fail(Code::too_large, "the URL is too long", std::to_string(url.size()) + " bytes",
                "at most " + std::to_string(limits::kCallbackUrlBytesMax));
  if (!url.starts_with("https://") && !url.starts_with("http://")) return bad_url(url, "https://host/path, or http:// where you must");
  if (!std::ranges::all_of(url, is_plain)) return bad_url(url, "encode what is not a plain character");
  if (url.find('#') != std::string_view::npos) return bad_url(url, "leave out the fragment");
  const size_t host = url.find("//") + 2;
  const size_t end = std::min(url.find_first_of("/?", host), url.size());
  const std::string_view authority = url.substr(host, end - host);
  if (authority.empty() || authority.starts_with(':')) return bad_url(url, "it names no host");
  if (authority.find('@') != std::string_view::npos) return bad_url(url, "leave out the user: deliveries are signed instead");
  std::string target(url.substr(end));
  if (!target.starts_with('/')) target.insert(0, "/");
  return Address{std::string(url.substr(0, end)), std::move(target)};
}

}  // namespace fairway::exchange::callbacks
