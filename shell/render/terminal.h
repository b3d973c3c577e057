// Where output goes: whether somebody is looking, how wide their screen is, whether colours are wanted.
//
// NO_COLOR (https://no-color.org) and TERM=dumb turn colours off; COLUMNS overrides the width. Thread-safe.
#pragma once

#include <cstddef>

namespace dossier::shell {

struct Terminal {
  bool input = false;      // standard input is a terminal
  bool output = false;     // standard output is one
  bool error = false;      // standard error is one: progress may be shown
  bool colour = false;     // on standard output
  size_t width = 100;      // of standard output
};

Terminal DetectTerminal();

}  // namespace dossier::shell
