// The parser of JSON-LD 1.1: https://www.w3.org/TR/json-ld11/, straight to quads. Internal to graph/io: ReadJsonLd() in readers.h runs it.
//
// Covered: inline contexts (also scoped to properties and types), @graph, @list (nested too), @set, @reverse, @included, @nest, maps by
// language, index, id and type, graph containers, @json, base direction (as RDF 1.2 has it). What JSON-LD drops (terms without IRI,
// relative IRIs without base, free values) is dropped. Not covered, and errors: contexts that would have to be fetched, @import, @nest in
// definitions. The document is held in memory, kMaxJsonLd bytes at most. Errors in the JSON have line and column, others name the term.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/io/jsonld_context.h"
#include "graph/io/readers.h"

namespace dossier::graph {

inline constexpr size_t kMaxJsonLd = size_t{32} << 20;

// Calls `each` for the items of an array, or for the value itself.
template <typename Each>
absl::Status ForEachItem(const boost::json::value& value, const Each& each) {
  if (const boost::json::array* list = value.if_array()) {
    for (const boost::json::value& item : *list) RETURN_IF_ERROR(each(item));
    return absl::OkStatus();
  }
  return each(value);
}

class JsonLdReader {
 public:
  JsonLdReader(const RdfReadOptions& options, const QuadSink& sink) : options_(options), sink_(sink) {}
  absl::Status Run(const boost::json::value& document);

 private:
  using Value = boost::json::value;
  using Object = boost::json::object;
  using GraphName = std::optional<Term>;
  // A member of an object with its key expanded; keys that mean nothing are left out, @nest is opened.
  struct Member {
    std::string key;               // a keyword or an IRI
    std::string_view term;         // as written
    const TermDefinition* definition;
    const Value* value;
  };
  // Where values go: `subject predicate VALUE`, or the other way round.
  struct Slot {
    Term subject, predicate;
    const TermDefinition* definition = nullptr;
    GraphName graph;
    bool reverse = false;
  };
  using MaybeTerm = std::optional<Term>;

  // --- nodes ---
  absl::Status ReadTop(const Value& value, const ContextPtr& context, const GraphName& graph);
  absl::StatusOr<MaybeTerm> ReadNode(const Object& object, const ContextPtr& context, const GraphName& graph, const MaybeTerm& given = {});
  absl::StatusOr<ContextPtr> ContextOf(const Object& object, const ContextPtr& outer);
  absl::StatusOr<ContextPtr> ScopeToTypes(const Object& object, const ContextPtr& context);
  absl::StatusOr<std::vector<Member>> MembersOf(const Object& object, const Context& context);
  absl::Status AddMembers(const Object& object, const Context& context, std::vector<Member>& members);
  absl::StatusOr<MaybeTerm> SubjectOf(const std::vector<Member>& members, const Context& context, const MaybeTerm& given);
  absl::Status ReadMember(const Member& member, const Term& subject, const ContextPtr& context, const GraphName& graph);
  absl::Status ReadTypes(const Value& value, const Term& subject, const Context& context, const GraphName& graph);
  absl::Status ReadReverse(const Value& value, const Term& subject, const ContextPtr& context, const GraphName& graph);

  // --- values ---
  absl::Status ReadProperty(const Slot& slot, const Value& value, const ContextPtr& context);
  absl::Status ReadMap(const Slot& slot, const Object& map, const ContextPtr& context);
  absl::Status ReadMapEntry(const Slot& slot, std::string_view key, const Value& item, const ContextPtr& context);
  absl::Status ReadLanguageMap(const Slot& slot, const Object& map, const Context& context);
  absl::Status ReadValues(const Slot& slot, const Value& value, const ContextPtr& context);
  // A term for one value that is no array; nothing for what is dropped.
  absl::StatusOr<MaybeTerm> ReadValue(const Value& value, const TermDefinition* definition, const ContextPtr& context, const GraphName& graph);
  absl::StatusOr<MaybeTerm> ReadObject(const Object& object, const TermDefinition* definition, const ContextPtr& context, const GraphName& graph);
  absl::StatusOr<MaybeTerm> ReadScalar(const Value& value, const TermDefinition* definition, const Context& context);
  absl::StatusOr<MaybeTerm> ReadValueObject(const std::vector<Member>& members, const Context& context);
  absl::StatusOr<MaybeTerm> ReadList(const Value& items, const TermDefinition* definition, const ContextPtr& context, const GraphName& graph);
  absl::StatusOr<Term> LiteralOf(const Value& value, std::string datatype) const;
  absl::StatusOr<Term> TextOf(std::string text, std::string language, Direction direction) const;

  // An IRI or blank node for an expanded text; nothing when it is neither.
  absl::StatusOr<MaybeTerm> NodeOf(const std::optional<std::string>& expanded) const;
  absl::Status Put(const Slot& slot, const MaybeTerm& value);
  absl::Status Emit(Term subject, Term predicate, Term object, const GraphName& graph);
  Term FreshBlankNode() { return Term::BlankNode(Cat(options_.blank_node_prefix, "anon", ++fresh_)); }

  const RdfReadOptions& options_;
  const QuadSink& sink_;
  uint64_t fresh_ = 0;
};

}  // namespace dossier::graph
