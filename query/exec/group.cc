#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "graph/base/strings.h"
#include "query/exec/operators.h"
#include "query/exec/row_set.h"
#include "query/exec/ticker.h"

namespace dossier::query {
namespace {

using graph::TermId;

// GROUP BY with hash tables; groups come out in the order their first rows came in (SPARQL 1.1 §18.5.1).
class GroupOperator : public Operator {
 public:
  GroupOperator(const plan::PlanNode& plan_node, const plan::Group& op, Execution& execution,
                OperatorPtr input)
      : Operator(plan_node, execution), op_(op), input_(std::move(input)), groups_(op.keys.size()) {
    for (const plan::VarId key : op.keys) key_columns_.push_back(input_->node().ColumnOf(key));
  }

  absl::Status Init(const BuildScope& scope) {
    for (const algebra::AggregateCall& call : op_.aggregates) {
      Aggregate aggregate{&call, nullptr, {}, {}, {}};
      if (call.argument) {
        ASSIGN_OR_RETURN(aggregate.argument, Compile(*call.argument, input_->node().columns, scope));
      }
      aggregates_.push_back(std::move(aggregate));
      static constexpr size_t kSetBytes = 96, kRowSetBytes = 512;
      bytes_per_group_ += Accumulator::BytesOf(call.function);
      if (call.distinct) bytes_per_group_ += call.argument ? kSetBytes : kRowSetBytes;
    }
    return absl::OkStatus();
  }

 private:
  struct Aggregate {
    const algebra::AggregateCall* call;
    std::unique_ptr<Evaluator> argument;
    std::vector<std::unique_ptr<Accumulator>> groups;
    std::vector<absl::flat_hash_set<TermId>> seen;  // DISTINCT with an argument
    std::vector<RowSet> seen_rows;                  // COUNT(DISTINCT *)
  };

  absl::Status Fill(Batch& batch) override {
    if (!read_) {
      read_ = true;
      RETURN_IF_ERROR(ReadAll());
    }
    const uint32_t end = std::min<uint32_t>(group_count_, at_ + Batch::kCapacity);
    Ticker ticker(execution_.context);
    for (; at_ < end; ++at_) {
      RETURN_IF_ERROR(ticker.Tick());
      for (size_t c = 0; c < column_count(); ++c) {
        ASSIGN_OR_RETURN(const TermId value, ValueOf(node_.columns[c].variable, at_));
        batch.columns[c].push_back(value);
      }
      ++batch.rows;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<TermId> ValueOf(plan::VarId variable, uint32_t group) {
    for (Aggregate& aggregate : aggregates_) {
      if (aggregate.call->result == variable) return aggregate.groups[group]->Result();
    }
    const auto key = std::find(op_.keys.begin(), op_.keys.end(), variable) - op_.keys.begin();
    return groups_.Row(group)[key];
  }

  absl::Status ReadAll() {
    if (op_.implicit) AddGroupsUpTo(1);
    std::vector<TermId> unbound;
    for (Batch batch;;) {
      RETURN_IF_ERROR(input_->Next(batch));
      if (batch.rows == 0) return absl::OkStatus();
      unbound.resize(batch.rows);
      std::vector<const std::vector<TermId>*> keys;
      for (int column : key_columns_)
        keys.push_back(column >= 0 ? &batch.columns[static_cast<size_t>(column)] : &unbound);
      group_of_.assign(batch.rows, 0);
      for (size_t row = 0; !op_.implicit && row < batch.rows; ++row) {
        bool inserted = false;
        group_of_[row] = groups_.Insert(keys, row, &inserted);
      }
      if (!op_.implicit) AddGroupsUpTo(groups_.size());
      for (Aggregate& aggregate : aggregates_) RETURN_IF_ERROR(Add(aggregate, batch));
      RETURN_IF_ERROR(ChargeGroups());
    }
  }

  void AddGroupsUpTo(uint32_t count) {
    for (Aggregate& aggregate : aggregates_) {
      const algebra::AggregateCall& call = *aggregate.call;
      while (aggregate.groups.size() < count) {
        aggregate.groups.push_back(Accumulator::Create(call.function, call.separator, execution_.vocabulary));
        if (!call.distinct) continue;
        if (call.argument) {
          aggregate.seen.emplace_back();
        } else {
          aggregate.seen_rows.emplace_back(input_->node().columns.size());
        }
      }
    }
    group_count_ = count;
  }

  absl::Status Add(Aggregate& aggregate, const Batch& batch) {
    if (aggregate.argument == nullptr) return AddRows(aggregate, batch);
    RETURN_IF_ERROR(aggregate.argument->Evaluate(batch, values_));
    Ticker ticker(execution_.context);
    for (size_t row = 0; row < batch.rows; ++row) {
      RETURN_IF_ERROR(ticker.Tick());
      const uint32_t group = group_of_[row];
      if (aggregate.call->distinct) {
        if (!aggregate.seen[group].insert(values_[row]).second) continue;
        ++distinct_values_;
      }
      RETURN_IF_ERROR(aggregate.groups[group]->Add(values_[row]));
    }
    return absl::OkStatus();
  }

  // COUNT(*), COUNT(DISTINCT *).
  absl::Status AddRows(Aggregate& aggregate, const Batch& batch) {
    if (!aggregate.call->distinct && op_.implicit) {
      aggregate.groups[0]->AddRows(batch.rows);
      return absl::OkStatus();
    }
    std::vector<const std::vector<TermId>*> columns;
    for (const auto& column : batch.columns) columns.push_back(&column);
    RETURN_IF_ERROR(execution_.context.Check());
    for (size_t row = 0; row < batch.rows; ++row) {
      const uint32_t group = group_of_[row];
      if (aggregate.call->distinct) {
        bool inserted = false;
        aggregate.seen_rows[group].Insert(columns, row, &inserted);
        if (!inserted) continue;
        distinct_values_ += columns.size();
      }
      aggregate.groups[group]->AddRows(1);
    }
    return absl::OkStatus();
  }

  absl::Status ChargeGroups() {
    static constexpr size_t kDistinctBytes = 24;  // of a value, in a set that is kept twice while it grows
    const size_t bytes = groups_.Bytes() + group_count_ * bytes_per_group_ + distinct_values_ * kDistinctBytes;
    if (bytes <= charged_) return absl::OkStatus();
    RETURN_IF_ERROR(Charge(bytes - charged_));
    charged_ = bytes;
    return absl::OkStatus();
  }

  const plan::Group& op_;
  OperatorPtr input_;
  RowSet groups_;
  std::vector<int> key_columns_;
  std::vector<Aggregate> aggregates_;
  std::vector<uint32_t> group_of_;  // of the rows of the current batch
  std::vector<TermId> values_;
  uint32_t group_count_ = 0, at_ = 0;
  size_t distinct_values_ = 0, charged_ = 0, bytes_per_group_ = 0;
  bool read_ = false;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeGroup(const plan::PlanNode& node, Execution& execution,
                                      const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  auto result =
      std::make_unique<GroupOperator>(node, std::get<plan::Group>(node.op), execution, std::move(input));
  RETURN_IF_ERROR(result->Init(scope));
  return result;
}

}  // namespace dossier::query
