// A fresh directory name under the system's temporary directory, removed with everything in it at the end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace dossier::graph {

class TempDir {
 public:
  TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "dossier-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    root_ = pattern;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code error;
    std::filesystem::remove_all(root_, error);
  }
  // A path inside that does not exist yet.
  std::string path(const std::string& name = "db") const { return (root_ / name).string(); }

 private:
  std::filesystem::path root_;
};

}  // namespace dossier::graph
