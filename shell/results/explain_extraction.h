// Why a sentence gave the facts it gave, and why a clause gave none: what `dossier extract --explain` prints.
//
//   for (uint32_t i = 0; i < analysis.sentences.size(); ++i) out += ExplainSentence(analysis, i);
//
// For each sentence: its tree, one word a line; its propositions with rule, arguments and what decides whether the text asserts them; the
// facts that came of them; and for every verb that is no proposition of its own, every proposition without a fact and every fact that is
// not asserted the reason. Pure, thread-safe; any analysis is accepted.
#pragma once

#include <cstdint>
#include <string>

#include "ingest/pipeline.h"

namespace dossier::shell {

std::string ExplainSentence(const ingest::Analysis& analysis, uint32_t sentence);

}  // namespace dossier::shell
