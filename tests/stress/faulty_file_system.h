// A RocksDB file system over the real one that fails when told to, and that forgets at a power failure what was not synced.
//
//   FaultyDisk disk;                                // under every database opened from now on, until it is destroyed
//   disk.FailAt(17, Fault::kEio, /*once=*/true);    // operation 17 from now on
//   disk.PowerOffAtSync(3);                         // the third sync from now on does not happen, and nothing after it works
//   ... the store is closed ...
//   disk.PowerOn();                                 // files as they were when synced last; nothing fails any more
//
// A power failure leaves of each file what was synced, and of a directory's changes (new files, links, renames) those before its last
// sync: the least that POSIX promises. Deleted files are gone at once. Only files below a directory that was opened through this are known.
// Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace dossier::graph {

enum class Fault { kNone, kEio, kNoSpace };

class FaultyFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultyFileSystem(const std::shared_ptr<rocksdb::FileSystem>& base) : FileSystemWrapper(base) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  void FailAt(uint64_t operation, Fault fault, bool once);
  void PowerOffAtSync(uint64_t sync);
  void PowerOn();
  uint64_t operations() const;
  uint64_t syncs() const;
  bool failed() const;  // something was made to fail

  using IOOptions = rocksdb::IOOptions;
  using IOStatus = rocksdb::IOStatus;
  using Debug = rocksdb::IODebugContext;

  // --- for the files -------------------------------------------------------------------------------------------------------------
  enum class Kind { kRead, kWrite };
  // Counts an operation; the status it must fail with.
  IOStatus Operation(Kind kind);
  IOStatus BeforeSync();
  void Appended(const std::string& path, uint64_t size);
  void Synced(const std::string& path);
  void DirectorySynced(const std::string& path);

  // --- of the file system --------------------------------------------------------------------------------------------------------
  IOStatus NewSequentialFile(const std::string& path, const rocksdb::FileOptions& options, std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             Debug* debug) override;
  IOStatus NewRandomAccessFile(const std::string& path, const rocksdb::FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file, Debug* debug) override;
  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options, std::unique_ptr<rocksdb::FSWritableFile>* file,
                           Debug* debug) override;
  IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options, std::unique_ptr<rocksdb::FSWritableFile>* file,
                              Debug* debug) override;
  IOStatus ReuseWritableFile(const std::string& path, const std::string& old_path, const rocksdb::FileOptions& options,
                             std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) override;
  IOStatus NewDirectory(const std::string& path, const IOOptions& options, std::unique_ptr<rocksdb::FSDirectory>* directory,
                        Debug* debug) override;
  IOStatus GetChildren(const std::string& path, const IOOptions& options, std::vector<std::string>* names, Debug* debug) override;
  IOStatus DeleteFile(const std::string& path, const IOOptions& options, Debug* debug) override;
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options, Debug* debug) override;
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options, Debug* debug) override;
  IOStatus GetFreeSpace(const std::string& path, const IOOptions& options, uint64_t* bytes, Debug* debug) override;  // always 1 MiB
  IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions& options, Debug* debug) override;

 private:
  struct File {
    uint64_t size = 0, synced = 0;
  };
  // A change of a directory that a power failure undoes.
  struct Change {
    std::string directory, path;
    std::string renamed_from;   // empty: the file is new
    bool replaced = false;
    std::string old_content;    // of what a rename replaced
  };
  IOStatus MakeWritable(const std::string& path, std::unique_ptr<rocksdb::FSWritableFile>* file, bool fresh, const IOStatus& made);
  void Undo(const Change& change);

  mutable std::mutex mutex_;
  uint64_t operations_ = 0, syncs_ = 0;
  uint64_t fail_at_ = 0, power_off_at_ = 0;
  Fault fault_ = Fault::kNone;
  bool once_ = true, dead_ = false, failed_ = false;
  std::map<std::string, File> files_;
  std::vector<Change> changes_;
};

// Puts one under every database of this process.
class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyFileSystem& operator*() { return *files_; }
  FaultyFileSystem* operator->() { return files_.get(); }

 private:
  std::shared_ptr<FaultyFileSystem> files_;
  std::unique_ptr<rocksdb::Env> env_;
};

}  // namespace dossier::graph
