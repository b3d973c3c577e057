// One open database with what works on it: the store, the query engine and, when first needed, the article pipeline.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Session> session, Session::Open("news.db", Session::Mode::kWrite));
//   session->engine().Run(...);   ASSIGN_OR_RETURN(const ingest::Pipeline* pipeline, session->pipeline());
//
// Errors: those of Store::Open, marked so that IsDatabaseError() knows them. Not thread-safe.
#pragma once

#include <memory>
#include <string>

#include "graph/store/store.h"
#include "ingest/pipeline.h"
#include "query/engine.h"

namespace dossier::shell {

class Session {
 public:
  enum class Mode {
    kRead,    // the database must be there
    kWrite,   // created when missing
  };
  static absl::StatusOr<std::unique_ptr<Session>> Open(const std::string& directory, Mode mode);

  graph::Store& store() { return *store_; }
  const query::Engine& engine() const { return engine_; }
  const std::string& directory() const { return directory_; }
  // Loads the model the first time.
  absl::StatusOr<const ingest::Pipeline*> pipeline(ingest::ModelKind model = ingest::ModelKind::kAccurate);

 private:
  Session(std::string directory, std::unique_ptr<graph::Store> store)
      : directory_(std::move(directory)), store_(std::move(store)), engine_(*store_) {}

  std::string directory_;
  std::unique_ptr<graph::Store> store_;
  query::Engine engine_;
  std::unique_ptr<ingest::Pipeline> pipelines_[2];   // by ModelKind
};

// "fast" or "accurate".
absl::StatusOr<ingest::ModelKind> ModelOfName(const std::string& name);

}  // namespace dossier::shell
