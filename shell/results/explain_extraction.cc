#include "shell/results/explain_extraction.h"

#include <algorithm>
#include <cstdio>

#include "graph/base/strings.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

using ingest::Argument;
using ingest::Fact;
using ingest::FactTerm;
using ingest::Modality;
using ingest::Polarity;
using ingest::Proposition;
using ingest::Sentence;
using ingest::Token;
using ingest::TokenIndex;

std::string Padded(std::string text, size_t width) {
  const size_t have = DisplayWidth(text);
  return have < width ? text + std::string(width - have, ' ') : text;
}

class Explainer {
 public:
  Explainer(const ingest::Analysis& analysis, uint32_t number) : analysis_(analysis), number_(number), sentence_(analysis.sentences[number]) {
    if (number < analysis.propositions.size()) propositions_ = &analysis.propositions[number];
  }

  std::string Run() {
    Append(out_, "# sentence ", number_ + 1, ": ", Printable(sentence_.text), "\n\n");
    if (sentence_.heading) out_ += "a heading: its facts are not the text's own statements\n\n";
    Tree();
    Propositions();
    Facts();
    WithoutProposition();
    return out_ + "\n";
  }

 private:
  bool Valid(TokenIndex t) const { return t >= 0 && static_cast<size_t>(t) < sentence_.tokens.size(); }
  const Token& At(TokenIndex t) const { return sentence_.tokens[static_cast<size_t>(t)]; }
  std::string Word(TokenIndex t) const { return Valid(t) ? Printable(At(t).form) : "-"; }

  std::string Words(const std::vector<TokenIndex>& tokens) const {
    std::string out;
    for (const TokenIndex t : tokens) Append(out, out.empty() ? "" : " ", Word(t));
    return out;
  }

  // Words indented by their depth in the tree, in text order.
  void Tree() {
    out_ += "tree\n";
    for (size_t i = 0; i < sentence_.tokens.size(); ++i) {
      size_t depth = 0;
      for (TokenIndex t = sentence_.tokens[i].head; Valid(t) && depth < 20; t = At(t).head) ++depth;
      const Token& token = sentence_.tokens[i];
      Append(out_, "  ", Padded(Cat(i + 1), 4), Padded(std::string(2 * depth, ' ') + Printable(token.form), 34), " ",
             Padded(Printable(token.upos), 6), Padded(Printable(token.deprel), 14), token.head < 0 ? "" : Cat("of ", Word(token.head)), "\n");
    }
  }

  void Propositions() {
    out_ += "propositions\n";
    if (propositions_ == nullptr || propositions_->empty()) {
      out_ += "  none\n";
      return;
    }
    for (size_t i = 0; i < propositions_->size(); ++i) {
      const Proposition& p = (*propositions_)[i];
      char confidence[16];
      std::snprintf(confidence, sizeof confidence, "%.2f", p.confidence);
      Append(out_, "  ", i + 1, ". ", Printable(p.lemma), "  [", Words(p.predicate), "]  rule ", Printable(p.rule), ", ", confidence,
             Circumstances(p), "\n");
      for (const Argument& argument : p.arguments) {
        Append(out_, "       ", Padded(std::string(NameOf(argument.role)), 12), Printable(argument.preposition),
               argument.preposition.empty() ? "" : " ", Words(argument.tokens), argument.inferred ? "  (supplied by a rule)" : "", "\n");
      }
    }
  }

  std::string Circumstances(const Proposition& p) const {
    std::string out;
    if (p.passive) out += ", passive";
    if (p.polarity == Polarity::kNegative) out += ", denied";
    if (p.modality != Modality::kNone) Append(out, ", ", NameOf(p.modality));
    if (p.conditional_consequent) out += ", under a condition";
    if (p.adverbial) out += ", from an adverbial clause";
    if (p.parent >= 0) Append(out, ", within ", p.parent + 1);
    if (p.merged_into >= 0) Append(out, ", its words are in ", p.merged_into + 1);
    for (const ingest::Attribution& attribution : p.attribution) Append(out, ", according to ", Word(attribution.source));
    return out;
  }

  std::string Name(const std::optional<FactTerm>& term) const {
    if (!term) return "-";
    const auto& entities = analysis_.entities.entities;
    std::string name = term->text;
    if (term->entity >= 0 && static_cast<size_t>(term->entity) < entities.size()) name = entities[static_cast<size_t>(term->entity)].name;
    return Printable(name);
  }

  static std::string WhyNot(const Fact& fact) {
    std::string why;
    if (fact.polarity == Polarity::kNegative) why = "the text denies it";
    if (fact.modality != Modality::kNone) Append(why, why.empty() ? "the text holds it as " : ", as ", NameOf(fact.modality));
    if (why.empty()) why = "it is part of something that is not asserted";
    return why;
  }

  void Facts() {
    out_ += "facts\n";
    bool any = false;
    for (const Fact& fact : analysis_.facts) {
      if (fact.sentence != number_) continue;
      any = true;
      char confidence[16];
      std::snprintf(confidence, sizeof confidence, "%.2f", fact.confidence);
      Append(out_, "  ", Name(fact.subject), " | ", Printable(fact.relation), " | ", Name(fact.object));
      for (const ingest::FactQualifier& qualifier : fact.qualifiers) {
        Append(out_, " | ", Printable(qualifier.role), "=", Name(qualifier.value));
      }
      for (const FactTerm& source : fact.attribution) Append(out_, " | @", Name(source));
      Append(out_, "  (", Printable(fact.rule), ", ", confidence, fact.inferred ? ", inferred" : "", ")\n");
      if (!fact.asserted) Append(out_, "      not asserted: ", WhyNot(fact), "\n");
    }
    if (!any) out_ += "  none\n";
  }

  bool GaveFact(const Proposition& p) const {
    if (!Valid(p.trigger)) return true;
    const SourceSpan trigger = At(p.trigger).span;
    return std::any_of(analysis_.facts.begin(), analysis_.facts.end(), [&](const Fact& fact) {
      return fact.sentence == number_ && fact.phrase_span.begin <= trigger.begin && trigger.end <= fact.phrase_span.end;
    });
  }

  // Verbs and propositions that led to nothing, with the reason.
  void WithoutProposition() {
    std::string lines;
    if (propositions_ != nullptr) {
      for (size_t i = 0; i < propositions_->size(); ++i) {
        const Proposition& p = (*propositions_)[i];
        if (GaveFact(p)) continue;
        const bool bare = p.Find(ingest::Role::kSubject) == nullptr && p.Find(ingest::Role::kObject) == nullptr;
        Append(lines, "  proposition ", i + 1, " (", Printable(p.lemma), "): ",
               bare ? "neither subject nor object was found"
               : p.merged_into >= 0 ? Cat("told by proposition ", p.merged_into + 1)
                                    : std::string("no end of it is a thing that a fact can be about"),
               "\n");
      }
    }
    for (size_t i = 0; i < sentence_.tokens.size(); ++i) {
      if (sentence_.tokens[i].upos != "VERB") continue;
      if (const std::string why = WhyNoProposition(static_cast<TokenIndex>(i)); !why.empty()) {
        Append(lines, "  ", Word(static_cast<TokenIndex>(i)), ": ", why, "\n");
      }
    }
    if (!lines.empty()) Append(out_, "without a fact\n", lines);
  }

  std::string WhyNoProposition(TokenIndex verb) const {
    if (propositions_ != nullptr) {
      for (size_t i = 0; i < propositions_->size(); ++i) {
        const Proposition& p = (*propositions_)[i];
        if (p.trigger == verb) return "";
        if (std::find(p.predicate.begin(), p.predicate.end(), verb) != p.predicate.end()) {
          return Cat("a part of the predicate of proposition ", i + 1);
        }
      }
    }
    const std::string& deprel = At(verb).deprel;
    if (deprel == "amod") return "describes a noun; an attribute is no clause";
    if (deprel == "case" || deprel == "mark") return "serves as a preposition";
    if (deprel == "compound" || deprel == "flat" || deprel == "fixed") return "a part of a name or compound";
    for (const Token& token : sentence_.tokens) {
      if (token.head == verb && (token.deprel.starts_with("nsubj") || token.deprel.starts_with("obj") || token.deprel.starts_with("obl"))) {
        return Cat("a clause (", Printable(deprel), ") that no rule reads");
      }
    }
    return "has neither subject nor object in the tree";
  }

  const ingest::Analysis& analysis_;
  const uint32_t number_;
  const Sentence& sentence_;
  const std::vector<Proposition>* propositions_ = nullptr;
  std::string out_;
};

}  // namespace

std::string ExplainSentence(const ingest::Analysis& analysis, uint32_t sentence) { return Explainer(analysis, sentence).Run(); }

}  // namespace dossier::shell
