#include <cstdio>

#include "shell/exit_code.h"

int main() {
  std::fputs("dossier: the shell is being built\n", stderr);
  return dossier::shell::kExitUsage;
}
