// What a database consists of, in numbers: quads, terms, files, and its predicates one by one.
//
//   ASSIGN_OR_RETURN(StoreNumbers numbers, CountStore(store, directory, cancelled));
//   WriteOutput(StoreNumbersToJson(numbers));
//
// Counts are exact, over all graphs, of one snapshot; distinct objects are the store's estimate where changes are not folded yet. One scan of
// everything. Errors: the store's, Cancelled.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/store/store.h"
#include "shell/render/table.h"

namespace dossier::shell {

struct PredicateNumbers {
  std::string iri;
  uint64_t quads = 0;
  uint64_t subjects = 0;  // distinct
  uint64_t objects = 0;   // distinct
};

struct StoreNumbers {
  graph::StoreLayout layout;
  uint64_t default_graph_quads = 0;
  uint64_t named_graphs = 0;
  uint64_t bytes = 0;  // of all files of the directory
  std::vector<PredicateNumbers> predicates;  // the most frequent first
};

absl::StatusOr<StoreNumbers> CountStore(graph::Store& store, const std::string& directory, const std::atomic<bool>* cancelled);

// One line.
std::string StoreNumbersToJson(const StoreNumbers& numbers);
// The storage part and the predicates as tables; at most `max_predicates` of them.
std::string RenderStoreNumbers(const StoreNumbers& numbers, size_t max_predicates, const TableOptions& options);

}  // namespace dossier::shell
