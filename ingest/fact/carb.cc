// What CaRB's annotators wrote decides here: one n-ary tuple a predicate, the preposition of the first oblique in the predicate, chains of
// infinitives as one predicate, "is" put in where a clause is reduced. Confidences are ranks by rule, calibrated on CaRB dev.
#include "ingest/fact/carb.h"

#include <algorithm>
#include <cstdio>

#include "graph/base/strings.h"

namespace dossier::ingest {
namespace {

class TupleRenderer {
 public:
  TupleRenderer(std::string_view line, const Sentence& sentence, const std::vector<Proposition>& propositions)
      : line_(line), sentence_(sentence), propositions_(propositions) {}

  std::string Render() {
    for (size_t i = 0; i < propositions_.size(); ++i) RenderOne(propositions_[i], i);
    return std::move(out_);
  }

 private:
  struct Part {
    const Argument* argument;
    std::string preposition;
  };

  void RenderOne(const Proposition& p, size_t index) {
    if (p.merged_into >= 0) return;
    const Argument* subject = p.passive ? PassiveSubject(p) : p.Find(Role::kSubject);
    if (subject == nullptr) return;
    std::vector<const Argument*> rest = Rest(p, index, subject);
    std::string predicate = p.inserted;
    AppendWords(p.predicate, predicate);
    if (p.lemma == "exist") predicate = "exists";
    std::vector<std::string> arguments{Words(*subject)};
    bool first = true;
    for (const Argument* argument : rest) {
      std::string text = Words(*argument);
      const std::string marker = Preposition(*argument);
      if (!marker.empty()) {
        const bool merge = first && (argument->role == Role::kOblique || argument->role == Role::kClause);
        if (merge) Append(predicate, predicate.empty() ? "" : " ", marker);
        else text = Cat(marker, " ", text);
      }
      first = false;
      arguments.push_back(std::move(text));
    }
    if (arguments.size() < 2 || predicate.empty()) return;
    Append(out_, line_, "\t");
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.4f", ConfidenceOf(p));
    Append(out_, buffer, "\t", predicate);
    for (const std::string& argument : arguments) Append(out_, "\t", argument);
    out_ += '\n';
  }

  static const Argument* PassiveSubject(const Proposition& p) {
    const Argument* subject = p.Find(Role::kRecipient);
    return subject != nullptr ? subject : p.Find(Role::kObject);
  }

  std::vector<const Argument*> Rest(const Proposition& p, size_t index, const Argument* subject) const {
    std::vector<const Argument*> rest;
    for (const Argument& a : p.arguments) {
      if (&a != subject) rest.push_back(&a);
    }
    // The arguments of the verbs this predicate continues.
    for (size_t i = index, depth = 0; propositions_[i].parent >= 0 && depth < 8; ++depth) {
      const Proposition& matrix = propositions_[static_cast<size_t>(propositions_[i].parent)];
      if (matrix.merged_into != static_cast<int>(i)) break;
      for (const Argument& a : matrix.arguments) {
        if (a.role == Role::kTime || a.role == Role::kPlace || a.role == Role::kOblique) rest.push_back(&a);
      }
      i = static_cast<size_t>(propositions_[i].parent);
    }
    auto rank = [&](const Argument* a) {
      switch (a->role) {
        case Role::kObject: case Role::kComplement: case Role::kSubject: return 0;
        case Role::kRecipient: return 1;
        case Role::kClause: return 2;
        case Role::kOblique: return 3;
        default: return 4;
      }
    };
    std::stable_sort(rest.begin(), rest.end(), [&](const Argument* a, const Argument* b) { return rank(a) < rank(b); });
    return rest;
  }

  std::string Preposition(const Argument& argument) const {
    std::string marker = argument.preposition;
    std::replace(marker.begin(), marker.end(), '_', ' ');
    if (argument.role == Role::kSubject) return "by";
    return marker;
  }

  void AppendWords(const std::vector<TokenIndex>& tokens, std::string& out) const {
    for (TokenIndex t : tokens) {
      const Token& token = sentence_.tokens[static_cast<size_t>(t)];
      if (!out.empty()) out += ' ';
      out += token.form;
    }
  }
  std::string Words(const Argument& argument) const {
    std::string out;
    AppendWords(argument.tokens, out);
    return out;
  }

  static double ConfidenceOf(const Proposition& p) { return p.confidence; }

  std::string_view line_;
  const Sentence& sentence_;
  const std::vector<Proposition>& propositions_;
  std::string out_;
};

}  // namespace

std::string RenderCarb(std::string_view line, const Sentence& sentence, const std::vector<Proposition>& propositions) {
  return TupleRenderer(line, sentence, propositions).Render();
}

}  // namespace dossier::ingest
