#include "exchange/as2/message.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::exchange::as2 {
namespace {

constexpr size_t kMessageIdBytesMax = 998;  // RFC 4130, 5.3.3

Result<std::string> message_id_in(const http::Request& request) {
  const std::string_view id = trim(request.header("message-id"));
  const auto printable = [](char c) { return c >= 0x20 && c < 0x7f; };
  if (!id.empty() && id.size() <= kMessageIdBytesMax && std::ranges::all_of(id, printable)) return std::string(id);
  return fail(Code::invalid, "no Message-ID", legible(id), "one to 998 printable characters (RFC 4130, 5.3.3)");
}

// The values of "required,sha-256,sha1", after the word that says how much it matters.
struct Option {
  bool required = false;
  std::vector<std::string> values;
};
Option option_from(std::string_view text) {
  Option option;
  for (bool first = true; !text.empty(); first = false) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string value = to_lower(trim(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (first && (value == "required" || value == "optional")) {
      option.required = value == "required";
    } else if (!value.empty()) {
      option.values.push_back(value);
    }
  }
  return option;
}

// Disposition-Notification-Options (RFC 4130, 7.3): which receipt is to be signed, and how.
Result<std::optional<Digest>> signature_wanted(std::string_view options) {
  std::optional<Digest> digest;
  bool wanted = false;
  while (!options.empty()) {
    const size_t end = std::min(options.find(';'), options.size());
    const std::string_view one = trim(options.substr(0, end));
    options.remove_prefix(std::min(end + 1, options.size()));
    const size_t sign = one.find('=');
    if (sign == std::string_view::npos) continue;
    const std::string name = to_lower(trim(one.substr(0, sign)));
    const Option option = option_from(one.substr(sign + 1));
    if (name == "signed-receipt-protocol") {
      wanted = std::ranges::find(option.values, "pkcs7-signature") != option.values.end();
      if (!wanted && option.required) return fail(Code::unsupported, "no such receipt protocol here", legible(one), "pkcs7-signature");
    } else if (name == "signed-receipt-micalg") {
      for (const std::string& value : option.values)
        if (const auto known = digest_from(value); known && !digest) digest = *known;
      if (!digest && option.required) return fail(Code::unsupported, "no such digest here", legible(one), "sha-256");
    } else if (option.required) {
      return fail(Code::unsupported, "a receipt option is not known here", legible(one));
    }
  }
  if (!wanted) return std::optional<Digest>();
  return std::optional(digest.value_or(Digest::sha256));
}

using Layered = std::expected<void, Failure>;

// The message while its layers are taken off.
struct Wrapping {
  const Identity& identity;
  Unwrapped out;
  MediaType media;
  std::string content;  // its body, out of the transfer encoding
  bool has_mic = false;
};

std::unexpected<Failure> failed(std::string_view modifier, Error error) { return std::unexpected(Failure{modifier, std::move(error)}); }

// Goes on with a whole entity as the next layer.
Layered enter(Wrapping& wrapping, std::string_view text) {
  const auto entity = parse_entity(text);
  if (!entity) return failed("unexpected-processing-error", entity.error());
  wrapping.out.content_type = entity->field("content-type");
  auto media = parse_media_type(wrapping.out.content_type.empty() ? "text/plain" : wrapping.out.content_type);
  if (!media) return failed("unexpected-processing-error", media.error());
  auto content = decode_body(*entity);
  if (!content) return failed("unexpected-processing-error", content.error());
  wrapping.media = std::move(*media);
  wrapping.content = std::move(*content);
  return {};
}

void set_mic(Wrapping& wrapping, const Envelope& envelope, std::string_view bytes, Digest signers) {
  wrapping.out.digest = envelope.signs_receipt.value_or(signers);
  wrapping.out.mic = digest_of(bytes, wrapping.out.digest);
  wrapping.has_mic = true;
}

std::string_view modifier_of(const Error& error) {
  return error.code == Code::unauthorized ? "integrity-check-failed" : "authentication-failed";
}

Layered take_signature(Wrapping& wrapping, const Envelope& envelope, std::string_view content, Result<Signed> found) {
  if (!found) return failed(modifier_of(found.error()), found.error());
  if (wrapping.out.signer) return failed("unexpected-processing-error", {Code::invalid, "signed twice", "", "sign once"});
  wrapping.out.signer = std::move(found->signer);
  set_mic(wrapping, envelope, content, found->digest);
  return enter(wrapping, content);
}

// multipart/signed (RFC 1847): the content, exactly as it stands there, and its signature.
Layered open_multipart(Wrapping& wrapping, const Envelope& envelope) {
  const auto parts = split_multipart(wrapping.content, wrapping.media.parameter("boundary"));
  if (!parts) return failed("unexpected-processing-error", parts.error());
  if (parts->size() != 2)
    return failed("authentication-failed",
                  {Code::invalid, "not a content and its signature", std::to_string(parts->size()) + " parts", ""});
  const auto signature_entity = parse_entity((*parts)[1]);
  if (!signature_entity) return failed("authentication-failed", signature_entity.error());
  const auto signature = decode_body(*signature_entity);
  if (!signature) return failed("authentication-failed", signature.error());
  const std::string content((*parts)[0]);
  return take_signature(wrapping, envelope, content, verify_detached(content, *signature));
}

Layered open_pkcs7(Wrapping& wrapping, const Envelope& envelope) {
  const std::string kind = to_lower(wrapping.media.parameter("smime-type"));
  if (kind == "signed-data") {
    Result<Signed> found = verify_opaque(wrapping.content);
    const std::string content = found ? std::move(found->content) : std::string();
    return take_signature(wrapping, envelope, content, std::move(found));
  }
  if (kind == "compressed-data")
    return failed("decompression-failed", {Code::unsupported, "compressed messages are not taken here", "", "send it without compression"});
  if (wrapping.out.encrypted) return failed("unexpected-processing-error", {Code::invalid, "encrypted twice", "", "encrypt once"});
  auto content = wrapping.identity.decrypt(wrapping.content);
  if (!content) return failed("decryption-failed", content.error());
  wrapping.out.encrypted = true;
  if (!wrapping.has_mic) set_mic(wrapping, envelope, *content, Digest::sha256);
  return enter(wrapping, *content);
}

}  // namespace

Result<Envelope> read_envelope(const http::Request& request) {
  Envelope envelope;
  envelope.from = TRY(as2_name(request.header("as2-from")));
  envelope.to = TRY(as2_name(request.header("as2-to")));
  envelope.message_id = TRY(message_id_in(request));
  envelope.content_type = request.header("content-type");
  envelope.wants_receipt = !trim(request.header("disposition-notification-to")).empty();
  envelope.receipt_url = trim(request.header("receipt-delivery-option"));
  if (envelope.wants_receipt) envelope.signs_receipt = TRY(signature_wanted(request.header("disposition-notification-options")));
  return envelope;
}

std::expected<Unwrapped, Failure> unwrap(const Envelope& envelope, const http::Request& request, const Identity& identity) {
  Wrapping wrapping{identity, {}, {}, {}, false};
  Entity outer;
  outer.fields = {{"content-transfer-encoding", std::string(request.header("content-transfer-encoding"))}};
  outer.body = request.body;
  auto media = parse_media_type(envelope.content_type);
  if (!media) return failed("unexpected-processing-error", media.error());
  auto content = decode_body(outer);
  if (!content) return failed("unexpected-processing-error", content.error());
  wrapping.media = std::move(*media);
  wrapping.content = std::move(*content);
  wrapping.out.content_type = envelope.content_type;
  for (int layer = 0;; ++layer) {
    const bool is_signed = wrapping.media.type == "multipart/signed";
    const bool is_pkcs7 = wrapping.media.type == "application/pkcs7-mime" || wrapping.media.type == "application/x-pkcs7-mime";
    if (!is_signed && !is_pkcs7) break;
    if (layer == limits::kAs2LayersMax)
      return failed("unexpected-processing-error", {Code::too_large, "too many layers", "", "sign, then encrypt"});
    if (const Layered opened = is_signed ? open_multipart(wrapping, envelope) : open_pkcs7(wrapping, envelope); !opened)
      return std::unexpected(opened.error());
  }
  if (!wrapping.has_mic) set_mic(wrapping, envelope, wrapping.content, Digest::sha256);
  wrapping.out.payload = std::move(wrapping.content);
  return std::move(wrapping.out);
}

}  // namespace fairway::exchange::as2
