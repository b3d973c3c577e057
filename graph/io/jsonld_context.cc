#include "graph/io/jsonld_context.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/base/status.h"
#include "graph/model/iri.h"

namespace dossier::graph {
namespace {

namespace json = boost::json;

constexpr int64_t kMaxDefinitions = 1'000'000;

constexpr std::array<std::string_view, 24> kKeywords = {
    "@base",  "@container", "@context", "@default", "@direction", "@graph",    "@id",     "@import", "@included", "@index", "@json",    "@language",
    "@list",  "@nest",      "@none",    "@prefix",  "@propagate", "@protected", "@reverse", "@set",   "@type",     "@value", "@version", "@vocab"};

// '@' and letters: reserved, and ignored where it means nothing.
bool LooksLikeKeyword(std::string_view text) {
  return text.size() > 1 && text[0] == '@' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::shared_ptr<const std::string> Share(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

bool EndsLikeNamespace(std::string_view iri) {
  return !iri.empty() && (std::string_view(":/?#[]@").find(iri.back()) != std::string_view::npos || iri.starts_with("_:"));
}

absl::StatusOr<Direction> DirectionOf(const json::value& value) {
  if (value.is_null()) return Direction::kNone;
  if (value == "ltr") return Direction::kLtr;
  if (value == "rtl") return Direction::kRtl;
  return InvalidArgument("@direction is \"ltr\", \"rtl\" or null");
}

}  // namespace

bool IsKeyword(std::string_view text) { return std::find(kKeywords.begin(), kKeywords.end(), text) != kKeywords.end(); }

ContextPtr Context::Initial(std::string base) {
  auto context = std::make_shared<Context>();
  context->document_base_ = context->base_ = Share(std::move(base));
  context->language_ = Share("");
  context->definitions_left_ = std::make_shared<int64_t>(kMaxDefinitions);
  return context;
}

const TermDefinition* Context::Find(std::string_view term) const {
  for (const Context* context = this; context != nullptr; context = context->cut_ ? nullptr : context->parent_.get()) {
    const auto it = context->terms_.find(term);
    if (it != context->terms_.end()) return &it->second;
  }
  return nullptr;
}

std::optional<std::string> Context::Expand(std::string_view text, int kinds) const {
  if (IsKeyword(text)) return std::string(text);
  if (LooksLikeKeyword(text)) return std::nullopt;
  const TermDefinition* term = Find(text);
  if (term != nullptr && ((kinds & kVocabulary) != 0 || (term->iri && IsKeyword(*term->iri)))) return term->iri;
  const size_t colon = text.find(':', 1);
  if (colon != std::string_view::npos) {
    const std::string_view prefix = text.substr(0, colon), rest = text.substr(colon + 1);
    if (prefix == "_" || rest.starts_with("//")) return std::string(text);
    const TermDefinition* definition = Find(prefix);
    if (definition != nullptr && definition->iri && definition->prefix) return Cat(*definition->iri, rest);
    if (IsAbsoluteIri(text)) return std::string(text);
  }
  if ((kinds & kVocabulary) != 0 && vocab_ != nullptr) return Cat(*vocab_, text);
  if ((kinds & kDocument) != 0) {
    absl::StatusOr<std::string> resolved = ResolveIri(*base_, text);
    if (resolved.ok()) return *std::move(resolved);
  }
  return std::string(text);
}

// Fills a new context from local ones.
class Context::Builder {
 public:
  explicit Builder(ContextPtr parent) : context_(std::make_shared<Context>()) { Inherit(std::move(parent)); }

  absl::Status Add(const json::value& local, bool propagate) {
    if (const json::array* list = local.if_array()) {
      for (const json::value& item : *list) RETURN_IF_ERROR(Add(item, propagate));
      return absl::OkStatus();
    }
    if (local.is_null()) {
      context_->terms_.clear();
      context_->cut_ = true;
      context_->base_ = context_->document_base_;
      context_->vocab_ = nullptr;
      context_->language_ = Share("");
      context_->direction_ = Direction::kNone;
      return absl::OkStatus();
    }
    if (local.is_string()) return InvalidArgument(Cat("the context <", ViewOf(local.get_string()), "> is not in the document, and contexts are not fetched"));
    if (!local.is_object()) return InvalidArgument("a @context is an object, an array or null");
    return AddObject(local.get_object(), propagate);
  }

  ContextPtr Finish() { return std::move(context_); }

 private:
  void Inherit(ContextPtr parent) {
    context_->document_base_ = parent->document_base_;
    context_->base_ = parent->base_;
    context_->vocab_ = parent->vocab_;
    context_->language_ = parent->language_;
    context_->direction_ = parent->direction_;
    context_->previous_ = parent->previous_;
    context_->definitions_left_ = parent->definitions_left_;
    context_->parent_ = std::move(parent);
  }

  absl::Status AddObject(const json::object& local, bool propagate) {
    if (const json::value* value = local.if_contains("@propagate")) {
      if (!value->is_bool()) return InvalidArgument("@propagate is true or false");
      propagate = value->get_bool();
    }
    if (!propagate && context_->previous_ == nullptr) context_->previous_ = context_->parent_;
    if (local.contains("@import")) return InvalidArgument("@import is not followed: contexts are not fetched");
    RETURN_IF_ERROR(AddSettings(local));
    local_ = &local;
    state_.clear();
    for (const json::key_value_pair& member : local) RETURN_IF_ERROR(Define(ViewOf(member.key()), 0));
    local_ = nullptr;
    return absl::OkStatus();
  }

  absl::Status AddSettings(const json::object& local) {
    if (const json::value* value = local.if_contains("@base")) {
      if (!value->is_null() && !value->is_string()) return InvalidArgument("@base is an IRI or null");
      if (value->is_null()) {
        context_->base_ = Share("");
      } else if (IsAbsoluteIri(ViewOf(value->get_string()))) {
        context_->base_ = Share(std::string(ViewOf(value->get_string())));
      } else {
        ASSIGN_OR_RETURN(std::string resolved, ResolveIri(*context_->base_, ViewOf(value->get_string())));
        context_->base_ = Share(std::move(resolved));
      }
    }
    if (const json::value* value = local.if_contains("@vocab")) {
      if (!value->is_null() && !value->is_string()) return InvalidArgument("@vocab is an IRI or null");
      if (value->is_null()) {
        context_->vocab_ = nullptr;
      } else {
        context_->vocab_ = Share(context_->Expand(ViewOf(value->get_string()), kVocabulary | kDocument).value_or(""));
      }
    }
    if (const json::value* value = local.if_contains("@language")) {
      if (!value->is_null() && !value->is_string()) return InvalidArgument("@language is a language tag or null");
      context_->language_ = Share(value->is_null() ? "" : std::string(ViewOf(value->get_string())));
    }
    if (const json::value* value = local.if_contains("@direction")) {
      ASSIGN_OR_RETURN(context_->direction_, DirectionOf(*value));
    }
    return absl::OkStatus();
  }

  // Defines a term of local_, after those it is written with (JSON-LD 1.1 API §4.2).
  absl::Status Define(std::string_view term, int depth) {
    const json::value* value = local_->if_contains(json::string_view(term.data(), term.size()));
    if (value == nullptr || LooksLikeKeyword(term)) return absl::OkStatus();
    const auto [state, fresh] = state_.try_emplace(term, false);
    if (!fresh) return state->second ? absl::OkStatus() : InvalidArgument(Cat("the term \"", term, "\" is defined by itself"));
    if (--*context_->definitions_left_ < 0) return ResourceExhausted("the contexts of the document define too many terms");
    if (depth > 100) return InvalidArgument(Cat("the term \"", term, "\" is defined by too many others"));
    absl::StatusOr<TermDefinition> definition = Read(term, *value, depth);
    if (!definition.ok()) return Annotate(definition.status(), Cat("the term \"", term, "\""));
    context_->terms_.insert_or_assign(std::string(term), *std::move(definition));
    state_.insert_or_assign(std::string(term), true);
    return absl::OkStatus();
  }

  // Expands an IRI of a definition, of which terms of local_ may be parts.
  absl::StatusOr<std::optional<std::string>> ExpandHere(std::string_view text, int depth) {
    RETURN_IF_ERROR(Define(text, depth + 1));
    const size_t colon = text.find(':', 1);
    if (colon != std::string_view::npos) RETURN_IF_ERROR(Define(text.substr(0, colon), depth + 1));
    return context_->Expand(text, kVocabulary);
  }

  absl::StatusOr<TermDefinition> Read(std::string_view term, const json::value& value, int depth) {
    TermDefinition definition;
    if (value.is_null()) return definition;
    if (value.is_string()) {
      ASSIGN_OR_RETURN(definition.iri, ReadId(term, value, depth));
      definition.prefix = term.find_first_of(":/") == std::string_view::npos && definition.iri && EndsLikeNamespace(*definition.iri);
      return definition;
    }
    if (!value.is_object()) return InvalidArgument("a definition is a text, an object or null");
    const json::object& object = value.get_object();
    if (const json::value* reverse = object.if_contains("@reverse")) {
      if (object.contains("@id")) return InvalidArgument("@reverse and @id exclude each other");
      ASSIGN_OR_RETURN(definition.iri, ReadId(term, *reverse, depth));
      definition.reverse = true;
    } else {
      const json::value* id = object.if_contains("@id");
      if (id != nullptr && id->is_null()) return definition;
      ASSIGN_OR_RETURN(definition.iri, id != nullptr ? ReadId(term, *id, depth) : ImpliedId(term, depth));
    }
    RETURN_IF_ERROR(ReadDetails(object, definition, depth));
    return definition;
  }

  absl::StatusOr<std::optional<std::string>> ReadId(std::string_view term, const json::value& id, int depth) {
    if (!id.is_string()) return InvalidArgument("its IRI is not a text");
    const std::string_view text = ViewOf(id.get_string());
    if (text == term) return ImpliedId(term, depth);
    if (!IsKeyword(text) && LooksLikeKeyword(text)) return std::optional<std::string>();
    ASSIGN_OR_RETURN(std::optional<std::string> iri, ExpandHere(text, depth));
    if (iri && !IsKeyword(*iri) && !IsAbsoluteIri(*iri) && !iri->starts_with("_:")) return InvalidArgument(Cat("\"", *iri, "\" is no IRI"));
    if (iri == "@context") return InvalidArgument("it may not stand for @context");
    return iri;
  }

  // Of a term without @id.
  absl::StatusOr<std::optional<std::string>> ImpliedId(std::string_view term, int depth) {
    const size_t colon = term.find(':', 1);
    if (colon != std::string_view::npos) {
      RETURN_IF_ERROR(Define(term.substr(0, colon), depth + 1));
      const TermDefinition* prefix = context_->Find(term.substr(0, colon));
      if (prefix != nullptr && prefix->iri) return std::optional(Cat(*prefix->iri, term.substr(colon + 1)));
      return std::optional(std::string(term));
    }
    if (context_->vocab_ == nullptr) return InvalidArgument("nothing says which IRI it stands for");
    return std::optional(Cat(*context_->vocab_, term));
  }

  absl::Status ReadDetails(const json::object& object, TermDefinition& definition, int depth) {
    if (const json::value* type = object.if_contains("@type")) {
      if (!type->is_string()) return InvalidArgument("@type is not a text");
      ASSIGN_OR_RETURN(definition.type, ExpandHere(ViewOf(type->get_string()), depth));
      const bool known = definition.type == "@id" || definition.type == "@vocab" || definition.type == "@json" || definition.type == "@none";
      if (!definition.type || (!known && (!IsAbsoluteIri(*definition.type) || FindInvalidIriByte(*definition.type) != std::string::npos))) return InvalidArgument("@type is no IRI");
    }
    if (const json::value* language = object.if_contains("@language")) {
      if (!language->is_null() && !language->is_string()) return InvalidArgument("@language is a language tag or null");
      definition.language = language->is_null() ? "" : std::string(ViewOf(language->get_string()));
    }
    if (const json::value* direction = object.if_contains("@direction")) {
      ASSIGN_OR_RETURN(definition.direction, DirectionOf(*direction));
    }
    if (const json::value* index = object.if_contains("@index")) {
      if (!index->is_string()) return InvalidArgument("@index is not a text");
      ASSIGN_OR_RETURN(definition.index, ExpandHere(ViewOf(index->get_string()), depth));
    }
    if (const json::value* prefix = object.if_contains("@prefix")) {
      if (!prefix->is_bool()) return InvalidArgument("@prefix is true or false");
      definition.prefix = prefix->get_bool();
    }
    if (object.contains("@nest")) return InvalidArgument("@nest in a definition is not supported");
    definition.context = object.if_contains("@context");
    const json::value* container = object.if_contains("@container");
    return container == nullptr ? absl::OkStatus() : ReadContainer(*container, definition);
  }

  absl::Status ReadContainer(const json::value& container, TermDefinition& definition) {
    if (const json::array* list = container.if_array()) {
      for (const json::value& item : *list) RETURN_IF_ERROR(ReadContainer(item, definition));
      return absl::OkStatus();
    }
    if (container.is_null() || container == "@set") return absl::OkStatus();
    const std::pair<const char*, bool TermDefinition::*> kContainers[] = {
        {"@list", &TermDefinition::list}, {"@language", &TermDefinition::by_language}, {"@index", &TermDefinition::by_index},
        {"@id", &TermDefinition::by_id},  {"@type", &TermDefinition::by_type},         {"@graph", &TermDefinition::graph}};
    for (const auto& [name, member] : kContainers) {
      if (container != name) continue;
      definition.*member = true;
      return absl::OkStatus();
    }
    return InvalidArgument("@container is one of @list, @set, @language, @index, @id, @type, @graph");
  }

  std::shared_ptr<Context> context_;
  const json::object* local_ = nullptr;
  StringMap<bool> state_;  // terms of local_ that are being defined (false) or are (true)
};

absl::StatusOr<ContextPtr> Context::With(const json::value& local, bool propagate) const {
  Builder builder(shared_from_this());
  RETURN_IF_ERROR(builder.Add(local, propagate));
  return builder.Finish();
}

}  // namespace dossier::graph
