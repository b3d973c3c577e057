#include "query/update/graphs.h"

#include "graph/base/strings.h"

namespace dossier::query {
namespace {

using ast::GraphRef;
using graph::IdPattern;
using graph::IdQuad;
using graph::TermId;
using Kind = ast::UpdateOperation::Kind;

// The quads of the graphs that `ref` names; nothing when the store cannot have any.
absl::StatusOr<std::optional<IdPattern>> PatternOf(const GraphRef& ref, const Changes& changes) {
  IdPattern pattern;
  switch (ref.kind) {
    case GraphRef::Kind::kDefault:
      return pattern;
    case GraphRef::Kind::kNamed:
      pattern.graphs = IdPattern::Graphs::kAnyNamed;
      return pattern;
    case GraphRef::Kind::kAll:
      pattern.graphs = IdPattern::Graphs::kAny;
      return pattern;
    case GraphRef::Kind::kIri:
      break;
  }
  ASSIGN_OR_RETURN(pattern.graph, changes.Find(graph::Term::Iri(ref.iri)));
  if (pattern.graph.is_unbound()) return std::nullopt;
  return pattern;
}

template <typename F>
absl::Status ForEachQuad(const GraphRef& ref, Changes& changes, F&& visit) {
  ASSIGN_OR_RETURN(const std::optional<IdPattern> pattern, PatternOf(ref, changes));
  if (!pattern) return absl::OkStatus();
  const graph::Snapshot& snapshot = changes.snapshot();
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(*pattern, snapshot.BestOrder(*pattern, 's')));
  for (graph::IdBatch batch;;) {
    RETURN_IF_ERROR(Annotate(changes.context().Check(), "update"));
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    for (size_t i = 0; i < batch.size; ++i)
      RETURN_IF_ERROR(visit(IdQuad{batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]}));
  }
}

absl::StatusOr<bool> Exists(const GraphRef& ref, const Changes& changes) {
  if (ref.kind != GraphRef::Kind::kIri) return true;
  ASSIGN_OR_RETURN(const std::optional<IdPattern> pattern, PatternOf(ref, changes));
  if (!pattern) return false;
  ASSIGN_OR_RETURN(const uint64_t count, changes.snapshot().Count(*pattern, 1));
  return count > 0;
}

absl::Status Clear(const GraphRef& ref, Changes& changes) {
  return ForEachQuad(ref, changes, [&](const IdQuad& quad) { return changes.Remove(quad); });
}

absl::Status Create(const GraphRef& ref, const Changes& changes) {
  ASSIGN_OR_RETURN(const bool exists, Exists(ref, changes));
  if (!exists) return absl::OkStatus();
  return {absl::StatusCode::kAlreadyExists, ToAbsl(Cat("there is a graph <", ref.iri, "> already"))};
}

absl::Status Copy(const ast::UpdateOperation& operation, Changes& changes) {
  ASSIGN_OR_RETURN(const bool exists, Exists(operation.source, changes));
  if (!exists) return NotFound(Cat("there is no graph <", operation.source.iri, ">"));
  if (operation.source == operation.target) return absl::OkStatus();
  TermId target = TermId::DefaultGraph();
  if (operation.target.kind == GraphRef::Kind::kIri) {
    ASSIGN_OR_RETURN(target, changes.Intern(graph::Term::Iri(operation.target.iri)));
  }
  if (operation.kind != Kind::kAdd) RETURN_IF_ERROR(Clear(operation.target, changes));
  return ForEachQuad(operation.source, changes, [&](IdQuad quad) {
    if (operation.kind == Kind::kMove) RETURN_IF_ERROR(changes.Remove(quad));
    quad.graph = target;
    return changes.Insert(quad);
  });
}

}  // namespace

absl::Status ManageGraphs(const ast::UpdateOperation& operation, Changes& changes) {
  switch (operation.kind) {
    case Kind::kClear:
    case Kind::kDrop:
      return Clear(operation.target, changes);
    case Kind::kCreate:
      return Create(operation.target, changes);
    case Kind::kAdd:
    case Kind::kMove:
    case Kind::kCopy:
      return Copy(operation, changes);
    default:
      return Internal("not an operation on whole graphs");
  }
}

}  // namespace dossier::query
