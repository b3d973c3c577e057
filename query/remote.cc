#include "query/remote.h"

namespace dossier::query {

Remote::~Remote() = default;

}  // namespace dossier::query
