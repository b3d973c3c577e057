#include <map>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/tree.h"
#include "tests/ingest/fact/fact_test_util.h"

namespace dossier::ingest::testing {
namespace {

// Every phrase's noun with its compounds, names and adjectives is a mention; equal words are one entity.
EntityTable EveryNoun(const std::vector<Sentence>& sentences) {
  EntityTable table;
  std::map<std::string, int> ids;
  for (uint32_t i = 0; i < sentences.size(); ++i) {
    const Tree tree(sentences[i]);
    for (TokenIndex t = 0; t < tree.size(); ++t) {
      const Pos pos = tree.pos(t);
      const Rel rel = tree.rel(t);
      if ((pos != Pos::kNoun && pos != Pos::kPropn) || rel == Rel::kCompound || rel == Rel::kFlat) continue;
      const auto words = tree.Phrase(t, [&](TokenIndex c) {
        return tree.rel(c) != Rel::kCompound && tree.rel(c) != Rel::kFlat && tree.rel(c) != Rel::kAmod;
      });
      const std::string name = tree.Text(words);
      const auto [it, fresh] = ids.try_emplace(name, static_cast<int>(table.entities.size()));
      if (fresh) {
        table.entities.emplace_back();
        table.entities.back().name = name;
        table.entities.back().type = pos == Pos::kPropn ? EntityType::kOrganization : EntityType::kGroup;
      }
      table.by_head[{i, t}] = static_cast<int>(table.mentions.size());
      table.mentions.push_back(
          {i, words.front(), words.back() + 1, t, MentionKind::kNominal, it->second, 1.0});
    }
  }
  return table;
}

std::string Circumstances(Polarity polarity, Modality modality) {
  std::string out;
  if (polarity == Polarity::kNegative) out += " not";
  if (modality != Modality::kNone) Append(out, " ", NameOf(modality));
  return out;
}

}  // namespace

std::vector<std::string> Facts(const std::vector<Sentence>& sentences) {
  std::vector<std::vector<Proposition>> propositions;
  for (const Sentence& sentence : sentences) propositions.push_back(ExtractPropositions(sentence));
  const EntityTable entities = EveryNoun(sentences);
  auto term = [&](const FactTerm& t) {
    return t.entity >= 0 ? entities.entities[static_cast<size_t>(t.entity)].name : Cat("'", t.text, "'");
  };
  std::vector<std::string> out;
  for (const Fact& fact : BuildFacts(sentences, propositions, entities, Lexicon::Default())) {
    std::string line = Cat(fact.subject ? term(*fact.subject) : "-", " ", fact.relation, " ",
                           fact.object ? term(*fact.object) : "-");
    for (const FactQualifier& q : fact.qualifiers) Append(line, " {", q.role, ": ", term(q.value), "}");
    line += Circumstances(fact.polarity, fact.modality);
    for (const FactTerm& source : fact.attribution) Append(line, " @", term(source));
    if (fact.inferred) line += " inferred";
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace dossier::ingest::testing
