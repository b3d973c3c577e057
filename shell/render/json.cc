#include "shell/render/json.h"

#include <unicode/utf8.h>

#include <cmath>

#include "graph/base/strings.h"

namespace dossier::shell {
namespace {

void AppendEscaped(std::string_view text, std::string& out) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, text.size(), c);
    if (c < 0) {
      out += "\xEF\xBF\xBD";
    } else if (c == '"' || c == '\\') {
      Append(out, '\\', static_cast<char>(c));
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20) {
      constexpr char kHex[] = "0123456789abcdef";
      Append(out, "\\u00", kHex[c >> 4], kHex[c & 15]);
    } else {
      out.append(text.substr(begin, i - begin));
    }
  }
}

}  // namespace

void JsonWriter::BeforeValue() {
  if (!first_ && !after_key_) text_ += ',';
  first_ = false;
  after_key_ = false;
}

void JsonWriter::Open(char bracket) {
  BeforeValue();
  text_ += bracket;
  first_ = true;
}

void JsonWriter::Close(char bracket) {
  text_ += bracket;
  first_ = false;
  after_key_ = false;
}

void JsonWriter::Key(std::string_view key) {
  String(key);
  text_ += ':';
  after_key_ = true;
}

void JsonWriter::String(std::string_view value) {
  BeforeValue();
  text_ += '"';
  AppendEscaped(value, text_);
  text_ += '"';
}

void JsonWriter::Number(double value) {
  if (!std::isfinite(value)) return Null();
  BeforeValue();
  Append(text_, value);
}

void JsonWriter::Number(size_t value) {
  BeforeValue();
  Append(text_, value);
}

void JsonWriter::Bool(bool value) {
  BeforeValue();
  text_ += value ? "true" : "false";
}

void JsonWriter::Null() {
  BeforeValue();
  text_ += "null";
}

}  // namespace dossier::shell
