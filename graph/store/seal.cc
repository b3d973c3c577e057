#include "graph/store/seal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "graph/base/strings.h"
#include "xxhash.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHashLine = "xxh3 ";
constexpr char kCurrent[] = "CURRENT";

// RocksDB's log format: blocks of 32 KiB; records of checksum, length, type and content that do not cross them.
constexpr size_t kLogBlock = 32 << 10;
constexpr size_t kRecordHead = 7;
enum RecordType : unsigned char { kFilling, kFull, kFirst, kMiddle, kLast };

std::optional<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return std::nullopt;
  return bytes;
}

uint64_t HashOf(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::string Hex(uint64_t n) {
  char text[20];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(n));
  return text;
}

std::optional<SealedFile> HashFile(const fs::path& directory, const std::string& name) {
  const std::optional<std::string> bytes = ReadFile(directory / name);
  if (!bytes) return std::nullopt;
  return SealedFile{name, bytes->size(), HashOf(*bytes)};
}

// The line up to the next newline, taken off the front; nothing without a newline.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::string Render(const Seal& seal) {
  std::string text = Cat(seal.last_log, ".log\n");
  for (const SealedFile& file : seal.files) Append(text, file.name, ' ', file.size, ' ', Hex(file.hash), '\n');
  return Cat(text, kHashLine, Hex(HashOf(text)), '\n');
}

std::optional<SealedFile> ParseLine(std::string_view line) {
  const size_t hash = line.rfind(' ');
  const size_t size = hash == std::string_view::npos || hash == 0 ? hash : line.rfind(' ', hash - 1);
  if (size == std::string_view::npos || size == 0) return std::nullopt;
  SealedFile file;
  file.name = line.substr(0, size);
  std::from_chars(line.data() + size + 1, line.data() + hash, file.size);
  std::from_chars(line.data() + hash + 1, line.data() + line.size(), file.hash, 16);
  return file;
}

std::optional<Seal> Parse(std::string_view text) {
  Seal seal;
  std::string_view rest = text;
  const std::optional<std::string_view> first = TakeLine(rest);
  if (!first) return std::nullopt;
  seal.last_log = NumberOf(*first, ".log");
  // As versions before the seal wrote it.
  if (rest.empty()) return seal.last_log > 0 ? std::optional(seal) : std::nullopt;
  while (const std::optional<std::string_view> line = TakeLine(rest)) {
    if (rest.empty()) break;
    const std::optional<SealedFile> file = ParseLine(*line);
    if (!file) return std::nullopt;
    seal.files.push_back(*file);
  }
  return Render(seal) == text ? std::optional(seal) : std::nullopt;  // its hash among the rest
}

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

bool IsContent(std::string_view name) { return name.starts_with("MANIFEST-") || name.ends_with(".log"); }

uint32_t Crc32c(std::string_view bytes) {
  static const std::array<uint32_t, 256> table = [] {
    std::array<uint32_t, 256> made;
    for (uint32_t i = 0; i < made.size(); ++i) {
      uint32_t n = i;
      for (int bit = 0; bit < 8; ++bit) n = (n >> 1) ^ ((n & 1) != 0 ? 0x82F63B78u : 0);
      made[i] = n;
    }
    return made;
  }();
  uint32_t crc = ~uint32_t{0};
  for (const char c : bytes) crc = (crc >> 8) ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xFF];
  return ~crc;
}

uint32_t LittleEndian(std::string_view bytes) {
  uint32_t n = 0;
  std::memcpy(&n, bytes.data(), sizeof n);
  return n;
}

// What is wrong with the record at `at`, whose block ends at `end`; moves `at` behind it.
const char* CheckRecord(std::string_view bytes, size_t& at, size_t end, bool& inside) {
  if (end - at < kRecordHead) return "a record is cut off";
  const size_t length = static_cast<unsigned char>(bytes[at + 4]) | size_t{static_cast<unsigned char>(bytes[at + 5])} << 8;
  const auto type = static_cast<unsigned char>(bytes[at + 6]);
  if (length > end - at - kRecordHead) return "a record is cut off";
  if (type < kFull || type > kLast) return "a record of no known type";
  const uint32_t crc = Crc32c(bytes.substr(at + 6, 1 + length));
  if (LittleEndian(bytes.substr(at)) != ((crc >> 15 | crc << 17) + 0xa282ead8u)) return "a record with a wrong checksum";
  if (inside != (type == kMiddle || type == kLast)) return "a piece of a record without the others";
  inside = type == kFirst || type == kMiddle;
  at += kRecordHead + length;
  return nullptr;
}

const char* CheckRecords(std::string_view bytes) {
  bool inside = false;
  for (size_t at = 0; at < bytes.size();) {
    const size_t block_end = (at / kLogBlock + 1) * kLogBlock;
    if (block_end - at < kRecordHead) {
      const std::string_view filling = bytes.substr(at, block_end - at);
      if (filling.find_first_not_of('\0') != std::string_view::npos) return "the filling of a block is not empty";
      at += filling.size();
      continue;
    }
    if (const char* problem = CheckRecord(bytes, at, std::min(block_end, bytes.size()), inside)) return problem;
  }
  return inside ? "the last record is cut off" : nullptr;
}

}  // namespace

uint64_t NumberOf(std::string_view name, std::string_view ending) {
  if (!name.ends_with(ending)) return 0;
  const std::string_view digits = name.substr(0, name.size() - ending.size());
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) return 0;
  uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

Seal ReadSeal(const std::string& directory) {
  std::error_code error;
  const fs::path path = fs::path(directory) / kLastLogFile;
  if (!fs::exists(path, error)) return {};
  const std::optional<std::string> text = ReadFile(path);
  std::optional<Seal> seal = text ? Parse(*text) : std::nullopt;
  return seal ? *std::move(seal) : Seal{.damaged = true};
}

void WriteSeal(const std::string& directory, const Seal& seal) {
  const std::string path = (fs::path(directory) / kLastLogFile).string(), temporary = path + ".dbtmp";
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return;
  const bool written = WriteAll(fd, Render(seal)) && fsync(fd) == 0;
  close(fd);
  std::error_code ignored;
  if (written) {
    fs::rename(temporary, path, ignored);
  } else {
    fs::remove(temporary, ignored);
  }
}

std::vector<SealedFile> HashSmallFiles(const std::string& directory) {
  const std::optional<std::string> current = ReadFile(fs::path(directory) / kCurrent);
  if (!current || current->empty()) return {};
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(directory, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name == kCurrent || name == "IDENTITY" || name.starts_with("OPTIONS-") || Cat(name, "\n") == *current || NumberOf(name, ".log") > 0) {
      names.push_back(name);
    }
  }
  if (error) return {};
  std::sort(names.begin(), names.end());
  std::vector<SealedFile> files;
  for (const std::string& name : names) {
    std::optional<SealedFile> file = HashFile(directory, name);
    if (!file) return {};
    files.push_back(*std::move(file));
  }
  return files;
}

std::vector<std::string> BrokenSeals(const std::string& directory, const Seal& seal, Seals which) {
  const auto current = std::find_if(seal.files.begin(), seal.files.end(), [](const SealedFile& file) { return file.name == kCurrent; });
  const auto counts = [&] { return current != seal.files.end() && HashFile(directory, kCurrent) == *current; };
  if (!counts()) return {};
  std::vector<std::string> broken;
  for (const SealedFile& file : seal.files) {
    if (which == Seals::kNeeded && !IsContent(file.name)) continue;
    const std::optional<SealedFile> now = HashFile(directory, file.name);
    if (!now) {
      broken.push_back(Cat(file.name, " is missing or cannot be read"));
    } else if (*now != file) {
      broken.push_back(Cat(file.name, " is not what it was when the database was closed"));
    }
  }
  // A writer may have come meanwhile: then they need not be.
  if (!broken.empty() && !counts()) broken.clear();
  return broken;
}

std::string CheckManifest(const std::string& directory) {
  const std::optional<std::string> current = ReadFile(fs::path(directory) / kCurrent);
  if (!current || !current->ends_with('\n')) return "CURRENT names no manifest";
  const std::string name = current->substr(0, current->size() - 1);
  const std::optional<std::string> bytes = ReadFile(fs::path(directory) / name);
  if (!bytes) return Cat(name, " cannot be read");
  const char* problem = CheckRecords(*bytes);
  return problem == nullptr ? "" : Cat(name, ": ", problem);
}

}  // namespace dossier::graph
