#include <algorithm>
#include <array>

#include "graph/base/strings.h"
#include "ingest/read/formats.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

// A tag copies the formatting elements that are open around it, so they multiply the size of the tree.
constexpr size_t kMaxNodes = 2'000'000;

constexpr std::string_view kVoid[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                      "input", "link", "meta", "param", "source", "track", "wbr"};
// Elements whose end tag may be left out: the next one closes them, so they cannot nest without an element
// that counts.
constexpr std::string_view kSelfClosing[] = {"p",        "li",    "dt",    "dd",    "tr",     "td",
                                             "th",       "thead", "tbody", "tfoot", "option", "optgroup",
                                             "colgroup", "rt",    "rp",    "html",  "head",   "body"};
constexpr std::string_view kFormatting[] = {"a",    "b", "big",   "code",   "em",     "font", "i",
                                            "nobr", "s", "small", "strike", "strong", "tt",   "u"};
constexpr std::string_view kRaw[] = {"script", "style",  "textarea", "title",
                                     "xmp",    "iframe", "noembed",  "noframes"};

template <size_t N>
bool Contains(const std::string_view (&list)[N], std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

class NestingCheck {
 public:
  NestingCheck(std::string_view html, size_t max_depth) : html_(html), max_depth_(max_depth) {}

  absl::Status Run() {
    for (size_t i = html_.find('<'); i != std::string_view::npos && i + 1 < html_.size();
         i = html_.find('<', i)) {
      if (html_.substr(i, 4) == "<!--") {
        i = After("-->", i + 4);
        continue;
      }
      const bool closes = html_[i + 1] == '/';
      const size_t name_begin = i + (closes ? 2 : 1);
      size_t name_end = name_begin;
      while (name_end < html_.size() && name_end - name_begin < 20 && IsNameByte(html_[name_end])) ++name_end;
      if (name_end == name_begin) {
        ++i;
        continue;
      }
      const std::string name = ToLower(html_.substr(name_begin, name_end - name_begin));
      const size_t tag_begin = i;
      i = EndOfTag(name_end);
      if (closes) {
        Close(name);
        continue;
      }
      const bool self_closed = i >= 2 && html_[i - 2] == '/';
      RETURN_IF_ERROR(Open(name, self_closed, tag_begin));
      if (Contains(kRaw, name)) i = EndOfRaw(name, i);
    }
    return absl::OkStatus();
  }

 private:
  static bool IsNameByte(char c) {
    const CharClass type = ClassOf(static_cast<unsigned char>(c));
    return static_cast<unsigned char>(c) < 0x80 &&
           (type == CharClass::kLower || type == CharClass::kUpper || type == CharClass::kDigit || c == '-');
  }
  size_t After(std::string_view mark, size_t from) const {
    const size_t at = html_.find(mark, from);
    return at == std::string_view::npos ? html_.size() : at + mark.size();
  }
  // Behind the ">" of a tag, quotes respected.
  size_t EndOfTag(size_t i) const {
    char quote = 0;
    for (; i < html_.size(); ++i) {
      const char c = html_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if ((c == '"' || c == '\'') && html_[i - 1] == '=') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return i;
  }
  size_t EndOfRaw(std::string_view name, size_t i) const {
    for (size_t at = html_.find("</", i); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      if (ToLower(html_.substr(at + 2, name.size())) == name) return at;
    }
    return html_.size();
  }

  absl::Status Open(const std::string& name, bool self_closed, size_t offset) {
    nodes_ += 1 + formatting_;
    if (nodes_ > kMaxNodes) return ResourceExhausted(Cat("the HTML has more than ", kMaxNodes, " elements"));
    // Only elements of SVG and MathML can close themselves; for others the slash means nothing.
    if (Contains(kVoid, name) || Contains(kSelfClosing, name)) return absl::OkStatus();
    if (self_closed && open_["svg"] + open_["math"] > 0) return absl::OkStatus();
    ++open_[name];
    if (Contains(kFormatting, name)) ++formatting_;
    if (++depth_ <= max_depth_) return absl::OkStatus();
    return InvalidArgument(
        Cat("HTML elements are nested more than ", max_depth_, " deep (at byte ", offset, ")"));
  }

  void Close(const std::string& name) {
    const auto it = open_.find(name);
    if (it == open_.end() || it->second == 0) return;
    --it->second;
    --depth_;
    if (Contains(kFormatting, name)) --formatting_;
  }

  std::string_view html_;
  size_t max_depth_;
  size_t depth_ = 0;
  size_t nodes_ = 0;
  size_t formatting_ = 0;
  StringMap<size_t> open_;
};

}  // namespace

absl::Status CheckHtmlNesting(std::string_view html, size_t max_depth) {
  return NestingCheck(html, max_depth).Run();
}

}  // namespace dossier::ingest
