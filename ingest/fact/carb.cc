// What CaRB's annotators wrote decides here: one n-ary tuple a predicate, the preposition of the first oblique in the predicate, chains of
// infinitives as one predicate, "is" put in where a clause is reduced. Confidences are ranks by rule, calibrated on CaRB dev.
#include "ingest/fact/carb.h"

#include <algorithm>
#include <cstdio>

#include "graph/base/strings.h"
#include "ingest/fact/clause.h"

namespace dossier::ingest {
namespace {

class TupleRenderer {
 public:
  TupleRenderer(std::string_view line, const Sentence& sentence, const std::vector<Proposition>& propositions)
      : line_(line), sentence_(sentence), propositions_(propositions), tree_(sentence) {}

  std::string Render() {
    for (const Token& token : sentence_.tokens) {
      if (token.head == kNoToken) past_ = token.xpos == "VBD";
    }
    for (const Proposition& p : propositions_) {
      if (p.parent < 0 && p.tense.starts_with("past")) past_ = true;
    }
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
    std::string predicate = p.inserted == "is" ? Inserted(*subject) : p.inserted;
    AppendWords(p.predicate, predicate);
    if (p.lemma == "exist") predicate = Cat(predicate, " there");
    // "is responsible for X": the adjective goes into the predicate.
    if (p.kind == TriggerKind::kCopula && rest.size() > 1 && rest[0]->role == Role::kComplement && !E("NOADJ") &&
        sentence_.tokens[static_cast<size_t>(p.trigger)].upos == "ADJ" && rest[1]->role == Role::kOblique) {
      AppendWords(rest[0]->tokens, predicate);
      rest.erase(rest.begin());
    }
    std::vector<std::string> arguments{Words(*subject)};
    bool first = true;
    for (const Argument* argument : rest) {
      std::string text = Words(*argument);
      const std::string marker = Preposition(*argument);
      if (!marker.empty()) {
        const bool merge = first && (argument->role == Role::kOblique || argument->role == Role::kClause || argument->role == Role::kSubject);
        if (merge) Append(predicate, predicate.empty() ? "" : " ", marker);
        else text = Cat(marker, " ", text);
      }
      first = false;
      arguments.push_back(std::move(text));
    }
    if (arguments.size() < 2 || predicate.empty()) return;
    std::vector<std::vector<std::string>> tuples{arguments};
    auto distribute = [&](size_t at, const Argument& argument) {
      if (argument.conjuncts.empty()) return;
      std::vector<std::vector<std::string>> more;
      for (const auto& tuple : tuples) {
        std::vector<TokenIndex> heads{argument.head};
        heads.insert(heads.end(), argument.conjuncts.begin(), argument.conjuncts.end());
        for (TokenIndex head : heads) {
          more.push_back(tuple);
          std::string text;
          AppendWords(NominalPhrase(tree_, head, false), text);
          more.back()[at] = text;
        }
      }
      if (!E("DADD")) tuples.clear();
      tuples.insert(tuples.end(), more.begin(), more.end());
    };
    size_t minc = E("DMIN") ? atoi(getenv("DMIN")) : 1;
    if (E("DOBJ") && !rest.empty() && rest[0]->conjuncts.size() >= minc && (E("DOBL") || rest[0]->role != Role::kOblique)) distribute(1, *rest[0]);
    if (E("DSUBJ")&& subject->conjuncts.size() >= minc) distribute(0, *subject);
    for (const auto& tuple : tuples) {
    Append(out_, line_, "\t");
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.4f", ConfidenceOf(p));
    Append(out_, buffer, "\t", predicate);
    for (const std::string& argument : tuple) Append(out_, "\t", argument);
    out_ += '\n';
    }
  }

  std::string Inserted(const Argument& subject) const {
    const Token& head = sentence_.tokens[static_cast<size_t>(subject.head)];
    const bool plural = !subject.conjuncts.empty() || head.xpos == "NNS" || head.xpos == "NNPS";
    if (E("ISONLY")) return "is";
    if (!E("PAST")) return plural ? "are" : "is";
    return past_ ? (plural ? "were" : "was") : plural ? "are" : "is";
  }
  static bool E(const char* n) { return getenv(n) != nullptr; }

  static const Argument* PassiveSubject(const Proposition& p) {
    const Argument* subject = p.Find(Role::kRecipient);
    return subject != nullptr ? subject : p.Find(Role::kObject);
  }

  std::vector<const Argument*> Rest(const Proposition& p, size_t index, const Argument* subject) const {
    std::vector<const Argument*> rest;
    for (const Argument& a : p.arguments) {
      if (&a == subject) continue;
      if (E("NOMANNER") && a.role == Role::kManner) continue;
      if (!E("ADVDUP") && a.preposition.empty() && std::find(p.predicate.begin(), p.predicate.end(), a.head) != p.predicate.end()) continue;
      const bool clause = a.role != Role::kClause && sentence_.tokens[static_cast<size_t>(a.head)].upos == "VERB";
      if (E("NOADVCL") && clause && a.role != Role::kPurpose) continue;
      if (E("NOPURP") && clause && a.role == Role::kPurpose) continue;
      rest.push_back(&a);
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
    bool nominal = argument.role != Role::kClause && tree_.IsNominal(argument.head) && !argument.inferred;
    int mode = getenv("FULL") ? atoi(getenv("FULL")) : 0;
    if (nominal && mode && (mode == 2 || argument.role != Role::kSubject) ) {
      auto full = tree_.Phrase(argument.head, [&](TokenIndex t) {
        if (tree_.head(t) == argument.head && std::find(argument.tokens.begin(), argument.tokens.end(), t) == argument.tokens.end()) {
          Rel r = tree_.rel(t);
          if (r == Rel::kRelcl) return E("F_NOREL");
          if (r == Rel::kAppos) return E("F_NOAPP");
          return true;
        }
        return false;
      });
      AppendWords(full, out);
      return out;
    }
    if (E("NOACL") && nominal) {
      auto cut = tree_.Phrase(argument.head, [&](TokenIndex t) {
        if (std::find(argument.tokens.begin(), argument.tokens.end(), t) == argument.tokens.end() && t != argument.head && tree_.head(t) == argument.head) return true;
        return tree_.rel(t) == Rel::kAcl && tree_.lower(t) != "to";
      });
      AppendWords(cut, out);
      return out;
    }
    AppendWords(argument.tokens, out);
    return out;
  }

  double ConfidenceOf(const Proposition& p) const {
    if (E("OLDCONF")) return p.confidence;
    if (p.rule.starts_with("title")) return 0.2;
    if (p.rule == "poss") return 0.22;
    if (p.rule == "poss-title") return 0.4;
    if (p.rule == "copula-bare") return 0.15;
    if (p.rule == "exist") return 0.25;
    if (p.rule == "appos") return 0.5;
    double c = p.confidence;
    if (p.rule.ends_with("-acl")) c -= p.inserted.empty() ? 0.1 : p.passive ? 0.2 : 0.35;
    if (p.rule.ends_with("-advcl")) c -= p.inserted.empty() ? 0.15 : 0.2;
    if (p.rule.ends_with("-rel")) c -= 0.1;
    return c;
  }

  std::string_view line_;
  const Sentence& sentence_;
  const std::vector<Proposition>& propositions_;
  Tree tree_;
  std::string out_;
  bool past_ = false;   // tense of the main clause
};

}  // namespace

std::string RenderCarb(std::string_view line, const Sentence& sentence, const std::vector<Proposition>& propositions) {
  return TupleRenderer(line, sentence, propositions).Render();
}

}  // namespace dossier::ingest
