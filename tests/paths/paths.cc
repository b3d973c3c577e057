#include "tests/paths/paths.h"

#include <cstdlib>

namespace dossier {

std::filesystem::path SourceDirectory() { return DOSSIER_SOURCE_DIR; }

std::filesystem::path SharedDirectory() {
  const char* const shared = std::getenv("DOSSIER_SHARED");
  return shared != nullptr ? std::filesystem::path(shared) : SourceDirectory() / ".." / "shared";
}

}  // namespace dossier
