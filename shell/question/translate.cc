#include "shell/question/translate.h"

#include <algorithm>
#include <optional>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "shell/evidence/labels.h"
#include "shell/question/verb_forms.h"
#include "shell/question/words.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxFacts = 500;

std::string Joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) Append(out, out.empty() ? "" : separator, part);
  return out;
}

std::string Values(std::string_view variable, const std::vector<std::string>& iris) {
  std::string out = Cat("VALUES ?", variable, " {");
  for (const std::string& iri : iris) Append(out, " ", ShortIri(iri));
  return out + " }";
}

std::string_view WithoutArticle(std::string_view text) {
  for (const std::string_view article : {"the ", "The ", "a ", "A ", "an ", "An "}) {
    if (text.starts_with(article)) return text.substr(article.size());
  }
  return text;
}

constexpr std::string_view kFact =
    "    ?fact rdf:reifies <<( ?who ?relation ?whom )>> .\n    OPTIONAL { ?fact dos:confidence ?confidence }\n";

// A named argument, looked up.
struct Name {
  std::string text;                 // as written, without article
  std::vector<std::string> iris;    // empty: matched as text
};

class Translator {
 public:
  Translator(const Question& question, const QuestionKnowledge& knowledge) : question_(question), knowledge_(knowledge) {}

  absl::StatusOr<Translation> Run() {
    if (question_.form == Question::Form::kClause) {
      RETURN_IF_ERROR(Clause());
    } else {
      RETURN_IF_ERROR(About());
    }
    translation_.sparql = Cat("SELECT DISTINCT ?fact ?who ?relation ?whom ?answer ?asserted\nWHERE {\n", body_,
                             "  BIND(EXISTS { ?who ?relation ?whom } AS ?asserted)\n", "}\n",
                             "ORDER BY DESC(?asserted) DESC(?confidence) ?fact\nLIMIT ", kMaxFacts);
    translation_.answer_title = answer_title_;
    return translation_;
  }

 private:
  // "who is NAME", "what happened to NAME", "tell me about NAME".
  absl::Status About() {
    ASSIGN_OR_RETURN(const Name name, LookUp(question_.object.text));
    if (name.iris.empty()) return NoSuchName(question_.object.text);
    const std::string subject = Cat("    ", Values("who", name.iris), "\n");
    const std::string object = Cat("    ", Values("whom", name.iris), "\n");
    const std::string properties =
        Cat(subject, "    VALUES ?relation { rdf:type skos:altLabel schema:jobTitle schema:affiliation rel:be }\n",
            "    ?who ?relation ?whom .\n    OPTIONAL { ?fact rdf:reifies <<( ?who ?relation ?whom )>> ; dos:confidence ?confidence }\n");
    constexpr std::string_view kRelationsOnly = "    FILTER(STRSTARTS(STR(?relation), STR(rel:)))\n";
    switch (question_.form) {
      case Question::Form::kEntity: AddBlocks({properties}); break;
      case Question::Form::kEvents:
        AddBlocks({Cat(object, kFact, kRelationsOnly), Cat(subject, "    VALUES ?whom { dos:NoObject }\n", kFact, kRelationsOnly)});
        break;
      default: AddBlocks({properties, Cat(subject, kFact, kRelationsOnly), Cat(object, kFact, kRelationsOnly)}); break;
    }
    return absl::OkStatus();
  }

  absl::Status Clause() {
    MergeOf();
    ASSIGN_OR_RETURN(subject_, LookUpArgument(question_.subject));
    ASSIGN_OR_RETURN(object_, LookUpArgument(question_.object));
    if (subject_ && subject_->iris.empty()) return NoSuchName(question_.subject.text);
    for (const QuestionOblique& oblique : question_.obliques) {
      ASSIGN_OR_RETURN(std::optional<Name> name, LookUpArgument(oblique.argument));
      obliques_.push_back(std::move(name));
    }
    const std::vector<std::string> blocks = ClauseBlocks();
    if (blocks.empty()) return NoSuchRelation();
    AddBlocks(blocks);
    Circumstance();
    return absl::OkStatus();
  }

  // The ways the graph may put the clause. A prepositional argument is a qualifier of the fact, and where the verb has no other object
  // it is the object of a relation of its own: "reported to Ankara" is report_to.
  std::vector<std::string> ClauseBlocks() {
    std::vector<std::string> blocks;
    const auto add = [&](const std::vector<std::string>& relations, const QuestionArgument& object, const std::optional<Name>& name,
                         size_t first_oblique) {
      if (!relations.empty()) blocks.push_back(Block(relations, object, name, first_oblique));
    };
    const bool open_object = question_.object.kind == QuestionArgument::Kind::kOpen;
    add(Relations(""), question_.object, object_, 0);
    if (!question_.obliques.empty() && open_object) {
      const QuestionOblique& first = question_.obliques.front();
      add(Relations(first.preposition), first.argument, obliques_.front(), 1);
      // "met with X" and "met X" are one.
      if (first.preposition == "with") add(Relations(""), first.argument, obliques_.front(), 1);
    } else if (!open_object) {
      add(Relations("with"), question_.object, object_, 0);
    }
    return blocks;
  }

  // "attacked the Ministry of Defense": when the whole is a name, "of Defense" is no argument of the verb.
  void MergeOf() {
    if (question_.obliques.empty() || !question_.object.named()) return;
    const QuestionOblique& first = question_.obliques.front();
    if (!first.argument.named()) return;
    const std::string whole = Cat(question_.object.text, " ", first.preposition, " ", first.argument.text);
    const auto found = knowledge_.EntitiesNamed(WithoutArticle(whole));
    if (!found.ok() || found->empty()) return;
    question_.object.text = whole;
    question_.obliques.erase(question_.obliques.begin());
  }

  absl::StatusOr<Name> LookUp(std::string_view text) {
    std::string_view bare = WithoutArticle(text);
    if (bare.ends_with("'s")) bare.remove_suffix(2);
    ASSIGN_OR_RETURN(std::vector<std::string> iris, knowledge_.EntitiesNamed(bare));
    if (iris.empty()) translation_.unknown_names.emplace_back(bare);
    return Name{std::string(bare), std::move(iris)};
  }

  absl::StatusOr<std::optional<Name>> LookUpArgument(const QuestionArgument& argument) {
    if (!argument.named()) return std::optional<Name>();
    ASSIGN_OR_RETURN(Name name, LookUp(argument.text));
    return std::optional<Name>(std::move(name));
  }

  // The graph's relations for the verb, with `preposition` when there is one.
  std::vector<std::string> Relations(std::string_view preposition) const {
    std::vector<std::string> iris;
    for (const std::string& lemma : LemmaCandidates(question_.verb)) {
      for (std::string& iri : knowledge_.RelationsOf(preposition.empty() ? lemma : Cat(lemma, "_", preposition))) {
        if (std::find(iris.begin(), iris.end(), iri) == iris.end()) iris.push_back(std::move(iri));
      }
    }
    return iris;
  }

  // One way the graph may put it: the facts of `relations` with `object`; obliques from `first_oblique` on are qualifiers.
  std::string Block(const std::vector<std::string>& relations, const QuestionArgument& object, const std::optional<Name>& name,
                    size_t first_oblique) {
    std::string out = Cat("    ", Values("relation", relations), "\n");
    if (subject_) Append(out, "    ", Values("who", subject_->iris), "\n");
    if (name && !name->iris.empty()) Append(out, "    ", Values("whom", name->iris), "\n");
    out += kFact;
    if (object.asked()) Append(out, "    FILTER(?whom != dos:NoObject)\n");
    if (object.kind == QuestionArgument::Kind::kAskedPerson) Append(out, "    FILTER(!isLiteral(?whom))\n");
    if (name && name->iris.empty()) {
      Append(out, "    OPTIONAL { ?whom rdfs:label ?whomLabel }\n    FILTER(CONTAINS(LCASE(COALESCE(STR(?whomLabel), STR(?whom))), ",
             SparqlString(Lower(name->text)), "))\n");
    }
    if (question_.negated) Append(out, "    ?fact dos:polarity dos:negative .\n");
    if (!question_.noun.empty()) out += NounFilter(question_.subject.asked() ? "who" : "whom");
    for (size_t i = first_oblique; i < question_.obliques.size(); ++i) out += QualifierPattern(i);
    return out;
  }

  std::string QualifierPattern(size_t i) {
    const QuestionOblique& oblique = question_.obliques[i];
    if (oblique.argument.asked()) {
      answer_title_ = Cat(oblique.preposition, oblique.argument.kind == QuestionArgument::Kind::kAskedPerson ? " whom" : " what");
      return Cat("    ?fact dos:q_", oblique.preposition, " ?answer .\n");
    }
    if (!oblique.argument.named()) return "";
    const Name& name = *obliques_[i];
    const std::string value = Cat("?value", i + 1);
    std::string test = Cat("CONTAINS(LCASE(STR(", value, ")), ", SparqlString(Lower(name.text)), ")");
    std::vector<std::string> short_iris;
    for (const std::string& iri : name.iris) short_iris.push_back(ShortIri(iri));
    if (!short_iris.empty()) test = Cat(value, " IN (", Joined(short_iris, ", "), ") || ", test);
    if (oblique.preposition == "about") {
      // What was said is about a thing when it speaks of it.
      return Cat("    OPTIONAL { ?fact dos:q_about ", value, " }\n    FILTER(CONTAINS(LCASE(STR(?whom)), ",
                 SparqlString(Lower(name.text)), ") || ", test, ")\n");
    }
    return Cat("    ?fact ?role", i + 1, " ", value, " .\n    FILTER(STRSTARTS(STR(?role", i + 1,
               "), STR(dos:)) && ?role", i + 1, " NOT IN (dos:phrase, dos:rule) && (", test, "))\n");
  }

  // "which countries", "how many ministers".
  std::string NounFilter(std::string_view variable) const {
    struct ClassNoun {
      std::string_view noun, type;
    };
    constexpr ClassNoun kClasses[] = {
        {"people", "schema:Person"},        {"persons", "schema:Person"},   {"person", "schema:Person"},
        {"countries", "schema:Country"},    {"country", "schema:Country"},  {"nations", "schema:Country"},
        {"organizations", "schema:Organization"}, {"organisations", "schema:Organization"},
        {"organization", "schema:Organization"},  {"companies", "schema:Organization"},
        {"places", "schema:Place"},         {"place", "schema:Place"},      {"cities", "schema:Place"},
        {"city", "schema:Place"},           {"events", "schema:Event"},     {"event", "schema:Event"},
    };
    for (const ClassNoun& entry : kClasses) {
      if (question_.noun == entry.noun) return Cat("    ?", variable, " a ", entry.type, " .\n");
    }
    std::string_view stem = question_.noun;
    if (stem.size() > 3 && stem.ends_with("s") && !stem.ends_with("ss")) stem.remove_suffix(1);
    return Cat("    FILTER EXISTS { ?", variable, " rdfs:label|skos:altLabel|schema:jobTitle ?noun FILTER(CONTAINS(LCASE(STR(?noun)), ",
               SparqlString(stem), ")) }\n");
  }

  void Circumstance() {
    std::string_view path;
    switch (question_.ask) {
      case Question::Ask::kTime: path = "dos:time", answer_title_ = "when"; break;
      case Question::Ask::kPlace: path = "dos:place", answer_title_ = "where"; break;
      case Question::Ask::kReason: path = "dos:reason|dos:purpose", answer_title_ = "why"; break;
      case Question::Ask::kManner: path = "dos:manner|dos:instrument", answer_title_ = "how"; break;
      default: return;
    }
    Append(body_, "  OPTIONAL { ?fact ", path, " ?answer }\n");
  }

  void AddBlocks(const std::vector<std::string>& blocks) {
    for (size_t i = 0; i < blocks.size(); ++i) Append(body_, i == 0 ? "  {\n" : "  UNION {\n", blocks[i], "  }\n");
  }

  absl::Status NoSuchName(std::string_view text) const {
    ASSIGN_OR_RETURN(const std::vector<std::string> near, knowledge_.NamesNear(WithoutArticle(text)));
    std::string message = Cat("nothing in the database is called \"", text, "\"");
    if (!near.empty()) Append(message, "; there is: ", Joined(near, ", "));
    return NotFound(message);
  }

  absl::Status NoSuchRelation() const {
    const std::string lemma = LemmaCandidates(question_.verb).front();
    const std::vector<std::string> near = knowledge_.RelationsNear(lemma);
    std::string message = Cat("no fact in the database says \"", question_.verb, "\", nor a verb that means the same");
    if (!near.empty()) Append(message, "; relations near it: ", Joined(near, ", "));
    return NotFound(message);
  }

  Question question_;
  const QuestionKnowledge& knowledge_;
  std::optional<Name> subject_, object_;
  std::vector<std::optional<Name>> obliques_;   // by question_.obliques
  std::string body_, answer_title_;
  Translation translation_;
};

}  // namespace

std::string SparqlString(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

absl::StatusOr<Translation> Translate(const Question& question, const QuestionKnowledge& knowledge) {
  return Translator(question, knowledge).Run();
}

}  // namespace dossier::shell
