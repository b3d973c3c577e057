// Ctrl-C as a flag: work in progress sees it and stops at the next safe place. A second Ctrl-C within the same work ends the process at
// once, which leaves the store intact too: commits are atomic.
#pragma once

#include <atomic>

namespace dossier::shell {

// Installs the handler (SIGINT, SIGTERM). Call once, from the main thread.
void InstallInterruptHandler();
// Set while an interruption waits to be noticed.
const std::atomic<bool>& Interrupted();
// Forgets an interruption: the shell does so before each statement.
void ClearInterrupt();

}  // namespace dossier::shell
