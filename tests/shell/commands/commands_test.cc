#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/paths/paths.h"
#include "tests/shell/commands/program.h"

namespace dossier::shell {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kArticle =
    "Minister Leaves Office\n\n"
    "3 March 2021\n\n"
    "President Anna Berg dismissed Finance Minister Karl Holm on Monday. Berg thanked the police. "
    "Holm accused Berg of fraud. Berg denied the accusation.\n";

class Commands : public testing::Test {
 protected:
  std::string Dump() {
    const Program::Result dump = program_.Run({"dump", "db"});
    EXPECT_EQ(dump.code, 0) << dump.err;
    return dump.out;
  }
  void IngestArticle() {
    program_.Write("article.txt", kArticle);
    const Program::Result result = program_.Run({"ingest", "db", "article.txt"});
    ASSERT_EQ(result.code, 0) << result.err;
  }
  Program program_;
};

TEST_F(Commands, HelpNamesWhatIsThereAndTheExitCodes) {
  const Program::Result help = program_.Run({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* word : {"ingest", "load", "query", "ask", "extract", "parse", "dump", "stats", "forget", "verify", "backup", "Exit codes", "130"}) {
    EXPECT_THAT(help.out, HasSubstr(word));
  }
  for (const char* command : {"ingest", "load", "query", "ask", "extract", "parse", "dump", "stats", "forget", "verify", "backup"}) {
    EXPECT_EQ(program_.Run({command, "--help"}).code, 0) << command;
  }
}

TEST_F(Commands, WrongCommandLinesExitWithTwo) {
  EXPECT_EQ(program_.Run({}).code, 2);
  EXPECT_EQ(program_.Run({"ingest"}).code, 2);
  EXPECT_EQ(program_.Run({"query", "db", "ASK {}", "--nonsense"}).code, 2);
  EXPECT_EQ(program_.Run({"query", "db"}).code, 2);
  EXPECT_EQ(program_.Run({"query", "db", "ASK {}", "--format", "docx"}).code, 2);
}

TEST_F(Commands, DatabasesThatCannotBeOpenedExitWithThree) {
  EXPECT_EQ(program_.Run({"query", "missing", "ASK {}"}).code, 3);
  program_.Write("file", "this is no folder");
  const Program::Result result = program_.Run({"stats", "file"});
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.err, HasSubstr("file"));
}

TEST_F(Commands, BadArticlesAreReportedAndChangeNothing) {
  IngestArticle();
  const std::string before = Dump();
  ASSERT_THAT(before, HasSubstr("urn:dossier:relation/dismiss"));
  program_.Write("broken.txt", "An article with a broken byte: \xC3\x28 in it.\n");
  program_.Write("empty.txt", "");
  program_.Write("binary.txt", std::string("\x7F" "ELF\0\0\1\2\3\0\0\0\xFF\xFE\0", 16) + std::string(4096, '\0'));
  program_.Write("long.txt", std::string(50u << 20, 'a'));
  std::string nested = "<html><body>";
  for (int i = 0; i < 100'000; ++i) nested += "<div>";
  program_.Write("nested.html", nested + "The president dismissed the minister.");
  for (const char* file : {"broken.txt", "empty.txt", "binary.txt", "long.txt", "nested.html", "absent.txt", "."}) {
    const Program::Result result = program_.Run({"ingest", "db", file});
    EXPECT_EQ(result.code, 1) << file << ": " << result.err;
    EXPECT_THAT(result.err, HasSubstr(file));
    EXPECT_LT(result.err.size(), 400u) << file;
    EXPECT_EQ(Dump(), before) << file;
  }
}

TEST_F(Commands, OneBadArticleDoesNotStopTheOthers) {
  program_.Write("empty.txt", "");
  program_.Write("article.txt", kArticle);
  const Program::Result result = program_.Run({"ingest", "db", "empty.txt", "article.txt"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.out, HasSubstr("1 of 2 articles read"));
  EXPECT_THAT(Dump(), HasSubstr("urn:dossier:relation/dismiss"));
}

TEST_F(Commands, TheSameArticleTwiceChangesNothing) {
  IngestArticle();
  const std::string before = Dump();
  const Program::Result again = program_.Run({"ingest", "db", "article.txt"});
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.out, HasSubstr("already"));
  EXPECT_EQ(Dump(), before);
  const Program::Result piped = program_.Run({"ingest", "db", "-"}, kArticle);
  EXPECT_EQ(piped.code, 0) << piped.err;
  EXPECT_EQ(Dump(), before);
}

TEST_F(Commands, AQuestionIsAnsweredWithItsSentence) {
  IngestArticle();
  const Program::Result answer = program_.Run({"ask", "db", "who dismissed whom?"});
  EXPECT_EQ(answer.code, 0) << answer.err;
  EXPECT_THAT(answer.out, HasSubstr("Anna Berg"));
  EXPECT_THAT(answer.out, HasSubstr("Karl Holm"));
  EXPECT_THAT(answer.out, HasSubstr("[dismissed]"));
  EXPECT_THAT(answer.out, HasSubstr("Minister Leaves Office”, 2021-03-03"));
  const Program::Result json = program_.Run({"ask", "db", "--format", "json", "whom did Berg dismiss"});
  EXPECT_THAT(json.out, HasSubstr("\"subject\":{\"id\":\"urn:dossier:entity/Anna_Berg\",\"label\":\"Anna Berg\"}"));
  EXPECT_THAT(json.out, HasSubstr("\"asserted\":true"));
  const Program::Result sparql = program_.Run({"ask", "db", "--sparql", "who dismissed Karl Holm"});
  EXPECT_THAT(sparql.out, HasSubstr("ent:Karl_Holm"));
  const Program::Result run = program_.Run({"query", "db", sparql.out, "--format", "csv"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("urn:dossier:entity/Anna_Berg"));
}

TEST_F(Commands, AQuestionWithoutAnswerSaysWhatThereIs) {
  IngestArticle();
  const Program::Result name = program_.Run({"ask", "db", "whom did Bergg dismiss"});
  EXPECT_EQ(name.code, 1);
  EXPECT_THAT(name.err, HasSubstr("Bergg"));
  const Program::Result verb = program_.Run({"ask", "db", "who dissmissed whom"});
  EXPECT_EQ(verb.code, 1);
  EXPECT_THAT(verb.err, HasSubstr("dismiss"));
  EXPECT_EQ(program_.Run({"ask", "db", "colourless green of the"}).code, 1);
}

TEST_F(Commands, LoadIsAllOrNothing) {
  program_.Write("good.ttl", "@prefix ex: <http://example.org/> . ex:a ex:p ex:b , \"c\" .");
  program_.Write("bad.ttl", "@prefix ex: <http://example.org/> .\nex:a ex:q ex:b .\nex:a ex:p ex:b ex:c .\n");
  EXPECT_EQ(program_.Run({"load", "db", "good.ttl"}).code, 0);
  const std::string before = Dump();
  const Program::Result bad = program_.Run({"load", "db", "bad.ttl"});
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.err, HasSubstr("bad.ttl:3:"));
  EXPECT_EQ(Dump(), before);
  program_.Write("dump.nq", before);
  EXPECT_EQ(program_.Run({"load", "copy", "dump.nq"}).code, 0);
  EXPECT_EQ(program_.Run({"dump", "copy"}).out, before);
  EXPECT_EQ(program_.Run({"load", "db", "good.ttl", "--graph", "no iri"}).code, 1);
  EXPECT_EQ(program_.Run({"load", "db", "good.ttl", "--graph", "http://example.org/g"}).code, 0);
  EXPECT_THAT(Dump(), HasSubstr("<http://example.org/g> ."));
}

TEST_F(Commands, QueriesAndTheirErrors) {
  program_.Write("good.ttl", "@prefix ex: <http://example.org/> . ex:a ex:p ex:b ; <http://www.w3.org/2000/01/rdf-schema#label> \"Ada\" .");
  ASSERT_EQ(program_.Run({"load", "db", "good.ttl"}).code, 0);
  const Program::Result table = program_.Run({"query", "db", "SELECT ?s { ?s <http://example.org/p> ?o }"});
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("1  Ada"));
  const Program::Result csv = program_.Run({"query", "db", "SELECT ?s { ?s <http://example.org/p> ?o }", "--format", "csv"});
  EXPECT_EQ(csv.out, "s\r\nhttp://example.org/a\r\n");
  const Program::Result wrong = program_.Run({"query", "db", "SELECT ?s { ?s ?p }"});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("query:1:"));
  EXPECT_THAT(wrong.err, HasSubstr("^"));
  program_.Write("q.rq", "ASK { ?s ?p\n ?o }");
  EXPECT_EQ(program_.Run({"query", "db", "-f", "q.rq"}).out, "yes\n");
  EXPECT_THAT(program_.Run({"query", "db", "-f", "q.rq", "--explain"}).out, Not(IsEmpty()));
}

TEST_F(Commands, TheShellRunsScripts) {
  IngestArticle();
  const Program::Result shell = program_.Run({"db"},
                                             "# a remark\n"
                                             "who dismissed whom\n"
                                             ".why 1\n"
                                             "SELECT ?who ?whom\n"
                                             "{ ?who rel:dismiss ?whom }\n"
                                             "LIMIT 1\n"
                                             ".why 1\n"
                                             "ASK { ?s ?p ?o }\n"
                                             ".stats\n"
                                             ".quit\n"
                                             "never reached\n");
  EXPECT_EQ(shell.code, 0) << shell.err;
  EXPECT_THAT(shell.out, HasSubstr("[dismissed]"));
  EXPECT_THAT(shell.out, HasSubstr("confidence"));
  EXPECT_THAT(shell.out, HasSubstr("yes\n"));
  EXPECT_THAT(shell.out, HasSubstr("documents"));
  EXPECT_THAT(shell.out, Not(HasSubstr("dossier>")));
  EXPECT_THAT(shell.err, IsEmpty());
}

TEST_F(Commands, TheShellGoesOnAfterErrorsAndRemembersThem) {
  const Program::Result shell = program_.Run({"db"},
                                             ".nonsense\n"
                                             ".why 7\n"
                                             "SELECT nonsense { }\n"
                                             ".mode box\n"
                                             ".ingest\n"
                                             ".prefixes\n");
  EXPECT_EQ(shell.code, 1);
  EXPECT_THAT(shell.err, HasSubstr(".nonsense"));
  EXPECT_THAT(shell.out, HasSubstr("urn:dossier:relation/"));
}

TEST_F(Commands, ExtractPrintsEveryStage) {
  program_.Write("article.txt", kArticle);
  const std::pair<const char*, const char*> expected[] = {
      {"tokens", "\tdismissed\n"}, {"conllu", "\tdismiss\t"}, {"facts", "\"lemma\":\"dismiss\""},
      {"carb", "\tdismissed"},     {"nquads", "<urn:dossier:relation/dismiss>"},
  };
  for (const auto& [format, text] : expected) {
    const Program::Result result = program_.Run({"extract", "article.txt", "--format", format});
    EXPECT_EQ(result.code, 0) << format << result.err;
    EXPECT_THAT(result.out, HasSubstr(text)) << format;
  }
  program_.Write("lines.txt", "Anna Berg dismissed Karl Holm .\nThe police arrested him .\n");
  const Program::Result lines = program_.Run({"extract", "lines.txt", "--lines", "--format", "carb"});
  EXPECT_THAT(lines.out, HasSubstr("Anna Berg dismissed Karl Holm .\t"));
  EXPECT_THAT(lines.out, HasSubstr("The police arrested him .\t"));
  EXPECT_EQ(program_.Run({"extract", "article.txt", "--format", "poem"}).code, 2);
  EXPECT_EQ(program_.Run({"extract", "article.txt", "--model", "clever"}).code, 1);
}

TEST_F(Commands, ParseKeepsGivenTokens) {
  program_.Write("text.txt", "Anna Berg dismissed Karl Holm.\n");
  const Program::Result parsed = program_.Run({"parse", "text.txt"});
  EXPECT_EQ(parsed.code, 0) << parsed.err;
  EXPECT_THAT(parsed.out, HasSubstr("3\tdismissed\tdismiss\tVERB"));
  program_.Write("tokens.conllu", "1\tAnna\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdon't-split\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
  const Program::Result kept = program_.Run({"parse", "--conllu", "tokens.conllu"});
  EXPECT_THAT(kept.out, HasSubstr("2\tdon't-split\t"));
  program_.Write("broken.conllu", "1\tonly three\tcolumns\n\n");
  EXPECT_EQ(program_.Run({"parse", "--conllu", "broken.conllu"}).code, 1);
}

TEST_F(Commands, SamplesShareEntities) {
  const std::string samples = (SourceDirectory() / "samples/").string();
  const Program::Result result =
      program_.Run({"ingest", "db", samples + "karabakh-ceasefire.txt", samples + "turkey-russia-diplomacy.txt"});
  ASSERT_EQ(result.code, 0) << result.err;
  const Program::Result shared = program_.Run(
      {"query", "db",
       "SELECT (COUNT(DISTINCT ?document) AS ?documents) { ?document schema:mentions ent:Vladimir_Putin }", "--format", "csv"});
  EXPECT_EQ(shared.out, "documents\r\n2\r\n") << shared.err;
  EXPECT_THAT(program_.Run({"ask", "db", "who dismissed whom"}).out, HasSubstr("David Tonoyan"));
}

// The first real article, which is not part of the project: what the questions of its readers must bring up.
TEST_F(Commands, TheFirstRealArticleAnswersItsQuestions) {
  const std::filesystem::path article = SharedDirectory() / "articles" / "nagorno-karabakh.txt";
  if (!std::filesystem::exists(article)) GTEST_SKIP() << article << " is not there (set DOSSIER_SHARED)";
  const Program::Result ingest = program_.Run({"ingest", "db", std::filesystem::absolute(article).string()});
  ASSERT_EQ(ingest.code, 0) << ingest.err;

  const Program::Result dismissed = program_.Run(
      {"query", "db",
       "SELECT ?who ?whom ?by ?text { ?who rel:dismiss ?whom ~ ?m . ?m dos:requestedBy ?by ; prov:wasDerivedFrom/nif:anchorOf ?text }",
       "--format", "csv"});
  EXPECT_THAT(dismissed.out, HasSubstr("urn:dossier:entity/Azerbaijan,urn:dossier:entity/Zakir_Hasanov,urn:dossier:entity/Turkey,"));
  const Program::Result advised = program_.Run(
      {"query", "db",
       "SELECT ?a ?b { ?who rel:advise ?whom ~ ?m . ?m dos:inferred true ; dos:confidence ?c . ?who rdfs:label ?a . "
       "?whom rdfs:label ?b . ?x rel:dismiss ?y ~ ?stated . ?stated dos:confidence ?more FILTER (?c < ?more) }",
       "--format", "csv"});
  EXPECT_THAT(advised.out, HasSubstr("Turkish military advisors,Azerbaijani military"));

  const auto ask = [&](const std::string& question) { return program_.Run({"ask", "db", question}).out; };
  EXPECT_THAT(ask("who dismissed whom"), testing::ContainsRegex("Azerbaijan .*Zakir Hasanov"));
  EXPECT_THAT(ask("who dismissed whom"), HasSubstr("requested by: Turkey"));
  EXPECT_THAT(ask("who advised whom"), HasSubstr("(inferred)"));
  EXPECT_THAT(ask("who accused whom"), testing::ContainsRegex("\\(someone\\) .*Najmeddin Sadikhov"));
  EXPECT_THAT(ask("who said what"), testing::AllOf(HasSubstr("Oleg Guliev"), HasSubstr("Vladimir Putin"), HasSubstr("Sadikhov")));
  EXPECT_THAT(ask("what did Putin note"), HasSubstr("sovereign, independent government"));
}

}  // namespace
}  // namespace dossier::shell
