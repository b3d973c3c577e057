// Functions on RDF terms: SPARQL 1.1 §17.4.2 and their companions for base direction (SPARQL 1.2).
#include <openssl/rand.h>

#include <atomic>

#include "graph/base/strings.h"
#include "graph/model/iri.h"
#include "query/expr/builtin.h"
#include "query/expr/comparison.h"

namespace dossier::query {
namespace {

using algebra::Function;
using graph::Direction;
using graph::Term;
using graph::TermId;

void DoSameTerm(BuiltinCall&, Args args, Operand& out) { out.SetBoolean(SameTerm(*args[0], *args[1])); }
void IsIri(BuiltinCall&, Args args, Operand& out) { out.SetBoolean(args[0]->is_iri()); }
void IsBlank(BuiltinCall&, Args args, Operand& out) { out.SetBoolean(args[0]->is_blank()); }
void IsLiteral(BuiltinCall&, Args args, Operand& out) { out.SetBoolean(args[0]->is_literal()); }
void IsNumeric(BuiltinCall&, Args args, Operand& out) {
  out.SetBoolean(args[0]->is_literal() && args[0]->value().is_numeric());
}

void Str(BuiltinCall&, Args args, Operand& out) {
  if (args[0]->is_literal() || args[0]->is_iri()) out.SetString(args[0]->term().value());
}

void Lang(BuiltinCall&, Args args, Operand& out) {
  if (args[0]->is_literal()) out.SetString(args[0]->term().language());
}

void LangDir(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_literal()) return;
  const Direction direction = args[0]->term().direction();
  out.SetString(direction == Direction::kLtr ? "ltr" : direction == Direction::kRtl ? "rtl" : "");
}

void HasLang(BuiltinCall&, Args args, Operand& out) { out.SetBoolean(args[0]->is_tagged()); }
void HasLangDir(BuiltinCall&, Args args, Operand& out) {
  out.SetBoolean(args[0]->is_tagged() && args[0]->term().direction() != Direction::kNone);
}

void Datatype(BuiltinCall&, Args args, Operand& out) {
  if (args[0]->is_literal()) out.SetTerm(Term::Iri(args[0]->term().datatype()));
}

void Iri(BuiltinCall& call, Args args, Operand& out) {
  if (args[0]->is_iri()) return out.SetTerm(args[0]->id(), args[0]->term());
  if (!args[0]->is_simple()) return;
  // A relative reference with a ':' in its first segment ("10:20") would read as a scheme (RFC 3986 §4.2).
  const std::string& text = args[0]->text();
  const size_t colon = text.find(':');
  if (colon != std::string::npos && colon < text.find_first_of("/?#") && !graph::IsAbsoluteIri(text)) return;
  absl::StatusOr<std::string> iri = graph::ResolveIri(call.state.services.base, text);
  if (iri.ok()) out.SetTerm(Term::Iri(*std::move(iri)));
}

// A label that no node of the store and of this process has.
absl::StatusOr<Term> FreshBlankNode(const graph::Snapshot& snapshot) {
  static std::atomic<uint64_t> next{1};
  for (;;) {
    Term node = Term::BlankNode(Cat("made", next.fetch_add(1, std::memory_order_relaxed)));
    ASSIGN_OR_RETURN(const TermId known, snapshot.Find(node));
    if (known.is_unbound()) return node;
  }
}

void Bnode(BuiltinCall& call, Args args, Operand& out) {
  EvaluationState& state = call.state;
  const auto make = [&] { return FreshBlankNode(state.vocabulary.snapshot()); };
  if (args.empty()) {
    absl::StatusOr<Term> node = make();
    if (!node.ok()) {
      state.status = node.status();
      return;
    }
    return out.SetTerm(*std::move(node));
  }
  if (!args[0]->is_simple()) return;
  BlankScope& scope = state.vocabulary.blank_scope();
  if (state.solution == 0) state.solution = scope.SolutionOf(*state.batch, state.row, state.used_solutions);
  absl::StatusOr<TermId> id = scope.Node(state.solution, args[0]->text(), [&]() -> absl::StatusOr<TermId> {
    constexpr size_t kScopeBytes = 250;  // what the scope and this evaluator remember of it
    RETURN_IF_ERROR(state.vocabulary.Charge(kScopeBytes + args[0]->text().size(), "BNODE"));
    ASSIGN_OR_RETURN(const Term node, make());
    return state.vocabulary.Intern(node);
  });
  absl::StatusOr<Term> term = id.ok() ? state.vocabulary.Lookup(*id) : id.status();
  if (!term.ok()) {
    state.status = term.status();
    return;
  }
  out.SetTerm(*id, *std::move(term));
}

void StrDt(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_simple() || !args[1]->is_iri()) return;
  const std::string& datatype = args[1]->term().value();
  if (datatype == graph::rdf::kLangString || datatype == graph::rdf::kDirLangString)
    return;  // they need a language
  out.SetTerm(Term::Literal(args[0]->text(), datatype));
}

// BCP 47 as RDF's grammars have it: letters, then '-' and letters or digits, of 1 to 8.
bool IsLanguageTag(std::string_view tag) {
  size_t length = 0;
  bool first = true;
  for (const char c : tag) {
    if (c == '-') {
      if (length == 0) return false;
      length = 0;
      first = false;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (!letter && (first || !digit)) return false;
    if (++length > 8) return false;
  }
  return length > 0;
}

void StrLang(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_simple() || !args[1]->is_simple() || !IsLanguageTag(args[1]->text())) return;
  out.SetTerm(Term::LangLiteral(args[0]->text(), args[1]->text()));
}

void StrLangDir(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_simple() || !args[1]->is_simple() || !args[2]->is_simple() ||
      !IsLanguageTag(args[1]->text()))
    return;
  const std::string& direction = args[2]->text();
  if (direction != "ltr" && direction != "rtl") return;
  out.SetTerm(Term::LangLiteral(args[0]->text(), args[1]->text(),
                                direction == "ltr" ? Direction::kLtr : Direction::kRtl));
}

// RFC 4647 §3.3.1 basic filtering.
void LangMatches(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_simple() || !args[1]->is_simple()) return;
  const std::string& tag = args[0]->text();
  const std::string& range = args[1]->text();
  if (range == "*") return out.SetBoolean(!tag.empty());
  if (tag.size() < range.size()) return out.SetBoolean(false);
  for (size_t i = 0; i < range.size(); ++i) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (lower(tag[i]) != lower(range[i])) return out.SetBoolean(false);
  }
  out.SetBoolean(!range.empty() && (tag.size() == range.size() || tag[range.size()] == '-'));
}

// RFC 4122 version 4.
std::optional<std::string> RandomUuid() {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return std::nullopt;
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (size_t i = 0; i < sizeof bytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(kHex[bytes[i] >> 4]);
    text.push_back(kHex[bytes[i] & 15]);
  }
  return text;
}

void Uuid(BuiltinCall&, Args, Operand& out) {
  if (const std::optional<std::string> uuid = RandomUuid()) out.SetTerm(Term::Iri(Cat("urn:uuid:", *uuid)));
}
void StrUuid(BuiltinCall&, Args, Operand& out) {
  if (std::optional<std::string> uuid = RandomUuid()) out.SetString(*std::move(uuid));
}

}  // namespace

Builtin FindTermBuiltin(Function function) {
  switch (function) {
    case Function::kSameTerm:
      return DoSameTerm;
    case Function::kIsIri:
      return IsIri;
    case Function::kIsBlank:
      return IsBlank;
    case Function::kIsLiteral:
      return IsLiteral;
    case Function::kIsNumeric:
      return IsNumeric;
    case Function::kStr:
      return Str;
    case Function::kLang:
      return Lang;
    case Function::kLangDir:
      return LangDir;
    case Function::kHasLang:
      return HasLang;
    case Function::kHasLangDir:
      return HasLangDir;
    case Function::kDatatype:
      return Datatype;
    case Function::kIri:
      return Iri;
    case Function::kBnode:
      return Bnode;
    case Function::kStrDt:
      return StrDt;
    case Function::kStrLang:
      return StrLang;
    case Function::kStrLangDir:
      return StrLangDir;
    case Function::kLangMatches:
      return LangMatches;
    case Function::kUuid:
      return Uuid;
    case Function::kStrUuid:
      return StrUuid;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
