// A piece of XML as text in Exclusive Canonical XML 1.0 with comments: the lexical form of rdf:XMLLiteral (RDF 1.1 XML Syntax §7.2.17).
//
//   XmlLiteralWriter writer;
//   writer.Start(name, attributes); writer.Text("x"); writer.End(name);
//   writer.text()
//
// Namespaces are declared on the elements that visibly use them. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "graph/io/xml_parser.h"

namespace dossier::graph {

class XmlLiteralWriter {
 public:
  void Start(const XmlName& name, absl::Span<const XmlAttribute> attributes);
  void End(const XmlName& name);
  void Text(std::string_view text);
  void Comment(std::string_view text);
  void Instruction(std::string_view target, std::string_view data);

  const std::string& text() const { return text_; }
  std::string&& TakeText() { return std::move(text_); }
  int depth() const { return static_cast<int>(levels_.size()); }

 private:
  // Declares `ns` for `prefix` unless an element around has.
  bool NeedsDeclaration(std::string_view prefix, std::string_view ns) const;

  std::string text_;
  std::vector<std::pair<std::string, std::string>> declared_;  // prefix, namespace; later ones hide earlier ones
  std::vector<size_t> levels_;                                 // declared_.size() before each open element
};

}  // namespace dossier::graph
