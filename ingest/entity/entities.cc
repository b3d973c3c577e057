#include "ingest/entity/entities.h"

#include <algorithm>

#include "ingest/entity/coref_links.h"
#include "ingest/entity/grouping.h"
#include "ingest/entity/name_spans.h"
#include "ingest/entity/name_types.h"
#include "ingest/entity/nominals.h"
#include "ingest/entity/parsed_sentence.h"
#include "ingest/entity/pronouns.h"

namespace dossier::ingest {
namespace {

void AddTitles(const std::vector<NameSpan>& spans, EntityTable& table) {
  for (const NameSpan& span : spans) {
    if (span.entity < 0) continue;
    for (const TitleSpan& title : span.titles) {
      Title entry;
      entry.title = title.text;
      entry.sentence = span.sentence;
      entry.begin = title.begin;
      entry.end = title.end;
      if (title.of != kNoToken) {
        const Mention* of = table.MentionAt(span.sentence, title.of);
        if (of != nullptr && of->kind == MentionKind::kName && of->entity != span.entity)
          entry.of_entity = of->entity;
      }
      table.entities[static_cast<size_t>(span.entity)].titles.push_back(std::move(entry));
    }
  }
}

// A parser may hang "Azerbaijani Colonel Oleg Guliev" on any of its words. Whichever it is stands for the
// person; or, where the person is a possessor ("president Erdoğan's government"), for what is possessed.
void ClaimTitledPhrases(const std::vector<ParsedSentence>& views, const std::vector<NameSpan>& spans,
                        EntityTable& table) {
  for (const NameSpan& span : spans) {
    const ParsedSentence& view = views[span.sentence];
    TokenIndex begin = span.begin;
    for (const TitleSpan& title : span.titles) {
      if (title.end > span.begin) continue;
      begin = std::min(begin, title.of == kNoToken ? title.begin : std::min(title.begin, title.of));
    }
    TokenIndex target = span.head;
    if (view.FullRel(span.head) == "nmod:poss" && view.Head(span.head) >= span.end)
      target = view.Head(span.head);
    const auto mention = table.by_head.find({span.sentence, target});
    if (mention == table.by_head.end()) continue;
    for (TokenIndex i = begin; i < span.begin; ++i) {
      if (view.Head(i) < begin || view.Head(i) >= span.end)
        table.by_head.insert_or_assign({span.sentence, i}, mention->second);
    }
  }
}

// Entities that nothing mentions any more (merged ones) go; mentions come in text order.
void Compact(EntityTable& table) {
  std::vector<int> renumbered(table.entities.size(), -1);
  std::vector<bool> used(table.entities.size());
  for (const Mention& mention : table.mentions) {
    if (mention.entity >= 0) used[static_cast<size_t>(mention.entity)] = true;
  }
  std::vector<Entity> kept;
  for (size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    renumbered[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(table.entities[i]));
  }
  const auto renumber = [&](int& entity) {
    if (entity >= 0) entity = renumbered[static_cast<size_t>(entity)];
  };
  for (Entity& entity : kept) {
    for (Title& title : entity.titles) renumber(title.of_entity);
  }
  table.entities = std::move(kept);

  std::vector<int> order(table.mentions.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  std::stable_sort(order.begin(), order.end(), [&](int x, int y) {
    const Mention& a = table.mentions[static_cast<size_t>(x)];
    const Mention& b = table.mentions[static_cast<size_t>(y)];
    return a.sentence != b.sentence ? a.sentence < b.sentence : a.begin < b.begin;
  });
  std::vector<int> place(order.size());
  std::vector<Mention> sorted;
  sorted.reserve(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    place[static_cast<size_t>(order[i])] = static_cast<int>(i);
    sorted.push_back(table.mentions[static_cast<size_t>(order[i])]);
    renumber(sorted.back().entity);
  }
  table.mentions = std::move(sorted);
  for (auto& [key, index] : table.by_head) index = place[static_cast<size_t>(index)];
}

}  // namespace

std::string_view NameOf(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return "person";
    case EntityType::kOrganization:
      return "organization";
    case EntityType::kPlace:
      return "place";
    case EntityType::kCountry:
      return "country";
    case EntityType::kNationality:
      return "nationality";
    case EntityType::kEvent:
      return "event";
    case EntityType::kProduct:
      return "product";
    case EntityType::kWork:
      return "work";
    case EntityType::kDate:
      return "date";
    case EntityType::kQuantity:
      return "quantity";
    case EntityType::kGroup:
      return "group";
    case EntityType::kThing:
      return "thing";
  }
  return "thing";
}

const Mention* EntityTable::MentionAt(uint32_t sentence, TokenIndex token) const {
  const auto it = by_head.find({sentence, token});
  return it == by_head.end() ? nullptr : &mentions[static_cast<size_t>(it->second)];
}

const Entity* EntityTable::EntityAt(uint32_t sentence, TokenIndex token) const {
  const Mention* mention = MentionAt(sentence, token);
  return mention == nullptr || mention->entity < 0 ? nullptr
                                                   : &entities[static_cast<size_t>(mention->entity)];
}

EntityTable ResolveNamesAndNouns(const std::vector<ParsedSentence>& views, const Lexicon& lexicon) {
  EntityTable table;
  std::vector<NameSpan> spans = FindNameSpans(views, lexicon);
  TypeNames(views, lexicon, spans);
  GroupNames(views, lexicon, spans, table);
  AddNominals(views, lexicon, spans, table);
  AddTitles(spans, table);
  ClaimTitledPhrases(views, spans, table);
  return table;
}

EntityTable ResolveEntities(const std::vector<Sentence>& sentences, const Lexicon& lexicon, const CorefRanker* ranker) {
  std::vector<ParsedSentence> views;
  views.reserve(sentences.size());
  for (const Sentence& sentence : sentences) views.emplace_back(sentence);
  EntityTable table = ResolveNamesAndNouns(views, lexicon);
  AddPronouns(views, lexicon, table);
  if (ranker != nullptr) AddRankedLinks(views, lexicon, *ranker, table);
  Compact(table);
  return table;
}

}  // namespace dossier::ingest
