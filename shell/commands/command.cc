#include "shell/commands/command.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "graph/base/strings.h"
#include "shell/exit_code.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

bool IsDirectory(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

int Fail(const absl::Status& status) {
  std::fflush(stdout);
  std::fprintf(stderr, "dossier: error: %s\n", MessageOf(status).c_str());
  return ExitCodeOf(status);
}

int FailAt(const absl::Status& status, std::string_view text, std::string_view name) {
  std::fflush(stdout);
  std::fprintf(stderr, "%s\n", RenderError(status, text, name).c_str());
  return ExitCodeOf(status);
}

int WithSession(const std::string& directory, bool write, const std::function<int(Session&)>& run) {
  auto session = Session::Open(directory, write ? Session::Mode::kWrite : Session::Mode::kRead);
  if (!session.ok()) {
    Fail(session.status());
    return kExitDatabase;
  }
  return run(**session);
}

std::string InputName(const std::string& path) { return path == "-" ? "standard input" : path; }

absl::StatusOr<std::string> ReadInput(const std::string& path, size_t max_bytes) {
  if (IsDirectory(path)) return InvalidArgument(Cat(path, " is a folder; give its files (", path, "/*)"));
  const std::unique_ptr<std::FILE, FileCloser> file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return NotFound(Cat("cannot open ", path, ": ", std::strerror(errno)));
  std::string bytes;
  char buffer[1 << 16];
  while (bytes.size() <= max_bytes) {
    const size_t wanted = std::min(sizeof buffer, max_bytes + 1 - bytes.size());
    const size_t got = std::fread(buffer, 1, wanted, file.get());
    bytes.append(buffer, got);
    if (got < wanted) break;
  }
  if (std::ferror(file.get()) != 0) return InvalidArgument(Cat("cannot read ", InputName(path), ": ", std::strerror(errno)));
  return bytes;
}

absl::Status WriteOutput(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
    return absl::UnavailableError(ToAbsl(Cat("cannot write the output: ", std::strerror(errno))));
  }
  return absl::OkStatus();
}

TableOptions TableOptionsFor(const Terminal& terminal) {
  TableOptions options;
  options.width = terminal.width;
  options.ansi = terminal.colour;
  return options;
}

}  // namespace dossier::shell
