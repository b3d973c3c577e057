// Runs the built program as a user does, with a folder of its own for each test.
//
//   Program program;                                  // a fresh folder, removed at the end
//   Program::Result r = program.Run("ask", {"db", "who dismissed whom"});
//   EXPECT_EQ(r.code, 0) << r.err;
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::shell {

class Program {
 public:
  struct Result {
    int code = -1;         // exit code, or 128 + signal
    std::string out, err;
  };

  Program();
  ~Program();

  // Runs `dossier arguments...` in the folder with `input` as standard input.
  Result Run(const std::vector<std::string>& arguments, std::string_view input = "") const;
  // Writes a file into the folder.
  void Write(const std::string& name, std::string_view bytes) const;
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

}  // namespace dossier::shell
