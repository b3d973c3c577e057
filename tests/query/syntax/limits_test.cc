// No query text crashes the process: deep nesting, long chains and random texts give an answer or an error.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "graph/base/strings.h"
#include "query/algebra/print.h"
#include "query/algebra/translate.h"
#include "query/algebra/visit.h"
#include "query/syntax/parser.h"
#include "query/syntax/print.h"

namespace dossier::query {
namespace {

std::string Times(size_t n, std::string_view text) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += text;
  return out;
}

std::string Between(size_t n, std::string_view text, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < n; ++i) Append(out, i == 0 ? "" : separator, text);
  return out;
}

// "" when the text goes all the way and back again, else the message.
std::string Outcome(const std::string& text) {
  const auto tree = ParseQuery(text, {.base = "http://e/", .prefixes = {}});
  if (!tree.ok()) return MessageOf(tree.status());
  const auto again = ParseQuery(Print(*tree), {});
  EXPECT_TRUE(again.ok() && *again == *tree) << "round trip of " << text.substr(0, 200);
  const auto algebra = Translate(*tree);
  if (!algebra.ok()) return MessageOf(algebra.status());
  EXPECT_FALSE(algebra::Print(*algebra).empty());
  EXPECT_NE(algebra::Clone(*algebra->root), nullptr);
  return "";
}

constexpr char kTooNested[] = "brackets and `!` are nested more than 200 deep";
constexpr char kTooDeep[] =
    "the query is too complex: operators nest more than 1000 deep (long chains of OPTIONAL, BIND or "
    "arithmetic count)";

TEST(Limits, NestingUpToTheLimit) {
  constexpr size_t kInGroup = kMaxNesting - 1;
  const struct {
    std::string_view before, open, inner, close, after;
    size_t depth;
  } kCases[] = {
      {"SELECT * ", "{", "", "}", "", kMaxNesting},
      {"SELECT * {", "OPTIONAL{?s ?p ?o ", "", "}", "}", kInGroup},
      {"SELECT * {", "GRAPH ?g {", "", "}", "}", kInGroup},
      {"SELECT * {", "MINUS {", "?s ?p ?o", "}", "}", kInGroup},
      {"SELECT * {", "{SELECT * {", "", "}}", "}", kInGroup / 2},
      {"SELECT * { FILTER", "(", "1", ")", "}", kInGroup},
      {"SELECT * { FILTER(1 = ", "(", "1", ")", ") }", kInGroup - 1},
      {"SELECT * { FILTER(1 + (1 + ", "ABS(1 * ", "1", ")", ")) }", kInGroup - 2},
      {"SELECT * { FILTER ", "NOT EXISTS { FILTER ", "(1)", "}", "}", kInGroup - 1},
      {"SELECT * {?s ?p ", "[ ?p ", "1", "]", "}", kInGroup},
      {"SELECT * {?s ?p ", "( ", "1", ")", "}", kInGroup},
      {"SELECT * {?s ?p ", "<<( ?s ?p ", "1", ")>>", "}", kInGroup},
      {"SELECT * {?s ?p ", "<< ?s ?p ", "1", ">>", "}", kInGroup},
      {"SELECT * {", "<< ", "?s ?p ?o", ">> ?p ?o ", "}", kInGroup},
      {"SELECT * {?s ?p ?o ", "{| ?p ?o ", "", "|}", "}", kInGroup},
      {"SELECT * {?s ", "(", "<p>", ")*", " ?o }", kInGroup},
      {"SELECT * {?s ", "^(", "<p>", ")", " ?o }", kInGroup},
  };
  for (const auto& c : kCases) {
    const auto text = [&c](size_t n) {
      return Cat(c.before, Times(n, c.open), c.inner, Times(n, c.close), c.after);
    };
    EXPECT_EQ(Outcome(text(c.depth)), "") << c.open;
    EXPECT_EQ(Outcome(text(c.depth + 1)), kTooNested) << c.open;
    EXPECT_EQ(Outcome(text(10'000)), kTooNested) << c.open;
    EXPECT_EQ(Outcome(Cat(c.before, Times(100'000, c.open))), kTooNested) << c.open;
  }
}

TEST(Limits, PrefixOperators) {
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Times(kMaxNesting - 2, "!"), "?x) }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Times(100'000, "!"), "?x) }")), kTooNested);
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Times(199, "!!!!!!!!!("), "?x", Times(199, ")"), ") }")),
            kTooNested);
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Times(150, "! STR("), "?x", Times(150, ")"), ") }")),
            kTooNested);
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Between(5'000, "!?x", "||"), ") }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Times(100'000, "-"), "?x) }")),
            "expected an operand, found `-`");
}

TEST(Limits, LongChains) {
  EXPECT_EQ(Outcome(Cat("SELECT * { ", Between(5'000, "{?s ?p ?o}", " UNION "), " }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Between(10'000, "?x", "||"), ") }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Between(10'000, "?x", "&&"), ") }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(?x IN (", Between(10'000, "1", ","), ")) }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { ?s ", Between(5'000, "<p:>", "/"), " ?o }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { ?s ", Between(5'000, "<p:>", "|"), " ?o }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { ", Times(5'000, "?s <p:>* ?o . "), " }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { ", Times(5'000, "FILTER(?x) "), " }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { ", Times(400, "OPTIONAL { ?s ?p ?o }"), " }")), "");
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Between(900, "1", "+"), ") }")), "");
}

TEST(Limits, ChainsThatWouldMakeTheAlgebraTooDeep) {
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Between(100'000, "1", "+"), ") }")), kTooDeep);
  EXPECT_EQ(Outcome(Cat("SELECT * { FILTER(", Between(100'000, "1", "*"), ") }")), kTooDeep);
  EXPECT_EQ(Outcome(Cat("SELECT * { ", Times(20'000, "OPTIONAL { ?s ?p ?o }"), " }")), kTooDeep);
  EXPECT_EQ(Outcome(Cat("SELECT ?x {} GROUP BY ?x HAVING ", Times(20'000, "(?x) "))), kTooDeep);
}

TEST(Limits, ManyTokens) {
  EXPECT_EQ(Outcome(Cat("SELECT * { VALUES ?x {", Times(2'000'000, "1 "), "} }")),
            "a query may have 2000000 words and marks");
  EXPECT_EQ(Outcome(Cat("SELECT * { VALUES ?x {", Times(50'000, "1 "), "} }")), "");
}

TEST(Limits, RandomTokensNeverCrash) {
  const std::vector<std::string> kWords = {
      "SELECT",    "*",      "{",        "}",     "(",         ")",
      "[",         "]",      "?s",       "?p",    "?o",        ".",
      ";",         ",",      "<p>",      "'x'",   "@en",       "^^",
      "1",         "-2.5",   "!",        "+",     "-",         "/",
      "|",         "^",      "?",        "&&",    "||",        "=",
      "<",         "FILTER", "OPTIONAL", "UNION", "MINUS",     "GRAPH",
      "BIND",      "AS",     "VALUES",   "UNDEF", "COUNT",     "DISTINCT",
      "GROUP",     "BY",     "HAVING",   "ORDER", "LIMIT",     "WHERE",
      "CONSTRUCT", "ASK",    "EXISTS",   "NOT",   "IN",        "STR",
      "a",         "true",   "_:b",      "<<",    ">>",        "<<(",
      ")>>",       "{|",     "|}",       "~",     "SEPARATOR", "GROUP_CONCAT",
      "IF",        "foo",    "#\n"};
  std::mt19937 random(7);
  int valid = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = i % 2 == 0 ? "SELECT * { " : "";
    for (size_t n = random() % 12; n > 0; --n) Append(text, kWords[random() % kWords.size()], " ");
    if (i % 2 == 0) text += "}";
    const auto tree = ParseQuery(text, {.base = "http://e/", .prefixes = {}});
    if (tree.ok()) {
      ++valid;
      EXPECT_EQ(Outcome(text), "");
    } else {
      EXPECT_TRUE(PositionOf(tree.status()).has_value()) << text;
    }
  }
  EXPECT_GT(valid, 100);  // some of them mean something
}

TEST(Limits, BrokenQueriesNeverCrash) {
  const std::string kQuery =
      "PREFIX : <http://e/> SELECT (SUM(?x + 1) AS ?s) ?k { ?a :p/^:q+/(:r|!(:s|^:t)) ?x ; :k \"v\"@en , <<( "
      "?a :p 1.5 )>> ~ ?r {| :u [] |} ."
      " OPTIONAL { ?x :y ( 1 ?z ) FILTER(!BOUND(?z) && ?z NOT IN (1, -2)) } MINUS { ?a a :X } BIND(STR(?x) "
      "AS ?y) VALUES (?k) { (UNDEF) }"
      " { SELECT * { GRAPH ?g { ?a ?b ?c } } LIMIT 3 } } GROUP BY ?k HAVING(COUNT(DISTINCT *) > 2) ORDER BY "
      "DESC(?s)";
  ASSERT_EQ(Outcome(kQuery), "");
  for (size_t i = 0; i < kQuery.size(); ++i) {
    Outcome(kQuery.substr(0, i));
    Outcome(kQuery.substr(i));
    Outcome(kQuery.substr(0, i) + kQuery.substr(i + 1));
    for (const char c : {'(', '}', '"', '<', '?', '\\', '\x80'})
      Outcome(kQuery.substr(0, i) + c + kQuery.substr(i));
  }
}

}  // namespace
}  // namespace dossier::query
