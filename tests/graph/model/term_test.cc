#include "graph/model/term.h"

#include <vector>

#include "graph/model/iri.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"
#include "gtest/gtest.h"

namespace dossier::graph {
namespace {

TEST(Term, LanguageTagsAreEqualInAnyCase) {
  const Term a = Term::LangLiteral("x", "en-GB"), b = Term::LangLiteral("x", "EN-gb");
  EXPECT_EQ(a, b);
  EXPECT_EQ(a <=> b, std::strong_ordering::equal);
  EXPECT_EQ(a.HashKey(), b.HashKey());
  EXPECT_EQ(a.ToNTriples(), "\"x\"@en-GB");
  EXPECT_NE(a, Term::LangLiteral("x", "en-GB", Direction::kLtr));
  EXPECT_NE(a, Term::Literal("x"));
}

TEST(Term, LexicalFormsAreComparedAsWritten) {
  EXPECT_NE(Term::Literal("1", std::string(xsd::kInteger)), Term::Literal("01", std::string(xsd::kInteger)));
  EXPECT_EQ(Term::Literal("x"), Term::Literal("x", std::string(xsd::kString)));
  EXPECT_NE(Term::Iri("x"), Term::BlankNode("x"));
}

TEST(Term, TripleTermsAreComparedByTheirParts) {
  const auto make = [](const char* tag) { return Term::TripleTerm(Term::Iri("s"), Term::Iri("p"), Term::LangLiteral("o", tag)); };
  EXPECT_EQ(make("en"), make("EN"));
  EXPECT_EQ(make("en").HashKey(), make("EN").HashKey());
  EXPECT_NE(make("en"), make("de"));
  EXPECT_EQ(make("en").ToNTriples(), "<<( <s> <p> \"o\"@en )>>");
}

TEST(Term, OrderIsTotal) {
  const std::vector<Term> terms = {Term::BlankNode("a"),          Term::BlankNode("b"), Term::Iri("a"), Term::Literal("a"),
                                   Term::LangLiteral("a", "EN"), Term::Literal("b"),
                                   Term::TripleTerm(Term::Iri("a"), Term::Iri("a"), Term::Iri("a"))};
  for (size_t i = 0; i < terms.size(); ++i) {
    for (size_t k = 0; k < terms.size(); ++k) EXPECT_EQ(terms[i] == terms[k], i == k) << i << " " << k;
    for (size_t k = 0; k < terms.size(); ++k) EXPECT_EQ(terms[i] < terms[k], terms[k] > terms[i]);
  }
}

TEST(Term, EscapesAreCanonical) {
  EXPECT_EQ(Term::Literal("\b\t\n\f\r\"\\'\x01\x7F é\xEF\xBF\xBF").ToNTriples(),
            "\"\\b\\t\\n\\f\\r\\\"\\\\'\\u0001\\u007F é\\uFFFF\"");
  EXPECT_EQ(Term::Iri("a b<").ToNTriples(), "<a\\u0020b\\u003C>");
}

// RFC 3986 §5.4.
TEST(Iri, ReferencesOfTheRfcResolve) {
  const std::string base = "http://a/b/c/d;p?q";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"g:h", "g:h"},           {"g", "http://a/b/c/g"},        {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"},          {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"}, {"g?y#s", "http://a/b/c/g?y#s"}, {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"}, {"", "http://a/b/c/d;p?q"},   {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},  {"..", "http://a/b/"},          {"../", "http://a/b/"},
      {"../g", "http://a/b/g"}, {"../..", "http://a/"},         {"../../", "http://a/"},
      {"../../g", "http://a/g"}, {"../../../g", "http://a/g"},  {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},   {"/../g", "http://a/g"},        {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"}, {"g..", "http://a/b/c/g.."},   {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"}, {"./g/.", "http://a/b/c/g/"}, {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"}, {"g;x=1/./y", "http://a/b/c/g;x=1/y"}, {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"}, {"g?y/../x", "http://a/b/c/g?y/../x"}, {"g#s/../x", "http://a/b/c/g#s/../x"}};
  for (const auto& [reference, expected] : cases) {
    const auto resolved = ResolveIri(base, reference);
    ASSERT_TRUE(resolved.ok()) << reference;
    EXPECT_EQ(*resolved, expected) << reference;
  }
}

TEST(Iri, BadReferencesAreRefused) {
  EXPECT_FALSE(ResolveIri("", "x").ok());
  EXPECT_FALSE(ResolveIri("x", "y").ok());
  EXPECT_FALSE(ResolveIri("http://a/", "b c").ok());
  EXPECT_FALSE(ResolveIri("http://a/", "b<c").ok());
  EXPECT_FALSE(ResolveIri("http://a/", "b\x80").ok());
  EXPECT_EQ(*ResolveIri("", "urn:x/../y"), "urn:x/../y");
}

TEST(Utf8, OnlyWellFormedSequencesAreAccepted) {
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\xE2\x82", "\xC3"}) {
    EXPECT_EQ(FindInvalidUtf8(bad), 0u);
  }
  for (const char32_t c : {char32_t{0x24}, char32_t{0xA2}, char32_t{0x20AC}, char32_t{0xD7FF}, char32_t{0xE000}, char32_t{0x10FFFF}}) {
    std::string s;
    AppendUtf8(c, s);
    EXPECT_EQ(FindInvalidUtf8(s), std::string::npos);
    EXPECT_EQ(DecodeUtf8(s, 0, Utf8SequenceLength(s, 0)), c);
  }
}

}  // namespace
}  // namespace dossier::graph
