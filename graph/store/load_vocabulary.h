// From the numbers of the threads of a bulk load to ids of the store: sorts the terms, finds those that are known, numbers and writes the
// others. Internal to graph/store.
//
//   LoadVocabulary vocabulary(core, head, sink);
//   RETURN_IF_ERROR(vocabulary.Resolve(tables));
//   TermId id = vocabulary.ids()[table][number];
//
// Not thread-safe.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "graph/store/load_terms.h"
#include "graph/store/store_core.h"
#include "graph/store/table_sink.h"

namespace dossier::graph {

class LoadVocabulary {
 public:
  LoadVocabulary(StoreCore& core, const StoreState& head, TableSink& sink);

  absl::Status Resolve(absl::Span<const TermTable* const> tables);

  const std::vector<std::vector<TermId>>& ids() const { return ids_; }
  const Counters& counters() const { return counters_; }
  uint64_t new_terms() const { return new_terms_; }
  // All vocabularies, the new ones included.
  const std::vector<Vocabulary>& vocabularies() const { return vocabularies_; }

 private:
  // A term of one table.
  struct Use {
    std::string_view encoded;
    std::string_view key;
    uint32_t table;
    uint32_t number;
  };
  struct Single {
    TermId id;
    std::string ids_key;
    std::string_view encoded;
  };

  std::string_view KeyOf(std::string_view encoded);
  void CollectPlain(absl::Span<const TermTable* const> tables, std::vector<std::vector<Use>>& uses);
  absl::Status ResolveTripleTerms(absl::Span<const TermTable* const> tables);
  // `uses` sorted by tag and key.
  absl::Status Number(const std::vector<Use>& uses);
  absl::Status NumberOfTag(const std::vector<Use>& uses, size_t begin, size_t end, TermId::Tag tag);
  absl::Status AddSingle(TermId id, std::string_view encoded, std::string_view key);
  absl::Status WriteSingles();

  StoreCore& core_;
  TableSink& sink_;
  const bool filled_;  // the store has terms already
  Counters counters_;
  std::vector<Vocabulary> vocabularies_;
  uint64_t next_vocabulary_ = 0;
  std::vector<std::vector<TermId>> ids_;
  std::deque<std::string> made_;  // keys and triple terms that no table holds
  std::vector<Single> singles_;   // terms that are stored one by one
  uint64_t new_terms_ = 0;
};

}  // namespace dossier::graph
