// The page at "/": a form for queries, in one piece, without anything from elsewhere.
#pragma once

#include "server/http/message.h"

namespace dossier::server {

// Whether the client would rather have HTML than RDF: a browser.
bool WantsPage(const Request& request);
Response PageResponse();

}  // namespace dossier::server
