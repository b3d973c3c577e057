#include "ingest/neural/kernels.h"

#ifdef DOSSIER_X86_KERNELS
#include <cpuid.h>
#endif

#include <cstdlib>
#include <string_view>

namespace dossier::ingest {

extern const Kernels kPlainKernels;
#ifdef DOSSIER_X86_KERNELS
extern const Kernels kAvx2Kernels;
extern const Kernels kAvxVnniKernels;
extern const Kernels kAvx512Kernels;
#endif

namespace {

#ifdef DOSSIER_X86_KERNELS
bool HasAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni");
}

// 256-bit VNNI of processors without AVX-512. The compiler's check of the system's support covers AVX2.
bool HasAvxVnni() {
  unsigned int a = 0, b = 0, c = 0, d = 0;
  return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & 1u << 4) != 0;
}
#endif

const Kernels& Choose() {
  if (const char* name = std::getenv("DOSSIER_KERNELS"); name != nullptr) {
    if (const Kernels* kernels = KernelsOfName(name)) return *kernels;
  }
  for (const char* name : {"avx512", "avxvnni", "avx2"}) {
    if (const Kernels* kernels = KernelsOfName(name)) return *kernels;
  }
  return kPlainKernels;
}

}  // namespace

const Kernels* KernelsOfName(const char* name) {
  const std::string_view wanted = name;
  if (wanted == "plain") return &kPlainKernels;
#ifdef DOSSIER_X86_KERNELS
  if (wanted == "avx2" && __builtin_cpu_supports("avx2")) return &kAvx2Kernels;
  if (wanted == "avxvnni" && HasAvxVnni()) return &kAvxVnniKernels;
  if (wanted == "avx512" && HasAvx512()) return &kAvx512Kernels;
#endif
  return nullptr;
}

const Kernels& BestKernels() {
  static const Kernels& kernels = Choose();
  return kernels;
}

}  // namespace dossier::ingest
