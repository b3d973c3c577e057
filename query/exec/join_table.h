// Rows kept in memory and found by the variables they share with probing rows, as SPARQL compatibility asks:
// an unbound variable matches everything (SPARQL 1.1 §18.3).
//
//   JoinTable table(SharedColumns(left_columns, right_columns), right_columns.size());
//   table.Add(batch); ...
//   table.Probe(left_batch, row, matches);               // numbers of matching rows of the table
//
// Rows are partitioned by which of their may-be-unbound shared columns are bound; per partition and per such
// mask of a probing row there is one hash index over the columns bound on both sides, made when first needed.
// Not thread-safe; Add() after Probe() is not allowed.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "query/exec/batch.h"
#include "query/exec/term_column.h"
#include "query/plan/plan.h"

namespace dossier::query {

struct SharedColumn {
  int left;
  int right;
  bool certain;  // bound in every row of both sides
};

std::vector<SharedColumn> SharedColumns(const std::vector<plan::Column>& left,
                                        const std::vector<plan::Column>& right);

class JoinTable {
 public:
  JoinTable(std::vector<SharedColumn> shared, size_t column_count);

  void Add(const Batch& batch);
  // Appends the numbers of compatible rows in the order they were added (per partition). With `overlap` only
  // rows that share at least one bound variable with the probing row (MINUS).
  void Probe(const Batch& left, size_t row, bool overlap, std::vector<uint32_t>& matches);
  // Whether Probe() would find any.
  bool HasMatch(const Batch& left, size_t row, bool overlap);

  size_t rows() const { return rows_; }
  const std::vector<TermColumn>& columns() const { return columns_; }
  // What a row costs, for the memory budget, with its place in a partition and an index, and among the matches of one probe.
  size_t BytesPerRow() const { return columns_.size() * sizeof(graph::TermId) + 28; }

 private:
  struct Index {
    std::vector<SharedColumn> keys;  // bound on both sides
    std::vector<uint32_t> heads;     // by hash; number in the partition + 1, 0 = none
    std::vector<uint32_t> next;
  };
  struct Partition {
    uint32_t mask = 0;
    std::vector<uint32_t> rows;
    std::map<uint32_t, Index> indexes;
  };

  Partition& PartitionOf(uint32_t mask);
  Index& IndexFor(Partition& partition, uint32_t mask);
  // Calls visit(row number) for the matches until it returns false.
  template <typename Visit>
  void ForEachMatch(const Batch& left, size_t row, bool overlap, Visit visit);
  bool Compatible(const Batch& left, size_t left_row, uint32_t row, bool overlap) const;

  std::vector<SharedColumn> certain_, uncertain_;
  std::vector<TermColumn> columns_;
  size_t rows_ = 0;
  std::vector<Partition> partitions_;
};

}  // namespace dossier::query
