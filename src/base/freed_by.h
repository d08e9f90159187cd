// FreedBy: makes a std::unique_ptr of what a C library gives and takes back by a function of its own.
//
//   using Bio = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
#pragma once

#include <memory>

namespace fairway {

template <auto function>
struct FreedBy {
  template <typename Object>
  void operator()(Object* object) const {
    function(object);
  }
};

}  // namespace fairway
