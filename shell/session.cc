#include "shell/session.h"

#include "graph/base/strings.h"

namespace dossier::shell {

absl::StatusOr<std::unique_ptr<Session>> Session::Open(const std::string& directory, Mode mode) {
  graph::Store::Options options;
  options.create_if_missing = mode == Mode::kWrite;
  options.read_only = mode == Mode::kRead;
  ASSIGN_OR_RETURN(std::unique_ptr<graph::Store> store, graph::Store::Open(directory, options));
  return std::unique_ptr<Session>(new Session(directory, std::move(store)));
}

absl::StatusOr<const ingest::Pipeline*> Session::pipeline(ingest::ModelKind model) {
  std::unique_ptr<ingest::Pipeline>& pipeline = pipelines_[static_cast<size_t>(model)];
  if (pipeline == nullptr) {
    ASSIGN_OR_RETURN(pipeline, ingest::Pipeline::Create(model));
  }
  return pipeline.get();
}

absl::StatusOr<ingest::ModelKind> ModelOfName(const std::string& name) {
  if (name == "fast") return ingest::ModelKind::kFast;
  if (name == "accurate") return ingest::ModelKind::kAccurate;
  return InvalidArgument(Cat("there is no model \"", name, "\"; models are fast and accurate"));
}

}  // namespace dossier::shell
