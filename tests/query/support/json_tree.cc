#include "tests/query/support/json_tree.h"

#include <cstdlib>

namespace dossier::query {
namespace {

void AppendUtf8(unsigned long c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  JsonNode Value() {
    Space();
    JsonNode node;
    if (Eat('{')) {
      while (!Eat('}') && at_ < text_.size()) {
        Space();
        const std::string key = String();
        Eat(':');
        node.members[key] = Value();
        Eat(',');
      }
    } else if (Eat('[')) {
      while (!Eat(']') && at_ < text_.size()) {
        node.items.push_back(Value());
        Eat(',');
      }
    } else if (at_ < text_.size() && text_[at_] == '"') {
      node.text = String();
    } else {
      while (at_ < text_.size() && std::string_view(",]} \n\r\t").find(text_[at_]) == std::string_view::npos)
        node.text += text_[at_++];
    }
    return node;
  }

 private:
  void Space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool Eat(char c) {
    Space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string String() {
    std::string out;
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] != '\\') {
        out += text_[at_++];
        continue;
      }
      const char c = text_[at_ + 1];
      at_ += 2;
      switch (c) {
        case 'n':
          out += '\n';
          break;
        case 't':
          out += '\t';
          break;
        case 'r':
          out += '\r';
          break;
        case 'u':
          AppendUtf8(std::strtoul(std::string(text_.substr(at_, 4)).c_str(), nullptr, 16), out);
          at_ += 4;
          break;
        default:
          out += c;
      }
    }
    ++at_;
    return out;
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

const JsonNode& JsonNode::operator[](const std::string& key) const {
  static const JsonNode kNothing;
  const auto at = members.find(key);
  return at == members.end() ? kNothing : at->second;
}

JsonNode ParseJson(std::string_view text) { return Parser(text).Value(); }

}  // namespace dossier::query
