// The file LAST_LOG: what must still be in a directory when it is opened, and, once it was closed in order, the bytes of RocksDB's small files,
// in which RocksDB cannot tell damage at the end from a write that a power failure cut off. See "Files" in docs/storage_format.md.
// Internal to graph/store.
//
//   WriteSeal(directory, {.last_log = 42});                          // a writer has opened it
//   WriteSeal(directory, {42, HashSmallFiles(directory)});           // closed, nothing writes any more
//   for (const std::string& what : BrokenSeals(directory, ReadSeal(directory), Seals::kAll)) ...
//
// Thread-safe: no shared state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dossier::graph {

inline constexpr char kLastLogFile[] = "LAST_LOG";

struct SealedFile {
  std::string name;
  uint64_t size = 0;
  uint64_t hash = 0;  // XXH3, 64 bits
  friend bool operator==(const SealedFile&, const SealedFile&) = default;
};

struct Seal {
  uint64_t last_log = 0;            // number of the newest log; 0: not known
  std::vector<SealedFile> files = {};  // empty: a writer has the directory open, or had when it was killed
  bool damaged = false;             // the file is there and no seal
  friend bool operator==(const Seal&, const Seal&) = default;
};

// No file: nothing is known.
Seal ReadSeal(const std::string& directory);
// Atomic. A failure leaves the seal before; that one then counts no more, as CURRENT changes with every opening.
void WriteSeal(const std::string& directory, const Seal& seal);

// CURRENT, the manifest it names, IDENTITY, OPTIONS-* and the logs; empty when one cannot be read.
std::vector<SealedFile> HashSmallFiles(const std::string& directory);

// What is not as it was sealed, in words; empty when all is, or when the seal does not count: CURRENT is another, so a writer was here since.
// kNeeded: only the files that hold content.
enum class Seals { kNeeded, kAll };
std::vector<std::string> BrokenSeals(const std::string& directory, const Seal& seal, Seals which);

// The number of "000012.log", or 0.
uint64_t NumberOf(std::string_view name, std::string_view ending);

// What is wrong with the records of the manifest that CURRENT names: every byte belongs to a whole record with the right checksum, or is
// the filling of a block. Empty when all is well. RocksDB itself takes a record that is cut off for the end.
std::string CheckManifest(const std::string& directory);

}  // namespace dossier::graph
