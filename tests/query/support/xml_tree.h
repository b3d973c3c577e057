// Small XML documents as trees: enough for SPARQL XML results and the few RDF/XML files of the W3C query
// tests. Namespaces are resolved, comments and processing instructions dropped. For tests only: malformed
// input gives a partial tree.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::query {

struct XmlNode {
  std::string name;                               // namespace IRI + local name; empty for text
  std::map<std::string, std::string> attributes;  // names likewise
  std::vector<XmlNode> children;
  std::string text;          // of a text node
  std::string Text() const;  // of everything below
  const XmlNode* Child(std::string_view local) const;
  bool Is(std::string_view local) const;  // ends with the local name
  std::string Attribute(std::string_view local) const;
};

XmlNode ParseXml(std::string_view text);

}  // namespace dossier::query
