// A Snapshot over a vector of quads in memory, with a dictionary of its own: the model that query tests run
// on.
//
//   FakeSnapshot snapshot({Quad(Term::Iri("urn:a"), Term::Iri("urn:p"), Term::Literal("1", "...#integer"))});
//   QueryContext context;  Vocabulary vocabulary(snapshot, context);
//
// Quadratic and simple on purpose: every method is a filter over all quads, so that it can serve as the truth
// for the real store. Terms that can be inlined are, so ids have the properties that the real ones have.
// Thread-safe after construction.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/model/inline_value.h"
#include "graph/store/store.h"

namespace dossier::query {

class FakeSnapshot : public graph::Snapshot {
 public:
  using TermId = graph::TermId;

  explicit FakeSnapshot(const std::vector<graph::Quad>& quads = {}) {
    for (const graph::Quad& quad : quads) {
      graph::IdQuad ids{IdOf(quad.subject), IdOf(quad.predicate), IdOf(quad.object), TermId::DefaultGraph()};
      if (!quad.in_default_graph) ids.graph = IdOf(quad.graph);
      quads_.push_back(ids);
    }
    std::sort(quads_.begin(), quads_.end());
    quads_.erase(std::unique(quads_.begin(), quads_.end()), quads_.end());
  }

  absl::StatusOr<std::unique_ptr<graph::Cursor>> Scan(const graph::IdPattern& pattern,
                                                      graph::Order order) const override {
    std::vector<graph::IdQuad> found = Matches(pattern);
    std::sort(found.begin(), found.end(),
              [order](const auto& a, const auto& b) { return Sorted(a, order) < Sorted(b, order); });
    return std::make_unique<FakeCursor>(std::move(found));
  }

  graph::Order BestOrder(const graph::IdPattern& pattern, char first_free) const override {
    const auto bound = [&](char column) {
      switch (column) {
        case 's':
          return pattern.subject.is_bound();
        case 'p':
          return pattern.predicate.is_bound();
        case 'o':
          return pattern.object.is_bound();
        default:
          return pattern.graphs == graph::IdPattern::Graphs::kOne;
      }
    };
    int best_score = -1;
    graph::Order best = graph::Order::kSpo;
    for (size_t i = 0; i < kColumns.size(); ++i) {
      int score = 0;
      size_t prefix = 0;
      while (prefix < 4 && bound(kColumns[i][prefix])) ++prefix;
      score += 4 * static_cast<int>(prefix);
      if (prefix < 4 && kColumns[i][prefix] == first_free) score += 2;
      if (score > best_score) {
        best_score = score;
        best = static_cast<graph::Order>(i);
      }
    }
    return best;
  }

  absl::Status ScanMany(const graph::IdPattern& pattern, char column, absl::Span<const TermId> keys,
                        std::vector<graph::IdQuad>& out, std::vector<uint32_t>& origin) const override {
    for (size_t i = 0; i < keys.size(); ++i) {
      graph::IdPattern bound = pattern;
      if (column == 's') bound.subject = keys[i];
      if (column == 'p') bound.predicate = keys[i];
      if (column == 'o') bound.object = keys[i];
      if (column == 'g') {
        bound.graph = keys[i];
        bound.graphs = graph::IdPattern::Graphs::kOne;
      }
      for (const graph::IdQuad& quad : Matches(bound)) {
        out.push_back(quad);
        origin.push_back(static_cast<uint32_t>(i));
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> Count(const graph::IdPattern& pattern,
                                 uint64_t limit = UINT64_MAX) const override {
    return std::min<uint64_t>(limit, Matches(pattern).size());
  }

  absl::StatusOr<TermId> Find(const graph::Term& term) const override {
    if (const std::optional<TermId> id = graph::InlineId(term)) return *id;
    const auto it = ids_.find(term);
    return it == ids_.end() ? TermId::Unbound() : it->second;
  }

  absl::Status Decode(absl::Span<const TermId> ids, std::vector<graph::Term>& terms) const override {
    terms.clear();
    for (const TermId id : ids) {
      std::optional<graph::Term> term = graph::InlineTerm(id);
      if (!term.has_value()) {
        const auto it = terms_.find(id);
        if (it == terms_.end()) return InvalidArgument("unknown term id");
        term = it->second;
      }
      terms.push_back(*std::move(term));
    }
    return absl::OkStatus();
  }

  uint64_t size() const override { return quads_.size(); }

  absl::StatusOr<std::vector<TermId>> NamedGraphs() const override {
    std::vector<TermId> graphs;
    for (const graph::IdQuad& quad : quads_) {
      if (quad.graph != TermId::DefaultGraph()) graphs.push_back(quad.graph);
    }
    std::sort(graphs.begin(), graphs.end());
    graphs.erase(std::unique(graphs.begin(), graphs.end()), graphs.end());
    return graphs;
  }

 private:
  class FakeCursor : public graph::Cursor {
   public:
    explicit FakeCursor(std::vector<graph::IdQuad> quads) : quads_(std::move(quads)) {}
    absl::Status Next(graph::IdBatch& batch) override {
      for (auto* column : {&batch.subject, &batch.predicate, &batch.object, &batch.graph}) {
        column->resize(graph::IdBatch::kCapacity);
      }
      batch.size = 0;
      for (; next_ < quads_.size() && batch.size < graph::IdBatch::kCapacity; ++next_, ++batch.size) {
        batch.subject[batch.size] = quads_[next_].subject;
        batch.predicate[batch.size] = quads_[next_].predicate;
        batch.object[batch.size] = quads_[next_].object;
        batch.graph[batch.size] = quads_[next_].graph;
      }
      return absl::OkStatus();
    }

   private:
    std::vector<graph::IdQuad> quads_;
    size_t next_ = 0;
  };

  // By the numbers of graph::Order.
  static constexpr std::array<const char*, 7> kColumns = {"spog", "sopg", "psog", "posg",
                                                          "ospg", "opsg", "gspo"};

  static std::array<TermId, 4> Sorted(const graph::IdQuad& quad, graph::Order order) {
    std::array<TermId, 4> key;
    for (size_t i = 0; i < 4; ++i) {
      const char column = kColumns[static_cast<size_t>(order)][i];
      key[i] = column == 's'   ? quad.subject
               : column == 'p' ? quad.predicate
               : column == 'o' ? quad.object
                               : quad.graph;
    }
    return key;
  }

  std::vector<graph::IdQuad> Matches(const graph::IdPattern& pattern) const {
    std::vector<graph::IdQuad> found;
    for (const graph::IdQuad& quad : quads_) {
      if (pattern.subject.is_bound() && pattern.subject != quad.subject) continue;
      if (pattern.predicate.is_bound() && pattern.predicate != quad.predicate) continue;
      if (pattern.object.is_bound() && pattern.object != quad.object) continue;
      const bool in_default = quad.graph == TermId::DefaultGraph();
      if (pattern.graphs == graph::IdPattern::Graphs::kOne && pattern.graph != quad.graph) continue;
      if (pattern.graphs == graph::IdPattern::Graphs::kAnyNamed && in_default) continue;
      found.push_back(quad);
    }
    return found;
  }

  TermId IdOf(const graph::Term& term) {
    if (const std::optional<TermId> id = graph::InlineId(term)) return *id;
    if (const auto it = ids_.find(term); it != ids_.end()) return it->second;
    TermId::Tag tag = TermId::Tag::kLiteral;
    if (term.is_iri()) tag = TermId::Tag::kIri;
    if (term.is_blank()) tag = TermId::Tag::kBlankNode;
    if (term.is_triple()) {
      tag = TermId::Tag::kTripleTerm;
      IdOf(term.triple().subject);  // the parts of a triple term are terms of the store
      IdOf(term.triple().predicate);
      IdOf(term.triple().object);
    }
    const TermId id(tag, ids_.size() + 1);
    ids_.emplace(term, id);
    terms_.emplace(id, term);
    return id;
  }

  std::vector<graph::IdQuad> quads_;
  absl::flat_hash_map<graph::Term, TermId> ids_;
  absl::flat_hash_map<TermId, graph::Term> terms_;
};

}  // namespace dossier::query
