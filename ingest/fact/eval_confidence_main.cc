// Prints CaRB tuples with the features of their confidence, for tools/fit_confidence.py.
//
//   dossier_eval_confidence ../shared/language-data/oie/carb-dev.txt [accurate] > tuples.tsv
//
// Every line of the file is one sentence. Columns: features, then those of `dossier extract --format carb`.
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "ingest/fact/carb.h"
#include "ingest/parse/parser.h"
#include "ingest/text/tokenizer.h"

int main(int argc, char** argv) {
  using namespace dossier::ingest;
  if (argc < 2) {
    std::cerr << "usage: dossier_eval_confidence FILE [accurate]\n";
    return 2;
  }
  const bool accurate = argc > 2 && std::string_view(argv[2]) == "accurate";
  auto parser = Parser::Load(accurate ? ModelKind::kAccurate : ModelKind::kFast);
  std::ifstream in(argv[1]);
  if (!parser.ok() || !in) {
    std::cerr << (parser.ok() ? "cannot read the file" : parser.status().ToString()) << "\n";
    return 1;
  }
  for (std::string line; std::getline(in, line);) {
    Sentence sentence = TokenizeLine(line);
    (*parser)->Parse(sentence);
    std::cout << RenderCarbFeatures(line, sentence, ExtractPropositions(sentence));
  }
  return 0;
}
