#include "ingest/entity/parsed_sentence.h"

#include "ingest/text/characters.h"

namespace dossier::ingest {

ParsedSentence::ParsedSentence(const Sentence& sentence) : sentence_(sentence) {
  const size_t count = sentence.tokens.size();
  heads_.resize(count, kNoToken);
  children_.resize(count);
  lower_.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    lower_.push_back(ToLower(sentence.tokens[i].form));
    const TokenIndex head = sentence.tokens[i].head;
    if (head < 0 || static_cast<size_t>(head) >= count || static_cast<size_t>(head) == i) continue;
    heads_[i] = head;
    children_[static_cast<size_t>(head)].push_back(static_cast<TokenIndex>(i));
  }
}

std::string_view ParsedSentence::Rel(TokenIndex i) const {
  const std::string_view relation = At(i).deprel;
  return relation.substr(0, relation.find(':'));
}

TokenIndex ParsedSentence::Child(TokenIndex i, std::string_view relation) const {
  for (const TokenIndex child : Children(i)) {
    if (At(child).deprel == relation || Rel(child) == relation) return child;
  }
  return kNoToken;
}

std::string_view ParsedSentence::CaseOf(TokenIndex i) const {
  const TokenIndex marker = Child(i, "case");
  if (marker == kNoToken || At(marker).upos == "PART") return {};
  return At(marker).lemma.empty() ? std::string_view(Lower(marker)) : std::string_view(At(marker).lemma);
}

bool ParsedSentence::IsNameTag(TokenIndex i) const {
  return Has(i) && (At(i).upos == "PROPN" || At(i).xpos == "NNP" || At(i).xpos == "NNPS");
}

bool ParsedSentence::IsCapitalized(TokenIndex i) const {
  return Has(i) && !At(i).form.empty() && ClassOf(DecodeAt(At(i).form, 0).value) == CharClass::kUpper;
}

bool ParsedSentence::IsPlural(TokenIndex i) const {
  return At(i).xpos == "NNS" || At(i).xpos == "NNPS" || At(i).feats.find("Number=Plur") != std::string::npos;
}

std::string ParsedSentence::Text(TokenIndex begin, TokenIndex end) const {
  std::string text;
  for (TokenIndex i = begin; i < end; ++i) {
    text += At(i).form;
    if (i + 1 < end && At(i).space_after) text += ' ';
  }
  return text;
}

TokenIndex ParsedSentence::HeadOf(TokenIndex begin, TokenIndex end) const {
  for (TokenIndex i = begin; i < end; ++i) {
    if (Head(i) < begin || Head(i) >= end) return i;
  }
  return begin;
}

TokenIndex ParsedSentence::FirstConjunct(TokenIndex i) const {
  for (int depth = 0; depth < 50 && Rel(i) == "conj" && Head(i) != kNoToken; ++depth) i = Head(i);
  return i;
}

}  // namespace dossier::ingest
