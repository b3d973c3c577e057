#include "graph/canon/canonical_labels.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/strings.h"
#include "graph/canon/external_sort.h"
#include "graph/canon/quad_reader.h"
#include "graph/io/rdf.h"

namespace dossier::graph {
namespace {

constexpr size_t kMaxDepth = 400;

using Hash = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

std::string Hex(const Hash& hash) {
  std::string hex;
  for (const unsigned char byte : hash) Append(hex, "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]);
  return hex;
}

Hash Sha256(std::string_view text) {
  Hash hash;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  return hash;
}

// SHA-256 of text that comes in pieces.
class Hasher {
 public:
  Hasher() { Restart(); }
  void Restart() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
  void Add(std::string_view text) { EVP_DigestUpdate(context_.get(), text.data(), text.size()); }
  Hash Finish() {
    Hash hash;
    EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
    return hash;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

// A blank node in a quad; `place` is what RDFC-1.0 §4.7.3 starts the related hash with: position and predicates.
struct Occurrence {
  TermId node;
  std::string place;
};

// The blank nodes of a quad, each time they occur.
class Occurrences {
 public:
  explicit Occurrences(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::Status Find(const IdQuad& ids, const Quad& quad) {
    found.clear();
    const std::string predicate = Cat("<", quad.predicate.value(), ">");
    if (ids.subject.is_blank()) found.push_back({ids.subject, Cat("s", predicate)});
    if (ids.object.is_blank()) found.push_back({ids.object, Cat("o", predicate)});
    if (quad.object.is_triple()) RETURN_IF_ERROR(Nested(quad.object.triple(), "o", predicate));
    if (ids.graph.is_blank()) found.push_back({ids.graph, "g"});
    return absl::OkStatus();
  }
  std::vector<Occurrence> found;

 private:
  absl::Status Nested(const Triple& triple, const std::string& path, const std::string& predicates) {
    const std::string inner = Cat(predicates, "<", triple.predicate.value(), ">");
    for (const auto& [term, step] : {std::pair(&triple.subject, "s"), std::pair(&triple.object, "o")}) {
      if (term->is_triple()) RETURN_IF_ERROR(Nested(term->triple(), Cat(path, step), inner));
      if (!term->is_blank()) continue;
      ASSIGN_OR_RETURN(const TermId id, snapshot_.Find(*term));
      found.push_back({id, Cat(path, step, inner)});
    }
    return absl::OkStatus();
  }

  const Snapshot& snapshot_;
};

// The quad as a line, `self` written as `_:a` and other blank nodes as `_:z` (§4.6).
std::string FirstDegreeLine(const Quad& quad, const std::string& self) {
  const auto name = [&](const std::string& label) -> std::string { return label == self ? "a" : "z"; };
  Quad renamed(WithBlankNodes(quad.subject, name), quad.predicate, WithBlankNodes(quad.object, name));
  renamed.in_default_graph = quad.in_default_graph;
  if (!quad.in_default_graph) renamed.graph = WithBlankNodes(quad.graph, name);
  std::string line;
  AppendNQuad(renamed, line);
  return line;
}

// Gives numbers in the order of asking (§4.5).
class Issuer {
 public:
  bool Has(TermId node) const { return numbers_.contains(node); }
  uint32_t Issue(TermId node) {
    const auto [it, fresh] = numbers_.try_emplace(node, static_cast<uint32_t>(order_.size()));
    if (fresh) order_.push_back(node);
    return it->second;
  }
  // Precondition: Has(node).
  uint32_t NumberOf(TermId node) const { return numbers_.find(node)->second; }
  const std::vector<TermId>& order() const { return order_; }

 private:
  absl::flat_hash_map<TermId, uint32_t> numbers_;
  std::vector<TermId> order_;
};

class Canonicalizer {
 public:
  Canonicalizer(const Snapshot& snapshot, const CanonicalOptions& options) : snapshot_(snapshot), options_(options) {}

  absl::Status Run() {
    RETURN_IF_ERROR(HashFirstDegrees());
    IssueUnique();
    if (ambiguous_.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(CollectNeighbours());
    return IssueAmbiguous();
  }
  const Issuer& canonical() const { return canonical_; }

 private:
  struct Node {
    TermId id;
    Hash hash;
  };
  struct Neighbour {
    TermId node;
    const std::string* place;  // in places_
  };
  struct Result {
    Hash hash;
    Issuer issuer;
  };

  absl::Status HashFirstDegrees();
  void IssueUnique();
  absl::Status CollectNeighbours();
  absl::Status IssueAmbiguous();
  const Hash& FirstDegreeOf(TermId node) const;
  Hash RelatedHash(const Neighbour& neighbour, const Issuer& issuer) const;
  absl::StatusOr<Result> HashNDegree(TermId node, Issuer issuer, size_t depth);
  struct Path {
    std::string text;
    Issuer issuer;
    bool chosen = false;
  };
  absl::Status TryPermutation(const std::vector<TermId>& nodes, const Issuer& issuer, size_t depth, Path& best);
  absl::Status Work();

  const Snapshot& snapshot_;
  const CanonicalOptions& options_;
  std::vector<Node> nodes_;                   // by id
  std::vector<std::vector<TermId>> ambiguous_;  // nodes that share a hash, by hash
  absl::flat_hash_map<TermId, std::vector<Neighbour>> neighbours_;
  absl::flat_hash_map<std::string, std::unique_ptr<std::string>> places_;
  Issuer canonical_;
  uint64_t work_ = 0;
};

absl::Status Canonicalizer::Work() {
  if (options_.cancelled != nullptr && options_.cancelled->load()) return Cancelled("interrupted");
  if (++work_ <= options_.max_work) return absl::OkStatus();
  return ResourceExhausted("the blank nodes are too much alike to be given canonical names within the limit of work");
}

absl::Status Canonicalizer::HashFirstDegrees() {
  ExternalSort sort({options_.sort_memory_bytes, options_.temporary_directory});
  IdPattern everything;
  everything.graphs = IdPattern::Graphs::kAny;
  Occurrences occurrences(snapshot_);
  const auto add = [&](const IdQuad& ids, const Quad& quad) -> absl::Status {
    RETURN_IF_ERROR(occurrences.Find(ids, quad));
    std::vector<TermId> nodes;
    for (const Occurrence& occurrence : occurrences.found) nodes.push_back(occurrence.node);
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    std::vector<Term> labels;
    RETURN_IF_ERROR(snapshot_.Decode(nodes, labels));
    for (size_t i = 0; i < nodes.size(); ++i) {
      std::string record(sizeof(uint64_t), '\0');
      const uint64_t key = __builtin_bswap64(nodes[i].bits());
      __builtin_memcpy(record.data(), &key, sizeof key);
      RETURN_IF_ERROR(sort.Add(record += FirstDegreeLine(quad, labels[i].value())));
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(EachQuad(snapshot_, everything, Order::kSpo, options_.cancelled, add));
  Hasher hasher;
  TermId current;
  const auto close = [&] {
    if (current.is_bound()) nodes_.push_back({current, hasher.Finish()});
    hasher.Restart();
  };
  const absl::Status status = sort.Finish([&](std::string_view record) {
    uint64_t key = 0;
    __builtin_memcpy(&key, record.data(), sizeof key);
    if (const TermId node = TermId::FromBits(__builtin_bswap64(key)); node != current) {
      close();
      current = node;
    }
    hasher.Add(record.substr(sizeof key));
    return absl::OkStatus();
  });
  close();
  return status;
}

void Canonicalizer::IssueUnique() {
  std::vector<const Node*> by_hash;
  for (const Node& node : nodes_) by_hash.push_back(&node);
  std::sort(by_hash.begin(), by_hash.end(), [](const Node* a, const Node* b) { return std::tie(a->hash, a->id) < std::tie(b->hash, b->id); });
  for (size_t i = 0; i < by_hash.size();) {
    size_t end = i + 1;
    while (end < by_hash.size() && by_hash[end]->hash == by_hash[i]->hash) ++end;
    if (end == i + 1) {
      canonical_.Issue(by_hash[i]->id);
    } else {
      ambiguous_.emplace_back();
      for (size_t k = i; k < end; ++k) ambiguous_.back().push_back(by_hash[k]->id);
    }
    i = end;
  }
}

absl::Status Canonicalizer::CollectNeighbours() {
  for (const std::vector<TermId>& group : ambiguous_) {
    for (const TermId node : group) neighbours_.try_emplace(node);
  }
  IdPattern everything;
  everything.graphs = IdPattern::Graphs::kAny;
  Occurrences occurrences(snapshot_);
  const auto add = [&](const IdQuad& ids, const Quad& quad) -> absl::Status {
    RETURN_IF_ERROR(occurrences.Find(ids, quad));
    absl::flat_hash_set<TermId> done;
    for (const Occurrence& self : occurrences.found) {
      const auto it = neighbours_.find(self.node);
      if (it == neighbours_.end() || !done.insert(self.node).second) continue;
      for (const Occurrence& other : occurrences.found) {
        if (other.node == self.node) continue;
        std::unique_ptr<std::string>& place = places_[other.place];
        if (place == nullptr) place = std::make_unique<std::string>(other.place);
        it->second.push_back({other.node, place.get()});
      }
    }
    return absl::OkStatus();
  };
  return EachQuad(snapshot_, everything, Order::kSpo, options_.cancelled, add);
}

const Hash& Canonicalizer::FirstDegreeOf(TermId node) const {
  return std::lower_bound(nodes_.begin(), nodes_.end(), node, [](const Node& a, TermId b) { return a.id < b; })->hash;
}

// §4.7.
Hash Canonicalizer::RelatedHash(const Neighbour& neighbour, const Issuer& issuer) const {
  std::string input = *neighbour.place;
  if (canonical_.Has(neighbour.node)) {
    Append(input, "_:c14n", canonical_.NumberOf(neighbour.node));
  } else if (issuer.Has(neighbour.node)) {
    Append(input, "_:b", issuer.NumberOf(neighbour.node));
  } else {
    input += Hex(FirstDegreeOf(neighbour.node));
  }
  return Sha256(input);
}

// §4.8.3 step 5.4: the path of one order of the related nodes; kept when it is the least so far.
absl::Status Canonicalizer::TryPermutation(const std::vector<TermId>& nodes, const Issuer& issuer, size_t depth, Path& best) {
  RETURN_IF_ERROR(Work());
  Path path{"", issuer, true};
  const auto hopeless = [&] { return best.chosen && path.text.size() >= best.text.size() && path.text > best.text; };
  std::vector<TermId> recursion;
  for (const TermId node : nodes) {
    if (canonical_.Has(node)) {
      Append(path.text, "_:c14n", canonical_.NumberOf(node));
    } else {
      if (!path.issuer.Has(node)) recursion.push_back(node);
      Append(path.text, "_:b", path.issuer.Issue(node));
    }
    if (hopeless()) return absl::OkStatus();
  }
  for (const TermId node : recursion) {
    ASSIGN_OR_RETURN(Result result, HashNDegree(node, path.issuer, depth + 1));
    Append(path.text, "_:b", path.issuer.Issue(node), "<", Hex(result.hash), ">");
    path.issuer = std::move(result.issuer);
    if (hopeless()) return absl::OkStatus();
  }
  if (!best.chosen || path.text < best.text) best = std::move(path);
  return absl::OkStatus();
}

// §4.8.
absl::StatusOr<Canonicalizer::Result> Canonicalizer::HashNDegree(TermId node, Issuer issuer, size_t depth) {
  RETURN_IF_ERROR(Work());
  if (depth > kMaxDepth) return ResourceExhausted(Cat("the blank nodes form chains of more than ", kMaxDepth, " nodes that are alike"));
  std::map<std::string, std::vector<TermId>> related;
  for (const Neighbour& neighbour : neighbours_.at(node)) related[Hex(RelatedHash(neighbour, issuer))].push_back(neighbour.node);
  std::string data;
  for (auto& [hash, nodes] : related) {
    data += hash;
    std::sort(nodes.begin(), nodes.end());
    Path best;
    do {
      RETURN_IF_ERROR(TryPermutation(nodes, issuer, depth, best));
    } while (std::next_permutation(nodes.begin(), nodes.end()));
    data += best.text;
    issuer = std::move(best.issuer);
  }
  return Result{Sha256(data), std::move(issuer)};
}

absl::Status Canonicalizer::IssueAmbiguous() {
  for (const std::vector<TermId>& group : ambiguous_) {
    std::vector<std::pair<Hash, std::vector<TermId>>> paths;
    for (const TermId node : group) {
      if (canonical_.Has(node)) continue;
      Issuer issuer;
      issuer.Issue(node);
      ASSIGN_OR_RETURN(Result result, HashNDegree(node, std::move(issuer), 0));
      paths.emplace_back(result.hash, result.issuer.order());
    }
    std::stable_sort(paths.begin(), paths.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [hash, order] : paths) {
      for (const TermId node : order) canonical_.Issue(node);
    }
  }
  return absl::OkStatus();
}

}  // namespace

Term WithBlankNodes(const Term& term, const std::function<std::string(const std::string&)>& name) {
  if (term.is_blank()) return Term::BlankNode(name(term.value()));
  if (!term.is_triple()) return term;
  return Term::TripleTerm(WithBlankNodes(term.triple().subject, name), term.triple().predicate,
                          WithBlankNodes(term.triple().object, name));
}

absl::StatusOr<CanonicalLabels> CanonicalLabels::Compute(const Snapshot& snapshot, const CanonicalOptions& options) {
  Canonicalizer canonicalizer(snapshot, options);
  RETURN_IF_ERROR(canonicalizer.Run());
  CanonicalLabels labels;
  const std::vector<TermId>& order = canonicalizer.canonical().order();
  for (size_t i = 0; i < order.size(); ++i) labels.names_.push_back({order[i], static_cast<uint32_t>(i)});
  std::sort(labels.names_.begin(), labels.names_.end(), [](const Name& a, const Name& b) { return a.node < b.node; });
  return labels;
}

std::string CanonicalLabels::Of(TermId blank_node) const {
  const auto it = std::lower_bound(names_.begin(), names_.end(), blank_node, [](const Name& a, TermId b) { return a.node < b; });
  return Cat("c14n", it->number);
}

}  // namespace dossier::graph
