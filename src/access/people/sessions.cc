#include "access/people/sessions.h"

#include <sodium.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr size_t kTokenCharacters = 52;  // of five bits each
constexpr std::string_view kCsrfMessage = "fairway csrf";

std::string session_key(std::string_view digest) { return "session/" + std::string(digest); }
std::string sessions_prefix(const PersonId& person) { return "sessions/" + person + "/"; }

std::string to_json(const Session& session) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("person", session.person).member("generation", session.generation);
  writer.member("created", session.created_us).member("seen", session.seen_us).end_object();
  return out;
}

Result<Session> session_from_json(std::string_view digest, const store::StateValue& state) {
  const json::value parsed = TRY(parse_json(state.value));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "a session is not a JSON object");
  Session session;
  session.digest = digest;
  session.person = text_of(*object, "person");
  session.generation = static_cast<uint64_t>(integer_of(*object, "generation").value_or(0));
  session.created_us = integer_of(*object, "created").value_or(0);
  session.seen_us = integer_of(*object, "seen").value_or(0);
  session.version = state.version;
  return session;
}

void erase(const Session& session, store::Batch& batch) {
  batch.state.push_back({session_key(session.digest), std::nullopt, std::nullopt});
  batch.state.push_back({sessions_prefix(session.person) + session.digest, std::nullopt, std::nullopt});
}

}  // namespace

int64_t Session::ends_us() const { return std::min(seen_us + kSessionIdleSeconds * kSecondUs, created_us + kSessionSeconds * kSecondUs); }

bool Session::is_of(const Person& other) const { return person == other.id && generation == other.generation && !other.suspended; }

std::string csrf_of(std::string_view token) {
  crypto_auth_hmacsha256_state state;
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(token.data()), token.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(kCsrfMessage.data()), kCsrfMessage.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  return to_hex(mac);
}

bool is_csrf_of(std::string_view token, std::string_view csrf) {
  const std::string right = csrf_of(token);
  return csrf.size() == right.size() && sodium_memcmp(csrf.data(), right.data(), right.size()) == 0;
}

Result<OpenedSession> Sessions::prepare(const Person& person, store::Batch& batch) {
  std::vector<Session> others = TRY(of(person.id));
  const int64_t now_us = env_.now_us();
  std::ranges::sort(others, std::greater(), &Session::seen_us);
  size_t kept = 0;
  for (const Session& other : others) {
    const bool goes_on = now_us < other.ends_us() && other.is_of(person) && kept + 1 < limits::kSessionsPerPersonMax;
    goes_on ? void(++kept) : erase(other, batch);
  }
  const std::string token = random_id(env_, kTokenCharacters);
  Session session{to_hex(sha256(token)), person.id, person.generation, now_us, now_us, 0};
  batch.state.push_back({session_key(session.digest), to_json(session), 0});
  batch.state.push_back({sessions_prefix(person.id) + session.digest, "", 0});
  return OpenedSession{person, token, session.ends_us()};
}

Result<std::optional<Session>> Sessions::find(std::string_view token) {
  if (token.size() != kTokenCharacters) return std::nullopt;
  const std::string digest = to_hex(sha256(token));
  const auto snapshot = TRY(store_.snapshot());
  const auto found = TRY(snapshot->state(session_key(digest)));
  if (!found) return std::nullopt;
  Session session = TRY(session_from_json(digest, *found));
  if (env_.now_us() >= session.ends_us()) return std::nullopt;
  return session;
}

void Sessions::touch(const Session& session) {
  const int64_t now_us = env_.now_us();
  if (now_us - session.seen_us < kSessionSeenSeconds * kSecondUs) return;
  Session seen = session;
  seen.seen_us = now_us;
  store::Batch batch;
  batch.state.push_back({session_key(session.digest), to_json(seen), session.version});
  store_.commit(std::move(batch), [](const Result<store::Receipt>&) {});
}

Status Sessions::end(const Session& session) {
  store::Batch batch;
  erase(session, batch);
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

Status Sessions::prepare_end(const Person& person, std::string_view kept, store::Batch& batch) {
  std::optional<Session> going_on = TRY(find(kept));
  for (const Session& session : TRY(of(person.id)))
    if (!going_on || session.digest != going_on->digest) erase(session, batch);
  if (!going_on) return {};
  going_on->generation = person.generation;
  batch.state.push_back({session_key(going_on->digest), to_json(*going_on), going_on->version});
  return {};
}

Result<std::vector<Session>> Sessions::of(const PersonId& person) {
  const std::string prefix = sessions_prefix(person);
  const auto snapshot = TRY(store_.snapshot());
  std::vector<Session> sessions;
  for (const auto& [key, unused] : TRY(snapshot->state_scan(prefix, "", limits::kStateWritesPerBatchMax / 4))) {
    const std::string digest = key.substr(prefix.size());
    if (const auto found = TRY(snapshot->state(session_key(digest)))) sessions.push_back(TRY(session_from_json(digest, *found)));
  }
  return sessions;
}

}  // namespace fairway::access
