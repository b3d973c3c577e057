#include "shell/interrupt.h"

#include <csignal>
#include <cstdlib>

namespace dossier::shell {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

extern "C" void OnSignal(int signal) {
  if (interrupted.exchange(true)) std::_Exit(128 + signal);
}

}  // namespace

void InstallInterruptHandler() {
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = 0;  // a blocked read returns, so that the prompt comes back
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

const std::atomic<bool>& Interrupted() { return interrupted; }
void ClearInterrupt() { interrupted.store(false); }

}  // namespace dossier::shell
