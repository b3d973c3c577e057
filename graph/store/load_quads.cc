#include "graph/store/load_quads.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <thread>
#include <utility>

#include "graph/base/status.h"
#include "graph/store/fold.h"

namespace dossier::graph {
namespace {

constexpr size_t kSourceChanges = 8192;
constexpr unsigned kRadixBits = 11;
constexpr uint64_t kDefaultGraph = TermId::DefaultGraph().bits();

__extension__ typedef unsigned __int128 Wide;

void SortKeys(std::vector<Wide>& keys, unsigned) { std::sort(keys.begin(), keys.end()); }

// By digits from the lowest on.
void SortKeys(std::vector<uint64_t>& keys, unsigned bits) {
  std::vector<uint64_t> other(keys.size());
  for (unsigned shift = 0; shift < bits; shift += kRadixBits) {
    constexpr uint64_t kMask = (uint64_t{1} << kRadixBits) - 1;
    std::array<size_t, size_t{1} << kRadixBits> begin = {};
    for (const uint64_t key : keys) ++begin[(key >> shift) & kMask];
    size_t sum = 0;
    for (size_t& count : begin) sum += std::exchange(count, sum);
    for (const uint64_t key : keys) other[begin[(key >> shift) & kMask]++] = key;
    keys.swap(other);
  }
}

// For each column: the ids that occur in it, ascending, and the bits that number them.
struct ColumnIds {
  std::array<std::vector<uint64_t>, 4> ids;
  std::array<unsigned, 4> bits = {};
  unsigned total = 0;
};

// Numbers of the tables -> numbers of a column.
using Numbers = std::vector<std::vector<uint32_t>>;

// All ids of the tables, ascending, and the place of each table's numbers among them.
struct Ranks {
  std::vector<uint64_t> ids;
  Numbers of_table;
};

Ranks RankIds(absl::Span<TermTable* const> tables, const std::vector<std::vector<TermId>>& ids) {
  struct Use {
    uint64_t id;
    uint32_t table, number;
  };
  std::vector<Use> uses;
  Ranks ranks;
  ranks.of_table.resize(tables.size());
  for (size_t t = 0; t < tables.size(); ++t) {
    ranks.of_table[t].resize(ids[t].size());
    for (size_t i = 0; i < ids[t].size(); ++i) uses.push_back({ids[t][i].bits(), static_cast<uint32_t>(t), static_cast<uint32_t>(i)});
  }
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.id < b.id; });
  for (const Use& use : uses) {
    if (ranks.ids.empty() || ranks.ids.back() != use.id) ranks.ids.push_back(use.id);
    ranks.of_table[use.table][use.number] = static_cast<uint32_t>(ranks.ids.size() - 1);
  }
  return ranks;
}

Numbers NumberColumn(absl::Span<TermTable* const> tables, const Ranks& ranks, size_t column, std::vector<uint64_t>& out) {
  std::vector<bool> used(ranks.ids.size());
  for (size_t t = 0; t < tables.size(); ++t) {
    for (const auto& rows : tables[t]->rows()) {
      for (const TermTable::Row& row : rows) used[ranks.of_table[t][row[column]]] = true;
    }
  }
  std::vector<uint32_t> dense(used.size());
  for (size_t rank = 0; rank < used.size(); ++rank) {
    dense[rank] = static_cast<uint32_t>(out.size());
    if (used[rank]) out.push_back(ranks.ids[rank]);
  }
  Numbers numbers(tables.size());
  for (size_t t = 0; t < tables.size(); ++t) {
    numbers[t].reserve(ranks.of_table[t].size());
    for (const uint32_t rank : ranks.of_table[t]) numbers[t].push_back(dense[rank]);
  }
  return numbers;
}

template <typename Key>
class QuadLoad {
 public:
  QuadLoad(StoreCore& core, const StoreState& head, const ColumnIds& columns, const std::atomic<bool>* cancelled)
      : db_(core.database()), head_(head), columns_(columns), cancelled_(cancelled) {}

  void Pack(absl::Span<TermTable* const> tables, const std::array<Numbers, 4>& numbers) {
    size_t quads = 0;
    for (const TermTable* table : tables) quads += table->quads();
    keys_.reserve(quads);
    for (size_t t = 0; t < tables.size(); ++t) {
      for (const auto& rows : tables[t]->rows()) {
        for (const TermTable::Row& row : rows) {
          Key key = 0;
          for (size_t c = 0; c < 4; ++c) key = Append(key, numbers[c][t][row[c]], c);
          keys_.push_back(key);
        }
      }
      tables[t]->ForgetRows();
    }
  }

  // Sorts by subject, drops repeats and what the store has.
  absl::Status Reduce() {
    SortKeys(keys_, columns_.total);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    if (head_.base->of(Order::kSpo).empty()) return absl::OkStatus();
    RangeReader reader(head_.View(db_), Order::kSpo);
    size_t kept = 0;
    for (const Key key : keys_) {
      ASSIGN_OR_RETURN(const bool there, reader.BaseHas(IdsOf(key, Order::kSpo)));
      if (!there) keys_[kept++] = key;
    }
    keys_.resize(kept);
    return absl::OkStatus();
  }

  uint64_t size() const { return keys_.size(); }

  absl::StatusOr<std::shared_ptr<const OrderIndex>> Write(Order order, TableSink& sink) const {
    std::vector<Key> moved;
    if (order != Order::kSpo) Move(order, moved);
    const std::vector<Key>& keys = order == Order::kSpo ? keys_ : moved;
    size_t at = 0;
    const ChangeSource source = [&](std::vector<DeltaChange>& changes) -> absl::Status {
      if (cancelled_ != nullptr && cancelled_->load()) return Cancelled("interrupted");
      const size_t end = std::min(keys.size(), at + kSourceChanges);
      changes.reserve(kSourceChanges);
      for (; at < end; ++at) changes.push_back({IdsOf(keys[at], order), 1});
      return absl::OkStatus();
    };
    return RewriteOrder(head_.View(db_), order, source, sink);
  }

 private:
  Key Append(Key key, uint32_t number, size_t column) const { return (key << columns_.bits[column]) | number; }

  // The numbers in `key`, which is packed in `order`, in that order.
  std::array<uint32_t, 4> Unpack(Key key, const std::array<uint8_t, 4>& order) const {
    std::array<uint32_t, 4> numbers;
    for (size_t c = 4; c-- > 0;) {
      const unsigned bits = columns_.bits[order[c]];
      numbers[c] = static_cast<uint32_t>(key & ((Key{1} << bits) - 1));
      key >>= bits;
    }
    return numbers;
  }
  QuadKey IdsOf(Key key, Order order) const {
    const std::array<uint8_t, 4>& names = KeyOrder(order);
    const std::array<uint32_t, 4> numbers = Unpack(key, names);
    return {columns_.ids[names[0]][numbers[0]], columns_.ids[names[1]][numbers[1]], columns_.ids[names[2]][numbers[2]],
            columns_.ids[names[3]][numbers[3]]};
  }
  void Move(Order order, std::vector<Key>& moved) const {
    const std::array<uint8_t, 4>& names = KeyOrder(order);
    const bool skip_default = order == Order::kGspo && columns_.ids[3][0] == kDefaultGraph;
    if (!skip_default) moved.reserve(keys_.size());
    for (const Key key : keys_) {
      const std::array<uint32_t, 4> numbers = Unpack(key, KeyOrder(Order::kSpo));
      if (skip_default && numbers[3] == 0) continue;
      Key out = 0;
      for (const uint8_t column : names) out = Append(out, numbers[column], column);
      moved.push_back(out);
    }
    SortKeys(moved, columns_.total);
  }

  const Database& db_;
  const StoreState& head_;
  const ColumnIds& columns_;
  const std::atomic<bool>* cancelled_;
  std::vector<Key> keys_;  // in the order spo
};

template <typename Key>
absl::StatusOr<LoadedQuads> WriteAs(StoreCore& core, const StoreState& head, absl::Span<TermTable* const> tables,
                                    const ColumnIds& columns, std::array<Numbers, 4> numbers, int threads,
                                    const std::atomic<bool>* cancelled, TableSink& sink) {
  QuadLoad<Key> load(core, head, columns, cancelled);
  load.Pack(tables, numbers);
  numbers = {};
  RETURN_IF_ERROR(load.Reduce());
  std::array<absl::Status, kOrders> statuses;
  BaseIndex::Orders orders;
  std::array<std::unique_ptr<TableSink>, kOrders> sinks;
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < kOrders; i = next++) {
      sinks[i] = std::make_unique<TableSink>(core.database(), /*tables=*/true);
      absl::StatusOr<std::shared_ptr<const OrderIndex>> index = load.Write(static_cast<Order>(i), *sinks[i]);
      if (index.ok()) orders[i] = *std::move(index);
      else statuses[i] = index.status();
    }
  };
  std::vector<std::thread> workers;
  for (int i = 0; i < std::min(threads, static_cast<int>(kOrders)); ++i) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  for (const absl::Status& status : statuses) RETURN_IF_ERROR(status);
  for (const auto& part : sinks) RETURN_IF_ERROR(sink.Absorb(*part));
  return LoadedQuads{load.size(), std::make_shared<const BaseIndex>(std::move(orders))};
}

}  // namespace

absl::StatusOr<LoadedQuads> WriteQuads(StoreCore& core, const StoreState& head, absl::Span<TermTable* const> tables,
                                       const std::vector<std::vector<TermId>>& ids, int threads, const std::atomic<bool>* cancelled,
                                       TableSink& sink) {
  ColumnIds columns;
  std::array<Numbers, 4> numbers;
  {
    const Ranks ranks = RankIds(tables, ids);
    std::vector<std::thread> workers;
    for (size_t c = 0; c < 4; ++c) workers.emplace_back([&, c] { numbers[c] = NumberColumn(tables, ranks, c, columns.ids[c]); });
    for (std::thread& worker : workers) worker.join();
  }
  for (size_t c = 0; c < 4; ++c) {
    columns.bits[c] = columns.ids[c].empty() ? 0 : static_cast<unsigned>(std::bit_width(columns.ids[c].size() - 1));
    columns.total += columns.bits[c];
  }
  if (columns.ids[0].empty()) return LoadedQuads{0, head.base};
  if (columns.total < 64) return WriteAs<uint64_t>(core, head, tables, columns, std::move(numbers), threads, cancelled, sink);
  return WriteAs<Wide>(core, head, tables, columns, std::move(numbers), threads, cancelled, sink);
}

}  // namespace dossier::graph
