#include "tests/stress/faulty_file_system.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "graph/store/testing_env.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;
using rocksdb::Slice;
using IOStatus = rocksdb::IOStatus;
using IOOptions = rocksdb::IOOptions;
using Debug = rocksdb::IODebugContext;
using Kind = FaultyFileSystem::Kind;

#define RETURN_IF_FAULTY(expr) \
  do {                         \
    if (IOStatus faulty = (expr); !faulty.ok()) return faulty; \
  } while (false)

class WritableFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WritableFile(FaultyFileSystem& disk, std::string path, std::unique_ptr<rocksdb::FSWritableFile>&& file)
      : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk), path_(std::move(path)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, Debug* debug) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kWrite));
    return Count(target()->Append(data, options, debug), options, debug);
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo& info, Debug* debug) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kWrite));
    return Count(target()->Append(data, options, info, debug), options, debug);
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, Debug* debug) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kWrite));
    return target()->Truncate(size, options, debug);
  }
  IOStatus Close(const IOOptions& options, Debug* debug) override {
    const IOStatus fault = disk_.Operation(Kind::kWrite);
    const IOStatus closed = target()->Close(options, debug);
    return fault.ok() ? closed : fault;
  }
  IOStatus Flush(const IOOptions& options, Debug* debug) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kWrite));
    return target()->Flush(options, debug);
  }
  // The data is on a real disk that is thrown away after the test: no need to wait for it.
  IOStatus Sync(const IOOptions& options, Debug* debug) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kWrite));
    RETURN_IF_FAULTY(disk_.BeforeSync());
    RETURN_IF_FAULTY(target()->Flush(options, debug));
    disk_.Synced(path_);
    return IOStatus::OK();
  }
  IOStatus Fsync(const IOOptions& options, Debug* debug) override { return Sync(options, debug); }
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, Debug*) override { return IOStatus::OK(); }

 private:
  IOStatus Count(const IOStatus& status, const IOOptions& options, Debug* debug) {
    disk_.Appended(path_, target()->GetFileSize(options, debug));
    return status;
  }
  FaultyFileSystem& disk_;
  const std::string path_;
};

class Directory : public rocksdb::FSDirectoryWrapper {
 public:
  Directory(FaultyFileSystem& disk, std::string path, std::unique_ptr<rocksdb::FSDirectory>&& directory)
      : FSDirectoryWrapper(std::move(directory)), disk_(disk), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions&, Debug*) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kWrite));
    RETURN_IF_FAULTY(disk_.BeforeSync());
    disk_.DirectorySynced(path_);
    return IOStatus::OK();
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, Debug* debug, const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  FaultyFileSystem& disk_;
  const std::string path_;
};

class RandomAccessFile : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  RandomAccessFile(FaultyFileSystem& disk, std::unique_ptr<rocksdb::FSRandomAccessFile>&& file)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), disk_(disk) {}
  IOStatus Read(uint64_t offset, size_t n, const IOOptions& options, Slice* result, char* scratch, Debug* debug) const override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kRead));
    return target()->Read(offset, n, options, result, scratch, debug);
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, size_t n, const IOOptions& options, Debug* debug) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kRead));
    return target()->MultiRead(requests, n, options, debug);
  }

 private:
  FaultyFileSystem& disk_;
};

class SequentialFile : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  SequentialFile(FaultyFileSystem& disk, std::unique_ptr<rocksdb::FSSequentialFile>&& file)
      : FSSequentialFileOwnerWrapper(std::move(file)), disk_(disk) {}
  IOStatus Read(size_t n, const IOOptions& options, Slice* result, char* scratch, Debug* debug) override {
    RETURN_IF_FAULTY(disk_.Operation(Kind::kRead));
    return target()->Read(n, options, result, scratch, debug);
  }

 private:
  FaultyFileSystem& disk_;
};

std::string Content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string Normal(const std::string& path) {
  std::string normal = fs::path(path).lexically_normal().string();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

std::string ParentOf(const std::string& path) { return fs::path(path).parent_path().string(); }

}  // namespace

void FaultyFileSystem::FailAt(uint64_t operation, Fault fault, bool once) {
  const std::lock_guard lock(mutex_);
  operations_ = 0;
  fail_at_ = operation;
  fault_ = fault;
  once_ = once;
  failed_ = false;
}

void FaultyFileSystem::PowerOffAtSync(uint64_t sync) {
  const std::lock_guard lock(mutex_);
  syncs_ = 0;
  power_off_at_ = sync;
  failed_ = false;
}

uint64_t FaultyFileSystem::operations() const {
  const std::lock_guard lock(mutex_);
  return operations_;
}

uint64_t FaultyFileSystem::syncs() const {
  const std::lock_guard lock(mutex_);
  return syncs_;
}

bool FaultyFileSystem::failed() const {
  const std::lock_guard lock(mutex_);
  return failed_;
}

IOStatus FaultyFileSystem::Operation(Kind kind) {
  const std::lock_guard lock(mutex_);
  if (dead_) return IOStatus::IOError("the power is off");
  ++operations_;
  const bool now = fail_at_ != 0 && (once_ ? operations_ == fail_at_ : operations_ >= fail_at_);
  if (!now || fault_ == Fault::kNone) return IOStatus::OK();
  if (fault_ == Fault::kNoSpace && kind == Kind::kRead) {
    if (once_) ++fail_at_;  // a full disk can be read: the next one that writes
    return IOStatus::OK();
  }
  failed_ = true;
  return fault_ == Fault::kNoSpace ? IOStatus::NoSpace("injected: no space left on device") : IOStatus::IOError("injected: input/output error");
}

IOStatus FaultyFileSystem::BeforeSync() {
  const std::lock_guard lock(mutex_);
  if (dead_) return IOStatus::IOError("the power is off");
  if (++syncs_ != power_off_at_) return IOStatus::OK();
  dead_ = failed_ = true;
  return IOStatus::IOError("the power goes off");
}

void FaultyFileSystem::Appended(const std::string& path, uint64_t size) {
  const std::lock_guard lock(mutex_);
  files_[path].size = size;
}

void FaultyFileSystem::Synced(const std::string& path) {
  const std::lock_guard lock(mutex_);
  files_[path].synced = files_[path].size;
}

void FaultyFileSystem::DirectorySynced(const std::string& path) {
  const std::lock_guard lock(mutex_);
  std::erase_if(changes_, [&](const Change& change) { return change.directory == path; });
}

void FaultyFileSystem::Undo(const Change& change) {
  std::error_code ignored;
  if (change.renamed_from.empty()) {
    fs::remove(change.path, ignored);
    files_.erase(change.path);
    return;
  }
  fs::rename(change.path, change.renamed_from, ignored);
  files_[change.renamed_from] = files_[change.path];
  files_.erase(change.path);
  if (change.replaced) std::ofstream(change.path, std::ios::binary) << change.old_content;
}

void FaultyFileSystem::PowerOn() {
  const std::lock_guard lock(mutex_);
  if (dead_) {
    for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) Undo(*change);
    for (const auto& [path, file] : files_) {
      std::error_code ignored;
      if (file.synced < file.size && fs::exists(path, ignored)) fs::resize_file(path, file.synced, ignored);
    }
  }
  changes_.clear();
  files_.clear();
  dead_ = false;
  power_off_at_ = fail_at_ = 0;
  fault_ = Fault::kNone;
}

IOStatus FaultyFileSystem::NewSequentialFile(const std::string& path, const rocksdb::FileOptions& options,
                                             std::unique_ptr<rocksdb::FSSequentialFile>* file, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kRead));
  const IOStatus status = target()->NewSequentialFile(path, options, file, debug);
  if (status.ok()) *file = std::make_unique<SequentialFile>(*this, std::move(*file));
  return status;
}

IOStatus FaultyFileSystem::NewRandomAccessFile(const std::string& path, const rocksdb::FileOptions& options,
                                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kRead));
  const IOStatus status = target()->NewRandomAccessFile(path, options, file, debug);
  if (status.ok()) *file = std::make_unique<RandomAccessFile>(*this, std::move(*file));
  return status;
}

IOStatus FaultyFileSystem::MakeWritable(const std::string& path, std::unique_ptr<rocksdb::FSWritableFile>* file, bool fresh,
                                        const IOStatus& made) {
  if (!made.ok()) return made;
  const std::string normal = Normal(path);
  *file = std::make_unique<WritableFile>(*this, normal, std::move(*file));
  const std::lock_guard lock(mutex_);
  if (fresh) {
    files_[normal] = File();
    changes_.push_back({ParentOf(normal), normal, "", false, ""});
  }
  return made;
}

IOStatus FaultyFileSystem::NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kWrite));
  return MakeWritable(path, file, true, target()->NewWritableFile(path, options, file, debug));
}

IOStatus FaultyFileSystem::ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                              std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kWrite));
  std::error_code ignored;
  const bool fresh = !fs::exists(path, ignored);
  return MakeWritable(path, file, fresh, target()->ReopenWritableFile(path, options, file, debug));
}

IOStatus FaultyFileSystem::ReuseWritableFile(const std::string& path, const std::string& old_path, const rocksdb::FileOptions& options,
                                             std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) {
  RETURN_IF_FAULTY(RenameFile(old_path, path, options.io_options, debug));
  return ReopenWritableFile(path, options, file, debug);
}

IOStatus FaultyFileSystem::NewDirectory(const std::string& path, const IOOptions& options, std::unique_ptr<rocksdb::FSDirectory>* directory,
                                        Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kRead));
  const IOStatus status = target()->NewDirectory(path, options, directory, debug);
  if (status.ok()) *directory = std::make_unique<Directory>(*this, Normal(path), std::move(*directory));
  return status;
}

IOStatus FaultyFileSystem::GetChildren(const std::string& path, const IOOptions& options, std::vector<std::string>* names, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kRead));
  return target()->GetChildren(path, options, names, debug);
}

IOStatus FaultyFileSystem::DeleteFile(const std::string& path, const IOOptions& options, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kWrite));
  const IOStatus status = target()->DeleteFile(path, options, debug);
  const std::lock_guard lock(mutex_);
  if (status.ok()) files_.erase(Normal(path));
  return status;
}

IOStatus FaultyFileSystem::CreateDirIfMissing(const std::string& path, const IOOptions& options, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kWrite));
  return target()->CreateDirIfMissing(path, options, debug);
}

IOStatus FaultyFileSystem::RenameFile(const std::string& from, const std::string& to, const IOOptions& options, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kWrite));
  const std::string source = Normal(from), destination = Normal(to);
  std::error_code ignored;
  Change change{ParentOf(destination), destination, source, fs::exists(destination, ignored), ""};
  if (change.replaced) change.old_content = Content(destination);
  const IOStatus status = target()->RenameFile(from, to, options, debug);
  if (!status.ok()) return status;
  const std::lock_guard lock(mutex_);
  files_[destination] = files_[source];
  files_.erase(source);
  changes_.push_back(std::move(change));
  return status;
}

IOStatus FaultyFileSystem::LinkFile(const std::string& from, const std::string& to, const IOOptions& options, Debug* debug) {
  RETURN_IF_FAULTY(Operation(Kind::kWrite));
  const IOStatus status = target()->LinkFile(from, to, options, debug);
  if (!status.ok()) return status;
  const std::string destination = Normal(to);
  const std::lock_guard lock(mutex_);
  if (const auto it = files_.find(Normal(from)); it != files_.end()) files_[destination] = it->second;
  changes_.push_back({ParentOf(destination), destination, "", false, ""});
  return status;
}

IOStatus FaultyFileSystem::GetFreeSpace(const std::string&, const IOOptions&, uint64_t* bytes, Debug*) {
  *bytes = 1u << 20;
  return IOStatus::OK();
}

FaultyDisk::FaultyDisk()
    : files_(std::make_shared<FaultyFileSystem>(rocksdb::FileSystem::Default())), env_(rocksdb::NewCompositeEnv(files_)) {
  SetTestingEnv(env_.get());
}

FaultyDisk::~FaultyDisk() { SetTestingEnv(nullptr); }

}  // namespace dossier::graph
