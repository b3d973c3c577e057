// A line on standard error that tells how far a long job is: share, rate and time left. Silent when that is no terminal.
//
//   Progress progress(terminal, "ingest", files.size(), "articles");
//   progress.Advance();           // after each; redraws at most some times a second
//   progress.Clear();             // before printing something else
//
// Not thread-safe.
#pragma once

#include <chrono>
#include <string>

#include "shell/render/terminal.h"

namespace dossier::shell {

class Progress {
 public:
  Progress(const Terminal& terminal, std::string job, size_t total, std::string unit);
  ~Progress() { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Advance();
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;
  void Draw(Clock::time_point now);

  const bool shown_;
  const size_t width_;
  const std::string job_, unit_;
  const size_t total_;
  size_t done_ = 0;
  const Clock::time_point start_;
  Clock::time_point drawn_;
  bool on_screen_ = false;
};

// "1.2", "34", "5,600": two digits that mean something.
std::string ShortNumber(double number);
// "3 s", "2 min 5 s", "1 h 20 min".
std::string ShortDuration(double seconds);

}  // namespace dossier::shell
