#include "base/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace fairway {
namespace {

constexpr int kGzipWindowBits = 15 + 16;  // zlib's way to ask for the gzip wrapper

Bytef* zlib_bytes(std::string_view bytes) { return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); }

}  // namespace

Result<std::string> gunzip(std::string_view bytes, size_t bytes_max) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindowBits) != Z_OK) return fail(Code::internal, "zlib could not start");
  std::string out;
  std::array<char, 64 * 1024> chunk;
  stream.next_in = zlib_bytes(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  int state = Z_OK;
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = chunk.size();
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) break;
    out.append(chunk.data(), chunk.size() - stream.avail_out);
    if (out.size() > bytes_max) break;
    if (state == Z_STREAM_END) {
      if (stream.avail_in == 0) break;
      inflateReset(&stream);  // a further member follows
    }
  }
  inflateEnd(&stream);
  if (out.size() > bytes_max)
    return fail(Code::too_large, "the body is too large once unpacked", "more than " + std::to_string(bytes_max) + " bytes",
                "send it in parts");
  if (state != Z_STREAM_END) return fail(Code::invalid, "not a whole gzip stream", "", "send the body as it is, or pack it with gzip");
  return out;
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindowBits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = zlib_bytes(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace fairway
