#include <algorithm>

#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {

void QuoteTracker::MarkQuotes(SentenceView& view) {
  const Tree& tree = *view.tree;
  view.quoted.assign(static_cast<size_t>(tree.size()), false);
  for (TokenIndex t = 0; t < tree.size(); ++t) {
    const std::string_view word = tree.lower(t);
    if (word == "“" || word == "``" || word == "«" || word == "„") {
      open_ = true;
    } else if (word == "”" || word == "''" || word == "»") {
      open_ = false;
    } else if (word == "\"") {
      open_ = !open_;
    } else {
      view.quoted[static_cast<size_t>(t)] = open_;
    }
  }
}

std::optional<FactTerm> QuoteTracker::SpeakerIn(const SentenceView& view) const {
  for (const Proposition& p : *view.propositions) {
    if (p.kind != TriggerKind::kVerb || view.quoted[static_cast<size_t>(p.trigger)]) continue;
    if (!words::Has(words::kSpeechVerbs, view.tree->lemma(p.trigger))) continue;
    const Argument* subject = p.Find(Role::kSubject);
    if (subject == nullptr || view.quoted[static_cast<size_t>(subject->head)]) continue;
    if (p.Find(Role::kClause) == nullptr && p.Find(Role::kObject) != nullptr) continue;
    if (auto term = terms_.Resolve(view, subject->head)) return term;
  }
  return std::nullopt;
}

void QuoteTracker::Visit(SentenceView& view) {
  if (view.sentence->paragraph != paragraph_) {
    // A new paragraph ends what was left open, unless it opens again: long quotations repeat the opening mark
    // only.
    open_ = false;
    previous_had_quote_ = false;
    paragraph_ = view.sentence->paragraph;
  }
  const bool continued = open_;
  MarkQuotes(view);
  const bool has_quote =
      continued || std::find(view.quoted.begin(), view.quoted.end(), true) != view.quoted.end();
  if (auto speaker = SpeakerIn(view)) {
    speaker_ = std::move(speaker);
  } else if (!continued && !(has_quote && previous_had_quote_)) {
    speaker_.reset();
  }
  if (has_quote) view.speaker = speaker_;
  previous_had_quote_ = has_quote;
}

}  // namespace dossier::ingest
