// Where tests find their files. The one place that knows the checkout's path, so that compiled tests are alike in every checkout (ccache).
#pragma once

#include <filesystem>

namespace dossier {

std::filesystem::path SourceDirectory();

// $DOSSIER_SHARED, else ../shared beside the checkout. May be absent: the test then says SKIPPED.
std::filesystem::path SharedDirectory();

}  // namespace dossier
