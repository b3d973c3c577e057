// Programs over the rows of a batch.
#include <algorithm>

#include "query/expr/casts.h"
#include "query/expr/program.h"

namespace dossier::query {
namespace {

using algebra::Function;
using graph::TermId;
using Kind = ExpressionNode::Kind;

// Decoded terms are kept over batches until they take this much.
constexpr size_t kMaxKnownBytes = size_t{8} << 20;
constexpr size_t kMaxKnown = size_t{1} << 15;
// Texts of this size are looked at one by one: each may take long, and much memory.
constexpr size_t kLongText = size_t{64} << 10;

bool IsInlinedNumber(TermId id) {
  switch (id.tag()) {
    case TermId::Tag::kBoolean:
    case TermId::Tag::kInteger:
    case TermId::Tag::kDecimal:
    case TermId::Tag::kDouble:
      return true;
    default:
      return false;
  }
}

}  // namespace

Program::~Program() {
  Forget();
  for (const ExpressionNode& node : nodes_) {
    if (node.charged > 0) state_.vocabulary.context().Charge(-static_cast<int64_t>(node.charged), "").IgnoreError();
  }
}

void Program::Begin(const Batch& batch) {
  state_.batch = &batch;
  cells_.resize(batch.columns.size());
  slice_begin_ = slice_end_ = 0;
}

void Program::Forget() {
  known_.clear();
  operands_.clear();
  state_.vocabulary.context().Charge(-static_cast<int64_t>(known_bytes_), "").IgnoreError();
  known_bytes_ = known_before_ = 0;
}

void Program::NextSlice() {
  const size_t added = known_bytes_ - known_before_;
  if (slice_end_ > 0 && added > kMaxKnownBytes / 2) {
    slice_rows_ = std::max<size_t>(1, slice_rows_ / 4);
  } else if (added < kMaxKnownBytes / 16) {
    slice_rows_ = std::min(Batch::kCapacity, 2 * slice_rows_);
  }
  if (known_.size() > kMaxKnown || known_bytes_ > kMaxKnownBytes) Forget();
  known_before_ = known_bytes_;
  slice_begin_ = state_.row;
  slice_end_ = slice_begin_ + slice_rows_;
  for (Cells& cells : cells_) cells.decoded = false;
}

const Operand& Program::EvaluateRow(size_t row) {
  state_.row = row;
  state_.solution = 0;
  if (row >= slice_end_) NextSlice();
  return Eval(static_cast<uint32_t>(nodes_.size() - 1));
}

const Operand& Program::Eval(uint32_t index) {
  ExpressionNode& node = nodes_[index];
  switch (node.kind) {
    case Kind::kColumn:
      return EvalColumn(node);
    case Kind::kConstant:
      return node.result;
    case Kind::kUnbound:
    case Kind::kUnknownFunction:
      return error_;
    case Kind::kExists:
      EvalExists(node);
      break;
    case Kind::kCast: {
      const Operand& argument = Eval(node.args[0]);
      node.result.SetError();
      if (!argument.is_error()) CastTo(node.datatype, argument, node.result);
      break;
    }
    case Kind::kCall:
      if (node.builtin == nullptr) {
        EvalForm(node);
      } else if (!EvalComparisonOfIds(node)) {
        EvalBuiltin(node);
      }
      break;
  }
  return node.result;
}

const Operand& Program::EvalColumn(ExpressionNode& node) {
  const auto column = static_cast<size_t>(node.column);
  const TermId id = state_.batch->columns[column][state_.row];
  if (id.is_unbound()) return error_;
  if (IsInlinedNumber(id)) {
    if (node.result.id() == id && !node.result.is_error()) return node.result;
    if (!node.result.SetInlined(id)) node.result.SetError();
    return node.result;
  }
  if (!cells_[column].decoded) {
    const absl::Status status = DecodeColumn(node.column);
    if (!status.ok()) {
      state_.status = status;
      return error_;
    }
  }
  return *cells_[column].rows[state_.row - slice_begin_];
}

absl::Status Program::DecodeColumn(int column) {
  const std::vector<TermId>& ids = state_.batch->columns[static_cast<size_t>(column)];
  const size_t end = std::min(slice_end_, state_.batch->rows);
  Cells& cells = cells_[static_cast<size_t>(column)];
  cells.rows.assign(end - slice_begin_, &error_);
  std::vector<TermId> wanted;
  for (size_t i = slice_begin_; i < end; ++i) {
    if (ids[i].is_unbound() || IsInlinedNumber(ids[i])) continue;
    if (known_.try_emplace(ids[i], nullptr).second) wanted.push_back(ids[i]);
  }
  std::vector<std::optional<graph::Term>> terms;
  absl::Status status = state_.vocabulary.LookupMany(wanted, terms);
  size_t bytes = 0;
  for (const std::optional<graph::Term>& term : terms) bytes += sizeof(Operand) + (term ? term->value().size() : 0);
  if (status.ok()) status = state_.vocabulary.context().Charge(static_cast<int64_t>(bytes), "terms of an expression");
  if (!status.ok()) {
    for (const TermId id : wanted) known_.erase(id);
    return status;
  }
  known_bytes_ += bytes;
  for (size_t i = 0; i < wanted.size(); ++i) {
    operands_.emplace_back().SetTerm(wanted[i], *std::move(terms[i]));
    known_[wanted[i]] = &operands_.back();
  }
  for (size_t i = slice_begin_; i < end; ++i) {
    if (ids[i].is_unbound() || IsInlinedNumber(ids[i])) continue;
    cells.rows[i - slice_begin_] = known_.find(ids[i])->second;
  }
  cells.decoded = true;
  return absl::OkStatus();
}

TermId Program::IdOfLeaf(const ExpressionNode& node) const {
  if (node.kind == Kind::kColumn) return state_.batch->columns[static_cast<size_t>(node.column)][state_.row];
  if (node.kind == Kind::kConstant) return node.result.id();
  return TermId::Unbound();
}

// Comparisons of variables and constants that their ids decide, without decoding a term. True when done.
bool Program::EvalComparisonOfIds(ExpressionNode& node) {
  if (node.args.size() != 2) return false;
  const TermId a = IdOfLeaf(nodes_[node.args[0]]);
  const TermId b = IdOfLeaf(nodes_[node.args[1]]);
  if (a.is_unbound() || b.is_unbound()) return false;
  const bool integers = a.tag() == TermId::Tag::kInteger && b.tag() == TermId::Tag::kInteger;
  switch (node.function) {
    case Function::kSameTerm:
      node.result.SetBoolean(a == b);
      return true;
    case Function::kEqual:
    case Function::kNotEqual: {
      const std::optional<bool> equal = EqualIds(a, b);
      if (!equal.has_value()) return false;
      node.result.SetBoolean(*equal == (node.function == Function::kEqual));
      return true;
    }
    // The bias keeps the order of integers in the payload.
    case Function::kLess:
      if (integers) node.result.SetBoolean(a.payload() < b.payload());
      return integers;
    case Function::kGreater:
      if (integers) node.result.SetBoolean(a.payload() > b.payload());
      return integers;
    case Function::kLessEqual:
      if (integers) node.result.SetBoolean(a.payload() <= b.payload());
      return integers;
    case Function::kGreaterEqual:
      if (integers) node.result.SetBoolean(a.payload() >= b.payload());
      return integers;
    default:
      return false;
  }
}

void Program::EvalBuiltin(ExpressionNode& node) {
  node.result.SetError();
  for (size_t i = 0; i < node.args.size(); ++i) {
    node.operands[i] = &Eval(node.args[i]);
    if (node.operands[i]->is_error() || !state_.status.ok()) return;
    if (node.operands[i]->text_bytes() > kLongText) {
      state_.status = state_.vocabulary.context().Check();
      if (!state_.status.ok()) return;
    }
  }
  BuiltinCall call{state_, node.regex};
  node.builtin(call, node.operands, node.result);
  if (node.result.text_bytes() > kLongText || node.charged > 0) ChargeResult(node);
}

// Long results stay in their nodes until the next row.
void Program::ChargeResult(ExpressionNode& node) {
  const size_t bytes = node.result.text_bytes();
  if (bytes <= node.charged) return;
  const absl::Status status = state_.vocabulary.context().Charge(static_cast<int64_t>(bytes - node.charged), "strings of an expression");
  if (!status.ok()) {
    state_.status = status;
    return;
  }
  node.charged = bytes;
}

void Program::EvalForm(ExpressionNode& node) {
  node.result.SetError();
  switch (node.function) {
    case Function::kOr:
      return EvalLogic(node, true);
    case Function::kAnd:
      return EvalLogic(node, false);
    case Function::kNot: {
      const Truth truth = EffectiveBooleanValue(Eval(node.args[0]));
      if (truth != Truth::kError) node.result.SetBoolean(truth == Truth::kFalse);
      return;
    }
    case Function::kIn:
      return EvalIn(node, false);
    case Function::kNotIn:
      return EvalIn(node, true);
    case Function::kBound: {
      const ExpressionNode& leaf = nodes_[node.args[0]];
      return node.result.SetBoolean(leaf.kind == Kind::kColumn ? IdOfLeaf(leaf).is_bound()
                                                               : !Eval(node.args[0]).is_error());
    }
    case Function::kIf: {
      const Truth condition = EffectiveBooleanValue(Eval(node.args[0]));
      if (condition != Truth::kError) node.result = Eval(node.args[condition == Truth::kTrue ? 1 : 2]);
      return;
    }
    case Function::kCoalesce:
      for (const uint32_t arg : node.args) {
        const Operand& value = Eval(arg);
        if (!value.is_error()) {
          node.result = value;
          return;
        }
      }
      return;
    default:
      return;
  }
}

// §17.2: the dominant value decides whatever the others are; without it an error makes an error.
void Program::EvalLogic(ExpressionNode& node, bool dominant) {
  bool error = false;
  for (const uint32_t arg : node.args) {
    const Truth truth = EffectiveBooleanValue(Eval(arg));
    if (truth == TruthOf(dominant)) return node.result.SetBoolean(dominant);
    error = error || truth == Truth::kError;
  }
  if (!error) node.result.SetBoolean(!dominant);
}

// §17.4.1.9: x = a || x = b || ...
void Program::EvalIn(ExpressionNode& node, bool negated) {
  if (node.members != nullptr) {
    // A resource is equal to itself alone; a literal, when it is there as it is and is not NaN, is found at
    // once too.
    const TermId id = IdOfLeaf(nodes_[node.args[0]]);
    const TermId::Tag tag = id.tag();
    const bool resource = tag == TermId::Tag::kIri || tag == TermId::Tag::kBlankNode;
    const bool exact =
        tag == TermId::Tag::kInteger || tag == TermId::Tag::kBoolean || tag == TermId::Tag::kShortString;
    const bool found = (resource || exact) && node.members->contains(id);
    if (found || resource) return node.result.SetBoolean(found != negated);
  }
  const Operand& value = Eval(node.args[0]);
  if (value.is_error()) return;
  bool error = false;
  for (size_t i = 1; i < node.args.size(); ++i) {
    const Truth truth = Equal(value, Eval(node.args[i]));
    if (truth == Truth::kTrue) return node.result.SetBoolean(!negated);
    error = error || truth == Truth::kError;
  }
  if (!error) node.result.SetBoolean(negated);
}

void Program::EvalExists(ExpressionNode& node) {
  node.result.SetError();
  const absl::StatusOr<bool> exists = node.tester->Test(*state_.batch, state_.row);
  if (!exists.ok()) {
    state_.status = exists.status();
    return;
  }
  node.result.SetBoolean(*exists != node.negated);
}

}  // namespace dossier::query
