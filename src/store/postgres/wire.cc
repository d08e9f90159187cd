#include "store/postgres/wire.h"

#include <concepts>
#include <utility>

namespace fairway::store::postgres {
namespace {

constexpr size_t kCountOffset = 12;  // of the array's length: after dimensions, null flag and element type

template <std::unsigned_integral Number>
void append_big_endian(std::string& out, Number value) {
  for (int shift = static_cast<int>(sizeof(Number) - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

template <std::unsigned_integral Number>
Number read_big_endian(std::string_view bytes) {
  Number value = 0;
  for (size_t i = 0; i < sizeof(Number) && i < bytes.size(); ++i)
    value = static_cast<Number>(value << 8 | static_cast<unsigned char>(bytes[i]));
  return value;
}

}  // namespace

void append_int2(std::string& out, int16_t value) { append_big_endian(out, static_cast<uint16_t>(value)); }
void append_int4(std::string& out, int32_t value) { append_big_endian(out, static_cast<uint32_t>(value)); }
void append_int8(std::string& out, int64_t value) { append_big_endian(out, static_cast<uint64_t>(value)); }
int16_t read_int2(std::string_view bytes) { return static_cast<int16_t>(read_big_endian<uint16_t>(bytes)); }
int64_t read_int8(std::string_view bytes) { return static_cast<int64_t>(read_big_endian<uint64_t>(bytes)); }

Array::Array(Oid element) {
  append_int4(bytes_, 1);  // dimensions
  append_int4(bytes_, 0);  // no nulls
  append_int4(bytes_, static_cast<int32_t>(element));
  append_int4(bytes_, 0);  // length, filled in by take()
  append_int4(bytes_, 1);  // lower bound
}

void Array::add(std::string_view bytes) {
  append_int4(bytes_, static_cast<int32_t>(bytes.size()));
  bytes_ += bytes;
  ++count_;
}

void Array::add_int8(int64_t value) {
  append_int4(bytes_, 8);
  append_int8(bytes_, value);
  ++count_;
}

void Array::add_int2(int16_t value) {
  append_int4(bytes_, 2);
  append_int2(bytes_, value);
  ++count_;
}

std::string Array::take() && {
  std::string count;
  append_int4(count, count_);
  bytes_.replace(kCountOffset, count.size(), count);
  return std::move(bytes_);
}

Params& Params::bytes(std::string_view value) {
  values_.emplace_back(value);
  return *this;
}

Params& Params::int8(int64_t value) {
  append_int8(values_.emplace_back(), value);
  return *this;
}

Params& Params::array(Array&& value) {
  values_.push_back(std::move(value).take());
  return *this;
}

}  // namespace fairway::store::postgres
