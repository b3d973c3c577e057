// The lemmatiser's tables from a treebank.
#pragma once

#include <string>

#include "ingest/train/treebank.h"

namespace dossier::ingest {

std::string TrainLemmatizer(const Treebank& treebank);

}  // namespace dossier::ingest
