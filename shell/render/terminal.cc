#include "shell/render/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace dossier::shell {
namespace {

constexpr size_t kMinWidth = 20;
constexpr size_t kMaxWidth = 1000;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

size_t Width(size_t otherwise) {
  const std::string_view columns = Environment("COLUMNS");
  size_t width = 0;
  const auto [end, error] = std::from_chars(columns.data(), columns.data() + columns.size(), width);
  if (error == std::errc() && end == columns.data() + columns.size() && width > 0) return std::clamp(width, kMinWidth, kMaxWidth);
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::clamp<size_t>(size.ws_col, kMinWidth, kMaxWidth);
  return otherwise;
}

}  // namespace

Terminal DetectTerminal() {
  Terminal terminal;
  terminal.input = isatty(STDIN_FILENO) == 1;
  terminal.output = isatty(STDOUT_FILENO) == 1;
  terminal.error = isatty(STDERR_FILENO) == 1;
  terminal.colour = terminal.output && Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
  terminal.width = Width(terminal.width);
  return terminal;
}

}  // namespace dossier::shell
