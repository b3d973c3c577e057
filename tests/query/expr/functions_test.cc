// Built-in functions: SPARQL 1.1 §17.4.2 to §17.4.6, §17.5, SPARQL 1.2 for triple terms and base direction.
#include "tests/query/expr/expression_fixture.h"

namespace dossier::query {
namespace {

using F = Function;

struct Case {
  Expression expression;
  std::string expected;
};

class FunctionsTest : public ExpressionTest {
 protected:
  void Check(const std::vector<Case>& cases) {
    for (size_t i = 0; i < cases.size(); ++i)
      EXPECT_EQ(Eval(cases[i].expression), cases[i].expected) << "case " << i;
  }
};

TEST_F(FunctionsTest, Terms) {
  const Expression blank = Constant(Term::BlankNode("b"));
  Check({{Call(F::kIsIri, Iri("urn:a")), kTrue},
         {Call(F::kIsIri, Str("urn:a")), kFalse},
         {Call(F::kIsBlank, blank), kTrue},
         {Call(F::kIsLiteral, Int("1")), kTrue},
         {Call(F::kIsLiteral, blank), kFalse},
         {Call(F::kIsNumeric, Int("1")), kTrue},
         {Call(F::kIsNumeric, Typed("12", "byte")), kTrue},
         {Call(F::kIsNumeric, Typed("1200", "byte")), kFalse},
         {Call(F::kIsNumeric, Str("12")), kFalse},
         {Call(F::kIsNumeric, Iri("urn:a")), kFalse},
         {Call(F::kIsNumeric, Error()), "error"},
         {Call(F::kStr, Int("01")), "\"01\""},
         {Call(F::kStr, Iri("urn:a")), "\"urn:a\""},
         {Call(F::kStr, Lang("a", "en")), "\"a\""},
         {Call(F::kStr, blank), "error"},
         {Call(F::kLang, Lang("a", "en-GB")), "\"en-GB\""},
         {Call(F::kLang, Int("1")), "\"\""},
         {Call(F::kLang, Iri("urn:a")), "error"},
         {Call(F::kLangDir, Lang("a", "en", Direction::kRtl)), "\"rtl\""},
         {Call(F::kLangDir, Lang("a", "en")), "\"\""},
         {Call(F::kLangDir, Iri("urn:a")), "error"},
         {Call(F::kHasLang, Lang("a", "en")), kTrue},
         {Call(F::kHasLang, Iri("urn:a")), kFalse},
         {Call(F::kHasLangDir, Lang("a", "en")), kFalse},
         {Call(F::kHasLangDir, Lang("a", "en", Direction::kLtr)), kTrue},
         {Call(F::kDatatype, Str("a")), "xsd:string"},
         {Call(F::kDatatype, Lang("a", "en")), "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"},
         {Call(F::kDatatype, Lang("a", "en", Direction::kLtr)),
          "<http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString>"},
         {Call(F::kDatatype, Iri("urn:a")), "error"},
         {Call(F::kStrDt, Str("1"), Iri("urn:t")), "\"1\"^^<urn:t>"},
         {Call(F::kStrDt, Lang("1", "en"), Iri("urn:t")), "error"},
         {Call(F::kStrDt, Int("1"), Iri("urn:t")), "error"},
         {Call(F::kStrLang, Str("abc"), Str("en")), "\"abc\"@en"},
         {Call(F::kStrLang, Str("abc"), Str("")), "error"},
         {Call(F::kStrLang, Int("123"), Str("en")), "error"},
         {Call(F::kStrLangDir, Str("abc"), Str("en"), Str("ltr")), "\"abc\"@en--ltr"},
         {Call(F::kStrLangDir, Str("abc"), Str("en"), Str("LTR")), "error"},
         {Call(F::kLangMatches, Str("en-GB"), Str("EN")), kTrue},
         {Call(F::kLangMatches, Str("eng"), Str("en")), kFalse},
         {Call(F::kLangMatches, Str(""), Str("*")), kFalse},
         {Call(F::kLangMatches, Str("fr"), Str("*")), kTrue}});
}

TEST_F(FunctionsTest, IrisAreResolved) {
  services_.base = "http://example.org/a/b";
  Check({{Call(F::kIri, Str("c")), "<http://example.org/a/c>"},
         {Call(F::kIri, Str("urn:x")), "<urn:x>"},
         {Call(F::kIri, Iri("urn:a")), "<urn:a>"},
         {Call(F::kIri, Str("not an iri")), "error"},
         {Call(F::kIri, Lang("c", "en")), "error"},
         {Call(F::kIri, Int("1")), "error"}});
}

// §17.4.3; the pitfall list on argument compatibility.
TEST_F(FunctionsTest, Strings) {
  Check({{Call(F::kStrLen, Str("\xE9\xA3\x9F\xE3\x81\xB9\xE7\x89\xA9")), "\"3\"^^xsd:integer"},
         {Call(F::kStrLen, Lang("abc", "en")), "\"3\"^^xsd:integer"},
         {Call(F::kStrLen, Int("1")), "error"},
         {Call(F::kSubstr, Str("foobar"), Int("4")), "\"bar\""},
         {Call(F::kSubstr, Lang("foobar", "en"), Int("4"), Int("1")), "\"b\"@en"},
         {Call(F::kSubstr, Str("12345"), Int("0"), Int("3")), "\"12\""},
         {Call(F::kSubstr, Str("12345"), Dec("1.5"), Dec("2.6")), "\"234\""},
         {Call(F::kSubstr, Str("12345"), Int("5"), Int("-3")), "\"\""},
         {Call(F::kSubstr, Str("12345"), Int("-3"), Int("5")), "\"1\""},
         {Call(F::kSubstr, Str("12345"), Dbl("NaN")), "\"\""},
         {Call(F::kSubstr, Str("12345"), Int("2"), Dbl("INF")), "\"2345\""},
         {Call(F::kSubstr, Str("\xC3\xA4\xC3\xB6\xC3\xBC"), Int("2"), Int("1")), "\"\xC3\xB6\""},
         {Call(F::kSubstr, Int("12345"), Int("2")), "error"},
         {Call(F::kUcase, Str("stra\xC3\x9F"
                              "e")),
          "\"STRASSE\""},
         {Call(F::kUcase, Lang("a", "en")), "\"A\"@en"},
         {Call(F::kLcase, Str("\xC3\x84PFEL")), "\"\xC3\xA4pfel\""},
         {Call(F::kStrStarts, Lang("foobar", "en"), Str("foo")), kTrue},
         {Call(F::kStrStarts, Lang("foobar", "en"), Lang("foo", "EN")), kTrue},
         {Call(F::kStrStarts, Str("foobar"), Lang("foo", "en")), "error"},
         {Call(F::kStrStarts, Lang("foobar", "en"), Lang("foo", "fr")), "error"},
         {Call(F::kStrEnds, Str("foobar"), Str("bar")), kTrue},
         {Call(F::kContains, Lang("abc", "en", Direction::kLtr), Lang("b", "en", Direction::kLtr)), kTrue},
         {Call(F::kContains, Str("abc"), Int("1")), "error"},
         {Call(F::kStrBefore, Lang("abc", "en"), Str("b")), "\"a\"@en"},
         {Call(F::kStrBefore, Lang("abc", "en"), Str("z")), "\"\""},
         {Call(F::kStrBefore, Lang("abc", "en"), Str("")), "\"\"@en"},
         {Call(F::kStrBefore, Str("abc"), Lang("b", "en")), "error"},
         {Call(F::kStrAfter, Lang("abc", "en"), Lang("a", "en")), "\"bc\"@en"},
         {Call(F::kStrAfter, Str("abc"), Str("xyz")), "\"\""},
         {Call(F::kStrAfter, Lang("abc", "en"), Str("")), "\"abc\"@en"},
         {Call(F::kEncodeForUri, Str("Los Angeles \xC3\xBC~/")), "\"Los%20Angeles%20%C3%BC~%2F\""},
         {Call(F::kEncodeForUri, Lang("a b", "en")), "\"a%20b\""},
         {Call(F::kConcat), "\"\""},
         {Call(F::kConcat, Str("a"), Str("b")), "\"ab\""},
         {Call(F::kConcat, Lang("a", "en"), Lang("b", "en")), "\"ab\"@en"},
         {Call(F::kConcat, Lang("a", "en"), Str("b")), "\"ab\""},
         {Call(F::kConcat, Lang("a", "en"), Lang("b", "fr")), "\"ab\""},
         {Call(F::kConcat, Lang("a", "en", Direction::kLtr), Lang("b", "en", Direction::kLtr)),
          "\"ab\"@en--ltr"},
         {Call(F::kConcat, Lang("a", "en", Direction::kLtr), Lang("b", "en")), "\"ab\""},
         {Call(F::kConcat, Str("a"), Int("1")), "error"}});
}

TEST_F(FunctionsTest, StringsThatGrowWithoutEndAreRefused) {
  const Batch batch = Rows({{Term::Literal(std::string(1 << 20, 'x'))}});
  algebra::Call concat{F::kConcat, "", {}};
  for (int i = 0; i < 65; ++i) concat.args.push_back(Var(0));
  EXPECT_EQ(EvalRows(Expression{std::move(concat), {}}, batch)[0],
            "a function would make a string of more than 64 MiB");
}

// §17.4.3.14, §17.4.3.15, XPath F&O §5.6.
TEST_F(FunctionsTest, RegularExpressions) {
  Check({{Call(F::kRegex, Str("foobar"), Str("^foo")), kTrue},
         {Call(F::kRegex, Str("foobar"), Str("FOO")), kFalse},
         {Call(F::kRegex, Str("foobar"), Str("FOO"), Str("i")), kTrue},
         {Call(F::kRegex, Lang("foobar", "en"), Str("o+b")), kTrue},
         {Call(F::kRegex, Int("1"), Str("1")), "error"},
         {Call(F::kRegex, Str("a"), Lang("a", "en")), "error"},
         {Call(F::kRegex, Str("a\nb"), Str("a.b")), kFalse},
         {Call(F::kRegex, Str("a\nb"), Str("a.b"), Str("s")), kTrue},
         {Call(F::kRegex, Str("a\nb"), Str("^b$")), kFalse},
         {Call(F::kRegex, Str("a\nb"), Str("^b$"), Str("m")), kTrue},
         {Call(F::kRegex, Str("ab"), Str("a b"), Str("x")), kTrue},
         {Call(F::kRegex, Str("a b"), Str("a[ ]b"), Str("x")), kTrue},
         {Call(F::kRegex, Str("a.b"), Str("a.b"), Str("q")), kTrue},
         {Call(F::kRegex, Str("axb"), Str("a.b"), Str("q")), kFalse},
         {Call(F::kRegex, Str("a"), Str("a"), Str("z")), "error"},
         {Call(F::kRegex, Str("a"), Str("(a")), "error"},
         {Call(F::kRegex, Str("a"), Str("a)")), "error"},
         {Call(F::kRegex, Str("a"), Str("[")), "error"},
         {Call(F::kRegex, Str("a"), Str("(?=a)")), "error"},
         {Call(F::kRegex, Str("\xC3\x84"), Str("\xC3\xA4"), Str("i")), kTrue},
         {Call(F::kRegex, Str("\xD9\xA3"), Str("^\\d$")), kTrue},  // ARABIC-INDIC DIGIT THREE
         {Call(F::kRegex, Str("\xC3\xA9t\xC3\xA9"), Str("^\\w+$")), kTrue},
         {Call(F::kRegex, Str("a-b"), Str("^\\w+$")), kFalse},
         {Call(F::kRegex, Str("x1"), Str("^\\i\\c$")), kTrue},
         {Call(F::kRegex, Str("1x"), Str("^\\i")), kFalse},
         {Call(F::kRegex, Str("A"), Str("^[\\p{Lu}\\d]$")), kTrue},
         {Call(F::kReplace, Str("abcd"), Str("b"), Str("Z")), "\"aZcd\""},
         {Call(F::kReplace, Str("abab"), Str("B"), Str("Z"), Str("i")), "\"aZaZ\""},
         {Call(F::kReplace, Lang("bonjour", "fr"), Str("(o)(n)"), Str("$2-$1")), "\"bn-ojour\"@fr"},
         {Call(F::kReplace, Str("abc"), Str("x*"), Str("-")), "error"},
         {Call(F::kReplace, Str("abc"), Str("b"), Str("\\$\\\\")), "\"a$\\\\c\""},
         {Call(F::kReplace, Str("abc"), Str("b"), Str("$")), "error"},
         {Call(F::kReplace, Str("abc"), Str("z"), Str("\\n")), "error"},
         {Call(F::kReplace, Str("abc"), Str("b"), Str("$5")), "\"ac\""},
         {Call(F::kReplace, Str("a.c"), Str("."), Str("$0"), Str("q")), "\"a$0c\""},
         {Call(F::kReplace, Str("darted"), Str("^(.*?)d(.*)$"), Str("$1c$2")), "\"carted\""},
         {Call(F::kRegex, Str("aa"), Str("^(a)\\1$")), kTrue},
         {Call(F::kRegex, Str("ab"), Str("^(a)\\1$")), kFalse}});
}

// XPath F&O 3.1 §5.6.1: \N is what the group N that ended before has matched.
TEST_F(FunctionsTest, BackReferences) {
  Check({{Call(F::kRegex, Str("say 'x'"), Str("(['\"]).*\\1")), kTrue},
         {Call(F::kRegex, Str("say 'x\""), Str("(['\"]).*\\1")), kFalse},
         {Call(F::kRegex, Str("aA"), Str("^(a)\\1$"), Str("i")), kTrue},
         {Call(F::kRegex, Str("a\na"), Str("^(a).\\1$")), kFalse},
         {Call(F::kRegex, Str("a\na"), Str("^(a).\\1$"), Str("s")), kTrue},
         {Call(F::kRegex, Str("\xC3\xA9-\xC3\xA9"), Str("^(\\w)-\\1$")), kTrue},
         {Call(F::kRegex, Str("aa0"), Str("^(a)\\10$")), kTrue},      // there is one group: \1 and a 0
         {Call(F::kRegex, Str("aa"), Str("(a\\1)")), "error"},        // the group has not ended
         {Call(F::kRegex, Str("aa"), Str("(?:a)\\1")), "error"},      // there is no such group
         {Call(F::kRegex, Str("aa"), Str("(a)[\\1]")), "error"},
         {Call(F::kReplace, Str("\xC3\xA9\xC3\xA9 hello"), Str("(\\w)\\1"), Str("<$1>")), "\"<\xC3\xA9> he<l>o\""},
         {Call(F::kReplace, Str("aabb"), Str("(a)\\1|(b)\\2"), Str("[$2]")), "\"[][b]\""},
         {Call(F::kReplace, Str("aa"), Str("(a)?(x*)\\2"), Str("-")), "error"}});   // it matches the empty string
}

TEST_F(FunctionsTest, BackReferencesHaveALimit) {
  EXPECT_EQ(Eval(Call(F::kRegex, Str(std::string(60, 'a')), Str("^(a|aa)+(b)\\2$"))),
            "regular expression \"^(a|aa)+(b)\\2$\": a match with back-references takes too long");
}

TEST_F(FunctionsTest, PathologicalPatternsTakeLinearTime) {
  EXPECT_EQ(Eval(Call(F::kRegex, Str(std::string(100000, 'a')), Str("^(a+)+$b"))), kFalse);
  EXPECT_EQ(Eval(Call(F::kRegex, Str("a"), Str(std::string(70000, 'a')))), "error");
  EXPECT_EQ(Eval(Call(F::kRegex, Str("a"), Str(std::string(500, '(') + std::string(500, ')')))), "error");
}

TEST_F(FunctionsTest, Numbers) {
  Check({{Call(F::kAbs, Int("-2")), "\"2\"^^xsd:integer"},
         {Call(F::kAbs, Dec("-1.60")), "\"1.6\"^^xsd:decimal"},
         {Call(F::kRound, Dec("2.5")), "\"3\"^^xsd:decimal"},
         {Call(F::kRound, Dec("-2.5")), "\"-2\"^^xsd:decimal"},
         {Call(F::kRound, Dbl("0.49999999999999994")), "\"0.0E0\"^^xsd:double"},
         {Call(F::kRound, Dbl("-0.3")), "\"-0.0E0\"^^xsd:double"},
         {Call(F::kRound, Flt("1.5")), "\"2.0E0\"^^xsd:float"},
         {Call(F::kCeil, Dec("10.5")), "\"11\"^^xsd:decimal"},
         {Call(F::kFloor, Dec("-10.5")), "\"-11\"^^xsd:decimal"},
         {Call(F::kFloor, Int("7")), "\"7\"^^xsd:integer"},
         {Call(F::kCeil, Str("7")), "error"}});
  auto random = Compile(Call(F::kAnd, Call(F::kGreaterEqual, Call(F::kRand), Int("0")),
                             Call(F::kLess, Call(F::kRand), Int("1"))));
  Batch batch;
  batch.Reset(0);
  batch.rows = 100;
  std::vector<uint8_t> keep;
  ASSERT_TRUE((*random)->Test(batch, keep).ok());
  EXPECT_EQ(keep, std::vector<uint8_t>(100, 1));
}

TEST_F(FunctionsTest, Dates) {
  const Expression zoned = Date("2011-01-10T14:45:13.815-05:00");
  const Expression local = Date("2011-01-10T14:45:13.815");
  Check({{Call(F::kYear, zoned), "\"2011\"^^xsd:integer"},
         {Call(F::kMonth, zoned), "\"1\"^^xsd:integer"},
         {Call(F::kDay, zoned), "\"10\"^^xsd:integer"},
         {Call(F::kHours, zoned), "\"14\"^^xsd:integer"},
         {Call(F::kMinutes, zoned), "\"45\"^^xsd:integer"},
         {Call(F::kSeconds, zoned), "\"13.815\"^^xsd:decimal"},
         {Call(F::kSeconds, Date("2011-01-10T14:45:13Z")), "\"13\"^^xsd:decimal"},
         {Call(F::kTimezone, zoned), "\"-PT5H\"^^xsd:dayTimeDuration"},
         {Call(F::kTimezone, Date("2011-01-10T14:45:13Z")), "\"PT0S\"^^xsd:dayTimeDuration"},
         {Call(F::kTimezone, local), "error"},
         {Call(F::kTz, zoned), "\"-05:00\""},
         {Call(F::kTz, Date("2011-01-10T14:45:13Z")), "\"Z\""},
         {Call(F::kTz, local), "\"\""},
         {Call(F::kYear, Typed("1999-05-01", "date")), "\"1999\"^^xsd:integer"},
         {Call(F::kHours, Typed("1999-05-01", "date")), "error"},
         {Call(F::kYear, Str("1999")), "error"},
         {Call(F::kAdjust, zoned, Typed("PT0S", "dayTimeDuration")),
          "\"2011-01-10T19:45:13.815Z\"^^xsd:dateTime"},
         {Call(F::kAdjust, zoned, Str("")), "\"2011-01-10T14:45:13.815\"^^xsd:dateTime"},
         {Call(F::kAdjust, local, Typed("PT1H", "dayTimeDuration")),
          "\"2011-01-10T14:45:13.815+01:00\"^^xsd:dateTime"},
         {Call(F::kAdjust, local, Typed("PT15H", "dayTimeDuration")), "error"},
         {Call(F::kEqual, Call(F::kNow), Call(F::kNow)), kTrue},
         {Call(F::kDatatype, Call(F::kNow)), "xsd:dateTime"},
         {Call(F::kTz, Call(F::kNow)), "\"Z\""}});
}

TEST_F(FunctionsTest, Hashes) {
  Check(
      {{Call(F::kMd5, Str("abc")), "\"900150983cd24fb0d6963f7d28e17f72\""},
       {Call(F::kSha1, Str("abc")), "\"a9993e364706816aba3e25717850c26c9cd0d89d\""},
       {Call(F::kSha256, Str("abc")), "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""},
       {Call(F::kSha384, Str("abc")),
        "\"cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        "\""},
       {Call(F::kStrLen, Call(F::kSha512, Str("abc"))), "\"128\"^^xsd:integer"},
       {Call(F::kMd5, Int("1")), "error"}});
}

TEST_F(FunctionsTest, TripleTerms) {
  const Expression triple = Call(F::kTriple, Iri("urn:s"), Iri("urn:p"), Int("01"));
  const Expression nested =
      Constant(Term::TripleTerm(Term::Iri("urn:s"), Term::Iri("urn:p"), Term::Iri("urn:o")));
  Check({{triple, "<<( <urn:s> <urn:p> \"01\"^^xsd:integer )>>"},
         {Call(F::kSubject, triple), "<urn:s>"},
         {Call(F::kPredicate, triple), "<urn:p>"},
         {Call(F::kObject, triple), "\"01\"^^xsd:integer"},
         {Call(F::kIsTriple, triple), kTrue},
         {Call(F::kIsTriple, Int("1")), kFalse},
         {Call(F::kSubject, Int("1")), "error"},
         {Call(F::kTriple, Str("s"), Iri("urn:p"), Int("1")), "error"},
         {Call(F::kTriple, Iri("urn:s"), Str("p"), Int("1")), "error"},
         {Call(F::kTriple, nested, Iri("urn:p"), Int("1")), "error"},
         {Call(F::kTriple, Iri("urn:s"), Iri("urn:p"), Error()), "error"},
         {Call(F::kIsTriple, Call(F::kTriple, Iri("urn:s"), Iri("urn:p"), nested)), kTrue}});
}

// The w3c suite sparql11/cast.
TEST_F(FunctionsTest, Casts) {
  Check({{CastTo("integer", Str("13")), "\"13\"^^xsd:integer"},
         {CastTo("integer", Str(" +13 ")), "\"13\"^^xsd:integer"},
         {CastTo("integer", Str("1E0")), "error"},
         {CastTo("integer", Str("1.5")), "error"},
         {CastTo("integer", Dbl("-7.875")), "\"-7\"^^xsd:integer"},
         {CastTo("integer", Dbl("INF")), "error"},
         {CastTo("integer", Bool(true)), "\"1\"^^xsd:integer"},
         {CastTo("integer", Iri("urn:a")), "error"},
         {CastTo("integer", Lang("1", "en")), "error"},
         {CastTo("decimal", Str("+33.3300")), "\"33.33\"^^xsd:decimal"},
         {CastTo("decimal", Flt("1.25")), "\"1.25\"^^xsd:decimal"},
         {CastTo("decimal", Dbl("1.1")), "\"1.1\"^^xsd:decimal"},
         {CastTo("double", Int("1")), "\"1.0E0\"^^xsd:double"},
         {CastTo("double", Str("-10.2E3")), "\"-1.02E4\"^^xsd:double"},
         {CastTo("float", Dec("2.5")), "\"2.5E0\"^^xsd:float"},
         {CastTo("boolean", Str("1")), kTrue},
         {CastTo("boolean", Str("0.0")), "error"},
         {CastTo("boolean", Dbl("NaN")), kFalse},
         {CastTo("boolean", Dec("0.0")), kFalse},
         {CastTo("string", Iri("urn:a")), "\"urn:a\""},
         {CastTo("string", Typed("0", "boolean")), "\"false\""},
         {CastTo("string", Dec("-1.0")), "\"-1\""},
         {CastTo("string", Dbl("1E0")), "\"1\""},
         {CastTo("string", Dbl("1E7")), "\"1.0E7\""},
         {CastTo("string", Flt("-7.875")), "\"-7.875\""},
         {CastTo("dateTime", Str("2002-10-10T17:00:00Z")), "\"2002-10-10T17:00:00Z\"^^xsd:dateTime"},
         {CastTo("dateTime", Typed("2002-10-10", "date")), "\"2002-10-10T00:00:00\"^^xsd:dateTime"},
         {CastTo("date", Date("2002-10-10T17:00:00+01:00")), "\"2002-10-10+01:00\"^^xsd:date"},
         {CastTo("dateTime", Str("2002-13-10T17:00:00Z")), "error"},
         {CastTo("byte", Int("100")), "\"100\"^^xsd:byte"},
         {CastTo("byte", Int("200")), "error"},
         {CastTo("gYear", Typed("2002-10-10", "date")), "\"2002\"^^xsd:gYear"}});
}

// §17.4.2.9 and the w3c test bnode01: the same node within a solution, also across expressions; another in
// the next solution.
TEST_F(FunctionsTest, BlankNodesByLabel) {
  Batch batch = Rows({{Term::Literal("x"), Term::Literal("x")}, {Term::Literal("x"), Term::Literal("y")}});
  auto first = Compile(Call(F::kBnode, Var(0)));
  auto second = Compile(Call(F::kBnode, Var(1)));
  std::vector<TermId> b1, b2;
  ASSERT_TRUE((*first)->Evaluate(batch, b1).ok());
  batch.columns[2] = b1;
  ASSERT_TRUE((*second)->Evaluate(batch, b2).ok());
  EXPECT_NE(b1[0], b1[1]) << "fresh in each solution";
  EXPECT_EQ(b1[0], b2[0]) << "the same label in one solution";
  EXPECT_NE(b1[1], b2[1]) << "another label";
  EXPECT_EQ(Eval(Call(F::kSameTerm, Call(F::kBnode, Str("a")), Call(F::kBnode, Str("a")))), kTrue);
  EXPECT_EQ(Eval(Call(F::kSameTerm, Call(F::kBnode), Call(F::kBnode))), kFalse);
  EXPECT_EQ(Eval(Call(F::kBnode, Int("1"))), "error");
  // A node that a join brought into many rows does not make them one solution.
  Batch joined = Rows({{Term::Literal("z"), Term::Literal("z")}});
  joined.columns[2] = {b1[0], b1[0]};
  auto third = Compile(Call(F::kBnode, Var(0)));
  std::vector<TermId> b3;
  ASSERT_TRUE((*third)->Evaluate(joined, b3).ok());
  EXPECT_NE(b3[0], b3[1]);
}

TEST_F(FunctionsTest, Uuids) {
  EXPECT_EQ(Eval(Call(F::kRegex, Call(F::kStr, Call(F::kUuid)),
                      Str("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"))),
            kTrue);
  EXPECT_EQ(Eval(Call(F::kEqual, Call(F::kStrUuid), Call(F::kStrUuid))), kFalse);
}

}  // namespace
}  // namespace dossier::query
