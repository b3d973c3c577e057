#include "ingest/parse/parser.h"

#include "ingest/parse/accurate_parser.h"
#include "ingest/parse/fast_parser.h"

namespace dossier::ingest {
namespace {

template <typename Model>
absl::StatusOr<std::unique_ptr<Parser>> Make(std::unique_ptr<ModelFile> file) {
  ASSIGN_OR_RETURN(std::unique_ptr<Model> parser, Model::FromModel(std::move(file)));
  return std::unique_ptr<Parser>(std::move(parser));
}

// Only the accurate model has word pieces.
absl::StatusOr<std::unique_ptr<Parser>> MakeParser(std::unique_ptr<ModelFile> file) {
  return file->Section("pieces").empty() ? Make<FastParser>(std::move(file)) : Make<AccurateParser>(std::move(file));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Parser>> Parser::Load(ModelKind kind) {
  ASSIGN_OR_RETURN(auto file, ModelFile::Embedded(kind == ModelKind::kFast ? "fast" : "accurate"));
  return MakeParser(std::move(file));
}

absl::StatusOr<std::unique_ptr<Parser>> Parser::LoadFile(const std::string& path) {
  ASSIGN_OR_RETURN(auto file, ModelFile::Open(path));
  return MakeParser(std::move(file));
}

}  // namespace dossier::ingest
