// Facts: propositions with their arguments resolved to entities, one per graph edge. What `extract --format
// facts` prints and map/ stores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/entity/entities.h"
#include "ingest/fact/proposition.h"

namespace dossier::ingest {

// An end of a fact. `entity` indexes the document's EntityTable; -1 for a literal (clause, quotation,
// adjective, quantity).
struct FactTerm {
  std::string text;  // surface words
  int entity = -1;
  SourceSpan span;  // bytes of the input; empty (0,0) for what the text does not name
  bool inferred = false;
};

struct FactQualifier {
  std::string role;  // "time", "place", "reason", "requestedBy", ... or "q_<preposition>"
  FactTerm value;
};

struct Fact {
  std::optional<FactTerm> subject;  // nothing: agentless passive ("was accused of treason")
  std::string relation;             // local name of the relation IRI: "dismiss", "report_to"
  std::string phrase;               // surface words of the predicate: "recently dismissing"
  SourceSpan phrase_span;
  std::optional<FactTerm> object;  // nothing: intransitive
  std::vector<FactQualifier> qualifiers;
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kNone;
  std::vector<FactTerm> attribution;  // innermost last
  bool asserted = true;   // false: denied, supposed, wished, asked (DESIGN.md "Asserted or only claimed")
  bool inferred = false;  // supplied by a nominal or coreference rule rather than said by a verb
  double confidence = 0.5;
  std::string rule;
  uint32_t sentence = 0;  // index of the evidence sentence
};

// All facts of a document: coordination distributed, arguments resolved through `entities`, metonyms and
// demonyms included. Facts come in text order, without duplicates within a sentence. `propositions[i]` are
// those of `sentences[i]`. Pure.
std::vector<Fact> BuildFacts(const std::vector<Sentence>& sentences,
                             const std::vector<std::vector<Proposition>>& propositions,
                             const EntityTable& entities, const Lexicon& lexicon);

// The titles of the document's entities as facts, in order of the entities: relation "jobTitle", the words of the title as a literal, and
// where it is told a qualifier "titleOf". The mapper writes titles from the entities themselves, so BuildFacts() leaves them out. Pure.
std::vector<Fact> TitleFacts(const std::vector<Sentence>& sentences, const EntityTable& entities);

// One fact as a JSON line (DESIGN.md "Ingest", `facts`), with newline. `id_of(entity)` gives the IRI of an
// entity index.
struct EntityIris {
  std::vector<std::string> iri;  // by entity index
};
std::string FactToJson(const Fact& fact, const Sentence& sentence, const EntityIris& iris,
                       const EntityTable& entities);

}  // namespace dossier::ingest
