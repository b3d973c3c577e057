// XPath patterns in RE2's syntax. What differs: the classes \d \w \s \i \c and their complements mean
// Unicode, braces and brackets are never literal, and flag x drops white
// space outside of brackets.
#include <unicode/uniset.h>

#include <cstdio>
#include <vector>

#include "graph/base/strings.h"
#include "query/expr/regex.h"

namespace dossier::query {
namespace {

constexpr int kMaxNesting = 200;

// Inside brackets. XML 1.0 NameStartChar and NameChar.
constexpr std::string_view kNameStart =
    ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}\\x{200C}-\\x{"
    "200D}\\x{2070}-\\x{218F}"
    "\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}\\x{10000}-\\x{EFFFF}";
constexpr std::string_view kNameMore = "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}";

class Translator {
 public:
  Translator(std::string_view pattern, bool ignore_space) : in_(pattern), ignore_space_(ignore_space) {}

  std::optional<std::string> Run(bool& back_reference) {
    std::string out;
    while (i_ < in_.size() && ok_) Step(out);
    back_reference = back_reference_;
    if (!ok_ || depth_ != 0) return std::nullopt;
    return out;
  }

 private:
  void Step(std::string& out) {
    const char c = in_[i_];
    if (ignore_space_ && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      ++i_;
      return;
    }
    switch (c) {
      case '\\':
        return Escape(out, false);
      case '[':
        return Class(out);
      case '(':
        return Group(out);
      case ')':
        ok_ = --depth_ >= 0;
        if (ok_) CloseGroup();
        break;
      case ']':
      case '}':
        ok_ = false;
        break;
      case '{':
        return Quantity(out);
      default:
        break;
    }
    out.push_back(c);
    ++i_;
  }

  // Only ( and (?: exist in XPath; RE2's other (?...) would let a pattern set flags.
  void Group(std::string& out) {
    ok_ = ++depth_ <= kMaxNesting;
    ++i_;
    out.push_back('(');
    const bool captures = i_ >= in_.size() || in_[i_] != '?';
    open_.push_back(captures ? ++groups_ : 0);
    if (captures) closed_.resize(groups_ + 1, false);
    if (!captures) {
      ok_ = ok_ && in_.substr(i_).starts_with("?:");
      if (ok_) {
        out += "?:";
        i_ += 2;
      }
    }
  }

  void CloseGroup() {
    if (open_.back() != 0) closed_[open_.back()] = true;
    open_.pop_back();
  }

  // \N is the group N that ended before; further digits belong to it as long as there are so many groups.
  void BackReference(std::string& out, char first) {
    size_t number = static_cast<size_t>(first - '0');
    while (i_ < in_.size() && in_[i_] >= '0' && in_[i_] <= '9' && number * 10 + static_cast<size_t>(in_[i_] - '0') <= groups_) {
      number = number * 10 + static_cast<size_t>(in_[i_++] - '0');
    }
    ok_ = number <= groups_ && closed_[number];
    back_reference_ = true;
    Append(out, "(?:\\", number, ")");  // brackets keep a digit behind it apart
  }

  // {n}, {n,}, {n,m}
  void Quantity(std::string& out) {
    const size_t end = in_.find('}', i_);
    const std::string_view body = in_.substr(i_ + 1, end == std::string_view::npos ? 0 : end - i_ - 1);
    ok_ = !body.empty() && body[0] != ',' &&
          body.find_first_not_of("0123456789,") == std::string_view::npos &&
          body.find(',') == body.rfind(',');
    if (!ok_) return;
    Append(out, '{', body, '}');
    i_ = end + 1;
  }

  // The members of a named class, to stand inside brackets; empty when it cannot be written there.
  static std::string_view Members(char name) {
    switch (name) {
      case 'd':
        return "\\p{Nd}";
      case 'D':
        return "\\P{Nd}";
      case 's':
        return " \\t\\n\\r";
      case 'w':
        return "\\p{L}\\p{M}\\p{N}\\p{S}";  // all but punctuation, separators and others
      case 'W':
        return "\\p{P}\\p{Z}\\p{C}";
      default:
        return "";
    }
  }

  void Escape(std::string& out, bool in_class) {
    if (++i_ == in_.size()) {
      ok_ = false;
      return;
    }
    const char c = in_[i_++];
    if (c >= '0' && c <= '9') {
      ok_ = c != '0' && !in_class;
      if (ok_) BackReference(out, c);
      return;
    }
    switch (c) {
      case 'n':
      case 'r':
      case 't':
        Append(out, '\\', c);
        return;
      case 'p':
      case 'P':
        Property(out, c);
        return;
      case 'd':
      case 'D':
      case 's':
      case 'w':
      case 'W':
        if (in_class)
          Append(out, Members(c));
        else
          Append(out, '[', Members(c), ']');
        return;
      case 'S':
        if (in_class)
          Append(out, "\\x{0}-\\x{8}\\x{B}\\x{C}\\x{E}-\\x{1F}!-\\x{10FFFF}");
        else
          Append(out, "[^ \\t\\n\\r]");
        return;
      case 'i':
      case 'c':
        if (in_class)
          Append(out, kNameStart, c == 'c' ? kNameMore : "");
        else
          Append(out, '[', kNameStart, c == 'c' ? kNameMore : "", ']');
        return;
      case 'I':
      case 'C':
        Append(out, "[^", kNameStart, c == 'C' ? kNameMore : "", ']');
        return;
      default:
        // XPath lists the characters that may be escaped; like others we take all punctuation (\/ is common).
        ok_ = c > ' ' && c < 127 && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        Append(out, '\\', c);
    }
  }

  // \p{L}: categories have the same names in RE2; blocks (\p{IsGreek}) it does not have.
  void Property(std::string& out, char p) {
    const size_t begin = i_;
    const std::string_view name = PropertyName();
    if (!ok_) return;
    if (name.starts_with("Is")) return Expand(Cat('[', SetOfProperty(p, name), ']'), out);
    ok_ = name.size() <= 2;
    Append(out, '\\', p, in_.substr(begin, i_ - begin));
  }

  // Reads "{name}".
  std::string_view PropertyName() {
    const size_t end = in_.find('}', i_);
    ok_ = ok_ && i_ < in_.size() && in_[i_] == '{' && end != std::string_view::npos && end > i_ + 1;
    if (!ok_) return {};
    const std::string_view name = in_.substr(i_ + 1, end - i_ - 1);
    i_ = end + 1;
    return name;
  }

  void Class(std::string& out) {
    if (NeedsSets()) return Expand(Set(0), out);
    out.push_back('[');
    ++i_;
    if (i_ < in_.size() && in_[i_] == '^') {
      out.push_back('^');
      ++i_;
    }
    size_t members = 0;
    while (i_ < in_.size() && ok_) {
      const char c = in_[i_];
      if (c == ']') {
        ok_ = members > 0;
        out.push_back(']');
        ++i_;
        return;
      }
      ++members;
      if (c == '\\') {
        Escape(out, true);
      } else if (c == '[') {
        ok_ = false;
      } else {
        out.push_back(c);
        ++i_;
      }
    }
    ok_ = false;
  }

  // Whether the class that begins here has what RE2 lacks: a subtraction, a block, \I or \C.
  bool NeedsSets() const {
    for (size_t i = i_ + 1; i < in_.size() && in_[i] != ']'; ++i) {
      if (in_[i] == '[') return in_[i - 1] == '-' && i > i_ + 2;
      if (in_[i] != '\\') continue;
      const std::string_view rest = in_.substr(++i);
      if (rest.starts_with('I') || rest.starts_with('C') || rest.substr(1).starts_with("{Is")) return true;
    }
    return false;
  }

  static std::string SetOfProperty(char p, std::string_view name) {
    if (name.starts_with("Is")) return Cat('\\', p, "{blk=", name.substr(2), '}');
    return Cat('\\', p, '{', name, '}');
  }

  // The class that begins here in the syntax of ICU's sets.
  std::string Set(int depth) {
    ok_ = ok_ && depth < kMaxNesting;
    std::string members;
    ++i_;
    const bool negated = i_ < in_.size() && in_[i_] == '^';
    if (negated) ++i_;
    const size_t first = i_;
    while (i_ < in_.size() && ok_) {
      const char c = in_[i_];
      if (c == ']') {
        ok_ = !members.empty();
        ++i_;
        return Cat(negated ? "[^" : "[", members, ']');
      }
      if (c == '-' && i_ > first && i_ + 1 < in_.size() && in_[i_ + 1] == '[') {
        ++i_;
        const std::string taken = Set(depth + 1);
        ok_ = ok_ && i_ < in_.size() && in_[i_] == ']';
        ++i_;
        return Cat("[[", negated ? "^" : "", members, "]-", taken, ']');
      }
      const bool literal_dash = c == '-' && (i_ == first || (i_ + 1 < in_.size() && in_[i_ + 1] == ']'));
      ++i_;
      if (c == '\\') {
        SetEscape(members);
      } else if (c == '-' && !literal_dash) {
        members.push_back('-');
      } else {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (!plain) members.push_back('\\');
        members.push_back(c);
      }
    }
    ok_ = false;
    return {};
  }

  void SetEscape(std::string& members) {
    ok_ = ok_ && i_ < in_.size();
    if (!ok_) return;
    const char c = in_[i_++];
    switch (c) {
      case 'n':
      case 'r':
      case 't':
        Append(members, '\\', c);
        return;
      case 'd':
      case 'D':
        Append(members, c == 'd' ? "\\p{Nd}" : "\\P{Nd}");
        return;
      case 's':
      case 'S':
        Append(members, c == 's' ? "[\\ \\t\\n\\r]" : "[^\\ \\t\\n\\r]");
        return;
      case 'w':
      case 'W':
        Append(members, c == 'w' ? "[^\\p{P}\\p{Z}\\p{C}]" : "[\\p{P}\\p{Z}\\p{C}]");
        return;
      case 'i':
      case 'c':
      case 'I':
      case 'C':
        Append(members, c == 'I' || c == 'C' ? "[^" : "[", kNameStart, (c | 0x20) == 'c' ? kNameMore : "", ']');
        return;
      case 'p':
      case 'P':
        members += SetOfProperty(c, PropertyName());
        return;
      default:
        ok_ = c > ' ' && c < 127 && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9');
        Append(members, '\\', c);
    }
  }

  // The set as a class of ranges.
  void Expand(const std::string& pattern, std::string& out) {
    if (!ok_) return;
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeSet set(icu::UnicodeString::fromUTF8(pattern), error);
    ok_ = U_SUCCESS(error);
    if (!ok_) return;
    if (set.isEmpty()) {
      out += "[^\\x{0}-\\x{10FFFF}]";
      return;
    }
    out.push_back('[');
    for (int32_t i = 0; i < set.getRangeCount(); ++i) {
      char range[48];
      std::snprintf(range, sizeof range, "\\x{%X}-\\x{%X}", static_cast<unsigned>(set.getRangeStart(i)), static_cast<unsigned>(set.getRangeEnd(i)));
      out += range;
    }
    out.push_back(']');
  }

  std::string_view in_;
  bool ignore_space_;
  size_t i_ = 0;
  int depth_ = 0;
  bool ok_ = true;
  bool back_reference_ = false;
  size_t groups_ = 0;            // that capture, opened so far
  std::vector<size_t> open_;     // their numbers; 0 for those that do not
  std::vector<bool> closed_;     // by number
};

}  // namespace

std::optional<std::string> TranslatePattern(std::string_view pattern, bool ignore_space,
                                            bool& back_reference) {
  return Translator(pattern, ignore_space).Run(back_reference);
}

}  // namespace dossier::query
