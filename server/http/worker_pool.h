// A fixed number of threads that run tasks in the order they came, with a bounded queue.
//
//   WorkerPool pool(4, 64);
//   if (!pool.Submit([=] { ... })) ...       // 4 run and 64 wait already
//
// Thread-safe. Tasks must not throw. The destructor runs what waits and joins.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dossier::server {

class WorkerPool {
 public:
  WorkerPool(size_t threads, size_t max_waiting);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;

  bool Submit(std::function<void()> task);
  size_t running() const;
  size_t waiting() const;

 private:
  void Work();

  const size_t max_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;  // guarded by mutex_, as all below
  size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dossier::server
