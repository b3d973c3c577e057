#include "ingest/read/html_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

constexpr GumboTag kSkipped[] = {
    GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NAV,
    GUMBO_TAG_FOOTER, GUMBO_TAG_FORM,   GUMBO_TAG_BUTTON,   GUMBO_TAG_SELECT,   GUMBO_TAG_SVG,
    GUMBO_TAG_MATH,   GUMBO_TAG_IFRAME, GUMBO_TAG_ASIDE,    GUMBO_TAG_TEXTAREA, GUMBO_TAG_OBJECT,
    GUMBO_TAG_HEAD,   GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,    GUMBO_TAG_CANVAS,   GUMBO_TAG_FIGCAPTION};
constexpr GumboTag kInline[] = {
    GUMBO_TAG_A,     GUMBO_TAG_ABBR, GUMBO_TAG_ACRONYM, GUMBO_TAG_B,      GUMBO_TAG_BDI, GUMBO_TAG_BDO,
    GUMBO_TAG_BIG,   GUMBO_TAG_CITE, GUMBO_TAG_CODE,    GUMBO_TAG_DATA,   GUMBO_TAG_DEL, GUMBO_TAG_DFN,
    GUMBO_TAG_EM,    GUMBO_TAG_FONT, GUMBO_TAG_I,       GUMBO_TAG_IMG,    GUMBO_TAG_INS, GUMBO_TAG_KBD,
    GUMBO_TAG_MARK,  GUMBO_TAG_NOBR, GUMBO_TAG_Q,       GUMBO_TAG_RUBY,   GUMBO_TAG_S,   GUMBO_TAG_SAMP,
    GUMBO_TAG_SMALL, GUMBO_TAG_SPAN, GUMBO_TAG_STRIKE,  GUMBO_TAG_STRONG, GUMBO_TAG_SUB, GUMBO_TAG_SUP,
    GUMBO_TAG_TIME,  GUMBO_TAG_TT,   GUMBO_TAG_U,       GUMBO_TAG_VAR,    GUMBO_TAG_WBR};

template <size_t N>
bool Contains(const GumboTag (&list)[N], GumboTag tag) {
  return std::find(std::begin(list), std::end(list), tag) != std::end(list);
}

bool IsElement(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT; }
bool IsBlock(const GumboNode* node) { return IsElement(node) && !Contains(kInline, node->v.element.tag); }
bool IsHeading(const GumboNode* node) {
  return IsElement(node) && node->v.element.tag >= GUMBO_TAG_H1 && node->v.element.tag <= GUMBO_TAG_H6;
}
bool IsSkipped(const GumboNode* node) {
  if (node->type == GUMBO_NODE_TEMPLATE || node->type == GUMBO_NODE_COMMENT) return true;
  if (!IsElement(node)) return false;
  if (Contains(kSkipped, node->v.element.tag)) return true;
  return gumbo_get_attribute(&node->v.element.attributes, "hidden") != nullptr ||
         AttributeOf(node, "aria-hidden") == "true";
}

double NameWeight(const GumboNode* node) {
  const std::string names =
      ToLower(std::string(AttributeOf(node, "class")) + " " + std::string(AttributeOf(node, "id")));
  if (names.size() < 2) return 0;
  constexpr std::string_view kGood[] = {"article", "body", "content", "entry",
                                        "main",    "post", "story",   "text"};
  constexpr std::string_view kBad[] = {"comment", "footer", "sidebar", "nav",        "promo",
                                       "related", "share",  "social",  "advert",     "banner",
                                       "menu",    "cookie", "subscri", "newsletter", "recommend"};
  const auto found = [&](std::string_view word) { return names.find(word) != std::string::npos; };
  return (std::any_of(std::begin(kGood), std::end(kGood), found) ? 25 : 0) -
         (std::any_of(std::begin(kBad), std::end(kBad), found) ? 25 : 0);
}

// Length of an HTML character reference at `i`, "&amp;" or "&#8212;"; 0 when there is none.
size_t ReferenceLength(std::string_view html, size_t i, size_t end) {
  size_t k = i + 1;
  const bool numeric = k < end && html[k] == '#';
  if (numeric) ++k;
  const size_t name = k;
  while (k < end && k - i < 40 && static_cast<unsigned char>(html[k]) < 0x80 &&
         (IsLetter(ClassOf(static_cast<unsigned char>(html[k]))) || (html[k] >= '0' && html[k] <= '9'))) {
    ++k;
  }
  if (k == name) return 0;
  return k < end && html[k] == ';' ? k + 1 - i : k - i;
}

// Walks a text node's decoded text along the input it came from. The two differ at character references, at
// CR LF, and at tags that the parser dropped inside the text.
class TextAligner {
 public:
  TextAligner(std::string_view html, size_t begin, size_t end, TextBuilder& builder)
      : html_(html), at_(begin), end_(end), builder_(builder) {}

  void Run(std::string_view decoded) {
    for (size_t i = 0; i < decoded.size();) {
      const CodePoint c = DecodeAt(decoded, i);
      const std::string_view bytes = decoded.substr(i, c.length);
      const std::string_view following = decoded.substr(i + c.length, 4);
      i += c.length;
      Emit(bytes, c.value, following);
    }
  }

 private:
  void Emit(std::string_view bytes, char32_t value, std::string_view following) {
    if (at_ < end_ && html_[at_] == '\r' && value == '\n') ++at_;
    if (at_ < end_ && html_[at_] == '&' && Reference(bytes, following)) return;
    if (html_.substr(at_, bytes.size()) != bytes) Resynchronize(bytes);
    Put(bytes, value, at_, false);
    at_ = std::min(at_ + bytes.size(), end_);
  }

  // The character is a decoded reference: consume it. A reference that stands for two characters is consumed
  // with the first.
  bool Reference(std::string_view bytes, std::string_view following) {
    size_t length = ReferenceLength(html_, at_, end_);
    if (length == 0) return false;
    if (bytes == "&") {
      const std::string name = ToLower(html_.substr(at_, length));
      if (name.substr(0, 4) != "&amp" && name.substr(0, 4) != "&#38" && name.substr(0, 5) != "&#x26")
        return false;
    }
    if (html_[at_ + length - 1] != ';' && !following.empty()) {  // "&copy2020": find where the text goes on
      const size_t on = html_.substr(at_, length + following.size()).find(following, 1);
      if (on != std::string_view::npos) length = on;
    }
    Put(bytes, DecodeAt(bytes, 0).value, at_, true);
    at_ = std::min(at_ + length, end_);
    return true;
  }

  void Resynchronize(std::string_view bytes) {
    constexpr size_t kFarthest = 4096;
    size_t k = at_;
    while (k < end_ && k - at_ < kFarthest) {
      if (html_[k] == '<') {
        k = std::min(html_.find('>', k), end_);
      } else if (html_.substr(k, bytes.size()) == bytes) {
        at_ = k;
        return;
      }
      ++k;
    }
  }

  void Put(std::string_view bytes, char32_t value, size_t origin, bool decoded) {
    if (ClassOf(value) == CharClass::kSpace) {
      builder_.Space(origin);
    } else if (decoded) {
      builder_.AppendDecoded(bytes, origin);
    } else {
      builder_.Append(bytes, origin);
    }
  }

  std::string_view html_;
  size_t at_;
  size_t end_;
  TextBuilder& builder_;
};

bool IsText(const GumboNode* node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
         node->type == GUMBO_NODE_CDATA;
}

struct Measure {
  double score = 0;
  size_t text = 0;
  size_t link_text = 0;
};

void ScoreParagraph(const GumboNode* node, std::string_view text,
                    std::unordered_map<const GumboNode*, Measure>& measures) {
  if (text.size() < 25) return;
  const double commas = static_cast<double>(std::count(text.begin(), text.end(), ','));
  const double score = 1 + commas + std::min(3.0, static_cast<double>(text.size()) / 100);
  double share = 1;
  const GumboNode* parent = node->parent;
  for (int level = 0; level < 3 && parent != nullptr && IsElement(parent); ++level, parent = parent->parent) {
    measures[parent].score += score * share;
    share = level == 0 ? 0.6 : 0.3;
  }
}

struct PageMeasures {
  std::unordered_map<const GumboNode*, Measure> measures;
  std::vector<const GumboNode*> order;  // blocks as they end, for ties
};

// The text directly in each block is what the block says itself; it scores for the blocks around it.
PageMeasures MeasureBlocks(const GumboNode* root) {
  PageMeasures page;
  std::unordered_map<const GumboNode*, std::string> own_text;
  std::vector<const GumboNode*> blocks = {root};
  size_t link_depth = 0;
  const auto leave = [&](const GumboNode* left) {
    if (!IsElement(left) || left == root) return;
    if (left->v.element.tag == GUMBO_TAG_A && link_depth > 0 && !IsSkipped(left)) --link_depth;
    if (left != blocks.back()) return;
    blocks.pop_back();
    page.order.push_back(left);
    const auto own = own_text.find(left);
    if (own != own_text.end()) ScoreParagraph(left, own->second, page.measures);
    const Measure measure = page.measures[left];  // by value: the next line may rehash
    Measure& parent = page.measures[blocks.back()];
    parent.text += measure.text;
    parent.link_text += measure.link_text;
  };
  for (const GumboNode* node = root; node != nullptr;) {
    const bool skip = node != root && IsSkipped(node);
    if (!skip && IsElement(node)) {
      if (IsBlock(node) && node != root) blocks.push_back(node);
      if (node->v.element.tag == GUMBO_TAG_A) ++link_depth;
    }
    if (node->type == GUMBO_NODE_TEXT) {
      const std::string_view text = node->v.text.text;
      own_text[blocks.back()] += text;
      Measure& measure = page.measures[blocks.back()];
      measure.text += text.size();
      if (link_depth > 0) measure.link_text += text.size();
    }
    node = NextNode(node, root, skip, leave);
  }
  return page;
}

constexpr double kLeastScore = 5;

double ScoreOf(const GumboNode* block, const Measure& measure) {
  if (measure.score <= 0) return 0;
  const double link_share =
      measure.text == 0 ? 1 : static_cast<double>(measure.link_text) / static_cast<double>(measure.text);
  double score = measure.score + NameWeight(block) * std::min(1.0, measure.score / 25);
  const GumboTag tag = block->v.element.tag;
  if (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN) score *= 1.5;
  return score * (1 - link_share);
}

}  // namespace

std::string_view AttributeOf(const GumboNode* node, const char* name) {
  if (!IsElement(node)) return {};
  const GumboAttribute* attribute = gumbo_get_attribute(&node->v.element.attributes, name);
  return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

std::string FlatText(const GumboNode* node) {
  std::string out;
  const GumboNode* n = node;
  while (n != nullptr) {
    if (IsText(n)) {
      const std::string_view text = n->v.text.text;
      for (size_t i = 0; i < text.size();) {
        const CodePoint c = DecodeAt(text, i);
        if (ClassOf(c.value) != CharClass::kSpace) {
          out.append(text.substr(i, c.length));
        } else if (!out.empty() && out.back() != ' ') {
          out.push_back(' ');
        }
        i += c.length;
      }
    }
    n = NextNode(n, node, false, [&](const GumboNode* left) {
      if (IsBlock(left) && !out.empty() && out.back() != ' ') out.push_back(' ');
    });
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

const GumboNode* FindMainContent(const GumboNode* root) {
  const PageMeasures page = MeasureBlocks(root);
  const GumboNode* best = root;
  double best_score = kLeastScore;  // too little to stand out: the whole page
  for (const GumboNode* candidate : page.order) {
    const double score = ScoreOf(candidate, page.measures.at(candidate));
    if (score <= best_score) continue;
    best = candidate;
    best_score = score;
  }
  return best;
}

void AppendHtmlText(const GumboNode* root, std::string_view html, TextBuilder& builder) {
  const GumboNode* node = root;
  while (node != nullptr) {
    const bool skip = node != root && IsSkipped(node);
    if (!skip && IsHeading(node)) {
      builder.BeginHeading();
    } else if (!skip && IsElement(node) && node->v.element.tag == GUMBO_TAG_BR) {
      builder.Newline(node->v.element.start_pos.offset);
    } else if (!skip && IsBlock(node)) {
      builder.EndBlock();
    } else if (IsText(node)) {
      const size_t begin = node->v.text.start_pos.offset;
      TextAligner(html, std::min(begin, html.size()), html.size(), builder).Run(node->v.text.text);
    }
    node = NextNode(node, root, skip, [&](const GumboNode* left) {
      if (IsHeading(left) && !IsSkipped(left)) {
        builder.EndHeading();
      } else if (IsBlock(left) && left->v.element.tag != GUMBO_TAG_BR) {
        builder.EndBlock();
      }
    });
  }
}

}  // namespace dossier::ingest
