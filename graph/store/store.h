// The quad store: a directory that holds a set of quads and their terms.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Store> store, Store::Open(dir, {}));
//   std::unique_ptr<Transaction> tx = store->Begin();
//   RETURN_IF_ERROR(tx->Insert(quad));                       // any number of times
//   RETURN_IF_ERROR(tx->Commit());                           // atomic over everything, on disk when it returns
//
//   std::shared_ptr<const Snapshot> snapshot = store->GetSnapshot();
//   ASSIGN_OR_RETURN(auto cursor, snapshot->Scan({.predicate = p}, Order::kPso));
//   for (IdBatch batch; cursor->Next(batch) && batch.size > 0;) ...
//
// Thread-safety: Store and Snapshot may be used from any thread; a Transaction or Cursor from one at a time. One process holds a
// directory for writing; a second gets FailedPrecondition naming the directory and, where known, the holder. Snapshots, cursors
// and transactions must be gone before their Store is.
// Errors: DataLoss for damaged files, FailedPrecondition for a format of another version, ResourceExhausted for a full disk. After
// any failed commit the store is as it was before, and goes on when there is room again. But a failed *sync* may have dropped what was
// written, and a later one that succeeds proves nothing: then every change is refused until the store is opened anew; reading goes on.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "graph/base/status.h"
#include "graph/model/term.h"
#include "graph/model/term_id.h"

namespace dossier::graph {

// Column order of a scan. The graph is the last column; kG* put it first, for patterns that bind it alone.
enum class Order : uint8_t { kSpo, kSop, kPso, kPos, kOsp, kOps, kGspo };

// Unbound components are wildcards. `graph`: TermId::DefaultGraph() (the default of the struct) for the default graph, an id for one
// named graph; kAnyNamedGraph for all named graphs; kAnyGraph for every quad wherever it is.
struct IdPattern {
  enum class Graphs : uint8_t { kOne, kAnyNamed, kAny };
  TermId subject;
  TermId predicate;
  TermId object;
  TermId graph = TermId::DefaultGraph();  // with Graphs::kOne
  Graphs graphs = Graphs::kOne;
};

// A batch of quads in columns: `size` entries are valid in each. Reused between calls to keep its memory.
struct IdBatch {
  static constexpr size_t kCapacity = 2048;
  size_t size = 0;
  std::vector<TermId> subject, predicate, object, graph;
  void Reserve();  // resizes all columns to kCapacity
};

class Cursor {
 public:
  virtual ~Cursor() = default;
  // Fills `batch` with the next quads in order; size 0 at the end. At most kCapacity.
  virtual absl::Status Next(IdBatch& batch) = 0;
};

// One state of the store. All reads through a snapshot see that state, whatever is committed meanwhile.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // The quads that match, sorted by `order` (bits of the ids). Any order may be asked for with any pattern; those that put the bound
  // components first are cheap, others filter a longer range.
  virtual absl::StatusOr<std::unique_ptr<Cursor>> Scan(const IdPattern& pattern, Order order) const = 0;
  // The order that makes `pattern` a prefix range, and within it prefers `first_free` ('s', 'p', 'o', 'g' or 0 for no wish) as the
  // first unbound column.
  virtual Order BestOrder(const IdPattern& pattern, char first_free) const = 0;

  // Index join: for every key k = keys[i] (sorted, may repeat) the quads that match `pattern` with the component `column` ('s', 'p',
  // 'o' or 'g') set to k. Appends matches to `out` and to `origin` the index i each came from. Repeated keys give repeated matches.
  virtual absl::Status ScanMany(const IdPattern& pattern, char column, absl::Span<const TermId> keys, std::vector<IdQuad>& out,
                                std::vector<uint32_t>& origin) const = 0;

  // Exact number of matching quads, or `limit` when there are more. Some microseconds where the bound components are a prefix of an order,
  // which they always are for a graph of all graphs and for the default graph of a store without named graphs; otherwise a walk.
  virtual absl::StatusOr<uint64_t> Count(const IdPattern& pattern, uint64_t limit = UINT64_MAX) const = 0;

  // Number of distinct values that `column` ('s', 'p', 'o') has in the matching quads of all graphs. Exact while at most 256 changes in the
  // range are not folded yet (a millisecond then, some microseconds without), with more of them wrong by at most their number. With two
  // other components bound it is Count(), which counts a triple in every graph that has it.
  virtual absl::StatusOr<uint64_t> Distinct(const IdPattern& pattern, char column) const;

  // The id of `term`, or TermId::Unbound() when no quad of the store can contain it. Inlined values always have an id.
  virtual absl::StatusOr<TermId> Find(const Term& term) const = 0;
  // Terms of ids, in the order of `ids` (repeats allowed, sorted input is fastest). InvalidArgument for unbound, default-graph, local
  // or unknown ids.
  virtual absl::Status Decode(absl::Span<const TermId> ids, std::vector<Term>& terms) const = 0;

  // Number of quads in all graphs together.
  virtual uint64_t size() const = 0;
  // Ids of the named graphs that hold at least one quad, ascending.
  virtual absl::StatusOr<std::vector<TermId>> NamedGraphs() const = 0;
};

// What a store consists of, for `stats`.
struct StoreLayout {
  std::string format;          // name of the storage format, as docs/storage_format.md has it
  uint64_t quads = 0;
  uint64_t blocks = 0;         // packed blocks, all orders
  uint64_t delta_changes = 0;  // insertions and removals not yet folded into the blocks
  uint64_t folds = 0;          // since the store was opened
  uint64_t vocabularies = 0;   // sorted vocabularies that bulk loads made
  std::array<uint64_t, 4> terms = {};  // blank nodes, IRIs, triple terms, literals that ever had an id
  uint64_t file_bytes = 0;     // size of all tables
};

// Collects changes and applies them all at once. Reads through GetSnapshot() of the store do not see them before Commit().
// Within a transaction the later change to a quad wins. Dropping it without Commit() abandons it. One transaction may be open at a
// time: Begin() waits until the one before has written its changes, not until they are on disk, so that the commits of several threads
// share one sync (group commit). Nobody else sees a commit before it is on disk.
class Transaction {
 public:
  virtual ~Transaction() = default;
  // InvalidArgument for what is no RDF 1.2 quad (subject and graph: IRI or blank node; predicate: IRI), a term above 64 MiB, or triple
  // terms nested deeper than 500. The transaction may go on after it.
  virtual absl::Status Insert(const Quad& quad) = 0;
  virtual absl::Status Remove(const Quad& quad) = 0;
  // By id; ids must come from this store (Intern() or a snapshot's Find() or scan).
  virtual absl::Status Insert(const IdQuad& quad) = 0;
  virtual absl::Status Remove(const IdQuad& quad) = 0;
  // The id of `term`, assigned now if it is new; new ids become visible to others with Commit().
  virtual absl::StatusOr<TermId> Intern(const Term& term) = 0;
  // The state that the changes are applied to: for whoever reads before writing. It includes the commits before this one that are
  // written and not on disk yet, which Store::GetSnapshot() lacks; Commit() makes them durable with its own.
  virtual std::shared_ptr<const Snapshot> GetSnapshot() const = 0;
  // Synced to disk when it returns OK. The transaction is finished either way. Inserting what is there and removing what is not are
  // no changes; `changed()` afterwards tells how many quads came and went.
  virtual absl::Status Commit() = 0;
  struct Changes {
    uint64_t inserted = 0;
    uint64_t removed = 0;
  };
  virtual Changes changed() const = 0;
};

class Store {
 public:
  struct Options {
    bool create_if_missing = true;
    bool read_only = false;
    size_t cache_bytes = 256u << 20;  // block cache and term cache together
    // Changes that are kept beside the blocks before a background thread folds them in; 0: by the size of the store.
    uint64_t fold_at = 0;
    bool background_fold = true;  // false: only Fold() folds
  };

  // NotFound when the directory has no database and !create_if_missing; InvalidArgument when it exists and is something else (it is
  // left alone).
  static absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& directory, const Options& options);
  virtual ~Store() = default;

  virtual std::shared_ptr<const Snapshot> GetSnapshot() const = 0;
  // Precondition: not read-only. Whoever asks first has the first turn (a fold or bulk load too), so that no writer starves another.
  virtual std::unique_ptr<Transaction> Begin() = 0;
  // DeadlineExceeded when the turn did not come in time; with a deadline in the past: when it is not free. FailedPrecondition when read-only.
  virtual absl::StatusOr<std::unique_ptr<Transaction>> Begin(absl::Time deadline) = 0;

  // Folds all changes committed so far into the blocks. Readers and writers go on; it waits for the transaction that is open, which
  // must not be the calling thread's. FailedPrecondition when read-only.
  virtual absl::Status Fold() { return absl::OkStatus(); }
  virtual StoreLayout Layout() const { return {}; }
};

}  // namespace dossier::graph
