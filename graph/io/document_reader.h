// The parser of RDF 1.2 Turtle and TriG, by recursive descent: https://www.w3.org/TR/rdf12-turtle/, https://www.w3.org/TR/rdf12-trig/.
// Internal to graph/io: ReadDocument() in readers.h runs it. Statements and triples are in document_reader.cc, terms in
// document_terms.cc. As in Lexer, functions that read return false after an error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/io/readers.h"

namespace dossier::graph {

class DocumentReader {
 public:
  DocumentReader(Input& in, const RdfReadOptions& options, const QuadSink& sink)
      : in_(in), lex_(in), options_(options), sink_(sink), trig_(options.format == RdfFormat::kTriG), base_(options.base) {}

  absl::Status Run() {
    if (in_.StartsWith("\xEF\xBB\xBF")) in_.Skip(3);
    while (lex_.SkipSpace() && in_.Peek() != Input::kEnd) {
      if (!ReadStatement()) break;
    }
    return sink_status_.ok() ? lex_.status() : sink_status_;
  }

 private:
  // A nesting level, counted while it exists.
  class Level {
   public:
    explicit Level(int& depth) : depth_(depth) { ++depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --depth_; }

   private:
    int& depth_;
  };
  bool TooDeep() { return depth_ > kMaxNesting && !lex_.Fail(Cat("the nesting is deeper than ", kMaxNesting)); }

  // --- statements and directives ---
  bool ReadStatement();
  bool ReadAtDirective();
  bool ReadPrefix();
  bool ReadBase();
  bool ReadVersion();
  bool ReadSubjectStatement();
  bool ReadGraphBlock();
  bool ReadTriples();
  bool Expect(char c, std::string_view what) {
    if (!lex_.SkipSpace()) return false;
    return in_.Take(c) || lex_.Expected(what);
  }
  bool ExpectDot() { return Expect('.', "'.' at the end of the statement"); }
  // Whether this word, in any case, is at the place of reading and no name goes on behind it.
  bool AtKeyword(std::string_view lower);
  // The same for a word in this case only.
  bool AtWord(std::string_view word) { return in_.Peek() == word[0] && in_.StartsWith(word) && AtKeyword(word); }

  // --- triples ---
  bool ReadPredicateObjectList(const Term& subject);
  bool ReadObjectList(const Term& subject, const Term& predicate);
  bool ReadAnnotations(const Term& subject, const Term& predicate, const Term& object);
  bool ReadVerb(Term& term);
  bool ReadSubject(Term& term);
  bool ReadObject(Term& term);
  bool ReadBlankNodePropertyList(Term& term);
  bool ReadCollection(Term& term);
  bool ReadTripleTerm(Term& term);
  bool ReadReifiedTriple(Term& term);
  bool ReadReifier(Term& reifier);
  // An IRI, a blank node (also "[]") or, as allowed, a literal, a triple term or a reified triple.
  bool ReadSimple(Term& term, bool literal, bool triple, bool reified);
  bool Emit(Term subject, Term predicate, Term object);
  bool EmitReifies(const Term& reifier, Term triple);

  // --- terms ---
  bool AtIri();
  bool ReadIri(Term& term);
  bool ReadIriRefResolved(std::string& iri);
  bool ReadPrefixName(std::string& prefix);
  bool ReadPrefixedName(std::string& iri);
  bool ReadBlankNode(Term& term);
  bool ReadLiteral(Term& term);
  bool ReadNumber(Term& term);
  bool ReadQuotedLiteral(Term& term);
  bool AtNumber();
  bool AtEmptyBrackets();
  Term FreshBlankNode() { return Term::BlankNode(Cat(options_.blank_node_prefix, "anon", ++fresh_)); }

  Input& in_;
  Lexer lex_;
  const RdfReadOptions& options_;
  const QuadSink& sink_;
  const bool trig_;
  std::string base_;
  StringMap<std::string> prefixes_;
  std::optional<Term> graph_;
  uint64_t fresh_ = 0;
  int depth_ = 0;
  absl::Status sink_status_;
};

}  // namespace dossier::graph
