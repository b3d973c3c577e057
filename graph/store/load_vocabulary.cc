#include "graph/store/load_vocabulary.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "graph/base/status.h"
#include "graph/store/vocabulary.h"

namespace dossier::graph {
namespace {

// Fewer new terms of a kind are no vocabulary of their own: each costs every later search for a term a seek.
constexpr size_t kFewTerms = 2048;

// 0-3: by tag.
size_t KindOf(std::string_view encoded) {
  switch (encoded[0]) {
    case 'b': return 0;
    case 'i': return 1;
    case '3': return 2;
    default: return 3;
  }
}
constexpr TermId::Tag kTags[] = {TermId::Tag::kBlankNode, TermId::Tag::kIri, TermId::Tag::kTripleTerm, TermId::Tag::kLiteral};

}  // namespace

LoadVocabulary::LoadVocabulary(StoreCore& core, const StoreState& head, TableSink& sink)
    : core_(core), sink_(sink), filled_(head.counters.next != Counters().next), counters_(head.counters),
      vocabularies_(core.dictionary().vocabularies()->list()) {
  for (const Vocabulary& vocabulary : vocabularies_) next_vocabulary_ = std::max(next_vocabulary_, vocabulary.number + 1);
}

std::string_view LoadVocabulary::KeyOf(std::string_view encoded) {
  if (!HasLanguage(encoded)) return encoded;
  std::string key = KeyBytes(encoded);
  if (key == encoded) return encoded;
  return made_.emplace_back(std::move(key));
}

void LoadVocabulary::CollectPlain(absl::Span<const TermTable* const> tables, std::vector<std::vector<Use>>& uses) {
  uses.resize(tables.size());
  for (size_t t = 0; t < tables.size(); ++t) {
    const std::vector<TermTable::Entry>& entries = tables[t]->entries();
    ids_[t].resize(entries.size());
    for (size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].encoded.empty()) {
        ids_[t][i] = entries[i].id;
      } else {
        uses[t].push_back({entries[i].encoded, KeyOf(entries[i].encoded), static_cast<uint32_t>(t), static_cast<uint32_t>(i)});
      }
    }
  }
}

absl::Status LoadVocabulary::Resolve(absl::Span<const TermTable* const> tables) {
  ids_.resize(tables.size());
  std::vector<std::vector<Use>> uses;
  CollectPlain(tables, uses);
  const auto less = [](const Use& a, const Use& b) {
    const size_t x = KindOf(a.encoded), y = KindOf(b.encoded);
    if (x != y) return x < y;
    const int order = a.key.compare(b.key);
    // Equal but for the case of the language tag: the least spelling stays, whatever thread met it.
    return order != 0 ? order < 0 : a.encoded < b.encoded;
  };
  std::vector<std::thread> threads;
  for (std::vector<Use>& of_table : uses) threads.emplace_back([&of_table, &less] { std::sort(of_table.begin(), of_table.end(), less); });
  for (std::thread& thread : threads) thread.join();
  std::vector<Use> all;
  for (std::vector<Use>& of_table : uses) {
    const auto middle = static_cast<std::ptrdiff_t>(all.size());
    all.insert(all.end(), of_table.begin(), of_table.end());
    of_table = {};
    std::inplace_merge(all.begin(), all.begin() + middle, all.end(), less);
  }
  RETURN_IF_ERROR(Number(all));
  all = {};
  RETURN_IF_ERROR(ResolveTripleTerms(tables));
  return WriteSingles();
}

absl::Status LoadVocabulary::ResolveTripleTerms(absl::Span<const TermTable* const> tables) {
  uint32_t deepest = 0;
  for (const TermTable* table : tables) {
    for (const TermTable::Entry& entry : table->entries()) deepest = std::max(deepest, entry.depth);
  }
  for (uint32_t depth = 1; depth <= deepest; ++depth) {
    std::vector<Use> uses;
    for (size_t t = 0; t < tables.size(); ++t) {
      const std::vector<TermTable::Entry>& entries = tables[t]->entries();
      for (size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].depth != depth) continue;
        const std::array<uint32_t, 3>& parts = tables[t]->parts()[entries[i].part];
        const std::string& encoded = made_.emplace_back(EncodeTripleTerm({ids_[t][parts[0]], ids_[t][parts[1]], ids_[t][parts[2]]}));
        uses.push_back({encoded, encoded, static_cast<uint32_t>(t), static_cast<uint32_t>(i)});
      }
    }
    std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.key < b.key; });
    RETURN_IF_ERROR(Number(uses));
  }
  return absl::OkStatus();
}

absl::Status LoadVocabulary::Number(const std::vector<Use>& uses) {
  for (size_t begin = 0, end = 0; begin < uses.size(); begin = end) {
    const size_t kind = KindOf(uses[begin].encoded);
    while (end < uses.size() && KindOf(uses[end].encoded) == kind) ++end;
    RETURN_IF_ERROR(NumberOfTag(uses, begin, end, kTags[kind]));
  }
  return absl::OkStatus();
}

absl::Status LoadVocabulary::NumberOfTag(const std::vector<Use>& uses, size_t begin, size_t end, TermId::Tag tag) {
  uint64_t& next = counters_.next[CounterOf(tag)];
  VocabularyWriter writer(next_vocabulary_, sink_);
  const TermId first(tag, next);
  const bool few = filled_ && end - begin < kFewTerms;
  std::vector<std::pair<size_t, size_t>> large;  // ranges of uses; numbered behind the vocabulary
  for (size_t i = begin, same_end = begin; i < end; i = same_end) {
    while (same_end < end && uses[same_end].key == uses[i].key) ++same_end;
    TermId id;
    if (filled_) {
      ASSIGN_OR_RETURN(const Dictionary::Place place, core_.dictionary().Locate(uses[i].key, tag, nullptr));
      id = place.id;
    }
    if (id.is_unbound()) {
      ++new_terms_;
      if (few || uses[i].encoded.size() > kLargeTerm) {
        large.emplace_back(i, same_end);
        continue;
      }
      id = TermId(tag, next++);
      RETURN_IF_ERROR(writer.Add(uses[i].encoded, uses[i].key));
    }
    for (size_t u = i; u < same_end; ++u) ids_[uses[u].table][uses[u].number] = id;
  }
  RETURN_IF_ERROR(writer.Finish());
  if (writer.count() > 0) {
    vocabularies_.push_back({first, writer.count(), next_vocabulary_++});
    std::sort(vocabularies_.begin(), vocabularies_.end(), [](const Vocabulary& a, const Vocabulary& b) { return a.first < b.first; });
  }
  for (const auto& [from, to] : large) {
    const TermId id(tag, next++);
    RETURN_IF_ERROR(AddSingle(id, uses[from].encoded, uses[from].key));
    for (size_t u = from; u < to; ++u) ids_[uses[u].table][uses[u].number] = id;
  }
  return absl::OkStatus();
}

absl::Status LoadVocabulary::AddSingle(TermId id, std::string_view encoded, std::string_view key) {
  ASSIGN_OR_RETURN(Dictionary::Place place, core_.dictionary().Locate(key, id.tag(), nullptr));
  singles_.push_back({id, std::move(place.free_key), encoded});
  return absl::OkStatus();
}

absl::Status LoadVocabulary::WriteSingles() {
  std::sort(singles_.begin(), singles_.end(), [](const Single& a, const Single& b) { return a.id < b.id; });
  for (const Single& single : singles_) RETURN_IF_ERROR(sink_.Put(Family::kTerms, TermsKey(single.id), single.encoded));
  std::sort(singles_.begin(), singles_.end(), [](const Single& a, const Single& b) { return a.ids_key < b.ids_key; });
  for (size_t i = 0; i < singles_.size(); ++i) {
    // Two new terms with one 128-bit hash; the next load or transaction would find a free place for one of them.
    if (i > 0 && singles_[i].ids_key == singles_[i - 1].ids_key) return Internal("two new terms have one 128-bit hash: load one file at a time");
    RETURN_IF_ERROR(sink_.Put(Family::kIds, singles_[i].ids_key, TermsKey(singles_[i].id)));
  }
  return absl::OkStatus();
}

}  // namespace dossier::graph
