#include "ingest/models/model_file.h"

#include <xxhash.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

#include "graph/base/strings.h"

extern "C" {
extern const char dossier_fast_model_begin[];
extern const char dossier_fast_model_end[];
extern const char dossier_coref_model_begin[];
extern const char dossier_coref_model_end[];
extern const char dossier_accurate_model_begin[];
extern const char dossier_accurate_model_end[];
}

namespace dossier::ingest {
namespace {

constexpr char kMagic[8] = {'D', 'O', 'S', 'S', 'M', 'D', 'L', '\n'};
constexpr uint32_t kVersion = 1;
constexpr size_t kAlignment = 64;
constexpr size_t kMaxSections = 256;

struct Header {
  char magic[8];
  uint32_t version;
  uint32_t sections;
  uint64_t size;      // of the whole file
  uint64_t checksum;  // XXH3 of everything after the header
};
static_assert(sizeof(Header) == 32);

struct DirectoryEntry {
  char name[16];  // zero padded
  uint64_t offset;
  uint64_t size;
};
static_assert(sizeof(DirectoryEntry) == 32);

std::string_view BytesBetween(const char* begin, const char* end) { return {begin, static_cast<size_t>(end - begin)}; }

size_t AlignUp(size_t n) { return (n + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

absl::StatusOr<std::unique_ptr<ModelFile>> ModelFile::FromBytes(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof header) return DataLoss("model file is too short for its header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0)
    return DataLoss("not a Dossier model file (wrong magic)");
  if (header.version != kVersion)
    return DataLoss(Cat("model file has version ", header.version, ", this program reads ", kVersion));
  if (header.size != bytes.size()) {
    return DataLoss(Cat("model file should have ", header.size, " bytes and has ", bytes.size()));
  }
  const size_t directory_end = sizeof header + size_t{header.sections} * sizeof(DirectoryEntry);
  if (header.sections > kMaxSections || directory_end > bytes.size())
    return DataLoss("model file has a broken directory");
  if (XXH3_64bits(bytes.data() + sizeof header, bytes.size() - sizeof header) != header.checksum) {
    return DataLoss("model file is damaged (checksum mismatch)");
  }
  auto file = std::make_unique<ModelFile>();
  for (uint32_t i = 0; i < header.sections; ++i) {
    DirectoryEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof header + i * sizeof entry, sizeof entry);
    if (entry.offset % kAlignment != 0 || entry.offset > bytes.size() ||
        entry.size > bytes.size() - entry.offset) {
      return DataLoss("model file has a section outside the file");
    }
    file->sections_.emplace_back(std::string(entry.name, strnlen(entry.name, sizeof entry.name)),
                                 bytes.substr(entry.offset, entry.size));
  }
  return file;
}

absl::StatusOr<std::unique_ptr<ModelFile>> ModelFile::Open(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return NotFound(Cat("cannot open model file ", path));
  const auto size = static_cast<size_t>(in.tellg());
  std::vector<uint64_t> owned((size + 7) / 8);
  in.seekg(0);
  if (!in.read(reinterpret_cast<char*>(owned.data()), static_cast<std::streamsize>(size))) {
    return DataLoss(Cat("cannot read model file ", path));
  }
  auto file = FromBytes({reinterpret_cast<const char*>(owned.data()), size});
  if (!file.ok()) return Annotate(file.status(), path);
  (*file)->owned_ = std::move(owned);  // moving keeps the buffer, so the views stay valid
  return file;
}

absl::StatusOr<std::unique_ptr<ModelFile>> ModelFile::Embedded(std::string_view name) {
  if (const char* folder = std::getenv("DOSSIER_MODELS"); folder != nullptr && *folder != '\0') {
    const std::string path = Cat(std::string_view(folder), "/", name, ".model");
    if (std::ifstream(path).good()) return Open(path);
  }
  if (name == "fast") return FromBytes(BytesBetween(dossier_fast_model_begin, dossier_fast_model_end));
  if (name == "coref") return FromBytes(BytesBetween(dossier_coref_model_begin, dossier_coref_model_end));
  if (name == "accurate") return FromBytes(BytesBetween(dossier_accurate_model_begin, dossier_accurate_model_end));
  return Unimplemented(Cat("this program carries no model called '", name, "'"));
}

std::string_view ModelFile::Section(std::string_view name) const {
  for (const auto& [section_name, bytes] : sections_) {
    if (section_name == name) return bytes;
  }
  return {};
}

void ModelFileWriter::Add(std::string_view name, std::string bytes) {
  sections_.emplace_back(std::string(name), std::move(bytes));
}

std::string ModelFileWriter::Finish() const {
  size_t offset = AlignUp(sizeof(Header) + sections_.size() * sizeof(DirectoryEntry));
  std::string directory;
  for (const auto& [name, bytes] : sections_) {
    DirectoryEntry entry = {};
    std::memcpy(entry.name, name.data(), std::min(name.size(), sizeof entry.name));
    entry.offset = offset;
    entry.size = bytes.size();
    directory.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    offset = AlignUp(offset + bytes.size());
  }
  std::string body = std::move(directory);
  for (const auto& [name, bytes] : sections_) {
    body.resize(AlignUp(sizeof(Header) + body.size()) - sizeof(Header));
    body.append(bytes);
  }
  body.resize(AlignUp(sizeof(Header) + body.size()) - sizeof(Header));
  Header header = {};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kVersion;
  header.sections = static_cast<uint32_t>(sections_.size());
  header.size = sizeof header + body.size();
  header.checksum = XXH3_64bits(body.data(), body.size());
  return std::string(reinterpret_cast<const char*>(&header), sizeof header) + body;
}

}  // namespace dossier::ingest
