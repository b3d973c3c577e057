// English verb forms in questions (ingest/entity/verb_forms.h).
#pragma once

#include "ingest/entity/verb_forms.h"

namespace dossier::shell {

using ingest::IsGerund;
using ingest::IsPastParticiple;
using ingest::LemmaCandidates;

}  // namespace dossier::shell
