#include "tests/ingest/fact/bank.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <set>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/confidence.h"
#include "ingest/read/reader.h"

namespace dossier::ingest::testing {
namespace {

std::string Trim(std::string_view s) {
  while (!s.empty() && std::isspace(static_cast<unsigned char>(s.front()))) s.remove_prefix(1);
  while (!s.empty() && std::isspace(static_cast<unsigned char>(s.back()))) s.remove_suffix(1);
  return std::string(s);
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(Trim(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

// Content words in lower case, without articles, possessives and plural endings.
std::set<std::string> Words(std::string_view text) {
  static const std::set<std::string> kSkip = {"the", "a",   "an",  "this", "that", "these", "those", "his",
                                              "her", "its", "their", "our", "my",   "s",     "of",    "to"};
  std::set<std::string> words;
  std::string word;
  auto flush = [&] {
    if (word.size() > 3 && word.back() == 's' && word[word.size() - 2] != 's') word.pop_back();
    if (!word.empty() && !kSkip.contains(word)) words.insert(word);
    word.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (text.substr(i).starts_with("’") || text.substr(i).starts_with("“") || text.substr(i).starts_with("”")) {
      flush();
      i += 2;
    } else if (std::isalnum(c) || c >= 0x80) {
      word += static_cast<char>(std::tolower(c));
    } else {
      flush();
    }
  }
  flush();
  return words;
}

bool WordsOverlap(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::set<std::string> x = Words(a), y = Words(b);
  if (x.empty() || y.empty()) return false;
  const auto shared =
      static_cast<size_t>(std::count_if(x.begin(), x.end(), [&](const std::string& w) { return y.contains(w); }));
  return 4 * shared >= x.size() + y.size();  // F1 >= 0.5
}

ExpectedFact ParseFact(std::string line, size_t text_line) {
  ExpectedFact fact;
  fact.line = line;
  fact.text_line = text_line;
  for (; line.starts_with('+') || line.starts_with('?'); line = Trim(line.substr(1))) {
    if (line[0] == '+') fact.required = false;
    if (line[0] == '?') fact.known_miss = true;
  }
  if (const size_t tag = line.find("#nominal"); tag != std::string::npos) {
    fact.nominal = true;
    line.erase(tag, 8);
  }
  const std::vector<std::string> fields = Split(line, '|');
  if (fields.size() < 3) return fact;
  fact.subject = Split(fields[0], '/');
  fact.relation = Split(fields[1], '/');
  fact.object = Split(fields[2], '/');
  for (size_t i = 3; i < fields.size(); ++i) {
    const std::string& f = fields[i];
    if (f == "not asserted") fact.asserted = false;
    else if (f.starts_with('@')) fact.sources.push_back(f.substr(1));
    else if (const size_t eq = f.find('='); eq != std::string::npos) fact.qualifiers.emplace_back(f.substr(0, eq), f.substr(eq + 1));
  }
  return fact;
}

bool RelationMatches(const ExpectedFact& e, const FoundFact& f) {
  return std::find(e.relation.begin(), e.relation.end(), f.relation) != e.relation.end();
}

bool Matches(const ExpectedFact& e, const FoundFact& f) {
  return RelationMatches(e, f) && e.asserted == f.asserted && EndsMatch(e.subject, f.subject) && EndsMatch(e.object, f.object);
}

bool SourcesMatch(const ExpectedFact& e, const FoundFact& f) {
  return std::all_of(e.sources.begin(), e.sources.end(), [&](const std::string& source) {
    return std::any_of(f.sources.begin(), f.sources.end(), [&](const auto& s) { return EndsMatch({source}, s); });
  });
}

bool QualifierMatches(const std::pair<std::string, std::string>& e, const FoundFact& f) {
  return std::any_of(f.qualifiers.begin(), f.qualifiers.end(),
                     [&](const auto& q) { return q.first == e.first && WordsOverlap(q.second, e.second); });
}

// "q_to=X" of an expected fact also gives `S | V_to | X`; of a passive `O | be_Ved_to | X`.
bool IsSecondObject(const ExpectedFact& e, const FoundFact& f) {
  if (e.asserted != f.asserted) return false;
  for (const auto& [role, value] : e.qualifiers) {
    if (!role.starts_with("q_") || !EndsMatch({value}, f.object)) continue;
    const std::string suffix = role.substr(1);
    if (f.relation.starts_with("be_") && f.relation.ends_with(suffix) && EndsMatch(e.object, f.subject)) return true;
    for (const std::string& relation : e.relation) {
      if (f.relation == relation + suffix && EndsMatch(e.subject, f.subject)) return true;
    }
  }
  return false;
}

// A clause restated as words: right when a fact of the sentence says the same of the same subject or is attributed to it.
bool IsContentOf(const ExpectedFact& e, const FoundFact& f) {
  if (!f.literal_object || f.object.empty() || e.text_line != f.text_line) return false;
  const bool about = EndsMatch(e.subject, f.subject) ||
                     std::any_of(e.sources.begin(), e.sources.end(), [&](const auto& s) { return EndsMatch({s}, f.subject); });
  if (!about || f.relation == "be") return false;
  for (const std::string& relation : e.relation) {
    const std::string verb = relation.substr(0, relation.find('_'));
    if (verb.size() < 2 || RelationMatches(e, f)) continue;
    for (const std::string& word : Words(f.object[0])) {
      if (word.substr(0, 3) == verb.substr(0, 3)) return true;
    }
  }
  return false;
}

// A title told as `X be T` or `X be_T_of Y`.
bool IsTitleOf(const ExpectedFact& e, const FoundFact& f) {
  if (!f.asserted || !EndsMatch(e.subject, f.subject)) return false;
  if (e.relation[0] != "jobTitle" && e.relation[0] != "be" && !e.relation[0].starts_with("be_")) return false;
  if (f.relation == "be" || f.relation == "jobTitle") return EndsMatch(e.object, f.object);
  if (!f.relation.starts_with("be_") || !f.relation.ends_with("_of")) return false;
  const std::string noun = f.relation.substr(3, f.relation.size() - 6);
  return std::any_of(e.object.begin(), e.object.end(), [&](const std::string& o) { return Words(o).contains(noun); });
}

bool IsAcceptable(const BankText& text, const FoundFact& f) {
  return std::any_of(text.facts.begin(), text.facts.end(), [&](const ExpectedFact& e) {
    if (e.text_line != f.text_line || e.subject.empty()) return false;
    return Matches(e, f) || IsSecondObject(e, f) || IsContentOf(e, f) || IsTitleOf(e, f);
  });
}

}  // namespace

bool EndsMatch(const std::vector<std::string>& alternatives, const std::vector<std::string>& found) {
  for (const std::string& alternative : alternatives) {
    if (alternative == "-" && found.empty()) return true;
    for (const std::string& words : found) {
      if (WordsOverlap(alternative, words)) return true;
    }
  }
  return false;
}

std::vector<BankText> ReadBank(const std::string& path, bool whole) {
  std::vector<BankText> texts;
  std::ifstream in(path);
  std::string line;
  bool paragraph = true;
  if (whole) texts.emplace_back();
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (Trim(line).empty()) {
      paragraph = true;
      continue;
    }
    if (line.front() == '#') continue;
    if (line.front() == ' ') {
      if (!texts.empty() && !texts.back().lines.empty())
        texts.back().facts.push_back(ParseFact(Trim(line), texts.back().lines.size() - 1));
      continue;
    }
    if (whole && line.starts_with("@date ")) {
      texts.back().date = Trim(line.substr(6));
      continue;
    }
    if (!whole) texts.emplace_back();
    BankText& text = texts.back();
    if (!whole && line.front() == '*') {
      text.starred = true;
      text.known_miss = line.starts_with("*?");
      line = Trim(line.substr(text.known_miss ? 2 : 1));
    }
    text.number = number;
    text.lines.push_back(line);
    text.new_paragraph.push_back(paragraph);
    paragraph = false;
  }
  return texts;
}

std::vector<FoundFact> FindFacts(const Pipeline& pipeline, const BankText& text) {
  std::string bytes;
  std::vector<size_t> begins;
  for (size_t i = 0; i < text.lines.size(); ++i) {
    if (!bytes.empty()) bytes += text.new_paragraph[i] ? "\n\n" : " ";
    begins.push_back(bytes.size());
    bytes += text.lines[i];
  }
  std::vector<FoundFact> out;
  auto document = ReadArticle(bytes, "case.txt");
  if (!document.ok()) return out;
  document->date = text.date;
  const auto analysis = pipeline.Analyze(*document);
  if (!analysis.ok()) return out;
  auto words = [&](const FactTerm& t) {
    std::vector<std::string> both{t.text};
    if (t.entity >= 0) both.push_back(analysis->entities.entities[static_cast<size_t>(t.entity)].name);
    return both;
  };
  auto add = [&](const Fact& fact) {
    FoundFact f;
    if (fact.subject) f.subject = words(*fact.subject);
    if (fact.object) f.object = words(*fact.object), f.literal_object = fact.object->entity < 0;
    f.relation = fact.relation;
    for (const FactTerm& source : fact.attribution) f.sources.push_back(words(source));
    for (const FactQualifier& q : fact.qualifiers) f.qualifiers.emplace_back(q.role, words(q.value).back());
    f.asserted = fact.asserted;
    f.confidence = fact.confidence;
    f.rule = fact.rule;
    const size_t at = analysis->sentences[fact.sentence].span.begin;
    f.text_line = static_cast<size_t>(std::upper_bound(begins.begin(), begins.end(), at) - begins.begin()) - 1;
    out.push_back(std::move(f));
  };
  for (const Fact& fact : analysis->facts) add(fact);
  // The same facts before calibration: what tools/fit_confidence.py fits.
  const std::vector<Fact> raw = BuildFacts(analysis->sentences, analysis->propositions, analysis->entities, Lexicon::Default());
  for (size_t i = 0; i < raw.size() && i < out.size(); ++i) out[i].features = FactFeatures(raw[i], analysis->sentences[raw[i].sentence]);
  for (const Fact& fact : TitleFacts(analysis->sentences, analysis->entities)) add(fact);
  return out;
}

std::string FoundFact::ToString() const {
  std::string out = Cat(subject.empty() ? "-" : subject.back(), " | ", relation, " | ", object.empty() ? "-" : object.back());
  for (const auto& [role, value] : qualifiers) Append(out, " | ", role, "=", value);
  for (const auto& source : sources) Append(out, " | @", source.back());
  if (!asserted) out += " | not asserted";
  Append(out, "  (", rule, ")");
  return out;
}

Score& Score::operator+=(const Score& o) {
  precision += o.precision, recall += o.recall, titles += o.titles, nominal += o.nominal, attribution += o.attribution,
      qualifiers += o.qualifiers;
  judged.insert(judged.end(), o.judged.begin(), o.judged.end());
  new_misses += o.new_misses;
  return *this;
}

std::string Score::ToString() const {
  auto show = [](const char* name, const Ratio& r) {
    char buffer[96];
    std::snprintf(buffer, sizeof buffer, "  %s %.3f (%zu/%zu)", name, r.value(), r.right, r.all);
    return std::string(buffer);
  };
  return show("precision", precision) + show("recall", recall) + show("titles", titles) + show("nominal", nominal) +
         show("attribution", attribution) + show("qualifiers", qualifiers);
}

Score ScoreText(const BankText& text, const std::vector<FoundFact>& found, std::string* report) {
  Score score;
  for (const FoundFact& f : found) {
    const bool right = IsAcceptable(text, f);
    score.precision += {right, 1};
    score.judged.push_back({f.confidence, right, f.features});
    if (!right && report != nullptr) Append(*report, "  wrong   ", f.ToString(), "\n");
  }
  for (const ExpectedFact& e : text.facts) {
    if (!e.required || e.subject.empty()) continue;
    const bool title = e.relation[0] == "jobTitle";
    bool there = false, sourced = false;
    std::vector<bool> qualified(e.qualifiers.size());
    for (const FoundFact& f : found) {
      if (f.text_line != e.text_line || !(Matches(e, f) || (title && IsTitleOf(e, f) && f.relation != "be"))) continue;
      there = true;
      sourced |= SourcesMatch(e, f);
      for (size_t i = 0; i < qualified.size(); ++i) qualified[i] = qualified[i] || QualifierMatches(e.qualifiers[i], f);
    }
    score.recall += {there, 1};
    if (title) score.titles += {there, 1};
    if (e.nominal) score.nominal += {there, 1};
    if (!e.sources.empty()) score.attribution += {there && sourced, 1};
    for (const bool q : qualified) score.qualifiers += {q, 1};
    if (!there && !e.known_miss) ++score.new_misses;
    if (report == nullptr) continue;
    if (!there) Append(*report, e.known_miss ? "  known miss " : "  missed  ", e.line, "\n");
    if (there && e.known_miss) Append(*report, "  gained  ", e.line, "\n");
    if (there && !sourced) Append(*report, "  source  ", e.line, "\n");
  }
  return score;
}

}  // namespace dossier::ingest::testing
