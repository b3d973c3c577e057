// One value while an expression is evaluated: an id, a term, an XSD value, or an error. Each form is made
// from another when first asked for, so that `?x + 1 > 5` over inlined integers never builds a string.
//
//   Operand x;  x.SetTerm(id, term);
//   if (x.value().is_numeric()) ...        // parsed now, once
//   ASSIGN_OR_RETURN(TermId out, IdOf(x, vocabulary));
//
// Internal to query/expr. Not thread-safe, not even for reading (the forms are cached).
#pragma once

#include <string>
#include <utility>

#include "graph/model/term.h"
#include "graph/model/term_id.h"
#include "graph/model/vocabulary.h"
#include "graph/value/value.h"
#include "query/exec/vocabulary.h"

namespace dossier::query {

class Operand {
 public:
  Operand() = default;  // an error

  void SetError() { Reset(false, false, graph::TermId::Unbound(), true); }
  void SetTerm(graph::TermId id, graph::Term term) {
    Reset(true, false, id, false);
    term_ = std::move(term);
  }
  void SetTerm(graph::Term term) { SetTerm(graph::TermId::Unbound(), std::move(term)); }
  void SetValue(graph::Value value, graph::TermId id = graph::TermId::Unbound()) {
    if (!value.has_value()) return SetError();
    Reset(false, true, id, false);
    value_ = std::move(value);
  }
  void SetBoolean(bool b) {
    SetValue(graph::Value::Boolean(b), graph::TermId(graph::TermId::Tag::kBoolean, b ? 1 : 0));
  }
  void SetString(std::string text) { SetTerm(graph::Term::Literal(std::move(text))); }
  // From an id whose term is inside it; false when it is not such an id.
  bool SetInlined(graph::TermId id);

  bool is_error() const { return error_; }
  graph::TermId id() const { return id_; }  // unbound when not known (yet)
  // Preconditions of the rest: !is_error().
  const graph::Term& term() const {
    if (!has_term_) MakeTerm();
    return term_;
  }
  const graph::Value& value() const {
    if (!has_value_) MakeValue();
    return value_;
  }
  // A literal whose value is already known, so that term() would have to be made.
  bool only_value() const { return !has_term_; }
  bool is_literal() const { return !has_term_ || term_.is_literal(); }
  bool is_iri() const { return has_term_ && term_.is_iri(); }
  bool is_blank() const { return has_term_ && term_.is_blank(); }
  bool is_triple() const { return has_term_ && term_.is_triple(); }
  // xsd:string
  bool is_simple() const {
    return has_term_ && term_.is_literal() && term_.language().empty() &&
           term_.datatype() == graph::xsd::kString;
  }
  bool is_tagged() const { return has_term_ && term_.is_literal() && !term_.language().empty(); }
  bool is_string() const { return is_simple() || is_tagged(); }
  // Of the text it holds, whatever it is.
  size_t text_bytes() const { return has_term_ && !error_ ? term_.value().size() : 0; }
  // Precondition: is_string().
  const std::string& text() const { return term_.value(); }

 private:
  void Reset(bool has_term, bool has_value, graph::TermId id, bool error) {
    has_term_ = has_term;
    has_value_ = has_value;
    id_ = id;
    error_ = error;
  }
  void MakeTerm() const;
  void MakeValue() const;

  graph::TermId id_;
  bool error_ = true;
  mutable bool has_term_ = false;
  mutable bool has_value_ = false;
  mutable graph::Term term_;
  mutable graph::Value value_;
};

// The id of the operand in `vocabulary`, interned now if need be; Unbound for an error.
absl::StatusOr<graph::TermId> IdOf(const Operand& operand, Vocabulary& vocabulary);
// The id of an xsd:integer that fits its inlined range, else Unbound.
graph::TermId IntegerId(int64_t number);
// Precondition: tag kInteger.
int64_t IntegerOfId(graph::TermId id);

}  // namespace dossier::query
