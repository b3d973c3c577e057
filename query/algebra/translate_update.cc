#include "query/algebra/translator.h"
#include "query/algebra/update.h"
#include "query/optimize/variables.h"

namespace dossier::query::algebra {
namespace {

using Kind = ast::UpdateOperation::Kind;

// DELETE WHERE: the template as a pattern.
ast::GroupPattern PatternOf(const std::vector<ast::QuadBlock>& blocks) {
  ast::GroupPattern out;
  for (const ast::QuadBlock& block : blocks) {
    ast::GroupElement triples;
    triples.kind = ast::GroupElement::Kind::kTriples;
    triples.triples = block.triples;
    if (!block.graph) {
      out.elements.push_back(std::move(triples));
      continue;
    }
    ast::GroupElement graph;
    graph.kind = ast::GroupElement::Kind::kGraph;
    graph.name = *block.graph;
    graph.groups.emplace_back();
    graph.groups[0].elements.push_back(std::move(triples));
    out.elements.push_back(std::move(graph));
  }
  return out;
}

void AddTemplateVariables(const std::vector<QuadTemplate>& quads, VarSet& out) {
  for (const QuadTemplate& quad : quads) {
    AddVariables(quad.triple, out);
    if (quad.graph) AddVariables(*quad.graph, out);
  }
}

}  // namespace

void Translator::AddQuads(const std::vector<ast::QuadBlock>& blocks, const std::optional<std::string>& with,
                          std::vector<QuadTemplate>& out) {
  for (const ast::QuadBlock& block : blocks) {
    std::optional<PatternTerm> graph;
    Triples none;
    if (block.graph) {
      graph = TranslateNode(*block.graph, none);
    } else if (with) {
      graph = ConstantTerm(graph::Term::Iri(*with));
    }
    for (TriplePattern& triple : TranslateTemplate(block.triples)) out.push_back({graph, std::move(triple)});
  }
}

absl::StatusOr<Modify> Translator::RunModify(const ast::UpdateOperation& operation) {
  Modify modify;
  out_.form = QueryForm::kSelect;
  out_.base = tree_.base;
  out_.has_dataset = !tree_.dataset.empty();
  for (const ast::DatasetClause& clause : tree_.dataset)
    (clause.named ? out_.from_named : out_.from).push_back(clause.iri);
  Scope scope;
  out_.root = TranslateBody(tree_, scope, nullptr);
  scope_ = &scope;
  blanks_.clear();
  AddQuads(operation.remove, operation.with, modify.remove);
  template_blanks_ = &modify.blanks;
  AddQuads(operation.insert, operation.with, modify.insert);
  if (!error_.ok()) return error_;
  VarSet variables;
  AddTemplateVariables(modify.remove, variables);
  AddTemplateVariables(modify.insert, variables);
  for (const VarId blank : modify.blanks) variables.Remove(blank);
  out_.projection = variables.ToVector();
  modify.query = std::move(out_);
  return modify;
}

}  // namespace dossier::query::algebra

namespace dossier::query {

absl::StatusOr<algebra::Modify> TranslateModify(const ast::UpdateOperation& operation) {
  ast::Query tree;
  tree.form = ast::Query::Form::kConstruct;
  tree.base = operation.base;
  tree.dataset = operation.dataset;
  tree.where = operation.kind == ast::UpdateOperation::Kind::kDeleteWhere ? algebra::PatternOf(operation.remove)
                                                                          : operation.where;
  return algebra::Translator(tree).RunModify(operation);
}

}  // namespace dossier::query
