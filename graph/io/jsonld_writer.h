// JSON-LD 1.1 in expanded form, one node object for consecutive statements about a subject. Internal to graph/io: see rdf_writer.h.
//
// Triple terms have no form in JSON-LD 1.1 and are errors; everything else reads back as it was. Lists are written as their cells.
#pragma once

#include <string>

#include "graph/base/strings.h"
#include "graph/io/rdf_writer.h"

namespace dossier::graph {

class JsonLdWriter : public RdfWriter {
 public:
  absl::Status Add(const Quad& quad, std::string& out) override;
  void Finish(std::string& out) override;

 private:
  bool Continues(const Quad& quad) const;
  void CloseNode(std::string& out);
  void CloseGraph(std::string& out);

  Quad last_;
  StringSet predicates_;      // of the node object that is open: a member may stand in it once
  bool started_ = false;      // '[' is written
  bool in_node_ = false, in_graph_ = false;
};

}  // namespace dossier::graph
