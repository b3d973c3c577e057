#include "graph/store/bulk_load.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "graph/base/strings.h"
#include "graph/io/byte_source.h"
#include "graph/model/inline_value.h"
#include "graph/store/load_lines.h"
#include "graph/store/load_quads.h"
#include "graph/store/load_terms.h"
#include "graph/store/load_vocabulary.h"
#include "graph/store/store_impl.h"

namespace dossier::graph {
namespace {

constexpr size_t kChunkBytes = 1u << 20;
constexpr size_t kMaxLineBytes = 300u << 20;  // four terms of 64 MiB and a little
constexpr uint64_t kCheckEvery = 1024;
// What sorting quads needs beside the terms, in bytes a quad: packed in one order, and twice in each of two others. Sorting terms needs
// half as much as they take, beside the quads as read.
constexpr size_t kSortBytes = 44;
constexpr int kMaxThreads = 64;
constexpr uint64_t kFewQuads = 20000;  // fewer go through a transaction

// Whole lines of a file.
struct Chunk {
  std::string text;
  uint64_t first_line = 0;
  size_t offset = 0;
};

// Hands chunks to the threads that parse; waits when they have enough.
class ChunkQueue {
 public:
  explicit ChunkQueue(size_t capacity) : capacity_(capacity) {}
  void Push(Chunk chunk) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return chunks_.size() < capacity_; });
    chunks_.push_back(std::move(chunk));
    changed_.notify_all();
  }
  bool Pop(Chunk& chunk) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !chunks_.empty() || closed_; });
    if (chunks_.empty()) return false;
    chunk = std::move(chunks_.front());
    chunks_.pop_front();
    changed_.notify_all();
    return true;
  }
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  const size_t capacity_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Chunk> chunks_;
  bool closed_ = false;
};

class BulkLoader {
 public:
  BulkLoader(Store& store, StoreCore& core, const BulkLoadOptions& options)
      : store_(store), core_(core), options_(options),
        threads_(std::clamp(options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency()), 1, kMaxThreads)) {
    NewTables();
  }

  absl::Status LoadFile(const BulkLoadFile& file) {
    const bool lines = file.format == RdfFormat::kNTriples || file.format == RdfFormat::kNQuads;
    return lines ? LoadLines(file) : LoadDocument(file);
  }

  absl::StatusOr<BulkLoadResult> Finish() {
    RETURN_IF_ERROR(WritePart(/*last=*/true));
    // The quads are in; if this fails, the next load or fold does it.
    if (result_.terms > 0) core_.MergeVocabularies().IgnoreError();
    Report("writing");
    return result_;
  }

 private:
  void NewTables() {
    tables_.clear();
    for (int i = 0; i < threads_; ++i) tables_.push_back(std::make_unique<TermTable>());
    for (size_t i = 0; i < tables_.size(); ++i) Publish(i);
  }
  std::vector<TermTable*> Tables() const {
    std::vector<TermTable*> tables;
    for (const auto& table : tables_) tables.push_back(table.get());
    return tables;
  }
  uint64_t Quads() const {
    uint64_t quads = 0;
    for (const auto& table : tables_) quads += table->quads();
    return quads;
  }
  // What a table and the sorting of it will take.
  static size_t MemoryFor(const TermTable& table) {
    const size_t rows = sizeof(TermTable::Row) * table.quads();
    const size_t terms = table.bytes() - std::min(table.bytes(), rows);
    return std::max(terms + terms / 2 + rows, terms + kSortBytes * table.quads());
  }
  void Publish(size_t i) {
    memory_[i] = MemoryFor(*tables_[i]);
    quads_[i] = tables_[i]->quads();
  }
  bool IsFull() const {
    size_t bytes = 0;
    for (const auto& of_table : memory_) bytes += of_table;
    return bytes > options_.memory_bytes;
  }
  bool IsCancelled() const { return options_.cancelled != nullptr && options_.cancelled->load(); }
  void Report(const char* stage) {
    if (!options_.progress) return;
    uint64_t quads = result_.read;
    for (const auto& of_table : quads_) quads += of_table;
    options_.progress({bytes_, quads, stage});
  }

  absl::Status LoadDocument(const BulkLoadFile& file) {
    const RdfReadOptions read_options{file.format, file.base, file.blank_node_prefix};
    auto loader = std::make_unique<LineLoader>(*tables_[0], read_options, file.graph);
    uint64_t read = 0;
    return ReadRdfFile(file.path, read_options, [&](const Quad& quad) -> absl::Status {
      if (++read % kCheckEvery == 0) {
        if (IsCancelled()) return Cancelled("interrupted");
        Publish(0);
        if (read % (64 * kCheckEvery) == 0) Report("reading");
        if (IsFull()) {
          RETURN_IF_ERROR(WritePart(/*last=*/false));
          loader = std::make_unique<LineLoader>(*tables_[0], read_options, file.graph);
        }
      }
      return loader->AddTerms(quad);
    });
  }

  // Parses with all threads until the file ends or memory is full; then writes a part and goes on.
  absl::Status LoadLines(const BulkLoadFile& file) {
    ASSIGN_OR_RETURN(const std::unique_ptr<FileSource> source, FileSource::Open(file.path));
    Chunk next;
    bool more = true;
    while (more) {
      RETURN_IF_ERROR(LoadWhileRoom(file, *source, next, more));
      RETURN_IF_ERROR(source->status());
      if (more) RETURN_IF_ERROR(WritePart(/*last=*/false));
    }
    return absl::OkStatus();
  }

  absl::Status LoadWhileRoom(const BulkLoadFile& file, FileSource& source, Chunk& next, bool& more) {
    ChunkQueue queue(2 * static_cast<size_t>(threads_));
    std::mutex mutex;
    absl::Status first_error;
    uint64_t first_error_line = UINT64_MAX;
    std::atomic<bool> failed = false;
    std::vector<std::thread> workers;
    for (int i = 0; i < threads_; ++i) {
      workers.emplace_back([&, number = static_cast<size_t>(i)] {
        LineLoader loader(*tables_[number], {file.format, file.base, file.blank_node_prefix}, file.graph);
        for (Chunk chunk; queue.Pop(chunk);) {
          const absl::Status status = loader.Load(chunk.text, chunk.first_line, chunk.offset);
          Publish(number);
          if (status.ok()) continue;
          failed = true;
          const std::lock_guard lock(mutex);
          if (chunk.first_line < first_error_line) {
            first_error_line = chunk.first_line;
            first_error = status;
          }
        }
      });
    }
    const absl::Status read = Feed(source, queue, next, failed, more);
    queue.Close();
    for (std::thread& worker : workers) worker.join();
    return first_error.ok() ? read : first_error;
  }

  // Cuts the file into chunks of whole lines; `next` keeps what is left between calls.
  absl::Status Feed(FileSource& source, ChunkQueue& queue, Chunk& next, const std::atomic<bool>& failed, bool& more) {
    while (!failed) {
      if (IsCancelled()) return Cancelled("interrupted");
      size_t length = 0;  // of the whole lines
      for (size_t searched = 0; length == 0;) {
        const size_t before = next.text.size();
        more = source.Read(next.text);
        bytes_ += next.text.size() - before;
        if (!more) break;
        if (next.text.size() < kChunkBytes) continue;
        const size_t newline = std::string_view(next.text).substr(searched).rfind('\n');
        if (newline != std::string_view::npos) length = searched + newline + 1;
        searched = next.text.size();
        if (length == 0 && searched > kMaxLineBytes) return ResourceExhausted("a line is longer than 300 MiB");
      }
      if (!more && !source.status().ok()) return source.status();
      if (!more) length = next.text.size();
      Chunk rest;
      rest.text = next.text.substr(length);
      next.text.resize(length);
      rest.first_line = next.first_line + static_cast<uint64_t>(std::count(next.text.begin(), next.text.end(), '\n'));
      rest.offset = next.offset + length;
      if (length > 0) queue.Push(std::exchange(next, std::move(rest)));
      if (!more) return absl::OkStatus();
      Report("reading");
      if (IsFull()) return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  absl::Status WritePart(bool last) {
    const uint64_t quads = Quads();
    result_.read += quads;
    if (quads == 0) return absl::OkStatus();
    Report("sorting");
    ++result_.parts;
    for (auto& of_table : quads_) of_table = 0;  // counted as read
    RETURN_IF_ERROR(last && quads < kFewQuads ? WriteAsTransaction() : WriteAsTables());
    if (!last) NewTables();
    return absl::OkStatus();
  }

  absl::Status WriteAsTables() {
    std::unique_lock<std::mutex> folding;
    RETURN_IF_ERROR(core_.BeginRebase(folding));
    const absl::Status status = WriteHoldingTurn();
    core_.ReleaseTurn();
    return status;
  }

  absl::Status WriteHoldingTurn() {
    const std::shared_ptr<const StoreState> head = core_.Head();
    TableSink sink(core_.database(), /*tables=*/true);
    LoadVocabulary vocabulary(core_, *head, sink);
    const std::vector<TermTable*> tables = Tables();
    RETURN_IF_ERROR(vocabulary.Resolve(std::vector<const TermTable*>(tables.begin(), tables.end())));
    if (IsCancelled()) return Cancelled("interrupted");
    Report("writing");
    ASSIGN_OR_RETURN(const LoadedQuads loaded, WriteQuads(core_, *head, tables, vocabulary.ids(), threads_, options_.cancelled, sink));
    Counters counters = vocabulary.counters();
    counters.quads += loaded.inserted;
    RETURN_IF_ERROR(sink.Put(Family::kMeta, kCountersKey, counters.Encode()));
    RETURN_IF_ERROR(sink.Put(Family::kMeta, kVocabulariesKey, EncodeVocabularies(vocabulary.vocabularies())));
    const auto apply = [&]() -> absl::Status {
      RETURN_IF_ERROR(sink.Apply());
      std::optional<VocabularySet> set = VocabularySet::Make(vocabulary.vocabularies(), core_.dictionary().vocabularies()->directories());
      if (!set) return Internal("the vocabularies of the load do not fit the others");
      core_.dictionary().SetVocabularies(*std::move(set));
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(core_.ReplaceBase(apply, loaded.base, head->first_sequence, &counters));
    result_.inserted += loaded.inserted;
    result_.terms += vocabulary.new_terms();
    return absl::OkStatus();
  }

  // The term of a number.
  static absl::StatusOr<Term> TermOf(const TermTable& table, uint32_t number) {
    const TermTable::Entry& entry = table.entries()[number];
    std::optional<Term> term = entry.encoded.empty() ? InlineTerm(entry.id) : DecodeTerm(entry.encoded);
    if (entry.depth > 0) {
      const std::array<uint32_t, 3>& parts = table.parts()[entry.part];
      ASSIGN_OR_RETURN(Term subject, TermOf(table, parts[0]));
      ASSIGN_OR_RETURN(Term predicate, TermOf(table, parts[1]));
      ASSIGN_OR_RETURN(Term object, TermOf(table, parts[2]));
      term = Term::TripleTerm(std::move(subject), std::move(predicate), std::move(object));
    }
    if (!term) return Internal("a term of the load has no form");
    return *std::move(term);
  }

  absl::Status WriteAsTransaction() {
    const std::unique_ptr<Transaction> tx = store_.Begin();
    for (const auto& table : tables_) {
      std::vector<TermId> ids(table->entries().size());
      if (!ids.empty()) ids[TermTable::kDefaultGraph] = TermId::DefaultGraph();
      for (const auto& rows : table->rows()) {
        for (const TermTable::Row& row : rows) {
          for (const uint32_t number : row) {
            if (ids[number].is_bound()) continue;
            ASSIGN_OR_RETURN(const Term term, TermOf(*table, number));
            ASSIGN_OR_RETURN(ids[number], tx->Intern(term));
          }
          RETURN_IF_ERROR(tx->Insert(IdQuad{ids[row[0]], ids[row[1]], ids[row[2]], ids[row[3]]}));
        }
      }
    }
    const Counters before = core_.Head()->counters;
    RETURN_IF_ERROR(tx->Commit());
    result_.inserted += tx->changed().inserted;
    const Counters after = core_.Head()->counters;
    for (size_t i = 0; i < after.next.size(); ++i) result_.terms += after.next[i] - before.next[i];
    return absl::OkStatus();
  }

  Store& store_;
  StoreCore& core_;
  const BulkLoadOptions& options_;
  const int threads_;
  std::vector<std::unique_ptr<TermTable>> tables_;
  std::array<std::atomic<size_t>, kMaxThreads> memory_ = {};  // of each table, as of its last chunk
  std::array<std::atomic<uint64_t>, kMaxThreads> quads_ = {};
  BulkLoadResult result_;
  uint64_t bytes_ = 0;
};

}  // namespace

absl::StatusOr<BulkLoadResult> BulkLoad(Store& store, absl::Span<const BulkLoadFile> files, const BulkLoadOptions& options) {
  StoreCore& core = static_cast<StoreImpl&>(store).core();
  RETURN_IF_ERROR(core.Writable());
  BulkLoader loader(store, core, options);
  for (const BulkLoadFile& file : files) {
    const absl::Status status = loader.LoadFile(file);
    if (!status.ok()) return files.size() > 1 ? Annotate(status, file.path) : status;
  }
  return loader.Finish();
}

}  // namespace dossier::graph
