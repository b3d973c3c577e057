// The terms and quads that one thread of a bulk load has read, by numbers of its own. Internal to graph/store.
//
//   TermTable table;
//   uint32_t s = table.OfIri("urn:s");              // or OfEncoded(), OfTerm(), or OfToken() for a token known before
//   table.AddQuad({s, p, o, TermTable::kDefaultGraph});
//
// Number 0 is the default graph. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model/term.h"
#include "graph/model/term_id.h"

namespace dossier::graph {

class TermTable {
 public:
  static constexpr uint32_t kDefaultGraph = 0;
  static constexpr uint32_t kNone = UINT32_MAX;
  using Row = std::array<uint32_t, 4>;  // subject, predicate, object, graph

  struct Entry {
    std::string_view key;      // what it is found by: the stored form, or a token of the text
    std::string_view encoded;  // stored form; empty for inlined values and triple terms
    TermId id;                 // of an inlined value
    uint32_t depth = 0;        // of a triple term; its parts are parts()[part]
    uint32_t part = 0;
  };

  TermTable();

  // The term with this stored form, which is no triple term.
  uint32_t OfEncoded(std::string_view encoded);
  // InvalidArgument for a term above 64 MiB.
  absl::StatusOr<uint32_t> OfTerm(const Term& term) { return OfTermAt(term); }
  // The number of a token seen before, else kNone; then AddToken() gives the number of the term it stands for.
  uint32_t OfToken(std::string_view token) const;
  absl::StatusOr<uint32_t> AddToken(std::string_view token, const Term& term);
  // A checked IRI without escapes: as OfEncoded("i" + iri), but a copy less. kNone when it is new: then check it and call OfEncoded().
  uint32_t OfIri(std::string_view iri) const;

  void AddQuad(const Row& row);

  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<std::array<uint32_t, 3>>& parts() const { return parts_; }
  const std::vector<std::vector<Row>>& rows() const { return rows_; }
  void ForgetRows() { rows_ = {}; }
  uint64_t quads() const { return quads_; }
  size_t bytes() const;

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t number = 0;  // 0: empty
  };
  absl::StatusOr<uint32_t> OfTermAt(const Term& term);
  uint32_t Find(uint64_t hash, std::string_view first, std::string_view rest) const;
  uint32_t Add(uint64_t hash, Entry entry);
  std::string_view Keep(std::string_view bytes);
  void Grow();

  std::vector<Entry> entries_;
  std::vector<std::array<uint32_t, 3>> parts_;
  std::vector<Slot> slots_;
  std::vector<std::unique_ptr<char[]>> arena_;
  size_t arena_left_ = 0;
  char* arena_at_ = nullptr;
  size_t arena_bytes_ = 0;
  std::vector<std::vector<Row>> rows_;
  uint64_t quads_ = 0;
};

}  // namespace dossier::graph
