// The commands that look after a database: verify, backup, stats, dump --sorted, forget; and reading beside a writer.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/shell/commands/program.h"

namespace dossier::shell {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kArticle =
    "Minister Leaves Office\n\n3 March 2021\n\nPresident Anna Berg dismissed Finance Minister Karl Holm on Monday. Berg thanked the police. "
    "Holm accused Berg of fraud. Berg denied the accusation.\n";
constexpr const char* kOther = "Chancellor Ida Lund praised Peter Falk. Falk visited Norway.\n";
constexpr const char* kGraph =
    "@prefix ex: <http://example.org/> .\n"
    "ex:a ex:p [ ex:q 1 ; ex:r [ ex:q 2 ] ] . ex:a ex:says <<( _:x ex:p ex:b )>> . _:x ex:q 3 .\n"
    "ex:g { _:y ex:p _:z . _:z ex:p _:y . ex:a ex:label \"Grüße\"@de-AT }\n";

class Keeping : public testing::Test {
 protected:
  void Ingest(const std::string& file, const char* text) {
    program_.Write(file, text);
    const Program::Result result = program_.Run({"ingest", "db", file});
    ASSERT_EQ(result.code, 0) << result.err;
  }
  std::string SortedDump(const std::string& database) {
    const Program::Result dump = program_.Run({"dump", database, "--sorted"});
    EXPECT_EQ(dump.code, 0) << dump.err;
    return dump.out;
  }
  std::string DocumentNamed(const std::string& word) {
    const Program::Result found = program_.Run(
        {"query", "db", "SELECT ?d { ?d a nif:Context ; schema:mentions ent:" + word + " }", "--format", "csv"});
    return found.out.size() > 3 ? found.out.substr(3, found.out.find('\r', 3) - 3) : "";
  }
  Program program_;
};

TEST_F(Keeping, VerifyAgreesWithASoundDatabaseAndNamesDamage) {
  Ingest("article.txt", kArticle);
  const Program::Result sound = program_.Run({"verify", "db"});
  EXPECT_EQ(sound.code, 0) << sound.out << sound.err;
  EXPECT_THAT(sound.out, HasSubstr("everything agrees"));
  EXPECT_EQ(program_.Run({"verify", "absent"}).code, 3);
  int damaged = 0;
  for (const auto& entry : fs::directory_iterator(program_.Path("db"))) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".sst") && !name.ends_with(".log")) continue;
    const auto size = fs::file_size(entry.path());
    if (size < 200) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2));
    file << "damage";
    ++damaged;
  }
  ASSERT_GT(damaged, 0);
  const Program::Result result = program_.Run({"verify", "db"});
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.out + result.err, Not(HasSubstr("everything agrees")));
}

TEST_F(Keeping, ABackupIsADatabaseOfItsOwn) {
  Ingest("article.txt", kArticle);
  const std::string before = SortedDump("db");
  const Program::Result made = program_.Run({"backup", "db", "copy"});
  EXPECT_EQ(made.code, 0) << made.err;
  Ingest("other.txt", kOther);
  EXPECT_NE(SortedDump("db"), before);
  EXPECT_EQ(SortedDump("copy"), before);
  const Program::Result check = program_.Run({"backup", "--check", "copy"});
  EXPECT_EQ(check.code, 0) << check.out << check.err;
  EXPECT_THAT(check.out, HasSubstr("everything agrees"));
  EXPECT_NE(program_.Run({"backup", "db", "copy"}).code, 0) << "it must not be written over";
  EXPECT_EQ(SortedDump("copy"), before);
  EXPECT_EQ(program_.Run({"backup", "db"}).code, 2);
  EXPECT_EQ(program_.Run({"backup", "absent", "copy2"}).code, 3);
  EXPECT_FALSE(fs::exists(program_.Path("absent")));
  EXPECT_EQ(program_.Run({"backup", "--check", "absent"}).code, 3);
  // The copy can be written to without touching the original.
  const std::string original = SortedDump("db");
  program_.Write("graph.trig", kGraph);
  EXPECT_EQ(program_.Run({"load", "copy", "graph.trig"}).code, 0);
  EXPECT_EQ(SortedDump("db"), original);
}

TEST_F(Keeping, StatsCountWhatIsThere) {
  program_.Write("graph.trig", kGraph);
  ASSERT_EQ(program_.Run({"load", "db", "graph.trig"}).code, 0);
  const Program::Result json = program_.Run({"stats", "db", "--format", "json"});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_THAT(json.out, HasSubstr("\"format\":\"dossier-quads-"));
  EXPECT_THAT(json.out, HasSubstr("\"quads\":9,\"default_graph_quads\":6,\"named_graphs\":1,"));
  EXPECT_THAT(json.out, HasSubstr("{\"iri\":\"http://example.org/q\",\"quads\":3,\"distinct_subjects\":3,"));
  EXPECT_THAT(json.out, HasSubstr("{\"iri\":\"http://example.org/p\",\"quads\":3,\"distinct_subjects\":3,"));
  EXPECT_THAT(json.out, Not(HasSubstr("\"bytes\":0,")));
  const Program::Result table = program_.Run({"stats", "db"});
  EXPECT_THAT(table.out, HasSubstr("dossier-quads-"));
  EXPECT_THAT(table.out, HasSubstr("predicates (5)"));
  EXPECT_EQ(program_.Run({"stats", "db", "--format", "poem"}).code, 2);
}

TEST_F(Keeping, SortedDumpsOfOneContentAreTheSameBytes) {
  program_.Write("graph.trig", kGraph);
  ASSERT_EQ(program_.Run({"load", "one", "graph.trig"}).code, 0);
  const std::string one = SortedDump("one");
  EXPECT_THAT(one, HasSubstr("_:c14n"));
  EXPECT_THAT(one, HasSubstr("@de-at"));
  // The dump itself, backwards, with other blank nodes, and in two loads.
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < one.size();) {
    const size_t end = one.find('\n', begin) + 1;
    lines.push_back(one.substr(begin, end - begin));
    begin = end;
  }
  EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end()));
  std::string turned;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) turned += *line;
  for (size_t at = 0; (at = turned.find("_:c14n", at)) != std::string::npos; at += 3) turned.replace(at, 6, "_:other");
  program_.Write("turned.nq", turned);
  ASSERT_EQ(program_.Run({"load", "two", "turned.nq"}).code, 0);
  EXPECT_EQ(SortedDump("two"), one);
  EXPECT_EQ(program_.Run({"dump", "one", "--sorted", "--format", "ttl"}).code, 2);
}

TEST_F(Keeping, ForgettingIsUndoneByReadingAgain) {
  Ingest("article.txt", kArticle);
  const std::string alone = SortedDump("db");
  Ingest("other.txt", kOther);
  const std::string both = SortedDump("db");
  const std::string other = DocumentNamed("Ida_Lund"), article = DocumentNamed("Anna_Berg");
  ASSERT_THAT(other, HasSubstr("urn:dossier:document/"));
  const Program::Result forgotten = program_.Run({"forget", "db", other});
  EXPECT_EQ(forgotten.code, 0) << forgotten.err;
  EXPECT_THAT(forgotten.out, HasSubstr("statements removed"));
  EXPECT_EQ(SortedDump("db"), alone);
  Ingest("other.txt", kOther);
  EXPECT_EQ(SortedDump("db"), both);
  // By a beginning of its hash, and two at once of which one is not there.
  const std::string beginning = article.substr(article.rfind('/') + 1, 10);
  const Program::Result two = program_.Run({"forget", "db", "0000000000", "doc:" + beginning});
  EXPECT_EQ(two.code, 1);
  EXPECT_THAT(two.err, HasSubstr("0000000000"));
  EXPECT_THAT(SortedDump("db"), Not(HasSubstr("Anna_Berg")));
  EXPECT_THAT(SortedDump("db"), HasSubstr("Ida_Lund"));
  EXPECT_EQ(program_.Run({"verify", "db"}).code, 0);
  EXPECT_EQ(program_.Run({"forget", "absent", "0000"}).code, 3);
  EXPECT_FALSE(fs::exists(program_.Path("absent")));
}

// The shell holds the directory for writing; the commands that only read work all the same.
TEST_F(Keeping, ReadingCommandsWorkBesideAWriter) {
  Ingest("article.txt", kArticle);
  int channel[2];
  ASSERT_EQ(pipe2(channel, O_CLOEXEC), 0);
  std::ofstream(program_.Path("shell.out")).close();
  const pid_t writer = fork();
  if (writer == 0) {
    const int out = open(program_.Path("shell.out").c_str(), O_WRONLY);
    if (chdir(program_.Path("").c_str()) != 0 || dup2(channel[0], STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0) _exit(126);
    execl(DOSSIER_BINARY, DOSSIER_BINARY, "db", nullptr);
    _exit(127);
  }
  close(channel[0]);
  // It holds the directory when it has answered.
  const std::string question = "ASK { ?s ?p ?o }\n";
  ASSERT_EQ(write(channel[1], question.data(), question.size()), static_cast<ssize_t>(question.size()));
  for (int i = 0; i < 600 && fs::file_size(program_.Path("shell.out")) == 0; ++i) usleep(50'000);
  const Program::Result backup = program_.Run({"backup", "db", "copy", "--check"});
  EXPECT_EQ(backup.code, 0) << backup.err;
  EXPECT_EQ(program_.Run({"query", "copy", "ASK { ?s rel:dismiss ?o }"}).out, "yes\n");
  const Program::Result ingest = program_.Run({"ingest", "db", "article.txt"});
  EXPECT_EQ(ingest.code, 3);
  EXPECT_THAT(ingest.err, HasSubstr("in use by process " + std::to_string(writer)));
  EXPECT_EQ(program_.Run({"query", "db", "ASK { ?s rel:dismiss ?o }"}).out, "yes\n");
  EXPECT_THAT(program_.Run({"ask", "db", "who dismissed whom"}).out, HasSubstr("Karl Holm"));
  EXPECT_THAT(SortedDump("db"), HasSubstr("Karl_Holm"));
  EXPECT_EQ(program_.Run({"dump", "db"}).code, 0);
  EXPECT_EQ(program_.Run({"stats", "db"}).code, 0);
  EXPECT_EQ(program_.Run({"verify", "db"}).code, 0);
  close(channel[1]);
  int status = 0;
  waitpid(writer, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(program_.Run({"backup", "db", "copy2"}).code, 0);
}

}  // namespace
}  // namespace dossier::shell
