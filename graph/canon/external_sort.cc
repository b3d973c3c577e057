#include "graph/canon/external_sort.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

constexpr size_t kMaxRuns = 128;
constexpr size_t kBuffer = 64 << 10;

}  // namespace

// Walks the records of one run.
class ExternalSort::Reader {
 public:
  explicit Reader(std::FILE* file) : file_(file) {}
  // False at the end and after an error.
  bool Next() {
    uint32_t size = 0;
    if (std::fread(&size, sizeof size, 1, file_) != 1) return false;
    record_.resize(size);
    return std::fread(record_.data(), 1, size, file_) == size;
  }
  bool failed() const { return std::ferror(file_) != 0; }
  const std::string& record() const { return record_; }

 private:
  std::FILE* file_;
  std::string record_;
};

ExternalSort::ExternalSort(Options options)
    : options_(std::move(options)),
      bytes_room_(options_.memory_bytes / 4 * 3),
      places_room_(options_.memory_bytes / 4 / sizeof(Place)) {
  places_.reserve(places_room_);
  if (!options_.directory.empty()) return;
  std::error_code error;
  options_.directory = std::filesystem::temp_directory_path(error).string();
  if (error) options_.directory = "/tmp";
}

absl::Status ExternalSort::Failed(const char* what) const {
  const std::string message = Cat(what, " a temporary file in ", options_.directory, ": ", std::strerror(errno));
  return errno == ENOSPC || errno == EDQUOT ? ResourceExhausted(message) : Internal(message);
}

absl::StatusOr<ExternalSort::File> ExternalSort::NewRun() const {
  std::string path = options_.directory + "/dossier-sort-XXXXXX";
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) return Failed("cannot make");
  unlink(path.c_str());
  File file(fdopen(descriptor, "w+b"));
  if (file == nullptr) {
    close(descriptor);
    return Failed("cannot open");
  }
  std::setvbuf(file.get(), nullptr, _IOFBF, kBuffer);
  return file;
}

absl::Status ExternalSort::WriteRecord(std::FILE* file, std::string_view record) const {
  const auto size = static_cast<uint32_t>(record.size());
  if (std::fwrite(&size, sizeof size, 1, file) != 1 || std::fwrite(record.data(), 1, size, file) != size) return Failed("cannot write");
  return absl::OkStatus();
}

absl::Status ExternalSort::Add(std::string_view record) {
  if (record.size() > std::numeric_limits<uint32_t>::max()) return ResourceExhausted("a record to sort is longer than 4 GiB");
  if (bytes_.capacity() < bytes_room_) bytes_.reserve(bytes_room_);  // untouched memory costs nothing; growing by doubling does
  const bool full = bytes_.size() + record.size() > bytes_room_ || places_.size() >= places_room_;
  if (full && !places_.empty()) RETURN_IF_ERROR(Spill());
  places_.push_back({bytes_.size(), static_cast<uint32_t>(record.size())});
  bytes_.append(record);
  return absl::OkStatus();
}

void ExternalSort::SortPlaces() {
  std::sort(places_.begin(), places_.end(), [this](const Place& a, const Place& b) { return At(a) < At(b); });
}

absl::Status ExternalSort::Spill() {
  SortPlaces();
  ASSIGN_OR_RETURN(File file, NewRun());
  for (const Place& place : places_) RETURN_IF_ERROR(WriteRecord(file.get(), At(place)));
  if (std::fflush(file.get()) != 0) return Failed("cannot write");
  runs_.push_back(std::move(file));
  places_.clear();
  bytes_.clear();
  if (runs_.size() < kMaxRuns) return absl::OkStatus();
  ASSIGN_OR_RETURN(File merged, NewRun());
  RETURN_IF_ERROR(Merge([&](std::string_view record) { return WriteRecord(merged.get(), record); }));
  if (std::fflush(merged.get()) != 0) return Failed("cannot write");
  runs_.clear();
  runs_.push_back(std::move(merged));
  return absl::OkStatus();
}

absl::Status ExternalSort::Merge(const Sink& sink) {
  std::vector<Reader> readers;
  for (const File& run : runs_) {
    std::rewind(run.get());
    readers.emplace_back(run.get());
  }
  const auto later = [](const Reader* a, const Reader* b) { return a->record() > b->record(); };
  std::vector<Reader*> heap;
  const auto advance = [&](Reader& reader) -> absl::Status {
    if (reader.Next()) {
      heap.push_back(&reader);
      std::push_heap(heap.begin(), heap.end(), later);
    } else if (reader.failed()) {
      return Failed("cannot read");
    }
    return absl::OkStatus();
  };
  for (Reader& reader : readers) RETURN_IF_ERROR(advance(reader));
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), later);
    Reader& reader = *heap.back();
    heap.pop_back();
    RETURN_IF_ERROR(sink(reader.record()));
    RETURN_IF_ERROR(advance(reader));
  }
  return absl::OkStatus();
}

absl::Status ExternalSort::Finish(const Sink& sink) {
  if (runs_.empty()) {
    SortPlaces();
    for (const Place& place : places_) RETURN_IF_ERROR(sink(At(place)));
    return absl::OkStatus();
  }
  if (!places_.empty()) RETURN_IF_ERROR(Spill());
  bytes_ = std::string();
  places_ = std::vector<Place>();
  return Merge(sink);
}

}  // namespace dossier::graph
