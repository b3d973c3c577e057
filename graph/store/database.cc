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
#include "rocksdb/iterator.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxLogAtClose = 4u << 20;  // replayed in about 10 ms
constexpr int kReadOnlyAttempts = 3;

enum class Found { kNothing, kDatabase, kDamaged, kSomethingElse };

bool IsDigits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What RocksDB leaves behind when a creation is interrupted before there is anything to lose.
bool IsDebris(std::string_view name) {
  return name == "LOCK" || name == "IDENTITY" || name.starts_with("LOG") || name.starts_with("MANIFEST-") ||
         name.starts_with("OPTIONS-") || name.ends_with(".dbtmp");
}

bool IsDataFile(std::string_view name) {
  return (name.ends_with(".sst") || name.ends_with(".log")) && IsDigits(name.substr(0, name.size() - 4));
}

absl::StatusOr<Found> Inspect(const std::string& directory) {
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) return Found::kNothing;
  if (error) return FailedPrecondition(Cat("database ", directory, ": ", error.message()));
  if (status.type() != fs::file_type::directory) return Found::kSomethingElse;
  bool current = false, data = false, debris_only = true;
  fs::directory_iterator it(directory, error);
  if (error) return FailedPrecondition(Cat("database ", directory, ": ", error.message()));
  for (; it != fs::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    current |= name == "CURRENT";
    data |= IsDataFile(name);
    debris_only &= IsDebris(name);
    if (error) return FailedPrecondition(Cat("database ", directory, ": ", error.message()));
  }
  if (current) return Found::kDatabase;
  if (data) return Found::kDamaged;
  return debris_only ? Found::kNothing : Found::kSomethingElse;
}

absl::Status NotOurs(const std::string& directory) {
  return InvalidArgument(Cat(directory, " exists and is not a Dossier database; it was left alone"));
}

// The process that holds the directory's lock, or 0.
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
                                kFormatValue, "': open it with the version that wrote it and dump it"));
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
  if (found == Found::kDamaged) return DataLoss(Cat("database ", directory, " is damaged: its file CURRENT is missing"));
  if (found != Found::kDatabase) return found;
  std::vector<std::string> names;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(DatabaseOptions(), directory, &names);
  if (!listed.ok()) return DataLoss(Cat("database ", directory, " is damaged: ", listed.ToString()));
  return InspectFamilies(directory, names);
}

absl::Status OpenFailed(const std::string& directory, const rocksdb::Status& status) {
  if (IsLockError(status)) {
    const pid_t holder = LockHolder(directory);
    if (holder > 0) return FailedPrecondition(Cat("database ", directory, " is in use by process ", holder));
    if (status.ToString().find("current process") != std::string::npos) {
      return FailedPrecondition(Cat("database ", directory, " is in use by this process (", getpid(), ")"));
    }
    return FailedPrecondition(Cat("database ", directory, " cannot be locked: ", status.ToString()));
  }
  // A missing or unreadable file of an existing database.
  if (status.IsIOError() && !status.IsNoSpace()) {
    const std::string text = status.ToString();
    if (text.find("Permission denied") != std::string::npos) return FailedPrecondition(Cat("database ", directory, ": ", text));
    return DataLoss(Cat("database ", directory, " is damaged: ", text));
  }
  return FromRocks(status, directory);
}

absl::StatusOr<std::unique_ptr<Database>> OpenRocks(const std::string& directory, const Store::Options& options, bool create) {
  auto database = std::make_unique<Database>();
  database->directory = directory;
  rocksdb::DBOptions db_options = DatabaseOptions();
  db_options.create_if_missing = create;
  db_options.create_missing_column_families = create;
  const std::vector<rocksdb::ColumnFamilyDescriptor> families =
      FamilyDescriptors(options.cache_bytes - options.cache_bytes / 4);
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (options.read_only) {
    // A writer may replace files between our reading of the manifest and our opening of them.
    for (int attempt = 0; attempt < kReadOnlyAttempts; ++attempt) {
      status = rocksdb::DB::OpenForReadOnly(db_options, directory, families, &database->handles, &db);
      if (status.ok()) break;
    }
  } else {
    status = rocksdb::DB::Open(db_options, directory, families, &database->handles, &db);
  }
  if (!status.ok()) return OpenFailed(directory, status);
  database->db.reset(db);
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
      if (it->Valid()) return DataLoss(Cat("database ", database.directory, " is damaged: it has data but no format version"));
      RETURN_IF_ERROR(database.Check(it->status()));
    }
    if (!may_write) return NotFound(Cat("no database in ", database.directory));
    return WriteFormat(database);
  }
  RETURN_IF_ERROR(database.Check(status));
  if (format == kFormatValue) return absl::OkStatus();
  return WrongFormat(database.directory, format);
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
  return database;
}

void FlushForFastOpening(Database& database) {
  rocksdb::VectorLogPtr logs;
  uint64_t bytes = 0;
  if (database.db->GetSortedWalFiles(logs).ok()) {
    for (const auto& log : logs) bytes += log->SizeFileBytes();
  }
  // A failure costs nothing but time at the next opening: the log has it all.
  if (bytes > kMaxLogAtClose) database.db->Flush(rocksdb::FlushOptions(), database.handles).PermitUncheckedError();
}

}  // namespace dossier::graph
