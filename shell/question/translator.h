// One reading of a question as SPARQL: names looked up, one block of the query for each way the graph may put it. For translate.cc and
// translate_clause.cc alone; translate.h is the border.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shell/question/knowledge.h"
#include "shell/question/question.h"
#include "shell/question/translate.h"

namespace dossier::shell {

// How loosely a question is read: as it stands; what holds its words; without its circumstances; claims (quotations, content clauses)
// that hold its words.
enum class Strictness { kStrict, kWords, kWithoutCircumstances, kClaims };

class Translator {
 public:
  Translator(const Question& question, const QuestionKnowledge& knowledge, std::string_view today, Strictness strictness)
      : question_(question), knowledge_(knowledge), today_(today), strictness_(strictness) {}

  absl::StatusOr<Translation> Run();

 private:
  // A named argument, looked up.
  struct Name {
    std::string text;                 // as written, without article
    std::vector<std::string> iris;    // empty: matched as text
  };
  // An end of the facts looked for: what the question says about it.
  struct End {
    const QuestionArgument& argument;
    const std::optional<Name>& name;
  };

  absl::Status About();
  absl::Status Events();
  absl::Status Role(std::string_view noun, std::string_view of, bool with_descriptions);
  absl::Status Clause();
  void MergeOf();
  void AskForPlace();
  absl::Status LookUpObliques();
  absl::StatusOr<Name> LookUp(std::string_view text);
  absl::StatusOr<std::optional<Name>> LookUpArgument(const QuestionArgument& argument);

  // Relations of the graph for the verb.
  std::vector<std::string> Relations(std::string_view preposition) const;
  std::vector<std::string> RelationsWith(std::initializer_list<std::string_view> prepositions) const;
  std::vector<std::string> SwappedRelations(std::string_view preposition) const;
  std::vector<std::string> WiderSpeech() const;

  // Blocks: the ways the graph may put the clause.
  std::vector<std::string> ClauseBlocks();
  std::string ClaimsBlock() const;
  void AddSwapped(std::string_view preposition, const QuestionArgument& object, const std::optional<Name>& name, size_t first_oblique,
                  std::vector<std::string>& blocks);
  void AddLightVerb(std::vector<std::string>& blocks);
  void AddPrepositional(std::vector<std::string>& blocks);
  void AddRequest(std::vector<std::string>& blocks);
  std::string Block(const std::vector<std::string>& relations, const QuestionArgument& object, const std::optional<Name>& name,
                    size_t first_oblique);
  std::string EndsBlock(const std::vector<std::string>& relations, const End& who, const End& whom, size_t first_oblique);
  bool ByWords(const End& end) const;
  std::string NameValues(std::string_view variable, const End& end) const;
  std::string NameFilter(std::string_view variable, const End& end) const;
  std::string NounFilter(std::string_view variable) const;
  std::string QualifierPattern(size_t i);
  std::optional<std::string> Requester(size_t i);
  void Circumstance();
  void AddBlocks(const std::vector<std::string>& blocks);

  absl::Status NoSuchName(std::string_view text) const;
  absl::Status NoSuchRelation() const;

  Question question_;
  const QuestionKnowledge& knowledge_;
  const std::string today_;
  const Strictness strictness_;
  std::optional<Name> subject_, object_;
  std::vector<std::optional<Name>> obliques_;   // by question_.obliques
  std::string body_, answer_title_;
  Translation translation_;
};

// The start of every block that finds reifiers.
inline constexpr std::string_view kFactPattern =
    "    ?fact rdf:reifies <<( ?who ?relation ?whom )>> .\n    OPTIONAL { ?fact dos:confidence ?confidence }\n";

// "ent:A, ent:B".
std::string IriList(const std::vector<std::string>& iris);

}  // namespace dossier::shell
