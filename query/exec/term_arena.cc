#include "query/exec/term_arena.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "graph/model/vocabulary.h"

namespace dossier::query {
namespace {

using graph::Direction;
using graph::Term;
using graph::TermKind;

// A packed term: one byte of kind, direction and how the datatype is kept; the value with its length; datatype or language with theirs.
// A triple term: that byte and its three parts.
enum class Datatype : uint8_t { kString, kXsd, kOther, kOfLanguage };
constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

Datatype DatatypeOf(const Term& term) {
  if (!term.language().empty()) return Datatype::kOfLanguage;
  if (term.datatype() == graph::xsd::kString || !term.is_literal()) return Datatype::kString;
  return term.datatype().starts_with(kXsd) ? Datatype::kXsd : Datatype::kOther;
}

// The text behind the value, as far as it is kept.
std::string_view Qualifier(const Term& term, Datatype datatype) {
  switch (datatype) {
    case Datatype::kString:
      return {};
    case Datatype::kXsd:
      return std::string_view(term.datatype()).substr(kXsd.size());
    case Datatype::kOther:
      return term.datatype();
    case Datatype::kOfLanguage:
      return term.language();
  }
  return {};
}

void PutText(std::string_view text, char*& to) {
  const auto size = static_cast<uint32_t>(text.size());
  std::memcpy(to, &size, sizeof size);
  if (!text.empty()) std::memcpy(to + sizeof size, text.data(), text.size());
  to += sizeof size + text.size();
}

std::string_view TakeText(const char*& at) {
  uint32_t size = 0;
  std::memcpy(&size, at, sizeof size);
  const std::string_view text(at + sizeof size, size);
  at += sizeof size + size;
  return text;
}

void Pack(const Term& term, char*& to) {
  const Datatype datatype = DatatypeOf(term);
  *to++ = static_cast<char>(static_cast<int>(term.kind()) | static_cast<int>(term.direction()) << 2 | static_cast<int>(datatype) << 4);
  if (term.is_triple()) {
    for (const Term* part : {&term.triple().subject, &term.triple().predicate, &term.triple().object}) Pack(*part, to);
    return;
  }
  PutText(term.value(), to);
  if (datatype != Datatype::kString) PutText(Qualifier(term, datatype), to);
}

struct Head {
  explicit Head(char byte)
      : kind(static_cast<TermKind>(byte & 3)), direction(static_cast<Direction>(byte >> 2 & 3)), datatype(static_cast<Datatype>(byte >> 4 & 3)) {}
  TermKind kind;
  Direction direction;
  Datatype datatype;
};

Term Unpack(const char*& at) {
  const Head head(*at++);
  if (head.kind == TermKind::kTriple) {
    Term subject = Unpack(at), predicate = Unpack(at), object = Unpack(at);
    return Term::TripleTerm(std::move(subject), std::move(predicate), std::move(object));
  }
  std::string value(TakeText(at));
  if (head.kind == TermKind::kIri) return Term::Iri(std::move(value));
  if (head.kind == TermKind::kBlankNode) return Term::BlankNode(std::move(value));
  switch (head.datatype) {
    case Datatype::kString:
      return Term::Literal(std::move(value));
    case Datatype::kXsd: {
      std::string datatype(kXsd);
      datatype += TakeText(at);
      return Term::Literal(std::move(value), std::move(datatype));
    }
    case Datatype::kOther:
      return Term::Literal(std::move(value), std::string(TakeText(at)));
    case Datatype::kOfLanguage:
      break;
  }
  return Term::LangLiteral(std::move(value), std::string(TakeText(at)), head.direction);
}

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// Whether what is at `at` is `term`; moves behind it when it is.
bool Match(const char*& at, const Term& term) {
  const Head head(*at++);
  const Datatype datatype = DatatypeOf(term);
  if (head.kind != term.kind() || head.direction != term.direction() || head.datatype != datatype) return false;
  if (term.is_triple()) {
    return Match(at, term.triple().subject) && Match(at, term.triple().predicate) && Match(at, term.triple().object);
  }
  if (TakeText(at) != term.value()) return false;
  if (datatype == Datatype::kString) return true;
  const std::string_view kept = TakeText(at);
  return datatype == Datatype::kOfLanguage ? SameIgnoringCase(kept, term.language()) : kept == Qualifier(term, datatype);
}

}  // namespace

size_t TermArena::PackedSize(const Term& term) {
  if (term.is_triple())
    return 1 + PackedSize(term.triple().subject) + PackedSize(term.triple().predicate) + PackedSize(term.triple().object);
  const Datatype datatype = DatatypeOf(term);
  const size_t more = datatype == Datatype::kString ? 0 : sizeof(uint32_t) + Qualifier(term, datatype).size();
  return 1 + sizeof(uint32_t) + term.value().size() + more;
}

uint64_t TermArena::Add(const Term& term) {
  char* to = bytes_.Room(PackedSize(term));
  places_.push_back(to);
  Pack(term, to);
  return places_.size() - 1;
}

Term TermArena::Get(uint64_t number) const {
  const char* at = places_[number];
  return Unpack(at);
}

bool TermArena::Equals(uint64_t number, const Term& term) const {
  const char* at = places_[number];
  return Match(at, term);
}

}  // namespace dossier::query
