// The formats on offer, for negotiation: media types in the server's order of preference, and what each stands for.
//
//   const auto best = Negotiate(accept, RowOffers());       RowFormatAt(*best)
//
// Thread-safe: constants.
#pragma once

#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "graph/io/rdf.h"
#include "query/results/writer.h"
#include "server/http/message.h"

namespace dossier::server {

// Of SELECT and ASK.
absl::Span<const std::string_view> RowOffers();
query::ResultFormat RowFormatAt(size_t offer);
// Of graphs.
absl::Span<const std::string_view> GraphOffers();
graph::RdfFormat GraphFormatAt(size_t offer);
query::ResultFormat GraphResultFormatAt(size_t offer);

// The Content-Type of an answer of that media type: text types say that they are UTF-8.
std::string ContentTypeOf(std::string_view media_type);
// 406, with what there is.
Response NotAcceptable(absl::Span<const std::string_view> offers);

}  // namespace dossier::server
