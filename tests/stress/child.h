// Runs the worker (worker.cc) and kills it.
//
//   Child child({"update", directory, "7"});
//   child.KillAfter(std::chrono::milliseconds(20));
//   child.acknowledged()                                // the last line it wrote
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace dossier::graph {

class Child {
 public:
  explicit Child(const std::vector<std::string>& arguments);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // SIGKILL after this time unless it has ended by itself, then collects its output.
  void KillAfter(std::chrono::microseconds time);
  // Waits for its end (SIGKILL after a minute: exit code 137).
  void Wait() { KillAfter(std::chrono::minutes(1)); }
  // Kills when this many lines have been written.
  void KillAtLine(uint64_t lines);

  bool killed() const { return code_ == 128 + 9; }
  int code() const { return code_; }  // exit code, or 128 + signal
  const std::string& output() const { return output_; }
  uint64_t acknowledged() const;  // the last whole line as a number; 0 without

 private:
  bool Read();  // false at the end of the output
  void Finish(bool kill);

  pid_t pid_ = -1;
  int pipe_ = -1;
  int code_ = -1;
  std::string output_;
};

}  // namespace dossier::graph
