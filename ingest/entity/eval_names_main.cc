// dossier_eval_names TREES.conllu NAMES.iob2 [--parse | --accurate] [--labels] [--given FILE] [--unseen] [--errors]: precision,
// recall and F1 of name mentions (PER, ORG, LOC), exact spans. The two files hold the same sentences. --parse: the
// trees' tags and heads are thrown away and predicted by the fast model; --accurate: by the accurate one. --labels:
// the labels of the accurate model itself, not what the entity stage makes of them. --given: with the labels of an IOB2 file in
// place of the model's, so that it shows what the entity stage loses. --unseen: only the documents that the accurate model was
// not trained on. --errors prints what differs.
#include <openssl/evp.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "ingest/entity/entities.h"
#include "ingest/entity/lexicon.h"
#include "ingest/entity/sorted_table.h"
#include "ingest/parse/parser.h"
#include "ingest/text/conllu.h"

namespace dossier::ingest {
namespace {

using Span = std::tuple<TokenIndex, TokenIndex, std::string>;

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Spans of each sentence of an IOB2 file by its sent_id: "number form tag ..." lines, blank lines between
// sentences.
std::map<std::string, std::set<Span>> ReadIob2(std::string_view bytes) {
  constexpr std::string_view kSentenceId = "# sent_id = ";
  std::map<std::string, std::set<Span>> sentences;
  std::string id;
  std::vector<Span> open;
  TokenIndex i = 0;
  const auto finish = [&] {
    if (i > 0) sentences[id] = std::set<Span>(open.begin(), open.end());
    open.clear();
    i = 0;
  };
  for (size_t at = 0; at < bytes.size();) {
    size_t end = bytes.find('\n', at);
    if (end == std::string_view::npos) end = bytes.size();
    const std::string_view line = bytes.substr(at, end - at);
    at = end + 1;
    if (line.empty()) {
      finish();
    } else if (line.starts_with(kSentenceId)) {
      id = line.substr(kSentenceId.size());
    } else if (line[0] != '#') {
      const std::string_view tag = Column(line, 2);
      if (tag.starts_with("B-")) {
        open.emplace_back(i, i + 1, tag.substr(2));
      } else if (tag.starts_with("I-") && !open.empty()) {
        std::get<1>(open.back()) = i + 1;
      }
      ++i;
    }
  }
  finish();
  return sentences;
}

std::string_view Label(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return "PER";
    case EntityType::kOrganization:
      return "ORG";
    case EntityType::kPlace:
    case EntityType::kCountry:
      return "LOC";
    default:
      return "";
  }
}

struct Score {
  int right = 0, predicted = 0, gold = 0;
  void Print(const char* name) const {
    const double p = predicted ? 100.0 * right / predicted : 0, r = gold ? 100.0 * right / gold : 0;
    std::printf("%-8s P %5.1f  R %5.1f  F1 %5.1f   (%d of %d predicted, %d gold)\n", name, p, r,
                p + r > 0 ? 2 * p * r / (p + r) : 0, right, predicted, gold);
  }
};

std::string Show(const Sentence& sentence, const Span& span) {
  std::string text = std::get<2>(span) + ":";
  for (TokenIndex i = std::get<0>(span); i < std::get<1>(span); ++i)
    text += " " + sentence.tokens[static_cast<size_t>(i)].form;
  return text;
}

// Countries found by adjective or people ("Turkish", "Sri Lankan") are not names in the sense of the corpus; "U.S." is both.
bool IsDemonym(const Sentence& sentence, const Mention& mention, const Entity& entity) {
  if (entity.type != EntityType::kCountry) return entity.type == EntityType::kNationality;
  std::string text;
  for (TokenIndex i = mention.begin; i < mention.end; ++i)
    text += (text.empty() ? "" : " ") + sentence.tokens[static_cast<size_t>(i)].form;
  const bool name = sentence.tokens[static_cast<size_t>(mention.end - 1)].upos == "PROPN" && Lexicon::Default().CountryByName(text) != nullptr;
  return Lexicon::Default().CountryByDemonym(text) != nullptr && !name;
}

// Names as the entity stage sees them in the sentences of a document; the outermost of nested ones.
std::vector<std::set<Span>> ResolvedNames(const std::vector<Sentence>& part) {
  const EntityTable table = ResolveEntities(part, Lexicon::Default());
  std::vector<std::set<Span>> found(part.size());
  for (const Mention& mention : table.mentions) {
    if (mention.kind != MentionKind::kName || mention.entity < 0) continue;
    const Entity& entity = table.entities[static_cast<size_t>(mention.entity)];
    if (IsDemonym(part[mention.sentence], mention, entity)) continue;
    bool nested = false;
    for (const Mention& outer : table.mentions) {
      nested |= outer.sentence == mention.sentence && outer.kind == MentionKind::kName &&
                outer.begin <= mention.begin && outer.end >= mention.end &&
                outer.end - outer.begin > mention.end - mention.begin;
    }
    if (!nested && !Label(entity.type).empty())
      found[mention.sentence].emplace(mention.begin, mention.end, Label(entity.type));
  }
  return found;
}

// Names as the model labels them.
std::vector<std::set<Span>> LabelledNames(const std::vector<Sentence>& part) {
  std::vector<std::set<Span>> found(part.size());
  for (size_t s = 0; s < part.size(); ++s) {
    const std::vector<Token>& tokens = part[s].tokens;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!tokens[i].name.starts_with("B-") || tokens[i].name == "B-MISC") continue;
      size_t end = i + 1;
      while (end < tokens.size() && tokens[end].name.starts_with("I-")) ++end;
      found[s].emplace(static_cast<TokenIndex>(i), static_cast<TokenIndex>(end), tokens[i].name.substr(2));
    }
  }
  return found;
}

std::string DocumentOf(const Sentence& sentence) { return sentence.id.substr(0, sentence.id.rfind('-')); }

// As ingest/train/accurate/data.py divides the documents.
bool IsUnseen(const std::string& document) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  return EVP_Digest(document.data(), document.size(), digest, &size, EVP_md5(), nullptr) == 1 && digest[0] % 2 == 0;
}

void TakeLabels(const std::map<std::string, std::set<Span>>& given, std::vector<Sentence>& sentences) {
  for (Sentence& sentence : sentences) {
    const auto names = given.find(sentence.id);
    if (names == given.end()) continue;
    for (Token& token : sentence.tokens) token.name = "O";
    for (const auto& [begin, end, kind] : names->second) {
      for (TokenIndex i = begin; i < end && static_cast<size_t>(i) < sentence.tokens.size(); ++i)
        sentence.tokens[static_cast<size_t>(i)].name = (i == begin ? "B-" : "I-") + kind;
    }
  }
}

int Run(int argc, char** argv) {
  const char* given = nullptr;
  bool parse = false, accurate = false, labels = false, unseen = false, errors = false;
  std::vector<const char*> files;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--parse") == 0)
      parse = true;
    else if (std::strcmp(argv[i], "--accurate") == 0)
      parse = accurate = true;
    else if (std::strcmp(argv[i], "--labels") == 0)
      labels = true;
    else if (std::strcmp(argv[i], "--unseen") == 0)
      unseen = true;
    else if (std::strcmp(argv[i], "--given") == 0 && i + 1 < argc)
      given = argv[++i];
    else if (std::strcmp(argv[i], "--errors") == 0)
      errors = true;
    else
      files.push_back(argv[i]);
  }
  if (files.size() != 2) {
    std::fprintf(stderr, "usage: dossier_eval_names TREES.conllu NAMES.iob2 [--parse | --accurate] [--labels] [--given FILE] [--unseen] [--errors]\n");
    return 2;
  }
  auto sentences = ReadConllu(ReadFile(files[0]));
  const auto gold = ReadIob2(ReadFile(files[1]));
  if (!sentences.ok()) {
    std::fprintf(stderr, "%s\n", MessageOf(sentences.status()).c_str());
    return 1;
  }
  std::erase_if(*sentences, [&](const Sentence& sentence) { return !gold.contains(sentence.id); });
  if (unseen) std::erase_if(*sentences, [](const Sentence& sentence) { return !IsUnseen(DocumentOf(sentence)); });
  if (parse) {
    auto parser = Parser::Load(accurate ? ModelKind::kAccurate : ModelKind::kFast);
    if (!parser.ok()) {
      std::fprintf(stderr, "%s\n", MessageOf(parser.status()).c_str());
      return 1;
    }
    (*parser)->ParseAll(absl::MakeSpan(*sentences));
  }
  if (given != nullptr) TakeLabels(ReadIob2(ReadFile(given)), *sentences);
  Score all, untyped, per, org, loc;
  // Document by document: names are grouped within one.
  for (size_t begin = 0; begin < sentences->size();) {
    const auto document = [&](size_t i) { return DocumentOf((*sentences)[i]); };
    size_t end = begin + 1;
    while (end < sentences->size() && document(end) == document(begin)) ++end;
    const std::vector<Sentence> part(sentences->begin() + static_cast<std::ptrdiff_t>(begin),
                                     sentences->begin() + static_cast<std::ptrdiff_t>(end));
    const std::vector<std::set<Span>> found = labels ? LabelledNames(part) : ResolvedNames(part);
    for (size_t i = 0; i < part.size(); ++i) {
      const std::set<Span>& wanted = gold.at(part[i].id);
      std::set<std::pair<TokenIndex, TokenIndex>> spans;
      for (const Span& span : wanted) spans.emplace(std::get<0>(span), std::get<1>(span));
      const auto score_of = [&](const Span& span) -> Score& {
        return std::get<2>(span) == "PER" ? per : std::get<2>(span) == "ORG" ? org : loc;
      };
      for (const Span& span : wanted) {
        ++all.gold, ++untyped.gold, ++score_of(span).gold;
        if (errors && !found[i].contains(span)) std::printf("- %s\n", Show(part[i], span).c_str());
      }
      for (const Span& span : found[i]) {
        ++all.predicted, ++untyped.predicted, ++score_of(span).predicted;
        if (wanted.contains(span))
          ++all.right, ++score_of(span).right;
        else if (errors)
          std::printf("+ %s\t| %s\n", Show(part[i], span).c_str(), part[i].text.c_str());
        if (spans.contains({std::get<0>(span), std::get<1>(span)})) ++untyped.right;
      }
    }
    begin = end;
  }
  per.Print("PER");
  org.Print("ORG");
  loc.Print("LOC");
  all.Print("all");
  untyped.Print("spans");
  return 0;
}

}  // namespace
}  // namespace dossier::ingest

int main(int argc, char** argv) { return dossier::ingest::Run(argc, argv); }
