#include "ingest/map/same_candidates.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/corrections.h"
#include "ingest/map/identity.h"
#include "ingest/map/scan.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {
namespace {

using graph::Quad;
using graph::Snapshot;

constexpr size_t kMaxBucket = 200;   // a word that more names share tells nothing

struct Node {
  std::string iri, label, type;
  std::vector<std::string> keys;
};

std::vector<std::string> WordsOf(std::string_view key) {
  std::vector<std::string> words;
  for (size_t i = 0; i < key.size();) {
    const size_t end = std::min(key.find(' ', i), key.size());
    words.emplace_back(key.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

std::string InitialsOf(const std::vector<std::string>& words) {
  std::string initials;
  for (const std::string& word : words) {
    if (word != "of" && word != "the" && word != "and" && word != "for") initials += word.substr(0, 1);
  }
  return initials;
}

// Edits between two short strings, or 3 when more than two are needed.
size_t Edits(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 2) return 3;
  std::vector<size_t> row(a.size() + 1);
  for (size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (size_t j = 1; j <= b.size(); ++j) {
    size_t diagonal = row[0];
    row[0] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
      const size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[i];
      row[i] = std::min({changed, row[i] + 1, row[i - 1] + 1});
    }
  }
  return std::min<size_t>(row[a.size()], 3);
}

class Finder {
 public:
  Finder(const Snapshot& snapshot, size_t limit) : snapshot_(snapshot), limit_(limit) {}

  absl::StatusOr<std::vector<SameCandidate>> Run() {
    ASSIGN_OR_RETURN(corrections_, Corrections::Load(snapshot_));
    RETURN_IF_ERROR(LoadNodes());
    // Names meet in the buckets of their words, of their beginnings and ends, and of their initials.
    std::map<std::string, std::vector<size_t>> buckets;
    for (size_t i = 0; i < nodes_.size(); ++i) {
      std::set<std::string> places;
      for (const std::string& key : nodes_[i].keys) {
        const std::vector<std::string> words = WordsOf(key);
        for (const std::string& word : words) {
          if (word.size() > 2) places.insert(Cat("w ", word));
        }
        if (words.size() > 2) places.insert(Cat("a ", InitialsOf(words)));
        if (words.size() == 1 && key.size() > 2 && key.size() <= 6) places.insert(Cat("a ", key));
        if (key.size() >= 6) places.insert({Cat("b ", key.substr(0, 4)), Cat("e ", key.substr(key.size() - 4))});
      }
      for (const std::string& place : places) buckets[place].push_back(i);
    }
    for (const auto& [place, members] : buckets) {
      if (members.size() > kMaxBucket) continue;
      for (size_t i = 0; i < members.size(); ++i) {
        for (size_t j = i + 1; j < members.size(); ++j) Compare(nodes_[members[i]], nodes_[members[j]]);
      }
    }
    return Best();
  }

 private:
  absl::Status LoadNodes() {
    std::map<std::string, Node> found;
    RETURN_IF_ERROR(ForEachMatch(snapshot_, "", vocab::kNameKey, "", [&](const Quad& quad) {
      if (!quad.subject.is_iri() || quad.object.value().size() > 200) return;
      Node& node = found[quad.subject.value()];
      node.iri = quad.subject.value();
      node.keys.push_back(quad.object.value());
    }));
    RETURN_IF_ERROR(ForEachMatch(snapshot_, "", graph::rdf::kType, "", [&](const Quad& quad) {
      if (const auto it = found.find(quad.subject.value()); it != found.end()) it->second.type = quad.object.value();
    }));
    RETURN_IF_ERROR(ForEachMatch(snapshot_, "", graph::rdfs::kLabel, "", [&](const Quad& quad) {
      if (const auto it = found.find(quad.subject.value()); it != found.end()) it->second.label = quad.object.value();
    }));
    for (auto& [iri, node] : found) nodes_.push_back(std::move(node));
    return absl::OkStatus();
  }

  static bool Compatible(const std::string& a, const std::string& b) { return a == b || a == vocab::kThing || b == vocab::kThing; }

  void Compare(const Node& a, const Node& b) {
    if (!Compatible(a.type, b.type) || corrections_.AreDifferent(a.iri, b.iri)) return;
    SameCandidate pair{a.iri, b.iri, a.label, b.label, "", 0};
    for (const std::string& x : a.keys) {
      for (const std::string& y : b.keys) Score(x, y, a.type == vocab::kPerson && b.type == vocab::kPerson, pair);
    }
    if (pair.score == 0) return;
    SameCandidate& known = pairs_[{a.iri, b.iri}];
    if (pair.score > known.score) known = std::move(pair);
  }

  static void Score(const std::string& x, const std::string& y, bool persons, SameCandidate& pair) {
    const auto better = [&](double score, std::string_view reason) {
      if (score > pair.score) pair.score = score, pair.reason = reason;
    };
    if (x == y) return better(0.9, "the same name");
    const std::vector<std::string> p = WordsOf(x), q = WordsOf(y);
    if (persons) {
      if (p.back() == q.back() && SamePersonPossible(x, y)) better(p.size() == 1 || q.size() == 1 ? 0.6 : 0.8, "a part of the name");
    } else {
      const auto within = [](const std::vector<std::string>& s, const std::vector<std::string>& l) {
        return s.size() < l.size() && s.size() > 1 &&
               std::all_of(s.begin(), s.end(), [&](const std::string& w) { return std::find(l.begin(), l.end(), w) != l.end(); });
      };
      if (within(p, q) || within(q, p)) better(0.5, "a part of the name");
      if ((p.size() == 1 && q.size() > 2 && InitialsOf(q) == x) || (q.size() == 1 && p.size() > 2 && InitialsOf(p) == y)) {
        better(0.7, "an acronym");
      }
    }
    const size_t length = std::min(x.size(), y.size());
    if (length < 6) return;
    if (const size_t edits = Edits(x, y); edits <= (length >= 10 ? 2u : 1u)) better(edits == 1 ? 0.7 : 0.5, "spelt alike");
  }

  std::vector<SameCandidate> Best() {
    std::vector<SameCandidate> out;
    for (auto& [iris, pair] : pairs_) out.push_back(std::move(pair));
    std::stable_sort(out.begin(), out.end(), [](const SameCandidate& a, const SameCandidate& b) { return a.score > b.score; });
    if (out.size() > limit_) out.resize(limit_);
    return out;
  }

  const Snapshot& snapshot_;
  const size_t limit_;
  Corrections corrections_;
  std::vector<Node> nodes_;   // by IRI
  std::map<std::pair<std::string, std::string>, SameCandidate> pairs_;
};

}  // namespace

absl::StatusOr<std::vector<SameCandidate>> FindSameCandidates(const Snapshot& snapshot, size_t limit) {
  return Finder(snapshot, limit).Run();
}

}  // namespace dossier::ingest
