// AS2: any bytes are read as MIME and as CMS without a crash; parts lie inside the body, each without the delimiter that ends it.
#include <cstdint>

#include "exchange/as2/cms.h"
#include "exchange/as2/mime.h"
#include "expect.h"

namespace {

using namespace fairway;
using namespace fairway::exchange;

void check_parts(std::string_view body, std::string_view boundary) {
  const auto parts = as2::split_multipart(body, boundary);
  if (!parts) return;
  expect(!parts->empty());
  const char* last = body.data();
  for (const std::string_view part : *parts) {
    expect(part.data() >= last && part.data() + part.size() <= body.data() + body.size());
    last = part.data() + part.size();
    if (const auto entity = as2::parse_entity(part)) expect(entity->body.size() <= part.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_parts(bytes, "b");
  if (const auto name = as2::as2_name(bytes)) expect(!name->empty() && name->size() <= 128);
  if (const auto entity = as2::parse_entity(bytes)) {
    if (const auto media = as2::parse_media_type(entity->field("content-type"))) check_parts(entity->body, media->parameter("boundary"));
    (void)as2::decode_body(*entity);
  }
  expect(!as2::verify_opaque(bytes).has_value());  // nobody signs by chance
  expect(!as2::verify_detached("content", bytes).has_value());
  return 0;
}
