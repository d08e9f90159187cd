// Wire: values in PostgreSQL's binary format, as parameters of statements and out of their results.
//
// Numbers are big-endian; an array is a header and then each element with its length. Values; one owner, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::store::postgres {

// The object identifiers of the built-in types, as pg_type.dat fixes them.
enum class Oid : uint32_t { bytea = 17, int8 = 20, int2 = 21 };

void append_int2(std::string& out, int16_t value);
void append_int4(std::string& out, int32_t value);
void append_int8(std::string& out, int64_t value);
[[nodiscard]] int16_t read_int2(std::string_view bytes);
[[nodiscard]] int64_t read_int8(std::string_view bytes);

// A one-dimensional array of one type: the bulk form of a parameter, taken apart again by unnest.
class Array {
 public:
  explicit Array(Oid element);
  void add(std::string_view bytes);  // bytea
  void add_int8(int64_t value);
  void add_int2(int16_t value);
  // The finished array; the builder is empty of meaning afterwards.
  [[nodiscard]] std::string take() &&;

 private:
  std::string bytes_;
  int32_t count_ = 0;
};

// The parameters of one execution, in order.
class Params {
 public:
  Params& bytes(std::string_view value);
  Params& int8(int64_t value);
  Params& array(Array&& value);

  [[nodiscard]] const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
};

}  // namespace fairway::store::postgres
