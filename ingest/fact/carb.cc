// What CaRB's annotators wrote decides here: one n-ary tuple a predicate, the preposition of the first
// oblique in the predicate, chains of infinitives as one predicate, "is" put in where a clause is reduced.
// Coordinations stay together: distributing them was measured to change nothing. Confidences are fitted to
// CaRB dev (confidence.h).
#include "ingest/fact/carb.h"

#include <algorithm>
#include <cstdio>

#include "graph/base/strings.h"
#include "ingest/fact/confidence.h"

namespace dossier::ingest {
namespace {

class TupleRenderer {
 public:
  TupleRenderer(std::string_view line, const Sentence& sentence, const std::vector<Proposition>& propositions, bool features)
      : line_(line), sentence_(sentence), propositions_(propositions), features_(features) {}

  std::string Render() {
    for (size_t i = 0; i < propositions_.size(); ++i) RenderOne(i);
    return std::move(out_);
  }

 private:
  void RenderOne(size_t index) {
    const Proposition& p = propositions_[index];
    if (p.merged_into >= 0) return;  // the proposition that goes on says it all
    const Argument* subject = p.passive ? PassiveSubject(p) : p.Find(Role::kSubject);
    if (subject == nullptr) return;
    std::vector<const Argument*> rest = Rest(p, index, subject);
    std::string predicate = p.inserted == "is" ? FormOfBe(*subject) : p.inserted;
    AppendWords(p.predicate, predicate);
    if (p.lemma == "exist") predicate += " there";
    if (AdjectiveOfPredicate(p, rest)) {
      AppendWords(rest.front()->tokens, predicate);
      rest.erase(rest.begin());
    }
    std::vector<std::string> arguments{Words(*subject)};
    for (size_t i = 0; i < rest.size(); ++i) {
      const Role role = rest[i]->role;
      const std::string marker = Marker(*rest[i]);
      std::string text = Words(*rest[i]);
      const bool in_predicate =
          i == 0 && (role == Role::kOblique || role == Role::kClause || role == Role::kSubject);
      if (in_predicate && !marker.empty())
        Append(predicate, predicate.empty() ? "" : " ", marker);
      else if (!marker.empty())
        text = Cat(marker, " ", text);
      arguments.push_back(std::move(text));
    }
    if (arguments.size() >= 2 && !predicate.empty()) AppendTuple(ShapeOf(p, *subject, *rest.front()), predicate, arguments);
  }

  TupleShape ShapeOf(const Proposition& p, const Argument& subject, const Argument& first) const {
    TupleShape shape;
    shape.proposition = &p;
    shape.sentence_words = sentence_.tokens.size();
    shape.subject_words = subject.tokens.size();
    shape.object_words = first.tokens.size();
    shape.arguments = p.arguments.size();
    shape.pronoun_subject = At(subject.head).upos == "PRON";
    shape.named_apposition = p.kind == TriggerKind::kApposition && NameThenDescription(p);
    shape.first_role = first.role;
    return shape;
  }

  void AppendTuple(const TupleShape& shape, std::string_view predicate, const std::vector<std::string>& arguments) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.4f", TupleConfidence(shape));
    if (features_) Append(out_, TupleFeatures(shape), "\t");
    Append(out_, line_, "\t", std::string_view(buffer), "\t", predicate);
    for (const std::string& argument : arguments) Append(out_, "\t", argument);
    out_ += '\n';
  }

  static const Argument* PassiveSubject(const Proposition& p) {
    const Argument* subject = p.Find(Role::kRecipient);
    return subject != nullptr ? subject : p.Find(Role::kObject);
  }

  // "is responsible for X": the adjective goes into the predicate.
  bool AdjectiveOfPredicate(const Proposition& p, const std::vector<const Argument*>& rest) const {
    return p.kind == TriggerKind::kCopula && rest.size() > 1 && rest[0]->role == Role::kComplement &&
           rest[1]->role == Role::kOblique && At(p.trigger).upos == "ADJ";
  }

  std::string FormOfBe(const Argument& subject) const {
    const std::string& xpos = At(subject.head).xpos;
    return !subject.conjuncts.empty() || xpos == "NNS" || xpos == "NNPS" ? "are" : "is";
  }

  // The arguments but the subject, those of the verbs that this predicate continues included; the closest to
  // the verb first.
  std::vector<const Argument*> Rest(const Proposition& p, size_t index, const Argument* subject) const {
    std::vector<const Argument*> rest;
    for (const Argument& a : p.arguments) {
      const bool in_predicate = a.preposition.empty() && std::find(p.predicate.begin(), p.predicate.end(),
                                                                   a.head) != p.predicate.end();
      if (&a != subject && !in_predicate) rest.push_back(&a);
    }
    for (size_t depth = 0; propositions_[index].parent >= 0 && depth < 8; ++depth) {
      const auto parent = static_cast<size_t>(propositions_[index].parent);
      if (propositions_[parent].merged_into != static_cast<int>(index)) break;
      for (const Argument& a : propositions_[parent].arguments) {
        if (a.role == Role::kTime || a.role == Role::kPlace || a.role == Role::kOblique) rest.push_back(&a);
      }
      index = parent;
    }
    std::stable_sort(rest.begin(), rest.end(),
                     [](const Argument* a, const Argument* b) { return RankOf(a->role) < RankOf(b->role); });
    return rest;
  }

  static int RankOf(Role role) {
    switch (role) {
      case Role::kObject:
      case Role::kComplement:
      case Role::kSubject:
        return 0;
      case Role::kRecipient:
        return 1;
      case Role::kClause:
        return 2;
      case Role::kOblique:
        return 3;
      default:
        return 4;
    }
  }

  static std::string Marker(const Argument& argument) {
    if (argument.role == Role::kSubject) return "by";  // the agent of a passive
    std::string marker = argument.preposition;
    std::replace(marker.begin(), marker.end(), '_', ' ');
    return marker;
  }

  // "Anna Nagy, a judge": the kind of apposition that parsers find reliably.
  bool NameThenDescription(const Proposition& p) const {
    const Argument* subject = p.Find(Role::kSubject);
    const Argument* complement = p.Find(Role::kComplement);
    if (subject == nullptr || complement == nullptr || complement->tokens.front() == 0) return false;
    return At(subject->head).upos == "PROPN" && At(complement->tokens.front() - 1).form == ",";
  }

  const Token& At(TokenIndex t) const { return sentence_.tokens[static_cast<size_t>(t)]; }
  void AppendWords(const std::vector<TokenIndex>& tokens, std::string& out) const {
    for (TokenIndex t : tokens) Append(out, out.empty() ? "" : " ", At(t).form);
  }
  std::string Words(const Argument& argument) const {
    std::string out;
    AppendWords(argument.tokens, out);
    return out;
  }

  std::string_view line_;
  const Sentence& sentence_;
  const std::vector<Proposition>& propositions_;
  const bool features_;
  std::string out_;
};

}  // namespace

std::string RenderCarb(std::string_view line, const Sentence& sentence,
                       const std::vector<Proposition>& propositions) {
  return TupleRenderer(line, sentence, propositions, false).Render();
}

std::string RenderCarbFeatures(std::string_view line, const Sentence& sentence, const std::vector<Proposition>& propositions) {
  return TupleRenderer(line, sentence, propositions, true).Render();
}

}  // namespace dossier::ingest
