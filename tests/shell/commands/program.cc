#include "tests/shell/commands/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace dossier::shell {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void Redirect(const std::string& path, int flags, int descriptor) {
  const int file = open(path.c_str(), flags, 0600);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
  close(file);
}

}  // namespace

Program::Program() {
  std::string pattern = (std::filesystem::temp_directory_path() / "dossier-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) != nullptr) folder_ = pattern;
}

Program::~Program() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void Program::Write(const std::string& name, std::string_view bytes) const {
  std::ofstream file(Path(name), std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

Program::Result Program::Run(const std::vector<std::string>& arguments, std::string_view input) const {
  Write(".stdin", input);
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(folder_.c_str()) != 0) _exit(126);
    Redirect(Path(".stdin"), O_RDONLY, STDIN_FILENO);
    Redirect(Path(".stdout"), O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    Redirect(Path(".stderr"), O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    setenv("COLUMNS", "120", 1);
    std::vector<std::string> owned = {DOSSIER_BINARY};
    owned.insert(owned.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& argument : owned) argv.push_back(argument.data());
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Result result;
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = ReadAll(Path(".stdout"));
  result.err = ReadAll(Path(".stderr"));
  return result;
}

}  // namespace dossier::shell
