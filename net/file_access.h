// The folders from which an operator lets LOAD read files.
//
//   ASSIGN_OR_RETURN(const FileAccess files, FileAccess::Create({"/srv/data"}));
//   ASSIGN_OR_RETURN(const std::string bytes, files.Read("file:///srv/data/x.ttl.gz", max_bytes));   // unpacked
//
// What counts is where a file really is: symbolic links and ".." are resolved, and the file that was opened is the one that is checked.
// Only regular files are read. Thread-safe once made. Errors: PermissionDenied for anything outside of the folders, also for what does not
// exist there; NotFound; InvalidArgument for URLs that name no local file; ResourceExhausted for more than `max_bytes`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier::net {

class FileAccess {
 public:
  static absl::StatusOr<FileAccess> Create(const std::vector<std::string>& folders);
  bool empty() const { return folders_.empty(); }
  absl::StatusOr<std::string> Read(std::string_view url, size_t max_bytes) const;

 private:
  bool Contains(const std::string& real_path) const;

  std::vector<std::string> folders_;  // real paths, each with '/' at its end
};

// The path of "file:///a%20b", "file://localhost/a" or "file:/a".
absl::StatusOr<std::string> PathOfFileUrl(std::string_view url);

}  // namespace dossier::net
