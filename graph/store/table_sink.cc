#include "graph/store/table_sink.h"

#include <atomic>
#include <filesystem>
#include <system_error>

#include "graph/base/status.h"
#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

constexpr uint64_t kTableBytes = 128u << 20;

std::string NewTablePath(const std::string& directory) {
  static std::atomic<uint64_t> number = 0;
  return Cat(directory, "/", number++, ".table");
}

}  // namespace

TableSink::~TableSink() {
  std::error_code ignored;
  for (Writer& writer : writers_) {
    writer.table.reset();
    for (const std::string& path : writer.finished) std::filesystem::remove(path, ignored);
  }
}

absl::Status TableSink::Finish(Writer& writer) {
  if (writer.table == nullptr) return absl::OkStatus();
  rocksdb::ExternalSstFileInfo info;
  RETURN_IF_ERROR(db_.Check(writer.table->Finish(&info)));
  writer.checksums.push_back(info.file_checksum);
  writer.checksum_names.push_back(info.file_checksum_func_name);
  writer.table.reset();
  return absl::OkStatus();
}

absl::Status TableSink::Prepare(Family family) {
  Writer& writer = writers_[static_cast<size_t>(family)];
  if (writer.table != nullptr && writer.table->FileSize() >= kTableBytes) RETURN_IF_ERROR(Finish(writer));
  if (writer.table != nullptr) return absl::OkStatus();
  std::error_code error;
  std::filesystem::create_directories(db_.load_directory(), error);
  if (error) return FailedPrecondition(Cat("database ", db_.directory, ": ", db_.load_directory(), ": ", error.message()));
  rocksdb::Options options = db_.db->GetOptions(db_.family(family));
  options.enable_blob_files = false;
  options.compression_per_level.clear();
  writer.table = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options, db_.family(family));
  std::string path = NewTablePath(db_.load_directory());
  writer.finished.push_back(path);
  return db_.Check(writer.table->Open(path));
}

absl::Status TableSink::Put(Family family, std::string_view key, std::string_view value) {
  if (!tables_) {
    bytes_ += key.size() + value.size();
    return db_.Check(batch_.Put(db_.family(family), ToSlice(key), ToSlice(value)));
  }
  RETURN_IF_ERROR(Prepare(family));
  return db_.Check(writers_[static_cast<size_t>(family)].table->Put(ToSlice(key), ToSlice(value)));
}

absl::Status TableSink::Delete(Family family, std::string_view key) {
  if (!tables_) return db_.Check(batch_.Delete(db_.family(family), ToSlice(key)));
  RETURN_IF_ERROR(Prepare(family));
  return db_.Check(writers_[static_cast<size_t>(family)].table->Delete(ToSlice(key)));
}

absl::Status TableSink::Absorb(TableSink& other) {
  for (size_t i = 0; i < kFamilies; ++i) {
    RETURN_IF_ERROR(Finish(other.writers_[i]));
    Writer &ours = writers_[i], &theirs = other.writers_[i];
    RETURN_IF_ERROR(Finish(ours));
    ours.finished.insert(ours.finished.end(), theirs.finished.begin(), theirs.finished.end());
    ours.checksums.insert(ours.checksums.end(), theirs.checksums.begin(), theirs.checksums.end());
    ours.checksum_names.insert(ours.checksum_names.end(), theirs.checksum_names.begin(), theirs.checksum_names.end());
    theirs.finished.clear();
  }
  return absl::OkStatus();
}

absl::Status TableSink::ApplyTables() {
  std::vector<rocksdb::IngestExternalFileArg> arguments;
  for (size_t i = 0; i < kFamilies; ++i) {
    RETURN_IF_ERROR(Finish(writers_[i]));
    if (writers_[i].finished.empty()) continue;
    rocksdb::IngestExternalFileArg argument;
    argument.column_family = db_.family(static_cast<Family>(i));
    argument.external_files = writers_[i].finished;
    argument.files_checksums = writers_[i].checksums;
    argument.files_checksum_func_names = writers_[i].checksum_names;
    argument.options.verify_file_checksum = false;  // just computed
    argument.options.move_files = true;
    argument.options.write_global_seqno = false;
    arguments.push_back(std::move(argument));
  }
  if (arguments.empty()) return absl::OkStatus();
  return db_.Check(db_.db->IngestExternalFiles(arguments));
}

absl::Status TableSink::Apply() {
  if (tables_) return ApplyTables();
  rocksdb::WriteOptions options;
  options.sync = true;
  return db_.Check(db_.db->Write(options, &batch_));
}

}  // namespace dossier::graph
