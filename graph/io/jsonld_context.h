// JSON-LD 1.1 contexts: what the terms of a document mean (JSON-LD 1.1 API §4). Internal to graph/io: see jsonld_reader.h.
//
//   ASSIGN_OR_RETURN(ContextPtr context, Context::Initial(base)->With(local_context));
//   context->Expand("foaf:name", Context::kVocabulary)      // "http://xmlns.com/foaf/0.1/name"
//
// Immutable; a context made from another one holds only what it adds and looks the rest up there, so that nesting costs no copies.
// Contexts named by their address, @import and @nest in definitions are errors: nothing is fetched. Protection is not enforced.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "graph/base/strings.h"
#include "graph/model/term.h"

namespace dossier::graph {

class Context;
using ContextPtr = std::shared_ptr<const Context>;  // shared: contexts look terms up in those around them

// What a term stands for.
struct TermDefinition {
  std::optional<std::string> iri;                  // an IRI, a blank node or a keyword; nothing: the term is ignored
  std::optional<std::string> type;                 // "@id", "@vocab", "@json", "@none" or a datatype
  std::optional<std::string> language;             // "": none
  std::optional<Direction> direction;
  std::optional<std::string> index;                // the property that @index stands for
  const boost::json::value* context = nullptr;     // of the values; borrowed from the document
  bool reverse = false;
  bool prefix = false;                             // may stand before ':'
  bool list = false, by_language = false, by_index = false, by_id = false, by_type = false, graph = false;  // @container
};

class Context : public std::enable_shared_from_this<Context> {
 public:
  enum Kind { kVocabulary = 1, kDocument = 2 };  // a term or a name of the vocabulary; a reference relative to the base

  static ContextPtr Initial(std::string base);
  // This one with a local context, which the result borrows. With `propagate` false it holds for one node only (previous()), unless the
  // local context says otherwise.
  absl::StatusOr<ContextPtr> With(const boost::json::value& local, bool propagate = true) const;

  // An absolute IRI, a blank node, a keyword or, when nothing fits, the text itself; nothing for what is to be ignored.
  std::optional<std::string> Expand(std::string_view text, int kinds) const;
  const TermDefinition* Find(std::string_view term) const;
  const std::string& language() const { return *language_; }
  Direction direction() const { return direction_; }
  const ContextPtr& previous() const { return previous_; }

 private:
  class Builder;

  ContextPtr parent_;                              // where terms are looked up that are not here
  ContextPtr previous_;
  StringMap<TermDefinition> terms_;
  std::shared_ptr<int64_t> definitions_left_;      // of the whole document: scoped contexts are read again for every node
  bool cut_ = false;                               // after null: nothing of the parents holds
  std::shared_ptr<const std::string> document_base_, base_, vocab_, language_;
  Direction direction_ = Direction::kNone;
};

bool IsKeyword(std::string_view text);
inline std::string_view ViewOf(const boost::json::string& text) { return {text.data(), text.size()}; }
inline std::string_view ViewOf(boost::json::string_view text) { return {text.data(), text.size()}; }

}  // namespace dossier::graph
