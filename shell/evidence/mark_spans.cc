#include <algorithm>

#include "shell/evidence/evidence.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The style of each byte of the sentence; later paint does not go over earlier.
class Canvas {
 public:
  explicit Canvas(std::string_view text) : text_(text), styles_(text.size(), Style::kPlain) {}

  // False when the range is outside the text or cuts a character.
  bool Paint(size_t begin, size_t end, Style style) {
    if (begin >= end || end > text_.size() || IsContinuation(text_[begin])) return false;
    if (end < text_.size() && IsContinuation(text_[end])) return false;
    for (size_t i = begin; i < end; ++i) {
      if (styles_[i] == Style::kPlain) styles_[i] = style;
    }
    return true;
  }

  bool PaintFirst(std::string_view needle, Style style) {
    if (needle.empty()) return false;
    const size_t at = text_.find(needle);
    return at != std::string_view::npos && Paint(at, at + needle.size(), style);
  }

  StyledText Finish() const {
    StyledText out;
    for (size_t i = 0; i < text_.size();) {
      size_t end = i;
      while (end < text_.size() && styles_[end] == styles_[i]) ++end;
      out.push_back({Printable(text_.substr(i, end - i)), styles_[i]});
      i = end;
    }
    return out;
  }

 private:
  std::string_view text_;
  std::vector<Style> styles_;
};

}  // namespace

StyledText MarkSpans(const Evidence& evidence, const Labels& labels) {
  Canvas canvas(evidence.sentence);
  const bool has_offsets = evidence.subject_span || evidence.predicate_span || evidence.object_span;
  const auto paint = [&](const std::optional<SourceSpan>& span, std::string_view words, Style style) {
    if (span && canvas.Paint(span->begin, span->end, style)) return;
    // Evidence without any offsets was not made by our ingest: look for the words. Otherwise a missing span says that the sentence
    // does not name this part.
    if (!has_offsets) canvas.PaintFirst(words, style);
  };
  // Inferred facts may have their verb inside an end ("advisors of X" advise X): the end is what matters then.
  const auto holds_predicate = [&](const std::optional<SourceSpan>& end) {
    return end && evidence.predicate_span && end->begin <= evidence.predicate_span->begin && evidence.predicate_span->end <= end->end;
  };
  if (!holds_predicate(evidence.subject_span) && !holds_predicate(evidence.object_span)) {
    paint(evidence.predicate_span, evidence.phrase, Style::kPredicate);
  }
  paint(evidence.subject_span, labels.Of(evidence.fact.subject), Style::kSubject);
  paint(evidence.object_span, labels.Of(evidence.fact.object), Style::kObject);
  return canvas.Finish();
}

}  // namespace dossier::shell
