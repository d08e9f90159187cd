// Call: one request of the ONE Record API, who makes it, and the addresses in what it carries.
//
// Logistics objects of this server are kept under addresses without a host ("onerecord:logistics-objects/ID"), so that a server may be
// known by several names. What comes in is brought into that form, what goes out takes the name under which the server was asked. For one
// request.
#pragma once

#include <string>
#include <string_view>

#include "exchange/services.h"
#include "gateway/onerecord/node.h"

namespace fairway::exchange::onerecord {

namespace ld = gateway::onerecord;

inline constexpr std::string_view kOwn = "onerecord:";
inline constexpr std::string_view kObjects = "onerecord:logistics-objects/";
inline constexpr std::string_view kRequests = "onerecord:action-requests/";
// Properties that are kept with a document and shown to nobody.
inline constexpr std::string_view kPrivate = "urn:fairway:onerecord:";
inline constexpr std::string_view kContentType = "application/ld+json; version=2.3.0";

// An address as a server of this base is asked for it, and all of a document's; private properties go.
[[nodiscard]] std::string outward(std::string_view base, std::string_view address);
void bring_out(ld::Node& node, std::string_view base, std::string_view at = {});

struct Call {
  Services& services;
  http::Request request;
  ViewerPtr viewer;
  std::string base;  // "https://port.example/onerecord"

  [[nodiscard]] const PartyId& party() const { return viewer->party.id; }
  [[nodiscard]] std::string outward(std::string_view address) const { return onerecord::outward(base, address); }
  [[nodiscard]] std::string inward(std::string_view address) const;
  void bring_in(ld::Node& node) const;
  // `at`: "?at=…", which links to objects of this server then carry, or "".
  void bring_out(ld::Node& node, std::string_view at = {}) const { onerecord::bring_out(node, base, at); }

  // The body as one object, brought in. Code::unsupported where it is no JSON-LD, Code::invalid for the rest.
  [[nodiscard]] Result<ld::Node> object();
};

using Handle = Result<http::Response> (*)(Call& call);
// The route behind the credentials of its request; errors are api:Error documents.
[[nodiscard]] http::Handler route(Services& services, May may, Handle handle);

// 200 with the document, as the request wants it.
[[nodiscard]] http::Response show(const Call& call, ld::Node node, std::string_view at = {});
// 201, or 204 for what was there, with Location and Type.
[[nodiscard]] http::Response made(const Call& call, std::string_view address, std::string_view type, int status = 201);
// The error as an answer, for those whose status no Code stands for: 422.
[[nodiscard]] http::Response refusal(const Call& call, const Error& error, int status);
// An api:Error; its title and one detail.
[[nodiscard]] ld::Node error_node(Services& services, const Error& error, int status, std::string_view resource);
[[nodiscard]] std::string http_date(int64_t us);
[[nodiscard]] std::string new_id(Env& env);
[[nodiscard]] ld::Value date_time(int64_t us);
[[nodiscard]] ld::Value number(uint64_t value, std::string_view datatype = "integer");
// "20190926T075830Z" or RFC 3339, as microseconds.
[[nodiscard]] Result<int64_t> moment_in(std::string_view name, std::string_view text);
// The address of a party as an organization.
[[nodiscard]] std::string organization(const PartyId& party);

}  // namespace fairway::exchange::onerecord
