#include "shell/render/progress.h"

#include <cmath>
#include <cstdio>

#include "graph/base/strings.h"

namespace dossier::shell {
namespace {

constexpr std::chrono::milliseconds kRedraw{200};

}  // namespace

Progress::Progress(const Terminal& terminal, std::string job, size_t total, std::string unit)
    : shown_(terminal.error && total > 1),
      width_(terminal.width),
      job_(std::move(job)),
      unit_(std::move(unit)),
      total_(total),
      start_(Clock::now()),
      drawn_(start_) {}

void Progress::Advance() {
  ++done_;
  if (!shown_) return;
  const Clock::time_point now = Clock::now();
  if (now - drawn_ >= kRedraw) Draw(now);
}

void Progress::Draw(Clock::time_point now) {
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done_) / std::max(seconds, 1e-3);
  const double left = static_cast<double>(total_ - std::min(done_, total_)) / std::max(rate, 1e-9);
  std::string line = Cat(job_, ": ", done_, " of ", total_, " ", unit_, " (", done_ * 100 / std::max<size_t>(total_, 1), " %), ",
                         ShortNumber(rate), "/s, ", ShortDuration(left), " left");
  if (line.size() >= width_) line.resize(width_ - 1);
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
  on_screen_ = true;
}

void Progress::Clear() {
  if (!on_screen_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  on_screen_ = false;
}

std::string ShortNumber(double number) {
  if (number < 10) return Cat(std::round(number * 10) / 10);
  const auto whole = static_cast<unsigned long long>(std::llround(std::min(number, 1e18)));
  std::string digits = Cat(whole);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string ShortDuration(double seconds) {
  const auto whole = static_cast<unsigned long long>(std::llround(std::min(std::max(seconds, 0.0), 1e9)));
  if (whole < 60) return Cat(whole, " s");
  if (whole < 3600) return Cat(whole / 60, " min ", whole % 60, " s");
  return Cat(whole / 3600, " h ", whole % 3600 / 60, " min");
}

}  // namespace dossier::shell
