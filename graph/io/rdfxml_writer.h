// RDF 1.2 XML, one rdf:Description for consecutive statements about a subject. Internal to graph/io: see rdf_writer.h.
//
// Blank node labels that are no XML names get an 'N' in front. Text that XML 1.0 cannot hold is an error; nothing is replaced.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/io/rdf_writer.h"

namespace dossier::graph {

class RdfXmlWriter : public RdfWriter {
 public:
  explicit RdfXmlWriter(Prefixes prefixes);
  absl::Status Add(const Quad& quad, std::string& out) override;
  void Finish(std::string& out) override;

 private:
  void WriteHeader(std::string& out);
  // An element's name and, where it needs one, the declaration of its namespace, for a predicate.
  struct ElementName {
    std::string name, declaration;
  };
  absl::StatusOr<ElementName> NameOf(const Term& predicate) const;
  absl::Status AppendSubject(const Term& subject, std::string& out) const;  // the start tag
  absl::Status AppendProperty(const Term& predicate, const Term& object, std::string& out) const;

  Prefixes prefixes_;  // XML names, the namespaces of RDF and ITS among them
  std::optional<Term> subject_;
  bool wrote_header_ = false;
};

}  // namespace dossier::graph
