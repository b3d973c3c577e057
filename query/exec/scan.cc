#include <array>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/exec/operators.h"
#include "query/exec/pattern_columns.h"

namespace dossier::query {
namespace {

using graph::TermId;

Dataset::Triple TripleOf(const plan::Scan& scan) {
  return {scan.subject.constant, scan.predicate.constant, scan.object.constant};
}

class ScanOperator : public Operator {
 public:
  ScanOperator(const plan::PlanNode& plan_node, const plan::Scan& scan, Execution& execution,
               std::unique_ptr<graph::Cursor> cursor)
      : Operator(plan_node, execution), pattern_(scan), cursor_(std::move(cursor)) {
    for (const plan::Column& column : plan_node.columns)
      sources_.push_back(pattern_.PositionOf(column.variable));
  }

 private:
  absl::Status Fill(Batch& batch) override {
    do {
      RETURN_IF_ERROR(cursor_->Next(quads_));
      if (quads_.size == 0) return absl::OkStatus();
      const std::array<const std::vector<TermId>*, 4> in = {&quads_.subject, &quads_.predicate,
                                                            &quads_.object, &quads_.graph};
      if (pattern_.equal_positions().empty()) {
        for (size_t c = 0; c < sources_.size(); ++c) {
          const auto& from = *in[static_cast<size_t>(sources_[c])];
          batch.columns[c].assign(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(quads_.size));
        }
        batch.rows = quads_.size;
        return absl::OkStatus();
      }
      CopyWhereEqual(in, batch);
    } while (batch.rows == 0);
    return absl::OkStatus();
  }

  // A variable that occurs twice must match equal terms.
  void CopyWhereEqual(const std::array<const std::vector<TermId>*, 4>& in, Batch& batch) {
    for (size_t i = 0; i < quads_.size; ++i) {
      bool equal = true;
      for (const auto& [a, b] : pattern_.equal_positions()) {
        equal = equal && (*in[static_cast<size_t>(a)])[i] == (*in[static_cast<size_t>(b)])[i];
      }
      if (!equal) continue;
      for (size_t c = 0; c < sources_.size(); ++c)
        batch.columns[c].push_back((*in[static_cast<size_t>(sources_[c])])[i]);
      ++batch.rows;
    }
  }

  PatternColumns pattern_;
  std::vector<int> sources_;  // of each output column: 0 subject .. 3 graph
  std::unique_ptr<graph::Cursor> cursor_;
  graph::IdBatch quads_;
};

// One row with the number of matches in each column.
class CountOperator : public Operator {
 public:
  CountOperator(const plan::PlanNode& plan_node, Execution& execution, Dataset::Target target)
      : Operator(plan_node, execution),
        scan_(std::get<plan::CountScan>(plan_node.op).scan),
        target_(target) {}

 private:
  absl::Status Fill(Batch& batch) override {
    if (done_) return absl::OkStatus();
    done_ = true;
    ASSIGN_OR_RETURN(const uint64_t count, execution_.dataset.Count(TripleOf(scan_), target_, UINT64_MAX));
    const auto term = graph::Term::Literal(Cat(count), std::string(graph::xsd::kInteger));
    ASSIGN_OR_RETURN(const TermId id, execution_.vocabulary.Intern(term));
    for (auto& column : batch.columns) column.push_back(id);
    batch.rows = 1;
    return absl::OkStatus();
  }

  const plan::Scan& scan_;
  Dataset::Target target_;
  bool done_ = false;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeScan(const plan::PlanNode& node, Execution& execution,
                                     const BuildScope& scope) {
  if (const auto* count = std::get_if<plan::CountScan>(&node.op)) {
    return std::make_unique<CountOperator>(node, execution, ResolveGraph(count->scan.graph, scope));
  }
  const auto& scan = std::get<plan::Scan>(node.op);
  ASSIGN_OR_RETURN(std::unique_ptr<graph::Cursor> cursor,
                   execution.dataset.Scan(TripleOf(scan), ResolveGraph(scan.graph, scope), scan.order));
  return std::make_unique<ScanOperator>(node, scan, execution, std::move(cursor));
}

}  // namespace dossier::query
