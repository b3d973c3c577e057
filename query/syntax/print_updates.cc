#include "query/syntax/print.h"
#include "query/syntax/printer.h"

namespace dossier::query::ast {

using Kind = UpdateOperation::Kind;

void Printer::UpdateText(const Update& update) {
  for (size_t i = 0; i < update.operations.size(); ++i) {
    const UpdateOperation& operation = update.operations[i];
    if (i != 0) Put(" ;\n");
    const std::string& before = i == 0 ? "" : update.operations[i - 1].base;
    if (operation.base != before) Put("BASE <", operation.base, ">\n");
    Operation(operation);
  }
  Put("\n");
}

void Printer::Quads(const std::vector<QuadBlock>& blocks) {
  Put(" {");
  ++indent_;
  for (const QuadBlock& block : blocks) {
    if (!block.graph) {
      TriplesBlock(block.triples);
      continue;
    }
    NewLine();
    Put("GRAPH ");
    NodeText(*block.graph);
    Put(" {");
    ++indent_;
    TriplesBlock(block.triples);
    --indent_;
    NewLine();
    Put("}");
  }
  --indent_;
  NewLine();
  Put("}");
}

void Printer::Modify(const UpdateOperation& operation) {
  if (operation.with) Put("WITH <", *operation.with, ">\n");
  if (operation.has_delete) {
    Put("DELETE");
    Quads(operation.remove);
    Put("\n");
  }
  if (operation.has_insert) {
    Put("INSERT");
    Quads(operation.insert);
    Put("\n");
  }
  for (const DatasetClause& clause : operation.dataset) Put("USING ", clause.named ? "NAMED <" : "<", clause.iri, ">\n");
  Put("WHERE ");
  Group(operation.where);
}

void Printer::Target(const GraphRef& ref) {
  switch (ref.kind) {
    case GraphRef::Kind::kDefault:
      return Put(" DEFAULT");
    case GraphRef::Kind::kNamed:
      return Put(" NAMED");
    case GraphRef::Kind::kAll:
      return Put(" ALL");
    case GraphRef::Kind::kIri:
      return Put(" GRAPH <", ref.iri, ">");
  }
}

void Printer::Operation(const UpdateOperation& operation) {
  const std::string_view silent = operation.silent ? " SILENT" : "";
  const auto from_to = [&](std::string_view name) {
    Put(name, silent);
    Target(operation.source);
    Put(" TO");
    Target(operation.target);
  };
  const auto one = [&](std::string_view name) {
    Put(name, silent);
    Target(operation.target);
  };
  switch (operation.kind) {
    case Kind::kInsertData:
      return Put("INSERT DATA"), Quads(operation.insert);
    case Kind::kDeleteData:
      return Put("DELETE DATA"), Quads(operation.remove);
    case Kind::kDeleteWhere:
      return Put("DELETE WHERE"), Quads(operation.remove);
    case Kind::kModify:
      return Modify(operation);
    case Kind::kLoad:
      Put("LOAD", silent, " <", operation.document, ">");
      if (operation.target.kind == GraphRef::Kind::kIri) Put(" INTO"), Target(operation.target);
      return;
    case Kind::kClear:
      return one("CLEAR");
    case Kind::kDrop:
      return one("DROP");
    case Kind::kCreate:
      return one("CREATE");
    case Kind::kAdd:
      return from_to("ADD");
    case Kind::kMove:
      return from_to("MOVE");
    case Kind::kCopy:
      return from_to("COPY");
  }
}

}  // namespace dossier::query::ast

namespace dossier::query {

std::string Print(const ast::Update& update) {
  ast::Printer printer;
  printer.UpdateText(update);
  return printer.Take();
}

}  // namespace dossier::query
