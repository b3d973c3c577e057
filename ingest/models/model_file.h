// The file that holds trained weights: named sections behind a checked header, used in place without copying.
//
//   ASSIGN_OR_RETURN(auto file, ModelFile::Embedded("fast"));
//   std::string_view weights = file->Section("tagger");          // empty when there is none
//
// The format is specified in ingest/models/README.md. Sections start at multiples of 64 bytes of the file, so
// that their arrays can be read where they lie. A ModelFile is immutable and thread-safe; the views it gives
// live as long as it does.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status.h"

namespace dossier::ingest {

class ModelFile {
 public:
  // Checks magic, version, bounds and checksum of `bytes`, which must outlive the result and start at a
  // multiple of 8 in memory. DataLoss when something is wrong with them.
  static absl::StatusOr<std::unique_ptr<ModelFile>> FromBytes(std::string_view bytes);
  // Reads the file at `path`.
  static absl::StatusOr<std::unique_ptr<ModelFile>> Open(const std::string& path);
  // The model `name` that the program carries, or <$DOSSIER_MODELS>/<name>.model where that file exists.
  static absl::StatusOr<std::unique_ptr<ModelFile>> Embedded(std::string_view name);

  std::string_view Section(std::string_view name) const;

 private:
  std::vector<uint64_t> owned_;  // the file's bytes when it was opened by path
  std::vector<std::pair<std::string, std::string_view>> sections_;
};

// Puts sections together into a model file.
class ModelFileWriter {
 public:
  void Add(std::string_view name, std::string bytes);
  std::string Finish() const;

 private:
  std::vector<std::pair<std::string, std::string>> sections_;
};

}  // namespace dossier::ingest
