#include "ingest/fact/confidence.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "absl/types/span.h"
#include "graph/base/strings.h"
#include "ingest/fact/confidence_weights.h"

namespace dossier::ingest {
namespace {

using confidence::Weight;

double Log(size_t n) { return std::log1p(static_cast<double>(n)); }

// "verb-dobj-advcl": the rule and, where it has one, the kind of clause.
struct RuleParts {
  std::string_view base, link;
};
RuleParts Parts(std::string_view rule) {
  static constexpr std::string_view kLinks[] = {"-acl", "-advcl", "-conj", "-rel", "-xcomp"};
  for (const std::string_view link : kLinks) {
    if (rule.ends_with(link)) return {rule.substr(0, rule.size() - link.size()), link.substr(1)};
  }
  return {rule, "main"};
}

// Calls visit(group, value, x): the feature is "group" or "group:value", its value x.
template <typename Visit>
void VisitTuple(const TupleShape& s, Visit visit) {
  const Proposition& p = *s.proposition;
  const RuleParts rule = Parts(p.rule);
  visit("bias", "", 1.0);
  visit("rule", rule.base, 1.0);
  visit("link", rule.link, 1.0);
  visit("role", NameOf(s.first_role), 1.0);
  if (!p.inserted.empty()) visit("inserted", rule.link, 1.0);
  if (s.pronoun_subject) visit("pronoun", "", 1.0);
  if (s.named_apposition) visit("named", "", 1.0);
  if (p.polarity == Polarity::kNegative) visit("negative", "", 1.0);
  if (p.modality != Modality::kNone) visit("held", NameOf(p.modality), 1.0);
  if (!p.attribution.empty()) visit("attributed", "", 1.0);
  if (const Argument* subject = p.Find(Role::kSubject); subject != nullptr && subject->inferred) visit("inferred", "", 1.0);
  visit("arguments", "", static_cast<double>(std::min<size_t>(s.arguments, 6)));
  visit("words", "", Log(s.sentence_words));
  visit("subject", "", Log(s.subject_words));
  visit("object", "", Log(s.object_words));
  visit("predicate", "", Log(p.predicate.size()));
}

template <typename Visit>
void VisitFact(const Fact& f, const Sentence& sentence, Visit visit) {
  const RuleParts rule = Parts(f.rule);
  const double prior = std::clamp(f.confidence, 0.05, 0.95);
  visit("bias", "", 1.0);
  visit("prior", "", std::log(prior / (1 - prior)));
  visit("rule", rule.base, 1.0);
  visit("link", rule.link, 1.0);
  visit("subject", !f.subject ? "none" : f.subject->entity < 0 ? "words" : f.subject->inferred ? "inferred" : "entity", 1.0);
  visit("object", !f.object ? "none" : f.object->entity < 0 ? "words" : f.object->inferred ? "inferred" : "entity", 1.0);
  if (f.relation.find('_') != std::string::npos && !f.inferred) visit("prepositional", "", 1.0);
  if (!f.asserted) visit("unasserted", "", 1.0);
  if (!f.attribution.empty()) visit("attributed", "", 1.0);
  visit("qualifiers", "", static_cast<double>(std::min<size_t>(f.qualifiers.size(), 4)));
  visit("words", "", Log(sentence.tokens.size()));
}

double WeightOf(absl::Span<const Weight> table, std::string_view group, std::string_view value) {
  const std::string name = value.empty() ? std::string(group) : Cat(group, ":", value);
  const auto* it = std::lower_bound(table.begin(), table.end(), name, [](const Weight& w, const std::string& n) { return w.feature < n; });
  return it != table.end() && it->feature == name ? it->value : 0.0;
}

struct Summing {
  absl::Span<const Weight> table;
  double& sum;
  void operator()(std::string_view group, std::string_view value, double x) const { sum += x * WeightOf(table, group, value); }
};

struct Printing {
  std::string& out;
  void operator()(std::string_view group, std::string_view value, double x) const {
    char number[32];
    std::snprintf(number, sizeof number, "%.4f", x);
    Append(out, out.empty() ? "" : " ", group, value.empty() ? "" : ":", value, "=", std::string_view(number));
  }
};

double Chance(double sum) { return 1.0 / (1.0 + std::exp(-sum)); }

}  // namespace

double TupleConfidence(const TupleShape& shape) {
  double sum = 0;
  VisitTuple(shape, Summing{confidence::kTuple, sum});
  // CaRB's scorer wants ranks; five are what dev can tell apart, each with about its own precision.
  static constexpr std::pair<double, double> kLevels[] = {{0.3, 0.25}, {0.4, 0.35}, {0.5, 0.45}, {0.6, 0.55}};
  const double chance = Chance(sum);
  for (const auto& [below, level] : kLevels) {
    if (chance < below) return level;
  }
  return 0.7;
}

void CalibrateFacts(std::string_view model, const std::vector<Sentence>& sentences, std::vector<Fact>& facts) {
  const absl::Span<const Weight> table =
      model.starts_with("accurate") ? absl::Span<const Weight>(confidence::kFactAccurate) : absl::Span<const Weight>(confidence::kFactFast);
  for (Fact& fact : facts) {
    double sum = 0;
    VisitFact(fact, sentences[fact.sentence], Summing{table, sum});
    // Two digits: more would say more than is known.
    fact.confidence = std::clamp(std::round(Chance(sum) * 100) / 100, 0.05, 0.99);
  }
}

std::string TupleFeatures(const TupleShape& shape) {
  std::string out;
  VisitTuple(shape, Printing{out});
  return out;
}

std::string FactFeatures(const Fact& fact, const Sentence& sentence) {
  std::string out;
  VisitFact(fact, sentence, Printing{out});
  return out;
}

}  // namespace dossier::ingest
