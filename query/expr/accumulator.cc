// Aggregates: SPARQL 1.1 §18.5.1. An error among the values makes SUM, AVG, MIN and MAX an error. GROUP_CONCAT
// leaves such values out: the specification does not say, and what an OPTIONAL left unbound should not hide the
// rest of the group.
#include "graph/base/strings.h"
#include "query/expr/builtin.h"
#include "query/expr/order_key.h"

namespace dossier::query {
namespace {

using algebra::Aggregate;
using graph::TermId;
using graph::Value;

absl::Status SetOperand(TermId id, const Vocabulary& vocabulary, Operand& operand) {
  if (operand.SetInlined(id)) return absl::OkStatus();
  ASSIGN_OR_RETURN(graph::Term term, vocabulary.Lookup(id));
  operand.SetTerm(id, std::move(term));
  return absl::OkStatus();
}

absl::StatusOr<TermId> IdOfValue(const Value& value, Vocabulary& vocabulary) {
  Operand operand;
  operand.SetValue(value);
  return IdOf(operand, vocabulary);
}

class CountAccumulator : public Accumulator {
 public:
  explicit CountAccumulator(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}
  absl::Status Add(TermId value) override {
    if (value.is_bound()) ++count_;
    return absl::OkStatus();
  }
  void AddRows(uint64_t n) override { count_ += n; }
  absl::StatusOr<TermId> Result() override {
    return IdOfValue(Value::Integer(static_cast<int64_t>(count_)), vocabulary_);
  }

 private:
  Vocabulary& vocabulary_;
  uint64_t count_ = 0;
};

// SUM and AVG.
class SumAccumulator : public Accumulator {
 public:
  SumAccumulator(bool average, Vocabulary& vocabulary) : average_(average), vocabulary_(vocabulary) {}

  absl::Status Add(TermId id) override {
    if (error_) return absl::OkStatus();
    ++count_;
    int64_t sum = 0;
    if (id.tag() == TermId::Tag::kInteger && !__builtin_add_overflow(integers_, IntegerOfId(id), &sum)) {
      integers_ = sum;
      return absl::OkStatus();
    }
    if (id.is_unbound()) {
      error_ = true;
      return absl::OkStatus();
    }
    Operand operand;
    RETURN_IF_ERROR(SetOperand(id, vocabulary_, operand));
    AddValue(operand.is_literal() ? operand.value() : Value());
    if (error_ || charged_ > 0 || !sum_.is_exact() || sum_.exact().SmallParts()) return absl::OkStatus();
    constexpr int64_t kBigNumber = 2048;  // Decimal::kMaxDigits
    RETURN_IF_ERROR(vocabulary_.context().Charge(kBigNumber, average_ ? "AVG" : "SUM"));
    charged_ = kBigNumber;
    return absl::OkStatus();
  }
  ~SumAccumulator() override { vocabulary_.context().Charge(-charged_, "").IgnoreError(); }
  void AddRows(uint64_t) override {}

  absl::StatusOr<TermId> Result() override {
    if (!error_) AddValue(Value::Integer(integers_));
    integers_ = 0;
    if (error_) return TermId::Unbound();
    if (!average_ || count_ == 0) return IdOfValue(sum_, vocabulary_);  // AVG of nothing is 0
    const std::optional<Value> mean = Divide(sum_, Value::Integer(static_cast<int64_t>(count_)));
    if (!mean.has_value()) return TermId::Unbound();
    return IdOfValue(*mean, vocabulary_);
  }

 private:
  void AddValue(const Value& value) {
    if (!value.is_numeric()) {
      error_ = true;
      return;
    }
    std::optional<Value> sum = graph::Add(sum_, value);
    error_ = !sum.has_value();
    if (!error_) sum_ = *std::move(sum);
  }

  bool average_;
  Vocabulary& vocabulary_;
  bool error_ = false;
  uint64_t count_ = 0;
  int64_t integers_ = 0;  // the sum of the inlined integers
  Value sum_ = Value::Integer(0);
  int64_t charged_ = 0;
};

// MIN and MAX, by the order of ORDER BY.
class ExtremeAccumulator : public Accumulator {
 public:
  ExtremeAccumulator(bool greatest, Vocabulary& vocabulary) : greatest_(greatest), vocabulary_(vocabulary) {}

  ~ExtremeAccumulator() override { vocabulary_.context().Charge(-charged_, "").IgnoreError(); }

  absl::Status Add(TermId id) override {
    if (id.is_unbound()) error_ = true;
    if (error_ || id == best_) return absl::OkStatus();
    Operand operand;
    RETURN_IF_ERROR(SetOperand(id, vocabulary_, operand));
    KeyArena scratch;
    const OrderKey key = MakeOrderKey(operand, scratch);
    if (best_.is_bound()) {
      const int order = CompareKeys(key, best_key_);
      if (greatest_ ? order <= 0 : order >= 0) return absl::OkStatus();
    }
    const auto bytes = static_cast<int64_t>(BytesOfKey(key));
    RETURN_IF_ERROR(vocabulary_.context().Charge(bytes, greatest_ ? "MAX" : "MIN"));
    vocabulary_.context().Charge(-charged_, "").IgnoreError();
    charged_ = bytes;
    best_ = id;
    arena_.Clear();
    best_operand_ = std::move(operand);
    best_key_ = MakeOrderKey(best_operand_, arena_);
    return absl::OkStatus();
  }
  void AddRows(uint64_t) override {}
  absl::StatusOr<TermId> Result() override { return error_ ? TermId::Unbound() : best_; }

 private:
  bool greatest_;
  Vocabulary& vocabulary_;
  bool error_ = false;
  TermId best_;
  Operand best_operand_;
  KeyArena arena_;
  OrderKey best_key_;  // refers to both
  int64_t charged_ = 0;
};

class SampleAccumulator : public Accumulator {
 public:
  absl::Status Add(TermId id) override {
    if (sample_.is_unbound()) sample_ = id;
    return absl::OkStatus();
  }
  void AddRows(uint64_t) override {}
  absl::StatusOr<TermId> Result() override { return sample_; }

 private:
  TermId sample_;
};

class ConcatAccumulator : public Accumulator {
 public:
  ConcatAccumulator(std::string separator, Vocabulary& vocabulary)
      : separator_(std::move(separator)), vocabulary_(vocabulary) {}
  ~ConcatAccumulator() override { Release(); }

  absl::Status Add(TermId id) override {
    if (id.is_unbound()) return absl::OkStatus();
    Operand operand;
    RETURN_IF_ERROR(SetOperand(id, vocabulary_, operand));
    if (operand.is_blank() || operand.is_triple()) return absl::OkStatus();  // STR() has no answer for them
    const std::string& value = operand.term().value();
    const size_t added = value.size() + (first_ ? 0 : separator_.size());
    if (text_.size() + added > kMaxStringBytes) {
      return ResourceExhausted(
          Cat("GROUP_CONCAT would make a string of more than ", kMaxStringBytes >> 20, " MiB"));
    }
    RETURN_IF_ERROR(vocabulary_.context().Charge(static_cast<int64_t>(2 * added), "GROUP_CONCAT"));
    if (!first_) text_ += separator_;
    text_ += value;
    first_ = false;
    return absl::OkStatus();
  }
  void AddRows(uint64_t) override {}
  absl::StatusOr<TermId> Result() override {
    if (result_.is_bound()) return result_;
    const graph::Term term = graph::Term::Literal(text_);
    Release();
    ASSIGN_OR_RETURN(result_, vocabulary_.Intern(term));
    return result_;
  }

 private:
  void Release() {
    vocabulary_.context().Charge(-static_cast<int64_t>(2 * text_.size()), "GROUP_CONCAT").IgnoreError();
    text_ = std::string();
  }

  TermId result_;
  std::string separator_;
  Vocabulary& vocabulary_;
  bool first_ = true;
  std::string text_;
};

}  // namespace

size_t Accumulator::BytesOf(Aggregate function) {
  constexpr size_t kBlock = 2 * sizeof(void*) + sizeof(std::unique_ptr<Accumulator>);
  switch (function) {
    case Aggregate::kCount:
      return sizeof(CountAccumulator) + kBlock;
    case Aggregate::kSum:
    case Aggregate::kAvg:
      return sizeof(SumAccumulator) + kBlock;
    case Aggregate::kMin:
    case Aggregate::kMax:
      return sizeof(ExtremeAccumulator) + kBlock;
    case Aggregate::kSample:
      return sizeof(SampleAccumulator) + kBlock;
    case Aggregate::kGroupConcat:
      return sizeof(ConcatAccumulator) + kBlock;
  }
  return 0;
}

std::unique_ptr<Accumulator> Accumulator::Create(Aggregate function, const std::string& separator,
                                                 Vocabulary& vocabulary) {
  switch (function) {
    case Aggregate::kCount:
      return std::make_unique<CountAccumulator>(vocabulary);
    case Aggregate::kSum:
      return std::make_unique<SumAccumulator>(false, vocabulary);
    case Aggregate::kAvg:
      return std::make_unique<SumAccumulator>(true, vocabulary);
    case Aggregate::kMin:
      return std::make_unique<ExtremeAccumulator>(false, vocabulary);
    case Aggregate::kMax:
      return std::make_unique<ExtremeAccumulator>(true, vocabulary);
    case Aggregate::kSample:
      return std::make_unique<SampleAccumulator>();
    case Aggregate::kGroupConcat:
      return std::make_unique<ConcatAccumulator>(separator, vocabulary);
  }
  return nullptr;
}

}  // namespace dossier::query
