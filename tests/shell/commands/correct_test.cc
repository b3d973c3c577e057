// merge, split, same, alias, conflicts, extract --explain: as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/shell/commands/program.h"

namespace dossier::shell {
namespace {

using testing::HasSubstr;
using testing::Not;

class Correct : public testing::Test {
 protected:
  void Ingest(const std::string& file, const std::string& text) {
    program_.Write(file, text);
    const Program::Result result = program_.Run({"ingest", "db", file, "--date", "2021-03-04"});
    ASSERT_EQ(result.code, 0) << result.err;
  }
  std::string Ask(const std::string& question) { return program_.Run({"ask", "db", question}).out; }
  Program program_;
};

TEST_F(Correct, MergeAndSplitByName) {
  Ingest("a.txt", "Anna Berg dismissed Karl Holm. Anna Berg visited Norway.\n");
  Ingest("b.txt", "Anna Bergh praised Karl Holm. Anna Bergh visited Norway.\n");
  EXPECT_THAT(program_.Run({"same", "db"}).out, HasSubstr("spelt alike"));
  const Program::Result merged = program_.Run({"merge", "db", "Anna Berg", "Anna Bergh"});
  EXPECT_EQ(merged.code, 0) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("ent:Anna_Bergh is now ent:Anna_Berg"));
  EXPECT_THAT(Ask("whom did Anna Berg praise"), HasSubstr("Karl Holm"));
  EXPECT_THAT(Ask("whom did Anna Bergh dismiss"), HasSubstr("Karl Holm"));   // still called so
  EXPECT_EQ(program_.Run({"merge", "db", "Anna Berg", "ent:Anna_Bergh"}).code, 1);
  EXPECT_EQ(program_.Run({"verify", "db"}).code, 0);
  const Program::Result split = program_.Run({"split", "db", "Anna Berg", "ent:Anna_Bergh"});
  EXPECT_EQ(split.code, 0) << split.err;
  EXPECT_THAT(Ask("whom did Anna Berg praise"), Not(HasSubstr("Karl Holm  ")));
  EXPECT_THAT(program_.Run({"same", "db"}).out, Not(HasSubstr("spelt alike")));
  EXPECT_EQ(program_.Run({"verify", "db"}).code, 0);
}

TEST_F(Correct, WrongNamesAndOptions) {
  Ingest("a.txt", "Anna Berg dismissed Karl Holm.\n");
  const Program::Result nobody = program_.Run({"merge", "db", "Anna Berg", "Karl Hulm"});
  EXPECT_EQ(nobody.code, 1);
  EXPECT_THAT(nobody.err, HasSubstr("Karl Holm"));   // near
  EXPECT_EQ(program_.Run({"split", "db", "Anna Berg"}).code, 2);
  EXPECT_EQ(program_.Run({"split", "db", "Anna Berg", "Karl Holm", "--documents", "doc:1234"}).code, 2);
  EXPECT_EQ(program_.Run({"split", "db", "Anna Berg", "--documents", "doc:1234"}).code, 1);
  EXPECT_EQ(program_.Run({"extract", "a.txt", "--explain", "--format", "facts"}).code, 2);
  program_.Write("aliases.tsv", "no tab here\n");
  const Program::Result alias = program_.Run({"alias", "db", "aliases.tsv"});
  EXPECT_EQ(alias.code, 1);
  EXPECT_THAT(alias.err, HasSubstr("line 1"));
}

TEST_F(Correct, AliasesComeWithTheArticlesOrBefore) {
  program_.Write("aliases.tsv", "Annika Berg-Lund\tAnna Berg\n");
  program_.Write("a.txt", "Annika Berg-Lund dismissed Karl Holm.\n");
  const Program::Result result = program_.Run({"ingest", "db", "a.txt", "--aliases", "aliases.tsv"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(Ask("who dismissed Karl Holm"), HasSubstr("Answer: Anna Berg"));
}

TEST_F(Correct, ContradictionsAreShownWithTheirSentences) {
  Ingest("a.txt", "Anna Berg supported Karl Holm. Ida Lund visited Norway.\n");
  EXPECT_THAT(program_.Run({"conflicts", "db"}).out, HasSubstr("No facts contradict each other."));
  Ingest("b.txt", "Anna Berg opposed Karl Holm. Ida Lund did not visit Norway.\n");
  const Program::Result conflicts = program_.Run({"conflicts", "db"});
  EXPECT_EQ(conflicts.code, 0) << conflicts.err;
  EXPECT_THAT(conflicts.out, HasSubstr("asserted and denied"));
  EXPECT_THAT(conflicts.out, HasSubstr("opposites"));
  EXPECT_THAT(conflicts.out, HasSubstr("Norway"));
  EXPECT_EQ(program_.Run({"db"}, ".conflicts\n").out, conflicts.out);
}

TEST_F(Correct, OppositesInDifferentYearsAreNoContradiction) {
  Ingest("a.txt", "Anna Berg supported Karl Holm in 2014. Anna Berg opposed Karl Holm in 2018.\n");
  EXPECT_THAT(program_.Run({"conflicts", "db"}).out, Not(HasSubstr("opposites")));
}

TEST_F(Correct, TwoValuesOfWhatHasOneAreAConflict) {
  Ingest("a.txt", "Anna Berg dismissed Karl Holm.\n");
  program_.Write("more.ttl",
                 "@prefix ent: <urn:dossier:entity/> . @prefix rel: <urn:dossier:relation/> . @prefix dos: <urn:dossier:vocab#> .\n"
                 "ent:Anna_Berg rel:be_born_in ent:Norway ~ <urn:x:1> , ent:Sweden ~ <urn:x:2> .\n");
  ASSERT_EQ(program_.Run({"load", "db", "more.ttl"}).code, 0);
  EXPECT_THAT(program_.Run({"conflicts", "db"}).out, HasSubstr("two values"));
}

TEST_F(Correct, ExplainSaysWhatWasReadAndWhyNot) {
  program_.Write("a.txt", "Anna Berg did not dismiss Karl Holm. Anna Berg visited Norway.\n");
  const Program::Result result = program_.Run({"extract", "a.txt", "--explain"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("# sentence 1: Anna Berg did not dismiss Karl Holm."));
  for (const char* word : {"tree", "nsubj", "propositions", "rule ", "subject", "facts", "Anna Berg | visit | Norway", "not asserted: the text denies it"}) {
    EXPECT_THAT(result.out, HasSubstr(word));
  }
}

}  // namespace
}  // namespace dossier::shell
