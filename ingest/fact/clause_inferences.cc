// What a clause says besides its own fact.
#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/entity/verb_forms.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {

// "X dismissed minister Y": the state that gives and takes an office is the one whose office it is.
void AppendOfficeFacts(const SentenceView& view, const Proposition& p, const std::vector<FactTerm>& holders,
                     const std::vector<FactTerm>& subjects, const Fact& base, const TermResolver& terms, const Lexicon& lexicon,
                     std::vector<Fact>& out) {
  if (!words::Has(words::kOfficeVerbs, p.lemma) || subjects.size() != 1) return;
  const Entity* state = terms.EntityOf(subjects.front());
  if (state == nullptr || state->type != EntityType::kCountry) return;
  for (const FactTerm& holder : holders) {
    const Entity* person = terms.EntityOf(holder);
    if (person == nullptr || person->type != EntityType::kPerson) continue;
    for (const Title& title : person->titles) {
      if (title.of_entity >= 0 || title.sentence != view.index || title.begin >= title.end || title.end > view.tree->size()) continue;
      const TokenIndex noun = TitleNoun(*view.tree, title);
      if (!lexicon.IsUsualTitle(view.tree->lower(noun))) continue;
      Fact fact = base;
      fact.qualifiers.clear();
      fact.subject = holder;
      fact.relation = Cat("be_", view.tree->lower(noun), "_of");
      fact.object = subjects.front();
      fact.inferred = true;
      fact.asserted = true;
      fact.polarity = Polarity::kPositive;
      fact.modality = Modality::kNone;
      fact.confidence = 0.55;
      fact.rule = "office-of";
      out.push_back(std::move(fact));
    }
  }
}

// "has not gone unnoticed by X": X noticed it.
void AppendUnnoticed(const SentenceView& view, const Proposition& p, TokenIndex participle, const std::vector<FactTerm>& subjects,
                   const Fact& base, const TermResolver& terms, const Lexicon& lexicon, std::vector<Fact>& out) {
  const Tree& tree = *view.tree;
  const std::string_view word = tree.lower(participle);
  if (p.polarity != Polarity::kNegative || subjects.empty() || !word.starts_with("un") || !word.ends_with("ed")) return;
  const std::string verb = VerbLemmaOf(word.substr(2), [&](std::string_view v) { return lexicon.IsVerb(v); });
  if (verb.empty()) return;
  Fact fact = base;
  fact.polarity = Polarity::kPositive;
  fact.asserted = fact.modality == Modality::kNone && !p.conditional_consequent;
  fact.relation = verb;
  fact.rule = "un-participle";
  fact.confidence *= 0.85;
  fact.object = subjects.front();
  for (TokenIndex by : tree.children(participle)) {
    if ((tree.rel(by) != Rel::kObl && tree.rel(by) != Rel::kOblAgent) || MarkerOf(tree, by, Rel::kCase) != "by") continue;
    std::vector<TokenIndex> doers{by};
    for (TokenIndex c : tree.children(by)) {
      if (tree.rel(c) == Rel::kConj) doers.push_back(c);
    }
    for (TokenIndex doer : doers) {
      fact.subject = terms.Resolve(view, doer);
      if (fact.subject) out.push_back(fact);
    }
  }
}

}  // namespace dossier::ingest
