#include "tests/stress/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace dossier::graph {

Child::Child(const std::vector<std::string>& arguments) {
  std::vector<std::string> owned = {DOSSIER_STRESS_WORKER};
  owned.insert(owned.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& argument : owned) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int channel[2];
  if (pipe2(channel, O_CLOEXEC) != 0) std::abort();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(channel[1], STDOUT_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(channel[1]);
  pipe_ = channel[0];
}

Child::~Child() {
  if (pid_ > 0) Finish(true);
  if (pipe_ >= 0) close(pipe_);
}

bool Child::Read() {
  char buffer[1 << 16];
  const ssize_t n = read(pipe_, buffer, sizeof buffer);
  if (n > 0) output_.append(buffer, static_cast<size_t>(n));
  return n > 0;
}

void Child::Finish(bool kill_it) {
  if (kill_it) kill(pid_, SIGKILL);
  while (Read()) {
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Child::KillAfter(std::chrono::microseconds time) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = Clock::now() + time;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(end - Clock::now()).count();
    if (left <= 0) return Finish(true);
    struct pollfd ready = {pipe_, POLLIN, 0};
    const struct timespec wait = {left / 1'000'000'000, left % 1'000'000'000};
    if (ppoll(&ready, 1, &wait, nullptr) > 0 && !Read()) return Finish(false);
  }
}

void Child::KillAtLine(uint64_t lines) {
  while (static_cast<uint64_t>(std::count(output_.begin(), output_.end(), '\n')) < lines && Read()) {
  }
  Finish(true);
}

uint64_t Child::acknowledged() const {
  const size_t end = output_.rfind('\n');
  if (end == std::string::npos) return 0;
  const size_t before = output_.rfind('\n', end == 0 ? 0 : end - 1);
  return std::strtoull(output_.c_str() + (before == std::string::npos ? 0 : before + 1), nullptr, 10);
}

}  // namespace dossier::graph
