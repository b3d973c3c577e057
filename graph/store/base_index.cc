#include "graph/store/base_index.h"

#include <algorithm>
#include <utility>

#include "graph/base/status.h"
#include "graph/base/strings.h"

namespace dossier::graph {

OrderIndex::OrderIndex(std::vector<BlockRecord> records) : records_(std::move(records)) {
  totals_.resize(records_.size() + 1);
  for (size_t i = 0; i < records_.size(); ++i) {
    const BlockRecord& record = records_[i];
    const bool step1 = i == 0 || records_[i - 1].last[0] != record.first[0];
    const bool step2 = step1 || records_[i - 1].last[1] != record.first[1];
    const BlockTotals& before = totals_[i];
    totals_[i + 1] = {before.quads + record.quads, before.named + record.named, before.steps1 + record.steps1 + (step1 ? 1 : 0),
                      before.steps2 + record.steps2 + (step2 ? 1 : 0)};
  }
}

size_t OrderIndex::BlockOf(const QuadKey& key, size_t hint) const {
  if (hint < records_.size() && records_[hint].first <= key && (hint + 1 == records_.size() || key < records_[hint + 1].first)) {
    return hint;
  }
  const auto it = std::upper_bound(records_.begin(), records_.end(), key,
                                   [](const QuadKey& k, const BlockRecord& record) { return k < record.first; });
  return it == records_.begin() ? 0 : static_cast<size_t>(it - records_.begin()) - 1;
}

absl::StatusOr<std::shared_ptr<const BaseIndex>> BaseIndex::Load(const Database& database, const rocksdb::Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(database.db->NewIterator(options, database.family(Family::kIndex)));
  std::array<std::vector<BlockRecord>, kOrders> records;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    Order order = Order::kSpo;
    QuadKey first;
    BlockRecord record;
    if (!ParseBlockKey(FromSlice(it->key()), order, first)) {
      return DataLoss(Cat("database ", database.directory, ": malformed key in the index of blocks"));
    }
    record.first = first;
    if (!record.Decode(FromSlice(it->value()))) {
      return DataLoss(Cat("database ", database.directory, ": malformed record in the index of blocks"));
    }
    std::vector<BlockRecord>& of_order = records[static_cast<size_t>(order)];
    if (!of_order.empty() && !(of_order.back().last < record.first)) {
      return DataLoss(Cat("database ", database.directory, ": blocks overlap"));
    }
    of_order.push_back(record);
  }
  RETURN_IF_ERROR(database.Check(it->status()));
  Orders orders;
  for (size_t i = 0; i < kOrders; ++i) orders[i] = std::make_shared<const OrderIndex>(std::move(records[i]));
  return std::make_shared<const BaseIndex>(std::move(orders));
}

uint64_t BaseIndex::blocks() const {
  uint64_t sum = 0;
  for (const auto& order : orders_) sum += order->size();
  return sum;
}

std::string BlockKey(Order order, const QuadKey& first) {
  std::string key(33, static_cast<char>(order));
  for (size_t c = 0; c < 4; ++c) PutBigEndian(first[c], key.data() + 1 + 8 * c);
  return key;
}

bool ParseBlockKey(std::string_view key, Order& order, QuadKey& first) {
  if (key.size() != 33 || static_cast<unsigned char>(key[0]) >= kOrders) return false;
  order = static_cast<Order>(key[0]);
  for (size_t c = 0; c < 4; ++c) first[c] = GetBigEndian(key.data() + 1 + 8 * c);
  return true;
}

}  // namespace dossier::graph
