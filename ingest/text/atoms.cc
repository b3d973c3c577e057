#include "ingest/text/atoms.h"

#include <algorithm>
#include <charconv>

namespace dossier::ingest {
namespace {

constexpr size_t kLongestCompared =
    24;  // bytes of a token that features look at, so that giant tokens stay linear

std::string Lower(std::string_view s) { return ToLower(s.substr(0, kLongestCompared)); }

// An atom as features see it.
struct View {
  uint64_t lower = 3;
  uint64_t shape = 4;  // letters by case and length, digits by length, others themselves
  uint32_t type = 9;
};

uint64_t CaseShape(std::string_view s) {
  uint64_t upper = 0;
  uint64_t lower = 0;
  for (const char c : s.substr(0, kLongestCompared)) (c >= 'A' && c <= 'Z' ? upper : lower) += 1;
  return (std::min<uint64_t>(upper, 3) * 4 + std::min<uint64_t>(lower, 3)) * 4 +
         std::min<uint64_t>(s.size(), 3);
}

View Look(std::string_view text, const std::vector<Atom>& atoms, ptrdiff_t i) {
  if (i < 0 || i >= static_cast<ptrdiff_t>(atoms.size())) return {};
  const Atom& atom = atoms[static_cast<size_t>(i)];
  const std::string_view s = text.substr(atom.begin, atom.end - atom.begin);
  View view;
  view.type = static_cast<uint32_t>(atom.type);
  view.lower = HashString(Lower(s));
  view.shape = atom.type == CharClass::kOther ? view.lower
               : IsLetter(atom.type)          ? 1000 + CaseShape(s)
                                              : 2000 + std::min<size_t>(s.size(), 5);
  return view;
}

bool IsAddressByte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || IsLetter(ClassOf(static_cast<unsigned char>(c))) ||
         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '+';
}

// Length of the e-mail address that `chunk` begins with, or 0.
size_t MailLength(std::string_view chunk) {
  constexpr size_t kLongest = 254;
  size_t i = 0;
  while (i < chunk.size() && i < kLongest && IsAddressByte(chunk[i])) ++i;
  if (i == 0 || i >= chunk.size() || chunk[i] != '@') return 0;
  const size_t domain = ++i;
  while (i < chunk.size() && i < 2 * kLongest && IsAddressByte(chunk[i])) ++i;
  while (i > domain && (chunk[i - 1] == '.' || chunk[i - 1] == '-')) --i;
  return chunk.substr(domain, i - domain).find('.') == std::string_view::npos ? 0 : i;
}

// Length of the web address that `chunk` begins with, or 0. Punctuation at its end is the sentence's.
size_t WebLength(std::string_view chunk) {
  const std::string head = ToLower(chunk.substr(0, 8));
  const std::string_view start = head;
  if (!start.starts_with("http://") && !start.starts_with("https://") && !start.starts_with("ftp://") &&
      !start.starts_with("www.")) {
    return 0;
  }
  size_t length = std::min(chunk.find_first_of("<>\"|"), chunk.size());
  for (const std::string_view mark : {"\u201D", "\u201C", "\u2019", "\u2014"})
    length = std::min(length, chunk.find(mark));
  const bool brackets = chunk.substr(0, length).find('(') != std::string_view::npos;
  while (length > 0 && (std::string_view(".,;:!?'*]").find(chunk[length - 1]) != std::string_view::npos ||
                        (chunk[length - 1] == ')' && !brackets))) {
    --length;
  }
  return length > 7 ? length : 0;
}

}  // namespace

bool IsApostrophe(std::string_view s) {
  return s == "'" || s == "\u2019" || s == "`" || s == "\u00B4" || s == "\u2018";
}

Contractions Contractions::FromBytes(std::string_view bytes) {
  Contractions result;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const size_t tab = line.find('\t');
    size_t offset = 0;
    if (tab == std::string_view::npos) continue;
    std::from_chars(line.data() + tab + 1, line.data() + line.size(), offset);
    if (offset > 0 && offset < tab) result.cuts_[std::string(line.substr(0, tab))] = offset;
  }
  return result;
}

size_t Contractions::CutIn(std::string_view lower_run, std::string_view rest) const {
  if (lower_run.size() > 1 && lower_run.back() == 'n' && !rest.empty()) {
    const size_t length = DecodeAt(rest, 0).length;
    const std::string_view after = rest.substr(length);
    const bool t_only = !after.empty() && (after[0] == 't' || after[0] == 'T') &&
                        (after.size() == 1 || !IsLetter(ClassOf(DecodeAt(after, 1).value)));
    if (t_only && IsApostrophe(rest.substr(0, length))) return lower_run.size() - 1;
  }
  const auto it = cuts_.find(lower_run);
  return it == cuts_.end() ? 0 : it->second;
}

void FindAtoms(std::string_view text, size_t begin, size_t end, const Contractions& contractions,
               std::vector<Atom>& atoms) {
  atoms.clear();
  const std::string_view chunk = text.substr(begin, end - begin);
  const bool has_address =
      chunk.size() > 5 &&
      (chunk.find('@') != std::string_view::npos || chunk.find("://") != std::string_view::npos ||
       chunk.find("ww.") != std::string_view::npos || chunk.find("WW.") != std::string_view::npos);
  for (size_t i = begin; i < end;) {
    const CodePoint first = DecodeAt(text, i);
    if (has_address && IsLetter(ClassOf(first.value)) && (i == begin || !IsAddressByte(text[i - 1]))) {
      const std::string_view rest = text.substr(i, end - i);
      const size_t web = WebLength(rest);
      if (const size_t length = web > 0 ? web : MailLength(rest); length > 0) {
        atoms.push_back({i, i + length, CharClass::kLower, false});
        i += length;
        continue;
      }
    }
    Atom atom{i, i + first.length, ClassOf(first.value), false};
    const bool letters = IsLetter(atom.type);
    if (letters || atom.type == CharClass::kDigit) {
      while (atom.end < end) {
        const CodePoint c = DecodeAt(text, atom.end);
        const CharClass type = ClassOf(c.value);
        if (letters ? !IsLetter(type) : type != CharClass::kDigit) break;
        atom.end += c.length;
      }
    }
    i = atom.end;
    if (letters && atom.end - atom.begin <= kLongestCompared) {
      const std::string lower = ToLower(text.substr(atom.begin, atom.end - atom.begin));
      const size_t cut = contractions.CutIn(lower, text.substr(atom.end, end - atom.end));
      if (cut > 0 && lower.size() == atom.end - atom.begin) {
        atoms.push_back({atom.begin, atom.begin + cut, atom.type, false});
        const CharClass type = ClassOf(DecodeAt(text, atom.begin + cut).value);
        atoms.push_back({atom.begin + cut, atom.end, type, true});
        continue;
      }
    }
    atoms.push_back(atom);
  }
}

uint32_t ChunkFlags(std::string_view chunk) {
  const std::string_view head = chunk.substr(0, 200);
  uint32_t flags = 0;
  if (head.find('@') != std::string_view::npos) flags |= 1;
  if (head.find("://") != std::string_view::npos) flags |= 2;
  if (head.find("www.") != std::string_view::npos || head.find("WWW.") != std::string_view::npos) flags |= 4;
  if (head.find(".com") != std::string_view::npos || head.find(".org") != std::string_view::npos ||
      head.find(".net") != std::string_view::npos) {
    flags |= 8;
  }
  if (head.find('_') != std::string_view::npos) flags |= 16;
  return flags;
}

void ExtractCutFeatures(std::string_view text, const std::vector<Atom>& atoms, size_t i, size_t token_begin,
                        uint32_t flags, CharClass next, FeatureList& out) {
  const auto at = static_cast<ptrdiff_t>(i);
  const View a3 = Look(text, atoms, at - 3), a2 = Look(text, atoms, at - 2), a1 = Look(text, atoms, at - 1);
  const View b0 = Look(text, atoms, at), b1 = Look(text, atoms, at + 1), b2 = Look(text, atoms, at + 2);
  const size_t token_size = atoms[i].begin - atoms[token_begin].begin;
  const uint64_t token = HashString(Lower(text.substr(atoms[token_begin].begin, token_size)));
  const uint32_t left = static_cast<uint32_t>(std::min<size_t>(i - token_begin, 3));
  const uint32_t right = static_cast<uint32_t>(std::min<size_t>(atoms.size() - i, 3));
  const uint32_t inner = atoms[i].inner ? 1 : 0;
  const auto after = static_cast<uint32_t>(next);
  uint32_t t = 0;
  out.Clear();
  out.Add(t++, inner, b0.type, a1.type);
  out.Add(t++, a1.shape, b0.shape, flags);
  out.Add(t++, a1.shape, b0.shape, b1.shape, flags);
  out.Add(t++, a2.shape, a1.shape, b0.shape, flags);
  out.Add(t++, a2.shape, a1.shape, b0.shape, b1.shape);
  out.Add(t++, a3.shape, a2.shape, a1.shape, b0.shape, b1.shape);
  out.Add(t++, a1.shape, b0.shape, b1.shape, b2.shape);
  out.Add(t++, a1.lower, b0.lower, inner);
  out.Add(t++, a1.lower, b0.lower, b1.lower, inner);
  out.Add(t++, a2.lower, a1.lower, b0.lower);
  out.Add(t++, a1.shape, b0.lower, b1.lower);
  out.Add(t++, a1.lower, b0.shape);
  out.Add(t++, a2.lower, a1.lower, b0.shape);
  out.Add(t++, a2.lower, a1.shape, b0.lower);
  out.Add(t++, token, b0.lower);
  out.Add(t++, token, b0.lower, right, after);
  out.Add(t++, token, b0.shape);
  out.Add(t++, a1.shape, b0.lower, right, after);
  out.Add(t++, a1.shape, b0.shape, right, left);
  out.Add(t++, b0.shape, flags, left);
  out.Add(t++, b0.shape, b1.shape, b2.shape, flags, left);
  out.Add(t++, a1.shape, flags, b0.type);
  out.Add(t++, a1.lower == b0.lower ? 1 : 0, b0.shape, a2.lower == a1.lower ? 1 : 0,
          b1.lower == b0.lower ? 1 : 0);
  out.Add(t++, token_begin == 0 ? 1 : 0, a1.shape, b0.shape, right);
}

}  // namespace dossier::ingest
