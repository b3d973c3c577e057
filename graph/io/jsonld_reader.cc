#include "graph/io/jsonld_reader.h"

#include <algorithm>
#include <utility>

#include "graph/io/json_value.h"
#include "graph/io/lexer.h"
#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

namespace json = boost::json;

}  // namespace

absl::Status JsonLdReader::Emit(Term subject, Term predicate, Term object, const GraphName& graph) {
  Quad quad(std::move(subject), std::move(predicate), std::move(object));
  if (graph) {
    quad.in_default_graph = false;
    quad.graph = *graph;
  }
  return sink_(std::move(quad));
}

absl::Status JsonLdReader::Put(const Slot& slot, const MaybeTerm& value) {
  if (!value) return absl::OkStatus();
  if (!slot.reverse) return Emit(slot.subject, slot.predicate, *value, slot.graph);
  if (value->is_literal()) return InvalidArgument(Cat("the values of ", slot.predicate.ToNTriples(), " are reversed, so they have to be nodes"));
  return Emit(*value, slot.predicate, slot.subject, slot.graph);
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::NodeOf(const std::optional<std::string>& expanded) const {
  if (!expanded) return MaybeTerm();
  if (expanded->starts_with("_:")) {
    std::string label = expanded->substr(2);
    if (!Lexer::IsBlankNodeLabel(label)) return InvalidArgument(Cat("\"", *expanded, "\" is no blank node label"));
    return MaybeTerm(Term::BlankNode(Cat(options_.blank_node_prefix, UserBlankNodeLabel(std::move(label)))));
  }
  if (!IsAbsoluteIri(*expanded) || FindInvalidIriByte(*expanded) != std::string::npos) return MaybeTerm();
  return MaybeTerm(Term::Iri(*expanded));
}

absl::Status JsonLdReader::Run(const Value& document) {
  return ReadTop(document, Context::Initial(options_.base), std::nullopt);
}

// What stands at the top, in @graph or in @included: nodes; values without a node are dropped.
absl::Status JsonLdReader::ReadTop(const Value& value, const ContextPtr& context, const GraphName& graph) {
  return ForEachItem(value, [&](const Value& item) -> absl::Status {
    if (item.is_array()) return ReadTop(item, context, graph);
    const Object* object = item.if_object();
    if (object == nullptr) return absl::OkStatus();
    // @graph alone says only where a context holds.
    if (object->size() == 1 + static_cast<size_t>(object->contains("@context"))) {
      ASSIGN_OR_RETURN(const ContextPtr inner, ContextOf(*object, context));
      ASSIGN_OR_RETURN(const auto members, MembersOf(*object, *inner));
      if (members.size() == 1 && members[0].key == "@graph") return ReadTop(*members[0].value, inner, graph);
    }
    return ReadObject(*object, nullptr, context, graph).status();
  });
}

absl::StatusOr<ContextPtr> JsonLdReader::ContextOf(const Object& object, const ContextPtr& outer) {
  ContextPtr context = outer;
  if (context->previous() != nullptr) {
    // A context of a type holds for the node with that type; one that stops at a node does not hold in the nodes below it.
    bool is_value = false, only_id = object.size() == 1;
    for (const json::key_value_pair& member : object) {
      const auto key = context->Expand(ViewOf(member.key()), Context::kVocabulary);
      is_value |= key == "@value";
      only_id &= key == "@id";
    }
    if (!is_value && !only_id) context = context->previous();
  }
  if (const Value* local = object.if_contains("@context")) {
    ASSIGN_OR_RETURN(context, context->With(*local));
  }
  return context;
}

absl::StatusOr<ContextPtr> JsonLdReader::ScopeToTypes(const Object& object, const ContextPtr& context) {
  std::vector<std::string_view> types;
  for (const json::key_value_pair& member : object) {
    if (context->Expand(ViewOf(member.key()), Context::kVocabulary) != "@type") continue;
    RETURN_IF_ERROR(ForEachItem(member.value(), [&](const Value& item) {
      if (item.is_string()) types.push_back(ViewOf(item.get_string()));
      return absl::OkStatus();
    }));
  }
  std::sort(types.begin(), types.end());
  ContextPtr scoped = context;
  for (const std::string_view type : types) {
    const TermDefinition* definition = context->Find(type);
    if (definition == nullptr || definition->context == nullptr) continue;
    ASSIGN_OR_RETURN(scoped, scoped->With(*definition->context, /*propagate=*/false));
  }
  return scoped;
}

absl::StatusOr<std::vector<JsonLdReader::Member>> JsonLdReader::MembersOf(const Object& object, const Context& context) {
  std::vector<Member> members;
  RETURN_IF_ERROR(AddMembers(object, context, members));
  return members;
}

absl::Status JsonLdReader::AddMembers(const Object& object, const Context& context, std::vector<Member>& members) {
  for (const json::key_value_pair& member : object) {
    const std::string_view term = ViewOf(member.key());
    if (term == "@context") continue;
    std::optional<std::string> key = context.Expand(term, Context::kVocabulary);
    if (!key || (key->find(':') == std::string::npos && !IsKeyword(*key))) continue;
    if (*key != "@nest") {
      members.push_back({*std::move(key), term, context.Find(term), &member.value()});
      continue;
    }
    RETURN_IF_ERROR(ForEachItem(member.value(), [&](const Value& nested) -> absl::Status {
      if (!nested.is_object()) return InvalidArgument("@nest holds objects");
      return AddMembers(nested.get_object(), context, members);
    }));
  }
  return absl::OkStatus();
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::SubjectOf(const std::vector<Member>& members, const Context& context, const MaybeTerm& given) {
  for (const Member& member : members) {
    if (member.key != "@id") continue;
    if (!member.value->is_string()) return InvalidArgument("@id is not a text");
    return NodeOf(context.Expand(ViewOf(member.value->get_string()), Context::kDocument));
  }
  return given ? given : MaybeTerm(FreshBlankNode());
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::ReadNode(const Object& object, const ContextPtr& context, const GraphName& graph,
                                                               const MaybeTerm& given) {
  ASSIGN_OR_RETURN(const ContextPtr inner, ScopeToTypes(object, context));
  ASSIGN_OR_RETURN(const std::vector<Member> members, MembersOf(object, *inner));
  ASSIGN_OR_RETURN(const MaybeTerm subject, SubjectOf(members, *inner, given));
  if (!subject) return subject;  // a relative IRI: dropped with all it says
  for (const Member& member : members) {
    // The types are names in the context around.
    RETURN_IF_ERROR(member.key == "@type" ? ReadTypes(*member.value, *subject, *context, graph) : ReadMember(member, *subject, inner, graph));
  }
  return subject;
}

absl::Status JsonLdReader::ReadTypes(const Value& value, const Term& subject, const Context& context, const GraphName& graph) {
  return ForEachItem(value, [&](const Value& item) -> absl::Status {
    if (!item.is_string()) return InvalidArgument("@type is not a text");
    ASSIGN_OR_RETURN(const MaybeTerm type, NodeOf(context.Expand(ViewOf(item.get_string()), Context::kVocabulary | Context::kDocument)));
    return type ? Emit(subject, Term::Iri(std::string(rdf::kType)), *type, graph) : absl::OkStatus();
  });
}

absl::Status JsonLdReader::ReadMember(const Member& member, const Term& subject, const ContextPtr& context, const GraphName& graph) {
  if (member.key == "@graph") return ReadTop(*member.value, context, subject);
  if (member.key == "@included") return ReadTop(*member.value, context, graph);
  if (member.key == "@reverse") return ReadReverse(*member.value, subject, context, graph);
  if (member.key == "@id" || member.key == "@index") return absl::OkStatus();
  if (IsKeyword(member.key)) return InvalidArgument(Cat(member.key, " may not stand in a node"));
  ASSIGN_OR_RETURN(const MaybeTerm predicate, NodeOf(member.key));
  if (!predicate || !predicate->is_iri()) return absl::OkStatus();  // a blank node is no predicate in RDF
  const bool reverse = member.definition != nullptr && member.definition->reverse;
  const absl::Status status = ReadProperty({subject, *predicate, member.definition, graph, reverse}, *member.value, context);
  return status.code() == absl::StatusCode::kInvalidArgument && MessageOf(status).size() < 300 ? Annotate(status, Cat("\"", member.term, "\"")) : status;
}

absl::Status JsonLdReader::ReadReverse(const Value& value, const Term& subject, const ContextPtr& context, const GraphName& graph) {
  if (!value.is_object()) return InvalidArgument("@reverse holds an object");
  ASSIGN_OR_RETURN(const std::vector<Member> members, MembersOf(value.get_object(), *context));
  for (const Member& member : members) {
    if (IsKeyword(member.key)) return InvalidArgument(Cat(member.key, " may not stand in @reverse"));
    ASSIGN_OR_RETURN(const MaybeTerm predicate, NodeOf(member.key));
    if (!predicate || !predicate->is_iri()) continue;
    const bool twice = member.definition != nullptr && member.definition->reverse;
    RETURN_IF_ERROR(ReadProperty({subject, *predicate, member.definition, graph, !twice}, *member.value, context));
  }
  return absl::OkStatus();
}

absl::Status ReadJsonLd(Input& in, const RdfReadOptions& options, const QuadSink& sink) {
  std::string text;
  for (std::string_view piece = in.Available(); !piece.empty(); piece = in.Available()) {
    if (text.size() + piece.size() > kMaxJsonLd) return ResourceExhausted(Cat("a JSON-LD document is read whole and may have ", kMaxJsonLd >> 20, " MiB"));
    text += piece;
    in.Skip(piece.size());
    in.Mark();
  }
  ASSIGN_OR_RETURN(const json::value document, ParseJson(text));
  return JsonLdReader(options, sink).Run(document);
}

}  // namespace dossier::graph
