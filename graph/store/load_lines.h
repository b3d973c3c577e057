// N-Triples and N-Quads for the bulk loader: lines are cut into tokens, and a token that was seen before is not looked at again. What is
// new, and every line that is not plain, goes through the reader of graph/io, so that terms and errors are the same. Internal to graph/store.
//
//   LineLoader loader(table, {RdfFormat::kNTriples, "", prefix}, "");
//   RETURN_IF_ERROR(loader.Load(text, first_line));           // whole lines
//
// Not thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "graph/io/rdf.h"
#include "graph/store/load_terms.h"

namespace dossier::graph {

class LineLoader {
 public:
  // `graph`: IRI for quads of the default graph; may be empty.
  LineLoader(TermTable& table, RdfReadOptions options, std::string graph);

  // `first_line` counts from 0 and is where `text` begins in the file. Errors carry places in the file.
  absl::Status Load(std::string_view text, uint64_t first_line, size_t offset);

  // Adds a quad of terms.
  absl::Status AddTerms(const Quad& quad);

 private:
  // False when the line is not plain; then nothing was added.
  bool LoadPlain(std::string_view line);
  absl::Status LoadSlowly(std::string_view line, uint64_t number, size_t offset);
  // Each takes a token and the blanks behind it off the front; kNone when it is not plain.
  uint32_t TakeIri(std::string_view& line);
  uint32_t TakeBlankNode(std::string_view& line);
  uint32_t TakeLiteral(std::string_view& line);
  uint32_t TakeNode(std::string_view& line) { return line[0] == '<' ? TakeIri(line) : line[0] == '_' ? TakeBlankNode(line) : TermTable::kNone; }

  TermTable& table_;
  const RdfReadOptions options_;
  const std::string graph_iri_;
  uint32_t graph_ = TermTable::kDefaultGraph;
  std::string scratch_;
  std::string last_subject_;
  uint32_t last_subject_number_ = TermTable::kNone;
};

}  // namespace dossier::graph
