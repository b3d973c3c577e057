// Files as byte sources, unpacked on the way: plain, gzip (.gz) and Zstandard (.zst), told apart by their first bytes.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<FileSource> file, FileSource::Open(path));
//   while (file->Read(buffer)) ...                 // appends up to one chunk
//   RETURN_IF_ERROR(file->status());
//
// Memory is a few chunks whatever the file unpacks to. Errors: NotFound; InvalidArgument for damaged or truncated packing. Not thread-safe.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace dossier::graph {

class FileSource {
 public:
  static absl::StatusOr<std::unique_ptr<FileSource>> Open(const std::string& path);
  virtual ~FileSource() = default;
  // Appends the next bytes to `out`; false at the end or after an error.
  virtual bool Read(std::string& out) = 0;
  const absl::Status& status() const { return status_; }

 protected:
  absl::Status status_;
};

}  // namespace dossier::graph
