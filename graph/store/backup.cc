#include "graph/store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <vector>

#include "absl/time/clock.h"
#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/store/database.h"
#include "graph/store/maintenance.h"
#include "graph/store/seal.h"
#include "graph/store/testing_env.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;

constexpr int kAttempts = 20;

// What tells whether the set of files changed: a flush, a fold, a load and a merge of tables all write to the manifest; logs only grow at
// the end, and only the newest one does.
struct Files {
  std::string current;                  // content of CURRENT: the name of the manifest and a newline
  uint64_t manifest_size = 0;
  std::map<uint64_t, fs::path> logs;    // by number
  std::map<uint64_t, uint64_t> log_sizes;
  std::vector<fs::path> tables, others;  // to link; small ones to copy

  fs::path manifest() const { return current.substr(0, current.empty() ? 0 : current.size() - 1); }
  bool SameSetAs(const Files& later) const {
    const auto same_number = [](const auto& a, const auto& b) { return a.first == b.first; };
    return current == later.current && manifest_size == later.manifest_size &&
           std::equal(logs.begin(), logs.end(), later.logs.begin(), later.logs.end(), same_number);
  }
};

absl::Status Failed(const fs::path& path, const std::error_code& error) { return FailedPrecondition(Cat(path.string(), ": ", error.message())); }

absl::StatusOr<Files> ListFiles(const fs::path& directory) {
  Files files;
  {
    std::ifstream in(directory / "CURRENT", std::ios::binary);
    files.current.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    if (!in || files.current.empty()) return NotFound(Cat("no database in ", directory.string()));
  }
  std::error_code error, gone;  // a file may go while we look
  files.manifest_size = fs::file_size(directory / files.manifest(), gone);
  for (fs::directory_iterator it(directory, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (const uint64_t log = NumberOf(name, ".log"); log > 0) {
      files.logs[log] = name;
      files.log_sizes[log] = fs::file_size(it->path(), gone);
    } else if (NumberOf(name, ".sst") > 0 || NumberOf(name, ".blob") > 0) {
      files.tables.push_back(name);
    } else if (name == "IDENTITY" || name.starts_with("OPTIONS-")) {
      files.others.push_back(name);
    }
  }
  if (error) return Failed(directory, error);
  return files;
}

// The first `size` bytes, on disk when it returns.
absl::Status CopyFile(const fs::path& from, const fs::path& to, uint64_t size) {
  std::ifstream in(from, std::ios::binary);
  const int fd = open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return FailedPrecondition(Cat(to.string(), ": cannot be written"));
  std::vector<char> buffer(1 << 20);
  bool fine = true;
  while (fine && size > 0) {
    in.read(buffer.data(), static_cast<std::streamsize>(std::min<uint64_t>(size, buffer.size())));
    const std::streamsize n = in.gcount();
    fine = n > 0 && write(fd, buffer.data(), static_cast<size_t>(n)) == n;
    size -= static_cast<uint64_t>(std::max<std::streamsize>(n, 0));
  }
  fine = fsync(fd) == 0 && fine;
  close(fd);
  return fine ? absl::OkStatus() : ResourceExhausted(Cat(to.string(), ": cannot be copied"));
}

// Tables never change once they are written, so that a link will do where the file system has links.
absl::Status LinkOrCopy(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_hard_link(from, to, error);
  if (!error || error == std::errc::no_such_file_or_directory) return absl::OkStatus();  // what is missing and needed is found at opening
  const uint64_t size = fs::file_size(from, error);
  if (error == std::errc::no_such_file_or_directory) return absl::OkStatus();
  return error ? Failed(from, error) : CopyFile(from, to, size);
}

absl::Status CopyFiles(const Files& files, const fs::path& from, const fs::path& to) {
  for (const auto& [number, name] : files.logs) RETURN_IF_ERROR(CopyFile(from / name, to / name, files.log_sizes.at(number)));
  RETURN_IF_ERROR(CopyFile(from / files.manifest(), to / files.manifest(), files.manifest_size));
  for (const fs::path& name : files.tables) RETURN_IF_ERROR(LinkOrCopy(from / name, to / name));
  for (const fs::path& name : files.others) {
    std::error_code gone;
    const uint64_t size = fs::file_size(from / name, gone);
    if (!gone) RETURN_IF_ERROR(CopyFile(from / name, to / name, size));
  }
  return CopyFile(from / "CURRENT", to / "CURRENT", files.current.size());
}

// One attempt; `changed` when a writer was in the way.
absl::Status TryBackup(const std::string& database, const fs::path& copy, bool& changed) {
  std::error_code error;
  fs::remove_all(copy, error);
  fs::create_directories(copy, error);
  if (error) return Failed(copy, error);
  ASSIGN_OR_RETURN(const Files before, ListFiles(database));
  absl::Status copied = CopyFiles(before, database, copy);
  ASSIGN_OR_RETURN(const Files after, ListFiles(database));
  changed = !before.SameSetAs(after);
  if (changed) return absl::OkStatus();
  RETURN_IF_ERROR(copied);
  const auto store = Store::Open(copy.string(), {.create_if_missing = false, .read_only = true});
  if (!store.ok()) return Annotate(store.status(), "the copy cannot be opened");
  return absl::OkStatus();
}

}  // namespace

absl::Status MakeRoomForBackup(const std::string& directory) {
  std::error_code error;
  if (fs::exists(directory, error)) {
    if (!fs::is_directory(directory, error) || !fs::is_empty(directory, error)) {
      return InvalidArgument(Cat(directory, " exists and is not empty: a backup wants a directory of its own"));
    }
    fs::remove(directory, error);
    if (error) return Failed(directory, error);
  }
  const fs::path parent = fs::absolute(directory, error).parent_path();
  fs::create_directories(parent, error);
  return error ? Failed(parent, error) : absl::OkStatus();
}

absl::Status BackupDatabase(const std::string& database, const std::string& directory) {
  // So that what is no database, or a damaged one, is reported as Open() does.
  RETURN_IF_ERROR(Store::Open(database, {.create_if_missing = false, .read_only = true}).status());
  RETURN_IF_ERROR(MakeRoomForBackup(directory));
  std::error_code error;
  const fs::path copy = fs::absolute(directory, error).lexically_normal().string() + ".partial";
  absl::Status status;
  bool changed = true;
  for (int attempt = 0; changed && attempt < kAttempts; ++attempt) {
    if (attempt > 0) absl::SleepFor(absl::Milliseconds(20 * attempt));
    status = TryBackup(database, copy, changed);
    if (!status.ok()) break;
  }
  if (status.ok() && changed) status = ResourceExhausted(Cat("database ", database, ": a writer changed its files all the time: try again later"));
  if (status.ok()) {
    SealClosed(*TestingEnvOr(rocksdb::Env::Default()), copy.string());
    fs::rename(copy, directory, error);
    if (error) status = Failed(directory, error);
  }
  if (!status.ok()) fs::remove_all(copy, error);
  return status;
}

}  // namespace dossier::graph
