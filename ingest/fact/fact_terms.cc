#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

SourceSpan SpanOf(const Sentence& sentence, TokenIndex first, TokenIndex last) {
  return {sentence.tokens[static_cast<size_t>(first)].span.begin,
          sentence.tokens[static_cast<size_t>(last)].span.end};
}

}  // namespace

FactTerm TermResolver::Literal(const SentenceView& view, const std::vector<TokenIndex>& tokens) const {
  FactTerm term;
  if (tokens.empty()) return term;
  term.text = view.tree->Text(tokens);
  term.span = SpanOf(*view.sentence, tokens.front(), tokens.back());
  return term;
}

// The name that a phrase's head only introduces ("Prime Minister Eva Holm" headed by its first word): the
// last one among its names.
const Mention* TermResolver::NameWithin(const SentenceView& view, TokenIndex head) const {
  const Mention* found = nullptr;
  std::vector<TokenIndex> open{head};
  for (size_t i = 0; i < open.size() && i < 32; ++i) {
    for (TokenIndex child : view.tree->children(open[i])) {
      const Rel rel = view.tree->rel(child);
      if (rel != Rel::kFlat && rel != Rel::kCompound && rel != Rel::kDesc) continue;
      open.push_back(child);
      const Mention* mention = entities_.MentionAt(view.index, child);
      if (mention == nullptr || mention->kind != MentionKind::kName || child < head) continue;
      if (found == nullptr || mention->head > found->head) found = mention;
    }
  }
  return found;
}

// Whom a speaker means by "we": the country or organisation of the speaker's office, or the speaker when that is one.
std::optional<FactTerm> TermResolver::BodyOf(const FactTerm& speaker) const {
  const Entity* entity = EntityOf(speaker);
  if (entity == nullptr) return std::nullopt;
  FactTerm term = speaker;
  term.inferred = true;
  if (entity->type == EntityType::kCountry || entity->type == EntityType::kOrganization) return term;
  for (const Title& title : entity->titles) {
    if (title.of_entity < 0) continue;
    term.entity = title.of_entity;
    term.text = entities_.entities[static_cast<size_t>(title.of_entity)].name;
    return term;
  }
  return std::nullopt;
}

std::optional<FactTerm> TermResolver::Resolve(const SentenceView& view, TokenIndex head) const {
  if (head == kNoToken) return std::nullopt;
  const Tree& tree = *view.tree;
  TokenIndex content = ContentHead(tree, head);
  // "One of them, the accountant X": the name beside it.
  if (const TokenIndex beside = tree.Child(head, Rel::kAppos); content != head && tree.lower(head) == "one" && beside > head &&
                                                               entities_.MentionAt(view.index, beside) != nullptr)
    content = beside;
  const std::string_view word = tree.lower(content);
  const bool quoted =
      view.quoted.size() > static_cast<size_t>(content) && view.quoted[static_cast<size_t>(content)];
  if (quoted && view.speaker && (word == "i" || word == "me" || word == "myself")) {
    FactTerm term = *view.speaker;
    term.span = SpanOf(*view.sentence, content, content);
    return term;
  }
  if (quoted && view.speaker && (word == "we" || word == "our" || word == "us" || word == "ours")) {
    if (auto body = BodyOf(*view.speaker)) {
      body->span = SpanOf(*view.sentence, content, content);
      return body;
    }
  }
  const Mention* mention = entities_.MentionAt(view.index, content);
  if (mention == nullptr) mention = entities_.MentionAt(view.index, head);
  if (mention == nullptr) mention = NameWithin(view, content);
  if (mention != nullptr && mention->entity >= 0 && mention->begin < mention->end) {
    FactTerm term;
    term.entity = mention->entity;
    std::vector<TokenIndex> tokens;
    for (TokenIndex t = mention->begin; t < mention->end; ++t) tokens.push_back(t);
    term.text = tree.Text(tokens);
    term.span = SpanOf(*view.sentence, mention->begin, mention->end - 1);
    return term;
  }
  const Pos pos = tree.pos(content);
  const bool determiner_alone =
      pos == Pos::kDet || word == "that" || word == "this" || word == "these" || word == "those";
  if (word == "what" || word == "whatever") {  // "what remained of the firm"
    const bool free = std::any_of(tree.children(content).begin(), tree.children(content).end(), [&](TokenIndex c) {
      return tree.rel(c) == Rel::kRelcl || tree.rel(c) == Rel::kAcl;
    });
    if (free) return Literal(view, tree.Phrase(content, [&](TokenIndex c) { return tree.rel(c) == Rel::kCase && tree.head(c) == content; }));
  }
  if (pos == Pos::kPron || (determiner_alone && tree.children(content).empty())) return std::nullopt;
  return Literal(view, NominalPhrase(tree, head, /*with_conjuncts=*/false));
}

const Entity* TermResolver::EntityOf(const FactTerm& term) const {
  if (term.entity < 0 || static_cast<size_t>(term.entity) >= entities_.entities.size()) return nullptr;
  return &entities_.entities[static_cast<size_t>(term.entity)];
}

}  // namespace dossier::ingest
