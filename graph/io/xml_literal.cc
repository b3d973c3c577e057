#include "graph/io/xml_literal.h"

#include <algorithm>
#include <tuple>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

void AppendName(const XmlName& name, std::string& out) {
  if (!name.prefix.empty()) Append(out, name.prefix, ':');
  out += name.local;
}

void AppendText(std::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '\r': out += "&#xD;"; break;
      default: out.push_back(c);
    }
  }
}

void AppendValue(std::string_view value, std::string& out) {
  out.push_back('"');
  for (const char c : value) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '"': out += "&quot;"; break;
      case '\t': out += "&#x9;"; break;
      case '\n': out += "&#xA;"; break;
      case '\r': out += "&#xD;"; break;
      default: out.push_back(c);
    }
  }
  out.push_back('"');
}

}  // namespace

bool XmlLiteralWriter::NeedsDeclaration(std::string_view prefix, std::string_view ns) const {
  if (prefix == "xml") return false;
  for (auto it = declared_.rbegin(); it != declared_.rend(); ++it) {
    if (it->first == prefix) return it->second != ns;
  }
  return !ns.empty();
}

void XmlLiteralWriter::Start(const XmlName& name, absl::Span<const XmlAttribute> attributes) {
  std::vector<std::pair<std::string_view, std::string_view>> used = {{name.prefix, name.ns}};
  for (const XmlAttribute& attribute : attributes) {
    if (!attribute.name.prefix.empty()) used.emplace_back(attribute.name.prefix, attribute.name.ns);
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  levels_.push_back(declared_.size());
  text_.push_back('<');
  AppendName(name, text_);
  for (const auto& [prefix, ns] : used) {
    if (!NeedsDeclaration(prefix, ns)) continue;
    Append(text_, prefix.empty() ? " xmlns" : " xmlns:", prefix, "=");
    AppendValue(ns, text_);
    declared_.emplace_back(prefix, ns);
  }
  std::vector<const XmlAttribute*> sorted;
  for (const XmlAttribute& attribute : attributes) sorted.push_back(&attribute);
  std::sort(sorted.begin(), sorted.end(), [](const XmlAttribute* a, const XmlAttribute* b) {
    return std::tie(a->name.ns, a->name.local) < std::tie(b->name.ns, b->name.local);
  });
  for (const XmlAttribute* attribute : sorted) {
    text_.push_back(' ');
    AppendName(attribute->name, text_);
    text_.push_back('=');
    AppendValue(attribute->value, text_);
  }
  text_.push_back('>');
}

void XmlLiteralWriter::End(const XmlName& name) {
  text_ += "</";
  AppendName(name, text_);
  text_.push_back('>');
  declared_.resize(levels_.back());
  levels_.pop_back();
}

void XmlLiteralWriter::Text(std::string_view text) { AppendText(text, text_); }

void XmlLiteralWriter::Comment(std::string_view text) { Append(text_, "<!--", text, "-->"); }

void XmlLiteralWriter::Instruction(std::string_view target, std::string_view data) {
  Append(text_, "<?", target, data.empty() ? "" : " ", data, "?>");
}

}  // namespace dossier::graph
