#include "net/file_access.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/io/byte_source.h"

namespace dossier::net {
namespace {

namespace fs = std::filesystem;

absl::Status Denied(std::string_view url) {
  return absl::PermissionDeniedError(ToAbsl(Cat("<", url, "> lies in no folder from which files may be loaded")));
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

absl::StatusOr<std::string> PathOfFileUrl(std::string_view url) {
  std::string_view rest = url;
  if (!rest.starts_with("file:")) return InvalidArgument(Cat("<", url, "> is no file: URL"));
  rest.remove_prefix(5);
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    if (rest.starts_with("localhost/")) rest.remove_prefix(9);
  }
  if (!rest.starts_with('/') || rest.find_first_of("?#") != std::string_view::npos) return InvalidArgument(Cat("<", url, "> names no local file"));
  std::string path;
  for (size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] != '%') {
      path.push_back(rest[i]);
      continue;
    }
    const int high = i + 2 < rest.size() ? HexDigit(rest[i + 1]) : -1, low = i + 2 < rest.size() ? HexDigit(rest[i + 2]) : -1;
    if (high < 0 || low < 0) return InvalidArgument(Cat("<", url, "> holds a '%' that encodes nothing"));
    path.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  if (path.find('\0') != std::string::npos) return InvalidArgument("a file name may not hold a NUL");
  return path;
}

absl::StatusOr<FileAccess> FileAccess::Create(const std::vector<std::string>& folders) {
  FileAccess access;
  for (const std::string& folder : folders) {
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error || !fs::is_directory(real, error)) return InvalidArgument(Cat(folder, ": there is no such folder to load files from"));
    access.folders_.push_back(real == "/" ? "/" : Cat(real.string(), "/"));
  }
  return access;
}

bool FileAccess::Contains(const std::string& real_path) const {
  return std::any_of(folders_.begin(), folders_.end(), [&](const std::string& folder) { return real_path.starts_with(folder); });
}

absl::StatusOr<std::string> FileAccess::Read(std::string_view url, size_t max_bytes) const {
  ASSIGN_OR_RETURN(const std::string path, PathOfFileUrl(url));
  std::error_code error;
  // Before anything is opened: opening may have effects (devices, pipes). What does not exist is told to those only who may see it.
  const fs::path real = fs::weakly_canonical(path, error);
  if (error || !Contains(real.string())) return Denied(url);
  const Descriptor file(open(real.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
  struct stat info = {};
  if (file.get() < 0 || fstat(file.get(), &info) != 0) return NotFound(Cat("<", url, "> cannot be opened"));
  if (!S_ISREG(info.st_mode)) return InvalidArgument(Cat("<", url, "> is no regular file"));
  // The file that is open now, wherever its folders have been moved to since.
  const std::string handle = Cat("/proc/self/fd/", file.get());
  const fs::path opened = fs::read_symlink(handle, error);
  if (error || !Contains(opened.string())) return Denied(url);
  ASSIGN_OR_RETURN(const auto source, graph::FileSource::Open(handle));
  std::string bytes;
  while (source->Read(bytes)) {
    if (bytes.size() > max_bytes) return ResourceExhausted(Cat("<", url, "> is larger than ", max_bytes, " bytes"));
  }
  if (!source->status().ok()) return Annotate(source->status(), Cat("<", url, ">"));
  return bytes;
}

}  // namespace dossier::net
