// What titles say: `Jane Doe | jobTitle | defense minister`, and `Jane Doe | be_minister_of | Austria`.
#include "graph/base/strings.h"
#include "ingest/fact/fact.h"

namespace dossier::ingest {

std::vector<Fact> TitleFacts(const std::vector<Sentence>& sentences, const EntityTable& entities) {
  std::vector<Fact> facts;
  for (size_t i = 0; i < entities.entities.size(); ++i) {
    const Entity& entity = entities.entities[i];
    if (!entity.named) continue;
    for (const Title& title : entity.titles) {
      if (title.sentence >= sentences.size()) continue;
      const std::vector<Token>& tokens = sentences[title.sentence].tokens;
      if (title.begin < 0 || title.begin >= title.end || static_cast<size_t>(title.end) > tokens.size()) continue;
      Fact fact;
      fact.sentence = title.sentence;
      fact.relation = "jobTitle";
      fact.rule = "title";
      fact.confidence = 0.9;
      FactTerm holder;
      holder.text = entity.name;
      holder.entity = static_cast<int>(i);
      fact.subject = std::move(holder);
      FactTerm words;
      words.text = title.title;
      words.span = {tokens[static_cast<size_t>(title.begin)].span.begin,
                    tokens[static_cast<size_t>(title.end - 1)].span.end};
      fact.object = std::move(words);
      if (title.of_entity >= 0 && static_cast<size_t>(title.of_entity) < entities.entities.size()) {
        FactTerm of;
        of.text = entities.entities[static_cast<size_t>(title.of_entity)].name;
        of.entity = title.of_entity;
        fact.qualifiers.push_back({"titleOf", std::move(of)});
      }
      facts.push_back(std::move(fact));
    }
  }
  return facts;
}

}  // namespace dossier::ingest
