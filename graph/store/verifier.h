// The work of VerifyDatabase(). Internal to graph/store: use maintenance.h.
//
//   Verifier verifier(core, options);
//   ASSIGN_OR_RETURN(VerifyReport report, verifier.Run());
//
// Not thread-safe.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/store/maintenance.h"
#include "graph/store/store_core.h"

namespace dossier::graph {

class Verifier {
 public:
  Verifier(StoreCore& core, const VerifyOptions& options) : core_(core), db_(core.database()), options_(options), state_(core.Published()) {}
  // Cancelled when asked to stop; all else is in the report.
  absl::StatusOr<VerifyReport> Run();
  // Whether tables could not be read because a writer has removed them since this database was opened; they were all there then.
  bool files_vanished() const { return files_vanished_; }

 private:
  // What a set of quads is compared by.
  struct Digest {
    uint64_t quads = 0, hash = 0;
    friend bool operator==(const Digest&, const Digest&) = default;
  };

  void Problem(std::string text);
  // Notes a failure to read as a problem; whether it was fine.
  bool Fine(const absl::Status& status, std::string_view where);
  bool Stopped() const;

  void CheckFiles();
  void CheckTables();
  void CheckOrder(Order order, Digest& all, Digest& named);
  // One block: its bytes against its record; adds its quads.
  void CheckBlock(Order order, size_t number, std::string_view bytes, Digest& all, Digest& named);
  void CheckKeys();
  void CheckOrdersAgree();
  void CheckDelta();
  void CheckIds();
  void CheckTerms();
  void CheckIdsFamily(uint64_t terms);
  void CheckVocabularies();
  void CheckVocabulary(const Vocabulary& vocabulary, bool others);
  void CheckDirectory(const TermDirectory& directory);
  void CheckVocabularyKeys();
  void NoteId(uint64_t bits);
  void CompactIds();

  StoreCore& core_;
  const Database& db_;
  const VerifyOptions options_;
  const std::shared_ptr<const StoreState> state_;
  VerifyReport report_;
  bool files_vanished_ = false;
  std::vector<uint64_t> ids_;  // dictionary ids of quads; sorted and unique up to compacted_
  size_t compact_at_ = 1u << 20;
};

}  // namespace dossier::graph
