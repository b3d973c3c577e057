// Parsed sentences for tests, written in one line.
//
//   Sentence s = Tree("Angela|PROPN|2|nsubj sleeps|VERB|0|root|sleep .|PUNCT|2|punct");
//
// form|UPOS|head (1-based, 0: root)|deprel[|lemma[|xpos]]. Spans are bytes of the words joined by single
// spaces, from `offset`.
#pragma once

#include <cstdlib>
#include <sstream>
#include <string>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

inline Sentence Tree(const std::string& line, size_t offset = 0) {
  Sentence sentence;
  std::istringstream words(line);
  for (std::string word; words >> word;) {
    std::istringstream parts(word);
    std::string upos, head, deprel, lemma, xpos;
    Token token;
    std::getline(parts, token.form, '|');
    std::getline(parts, token.upos, '|');
    std::getline(parts, head, '|');
    std::getline(parts, token.deprel, '|');
    std::getline(parts, token.lemma, '|');
    std::getline(parts, token.xpos, '|');
    if (token.lemma.empty()) token.lemma = token.form;
    if (token.xpos.empty()) token.xpos = token.upos == "PROPN" ? "NNP" : token.upos == "NOUN" ? "NN" : "";
    token.head = std::atoi(head.c_str()) - 1;
    const size_t begin = sentence.text.empty() ? 0 : sentence.text.size() + 1;
    if (begin > 0) sentence.text += ' ';
    sentence.text += token.form;
    token.span = {offset + begin, offset + sentence.text.size()};
    sentence.tokens.push_back(std::move(token));
  }
  sentence.span = {offset, offset + sentence.text.size()};
  return sentence;
}

}  // namespace dossier::ingest
