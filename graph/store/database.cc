#include "graph/store/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <vector>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/store/seal.h"
#include "rocksdb/env.h"
#include "rocksdb/iterator.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxLogAtClose = 512u << 10;
constexpr int kReadOnlyAttempts = 3;

enum class Found { kNothing, kDatabase, kSomethingElse };

absl::Status Damaged(const std::string& directory, std::string_view why) {
  return DataLoss(Cat("database ", directory, " is damaged: ", why));
}

// What RocksDB leaves behind when a creation is interrupted before there is anything to lose.
bool IsDebris(std::string_view name) {
  return name == "LOCK" || name == "IDENTITY" || name.starts_with("LOG") || name.starts_with("MANIFEST-") ||
         name.starts_with("OPTIONS-") || name.ends_with(".dbtmp");
}

// A small database is all in RocksDB's log, and RocksDB does not miss the newest log when it is gone. So its number is noted in a file of
// ours (seal.h), now and then: log numbers only grow, hence a directory whose newest log is older has lost one.
uint64_t NewestLog(const Database& database) {
  rocksdb::VectorLogPtr logs;
  return database.db->GetSortedWalFiles(logs).ok() && !logs.empty() ? logs.back()->LogNumber() : 0;
}

absl::StatusOr<Found> Inspect(const std::string& directory) {
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) return Found::kNothing;
  if (error) return FailedPrecondition(Cat("database ", directory, ": ", error.message()));
  if (status.type() != fs::file_type::directory) return Found::kSomethingElse;
  bool current = false, data = false, debris = true, known = true;
  const Seal seal = ReadSeal(directory);  // first: a writer may go on meanwhile
  uint64_t newest_log = 0;
  for (fs::directory_iterator it(directory, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    current |= name == "CURRENT";
    newest_log = std::max(newest_log, NumberOf(name, ".log"));
    const bool is_data = NumberOf(name, ".log") > 0 || NumberOf(name, ".sst") > 0 || NumberOf(name, ".blob") > 0 || name == kLastLogFile;
    data |= is_data;
    debris &= IsDebris(name);
    known &= IsDebris(name) || is_data || name == "load";
  }
  if (error) return FailedPrecondition(Cat("database ", directory, ": ", error.message()));
  if (current && newest_log < seal.last_log) return Damaged(directory, "its newest log file is missing");
  if (current) {
    const std::vector<std::string> broken = BrokenSeals(directory, seal, Seals::kNeeded);
    if (!broken.empty()) return Damaged(directory, broken[0]);
  }
  if (current) return Found::kDatabase;
  if (data && known) return Damaged(directory, "its file CURRENT is missing");
  return debris ? Found::kNothing : Found::kSomethingElse;
}

absl::Status NotOurs(const std::string& directory) {
  return InvalidArgument(Cat(directory, " exists and is not a Dossier database; it was left alone"));
}

// The process that holds the directory's lock, or 0. Not for a lock of this process: closing the file would give it up (POSIX).
pid_t LockHolder(const std::string& directory) {
  const int fd = open((fs::path(directory) / "LOCK").c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  struct flock lock = {};
  lock.l_type = F_RDLCK;
  lock.l_whence = SEEK_SET;
  const bool held = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close(fd);
  return held ? lock.l_pid : 0;
}

// True when opening failed because of the lock.
bool IsLockError(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() && text.find("LOCK") != std::string::npos && text.find("lock") != std::string::npos;
}

absl::Status WrongFormat(const std::string& directory, const std::string& format) {
  return FailedPrecondition(Cat("database ", directory, " has the format '", format.substr(0, 60), "', this program reads '",
                                kFormatValue, "': with the version that wrote it run 'dossier dump ", directory,
                                " > all.nq', then load all.nq into a new database with this one"));
}

// Looks at families that are not exactly ours. A Dossier database of another format says so itself. A database of some other program
// has other families, or keys of its own in "default". A creation that was interrupted has some of our families and no keys: it may be
// finished.
absl::StatusOr<Found> InspectFamilies(const std::string& directory, const std::vector<std::string>& names) {
  const std::set<std::string> ours(kFamilyNames.begin(), kFamilyNames.end());
  const bool subset = std::all_of(names.begin(), names.end(), [&](const std::string& name) { return ours.contains(name); });
  if (subset && names.size() == ours.size()) return Found::kDatabase;
  const rocksdb::Options options(DatabaseOptions(), rocksdb::ColumnFamilyOptions());
  rocksdb::DB* raw = nullptr;
  RETURN_IF_ERROR(FromRocks(rocksdb::DB::OpenForReadOnly(options, directory, &raw), directory));
  const std::unique_ptr<rocksdb::DB> db(raw);
  std::string format;
  if (db->Get(rocksdb::ReadOptions(), ToSlice(kFormatKey), &format).ok() && format.starts_with("dossier-")) {
    return WrongFormat(directory, format);
  }
  const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions()));
  it->SeekToFirst();
  if (it->Valid() || !subset) return Found::kSomethingElse;
  RETURN_IF_ERROR(FromRocks(it->status(), directory));
  return Found::kNothing;
}

absl::StatusOr<Found> FindDatabase(const std::string& directory) {
  ASSIGN_OR_RETURN(const Found found, Inspect(directory));
  if (found != Found::kDatabase) return found;
  std::vector<std::string> names;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(DatabaseOptions(), directory, &names);
  if (!listed.ok()) return Damaged(directory, listed.ToString());
  return InspectFamilies(directory, names);
}

absl::Status OpenFailed(const std::string& directory, const rocksdb::Status& status) {
  if (IsLockError(status)) {
    if (status.ToString().find("current process") != std::string::npos) {
      return FailedPrecondition(Cat("database ", directory, " is in use by this process (", getpid(), ")"));
    }
    const pid_t holder = LockHolder(directory);
    if (holder > 0) return FailedPrecondition(Cat("database ", directory, " is in use by process ", holder));
    return FailedPrecondition(Cat("database ", directory, " cannot be locked: ", status.ToString()));
  }
  // A missing or unreadable file of an existing database.
  if (status.IsIOError() && !status.IsNoSpace()) {
    const std::string text = status.ToString();
    if (text.find("Permission denied") != std::string::npos) return FailedPrecondition(Cat("database ", directory, ": ", text));
    return Damaged(directory, text);
  }
  return FromRocks(status, directory);
}

rocksdb::Status OpenForReading(const rocksdb::DBOptions& options, const std::vector<rocksdb::ColumnFamilyDescriptor>& families,
                               Database& database) {
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  // A writer may replace files between our reading of the manifest and our opening of them.
  for (int attempt = 0; attempt < kReadOnlyAttempts; ++attempt) {
    status = rocksdb::DB::OpenForReadOnly(options, database.directory, families, &database.handles, &db);
    if (status.ok()) break;
  }
  database.db.reset(db);
  return status;
}

// Makes the families that are missing in one step: RocksDB's own way of creating them writes and syncs a file of options for each.
rocksdb::Status Create(rocksdb::DBOptions options, const std::vector<rocksdb::ColumnFamilyDescriptor>& families, Database& database) {
  std::vector<std::string> names;
  if (!rocksdb::DB::ListColumnFamilies(options, database.directory, &names).ok()) names = {kFamilyNames[0]};
  std::vector<rocksdb::ColumnFamilyDescriptor> there, missing;
  for (const rocksdb::ColumnFamilyDescriptor& family : families) {
    (std::find(names.begin(), names.end(), family.name) != names.end() ? there : missing).push_back(family);
  }
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(options, database.directory, there, &database.handles, &db);
  database.db.reset(db);
  if (!status.ok()) return status;
  std::vector<rocksdb::ColumnFamilyHandle*> created;
  status = db->CreateColumnFamilies(missing, &created);
  database.handles.insert(database.handles.end(), created.begin(), created.end());
  if (!status.ok()) return status;
  const auto place = [](const rocksdb::ColumnFamilyHandle* handle) {
    return std::find(kFamilyNames.begin(), kFamilyNames.end(), handle->GetName()) - kFamilyNames.begin();
  };
  std::sort(database.handles.begin(), database.handles.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
  return status;
}

absl::StatusOr<std::unique_ptr<Database>> OpenRocks(const std::string& directory, const Store::Options& options, bool create) {
  auto database = std::make_unique<Database>();
  database->directory = directory;
  const rocksdb::DBOptions db_options = DatabaseOptions();
  const std::vector<rocksdb::ColumnFamilyDescriptor> families =
      FamilyDescriptors(options.cache_bytes - options.cache_bytes / 4);
  rocksdb::Status status;
  if (options.read_only) {
    status = OpenForReading(db_options, families, *database);
  } else if (create) {
    status = Create(db_options, families, *database);
  } else {
    rocksdb::DB* db = nullptr;
    status = rocksdb::DB::Open(db_options, directory, families, &database->handles, &db);
    database->db.reset(db);
  }
  if (!status.ok()) return OpenFailed(directory, status);
  return database;
}

absl::Status WriteFormat(const Database& database) {
  rocksdb::WriteBatch batch;
  rocksdb::ColumnFamilyHandle* meta = database.family(Family::kMeta);
  RETURN_IF_ERROR(database.Check(batch.Put(meta, ToSlice(kFormatKey), ToSlice(kFormatValue))));
  RETURN_IF_ERROR(database.Check(batch.Put(meta, ToSlice(kCountersKey), ToSlice(Counters().Encode()))));
  rocksdb::WriteOptions options;
  options.sync = true;
  return database.Check(database.db->Write(options, &batch));
}

// Refuses other formats. A database without a format is one whose creation was interrupted just before the end.
absl::Status CheckFormat(const Database& database, bool may_write) {
  std::string format;
  const rocksdb::Status status =
      database.db->Get(rocksdb::ReadOptions(), database.family(Family::kMeta), ToSlice(kFormatKey), &format);
  if (status.IsNotFound()) {
    for (size_t i = 0; i < kFamilies; ++i) {
      const std::unique_ptr<rocksdb::Iterator> it(
          database.db->NewIterator(rocksdb::ReadOptions(), database.family(static_cast<Family>(i))));
      it->SeekToFirst();
      if (it->Valid()) return Damaged(database.directory, "it has data but no format version");
      RETURN_IF_ERROR(database.Check(it->status()));
    }
    if (!may_write) return NotFound(Cat("no database in ", database.directory));
    return WriteFormat(database);
  }
  RETURN_IF_ERROR(database.Check(status));
  if (format == kFormatValue) return absl::OkStatus();
  return WrongFormat(database.directory, format);
}

// Most often it is on disk already: but the remains of a write that failed may not be.
bool SyncFile(rocksdb::Env& env, const std::string& path) {
  std::unique_ptr<rocksdb::WritableFile> file;
  return env.ReopenWritableFile(path, &file, rocksdb::EnvOptions()).ok() && file->Fsync().ok() && file->Close().ok();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(const std::string& directory, const Store::Options& options) {
  ASSIGN_OR_RETURN(const Found found, FindDatabase(directory));
  if (found == Found::kSomethingElse) return NotOurs(directory);
  const bool may_create = options.create_if_missing && !options.read_only;
  if (found == Found::kNothing) {
    if (!may_create) return NotFound(Cat("no database in ", directory));
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return FailedPrecondition(Cat("database ", directory, ": ", error.message()));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, OpenRocks(directory, options, found == Found::kNothing));
  RETURN_IF_ERROR(CheckFormat(*database, may_create));
  if (!options.read_only) {
    std::error_code ignored;  // what an interrupted load or fold left; if it stays, the next one meets it
    fs::remove_all(database->load_directory(), ignored);
  }
  if (!options.read_only) WriteSeal(directory, {.last_log = NewestLog(*database)});
  return database;
}

void CloseDatabase(std::unique_ptr<Database> database, bool sound) {
  rocksdb::VectorLogPtr logs;
  // Failures here cost nothing but time at the next opening: the log has it all.
  uint64_t bytes = 0;
  if (database->db->GetSortedWalFiles(logs).ok()) {
    for (const auto& log : logs) bytes += log->SizeFileBytes();
  }
  if (bytes > kMaxLogAtClose) database->db->Flush(rocksdb::FlushOptions(), database->handles).PermitUncheckedError();
  rocksdb::Env* const env = database->db->GetEnv();
  const std::string directory = database->directory;
  sound = database->Close().ok() && sound;
  database.reset();
  if (sound) SealClosed(*env, directory);
}

void SealClosed(rocksdb::Env& env, const std::string& directory) {
  // Under RocksDB's lock, so that nobody opens it meanwhile. Whoever came before this is welcome: then it is not ours to seal.
  rocksdb::FileLock* lock = nullptr;
  if (!env.LockFile(directory + "/LOCK", &lock).ok()) return;
  std::unique_ptr<rocksdb::Directory> entries;
  bool synced = env.NewDirectory(directory, &entries).ok() && entries->Fsync().ok();
  Seal seal{.files = HashSmallFiles(directory)};
  for (const SealedFile& file : seal.files) {
    synced = synced && SyncFile(env, Cat(directory, "/", file.name));
    seal.last_log = std::max(seal.last_log, NumberOf(file.name, ".log"));
  }
  if (synced && !seal.files.empty()) WriteSeal(directory, seal);
  env.UnlockFile(lock).PermitUncheckedError();
}

}  // namespace dossier::graph
