#include "tests/ingest/fact/fact_test_util.h"

#include <sstream>

#include "graph/base/strings.h"

namespace dossier::ingest::testing {
namespace {

std::string UposOf(std::string_view xpos, std::string_view deprel) {
  if (xpos.starts_with("NNP")) return "PROPN";
  if (xpos.starts_with("NN")) return "NOUN";
  if (xpos == "MD" || deprel.starts_with("aux") || deprel == "cop") return "AUX";
  if (xpos.starts_with("VB")) return "VERB";
  if (xpos.starts_with("JJ")) return "ADJ";
  if (xpos.starts_with("RB") || xpos == "WRB") return "ADV";
  if (xpos.starts_with("PRP") || xpos.starts_with("WP") || xpos == "EX") return "PRON";
  if (xpos == "WDT") return "PRON";
  if (xpos == "IN") return deprel == "mark" ? "SCONJ" : "ADP";
  if (xpos == "RP") return "ADP";
  if (xpos == "TO" || xpos == "POS") return "PART";
  if (xpos == "DT") return deprel == "det" ? "DET" : "PRON";
  if (xpos == "CC") return "CCONJ";
  if (xpos == "CD") return "NUM";
  return "PUNCT";
}

std::string Words(const Sentence& sentence, const std::vector<TokenIndex>& tokens) {
  std::string out;
  for (TokenIndex t : tokens)
    Append(out, out.empty() ? "" : " ", sentence.tokens[static_cast<size_t>(t)].form);
  return out;
}

std::string Circumstances(Polarity polarity, Modality modality) {
  std::string out;
  if (polarity == Polarity::kNegative) out += " not";
  if (modality != Modality::kNone) Append(out, " ", NameOf(modality));
  return out;
}

}  // namespace

Sentence TreeOf(std::string_view compact) {
  Sentence sentence;
  std::istringstream in{std::string(compact)};
  std::string item;
  size_t offset = 0;
  while (in >> item) {
    std::vector<std::string> fields;
    for (size_t begin = 0; begin <= item.size();) {
      const size_t end = std::min(item.find('/', begin), item.size());
      fields.push_back(item.substr(begin, end - begin));
      begin = end + 1;
    }
    if (fields.size() != 5) continue;
    Token token;
    token.form = fields[0];
    token.lemma = fields[1];
    token.xpos = fields[2];
    token.upos = UposOf(fields[2], fields[4]);
    token.head = std::stoi(fields[3]) - 1;
    token.deprel = fields[4];
    if (token.xpos == "WDT" || token.xpos.starts_with("WP")) token.feats = "PronType=Rel";
    token.span = {offset, offset + token.form.size()};
    offset += token.form.size() + 1;
    sentence.tokens.push_back(std::move(token));
  }
  sentence.span = {0, offset == 0 ? 0 : offset - 1};
  return sentence;
}

std::vector<std::string> Propositions(const Sentence& sentence, bool verbal_only) {
  std::vector<std::string> out;
  for (const Proposition& p : ExtractPropositions(sentence)) {
    const bool verbal = p.kind == TriggerKind::kVerb || p.kind == TriggerKind::kCopula;
    if (verbal_only && !verbal) continue;
    std::string line = verbal ? p.lemma : Cat(p.rule, ":", p.lemma);
    line += '(';
    for (const Argument& a : p.arguments) {
      Append(line, line.back() == '(' ? "" : ", ", NameOf(a.role), a.preposition.empty() ? "" : ":",
             a.preposition, "=", Words(sentence, a.tokens));
    }
    line += ')';
    line += Circumstances(p.polarity, p.modality);
    if (p.conditional_consequent) line += " if";
    for (const Attribution& a : p.attribution) {
      Append(line, " by ",
             a.source == kNoToken ? std::string("?") : sentence.tokens[static_cast<size_t>(a.source)].form);
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace dossier::ingest::testing
