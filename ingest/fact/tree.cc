#include "ingest/fact/tree.h"

#include <algorithm>
#include <utility>

#include "ingest/fact/tree_repair.h"

namespace dossier::ingest {
namespace {

struct RelName {
  std::string_view name;
  Rel rel;
};
// Sorted by name; subtypes that are not listed count as their base relation.
constexpr RelName kRelNames[] = {
    {"acl", Rel::kAcl},
    {"acl:relcl", Rel::kRelcl},
    {"advcl", Rel::kAdvcl},
    {"advcl:relcl", Rel::kAdvclRelcl},
    {"advmod", Rel::kAdvmod},
    {"amod", Rel::kAmod},
    {"appos", Rel::kAppos},
    {"aux", Rel::kAux},
    {"aux:pass", Rel::kAuxPass},
    {"case", Rel::kCase},
    {"cc", Rel::kCc},
    {"cc:preconj", Rel::kPreconj},
    {"ccomp", Rel::kCcomp},
    {"compound", Rel::kCompound},
    {"compound:prt", Rel::kPrt},
    {"conj", Rel::kConj},
    {"cop", Rel::kCop},
    {"csubj", Rel::kCsubj},
    {"dep", Rel::kDep},
    {"det", Rel::kDet},
    {"discourse", Rel::kDiscourse},
    {"dislocated", Rel::kDislocated},
    {"expl", Rel::kExpl},
    {"fixed", Rel::kFixed},
    {"flat", Rel::kFlat},
    {"iobj", Rel::kIobj},
    {"list", Rel::kList},
    {"mark", Rel::kMark},
    {"nmod", Rel::kNmod},
    {"nmod:desc", Rel::kDesc},
    {"nmod:npmod", Rel::kNmodBare},
    {"nmod:poss", Rel::kNmodPoss},
    {"nmod:tmod", Rel::kNmodBare},
    {"nmod:unmarked", Rel::kNmodBare},
    {"nsubj", Rel::kNsubj},
    {"nsubj:pass", Rel::kNsubjPass},
    {"nummod", Rel::kNummod},
    {"obj", Rel::kObj},
    {"obl", Rel::kObl},
    {"obl:agent", Rel::kOblAgent},
    {"obl:npmod", Rel::kOblBare},
    {"obl:tmod", Rel::kOblBare},
    {"obl:unmarked", Rel::kOblBare},
    {"orphan", Rel::kOrphan},
    {"parataxis", Rel::kParataxis},
    {"punct", Rel::kPunct},
    {"root", Rel::kRoot},
    {"vocative", Rel::kVocative},
    {"xcomp", Rel::kXcomp},
};

constexpr std::pair<std::string_view, Pos> kPosNames[] = {
    {"NOUN", Pos::kNoun},   {"PROPN", Pos::kPropn}, {"PRON", Pos::kPron}, {"VERB", Pos::kVerb},
    {"AUX", Pos::kAux},     {"ADJ", Pos::kAdj},     {"ADV", Pos::kAdv},   {"ADP", Pos::kAdp},
    {"NUM", Pos::kNum},     {"DET", Pos::kDet},     {"PART", Pos::kPart}, {"CCONJ", Pos::kCconj},
    {"SCONJ", Pos::kSconj}, {"PUNCT", Pos::kPunct}, {"INTJ", Pos::kIntj}, {"SYM", Pos::kSym},
};

Pos PosOf(std::string_view upos) {
  for (const auto& [name, pos] : kPosNames) {
    if (name == upos) return pos;
  }
  return Pos::kOther;
}

std::string AsciiLower(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Rel RelOf(std::string_view deprel) {
  for (;;) {
    const auto* it =
        std::lower_bound(std::begin(kRelNames), std::end(kRelNames), deprel,
                         [](const RelName& entry, std::string_view name) { return entry.name < name; });
    if (it != std::end(kRelNames) && it->name == deprel) return it->rel;
    const size_t colon = deprel.find(':');
    if (colon == std::string_view::npos) return Rel::kOther;
    deprel = deprel.substr(0, colon);
  }
}

std::string_view NameOf(Rel rel) {
  for (const RelName& entry : kRelNames) {
    if (entry.rel == rel) return entry.name;
  }
  return "dep";
}

Tree::Tree(const Sentence& sentence, bool repair) : sentence_(&sentence) {
  const size_t n = sentence.tokens.size();
  rel_.reserve(n), pos_.reserve(n), head_.reserve(n), lower_.reserve(n), lemma_.reserve(n);
  for (const Token& token : sentence.tokens) {
    rel_.push_back(RelOf(token.deprel));
    pos_.push_back(PosOf(token.upos));
    const bool inside = token.head >= 0 && At(token.head) < n;
    head_.push_back(inside ? token.head : kNoToken);
    if (!inside) rel_.back() = Rel::kRoot;
    lower_.push_back(AsciiLower(token.form));
    const std::string& lemma = token.lemma.empty() || token.lemma == "_" ? token.form : token.lemma;
    lemma_.push_back(pos_.back() == Pos::kPropn ? lemma : AsciiLower(lemma));
  }
  Index();
  if (repair) RepairTree(*this);
}

void Tree::Index() {
  const size_t n = rel_.size();
  first_.assign(n + 1, 0);
  top_down_.clear();
  for (TokenIndex head : head_) {
    if (head != kNoToken) ++first_[At(head)];
  }
  TokenIndex total = 0;
  for (TokenIndex& first : first_) total += std::exchange(first, total);
  children_.resize(At(total));
  std::vector<TokenIndex> next(first_.begin(), first_.end());
  for (size_t i = 0; i < n; ++i) {
    if (head_[i] != kNoToken) children_[At(next[At(head_[i])]++)] = static_cast<TokenIndex>(i);
  }
  reachable_.assign(n, false);
  for (size_t i = 0; i < n; ++i) {
    if (head_[i] == kNoToken) top_down_.push_back(static_cast<TokenIndex>(i));
  }
  for (size_t i = 0; i < top_down_.size(); ++i) {
    reachable_[At(top_down_[i])] = true;
    for (TokenIndex child : children(top_down_[i])) top_down_.push_back(child);
  }
}

bool Tree::HasFeature(TokenIndex t, std::string_view feature) const {
  return sentence_->tokens[At(t)].feats.find(feature) != std::string::npos;
}

bool Tree::IsNominal(TokenIndex t) const {
  const Pos p = pos(t);
  return p == Pos::kNoun || p == Pos::kPropn || p == Pos::kPron || p == Pos::kNum || p == Pos::kSym;
}

absl::Span<const TokenIndex> Tree::children(TokenIndex t) const {
  if (t < 0) return {};
  const size_t begin = At(first_[At(t)]), end = At(first_[At(t) + 1]);
  return absl::MakeConstSpan(children_).subspan(begin, end - begin);
}

TokenIndex Tree::Child(TokenIndex t, Rel wanted) const {
  for (TokenIndex child : children(t)) {
    if (rel(child) == wanted) return child;
  }
  return kNoToken;
}

bool Tree::Dominates(TokenIndex ancestor, TokenIndex t) const {
  for (TokenIndex steps = 0; t != kNoToken && steps <= size(); ++steps, t = head(t)) {
    if (t == ancestor) return true;
  }
  return false;
}

std::string Tree::Text(absl::Span<const TokenIndex> tokens) const {
  std::string out;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = sentence_->tokens[At(tokens[i])];
    out += token.form;
    if (i + 1 < tokens.size() && (token.space_after || tokens[i + 1] != tokens[i] + 1)) out += ' ';
  }
  return out;
}

void Tree::SortAndTrim(std::vector<TokenIndex>& tokens) const {
  std::sort(tokens.begin(), tokens.end());
  auto is_edge = [&](TokenIndex t) {
    const std::string_view form = lower(t);
    return pos(t) == Pos::kPunct && form != ")" && form != "-RRB-" && form != "-rrb-";
  };
  size_t begin = 0, end = tokens.size();
  while (begin < end && is_edge(tokens[begin])) ++begin;
  while (end > begin && is_edge(tokens[end - 1])) --end;
  tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(end), tokens.end());
  tokens.erase(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(begin));
}

}  // namespace dossier::ingest
