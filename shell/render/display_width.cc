#include "shell/render/display_width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace dossier::shell {
namespace {

constexpr UChar32 kReplacement = 0xFFFD;
constexpr UChar32 kZeroWidthJoiner = 0x200D;
constexpr UChar32 kEmojiPresentation = 0xFE0F;

// Decodes the character at `i` and moves past it.
UChar32 NextCharacter(std::string_view text, size_t& i) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, i, text.size(), c);
  return c;
}

bool TakesNoRoom(UChar32 c) {
  if (c == 0xAD) return false;  // a soft hyphen in a finished line is a hyphen to most terminals
  const int8_t type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
         (c >= 0x1160 && c <= 0x11FF);  // Hangul vowels and finals join the syllable before
}

bool IsWide(UChar32 c) {
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH || u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION);
}

// Walks text and reports after each character how wide everything up to there is.
class WidthCounter {
 public:
  void Add(UChar32 c) {
    if (c == kEmojiPresentation) {
      if (last_ == 1) ++total_;
      last_ = 2;
    } else if (c == kZeroWidthJoiner) {
      joined_ = true;
    } else if (TakesNoRoom(c)) {
      return;
    } else if (joined_) {
      joined_ = false;  // part of the emoji before
    } else if (u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR)) {
      half_flag_ = !half_flag_;
      last_ = 1;
      ++total_;
    } else {
      last_ = c < 0x20 || c == 0x7F ? 0 : (IsWide(c) ? 2 : 1);
      total_ += last_;
    }
  }
  size_t total() const { return total_; }

 private:
  size_t total_ = 0;
  size_t last_ = 0;
  bool joined_ = false;
  bool half_flag_ = false;
};

void AppendCharacter(UChar32 c, std::string& out) {
  uint8_t buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(reinterpret_cast<const char*>(buffer), static_cast<size_t>(length));
}

bool IsAscii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E) return false;
  }
  return true;
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  if (IsAscii(text)) return text.size();
  WidthCounter counter;
  for (size_t i = 0; i < text.size();) counter.Add(NextCharacter(text, i));
  return counter.total();
}

size_t BytesThatFit(std::string_view text, size_t width) {
  WidthCounter counter;
  size_t fits = 0;
  for (size_t i = 0; i < text.size(); fits = i) {
    counter.Add(NextCharacter(text, i));
    if (counter.total() > width) break;
    if (i >= text.size()) return text.size();
  }
  return fits;
}

std::string Printable(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const UChar32 c = NextCharacter(text, i);
    if (c == '\n' || c == '\t' || c == '\r') {
      out.push_back(' ');
    } else if (c < 0x20) {
      AppendCharacter(0x2400 + c, out);
    } else if (c == 0x7F) {
      AppendCharacter(0x2421, out);
    } else if (c >= 0x80 && c < 0xA0) {
      AppendCharacter(kReplacement, out);
    } else if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
      continue;
    } else {
      AppendCharacter(c, out);
    }
  }
  return out;
}

}  // namespace dossier::shell
