#include "query/exec/path_walker.h"

#include <algorithm>
#include <numeric>

#include "absl/container/flat_hash_set.h"
#include "query/exec/ticker.h"
#include "query/optimize/variables.h"

namespace dossier::query {
namespace {

using algebra::PathExpression;
using graph::TermId;

constexpr size_t kEnoughPairs = 1 << 16;  // before repeated ones are dropped
constexpr size_t kNodeListBytes = 2 * sizeof(TermId);  // of a node in a list that grows

PathWalker::Direction Opposite(PathWalker::Direction d) {
  return d == PathWalker::kForward ? PathWalker::kBackward : PathWalker::kForward;
}

bool StartsBefore(const PathWalker::Pair& a, const PathWalker::Pair& b) { return a.start < b.start; }
bool ComesBefore(const PathWalker::Pair& a, const PathWalker::Pair& b) {
  return a.start != b.start ? a.start < b.start : a.end < b.end;
}
bool AreEqual(const PathWalker::Pair& a, const PathWalker::Pair& b) { return a.start == b.start && a.end == b.end; }

// Sorted by start, each pair once.
void MakeDistinct(PathWalker::Pairs& pairs) {
  std::sort(pairs.begin(), pairs.end(), ComesBefore);
  pairs.Shrink(static_cast<size_t>(std::unique(pairs.begin(), pairs.end(), AreEqual) - pairs.begin()));
}

// Of the pairs from `begin` on, which are of one start, each once.
void DropRepeated(PathWalker::Pairs& pairs, size_t begin) {
  const auto less = [](const PathWalker::Pair& a, const PathWalker::Pair& b) { return a.end < b.end; };
  std::sort(pairs.begin() + begin, pairs.end(), less);
  pairs.Shrink(static_cast<size_t>(std::unique(pairs.begin() + begin, pairs.end(), AreEqual) - pairs.begin()));
}

void SortByStart(PathWalker::Pairs& pairs) { std::sort(pairs.begin(), pairs.end(), StartsBefore); }

}  // namespace

PathWalker::~PathWalker() {
  if (charged_ > 0) execution_.context.Charge(-charged_, "").IgnoreError();
}

absl::Status PathWalker::Charge(size_t bytes) {
  RETURN_IF_ERROR(execution_.context.Charge(static_cast<int64_t>(bytes), "path"));
  charged_ += static_cast<int64_t>(bytes);
  return absl::OkStatus();
}

absl::StatusOr<PathWalker::Pairs> PathWalker::WalkAs(const PathExpression& path, absl::Span<const TermId> starts,
                                                     Direction direction, bool distinct) {
  using Kind = PathExpression::Kind;
  RETURN_IF_ERROR(execution_.context.Check());
  switch (path.kind) {
    case Kind::kIri: {
      ASSIGN_OR_RETURN(const TermId predicate, execution_.vocabulary.Intern(path.iri));
      Pairs out = NoPairs();
      RETURN_IF_ERROR(Fetch(predicate, nullptr, starts, direction, out));
      return out;
    }
    case Kind::kInverse:
      return WalkAs(path.children[0], starts, Opposite(direction), distinct);
    case Kind::kSequence:
      return Sequence(path, starts, direction, distinct);
    case Kind::kAlternative:
      return Alternative(path, starts, direction, distinct);
    case Kind::kNegatedSet:
      return Negated(path, starts, direction);
    case Kind::kZeroOrMore:
      return Closure(path.children[0], true, starts, direction);
    case Kind::kOneOrMore:
      return Closure(path.children[0], false, starts, direction);
    case Kind::kZeroOrOne:
      return ZeroOrOne(path.children[0], starts, direction);
  }
  return Internal("unknown kind of path");
}

absl::StatusOr<PathWalker::Pairs> PathWalker::Alternative(const PathExpression& path, absl::Span<const TermId> starts,
                                                          Direction direction, bool distinct) {
  Pairs out = NoPairs();
  for (const PathExpression& child : path.children) {
    ASSIGN_OR_RETURN(const Pairs pairs, WalkAs(child, starts, direction, distinct));
    RETURN_IF_ERROR(out.MakeRoom(pairs.size()));
    for (const Pair& pair : pairs) out.Add(pair);
  }
  if (distinct) {
    MakeDistinct(out);
  } else {
    SortByStart(out);
  }
  return out;
}

absl::StatusOr<PathWalker::Pairs> PathWalker::ZeroOrOne(const PathExpression& step, absl::Span<const TermId> starts,
                                                        Direction direction) {
  ASSIGN_OR_RETURN(const Pairs pairs, WalkAs(step, starts, direction, true));
  Pairs out = NoPairs();
  RETURN_IF_ERROR(out.MakeRoom(pairs.size() + starts.size()));
  absl::flat_hash_set<TermId> seen;
  size_t at = 0;
  for (uint32_t start = 0; start < starts.size(); ++start) {
    seen.clear();
    seen.insert(starts[start]);
    out.Add({start, starts[start]});
    for (; at < pairs.size() && pairs[at].start == start; ++at) {
      if (seen.insert(pairs[at].end).second) out.Add(pairs[at]);
    }
  }
  return out;
}

absl::Status PathWalker::Fetch(TermId predicate, const std::vector<TermId>* forbidden,
                               absl::Span<const TermId> starts, Direction direction, Pairs& out) {
  if (predicate.is_local()) return absl::OkStatus();
  ChargedVector<uint32_t> order(execution_.context, "path");  // starts sorted, as ScanMany wants its keys
  RETURN_IF_ERROR(order.MakeRoom(starts.size()));
  for (uint32_t i = 0; i < starts.size(); ++i) {
    if (starts[i].is_bound() && !starts[i].is_local()) order.Add(i);
  }
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return starts[a] < starts[b]; });
  Dataset::Triple pattern;
  pattern.predicate = predicate;
  std::vector<TermId> keys;
  std::vector<graph::IdQuad> quads;
  std::vector<uint32_t> origins;
  size_t chunk = 256;  // follows what the nodes bring, so that memory stays bounded
  static constexpr size_t kFew = 4096, kMany = 65536;
  for (size_t begin = 0; begin < order.size();) {
    RETURN_IF_ERROR(execution_.context.Check());
    const size_t end = std::min(order.size(), begin + chunk);
    keys.clear();
    quads.clear();
    origins.clear();
    for (size_t i = begin; i < end; ++i) keys.push_back(starts[order[i]]);
    RETURN_IF_ERROR(execution_.dataset.ScanMany(pattern, target_, direction == kForward ? 's' : 'o', keys,
                                                quads, origins));
    RETURN_IF_ERROR(out.MakeRoom(quads.size()));
    for (size_t i = 0; i < quads.size(); ++i) {
      if (forbidden != nullptr &&
          std::binary_search(forbidden->begin(), forbidden->end(), quads[i].predicate))
        continue;
      out.Add({order[begin + origins[i]], direction == kForward ? quads[i].object : quads[i].subject});
    }
    begin = end;
    if (quads.size() > kMany) {
      chunk = std::max<size_t>(1, chunk / 4);
    } else if (quads.size() < kFew) {
      chunk = std::min<size_t>(kFew, 2 * chunk);
    }
  }
  if (!std::is_sorted(out.begin(), out.end(), StartsBefore)) SortByStart(out);
  return absl::OkStatus();
}

absl::Status PathWalker::NegatedOneWay(const std::vector<graph::Term>& forbidden,
                                       absl::Span<const TermId> starts, Direction direction, Pairs& out) {
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
                                                      absl::Span<const TermId> starts,
                                                      Direction direction) {
  Pairs out = NoPairs();
  if (!path.forbidden.empty() || path.forbidden_inverse.empty()) {
    RETURN_IF_ERROR(NegatedOneWay(path.forbidden, starts, direction, out));
  }
  if (!path.forbidden_inverse.empty()) {
    RETURN_IF_ERROR(NegatedOneWay(path.forbidden_inverse, starts, Opposite(direction), out));
  }
  return out;
}

// The distinct ends, ascending.
absl::StatusOr<ChargedVector<TermId>> PathWalker::EndsOf(const Pairs& pairs) {
  ChargedVector<TermId> nodes(execution_.context, "path");
  const auto make_distinct = [&] {
    std::sort(nodes.begin(), nodes.end());
    nodes.Shrink(static_cast<size_t>(std::unique(nodes.begin(), nodes.end()) - nodes.begin()));
    return 2 * nodes.size() + 65536;
  };
  size_t enough = 65536;
  for (const Pair& pair : pairs) {
    if (nodes.size() == enough) {
      RETURN_IF_ERROR(execution_.context.Check());
      enough = make_distinct();
    }
    RETURN_IF_ERROR(nodes.MakeRoom(1));
    nodes.Add(pair.end);
  }
  make_distinct();
  return nodes;
}

absl::StatusOr<PathWalker::Pairs> PathWalker::Sequence(const PathExpression& path,
                                                       absl::Span<const TermId> starts,
                                                       Direction direction, bool distinct) {
  Pairs current = NoPairs();
  RETURN_IF_ERROR(current.MakeRoom(starts.size()));
  for (uint32_t i = 0; i < starts.size(); ++i) current.Add({i, starts[i]});
  const size_t n = path.children.size();
  for (size_t i = 0; i < n && !current.empty(); ++i) {
    const PathExpression& step = path.children[direction == kForward ? i : n - 1 - i];
    // Each distinct node once; its pairs are then repeated for every start that stands there.
    ASSIGN_OR_RETURN(const ChargedVector<TermId> nodes, EndsOf(current));
    ASSIGN_OR_RETURN(const Pairs steps, WalkAs(step, absl::MakeConstSpan(nodes.begin(), nodes.end()), direction, distinct));
    ChargedVector<size_t> begins(execution_.context, "path");
    RETURN_IF_ERROR(begins.MakeRoom(nodes.size() + 1));
    for (size_t node = 0; node <= nodes.size(); ++node) begins.Add(0);
    for (const Pair& pair : steps) ++begins[pair.start + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    Pairs next = NoPairs();
    Ticker ticker(execution_.context);
    uint32_t start = 0;
    size_t of_start = 0;  // where the pairs of `start` begin in `next`
    size_t enough = kEnoughPairs;
    for (const Pair& pair : current) {
      RETURN_IF_ERROR(ticker.Tick());
      if (pair.start != start) {
        if (distinct) DropRepeated(next, of_start);
        of_start = next.size();
        enough = kEnoughPairs;
        start = pair.start;
      }
      const auto node =
          static_cast<size_t>(std::lower_bound(nodes.begin(), nodes.end(), pair.end) - nodes.begin());
      const size_t more = begins[node + 1] - begins[node];
      if (distinct && next.size() - of_start > enough) {
        DropRepeated(next, of_start);
        enough = 2 * (next.size() - of_start) + kEnoughPairs;
      }
      RETURN_IF_ERROR(next.MakeRoom(more));
      for (size_t s = begins[node]; s < begins[node + 1]; ++s) next.Add({pair.start, steps[s].end});
    }
    if (distinct) DropRepeated(next, of_start);
    current = std::move(next);
  }
  return current;
}

absl::StatusOr<uint32_t> PathWalker::NumberOf(TermId node, Steps& steps) {
  constexpr size_t kNodeBytes = 80;  // in the index, kept twice while it grows, and in the vectors
  const auto [at, inserted] = steps.numbers.try_emplace(node, static_cast<uint32_t>(steps.nodes.size()));
  if (inserted) {
    RETURN_IF_ERROR(Charge(kNodeBytes));
    steps.nodes.push_back(node);
    steps.ranges.emplace_back(Steps::kUnknown, 0);
    steps.seen.push_back(0);
  }
  return at->second;
}

absl::Status PathWalker::Explore(const PathExpression& step, Direction direction, std::vector<uint32_t> open, Steps& steps) {
  while (!open.empty()) {
    std::vector<TermId> nodes;
    for (const uint32_t number : open) nodes.push_back(steps.nodes[number]);
    std::sort(nodes.begin(), nodes.end());
    ASSIGN_OR_RETURN(const Pairs pairs, WalkAs(step, nodes, direction, true));
    RETURN_IF_ERROR(steps.ends.MakeRoom(pairs.size()));
    open.clear();
    size_t at = 0;
    for (uint32_t i = 0; i < nodes.size(); ++i) {
      const auto begin = static_cast<uint32_t>(steps.ends.size());
      for (; at < pairs.size() && pairs[at].start == i; ++at) {
        if (at % 1024 == 0) RETURN_IF_ERROR(execution_.context.Check());
        ASSIGN_OR_RETURN(const uint32_t end, NumberOf(pairs[at].end, steps));
        if (steps.ranges[end].first == Steps::kUnknown) {
          steps.ranges[end].first = Steps::kAsked;
          open.push_back(end);
        }
        steps.ends.Add(end);
      }
      if (steps.ends.size() >= Steps::kAsked) return ResourceExhausted("path: more than 4 G steps");
      steps.ranges[steps.numbers.at(nodes[i])] = {begin, static_cast<uint32_t>(steps.ends.size())};
    }
  }
  return absl::OkStatus();
}

// First what one repetition leads to, for all nodes that can be reached, each looked up once; then breadth first from each start.
absl::StatusOr<PathWalker::Pairs> PathWalker::Closure(const PathExpression& step, bool reflexive,
                                                      absl::Span<const TermId> starts,
                                                      Direction direction) {
  Steps& steps = steps_.try_emplace({&step, direction}, execution_.context).first->second;
  std::vector<uint32_t> numbers, open;
  for (const TermId start : starts) {
    ASSIGN_OR_RETURN(const uint32_t number, NumberOf(start, steps));
    numbers.push_back(number);
    if (steps.ranges[number].first != Steps::kUnknown) continue;
    steps.ranges[number].first = Steps::kAsked;
    open.push_back(number);
  }
  RETURN_IF_ERROR(Explore(step, direction, std::move(open), steps));
  Pairs out = NoPairs();
  Ticker ticker(execution_.context);
  std::vector<uint32_t> queue;  // of the current start: what it reaches
  for (uint32_t start = 0; start < starts.size(); ++start) {
    queue.clear();
    if (++steps.search == 0) {
      std::fill(steps.seen.begin(), steps.seen.end(), 0);
      steps.search = 1;
    }
    const auto reach = [&](uint32_t number) {
      if (steps.seen[number] == steps.search) return;
      steps.seen[number] = steps.search;
      queue.push_back(number);
      out.Add({start, steps.nodes[number]});
    };
    const auto follow = [&](uint32_t number) -> absl::Status {
      const auto [begin, end] = steps.ranges[number];
      RETURN_IF_ERROR(out.MakeRoom(end - begin + 1));
      for (uint32_t i = begin; i < end; ++i) {
        RETURN_IF_ERROR(ticker.Tick());
        reach(steps.ends[i]);
      }
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(out.MakeRoom(1));
    if (reflexive) reach(numbers[start]);
    if (!reflexive) RETURN_IF_ERROR(follow(numbers[start]));
    for (size_t at = 0; at < queue.size(); ++at) RETURN_IF_ERROR(follow(queue[at]));
  }
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
  constexpr size_t kKnownBytes = 48;
  RETURN_IF_ERROR(Charge(kKnownBytes));
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
      RETURN_IF_ERROR(Charge(kNodeListBytes * (out.size() - before)));
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
        RETURN_IF_ERROR(Charge(kNodeListBytes * (out.size() - before)));
      }
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace dossier::query
