#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "graph/io/json_value.h"
#include "graph/io/jsonld_reader.h"
#include "graph/io/lexer.h"
#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

namespace json = boost::json;

// xsd:double's canonical form with 16 digits (JSON-LD 1.1 API §8.6).
std::string CanonicalDouble(double number) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.15E", number);
  const std::string_view text(buffer);
  const size_t e = text.find('E');
  std::string out(text.substr(0, std::min(text.find_last_not_of('0', e - 1) + 1, e)));
  if (out.ends_with('.')) out.push_back('0');
  return Cat(out, "E", std::atoi(buffer + e + 1));
}

double NumberOf(const json::value& value) {
  if (const int64_t* number = value.if_int64()) return static_cast<double>(*number);
  if (const uint64_t* number = value.if_uint64()) return static_cast<double>(*number);
  return value.get_double();
}

std::string IntegerText(const json::value& value) {
  if (const int64_t* number = value.if_int64()) return Cat(*number);
  if (const uint64_t* number = value.if_uint64()) return Cat(*number);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.0f", value.get_double());
  return buffer;
}

}  // namespace

absl::StatusOr<Term> JsonLdReader::TextOf(std::string text, std::string language, Direction direction) const {
  if (language.empty()) return Term::Literal(std::move(text));
  if (!Lexer::IsLanguageTag(language)) return InvalidArgument(Cat("\"", language, "\" is no language tag"));
  return Term::LangLiteral(std::move(text), std::move(language), direction);
}

// A boolean, number or text; `datatype` is empty when the document says none.
absl::StatusOr<Term> JsonLdReader::LiteralOf(const Value& value, std::string datatype) const {
  if (datatype == "@json") {
    std::string text;
    AppendCanonicalJson(value, text);
    return Term::Literal(std::move(text), Cat(rdf::kNs, "JSON"));
  }
  if (datatype == rdf::kLangString || datatype == rdf::kDirLangString) return InvalidArgument("a literal of this datatype needs @language");
  const auto typed = [&](std::string text, std::string_view own) {
    return Term::Literal(std::move(text), datatype.empty() ? std::string(own) : std::move(datatype));
  };
  if (const json::string* text = value.if_string()) return typed(std::string(ViewOf(*text)), xsd::kString);
  if (const bool* boolean = value.if_bool()) return typed(*boolean ? "true" : "false", xsd::kBoolean);
  if (!value.is_number()) return InvalidArgument("@value is a text, a number, true, false or null");
  const double number = NumberOf(value);
  const bool whole = !value.is_double() || (std::trunc(number) == number && std::abs(number) < 1e21);
  return whole && datatype != xsd::kDouble ? typed(IntegerText(value), xsd::kInteger) : typed(CanonicalDouble(number), xsd::kDouble);
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::ReadScalar(const Value& value, const TermDefinition* definition, const Context& context) {
  const std::string type = definition != nullptr && definition->type ? *definition->type : std::string();
  if (value.is_string() && (type == "@id" || type == "@vocab")) {
    const int kinds = type == "@id" ? Context::kDocument : Context::kVocabulary | Context::kDocument;
    return NodeOf(context.Expand(ViewOf(value.get_string()), kinds));
  }
  if (!type.empty() && type != "@id" && type != "@vocab" && type != "@none") {
    ASSIGN_OR_RETURN(Term literal, LiteralOf(value, type));
    return MaybeTerm(std::move(literal));
  }
  if (!value.is_string()) {
    ASSIGN_OR_RETURN(Term literal, LiteralOf(value, ""));
    return MaybeTerm(std::move(literal));
  }
  const std::string& language = definition != nullptr && definition->language ? *definition->language : context.language();
  const Direction direction = definition != nullptr && definition->direction ? *definition->direction : context.direction();
  ASSIGN_OR_RETURN(Term literal, TextOf(std::string(ViewOf(value.get_string())), language, direction));
  return MaybeTerm(std::move(literal));
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::ReadValueObject(const std::vector<Member>& members, const Context& context) {
  const Value* value = nullptr;
  std::string language, type;
  Direction direction = Direction::kNone;
  for (const Member& member : members) {
    const bool known = member.key == "@language" || member.key == "@direction" || member.key == "@type";
    if (member.key == "@value") {
      value = member.value;
    } else if (member.key == "@index") {
      continue;
    } else if (!known) {
      return InvalidArgument(Cat(member.key, " may not stand beside @value"));
    } else if (member.value->is_null()) {
      continue;
    } else if (!member.value->is_string()) {
      return InvalidArgument(Cat(member.key, " beside @value is a text"));
    } else if (member.key == "@language") {
      language = ViewOf(member.value->get_string());
    } else if (member.key == "@direction") {
      const std::string_view text = ViewOf(member.value->get_string());
      if (text != "ltr" && text != "rtl") return InvalidArgument("@direction is \"ltr\", \"rtl\" or null");
      direction = text == "ltr" ? Direction::kLtr : Direction::kRtl;
    } else {
      type = context.Expand(ViewOf(member.value->get_string()), Context::kVocabulary | Context::kDocument).value_or("");
      if (type != "@json" && (!IsAbsoluteIri(type) || FindInvalidIriByte(type) != std::string::npos)) return InvalidArgument("@type beside @value is no IRI");
    }
  }
  if (value->is_null() && type != "@json") return MaybeTerm();
  if (!type.empty() && (!language.empty() || direction != Direction::kNone)) return InvalidArgument("@type and @language exclude each other");
  if (language.empty()) {
    ASSIGN_OR_RETURN(Term literal, LiteralOf(*value, std::move(type)));
    return MaybeTerm(std::move(literal));
  }
  if (!value->is_string()) return InvalidArgument("what has a @language is a text");
  ASSIGN_OR_RETURN(Term literal, TextOf(std::string(ViewOf(value->get_string())), std::move(language), direction));
  return MaybeTerm(std::move(literal));
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::ReadList(const Value& items, const TermDefinition* definition, const ContextPtr& context,
                                                               const GraphName& graph) {
  const Term first = Term::Iri(std::string(rdf::kFirst)), rest = Term::Iri(std::string(rdf::kRest)), nil = Term::Iri(std::string(rdf::kNil));
  Term head = nil;
  MaybeTerm last;
  const auto add = [&](const Value& item) -> absl::Status {
    absl::StatusOr<MaybeTerm> term = item.is_array() ? ReadList(item, definition, context, graph) : ReadValue(item, definition, context, graph);
    RETURN_IF_ERROR(term.status());
    if (!*term) return absl::OkStatus();
    const Term cell = FreshBlankNode();
    if (last) {
      RETURN_IF_ERROR(Emit(*last, rest, cell, graph));
    } else {
      head = cell;
    }
    last = cell;
    return Emit(cell, first, **term, graph);
  };
  RETURN_IF_ERROR(ForEachItem(items, add));
  if (last) RETURN_IF_ERROR(Emit(*last, rest, nil, graph));
  return MaybeTerm(std::move(head));
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::ReadObject(const Object& object, const TermDefinition* definition, const ContextPtr& context,
                                                                 const GraphName& graph) {
  ASSIGN_OR_RETURN(const ContextPtr inner, ContextOf(object, context));
  ASSIGN_OR_RETURN(const std::vector<Member> members, MembersOf(object, *inner));
  const auto find = [&](std::string_view key) {
    return std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.key == key; });
  };
  if (find("@value") != members.end()) return ReadValueObject(members, *inner);
  if (const auto list = find("@list"); list != members.end()) return ReadList(*list->value, definition, inner, graph);
  if (find("@language") != members.end()) return InvalidArgument("@language without @value");
  return ReadNode(object, inner, graph);
}

absl::StatusOr<JsonLdReader::MaybeTerm> JsonLdReader::ReadValue(const Value& value, const TermDefinition* definition, const ContextPtr& context,
                                                                const GraphName& graph) {
  if (definition != nullptr && definition->type == "@json") {
    ASSIGN_OR_RETURN(Term literal, LiteralOf(value, "@json"));
    return MaybeTerm(std::move(literal));
  }
  if (value.is_null()) return MaybeTerm();
  return value.is_object() ? ReadObject(value.get_object(), definition, context, graph) : ReadScalar(value, definition, *context);
}

// Values that are no map: one, an array, a set or, in a list container, what makes up one list.
absl::Status JsonLdReader::ReadValues(const Slot& slot, const Value& value, const ContextPtr& context) {
  const bool json_literal = slot.definition != nullptr && slot.definition->type == "@json";
  if (const Object* object = value.if_object(); object != nullptr && !json_literal) {
    for (const json::key_value_pair& member : *object) {
      if (context->Expand(ViewOf(member.key()), Context::kVocabulary) == "@set") return ReadValues(slot, member.value(), context);
    }
  }
  if (value.is_array() && !json_literal) {
    for (const Value& item : value.get_array()) RETURN_IF_ERROR(ReadValues(slot, item, context));
    return absl::OkStatus();
  }
  if (value.is_object() && !json_literal && slot.definition != nullptr && slot.definition->graph) {
    const Object& object = value.get_object();
    ASSIGN_OR_RETURN(const ContextPtr inner, ContextOf(object, context));
    ASSIGN_OR_RETURN(const auto members, MembersOf(object, *inner));
    const bool is_graph = std::any_of(members.begin(), members.end(), [](const Member& member) { return member.key == "@graph"; });
    if (!is_graph) {
      const Term name = FreshBlankNode();
      RETURN_IF_ERROR(ReadTop(value, context, name));
      return Put(slot, name);
    }
  }
  ASSIGN_OR_RETURN(const MaybeTerm term, ReadValue(value, slot.definition, context, slot.graph));
  return Put(slot, term);
}

absl::Status JsonLdReader::ReadLanguageMap(const Slot& slot, const Object& map, const Context& context) {
  const Direction direction = slot.definition->direction ? *slot.definition->direction : context.direction();
  for (const json::key_value_pair& member : map) {
    const bool none = context.Expand(ViewOf(member.key()), Context::kVocabulary) == "@none";
    RETURN_IF_ERROR(ForEachItem(member.value(), [&](const Value& item) -> absl::Status {
      if (item.is_null()) return absl::OkStatus();
      if (!item.is_string()) return InvalidArgument("a map by language holds texts");
      ASSIGN_OR_RETURN(Term literal, TextOf(std::string(ViewOf(item.get_string())), none ? "" : std::string(ViewOf(member.key())), direction));
      return Put(slot, std::move(literal));
    }));
  }
  return absl::OkStatus();
}

absl::Status JsonLdReader::ReadMapEntry(const Slot& slot, std::string_view key, const Value& item, const ContextPtr& context) {
  const TermDefinition& definition = *slot.definition;
  const bool none = context->Expand(key, Context::kVocabulary) == "@none";
  MaybeTerm name;  // by the key
  if (definition.by_id && !none) {
    ASSIGN_OR_RETURN(name, NodeOf(context->Expand(key, Context::kDocument)));
  }
  if (definition.graph) {
    const Term graph = name ? *name : FreshBlankNode();
    RETURN_IF_ERROR(ReadTop(item, context, graph));
    return Put(slot, graph);
  }
  const Object* object = item.if_object();
  if (object == nullptr && definition.by_type && item.is_string()) {  // a reference to a node of that type
    const int kinds = definition.type == "@vocab" ? Context::kVocabulary | Context::kDocument : Context::kDocument;
    ASSIGN_OR_RETURN(name, NodeOf(context->Expand(ViewOf(item.get_string()), kinds)));
  } else if (object == nullptr || (definition.by_index && !definition.index)) {
    return ReadValues(slot, item, context);
  }
  MaybeTerm node = name;
  if (object != nullptr) {
    ContextPtr inner = context;
    const TermDefinition* type = definition.by_type && !none ? context->Find(key) : nullptr;
    if (type != nullptr && type->context != nullptr) {
      ASSIGN_OR_RETURN(inner, inner->With(*type->context, /*propagate=*/false));
    } else {
      ASSIGN_OR_RETURN(inner, ContextOf(*object, context));
    }
    ASSIGN_OR_RETURN(node, ReadNode(*object, inner, slot.graph, name));
  }
  if (!node || none) return Put(slot, node);
  if (definition.by_type) RETURN_IF_ERROR(ReadTypes(Value(json::string_view(key.data(), key.size())), *node, *context, slot.graph));
  if (definition.by_index && definition.index) {
    ASSIGN_OR_RETURN(const MaybeTerm predicate, NodeOf(*definition.index));
    if (predicate && predicate->is_iri()) RETURN_IF_ERROR(Emit(*node, *predicate, Term::Literal(std::string(key)), slot.graph));
  }
  return Put(slot, node);
}

absl::Status JsonLdReader::ReadMap(const Slot& slot, const Object& map, const ContextPtr& context) {
  if (slot.definition->by_language) return ReadLanguageMap(slot, map, *context);
  for (const json::key_value_pair& member : map) {
    RETURN_IF_ERROR(ForEachItem(member.value(), [&](const Value& item) { return ReadMapEntry(slot, ViewOf(member.key()), item, context); }));
  }
  return absl::OkStatus();
}

absl::Status JsonLdReader::ReadProperty(const Slot& slot, const Value& value, const ContextPtr& outer) {
  const TermDefinition* definition = slot.definition;
  if (definition == nullptr) return ReadValues(slot, value, outer);
  ContextPtr context = outer;
  if (definition->context != nullptr) {
    // The contexts of types around end first (JSON-LD 1.1 API §5.1.2, steps 7 and 8).
    const ContextPtr base = context->previous() != nullptr ? context->previous() : context;
    ASSIGN_OR_RETURN(context, base->With(*definition->context));
  }
  const bool maps = definition->by_language || definition->by_index || definition->by_id || definition->by_type;
  if (maps && value.is_object()) return ReadMap(slot, value.get_object(), context);
  if (!definition->list || definition->type == "@json") return ReadValues(slot, value, context);
  if (value.is_null()) return absl::OkStatus();
  if (const Object* object = value.if_object()) {
    for (const json::key_value_pair& member : *object) {
      if (context->Expand(ViewOf(member.key()), Context::kVocabulary) == "@list") return ReadValues(slot, value, context);
    }
  }
  if (slot.reverse) return InvalidArgument("a list may not be reversed");
  ASSIGN_OR_RETURN(const MaybeTerm list, ReadList(value, definition, context, slot.graph));
  return Put(slot, list);
}

}  // namespace dossier::graph
