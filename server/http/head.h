// The head of a request as Beast read it, checked and made into a Request.
//
//   std::optional<Response> refusal = ReadRequestHead(parser.get(), request);
//
// Beast has checked the grammar. This refuses what two readers could understand differently, and what has no meaning here.
#pragma once

#include <boost/beast/http/message.hpp>
#include <optional>

#include "server/http/message.h"

namespace dossier::server {

std::optional<Response> ReadRequestHead(const boost::beast::http::request_header<>& head, Request& request);

// The response for bytes that were no request.
Response ResponseForParseError(const boost::system::error_code& error);

}  // namespace dossier::server
