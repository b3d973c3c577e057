#include "query/exec/path_walker.h"

#include <algorithm>
#include <numeric>

#include "absl/container/flat_hash_set.h"
#include "query/optimize/variables.h"

namespace dossier::query {
namespace {

using algebra::PathExpression;
using graph::TermId;

PathWalker::Direction Opposite(PathWalker::Direction d) {
  return d == PathWalker::kForward ? PathWalker::kBackward : PathWalker::kForward;
}

void SortByStart(std::vector<PathWalker::Pair>& pairs) {
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.start < b.start; });
}

}  // namespace

PathWalker::~PathWalker() {
  if (charged_ > 0) execution_.context.Charge(-charged_, "").IgnoreError();
}

absl::Status PathWalker::ChargePairs(size_t count) {
  const auto bytes = static_cast<int64_t>(count * sizeof(Pair));
  RETURN_IF_ERROR(execution_.context.Charge(bytes, "path"));
  charged_ += bytes;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PathWalker::Pair>> PathWalker::Walk(const PathExpression& path,
                                                               const std::vector<TermId>& starts,
                                                               Direction direction) {
  using Kind = PathExpression::Kind;
  RETURN_IF_ERROR(execution_.context.Check());
  switch (path.kind) {
    case Kind::kIri:
      return Link(path.iri, starts, direction);
    case Kind::kInverse:
      return Walk(path.children[0], starts, Opposite(direction));
    case Kind::kSequence:
      return Sequence(path, starts, direction);
    case Kind::kAlternative: {
      Pairs out;
      for (const PathExpression& child : path.children) {
        ASSIGN_OR_RETURN(const Pairs pairs, Walk(child, starts, direction));
        out.insert(out.end(), pairs.begin(), pairs.end());
      }
      SortByStart(out);
      return out;
    }
    case Kind::kNegatedSet:
      return Negated(path, starts, direction);
    case Kind::kZeroOrMore:
      return Closure(path.children[0], true, starts, direction);
    case Kind::kOneOrMore:
      return Closure(path.children[0], false, starts, direction);
    case Kind::kZeroOrOne: {
      ASSIGN_OR_RETURN(const Pairs pairs, Walk(path.children[0], starts, direction));
      Pairs out;
      absl::flat_hash_set<TermId> seen;
      size_t at = 0;
      for (uint32_t start = 0; start < starts.size(); ++start) {
        seen.clear();
        seen.insert(starts[start]);
        out.push_back({start, starts[start]});
        for (; at < pairs.size() && pairs[at].start == start; ++at) {
          if (seen.insert(pairs[at].end).second) out.push_back(pairs[at]);
        }
      }
      return out;
    }
  }
  return Internal("unknown kind of path");
}

absl::Status PathWalker::Fetch(TermId predicate, const std::vector<TermId>* forbidden,
                               const std::vector<TermId>& starts, Direction direction, Pairs& out) {
  if (predicate.is_local()) return absl::OkStatus();
  std::vector<uint32_t> order;  // starts sorted, as ScanMany wants its keys
  for (uint32_t i = 0; i < starts.size(); ++i) {
    if (starts[i].is_bound() && !starts[i].is_local()) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return starts[a] < starts[b]; });
  Dataset::Triple pattern;
  pattern.predicate = predicate;
  std::vector<TermId> keys;
  std::vector<graph::IdQuad> quads;
  std::vector<uint32_t> origins;
  const size_t first = out.size();
  static constexpr size_t kChunk = 1024;
  for (size_t begin = 0; begin < order.size(); begin += kChunk) {
    RETURN_IF_ERROR(execution_.context.Check());
    const size_t end = std::min(order.size(), begin + kChunk);
    keys.clear();
    quads.clear();
    origins.clear();
    for (size_t i = begin; i < end; ++i) keys.push_back(starts[order[i]]);
    RETURN_IF_ERROR(execution_.dataset.ScanMany(pattern, target_, direction == kForward ? 's' : 'o', keys,
                                                quads, origins));
    const size_t before = out.size();
    for (size_t i = 0; i < quads.size(); ++i) {
      if (forbidden != nullptr &&
          std::binary_search(forbidden->begin(), forbidden->end(), quads[i].predicate))
        continue;
      out.push_back({order[begin + origins[i]], direction == kForward ? quads[i].object : quads[i].subject});
    }
    RETURN_IF_ERROR(ChargePairs(out.size() - before));
  }
  std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                   [](const Pair& a, const Pair& b) { return a.start < b.start; });
  return absl::OkStatus();
}

absl::StatusOr<PathWalker::Pairs> PathWalker::Link(const graph::Term& iri, const std::vector<TermId>& starts,
                                                   Direction direction) {
  ASSIGN_OR_RETURN(const TermId predicate, execution_.vocabulary.Intern(iri));
  Pairs out;
  RETURN_IF_ERROR(Fetch(predicate, nullptr, starts, direction, out));
  return out;
}

absl::Status PathWalker::NegatedOneWay(const std::vector<graph::Term>& forbidden,
                                       const std::vector<TermId>& starts, Direction direction, Pairs& out) {
  std::vector<TermId> ids;
  for (const graph::Term& iri : forbidden) {
    ASSIGN_OR_RETURN(const TermId id, execution_.vocabulary.Intern(iri));
    ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return Fetch(TermId::Unbound(), &ids, starts, direction, out);
}

// `!(a|b)` goes along other links forwards, `!(^a)` backwards; each only if it is mentioned (§18.4). `!()` is
// `!` of nothing forwards.
absl::StatusOr<PathWalker::Pairs> PathWalker::Negated(const PathExpression& path,
                                                      const std::vector<TermId>& starts,
                                                      Direction direction) {
  Pairs out;
  if (!path.forbidden.empty() || path.forbidden_inverse.empty()) {
    RETURN_IF_ERROR(NegatedOneWay(path.forbidden, starts, direction, out));
  }
  if (!path.forbidden_inverse.empty()) {
    RETURN_IF_ERROR(NegatedOneWay(path.forbidden_inverse, starts, Opposite(direction), out));
    SortByStart(out);
  }
  return out;
}

absl::StatusOr<PathWalker::Pairs> PathWalker::Sequence(const PathExpression& path,
                                                       const std::vector<TermId>& starts,
                                                       Direction direction) {
  Pairs current;
  for (uint32_t i = 0; i < starts.size(); ++i) current.push_back({i, starts[i]});
  const size_t n = path.children.size();
  for (size_t i = 0; i < n && !current.empty(); ++i) {
    const PathExpression& step = path.children[direction == kForward ? i : n - 1 - i];
    // Each distinct node once; its pairs are then repeated for every start that stands there.
    std::vector<TermId> nodes;
    for (const Pair& pair : current) nodes.push_back(pair.end);
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    ASSIGN_OR_RETURN(const Pairs steps, Walk(step, nodes, direction));
    std::vector<size_t> begins(nodes.size() + 1, 0);
    for (const Pair& pair : steps) ++begins[pair.start + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    Pairs next;
    for (const Pair& pair : current) {
      const auto node =
          static_cast<size_t>(std::lower_bound(nodes.begin(), nodes.end(), pair.end) - nodes.begin());
      for (size_t s = begins[node]; s < begins[node + 1]; ++s) next.push_back({pair.start, steps[s].end});
      if (next.size() % 1024 == 0) RETURN_IF_ERROR(execution_.context.Check());
    }
    RETURN_IF_ERROR(ChargePairs(next.size()));
    current = std::move(next);
  }
  return current;
}

// Breadth first from all starts at once. What a node leads to is looked up once, whichever starts reach it.
absl::StatusOr<PathWalker::Pairs> PathWalker::Closure(const PathExpression& step, bool reflexive,
                                                      const std::vector<TermId>& starts,
                                                      Direction direction) {
  absl::flat_hash_map<TermId, std::vector<TermId>> leads_to;
  absl::flat_hash_set<std::pair<uint32_t, uint64_t>> visited;
  Pairs out;
  Pairs frontier;
  for (uint32_t i = 0; i < starts.size(); ++i) {
    frontier.push_back({i, starts[i]});
    if (!reflexive) continue;
    visited.emplace(i, starts[i].bits());
    out.push_back({i, starts[i]});
  }
  while (!frontier.empty()) {
    std::vector<TermId> unknown;
    for (const Pair& pair : frontier) {
      if (!leads_to.contains(pair.end)) unknown.push_back(pair.end);
    }
    std::sort(unknown.begin(), unknown.end());
    unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
    ASSIGN_OR_RETURN(const Pairs steps, Walk(step, unknown, direction));
    for (TermId node : unknown) leads_to.try_emplace(node);
    for (const Pair& pair : steps) leads_to[unknown[pair.start]].push_back(pair.end);
    Pairs next;
    size_t done = 0;
    for (const Pair& pair : frontier) {
      for (TermId end : leads_to[pair.end]) {
        if (++done % 1024 == 0) RETURN_IF_ERROR(execution_.context.Check());
        if (!visited.emplace(pair.start, end.bits()).second) continue;
        next.push_back({pair.start, end});
      }
    }
    RETURN_IF_ERROR(ChargePairs(3 * next.size()));
    out.insert(out.end(), next.begin(), next.end());
    frontier = std::move(next);
  }
  SortByStart(out);
  return out;
}

absl::StatusOr<bool> PathWalker::InGraph(TermId node) {
  if (node.is_local() || node.is_unbound()) return false;
  if (const auto at = in_graph_.find(node); at != in_graph_.end()) return at->second;
  Dataset::Triple as_subject, as_object;
  as_subject.subject = node;
  as_object.object = node;
  uint64_t count = 0;
  if (node.tag() == TermId::Tag::kIri || node.tag() == TermId::Tag::kBlankNode) {
    ASSIGN_OR_RETURN(count, execution_.dataset.Count(as_subject, target_, 1));
  }
  if (count == 0) {
    ASSIGN_OR_RETURN(count, execution_.dataset.Count(as_object, target_, 1));
  }
  in_graph_.emplace(node, count > 0);
  return count > 0;
}

absl::Status PathWalker::AllNodes(std::vector<TermId>& out) {
  for (const graph::Order order : {graph::Order::kSpo, graph::Order::kOsp}) {
    ASSIGN_OR_RETURN(std::unique_ptr<graph::Cursor> cursor, execution_.dataset.Scan({}, target_, order));
    TermId last;
    for (graph::IdBatch batch;;) {
      RETURN_IF_ERROR(execution_.context.Check());
      RETURN_IF_ERROR(cursor->Next(batch));
      if (batch.size == 0) break;
      const auto& column = order == graph::Order::kSpo ? batch.subject : batch.object;
      const size_t before = out.size();
      for (size_t i = 0; i < batch.size; ++i) {
        if (column[i] != last) out.push_back(last = column[i]);
      }
      RETURN_IF_ERROR(ChargePairs(out.size() - before));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<TermId>> PathWalker::Starts(const PathExpression& path, Direction direction) {
  using Kind = PathExpression::Kind;
  std::vector<TermId> out;
  if (algebra::MatchesZeroLength(path) || path.kind == Kind::kNegatedSet) {
    RETURN_IF_ERROR(AllNodes(out));
    return out;
  }
  switch (path.kind) {
    case Kind::kInverse:
      return Starts(path.children[0], Opposite(direction));
    case Kind::kOneOrMore:
      return Starts(path.children[0], direction);
    case Kind::kSequence: {
      const PathExpression& first = direction == kForward ? path.children.front() : path.children.back();
      return Starts(first, direction);
    }
    case Kind::kAlternative:
      for (const PathExpression& child : path.children) {
        ASSIGN_OR_RETURN(const std::vector<TermId> starts, Starts(child, direction));
        out.insert(out.end(), starts.begin(), starts.end());
      }
      break;
    default: {
      ASSIGN_OR_RETURN(const TermId predicate, execution_.vocabulary.Intern(path.iri));
      Dataset::Triple pattern;
      pattern.predicate = predicate;
      const graph::Order order = direction == kForward ? graph::Order::kPso : graph::Order::kPos;
      ASSIGN_OR_RETURN(std::unique_ptr<graph::Cursor> cursor,
                       execution_.dataset.Scan(pattern, target_, order));
      for (graph::IdBatch batch;;) {
        RETURN_IF_ERROR(execution_.context.Check());
        RETURN_IF_ERROR(cursor->Next(batch));
        if (batch.size == 0) break;
        const auto& column = direction == kForward ? batch.subject : batch.object;
        const size_t before = out.size();
        for (size_t i = 0; i < batch.size; ++i) {
          if (out.empty() || out.back() != column[i]) out.push_back(column[i]);
        }
        RETURN_IF_ERROR(ChargePairs(out.size() - before));
      }
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace dossier::query
