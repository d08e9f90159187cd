// Credentials: what a request shows to say who asks, whatever protocol brought it. Views into the request; valid as long as it is.
#pragma once

#include <string_view>

namespace fairway::access {

struct Credentials {
  std::string_view authorization;  // the header's value: "Bearer fw_…", or a provider's token
  std::string_view session;        // the token in the cookie; looked at only where there is no `authorization`
  std::string_view csrf_token;     // the header x-csrf-token
  bool is_unsafe = false;          // the request changes something: whoever shows a cookie must show the token beside it
  bool is_cross_site = false;      // the browser says that another site's page sent it
};

}  // namespace fairway::access
