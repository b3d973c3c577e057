#include "shell/repl/statement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace dossier::shell {
namespace {

using State = StatementReader::State;

TEST(Statement, KindIsToldByTheFirstWord) {
  EXPECT_EQ(KindOf("  .help"), StatementKind::kCommand);
  EXPECT_EQ(KindOf("select * {}"), StatementKind::kSparql);
  EXPECT_EQ(KindOf("PREFIX ex: <urn:x>"), StatementKind::kSparql);
  EXPECT_EQ(KindOf("VERSION \"1.2\""), StatementKind::kSparql);
  EXPECT_EQ(KindOf("INSERT DATA { <a:b> <c:d> <e:f> }"), StatementKind::kSparql);
  EXPECT_EQ(KindOf("who dismissed whom"), StatementKind::kQuestion);
  EXPECT_EQ(KindOf("selected ministers"), StatementKind::kQuestion);
  EXPECT_EQ(KindOf("# a remark"), StatementKind::kNothing);
  EXPECT_EQ(KindOf("   "), StatementKind::kNothing);
}

TEST(Statement, CommandsAndQuestionsAreOneLine) {
  StatementReader reader;
  EXPECT_EQ(reader.Add(""), State::kEmpty);
  EXPECT_EQ(reader.Add("who dismissed whom?;"), State::kDone);
  EXPECT_EQ(reader.Take(), "who dismissed whom?");
  EXPECT_EQ(reader.Add(".why 1"), State::kDone);
  EXPECT_EQ(reader.Take(), ".why 1");
  EXPECT_EQ(reader.state(), State::kEmpty);
}

TEST(Statement, QueriesGoOverLines) {
  StatementReader reader;
  EXPECT_EQ(reader.Add("SELECT ?who"), State::kOpen);
  EXPECT_EQ(reader.Add("{ ?who rel:dismiss ?whom ;"), State::kOpen);
  EXPECT_EQ(reader.Add(""), State::kOpen);                 // inside braces an empty line ends nothing
  EXPECT_EQ(reader.Add("  rel:accuse ?x }"), State::kCanEnd);
  EXPECT_EQ(reader.Add("LIMIT 3"), State::kCanEnd);
  EXPECT_EQ(reader.Add(""), State::kDone);
  EXPECT_EQ(reader.Take(), "SELECT ?who\n{ ?who rel:dismiss ?whom ;\n\n  rel:accuse ?x }\nLIMIT 3\n");
}

TEST(Statement, SemicolonEnds) {
  StatementReader reader;
  EXPECT_EQ(reader.Add("SELECT * { ?s ?p ?o };  "), State::kDone);
  EXPECT_EQ(reader.Take(), "SELECT * { ?s ?p ?o }");
  EXPECT_EQ(reader.Add("SELECT * { ?s ?p ?o } # not here;"), State::kCanEnd);
  EXPECT_EQ(reader.Add(";"), State::kDone);
  reader.Take();
  EXPECT_EQ(reader.Add("DESCRIBE ent:Baku"), State::kOpen);
  EXPECT_EQ(reader.Add(";"), State::kDone);
  EXPECT_EQ(reader.Take(), "DESCRIBE ent:Baku\n");
}

TEST(Statement, BracketsInStringsCommentsAndIrisDoNotCount) {
  for (const char* line : {"SELECT * { ?s ?p \"}\" ", "SELECT * { ?s ?p '}' ", "SELECT * { ?s <urn:}> ?o ", "SELECT * { # }",
                           "SELECT * { ?s ?p \"\"\" } ", "SELECT * { ?s ?p \"a\\\"}\" "}) {
    StatementReader reader;
    EXPECT_EQ(reader.Add(line), State::kOpen) << line;
  }
  StatementReader reader;
  EXPECT_EQ(reader.Add("SELECT * { FILTER(?a<?b && ?c>?d) }"), State::kCanEnd);
}

TEST(Statement, UpdatesAreSparqlAndWaitForTheirWhere) {
  for (const char* line : {"INSERT DATA { <a:b> <c:d> <e:f> }", "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "DROP SILENT GRAPH <urn:g>",
                           "LOAD <file:///x.ttl>", "COPY <urn:a> TO <urn:b>", "MOVE DEFAULT TO ent:b", "CREATE GRAPH <urn:g>"}) {
    EXPECT_EQ(KindOf(line), StatementKind::kSparql) << line;
    EXPECT_TRUE(IsUpdate(line)) << line;
    StatementReader reader;
    EXPECT_EQ(reader.Add(line), State::kCanEnd) << line;
  }
  for (const char* line : {"copy of what", "who will drop whom", "with whom did he meet", "add it all", "load"})
    EXPECT_EQ(KindOf(line), StatementKind::kQuestion) << line;
  EXPECT_FALSE(IsUpdate("SELECT * { ?insert ?delete ?clear }"));
  EXPECT_FALSE(IsUpdate("PREFIX insert: <urn:insert> ASK { ?s insert:x ?o }"));
  StatementReader reader;
  EXPECT_EQ(reader.Add("WITH <urn:g> DELETE { ?s ?p ?o }"), State::kOpen);
  EXPECT_EQ(reader.Add("INSERT { ?o ?p ?s }"), State::kOpen);
  EXPECT_EQ(reader.Add("WHERE { ?s ?p ?o }"), State::kCanEnd);
  EXPECT_EQ(reader.Add(";"), State::kDone);
  EXPECT_EQ(reader.Take(), "WITH <urn:g> DELETE { ?s ?p ?o }\nINSERT { ?o ?p ?s }\nWHERE { ?s ?p ?o }\n");
}

TEST(Statement, APrologueAloneIsNotComplete) {
  StatementReader reader;
  EXPECT_EQ(reader.Add("PREFIX ask: <urn:select/>"), State::kOpen);
  EXPECT_EQ(reader.Add(""), State::kOpen);
  EXPECT_EQ(reader.Add("ASK { ?s ask:x ?o }"), State::kCanEnd);
}

TEST(Statement, WhatGoesOnAfterTheBraces) {
  for (const char* line : {"LIMIT 3", " order by ?x", "GROUP BY ?x", "} ", "OFFSET 2", "VALUES ?x { 1 }"}) {
    EXPECT_TRUE(ContinuesQuery(line)) << line;
  }
  for (const char* line : {"", "who dismissed whom", ".help", "SELECT * {}"}) EXPECT_FALSE(ContinuesQuery(line)) << line;
}

}  // namespace
}  // namespace dossier::shell
