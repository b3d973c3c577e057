#include "ingest/text/conllu.h"

#include <charconv>
#include <utility>

#include "graph/base/strings.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

bool TakeLine(std::string_view& rest, std::string_view& line) {
  if (rest.empty()) return false;
  const size_t end = rest.find('\n');
  line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return true;
}

bool ParseNumber(std::string_view text, int& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string OrEmpty(std::string_view column) { return column == "_" ? std::string() : std::string(column); }
std::string_view OrUnderscore(std::string_view value) {
  return value.empty() ? std::string_view("_") : value;
}

// Whether the token at `index` continues the multiword token begun before it: a word, or a clitic ("n't",
// "'s"); after a word that ends in "s" a bare apostrophe too. Punctuation that merely touches the word is not
// part of it.
bool ContinuesMultiword(const Sentence& sentence, size_t start, size_t index) {
  const Token& token = sentence.tokens[index];
  if (sentence.tokens[index - 1].space_after || token.multiword_start || token.form.empty()) return false;
  std::string_view form = token.form;
  for (const std::string_view apostrophe : {"'", "\u2019", "`"}) {
    if (form.substr(0, apostrophe.size()) != apostrophe) continue;
    form.remove_prefix(apostrophe.size());
    break;
  }
  if (form.empty()) {
    const std::string& before = sentence.tokens[index - 1].form;
    return index == start + 1 && !before.empty() && (before.back() == 's' || before.back() == 'S');
  }
  return IsLetter(ClassOf(DecodeAt(form, 0).value));
}

class Reader {
 public:
  absl::StatusOr<std::vector<Sentence>> Read(std::string_view bytes) {
    std::string_view rest = bytes;
    std::string_view line;
    while (TakeLine(rest, line)) {
      ++line_;
      line_offset_ = static_cast<size_t>(line.data() - bytes.data());
      if (line.empty()) {
        RETURN_IF_ERROR(EndSentence());
      } else if (line[0] == '#') {
        Comment(line);
      } else {
        RETURN_IF_ERROR(Row(line));
      }
    }
    RETURN_IF_ERROR(EndSentence());
    return std::move(sentences_);
  }

 private:
  absl::Status Error(std::string_view message) const {
    return SyntaxErrorAt({line_offset_, line_, 1}, message);
  }

  void Comment(std::string_view line) {
    constexpr std::string_view kId = "# sent_id = ", kText = "# text = ", kPar = "# newpar",
                               kDoc = "# newdoc", kSpeaker = "# speaker = ";
    if (line.substr(0, kId.size()) == kId) sentence_.id = std::string(line.substr(kId.size()));
    if (line.substr(0, kText.size()) == kText) sentence_.text = std::string(line.substr(kText.size()));
    if (line.substr(0, kSpeaker.size()) == kSpeaker) sentence_.speaker = std::string(line.substr(kSpeaker.size()));
    const bool starts = line.substr(0, kPar.size()) == kPar || line.substr(0, kDoc.size()) == kDoc;
    if (starts && line.substr(0, 15) != "# newpar_block ") new_paragraph_ = true;
  }

  absl::Status Row(std::string_view line) {
    std::string_view columns[10];
    size_t count = 0;
    for (size_t begin = 0; begin <= line.size() && count < 10; ++count) {
      const size_t end = std::min(line.find('\t', begin), line.size());
      columns[count] = line.substr(begin, end - begin);
      begin = end + 1;
    }
    if (count != 10) return Error("a CoNLL-U line has ten columns separated by tabs");
    const bool space_after = !HasSpaceAfterNo(columns[9]);
    if (const size_t dash = columns[0].find('-'); dash != std::string_view::npos) {
      int first = 0;
      if (!ParseNumber(columns[0].substr(0, dash), first) ||
          !ParseNumber(columns[0].substr(dash + 1), multiword_last_) ||
          first != static_cast<int>(sentence_.tokens.size()) + 1 || multiword_last_ <= first) {
        return Error("a broken range of a multiword token");
      }
      multiword_space_after_ = space_after;
      multiword_starts_ = true;
      return absl::OkStatus();
    }
    if (columns[0].find('.') != std::string_view::npos) return absl::OkStatus();
    int id = 0;
    int head = 0;
    if (!ParseNumber(columns[0], id) || id != static_cast<int>(sentence_.tokens.size()) + 1)
      return Error("word ids count from 1");
    if (columns[6] != "_" && (!ParseNumber(columns[6], head) || head < 0))
      return Error("the head is not a number");
    Token token;
    token.form = std::string(columns[1]);
    token.lemma = columns[2] == "_" && columns[1] != "_" ? std::string() : std::string(columns[2]);
    token.upos = OrEmpty(columns[3]);
    token.xpos = OrEmpty(columns[4]);
    token.feats = OrEmpty(columns[5]);
    token.head = head - 1;
    token.deprel = OrEmpty(columns[7]);
    token.multiword_start = std::exchange(multiword_starts_, false);
    token.space_after = id < multiword_last_    ? false
                        : id == multiword_last_ ? multiword_space_after_
                                                : space_after;
    sentence_.tokens.push_back(std::move(token));
    return absl::OkStatus();
  }

  static bool HasSpaceAfterNo(std::string_view misc) {
    constexpr std::string_view kNo = "SpaceAfter=No";
    const size_t at = misc.find(kNo);
    return at != std::string_view::npos && (at == 0 || misc[at - 1] == '|');
  }

  absl::Status EndSentence() {
    multiword_last_ = 0;
    if (sentence_.tokens.empty()) return absl::OkStatus();
    for (const Token& token : sentence_.tokens) {
      if (token.head >= static_cast<TokenIndex>(sentence_.tokens.size()))
        return Error("a head outside the sentence ending here");
    }
    if (new_paragraph_ && !sentences_.empty()) {
      ++paragraph_;
      offset_ += offset_ > 0 && last_space_ ? 1 : 2;  // "\n\n" instead of the space after the last token
    }
    sentence_.paragraph = paragraph_;
    for (Token& token : sentence_.tokens) {
      token.span = {offset_, offset_ + token.form.size()};
      offset_ += token.form.size() + (token.space_after ? 1 : 0);
    }
    last_space_ = sentence_.tokens.back().space_after;
    sentence_.span = {sentence_.tokens.front().span.begin, sentence_.tokens.back().span.end};
    sentences_.push_back(std::move(sentence_));
    sentence_ = {};
    new_paragraph_ = false;
    return absl::OkStatus();
  }

  std::vector<Sentence> sentences_;
  Sentence sentence_;
  bool new_paragraph_ = false;
  bool last_space_ = false;
  bool multiword_starts_ = false;
  bool multiword_space_after_ = true;
  int multiword_last_ = 0;
  uint32_t paragraph_ = 0;
  uint32_t line_ = 0;
  size_t line_offset_ = 0;
  size_t offset_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<Sentence>> ReadConllu(std::string_view bytes) { return Reader().Read(bytes); }

SurfaceToken SurfaceAt(const Sentence& sentence, size_t index) {
  const auto& tokens = sentence.tokens;
  SurfaceToken surface{tokens[index].form, 1};
  if (!tokens[index].multiword_start) return surface;
  for (size_t i = index + 1; i < tokens.size() && ContinuesMultiword(sentence, index, i); ++i) {
    surface.text += tokens[i].form;
    ++surface.words;
  }
  return surface;
}

void AppendConllu(const Sentence& sentence, std::string& out, bool with_offsets) {
  if (!sentence.id.empty()) Append(out, "# sent_id = ", sentence.id, "\n");
  if (!sentence.text.empty()) Append(out, "# text = ", sentence.text, "\n");
  size_t multiword_end = 0;
  for (size_t i = 0; i < sentence.tokens.size(); ++i) {
    const Token& token = sentence.tokens[i];
    if (token.multiword_start) {
      const SurfaceToken surface = SurfaceAt(sentence, i);
      multiword_end = i + surface.words;
      const bool space = sentence.tokens[multiword_end - 1].space_after;
      if (surface.words > 1) {
        Append(out, i + 1, "-", multiword_end, "\t", surface.text, "\t_\t_\t_\t_\t_\t_\t_\t",
               space ? "_" : "SpaceAfter=No", "\n");
      }
    }
    std::string misc;
    if (!token.space_after && i >= multiword_end) misc = "SpaceAfter=No";
    if (with_offsets) Append(misc, misc.empty() ? "" : "|", "Offset=", token.span.begin, ":", token.span.end);
    const bool parsed = !token.deprel.empty();
    Append(out, i + 1, "\t", token.form, "\t", OrUnderscore(token.lemma), "\t", OrUnderscore(token.upos),
           "\t", OrUnderscore(token.xpos), "\t", OrUnderscore(token.feats), "\t");
    if (parsed) {
      Append(out, token.head + 1, "\t", token.deprel);
    } else {
      Append(out, "_\t_");
    }
    Append(out, "\t_\t", OrUnderscore(misc), "\n");
  }
  Append(out, "\n");
}

std::string RawText(const std::vector<Sentence>& sentences) {
  std::string out;
  for (size_t s = 0; s < sentences.size(); ++s) {
    if (s > 0 && sentences[s].paragraph != sentences[s - 1].paragraph) {
      if (!out.empty() && out.back() == ' ') out.pop_back();
      out += "\n\n";
    }
    for (const Token& token : sentences[s].tokens) {
      out += token.form;
      if (token.space_after) out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  out.push_back('\n');
  return out;
}

}  // namespace dossier::ingest
