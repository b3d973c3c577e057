// Sorts any number of byte strings with bounded memory: sorted runs in temporary files, merged at the end.
//
//   ExternalSort sort({.memory_bytes = 256u << 20});
//   RETURN_IF_ERROR(sort.Add(line));                                 // any number of times
//   RETURN_IF_ERROR(sort.Finish([&](std::string_view line) { return sink(line); }));      // ascending, equal strings stay
//
// Order: unsigned bytes (for UTF-8 that is code point order). Runs are unlinked files in `directory`, so that nothing is left behind
// however the process ends. Memory: `memory_bytes` while adding; while merging a buffer of 64 KiB for each of at most 128 runs. A
// single string may be longer than the memory. Errors: ResourceExhausted when the disk is full, Internal for other failures of it. Not
// thread-safe.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"

namespace dossier::graph {

class ExternalSort {
 public:
  struct Options {
    size_t memory_bytes = size_t{256} << 20;
    std::string directory = {};  // empty: the system's temporary directory
  };
  using Sink = std::function<absl::Status(std::string_view)>;

  explicit ExternalSort(Options options);
  absl::Status Add(std::string_view record);
  // Once, at the end.
  absl::Status Finish(const Sink& sink);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Close>;
  struct Place {
    uint64_t offset;
    uint32_t size;
  };
  class Reader;

  absl::StatusOr<File> NewRun() const;
  absl::Status WriteRecord(std::FILE* file, std::string_view record) const;
  absl::Status Failed(const char* what) const;
  std::string_view At(const Place& place) const { return std::string_view(bytes_).substr(place.offset, place.size); }
  void SortPlaces();
  absl::Status Spill();
  absl::Status Merge(const Sink& sink);

  Options options_;
  const size_t bytes_room_, places_room_;
  std::string bytes_;
  std::vector<Place> places_;
  std::vector<File> runs_;
};

}  // namespace dossier::graph
