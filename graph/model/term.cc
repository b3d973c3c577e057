#include "graph/model/term.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string LowerTag(std::string_view tag) {
  std::string lower(tag);
  std::transform(lower.begin(), lower.end(), lower.begin(), LowerAscii);
  return lower;
}

bool SameTag(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return LowerAscii(x) == LowerAscii(y); });
}

void AppendUchar(unsigned c, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(kHex[c >> shift & 0xF]);
}

bool NeedsEscapeInIri(unsigned char c) {
  return c <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '^' || c == '`' ||
         c == '\\';
}

void AppendIri(std::string_view iri, std::string& out) {
  out.push_back('<');
  for (const char c : iri) {
    const auto byte = static_cast<unsigned char>(c);
    if (NeedsEscapeInIri(byte)) {
      AppendUchar(byte, out);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('>');
}

// RDF 1.2 N-Triples §4: ECHAR where there is one, \u for the other controls and U+FFFE, U+FFFF; everything else as it is.
void AppendQuoted(std::string_view s, std::string& out) {
  out.push_back('"');
  for (size_t i = 0; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    switch (c) {
      case '\b': out += "\\b"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\f': out += "\\f"; break;
      case '\r': out += "\\r"; break;
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      default:
        if (c < 0x20 || c == 0x7F) {
          AppendUchar(c, out);
        } else if (c == 0xEF && (s.substr(i, 3) == "\xEF\xBF\xBE" || s.substr(i, 3) == "\xEF\xBF\xBF")) {
          AppendUchar(s[i + 2] == '\xBE' ? 0xFFFE : 0xFFFF, out);
          i += 2;
        } else {
          out.push_back(s[i]);
        }
    }
  }
  out.push_back('"');
}

}  // namespace

Term Term::Iri(std::string iri) {
  Term t;
  t.kind_ = TermKind::kIri;
  t.value_ = std::move(iri);
  return t;
}

Term Term::BlankNode(std::string label) {
  Term t;
  t.kind_ = TermKind::kBlankNode;
  t.value_ = std::move(label);
  return t;
}

Term Term::Literal(std::string lexical) { return Literal(std::move(lexical), std::string(xsd::kString)); }

Term Term::Literal(std::string lexical, std::string datatype) {
  Term t;
  t.kind_ = TermKind::kLiteral;
  t.value_ = std::move(lexical);
  t.datatype_ = std::move(datatype);
  return t;
}

Term Term::LangLiteral(std::string lexical, std::string language, Direction direction) {
  Term t = Literal(std::move(lexical),
                   std::string(direction == Direction::kNone ? rdf::kLangString : rdf::kDirLangString));
  t.language_ = std::move(language);
  t.direction_ = direction;
  return t;
}

Term Term::TripleTerm(Term subject, Term predicate, Term object) {
  Term t;
  t.kind_ = TermKind::kTriple;
  t.triple_ = std::make_shared<const Triple>(Triple{std::move(subject), std::move(predicate), std::move(object)});
  return t;
}

std::string Term::ToNTriples() const {
  std::string out;
  AppendNTriples(out);
  return out;
}

void Term::AppendNTriples(std::string& out, bool lower_language) const {
  switch (kind_) {
    case TermKind::kBlankNode: Append(out, "_:", value_); return;
    case TermKind::kIri: AppendIri(value_, out); return;
    case TermKind::kTriple:
      out += "<<( ";
      triple_->subject.AppendNTriples(out, lower_language);
      out.push_back(' ');
      triple_->predicate.AppendNTriples(out, lower_language);
      out.push_back(' ');
      triple_->object.AppendNTriples(out, lower_language);
      out += " )>>";
      return;
    case TermKind::kLiteral: break;
  }
  AppendQuoted(value_, out);
  if (!language_.empty()) {
    Append(out, "@", lower_language ? LowerTag(language_) : language_);
    if (direction_ != Direction::kNone) out += direction_ == Direction::kLtr ? "--ltr" : "--rtl";
  } else if (datatype_ != xsd::kString) {
    out += "^^";
    AppendIri(datatype_, out);
  }
}

bool operator==(const Term& a, const Term& b) {
  if (a.kind_ != b.kind_ || a.value_ != b.value_ || a.datatype_ != b.datatype_ || a.direction_ != b.direction_ ||
      !SameTag(a.language_, b.language_)) {
    return false;
  }
  return a.kind_ != TermKind::kTriple || a.triple_ == b.triple_ || *a.triple_ == *b.triple_;
}

std::strong_ordering operator<=>(const Term& a, const Term& b) {
  if (const auto c = a.kind_ <=> b.kind_; c != 0) return c;
  if (const auto c = a.value_ <=> b.value_; c != 0) return c;
  if (const auto c = a.datatype_ <=> b.datatype_; c != 0) return c;
  if (const auto c = LowerTag(a.language_) <=> LowerTag(b.language_); c != 0) return c;
  if (const auto c = a.direction_ <=> b.direction_; c != 0) return c;
  if (a.kind_ != TermKind::kTriple) return std::strong_ordering::equal;
  if (const auto c = a.triple_->subject <=> b.triple_->subject; c != 0) return c;
  if (const auto c = a.triple_->predicate <=> b.triple_->predicate; c != 0) return c;
  return a.triple_->object <=> b.triple_->object;
}

size_t Term::HashKey() const {
  if (kind_ == TermKind::kTriple) {
    return absl::HashOf(kind_, triple_->subject.HashKey(), triple_->predicate.HashKey(), triple_->object.HashKey());
  }
  return absl::HashOf(kind_, value_, datatype_, language_.empty() ? std::string() : LowerTag(language_), direction_);
}

}  // namespace dossier::graph
