#include "exchange/as2/receipt.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace fairway::exchange::as2 {
namespace {

constexpr size_t kBoundaryCharacters = 26;
constexpr size_t kBase64LineBytes = 76;

std::string new_boundary(Env& env) { return "=_" + random_id(env, kBoundaryCharacters); }

std::string in_lines(std::string_view base64) {
  std::string out;
  for (size_t at = 0; at < base64.size(); at += kBase64LineBytes) out.append(base64.substr(at, kBase64LineBytes)).append("\r\n");
  return out;
}

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string name_field(std::string_view name) {
  return name.find_first_of(" \"\\") == std::string_view::npos ? std::string(name) : quoted(name);
}

// Text for people with its lines ended as MIME wants, and nothing in it that could be taken for a boundary.
std::string readable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

struct Report {
  std::string type;  // of the content
  std::string body;
};

Report write_report(const Receipt& receipt, const Envelope& envelope, Env& env) {
  const std::string boundary = new_boundary(env);
  std::string body = fmt::format(
      "--{0}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{1}\r\n--{0}\r\n"
      "Content-Type: message/disposition-notification\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
      "Reporting-UA: Fairway\r\nOriginal-Recipient: rfc822; {2}\r\nFinal-Recipient: rfc822; {2}\r\nOriginal-Message-ID: {3}\r\n"
      "Disposition: automatic-action/MDN-sent-automatically; {4}\r\n",
      boundary, readable(receipt.text), name_field(envelope.to), envelope.message_id, receipt.disposition);
  if (!receipt.mic.empty()) body += fmt::format("Received-Content-MIC: {}, {}\r\n", to_base64(receipt.mic), name(receipt.digest));
  body += fmt::format("\r\n--{}--\r\n", boundary);
  return {fmt::format("multipart/report; report-type=disposition-notification; boundary=\"{}\"", boundary), std::move(body)};
}

Result<Report> sign(const Report& report, Digest digest, const Identity& identity, Env& env) {
  const std::string boundary = new_boundary(env);
  const std::string content = "Content-Type: " + report.type + "\r\n\r\n" + report.body;
  const std::string signature = TRY(identity.sign(content, digest));
  std::string body = fmt::format(
      "--{0}\r\n{1}\r\n--{0}\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"; smime-type=signed-data\r\n"
      "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n{2}\r\n--{0}--\r\n",
      boundary, content, in_lines(to_base64(signature)));
  return Report{
      fmt::format("multipart/signed; protocol=\"application/pkcs7-signature\"; micalg={}; boundary=\"{}\"", name(digest), boundary),
      std::move(body)};
}

}  // namespace

Result<http::Response> write_receipt(const Receipt& receipt, const Envelope& envelope, const Identity& identity, Env& env) {
  Report report = write_report(receipt, envelope, env);
  if (envelope.signs_receipt) report = TRY(sign(report, *envelope.signs_receipt, identity, env));
  http::Response response;
  response.content_type = std::move(report.type);
  response.body = std::move(report.body);
  response.headers = {{"as2-version", "1.1"},
                      {"as2-from", name_field(envelope.to)},
                      {"as2-to", name_field(envelope.from)},
                      {"message-id", "<" + random_id(env, kBoundaryCharacters) + "@fairway>"},
                      {"mime-version", "1.0"},
                      {"cache-control", "no-store"}};
  return response;
}

}  // namespace fairway::exchange::as2
