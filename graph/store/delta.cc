#include "graph/store/delta.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace dossier::graph {
namespace {

constexpr uint64_t kRemoval = uint64_t{1} << 63;  // subjects have tag 1 or 2
constexpr uint64_t kDefaultGraph = TermId::DefaultGraph().bits();

bool KeyLess(const DeltaChange& a, const DeltaChange& b) { return a.key < b.key; }

}  // namespace

std::pair<size_t, size_t> DeltaRun::View::Range(const QuadKey& low, const QuadKey& high) const {
  const auto begin = std::lower_bound(changes.begin(), changes.end(), low,
                                      [](const DeltaChange& change, const QuadKey& key) { return change.key < key; });
  auto end = changes.end();
  if (high != kLastKey) {
    end = std::lower_bound(begin, changes.end(), high, [](const DeltaChange& change, const QuadKey& key) { return change.key < key; });
  }
  return {static_cast<size_t>(begin - changes.begin()), static_cast<size_t>(end - changes.begin())};
}

std::vector<DeltaChange> InOrder(Order order, const std::vector<DeltaChange>& changes) {
  const std::array<uint8_t, 4>& columns = KeyOrder(order);
  std::vector<DeltaChange> moved;
  moved.reserve(changes.size());
  for (const DeltaChange& change : changes) {
    if (order == Order::kGspo && change.key[3] == kDefaultGraph) continue;
    moved.push_back({{}, change.sign});
    for (size_t c = 0; c < 4; ++c) moved.back().key[c] = change.key[columns[c]];
  }
  if (order != Order::kSpo) std::sort(moved.begin(), moved.end(), KeyLess);
  return moved;
}

DeltaRun::DeltaRun(std::vector<DeltaChange> changes) {
  views_[0].changes = std::move(changes);
  AddSums(views_[0], 3);
  std::call_once(made_[0], [] {});
}

void DeltaRun::AddSums(View& view, size_t graph_column) {
  view.sum.assign(view.changes.size() + 1, 0);
  view.sum_named.assign(view.changes.size() + 1, 0);
  for (size_t i = 0; i < view.changes.size(); ++i) {
    const auto sign = static_cast<int32_t>(view.changes[i].sign);
    view.sum[i + 1] = view.sum[i] + sign;
    view.sum_named[i + 1] = view.sum_named[i] + (view.changes[i].key[graph_column] != kDefaultGraph ? sign : 0);
  }
}

const DeltaRun::View& DeltaRun::In(Order order) const {
  const auto number = static_cast<size_t>(order);
  std::call_once(made_[number], [&] {
    View& view = views_[number];
    view.changes = InOrder(order, views_[0].changes);
    AddSums(view, order == Order::kGspo ? 0 : 3);
  });
  return views_[number];
}

std::vector<DeltaChange> MergeChanges(const std::vector<DeltaChange>& a, const std::vector<DeltaChange>& b) {
  std::vector<DeltaChange> out;
  out.reserve(a.size() + b.size());
  auto x = a.begin(), y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (x->key < y->key) {
      out.push_back(*x++);
    } else if (y->key < x->key) {
      out.push_back(*y++);
    } else {
      const int64_t sign = x->sign + y->sign;
      if (sign != 0) out.push_back({x->key, sign});
      ++x;
      ++y;
    }
  }
  out.insert(out.end(), x, a.end());
  out.insert(out.end(), y, b.end());
  return out;
}

Delta Delta::With(std::shared_ptr<const DeltaRun> run) const {
  Delta delta = *this;
  std::vector<std::shared_ptr<const DeltaRun>>& runs = delta.runs_;
  while (runs.size() > frozen_ && runs.back()->size() <= 2 * run->size()) {
    run = std::make_shared<const DeltaRun>(MergeChanges(runs.back()->In(Order::kSpo).changes, run->In(Order::kSpo).changes));
    runs.pop_back();
  }
  if (run->size() > 0) runs.push_back(std::move(run));
  return delta;
}

Delta Delta::Frozen() const {
  Delta delta = *this;
  delta.frozen_ = runs_.size();
  return delta;
}

Delta Delta::WithoutFrozen() const {
  Delta delta;
  delta.runs_.assign(runs_.begin() + static_cast<std::ptrdiff_t>(frozen_), runs_.end());
  return delta;
}

uint64_t Delta::changes() const {
  uint64_t sum = 0;
  for (const auto& run : runs_) sum += run->size();
  return sum;
}

std::vector<DeltaChange> Delta::All() const {
  std::vector<DeltaChange> all;
  for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) all = MergeChanges((*run)->In(Order::kSpo).changes, all);
  return all;
}

void Delta::Gather(Order order, const QuadKey& low, const QuadKey& high, std::vector<DeltaChange>& out) const {
  std::vector<DeltaChange> merged;
  bool any = false;
  for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
    const DeltaRun::View& view = (*run)->In(order);
    const auto [begin, end] = view.Range(low, high);
    if (begin == end) continue;
    std::vector<DeltaChange> part(view.changes.begin() + static_cast<std::ptrdiff_t>(begin),
                                  view.changes.begin() + static_cast<std::ptrdiff_t>(end));
    merged = any ? MergeChanges(part, merged) : std::move(part);
    any = true;
  }
  if (out.empty()) {
    out = std::move(merged);
  } else {
    out.insert(out.end(), merged.begin(), merged.end());
  }
}

std::pair<int64_t, int64_t> Delta::Sum(Order order, const QuadKey& low, const QuadKey& high) const {
  int64_t all = 0, named = 0;
  for (const auto& run : runs_) {
    const DeltaRun::View& view = run->In(order);
    const auto [begin, end] = view.Range(low, high);
    all += view.sum[end] - view.sum[begin];
    named += view.sum_named[end] - view.sum_named[begin];
  }
  return {all, named};
}

uint64_t Delta::CountChanges(Order order, const QuadKey& low, const QuadKey& high) const {
  uint64_t count = 0;
  for (const auto& run : runs_) {
    const auto [begin, end] = run->In(order).Range(low, high);
    count += end - begin;
  }
  return count;
}

int64_t Delta::SignOf(const QuadKey& quad) const {
  int64_t sign = 0;
  for (const auto& run : runs_) {
    const std::vector<DeltaChange>& changes = run->In(Order::kSpo).changes;
    const auto it = std::lower_bound(changes.begin(), changes.end(), quad,
                                     [](const DeltaChange& change, const QuadKey& key) { return change.key < key; });
    if (it != changes.end() && it->key == quad) sign += it->sign;
  }
  return sign;
}

std::string EncodeChanges(const std::vector<DeltaChange>& changes) {
  const bool plain = std::all_of(changes.begin(), changes.end(), [](const DeltaChange& c) { return c.key[3] == kDefaultGraph; });
  const size_t columns = plain ? 3 : 4;
  std::string record(1 + 8 * columns * changes.size(), static_cast<char>(columns));
  char* at = record.data() + 1;
  for (const DeltaChange& change : changes) {
    QuadKey key = change.key;
    if (change.sign < 0) key[0] |= kRemoval;
    std::memcpy(at, key.data(), 8 * columns);
    at += 8 * columns;
  }
  return record;
}

std::optional<std::vector<DeltaChange>> DecodeChanges(std::string_view record) {
  if (record.empty() || (record[0] != 3 && record[0] != 4)) return std::nullopt;
  const auto columns = static_cast<size_t>(record[0]);
  if ((record.size() - 1) % (8 * columns) != 0) return std::nullopt;
  std::vector<DeltaChange> changes((record.size() - 1) / (8 * columns));
  const char* at = record.data() + 1;
  for (size_t i = 0; i < changes.size(); ++i, at += 8 * columns) {
    DeltaChange& change = changes[i];
    change.key = {0, 0, 0, kDefaultGraph};
    std::memcpy(change.key.data(), at, 8 * columns);
    change.sign = (change.key[0] & kRemoval) != 0 ? -1 : 1;
    change.key[0] &= ~kRemoval;
    if (i > 0 && !(changes[i - 1].key < change.key)) return std::nullopt;
  }
  return changes;
}

}  // namespace dossier::graph
