// Compiled with the flags that CMakeLists.txt sets for this instruction set.
#include "ingest/neural/kernels.h"

#include "ingest/neural/kernels_body.inc"

namespace dossier::ingest {

extern const Kernels kAvxVnniKernels;
const Kernels kAvxVnniKernels = {"avxvnni", Multiply, QuantizeRow, LayerNorm, Gelu, Relu, AddScaled, Attention, Dot};

}  // namespace dossier::ingest
