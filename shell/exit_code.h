// Exit codes of the program, documented in `dossier --help` and docs/cli.md.
#pragma once

#include "graph/base/status.h"

namespace dossier::shell {

enum ExitCode : int {
  kExitOk = 0,
  kExitError = 1,         // an input or a query was not right, or a limit was reached
  kExitUsage = 2,         // the command line was not right, or asks for something that is not there yet
  kExitDatabase = 3,      // the database could not be opened, read or written
  kExitInterrupted = 130,
};

// What a failed command exits with. DataLoss and FailedPrecondition come from the store.
inline int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk: return kExitOk;
    case absl::StatusCode::kCancelled: return kExitInterrupted;
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kFailedPrecondition: return kExitDatabase;
    default: return kExitError;
  }
}

}  // namespace dossier::shell
