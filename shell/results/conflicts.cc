#include "shell/results/conflicts.h"

#include <algorithm>
#include <map>
#include <set>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/relation_axioms.h"
#include "ingest/map/scan.h"
#include "ingest/map/vocabulary.h"
#include "shell/evidence/evidence.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

namespace vocab = ingest::vocab;
using graph::Quad;
using graph::Snapshot;
using graph::Term;

constexpr size_t kMaxShown = 3;         // sentences of each side
constexpr size_t kMaxFacts = 100'000;   // of one relation that are compared

Term Negative() { return Term::Iri(std::string(vocab::kNegative)); }

class Finder {
 public:
  Finder(const Snapshot& snapshot, size_t limit) : snapshot_(snapshot), limit_(limit) {}

  absl::StatusOr<std::vector<Conflict>> Run() {
    RETURN_IF_ERROR(FindDenied());
    RETURN_IF_ERROR(FindTwoValues());
    RETURN_IF_ERROR(FindOpposites());
    return std::move(out_);
  }

 private:
  bool Full() const { return out_.size() >= limit_; }

  absl::Status FindDenied() {
    std::vector<std::string> denials;
    RETURN_IF_ERROR(ingest::ForEachMatch(snapshot_, "", vocab::kPolarity, Negative().value(),
                                         [&](const Quad& quad) { denials.push_back(quad.subject.value()); }));
    std::map<Term, std::vector<Term>> denied;
    for (const std::string& reifier : denials) {
      RETURN_IF_ERROR(ingest::ForEachMatch(snapshot_, reifier, graph::rdf::kReifies, "", [&](const Quad& quad) {
        if (quad.object.is_triple()) denied[quad.object].push_back(quad.subject);
      }));
    }
    for (const auto& [fact, reifiers] : denied) {
      if (Full()) break;
      const graph::Triple& triple = fact.triple();
      ASSIGN_OR_RETURN(const bool asserted, ingest::Has(snapshot_, Quad(triple.subject, triple.predicate, triple.object)));
      if (!asserted) continue;
      ASSIGN_OR_RETURN(const std::vector<Term> all, ReifiersOf(fact));
      std::vector<Term> positive;
      for (const Term& reifier : all) {
        if (std::find(reifiers.begin(), reifiers.end(), reifier) == reifiers.end()) positive.push_back(reifier);
      }
      out_.push_back({"asserted and denied", std::move(positive), reifiers});
    }
    return absl::OkStatus();
  }

  absl::Status FindTwoValues() {
    std::set<std::string> relations;
    for (const std::string_view name : ingest::AllFunctional()) relations.insert(Cat(graph::kRelationNs, name));
    RETURN_IF_ERROR(ingest::ForEachMatch(snapshot_, "", graph::rdf::kType, vocab::kFunctionalProperty,
                                         [&](const Quad& quad) { relations.insert(quad.subject.value()); }));
    for (const std::string& relation : relations) {
      ASSIGN_OR_RETURN(const std::vector<Quad> facts, FactsOf(relation));
      for (size_t i = 0; i < facts.size(); ++i) {
        for (size_t j = i + 1; j < facts.size() && facts[j].subject == facts[i].subject && !Full(); ++j) {
          if (facts[i].object != facts[j].object) RETURN_IF_ERROR(AddIfAtOnce("two values", facts[i], facts[j]));
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status FindOpposites() {
    std::set<std::pair<std::string, std::string>> pairs;
    for (const auto& [a, b] : ingest::AllOpposites()) {
      pairs.insert(std::minmax(Cat(graph::kRelationNs, a), Cat(graph::kRelationNs, b)));
    }
    RETURN_IF_ERROR(ingest::ForEachMatch(snapshot_, "", vocab::kDisjointWith, "", [&](const Quad& quad) {
      pairs.insert(std::minmax(quad.subject.value(), quad.object.value()));
    }));
    for (const auto& [a, b] : pairs) {
      ASSIGN_OR_RETURN(const std::vector<Quad> facts, FactsOf(a));
      for (const Quad& fact : facts) {
        if (Full()) return absl::OkStatus();
        const Quad opposite(fact.subject, Term::Iri(b), fact.object);
        if (fact.object.is_iri() && fact.object.value() == vocab::kNoObject) continue;
        ASSIGN_OR_RETURN(const bool there, ingest::Has(snapshot_, opposite));
        if (there) RETURN_IF_ERROR(AddIfAtOnce("opposites", fact, opposite));
      }
    }
    return absl::OkStatus();
  }

  // Asserted facts of a relation, sorted by their subjects.
  absl::StatusOr<std::vector<Quad>> FactsOf(const std::string& relation) const {
    std::vector<Quad> facts;
    RETURN_IF_ERROR(ingest::ForEachMatch(snapshot_, "", relation, "", [&](const Quad& quad) {
      if (facts.size() < kMaxFacts && !quad.subject.is_blank()) facts.push_back(quad);
    }));
    std::stable_sort(facts.begin(), facts.end(), [](const Quad& a, const Quad& b) { return a.subject < b.subject; });
    return facts;
  }

  absl::StatusOr<std::vector<Term>> ReifiersOf(const Term& fact) const {
    graph::IdPattern pattern;
    ASSIGN_OR_RETURN(pattern.predicate, snapshot_.Find(Term::Iri(std::string(graph::rdf::kReifies))));
    ASSIGN_OR_RETURN(pattern.object, snapshot_.Find(fact));
    std::vector<Term> reifiers;
    if (!pattern.predicate.is_bound() || !pattern.object.is_bound()) return reifiers;
    RETURN_IF_ERROR(ingest::ForEachQuad(snapshot_, pattern, [&](const Quad& quad) { reifiers.push_back(quad.subject); }));
    return reifiers;
  }

  // Positive evidence of `fact` with its times.
  absl::StatusOr<std::vector<Evidence>> EvidenceOf(const Quad& fact) const {
    ASSIGN_OR_RETURN(const std::vector<Term> reifiers, ReifiersOf(Term::TripleTerm(fact.subject, fact.predicate, fact.object)));
    ASSIGN_OR_RETURN(std::vector<Evidence> evidence, LoadEvidence(snapshot_, reifiers));
    std::erase_if(evidence, [](const Evidence& e) { return !e.polarity.empty() || !e.modality.empty(); });
    return evidence;
  }

  static bool AtOnce(const Evidence& a, const Evidence& b) {
    const auto ends_before = [](const Evidence& x, const Evidence& y) {
      return !x.time_end.empty() && !y.time_begin.empty() && x.time_end < y.time_begin;
    };
    return !ends_before(a, b) && !ends_before(b, a);
  }

  absl::Status AddIfAtOnce(std::string kind, const Quad& a, const Quad& b) {
    ASSIGN_OR_RETURN(const std::vector<Evidence> one, EvidenceOf(a));
    ASSIGN_OR_RETURN(const std::vector<Evidence> other, EvidenceOf(b));
    std::set<Term> left, right;
    for (const Evidence& x : one) {
      for (const Evidence& y : other) {
        if (AtOnce(x, y)) left.insert(x.reifier), right.insert(y.reifier);
      }
    }
    if (!left.empty()) out_.push_back({std::move(kind), {left.begin(), left.end()}, {right.begin(), right.end()}});
    return absl::OkStatus();
  }

  const Snapshot& snapshot_;
  const size_t limit_;
  std::vector<Conflict> out_;
};

absl::Status AppendSide(const Snapshot& snapshot, const std::vector<Term>& reifiers, std::string_view indent, const TableOptions& options,
                        std::string& out) {
  const size_t shown = std::min(reifiers.size(), kMaxShown);
  ASSIGN_OR_RETURN(const std::vector<Evidence> evidence, LoadEvidence(snapshot, absl::MakeConstSpan(reifiers.data(), shown)));
  Labels labels(snapshot);
  std::vector<Term> terms;
  for (const Evidence& e : evidence) {
    terms.insert(terms.end(), {e.fact.subject, e.fact.predicate, e.fact.object});
    terms.insert(terms.end(), e.attributed_to.begin(), e.attributed_to.end());
  }
  RETURN_IF_ERROR(labels.Load(terms));
  for (const Evidence& e : evidence) {
    std::string head = Cat(labels.Of(e.fact.subject), " — ", labels.Of(e.fact.predicate), " — ", labels.Of(e.fact.object));
    if (e.polarity == "negative") head += " (denied)";
    if (const std::string time = TimeInterval(e); !time.empty()) Append(head, " (", time, ")");
    if (!e.attributed_to.empty()) Append(head, ", according to ", labels.Of(e.attributed_to.front()));
    Append(out, indent, head, "\n");
    StyledText sentence = MarkSpans(e, labels);
    sentence.push_back({Cat("  (", Citation(e), ")"), Style::kDim});
    const size_t width = options.width > 20 ? options.width - 8 : 12;
    for (const StyledText& line : Wrap(sentence, width, options.ansi)) Append(out, "        ", Render(line, options.ansi), "\n");
  }
  if (reifiers.size() > shown) Append(out, indent, "... and ", reifiers.size() - shown, " more\n");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Conflict>> FindConflicts(const Snapshot& snapshot, size_t limit) { return Finder(snapshot, limit).Run(); }

absl::StatusOr<std::string> RenderConflicts(const Snapshot& snapshot, const std::vector<Conflict>& conflicts, const TableOptions& options) {
  if (conflicts.empty()) return std::string("No facts contradict each other.\n");
  std::string out;
  for (size_t i = 0; i < conflicts.size(); ++i) {
    Append(out, i + 1, ". ", conflicts[i].kind, "\n");
    RETURN_IF_ERROR(AppendSide(snapshot, conflicts[i].one, "   + ", options, out));
    RETURN_IF_ERROR(AppendSide(snapshot, conflicts[i].other, "   - ", options, out));
  }
  return out;
}

}  // namespace dossier::shell
