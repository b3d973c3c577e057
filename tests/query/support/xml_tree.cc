#include "tests/query/support/xml_tree.h"

#include <cstdlib>

namespace dossier::query {
namespace {

void AppendUtf8(unsigned long c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

using Names = std::map<std::string, std::string>;  // prefix or entity -> value

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  XmlNode Parse() {
    XmlNode root;
    Names names = {{"xml", "http://www.w3.org/XML/1998/namespace#"}};
    ParseChildren(root, names);
    for (XmlNode& child : root.children) {
      if (!child.name.empty()) return std::move(child);
    }
    return root;
  }

 private:
  bool Eat(std::string_view token) {
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  std::string_view Until(std::string_view token) {
    const size_t end = std::min(text_.find(token, at_), text_.size());
    const std::string_view out = text_.substr(at_, end - at_);
    at_ = std::min(end + token.size(), text_.size());
    return out;
  }
  void Space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  std::string_view Name() {
    const size_t begin = at_;
    while (at_ < text_.size() && std::string_view(" \t\r\n=/><").find(text_[at_]) == std::string_view::npos)
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string Unescape(std::string_view in) const {
    std::string out;
    for (size_t i = 0; i < in.size(); ++i) {
      if (in[i] != '&') {
        out += in[i];
        continue;
      }
      const size_t end = in.find(';', i);
      if (end == std::string_view::npos) break;
      const std::string name(in.substr(i + 1, end - i - 1));
      if (name.starts_with("#x")) {
        AppendUtf8(std::strtoul(name.c_str() + 2, nullptr, 16), out);
      } else if (name.starts_with("#")) {
        AppendUtf8(std::strtoul(name.c_str() + 1, nullptr, 10), out);
      } else if (const auto entity = entities_.find(name); entity != entities_.end()) {
        out += entity->second;
      }
      i = end;
    }
    return out;
  }

  static std::string Resolve(std::string_view name, const Names& names, bool attribute) {
    const size_t colon = name.find(':');
    const std::string prefix(colon == std::string_view::npos ? "" : name.substr(0, colon));
    const std::string local(colon == std::string_view::npos ? name : name.substr(colon + 1));
    if (prefix.empty() && attribute) return local;
    const auto at = names.find(prefix);
    return (at == names.end() ? "" : at->second) + local;
  }

  void ParseChildren(XmlNode& parent, const Names& names) {
    while (at_ < text_.size()) {
      if (Eat("<!--")) {
        Until("-->");
      } else if (Eat("<![CDATA[")) {
        parent.children.push_back({"", {}, {}, std::string(Until("]]>"))});
      } else if (Eat("<?")) {
        Until("?>");
      } else if (Eat("<!DOCTYPE")) {
        ParseDoctype();
      } else if (Eat("</")) {
        Until(">");
        return;
      } else if (Eat("<")) {
        ParseElement(parent, names);
      } else {
        const size_t end = std::min(text_.find('<', at_), text_.size());
        parent.children.push_back({"", {}, {}, Unescape(text_.substr(at_, end - at_))});
        at_ = end;
      }
    }
  }

  void ParseDoctype() {
    while (at_ < text_.size() && text_[at_] != '>') {
      if (Eat("<!ENTITY")) {
        Space();
        const std::string name(Name());
        Space();
        const char quote = text_[at_++];
        entities_[name] = std::string(Until(std::string_view(&quote, 1)));
        Until(">");
      } else {
        ++at_;
      }
    }
    Eat(">");
  }

  void ParseElement(XmlNode& parent, Names names) {
    const std::string_view name = Name();
    std::vector<std::pair<std::string_view, std::string>> attributes;
    for (Space(); at_ < text_.size() && text_[at_] != '>' && text_[at_] != '/'; Space()) {
      const std::string_view key = Name();
      Space();
      Eat("=");
      Space();
      const char quote = text_[at_++];
      const std::string value = Unescape(Until(std::string_view(&quote, 1)));
      if (key == "xmlns") {
        names[""] = value;
      } else if (key.starts_with("xmlns:")) {
        names[std::string(key.substr(6))] = value;
      } else {
        attributes.emplace_back(key, value);
      }
    }
    XmlNode node;
    node.name = Resolve(name, names, false);
    for (const auto& [key, value] : attributes) node.attributes[Resolve(key, names, true)] = value;
    if (Eat("/>")) {
      parent.children.push_back(std::move(node));
      return;
    }
    Eat(">");
    ParseChildren(node, names);
    parent.children.push_back(std::move(node));
  }

  std::string_view text_;
  size_t at_ = 0;
  Names entities_ = {{"lt", "<"}, {"gt", ">"}, {"amp", "&"}, {"quot", "\""}, {"apos", "'"}};
};

}  // namespace

std::string XmlNode::Text() const {
  std::string out = text;
  for (const XmlNode& child : children) out += child.Text();
  return out;
}

bool XmlNode::Is(std::string_view local) const {
  if (!name.ends_with(local)) return false;
  return name.size() == local.size() || name[name.size() - local.size() - 1] == '#' ||
         name[name.size() - local.size() - 1] == '/';
}

const XmlNode* XmlNode::Child(std::string_view local) const {
  for (const XmlNode& child : children) {
    if (child.Is(local)) return &child;
  }
  return nullptr;
}

std::string XmlNode::Attribute(std::string_view local) const {
  for (const auto& [key, value] : attributes) {
    if (key == local || key.ends_with("#" + std::string(local))) return value;
  }
  return "";
}

XmlNode ParseXml(std::string_view text) { return Parser(text).Parse(); }

}  // namespace dossier::query
