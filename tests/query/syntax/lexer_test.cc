// The longest token first (SPARQL 1.1 §19.8): the places where a lexer and a scannerless grammar differ.
#include "query/syntax/lexer.h"

#include <gtest/gtest.h>

#include "query/syntax/escapes.h"

namespace dossier::query::syntax {
namespace {

// The tokens' texts separated by blanks; keywords and functions with their kind in front.
std::string Tokens(std::string_view text) {
  const auto tokens = Tokenize(text);
  if (!tokens.ok()) return MessageOf(tokens.status());
  std::string out;
  for (const Token& token : *tokens) {
    if (token.kind == Tok::kEnd) break;
    if (!out.empty()) out += ' ';
    out += text.substr(token.begin, token.end - token.begin);
  }
  return out;
}

Tok FirstKind(std::string_view text) {
  const auto tokens = Tokenize(text);
  return tokens.ok() ? tokens->front().kind : Tok::kEnd;
}

TEST(Lexer, AnIriIsLongerThanOperators) {
  EXPECT_EQ(Tokens("?x<?a&&?b>?y"), "?x <?a&&?b> ?y");
  EXPECT_EQ(Tokens("?x<?a && ?b>?y"), "?x < ?a && ?b > ?y");
  EXPECT_EQ(Tokens("?a<=?b"), "?a <= ?b");
  EXPECT_EQ(Tokens("<<<s><p><o>>>"), "<< <s> <p> <o> >>");
  EXPECT_EQ(Tokens("<<(?s<p>?o)>>"), "<<( ?s <p> ?o )>>");
}

TEST(Lexer, ADotEndsANameUnlessTheNameGoesOn) {
  EXPECT_EQ(Tokens("a:b."), "a:b .");
  EXPECT_EQ(Tokens("a:b.c."), "a:b.c .");
  EXPECT_EQ(Tokens("a:b..c"), "a:b..c");
  EXPECT_EQ(Tokens("_:x.y. "), "_:x.y .");
  EXPECT_EQ(Tokens("?x.?y"), "?x . ?y");
  EXPECT_EQ(Tokens("1.?x"), "1 . ?x");
  EXPECT_EQ(Tokens("a.b:c"), "a.b:c");
}

TEST(Lexer, SignsBelongToNumbers) {
  EXPECT_EQ(Tokens("?x+1-2.5-.5e3+?y"), "?x +1 -2.5 -.5e3 + ?y");
  EXPECT_EQ(FirstKind("1"), Tok::kInteger);
  EXPECT_EQ(FirstKind("-1"), Tok::kSignedInteger);
  EXPECT_EQ(FirstKind(".5"), Tok::kDecimal);
  EXPECT_EQ(FirstKind("1.e0"), Tok::kDouble);
  EXPECT_EQ(FirstKind("1e0"), Tok::kDouble);
  EXPECT_EQ(Tokens("1e"), "1 e");
}

TEST(Lexer, KeywordsAreWholeWordsInAnyCase) {
  EXPECT_EQ(FirstKind("sElEcT"), Tok::kSelect);
  EXPECT_EQ(FirstKind("selects"), Tok::kWord);
  EXPECT_EQ(FirstKind("select:x"), Tok::kPrefixedName);
  EXPECT_EQ(FirstKind("a"), Tok::kA);
  EXPECT_EQ(FirstKind("A"), Tok::kWord);
  EXPECT_EQ(FirstKind("a:"), Tok::kPrefixNamespace);
  EXPECT_EQ(FirstKind("strlen"), Tok::kFunction);
  EXPECT_EQ(FirstKind("TRUE"), Tok::kTrue);
}

TEST(Lexer, QuestionMarkIsAVariableWhenANameFollows) {
  EXPECT_EQ(Tokens(":p??o"), ":p ? ?o");
  EXPECT_EQ(Tokens("$x?"), "$x ?");
  EXPECT_EQ(Tokens("?é1"), "?é1");
}

TEST(Lexer, PrefixedNamesKeepTheirEscapes) {
  EXPECT_EQ(Tokens("a:b\\~c%41:d"), "a:b\\~c%41:d");
  EXPECT_EQ(DecodeLocalName("b\\~c%41"), "b~c%41");
  EXPECT_EQ(Tokens("a:%4"), "unexpected character `%`");
}

TEST(Lexer, Strings) {
  EXPECT_EQ(DecodeString(R"("a\tb\u00e9\U0001F600\\")"), "a\tbé😀\\");
  EXPECT_EQ(DecodeString("'''it's\n''quoted'''"), "it's\n''quoted");
  EXPECT_EQ(DecodeString(R"("\\u0041")"), "\\u0041");
  EXPECT_EQ(DecodeIri("<http://e/\\u00e9>"), "http://e/é");
  EXPECT_EQ(Tokens("\"\" ''  \"\"\"\"\"\""), "\"\" '' \"\"\"\"\"\"");
}

TEST(Lexer, CommentsAndBrackets) {
  EXPECT_EQ(Tokens("{# a comment {\n|} {||} || |"), "{ |} {| |} || |");
  EXPECT_EQ(Tokens("#only"), "");
  EXPECT_EQ(Tokens("\xEF\xBB\xBF"
                   "ASK"),
            "ASK");
}

TEST(Lexer, BrokenInputIsRefused) {
  EXPECT_EQ(Tokens("?x \xFF"), "the query is not valid UTF-8 here");
  EXPECT_EQ(Tokens("'abc"), "this string is never closed");
  EXPECT_EQ(Tokens("\"\"\"abc\"\""), "this string is never closed");
  EXPECT_EQ(Tokens("'a\\"), "no escape of SPARQL: \\t \\b \\n \\r \\f \\\\ \\\" \\' \\uXXXX \\UXXXXXXXX are");
  EXPECT_EQ(Tokens("\"\\uD83C\\uDCA1\""), "an escape stands for a surrogate, which is no character");
  EXPECT_EQ(Tokens("'\\U00110000'"),
            "no escape of SPARQL: \\t \\b \\n \\r \\f \\\\ \\\" \\' \\uXXXX \\UXXXXXXXX are");
  EXPECT_EQ(Tokens(std::string_view("ASK\0{}", 6)), std::string("unexpected character `\0`", 24));
}

}  // namespace
}  // namespace dossier::query::syntax
