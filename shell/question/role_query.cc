#include "shell/question/role_query.h"

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "shell/evidence/labels.h"
#include "shell/question/word_match.h"
#include "shell/question/words.h"

namespace dossier::shell {
namespace {

constexpr std::string_view kEvidence =
    "    OPTIONAL { ?fact rdf:reifies <<( ?who ?relation ?whom )>> OPTIONAL { ?fact dos:confidence ?confidence } }\n";
constexpr std::string_view kReified =
    "    ?fact rdf:reifies <<( ?who ?relation ?whom )>> .\n    OPTIONAL { ?fact dos:confidence ?confidence }\n";

std::string Singular(std::string_view noun) {
  std::string out(noun);
  if (out.size() > 4 && out.ends_with("ies")) return out.substr(0, out.size() - 3) + "y";
  if (out.size() > 3 && out.ends_with("s") && !out.ends_with("ss")) out.pop_back();
  return out;
}

class RoleQuery {
 public:
  explicit RoleQuery(const QuestionKnowledge& knowledge) : knowledge_(knowledge) {}

  absl::StatusOr<std::vector<std::string>> Run(std::string_view noun, std::string_view of, bool with_descriptions) {
    RETURN_IF_ERROR(Understand(noun, of));
    if (head_.empty()) return blocks_;
    if (const std::string_view type = ClassOfNoun(head_); !type.empty() && modifiers_.empty()) {
      AddClass(type);
      return blocks_;
    }
    AddTitle();
    AddPredicateNoun();
    AddRelations();
    if (with_descriptions) AddDescriptions();
    return blocks_;
  }

 private:
  // "the former Russian defence minister": head "minister", modifiers "former defence", of whom Russia.
  absl::Status Understand(std::string_view noun, std::string_view of) {
    std::string whose(WithoutDeterminer(of));
    std::vector<Word> words = SplitWords(WithoutDeterminer(noun));
    if (words.empty()) return absl::OkStatus();
    head_ = Singular(words.back().lower);
    words.pop_back();
    for (const Word& word : words) {
      const bool possessive = word.lower.ends_with("'s");
      const bool demonym = ingest::Lexicon::Default().CountryByDemonym(word.text) != nullptr;
      if (whose.empty() && (possessive || demonym)) {
        whose = possessive ? word.text.substr(0, word.text.size() - 2) : word.text;
      } else {
        Append(modifiers_, modifiers_.empty() ? "" : " ", word.text);
      }
    }
    of_ = whose;
    if (of_.empty()) return absl::OkStatus();
    std::string_view name = of_;
    if (const auto* country = ingest::Lexicon::Default().CountryByDemonym(of_)) name = country->name;
    ASSIGN_OR_RETURN(of_iris_, knowledge_.EntitiesNamed(name));
    return absl::OkStatus();
  }

  std::string Affiliated() const {
    if (of_.empty()) return "";
    return Cat("    ", ValuesOf("of", of_iris_), "\n    ?who schema:affiliation ?of .\n");
  }

  void AddClass(std::string_view type) {
    blocks_.push_back(Cat("    VALUES (?relation ?whom) { (rdf:type ", type, ") }\n    ?who ?relation ?whom ; dos:nameKey ?key .\n",
                          Affiliated()));
  }

  void AddTitle() {
    blocks_.push_back(Cat("    VALUES ?relation { schema:jobTitle }\n    ?who ?relation ?whom .\n    FILTER(",
                          WordsTest("LCASE(STR(?whom))", Cat(modifiers_, " ", head_)), ")\n", Affiliated(), kEvidence));
  }

  // "X is a member of NATO", whether the complement is a node or words.
  void AddPredicateNoun() {
    const std::vector<std::string> be = knowledge_.RelationsOf("be");
    if (be.empty()) return;
    blocks_.push_back(Cat("    ", ValuesOf("relation", be), "\n", kReified,
                          "    OPTIONAL { ?whom rdfs:label ?label }\n    FILTER(",
                          WordsTest("LCASE(COALESCE(STR(?label), STR(?whom)))", Cat(modifiers_, " ", head_, " ", of_)), ")\n"));
  }

  // Relations named after the noun, and the verb it is the doer of.
  void AddRelations() {
    if (of_iris_.empty()) return;
    std::vector<std::string> relations;
    const auto add = [&](std::string_view name) {
      for (std::string& iri : knowledge_.RelationsOf(name)) relations.push_back(std::move(iri));
    };
    for (const std::string_view preposition : {"_of", "_with", "_to", "_for", ""}) {
      add(Cat(head_, preposition));
      add(Cat("be_", head_, preposition));
    }
    if (const std::string_view verb = ingest::Lexicon::Default().AgentVerb(head_); !verb.empty() && verb != head_) add(verb);
    if (relations.empty()) return;
    blocks_.push_back(Cat("    ", ValuesOf("relation", relations), "\n    ", ValuesOf("whom", of_iris_), "\n", kReified));
  }

  void AddDescriptions() {
    blocks_.push_back(Cat("    VALUES ?relation { rdf:type }\n    ?who ?relation ?whom ; rdfs:label ?label .\n    FILTER(",
                          "STRSTARTS(STR(?who), STR(ent:)) && ",
                          WordsTest("LCASE(STR(?label))", Cat(modifiers_, " ", head_, " ", of_)), ")\n"));
  }

  const QuestionKnowledge& knowledge_;
  std::string head_, modifiers_, of_;
  std::vector<std::string> of_iris_, blocks_;
};

}  // namespace

std::string ValuesOf(std::string_view variable, const std::vector<std::string>& iris) {
  std::string out = Cat("VALUES ?", variable, " {");
  for (const std::string& iri : iris) Append(out, " ", ShortIri(iri));
  return out + " }";
}

std::string_view ClassOfNoun(std::string_view noun) {
  struct ClassNoun {
    std::string_view noun, type;
  };
  constexpr ClassNoun kClasses[] = {
      {"people", "schema:Person"},  {"person", "schema:Person"},        {"individual", "schema:Person"},
      {"country", "schema:Country"}, {"nation", "schema:Country"},       {"state", "schema:Country"},
      {"organization", "schema:Organization"}, {"organisation", "schema:Organization"}, {"company", "schema:Organization"},
      {"place", "schema:Place"},    {"city", "schema:Place"},           {"region", "schema:Place"},
      {"event", "schema:Event"},    {"product", "schema:Product"},      {"group", "dos:Group"},
      {"document", "schema:Article"}, {"article", "schema:Article"},
  };
  const std::string singular = Singular(noun);
  for (const ClassNoun& entry : kClasses) {
    if (singular == entry.noun) return entry.type;
  }
  return "";
}

absl::StatusOr<std::vector<std::string>> RoleBlocks(std::string_view noun, std::string_view of, bool with_descriptions,
                                                    const QuestionKnowledge& knowledge) {
  return RoleQuery(knowledge).Run(noun, of, with_descriptions);
}

}  // namespace dossier::shell
