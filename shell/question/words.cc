#include "shell/question/words.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace dossier::shell {
namespace {

constexpr std::string_view kDroppedAtEnd = "?!.,;:";
constexpr std::string_view kCurlyApostrophe = "\xE2\x80\x99";
constexpr std::string_view kOpenQuote = "\xE2\x80\x9C";
constexpr std::string_view kCloseQuote = "\xE2\x80\x9D";

// Typographic quotes as ASCII ones, so that what is pasted from an article means the same.
std::string WithPlainQuotes(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with(kCurlyApostrophe)) {
      out += '\'';
      i += kCurlyApostrophe.size();
    } else if (rest.starts_with(kOpenQuote) || rest.starts_with(kCloseQuote)) {
      out += '"';
      i += kOpenQuote.size();
    } else {
      out += text[i++];
    }
  }
  return out;
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool StartsWithCapital(std::string_view text) {
  if (text.empty()) return false;
  UChar32 c = 0;
  size_t i = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), i, text.size(), c);
  return u_isupper(c) || u_istitle(c);
}

void AddWord(std::string_view text, bool quoted, std::vector<Word>& words) {
  if (text.empty()) return;
  words.push_back({std::string(text), Lower(text), quoted, StartsWithCapital(text)});
}

void AddUnquoted(std::string_view text, std::vector<Word>& words) {
  // "U.S." keeps its stop: only a word without another stop inside loses it.
  while (!text.empty() && kDroppedAtEnd.find(text.back()) != std::string_view::npos) {
    if (text.back() == '.' && text.substr(0, text.size() - 1).find('.') != std::string_view::npos) break;
    text.remove_suffix(1);
  }
  const std::string lower = Lower(text);
  if (lower == "who's" || lower == "what's" || lower == "where's" || lower == "when's") {
    AddWord(text.substr(0, text.size() - 2), false, words);
    AddWord("is", false, words);
  } else if (lower.ends_with("n't") && lower.size() > 4) {
    AddWord(lower == "can't" ? "can" : lower == "won't" ? "will" : text.substr(0, text.size() - 3), false, words);
    AddWord("not", false, words);
  } else {
    AddWord(text, false, words);
  }
}

std::string FromUnicode(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString ToUnicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

}  // namespace

std::string Lower(std::string_view text) {
  bool ascii = true;
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) >= 0x80) ascii = false;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return ascii ? out : FromUnicode(ToUnicode(text).toLower(icu::Locale::getRoot()));
}

std::vector<Word> SplitWords(std::string_view question) {
  const std::string text = WithPlainQuotes(question);
  std::vector<Word> words;
  for (size_t i = 0; i < text.size();) {
    if (IsSpace(text[i])) {
      ++i;
      continue;
    }
    const size_t close = text[i] == '"' ? text.find('"', i + 1) : std::string::npos;
    if (close != std::string::npos) {
      AddWord(std::string_view(text).substr(i + 1, close - i - 1), true, words);
      i = close + 1;
      while (i < text.size() && kDroppedAtEnd.find(text[i]) != std::string_view::npos) ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && !IsSpace(text[end])) ++end;
    AddUnquoted(std::string_view(text).substr(i, end - i), words);
    i = end;
  }
  return words;
}

}  // namespace dossier::shell
