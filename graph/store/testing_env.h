// A RocksDB Env under every database that this process opens from now on: how tests make disks that fail. Internal to graph/store and
// to tests/stress; not for programs.
//
//   SetTestingEnv(env.get());  ...  SetTestingEnv(nullptr);     // the default again
//
// Everything that makes rocksdb::Options (databases, SstFileWriter, checkpoints) takes its Env from TestingEnvOr(). The Env is borrowed
// and must outlive the stores opened meanwhile. Thread-safe.
#pragma once

#include <atomic>

#include "rocksdb/env.h"

namespace dossier::graph {

namespace internal {
inline std::atomic<rocksdb::Env*> testing_env = nullptr;
}

inline void SetTestingEnv(rocksdb::Env* env) { internal::testing_env = env; }
inline rocksdb::Env* TestingEnvOr(rocksdb::Env* usual) {
  rocksdb::Env* const env = internal::testing_env;
  return env != nullptr ? env : usual;
}

}  // namespace dossier::graph
